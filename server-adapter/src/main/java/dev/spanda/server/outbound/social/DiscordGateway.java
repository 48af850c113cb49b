package dev.spanda.server.outbound.social;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.spanda.contract.http.WireJson;
import dev.spanda.core.Failure;
import dev.spanda.media.social.Message;
import dev.spanda.media.social.Platform;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Discord's gateway, version 10, JSON without compression. Source: Discord's documentation of the
 * Gateway (connection lifecycle, opcodes, close event codes).
 */
final class DiscordGateway extends Connector {

  private static final Duration HELLO = Duration.ofSeconds(30);
  private static final int MOST_CHANNELS = 10_000;

  /** Guilds, guild messages, message content. */
  private static final String INTENTS = Integer.toString(1 | 1 << 9 | 1 << 15);

  /** Authentication failed, sharding, invalid version and intents: the same try fails again. */
  private static final Set<Integer> FINAL = Set.of(4004, 4010, 4011, 4012, 4013, 4014);

  /** Invalid sequence, session timed out: resuming fails again. */
  private static final Set<Integer> FORGOTTEN = Set.of(4007, 4009);

  private final Map<String, String> channels =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
          return size() > MOST_CHANNELS;
        }
      };

  private @Nullable String session;
  private @Nullable String resumeUrl;
  private long sequence = -1;
  private volatile @Nullable Line line;

  DiscordGateway(Needs needs) {
    super(needs);
    String intents = needs.plan().option("intents", INTENTS);
    if (!intents.matches("[0-9]{1,9}")) {
      throw Failure.invalid(
          "options.intents", intents, "intents must be a whole number of at most nine digits");
    }
  }

  @Override
  void listen() throws IOException, InterruptedException {
    String base = session != null && resumeUrl != null ? resumeUrl : needs.plan().url();
    String url = base + (base.endsWith("/") ? "" : "/") + "?v=10&encoding=json";
    try (Line open = Line.to(needs.fetcher(), url)) {
      line = open;
      talk(open);
    } catch (Line.Ended e) {
      if (FINAL.contains(e.code())) {
        throw new Refused("Discord closed with " + e.code());
      }
      if (FORGOTTEN.contains(e.code())) {
        forget();
      }
      throw e;
    } finally {
      line = null;
    }
  }

  private void forget() {
    session = null;
    resumeUrl = null;
    sequence = -1;
  }

  private void talk(Line open) throws IOException, InterruptedException {
    String first = open.next(HELLO);
    JsonNode hello = first == null ? null : json(first);
    if (hello == null || hello.path("op").asInt(-1) != 10) {
      throw new IOException("Discord did not say hello");
    }
    long every = Math.max(50, hello.path("d").path("heartbeat_interval").asLong(41_250));
    open.send(session == null ? identify() : resume());
    long nextBeat = System.nanoTime() + (long) (every * 1e6 * needs.random().nextDouble());
    boolean answered = true;
    while (true) {
      String text = open.next(Duration.ofNanos(nextBeat - System.nanoTime()));
      if (text == null) {
        if (!answered) {
          open.close(4000);
          throw new IOException("Discord did not answer a heartbeat");
        }
        answered = false;
        open.send(beat());
        nextBeat = System.nanoTime() + every * 1_000_000;
        continue;
      }
      JsonNode frame = json(text);
      if (frame == null) {
        continue;
      }
      switch (frame.path("op").asInt(-1)) {
        case 0 -> dispatch(frame);
        case 1 -> open.send(beat());
        case 7 -> {
          open.close(4000);
          throw new IOException("Discord asks for a new connection");
        }
        case 9 -> {
          if (!frame.path("d").asBoolean(false)) {
            forget();
          }
          open.close(4000);
          throw new IOException("Discord does not know the session");
        }
        case 11 -> answered = true;
        default -> {}
      }
    }
  }

  private void dispatch(JsonNode frame) {
    JsonNode data = frame.path("d");
    switch (frame.path("t").asText()) {
      case "READY" -> {
        session = data.path("session_id").asText();
        resumeUrl = data.path("resume_gateway_url").asText(null);
        connected();
      }
      case "RESUMED" -> connected();
      case "GUILD_CREATE" -> data.path("channels").forEach(this::name);
      case "CHANNEL_CREATE", "CHANNEL_UPDATE" -> name(data);
      case "MESSAGE_CREATE" -> message(data);
      default -> {}
    }
    // Only what was kept need not come again.
    if (frame.path("s").isIntegralNumber()) {
      sequence = frame.path("s").asLong();
    }
  }

  private void name(JsonNode channel) {
    channels.put(channel.path("id").asText(), channel.path("name").asText());
  }

  private void message(JsonNode data) {
    JsonNode author = data.path("author");
    String id = data.path("id").asText();
    String channel = data.path("channel_id").asText();
    String user = author.path("id").asText();
    if (id.isEmpty() || channel.isEmpty() || user.isEmpty()) {
      return;
    }
    String nick = data.path("member").path("nick").asText("");
    String global = author.path("global_name").asText("");
    String name =
        !nick.isEmpty() && !nick.equals("null")
            ? nick
            : !global.isEmpty() && !global.equals("null")
                ? global
                : author.path("username").asText("");
    heard(
        List.of(
            new Message(
                Platform.DISCORD,
                cut(id, 128),
                new Message.Channel(
                    cut(channel, 128), cut(channels.getOrDefault(channel, ""), 200)),
                new Message.Author(
                    cut(user, 128),
                    cut(name, 200),
                    author.path("bot").asBoolean(false) ? "bot" : "member",
                    false),
                cut(data.path("content").asText(""), Message.LONGEST_TEXT),
                time(data.path("timestamp").asText("")),
                0,
                Math.min(1_000, data.path("mentions").size()),
                false)));
  }

  private String identify() {
    ObjectNode data = WireJson.mapper().createObjectNode();
    data.put("token", needs.plan().token());
    data.put("intents", Integer.parseInt(needs.plan().option("intents", INTENTS)));
    data.putObject("properties")
        .put("os", "linux")
        .put("browser", "spanda")
        .put("device", "spanda");
    return frame(2, data);
  }

  private String resume() {
    ObjectNode data = WireJson.mapper().createObjectNode();
    data.put("token", needs.plan().token());
    data.put("session_id", session);
    data.put("seq", sequence);
    return frame(6, data);
  }

  private static String frame(int op, ObjectNode data) {
    ObjectNode frame = WireJson.mapper().createObjectNode();
    frame.put("op", op);
    frame.set("d", data);
    return frame.toString();
  }

  private String beat() {
    return "{\"op\":1,\"d\":" + (sequence < 0 ? "null" : Long.toString(sequence)) + "}";
  }

  @Override
  void hangUp() {
    Line open = line;
    if (open != null) {
      open.close();
    }
  }
}
