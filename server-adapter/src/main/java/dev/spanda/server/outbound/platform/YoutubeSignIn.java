package dev.spanda.server.outbound.platform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.core.Failure;
import dev.spanda.core.store.Store;
import dev.spanda.media.publish.Connections;
import dev.spanda.server.outbound.Fetcher;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lets a person connect a YouTube account: authorization code with a state that is known, belongs
 * to the owner, ends after ten minutes and is good for one callback, and a proof of possession
 * (PKCE, RFC 7636, S256). Sources: RFC 6749 section 4.1; RFC 9700; Google, "Using OAuth 2.0 for Web
 * Server Applications". Thread-safe.
 */
public final class YoutubeSignIn {

  /**
   * The application that Google knows.
   *
   * @param redirect where Google sends the person back to
   */
  public record Application(String clientId, String clientSecret, String redirect) {

    /** Tells no secret. */
    @Override
    public String toString() {
      return "Application[" + clientId + "]";
    }

    /**
     * The application of the environment: {@code SPANDA_YOUTUBE_CLIENT_ID}, {@code
     * SPANDA_YOUTUBE_CLIENT_SECRET} and {@code SPANDA_YOUTUBE_REDIRECT}; empty when the first is
     * not set.
     */
    public static Optional<Application> of(Map<String, String> environment) {
      String id = environment.getOrDefault("SPANDA_YOUTUBE_CLIENT_ID", "");
      return id.isEmpty()
          ? Optional.empty()
          : Optional.of(
              new Application(
                  id,
                  environment.getOrDefault("SPANDA_YOUTUBE_CLIENT_SECRET", ""),
                  environment.getOrDefault(
                      "SPANDA_YOUTUBE_REDIRECT", "http://localhost:8500/callback")));
    }
  }

  /**
   * Where a person goes to agree.
   *
   * @param state comes back with the code
   */
  public record Invitation(String url, String state) {}

  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final Duration MARGIN = Duration.ofMinutes(1);
  private static final int MOST_STATES = 100;
  private static final int RANDOM_BYTES = 32;
  private static final int LONGEST = 2_000;
  private static final String SCOPES =
      "https://www.googleapis.com/auth/youtube.upload"
          + " https://www.googleapis.com/auth/youtube.readonly";

  private final Api api;
  private final Sites sites;
  private final Store store;
  private final InstantSource clock;
  private final Connections connections;
  private final Connections.Seal seal;
  private final @Nullable Application application;
  private final boolean demo;
  private final SecureRandom random = new SecureRandom();

  /**
   * A way to sign in.
   *
   * @param application null when nobody has registered one with Google
   * @param demo without an application, whether a local stand-in takes Google's place: then any
   *     code connects a stand-in
   */
  public YoutubeSignIn(
      Fetcher fetcher,
      Sites sites,
      Store store,
      InstantSource clock,
      Connections connections,
      Connections.Seal seal,
      @Nullable Application application,
      boolean demo) {
    this.api = new Api(fetcher, YoutubePlatform.NAME);
    this.sites = sites;
    this.store = store;
    this.clock = clock;
    this.connections = connections;
    this.seal = seal;
    this.application = application;
    this.demo = demo;
  }

  /** Whether a local stand-in takes Google's place. */
  public boolean isStandIn() {
    return application == null && demo;
  }

  private static Failure notSet() {
    return Failure.of(
        Failure.Reason.UNAVAILABLE,
        "SPANDA_YOUTUBE_CLIENT_ID",
        "No Google application is set up here: SPANDA_YOUTUBE_CLIENT_ID,"
            + " SPANDA_YOUTUBE_CLIENT_SECRET and SPANDA_YOUTUBE_REDIRECT must be set");
  }

  /**
   * Makes an invitation.
   *
   * @throws Failure UNAVAILABLE, its subject a variable of the environment, when no application is
   *     set up; RATE_LIMITED, subject {@code state}, when too many are open
   */
  public Invitation invite(String owner) {
    if (application == null && !demo) {
      throw notSet();
    }
    String state = word();
    String verifier = word();
    Instant now = clock.instant();
    store.change(
        handle -> {
          handle
              .createUpdate("DELETE FROM oauth_state WHERE expires_at < :now")
              .bind("now", now.toEpochMilli())
              .execute();
          store.lock("oauth_state:" + owner);
          long open =
              handle
                  .createQuery("SELECT COUNT(*) FROM oauth_state WHERE owner = :owner")
                  .bind("owner", owner)
                  .mapTo(Long.class)
                  .one();
          if (open >= MOST_STATES) {
            throw Failure.of(
                    Failure.Reason.RATE_LIMITED,
                    "state",
                    "At most " + MOST_STATES + " sign-ins may be open at once")
                .with("retry_after", LIFE.toSeconds());
          }
          handle
              .createUpdate(
                  "INSERT INTO oauth_state (digest, owner, sealed, expires_at)"
                      + " VALUES (:digest, :owner, :sealed, :expires)")
              .bind("digest", digest(state))
              .bind("owner", owner)
              .bind("sealed", seal.seal(verifier, "oauth:" + digest(state)))
              .bind("expires", now.plus(LIFE).toEpochMilli())
              .execute();
        });
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("client_id", application == null ? "demo" : application.clientId());
    fields.put(
        "redirect_uri",
        application == null ? "http://localhost:8500/callback" : application.redirect());
    fields.put("response_type", "code");
    fields.put("scope", SCOPES);
    fields.put("access_type", "offline");
    fields.put("prompt", "consent");
    fields.put("state", state);
    fields.put("code_challenge", challenge(verifier));
    fields.put("code_challenge_method", "S256");
    return new Invitation(Api.at(sites.googleSignIn(), "", fields).toString(), state);
  }

  /**
   * Takes the code that Google has sent, and connects the account it stands for. The state is used
   * up, whatever comes of it.
   *
   * @throws Failure INVALID, subject {@code code} or {@code state}: when one is empty or too long,
   *     the state is unknown, another owner's, too old or was used before, or Google does not take
   *     the code; UNAVAILABLE when Google does not answer
   */
  public Connections.Account accept(String owner, String code, String state) {
    requireShort("code", "Code", code);
    requireShort("state", "State", state);
    String digest = digest(state);
    Optional<String> sealed =
        store.write(
            handle ->
                handle
                    .createQuery(
                        "DELETE FROM oauth_state WHERE digest = :digest AND owner = :owner"
                            + " AND expires_at >= :now RETURNING sealed")
                    .bind("digest", digest)
                    .bind("owner", owner)
                    .bind("now", clock.instant().toEpochMilli())
                    .mapTo(String.class)
                    .findOne());
    if (sealed.isEmpty()) {
      throw Failure.of(
          Failure.Reason.INVALID,
          "state",
          "The state is unknown, older than " + LIFE.toMinutes() + " minutes or was used before");
    }
    if (application == null) {
      if (!demo) {
        throw notSet();
      }
      return connections.connect(
          owner,
          YoutubePlatform.NAME,
          "demo-channel",
          "local stand-in for YouTube",
          true,
          Connections.Tokens.NONE);
    }
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("grant_type", "authorization_code");
    fields.put("code", code);
    fields.put("redirect_uri", application.redirect());
    fields.put("code_verifier", seal.open(sealed.get(), "oauth:" + digest));
    Connections.Tokens tokens = tokens(fields, "");
    JsonNode channels =
        requireSuccess(
            api.get(
                Api.at(
                    sites.google(),
                    "/youtube/v3/channels",
                    Map.of("part", "snippet", "mine", "true")),
                Api.bearer(tokens.access())));
    JsonNode channel = channels.path("items").path(0);
    if (channel.path("id").asText("").isEmpty()) {
      throw Failure.of(Failure.Reason.INVALID, "code", "The Google account has no YouTube channel");
    }
    String title = channel.path("snippet").path("title").asText("");
    return connections.connect(
        owner,
        YoutubePlatform.NAME,
        channel.path("id").asText(),
        title.length() <= 200 ? title : title.substring(0, 200),
        false,
        tokens);
  }

  private JsonNode requireSuccess(Api.Answer answer) {
    if (!answer.isSuccess()) {
      throw api.refused(answer);
    }
    return answer.json();
  }

  /** An access token that is good for a minute at least, a new one if need be. */
  String access(Connections.Account account) {
    Connections.Tokens tokens = fresh(account);
    boolean old =
        tokens.expiresAt().isPresent()
            && !clock.instant().plus(MARGIN).isBefore(tokens.expiresAt().get());
    return old && !tokens.refresh().isEmpty() ? renew(account, tokens).access() : tokens.access();
  }

  /** What is kept now: another step may have renewed it. */
  private Connections.Tokens fresh(Connections.Account account) {
    return connections
        .find(account.owner(), account.platform())
        .filter(now -> now.account().equals(account.account()))
        .map(Connections.Account::tokens)
        .orElse(account.tokens());
  }

  /** Gets a new access token after the last was refused; false when that cannot be done. */
  boolean renewed(Connections.Account account) {
    Connections.Tokens tokens = fresh(account);
    if (tokens.refresh().isEmpty() || application == null) {
      return false;
    }
    Connections.Tokens unused = renew(account, tokens);
    return true;
  }

  private Connections.Tokens renew(Connections.Account account, Connections.Tokens tokens) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("grant_type", "refresh_token");
    fields.put("refresh_token", tokens.refresh());
    Connections.Tokens renewed;
    try {
      renewed = tokens(fields, tokens.refresh());
    } catch (Failure failure) {
      throw failure.reason() == Failure.Reason.INVALID
          ? Failure.of(
                  Failure.Reason.UNAUTHENTICATED,
                  "account",
                  "Google renews the access to the account no longer; connect it again")
              .causedBy(failure)
          : failure;
    }
    connections.renew(account, renewed);
    return renewed;
  }

  private Connections.Tokens tokens(Map<String, String> fields, String refresh) {
    if (application == null) {
      throw notSet();
    }
    Map<String, String> all = new LinkedHashMap<>(fields);
    all.put("client_id", application.clientId());
    all.put("client_secret", application.clientSecret());
    Api.Answer answer = api.form(sites.googleToken(), Map.of("Accept", "application/json"), all);
    if (answer.status() == 400 || answer.status() == 401) {
      throw Failure.of(
          Failure.Reason.INVALID, "code", "Google does not take it: " + Api.reason(answer.json()));
    }
    JsonNode json = requireSuccess(answer);
    long seconds = json.path("expires_in").asLong(3_600);
    return new Connections.Tokens(
        api.require(json.path("access_token"), "an access token"),
        json.path("refresh_token").asText(refresh),
        Optional.of(clock.instant().plusSeconds(Math.max(0, Math.min(seconds, 86_400)))));
  }

  private static void requireShort(String subject, String label, String secret) {
    if (secret.isBlank() || secret.length() > LONGEST) {
      throw Failure.of(
              Failure.Reason.INVALID,
              subject,
              label + " must have 1 to " + LONGEST + " characters; had " + secret.length())
          .with("length", secret.length());
    }
  }

  private String word() {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String challenge(String verifier) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(verifier));
  }

  private static String digest(String state) {
    return HexFormat.of().formatHex(sha256(state));
  }

  private static byte[] sha256(String text) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
