package dev.spanda.server.outbound;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spanda.contract.http.WireJson;
import dev.spanda.core.Failure;
import dev.spanda.core.text.TextModel;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A language model behind the chat completions protocol that most servers of such models speak:
 * {@code POST <base>/chat/completions}. Thread-safe.
 */
public final class ChatModel implements TextModel {

  /** A rule of thumb for English; a model's own limit may cut earlier. */
  private static final int CHARACTERS_A_TOKEN = 4;

  private static final Fetcher.Limits LIMITS =
      new Fetcher.Limits(0, 2 << 20, Duration.ofSeconds(60));

  private final Fetcher fetcher;
  private final URI address;
  private final String name;
  private final @Nullable String key;
  private final Fetcher.Limits limits;

  /**
   * A model.
   *
   * @param base such as {@code https://api.example.com/v1}
   * @param name what the server calls the model
   * @param key sent as a bearer token; null for a server that asks for none
   */
  public ChatModel(Fetcher fetcher, URI base, String name, @Nullable String key) {
    this(fetcher, base, name, key, LIMITS.time());
  }

  /** The same with another time that an answer may take. */
  public ChatModel(
      Fetcher fetcher, URI base, String name, @Nullable String key, Duration patience) {
    this.fetcher = fetcher;
    String text = base.toString();
    this.address =
        URI.create(
            (text.endsWith("/") ? text.substring(0, text.length() - 1) : text)
                + "/chat/completions");
    this.name = name;
    this.key = key;
    this.limits = LIMITS.withTime(patience);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Completion complete(Prompt prompt) {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("Accept", "application/json");
    if (key != null) {
      headers.put("Authorization", "Bearer " + key);
    }
    Fetcher.Answer answer;
    try {
      answer = fetcher.send(new Fetcher.Request("POST", address, headers, body(prompt)), limits);
    } catch (Failure failure) {
      Failure.Reason reason =
          switch (failure.reason()) {
            case TIMED_OUT, UNAVAILABLE -> failure.reason();
            case RATE_LIMITED -> Failure.Reason.UNAVAILABLE;
            default -> Failure.Reason.FAILED;
          };
      throw Failure.of(reason, "text_model", "The model gave no answer: " + failure.getMessage())
          .causedBy(failure);
    }
    requireSuccess(answer);
    return completion(answer, prompt.longestAnswer());
  }

  private byte[] body(Prompt prompt) {
    ObjectNode body = WireJson.mapper().createObjectNode();
    body.put("model", name);
    ArrayNode messages = body.putArray("messages");
    for (Turn turn : prompt.turns()) {
      messages
          .addObject()
          .put("role", turn.role().name().toLowerCase(Locale.ROOT))
          .put("content", turn.text());
    }
    body.put("max_tokens", Math.max(16, prompt.longestAnswer() / CHARACTERS_A_TOKEN));
    body.put("temperature", 0.2);
    body.put("stream", false);
    try {
      return WireJson.mapper().writeValueAsBytes(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void requireSuccess(Fetcher.Answer answer) {
    int status = answer.status();
    if (status == 200) {
      return;
    }
    boolean passing = status == 429 || status >= 500;
    Failure failure =
        Failure.of(
            passing ? Failure.Reason.UNAVAILABLE : Failure.Reason.FAILED,
            "text_model",
            "The model's server answered with status " + status);
    String after = answer.headers().get("retry-after");
    throw after != null && after.matches("[0-9]{1,6}")
        ? failure.with("retry_after", Long.parseLong(after))
        : failure;
  }

  private Completion completion(Fetcher.Answer answer, int longest) {
    try {
      JsonNode root = WireJson.mapper().readTree(new String(answer.body(), StandardCharsets.UTF_8));
      JsonNode choice = root.path("choices").path(0);
      String text = choice.path("message").path("content").asText("").strip();
      if (text.isEmpty()) {
        throw Failure.of(
            Failure.Reason.FAILED, "text_model", "The model's server sent no answer in its answer");
      }
      boolean complete =
          !choice.path("finish_reason").asText("stop").equals("length") && text.length() <= longest;
      return new Completion(
          text.length() <= longest ? text : text.substring(0, longest),
          root.path("model").asText(name),
          complete);
    } catch (IOException e) {
      throw Failure.of(Failure.Reason.FAILED, "text_model", "The model's server sent no JSON")
          .causedBy(e);
    }
  }
}
