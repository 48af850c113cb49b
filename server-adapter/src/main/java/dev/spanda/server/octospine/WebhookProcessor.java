package dev.spanda.server.octospine;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.spanda.contract.http.WireJson;
import dev.spanda.core.Failure;
import dev.spanda.core.task.Processor;
import dev.spanda.server.outbound.Fetcher;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Sends JSON to an address on the open network. Parameters: {@code url}; {@code method}, {@code
 * POST} (the default), {@code PUT} or {@code PATCH}; {@code payload}, an object, by default empty.
 * The run's id goes along as {@code Idempotency-Key}, because a run that is repeated after a crash
 * sends again. A status of 200 to 299 is the good end; 429 and 500 or more are tried again.
 */
final class WebhookProcessor implements Processor {

  private final Fetcher fetcher;

  WebhookProcessor(Fetcher fetcher) {
    this.fetcher = fetcher;
  }

  @Override
  public String type() {
    return "webhook";
  }

  @Override
  public String description() {
    return "Sends JSON to an address.";
  }

  @Override
  public List<String> needs(Map<String, Object> parameters) {
    return List.of("webhook_delivery");
  }

  @Override
  public void check(Map<String, Object> parameters) {
    Fetcher.Request unused = request(parameters, "check");
  }

  private static Fetcher.Request request(Map<String, Object> parameters, String key) {
    Given given = new Given(parameters, "url", "method", "payload");
    String text = given.required("url");
    URI url;
    try {
      url = new URI(text);
    } catch (URISyntaxException e) {
      throw Failure.invalid("url", text, "url must be an http or https address").causedBy(e);
    }
    String scheme = String.valueOf(url.getScheme());
    if (!List.of("http", "https").contains(scheme) || url.getHost() == null) {
      throw Failure.invalid("url", text, "url must be an http or https address");
    }
    Object payload = parameters.getOrDefault("payload", Map.of());
    if (!(payload instanceof Map<?, ?>)) {
      throw Failure.invalid("payload", payload, "payload must be an object");
    }
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("Idempotency-Key", key);
    try {
      return new Fetcher.Request(
          given.choice("method", "POST", List.of("POST", "PUT", "PATCH")),
          url,
          headers,
          WireJson.mapper().writeValueAsString(payload).getBytes(StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw Failure.invalid("payload", payload, "payload must be plain JSON").causedBy(e);
    }
  }

  @Override
  public Map<String, Object> run(Map<String, Object> parameters, Context context) {
    Fetcher.Answer answer = fetcher.send(request(parameters, context.key()));
    int status = answer.status();
    if (status / 100 != 2) {
      throw Failure.of(
          status == 429 || status >= 500 ? Failure.Reason.UNAVAILABLE : Failure.Reason.INVALID,
          "url",
          "The address answered with status " + status);
    }
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("status", status);
    result.put("bytes", answer.body().length);
    return result;
  }
}
