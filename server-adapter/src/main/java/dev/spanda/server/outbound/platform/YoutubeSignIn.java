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

/**
 * Lets a person connect a YouTube account: authorization code with a state that is known, belongs
 * to the owner, ends after ten minutes and is good for one callback, and a proof of possession
 * (PKCE, RFC 7636, S256). Sources: RFC 6749 section 4.1; RFC 9700; Google, "Using OAuth 2.0 for Web
 * Server Applications". Thread-safe.
 */
public final class YoutubeSignIn {

  /**
   * Where a person goes to agree.
   *
   * @param state comes back with the code
   */
  public record Invitation(String url, String state) {}

  private static final Duration LIFE = Duration.ofMinutes(10);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MOST_STATES = 100;
  private static final int RANDOM_BYTES = 32;
  private static final int LONGEST = 2_000;
  private static final String SCOPES =
      "https://www.googleapis.com/auth/youtube.upload"
          + " https://www.googleapis.com/auth/youtube.readonly";

  /** Where Google sends a person back to when nothing else is said. */
  private static final String USUAL_REDIRECT = "http://localhost:8500/callback";

  private final Api api;
  private final Sites sites;
  private final Store store;
  private final InstantSource clock;
  private final Connections connections;
  private final Connections.Seal seal;
  private final Access access;
  private final Settings settings;
  private final SecureRandom random = new SecureRandom();

  /**
   * How a person signs in.
   *
   * @param redirect where Google sends the person back to
   * @param demo without an application, whether a local stand-in takes Google's place: then any
   *     code connects a stand-in
   */
  public record Settings(String redirect, boolean demo) {
    /** {@code SPANDA_YOUTUBE_REDIRECT}, {@code http://localhost:8500/callback} unless it is set. */
    public static Settings of(Map<String, String> environment, boolean demo) {
      return new Settings(
          environment.getOrDefault("SPANDA_YOUTUBE_REDIRECT", USUAL_REDIRECT), demo);
    }
  }

  /**
   * A way to sign in.
   *
   * @param access has the application that Google knows, unless nobody has registered one
   */
  public YoutubeSignIn(
      Fetcher fetcher,
      Sites sites,
      Store store,
      InstantSource clock,
      Connections connections,
      Connections.Seal seal,
      Access access,
      Settings settings) {
    this.api = new Api(fetcher, YoutubePlatform.NAME, PATIENCE);
    this.sites = sites;
    this.store = store;
    this.clock = clock;
    this.connections = connections;
    this.seal = seal;
    this.access = access;
    this.settings = settings;
  }

  private Optional<Access.Application> application() {
    return access.application(YoutubePlatform.NAME);
  }

  /** Whether a local stand-in takes Google's place. */
  public boolean isStandIn() {
    return application().isEmpty() && settings.demo;
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
    if (application().isEmpty() && !settings.demo) {
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
    fields.put("client_id", application().map(Access.Application::id).orElse("demo"));
    fields.put("redirect_uri", settings.redirect);
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
    if (application().isEmpty()) {
      if (!settings.demo) {
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
    fields.put("redirect_uri", settings.redirect);
    fields.put("code_verifier", seal.open(sealed.get(), "oauth:" + digest));
    Connections.Tokens tokens = granted(fields);
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

  private Connections.Tokens granted(Map<String, String> fields) {
    return access.granted(YoutubePlatform.NAME, fields, "");
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
