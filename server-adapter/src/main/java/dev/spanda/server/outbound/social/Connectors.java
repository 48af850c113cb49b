package dev.spanda.server.outbound.social;

import dev.spanda.core.Failure;
import dev.spanda.media.social.Message;
import dev.spanda.media.social.PlatformEvent;
import dev.spanda.server.outbound.Fetcher;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The connectors of all organisations, one of each kind for each. Thread-safe. */
public final class Connectors implements AutoCloseable {

  private static final int MOST_RUNNING = 500;
  private static final int LONGEST_TOKEN = 4_000;
  private static final int LONGEST_OPTION = 2_000;

  /** What a connector listens to. */
  public enum Kind {
    /** Messages of Discord, through the gateway. */
    DISCORD("discord", "wss://gateway.discord.gg", Set.of("intents"), Set.of()),
    /** Messages, subscriptions, raids and cheers of Twitch, through its chat. */
    TWITCH(
        "twitch",
        "wss://irc-ws.chat.twitch.tv",
        Set.of("login", "channels"),
        Set.of("login", "channels")),
    /** Events of Twitch, through EventSub. */
    TWITCH_EVENTS(
        "twitch-events",
        "wss://eventsub.wss.twitch.tv/ws",
        Set.of("client_id", "broadcaster_id", "api_url"),
        Set.of("client_id", "broadcaster_id")),
    /** Messages of a live chat of YouTube, by polling. */
    YOUTUBE(
        "youtube", "https://www.googleapis.com", Set.of("live_chat_id"), Set.of("live_chat_id")),
    /** Messages of X that the rules of the account's filtered stream let pass. */
    TWITTER("twitter", "https://api.x.com", Set.of(), Set.of());

    private final String word;
    private final String url;
    private final Set<String> options;
    private final Set<String> required;

    Kind(String word, String url, Set<String> options, Set<String> required) {
      this.word = word;
      this.url = url;
      this.options = options;
      this.required = required;
    }

    /** The name on the wire. */
    public String word() {
      return word;
    }

    /**
     * The kind of that name.
     *
     * @throws Failure INVALID, subject {@code connector}, with the names that are allowed
     */
    public static Kind parse(String word) {
      for (Kind kind : values()) {
        if (kind.word.equals(word)) {
          return kind;
        }
      }
      throw Failure.notAllowed(
          "connector", word, java.util.Arrays.stream(values()).map(Kind::word).toList());
    }
  }

  /**
   * How to listen.
   *
   * @param token the platform's
   * @param options by name; {@code url} stands for where the platform is
   */
  public record Plan(Kind kind, String token, Map<String, String> options) {

    /** Checks the token, the names of options and where the platform is said to be. */
    public Plan {
      Failure.requireText("token", "Token", token, 1, LONGEST_TOKEN);
      if (token.chars().anyMatch(c -> c <= ' ' || c > '~')) {
        throw Failure.of(
            Failure.Reason.INVALID, "token", "Token must hold printable ASCII characters only");
      }
      options = Collections.unmodifiableMap(new LinkedHashMap<>(options));
      for (Map.Entry<String, String> option : options.entrySet()) {
        String name = option.getKey();
        if (!name.equals("url") && !kind.options.contains(name)) {
          List<String> allowed = new java.util.ArrayList<>(kind.options);
          allowed.add("url");
          Collections.sort(allowed);
          throw Failure.notAllowed("options", name, allowed);
        }
        Failure.requireText("options." + name, name, option.getValue(), 1, LONGEST_OPTION);
        if (option.getValue().chars().anyMatch(c -> c < ' ')) {
          throw Failure.invalid(
              "options." + name, option.getValue(), name + " must hold no control characters");
        }
        if (name.endsWith("url")) {
          Fetcher.address(option.getValue());
        }
      }
      for (String name : kind.required) {
        if (!options.containsKey(name)) {
          throw Failure.of(
              Failure.Reason.INVALID, "options." + name, "options." + name + " is required");
        }
      }
    }

    String url() {
      return options.getOrDefault("url", kind.url);
    }

    String option(String name, String otherwise) {
      return options.getOrDefault(name, otherwise);
    }

    /** Leaves the token out. */
    @Override
    public String toString() {
      return "Plan[" + kind + ", " + options + "]";
    }
  }

  /** How a connector fares. */
  public enum State {
    /** It is about to connect. */
    CONNECTING,
    /** It is connected. */
    LISTENING,
    /** It pauses before it tries again. */
    WAITING,
    /** The platform refuses it; it will not try again. */
    REFUSED;

    /** The name in lower case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * How a connector fares.
   *
   * @param problem why it is not listening, when it is not; without secrets
   * @param messages handed to the feed since it was started
   * @param connections how often it was connected since then
   */
  public record Status(
      State state,
      Optional<String> problem,
      long messages,
      long events,
      long connections,
      Optional<Instant> lastHeard) {}

  /** Takes what was heard; a call returns when it is kept. */
  public interface Sink {
    /** Takes messages; may be called with some that were taken before. */
    void messages(String organisation, List<Message> messages);

    /** Takes events; may be called with some that were taken before. */
    void events(String organisation, List<PlatformEvent> events);
  }

  /**
   * The pauses between tries.
   *
   * @param first after the first failure, doubled with each that follows; a random part between a
   *     half and all of it is waited for
   * @param longest where doubling ends
   */
  public record Pauses(Duration first, Duration longest) {
    /** A second, five minutes. */
    public static final Pauses DEFAULT = new Pauses(Duration.ofSeconds(1), Duration.ofMinutes(5));
  }

  private record Key(String organisation, Kind kind) {}

  private final Fetcher fetcher;
  private final Sink sink;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final Pauses pauses;
  private final Map<Key, Connector> running = new HashMap<>();
  private boolean closed;

  /**
   * No connectors yet.
   *
   * @param random must be thread-safe
   */
  public Connectors(
      Fetcher fetcher, Sink sink, InstantSource clock, RandomGenerator random, Pauses pauses) {
    this.fetcher = fetcher;
    this.sink = sink;
    this.clock = clock;
    this.random = random;
    this.pauses = pauses;
  }

  private Connector make(String organisation, Plan plan) {
    Connector.Needs needs =
        new Connector.Needs(organisation, plan, fetcher, sink, clock, random, pauses);
    return switch (plan.kind) {
      case DISCORD -> new DiscordGateway(needs);
      case TWITCH -> new TwitchChat(needs);
      case TWITCH_EVENTS -> new TwitchEvents(needs);
      case YOUTUBE -> new YoutubeChat(needs);
      case TWITTER -> new TwitterStream(needs);
    };
  }

  /**
   * Says whether such a connector could be started.
   *
   * @throws Failure INVALID, its subject an option, when not
   */
  public void check(String organisation, Plan plan) {
    Connector unused = make(organisation, plan);
  }

  /**
   * Starts a connector, in the place of the organisation's running one of that kind.
   *
   * @throws Failure UNAVAILABLE, subject {@code connectors}, when 500 run
   */
  public void start(String organisation, Plan plan) {
    Connector old;
    synchronized (this) {
      Key key = new Key(organisation, plan.kind);
      if (closed || running.size() >= MOST_RUNNING && !running.containsKey(key)) {
        throw Failure.of(
                Failure.Reason.UNAVAILABLE,
                "connectors",
                "At most " + MOST_RUNNING + " connectors can run here")
            .with(Failure.MAX_VALUE, MOST_RUNNING);
      }
      old = running.put(key, make(organisation, plan));
      running.get(key).start();
    }
    if (old != null) {
      old.close();
    }
  }

  /** Stops a connector; returns whether it ran. */
  public boolean stop(String organisation, Kind kind) {
    Connector old;
    synchronized (this) {
      old = running.remove(new Key(organisation, kind));
    }
    if (old != null) {
      old.close();
    }
    return old != null;
  }

  /** How an organisation's connector fares, or null when it does not run here. */
  public synchronized @Nullable Status status(String organisation, Kind kind) {
    Connector connector = running.get(new Key(organisation, kind));
    return connector == null ? null : connector.status();
  }

  /** Stops all. */
  @Override
  public void close() {
    List<Connector> all;
    synchronized (this) {
      closed = true;
      all = List.copyOf(running.values());
      running.clear();
    }
    all.forEach(Connector::close);
  }
}
