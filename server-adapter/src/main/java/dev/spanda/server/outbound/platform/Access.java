package dev.spanda.server.outbound.platform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.core.Failure;
import dev.spanda.core.store.Leases;
import dev.spanda.media.publish.Connections;
import dev.spanda.server.outbound.Fetcher;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps access to accounts: a token that ends soon, or that was refused, is renewed where the
 * platform offers that, by one runner of one node at a time for each account, and kept sealed.
 *
 * <ul>
 *   <li>YouTube, TikTok and LinkedIn by the refresh token. TikTok gives a new one each time, and a
 *       process that dies between that and the note of it may have to be connected again.
 *   <li>Facebook by exchanging the user's token for one of sixty days, with which the page's is
 *       asked for again. The refresh token of the account is the user's token.
 *   <li>Instagram by the exchange of Facebook, or, when the token begins with {@code IG} as those
 *       of Instagram Login do, by its own: one of an hour is exchanged, one of sixty days renewed
 *       while it is good, once it is a day old.
 * </ul>
 *
 * <p>When a renewal ahead of time fails and the token is still good, that is used. Sources: RFC
 * 6749 section 6; Google, "Refreshing an access token"; TikTok for Developers, "Manage User Access
 * Tokens"; Microsoft Learn, "Programmatic Refresh Tokens"; Facebook Login, "Long-Lived Access
 * Tokens"; Instagram Platform, "Refresh Access Token". Thread-safe.
 */
public final class Access {

  /**
   * An application that a platform knows.
   *
   * @param id what TikTok calls the client key and Facebook the app id
   */
  public record Application(String id, String secret) {
    /** Tells no secret. */
    @Override
    public String toString() {
      return "Application[" + id + "]";
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(Access.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration LEASE = Duration.ofMinutes(2);
  private static final Duration LONGEST_LIFE = Duration.ofDays(400);
  private static final Duration USUAL_LIFE = Duration.ofHours(1);
  private static final Duration SHORT_LIFE = Duration.ofHours(2);
  private static final String INSTAGRAM_LOGIN = "IG";
  private static final int LOCKS = 64;

  private final Map<String, Api> apis = new HashMap<>();
  private final Sites sites;
  private final InstantSource clock;
  private final Connections connections;
  private final Leases leases;
  private final Map<String, Application> applications;

  /**
   * When this process has renewed which: what was given for a short time is not renewed at once.
   */
  private final Map<String, Instant> granted = new ConcurrentHashMap<>();

  private final Object[] locks = Stream.generate(Object::new).limit(LOCKS).toArray();

  /**
   * Access to the accounts that are connected.
   *
   * @param leases of this node
   * @param applications by the platform's name; where there is none, only tokens of Instagram Login
   *     are renewed
   */
  public Access(
      Fetcher fetcher,
      Sites sites,
      InstantSource clock,
      Connections connections,
      Leases leases,
      Map<String, Application> applications) {
    for (String platform : Platforms.NAMES) {
      apis.put(platform, new Api(fetcher, platform, PATIENCE));
    }
    this.sites = sites;
    this.clock = clock;
    this.connections = connections;
    this.leases = leases;
    this.applications = Map.copyOf(applications);
  }

  /**
   * The applications of the environment: {@code SPANDA_YOUTUBE_CLIENT_ID} and {@code
   * SPANDA_YOUTUBE_CLIENT_SECRET}, and so for {@code TIKTOK}, {@code LINKEDIN}, {@code FACEBOOK}
   * and {@code INSTAGRAM}, which has Facebook's unless it has its own.
   */
  public static Map<String, Application> applications(Map<String, String> environment) {
    Map<String, Application> found = new HashMap<>();
    for (String platform : Platforms.NAMES) {
      String prefix = "SPANDA_" + platform.toUpperCase(Locale.ROOT) + "_CLIENT_";
      String id = environment.getOrDefault(prefix + "ID", "");
      if (!id.isEmpty()) {
        found.put(platform, new Application(id, environment.getOrDefault(prefix + "SECRET", "")));
      }
    }
    Application facebook = found.get(FacebookPlatform.NAME);
    if (facebook != null) {
      found.putIfAbsent(InstagramPlatform.NAME, facebook);
    }
    return found;
  }

  /** The application of a platform, if there is one. */
  Optional<Application> application(String platform) {
    return Optional.ofNullable(applications.get(platform));
  }

  static Failure connectAgain(String platform, String why) {
    return Failure.of(
        Failure.Reason.UNAUTHENTICATED,
        "account",
        platform
            + " takes the access token no longer and renews it no longer; connect the account again"
            + (why.isEmpty() ? "" : ": " + why));
  }

  static boolean isOfInstagramLogin(String token) {
    return token.startsWith(INSTAGRAM_LOGIN);
  }

  /**
   * An access token, a new one if the last ends soon.
   *
   * @throws Failure UNAUTHENTICATED, subject {@code account}, when it has ended and is not renewed;
   *     of a passing reason when it has ended and cannot be renewed now
   */
  String token(Connections.Account account) {
    Connections.Tokens tokens = kept(account);
    if (tokens.expiresAt().isEmpty()) {
      return tokens.access();
    }
    Instant now = clock.instant();
    Instant end = tokens.expiresAt().get();
    Instant since = granted.get(lease(account));
    boolean young =
        since != null && now.isBefore(since.plus(Duration.between(since, end).dividedBy(2)));
    if (young || now.plus(margin(account)).isBefore(end) || !isRenewable(account, tokens)) {
      return tokens.access();
    }
    try {
      return renewed(account, tokens).access();
    } catch (Failure failure) {
      if (now.isBefore(end)) {
        LOG.info("{} is not renewed yet: {}", account.platform(), failure.getMessage());
        return tokens.access();
      }
      throw failure;
    }
  }

  /**
   * Another access token in place of one that was refused; empty when there is no way to one.
   *
   * @throws Failure as {@link #token}
   */
  Optional<String> another(Connections.Account account, String refused) {
    Connections.Tokens tokens = kept(account);
    if (!tokens.access().equals(refused)) {
      return Optional.of(tokens.access());
    }
    // Instagram and Facebook renew a token only while it is good.
    boolean lost = account.platform().equals(InstagramPlatform.NAME) && tokens.refresh().isEmpty();
    return lost || !isRenewable(account, tokens)
        ? Optional.empty()
        : Optional.of(renewed(account, tokens).access());
  }

  /** How long before its end a token is renewed: a small part of what the platform gives. */
  private static Duration margin(Connections.Account account) {
    return switch (account.platform()) {
      case InstagramPlatform.NAME, FacebookPlatform.NAME -> Duration.ofDays(7);
      case LinkedinPlatform.NAME -> Duration.ofDays(1);
      case TiktokPlatform.NAME -> Duration.ofMinutes(10);
      default -> Duration.ofMinutes(1);
    };
  }

  private boolean isRenewable(Connections.Account account, Connections.Tokens tokens) {
    boolean known = applications.containsKey(account.platform());
    return switch (account.platform()) {
      case InstagramPlatform.NAME ->
          isOfInstagramLogin(tokens.access()) ? known || !isShort(account, tokens) : known;
      default -> known && !tokens.refresh().isEmpty();
    };
  }

  /** Whether it is one of the first hour. */
  private static boolean isShort(Connections.Account account, Connections.Tokens tokens) {
    return tokens
        .expiresAt()
        .filter(end -> end.isBefore(account.connectedAt().plus(SHORT_LIFE)))
        .isPresent();
  }

  /** What is kept now: another step may have renewed it. */
  private Connections.Tokens kept(Connections.Account account) {
    return connections
        .find(account.owner(), account.platform())
        .filter(now -> now.account().equals(account.account()))
        .map(Connections.Account::tokens)
        .orElse(account.tokens());
  }

  private static String lease(Connections.Account account) {
    return "token:" + account.platform() + ":" + account.owner();
  }

  private Connections.Tokens renewed(Connections.Account account, Connections.Tokens seen) {
    String lease = lease(account);
    synchronized (locks[Math.floorMod(lease.hashCode(), LOCKS)]) {
      Connections.Tokens now = kept(account);
      if (!now.access().equals(seen.access())) {
        return now;
      }
      if (!leases.take(lease, LEASE)) {
        throw Failure.of(
                Failure.Reason.RATE_LIMITED, "account", "Another node renews the access token")
            .with("retry_after", 2L);
      }
      try {
        now = kept(account);
        if (!now.access().equals(seen.access())) {
          return now;
        }
        Connections.Tokens next = ask(account, now);
        connections.renew(account, next);
        granted.put(lease, clock.instant());
        return next;
      } finally {
        leases.giveBack(lease);
      }
    }
  }

  private Connections.Tokens ask(Connections.Account account, Connections.Tokens tokens) {
    try {
      return switch (account.platform()) {
        case InstagramPlatform.NAME -> instagram(account, tokens);
        case FacebookPlatform.NAME -> facebook(account, tokens);
        default -> refresh(account.platform(), tokens);
      };
    } catch (Failure failure) {
      throw Meta.isPassing(failure)
          ? failure
          : connectAgain(account.platform(), Objects.toString(failure.getMessage(), ""))
              .causedBy(failure);
    }
  }

  private Connections.Tokens refresh(String platform, Connections.Tokens tokens) {
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("grant_type", "refresh_token");
    fields.put("refresh_token", tokens.refresh());
    return granted(platform, fields, tokens.refresh());
  }

  /**
   * Asks the token endpoint of a platform as its application.
   *
   * @param refresh kept when the answer brings no other
   * @throws Failure INVALID when the platform refuses; UNAVAILABLE, subject a variable of the
   *     environment, when it has no application; of a passing reason when it does not answer
   */
  Connections.Tokens granted(String platform, Map<String, String> fields, String refresh) {
    Application application = require(platform);
    boolean tiktok = platform.equals(TiktokPlatform.NAME);
    Map<String, String> all = new LinkedHashMap<>(fields);
    all.put(tiktok ? "client_key" : "client_id", application.id());
    all.put("client_secret", application.secret());
    URI url =
        switch (platform) {
          case TiktokPlatform.NAME -> Api.at(sites.tiktok(), "/v2/oauth/token/", Map.of());
          case LinkedinPlatform.NAME -> sites.linkedinToken();
          default -> sites.googleToken();
        };
    Api.Answer answer = api(platform).form(url, Map.of("Accept", "application/json"), all);
    // TikTok gives its refusal with the status 200.
    boolean refuses = answer.isSuccess() && !answer.json().path("error").asText("").isEmpty();
    if (refuses || answer.status() == 400 || answer.status() == 401) {
      throw Failure.of(
          Failure.Reason.INVALID,
          "code",
          title(platform) + " does not take it: " + Api.reason(answer.json()));
    }
    return tokens(platform, answer, refresh);
  }

  private Application require(String platform) {
    Application application = applications.get(platform);
    if (application == null) {
      String variable = "SPANDA_" + platform.toUpperCase(Locale.ROOT) + "_CLIENT_ID";
      throw Failure.of(Failure.Reason.UNAVAILABLE, variable, variable + " is not set here");
    }
    return application;
  }

  private Connections.Tokens facebook(Connections.Account account, Connections.Tokens tokens) {
    Connections.Tokens user = exchanged(FacebookPlatform.NAME, tokens.refresh());
    Api.Answer page =
        api(FacebookPlatform.NAME)
            .get(
                Api.at(
                    sites.graph(),
                    "/" + Meta.id(account.account()),
                    Map.of("fields", "access_token")),
                Api.bearer(user.access()));
    JsonNode json = Meta.requireSuccess(api(FacebookPlatform.NAME), page);
    return new Connections.Tokens(
        api(FacebookPlatform.NAME).require(json.path("access_token"), "the page's token"),
        user.access(),
        user.expiresAt());
  }

  private Connections.Tokens instagram(Connections.Account account, Connections.Tokens tokens) {
    if (!isOfInstagramLogin(tokens.access())) {
      boolean own = tokens.refresh().isEmpty();
      Connections.Tokens next =
          exchanged(InstagramPlatform.NAME, own ? tokens.access() : tokens.refresh());
      return own ? next : new Connections.Tokens(next.access(), next.access(), next.expiresAt());
    }
    Map<String, String> fields = new LinkedHashMap<>();
    boolean first = isShort(account, tokens);
    fields.put("grant_type", first ? "ig_exchange_token" : "ig_refresh_token");
    if (first) {
      fields.put("client_secret", require(InstagramPlatform.NAME).secret());
    }
    fields.put("access_token", tokens.access());
    return asked(
        InstagramPlatform.NAME,
        Api.at(sites.instagramToken(), first ? "/access_token" : "/refresh_access_token", fields));
  }

  /** A token of sixty days for one that is good. */
  private Connections.Tokens exchanged(String platform, String token) {
    Application application = require(platform);
    Map<String, String> fields = new LinkedHashMap<>();
    fields.put("grant_type", "fb_exchange_token");
    fields.put("client_id", application.id());
    fields.put("client_secret", application.secret());
    fields.put("fb_exchange_token", token);
    return asked(platform, Api.at(sites.graph(), "/oauth/access_token", fields));
  }

  private Connections.Tokens asked(String platform, URI url) {
    Api api = api(platform);
    Api.Answer answer = api.get(url, Map.of("Accept", "application/json"));
    JsonNode unused = Meta.requireSuccess(api, answer);
    return tokens(platform, answer, "");
  }

  private Connections.Tokens tokens(String platform, Api.Answer answer, String refresh) {
    Api api = api(platform);
    if (!answer.isSuccess()) {
      throw api.refused(answer);
    }
    JsonNode json = answer.json();
    long seconds = json.path("expires_in").asLong(USUAL_LIFE.toSeconds());
    return new Connections.Tokens(
        api.require(json.path("access_token"), "an access token"),
        json.path("refresh_token").asText(refresh),
        Optional.of(
            clock.instant().plusSeconds(Math.max(0, Math.min(seconds, LONGEST_LIFE.toSeconds())))));
  }

  private static String title(String platform) {
    return platform.equals(YoutubePlatform.NAME) ? "Google" : platform;
  }

  private Api api(String platform) {
    return Objects.requireNonNull(apis.get(platform));
  }
}
