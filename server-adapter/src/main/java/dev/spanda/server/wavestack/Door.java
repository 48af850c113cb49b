package dev.spanda.server.wavestack;

import dev.spanda.contract.wavestack.AuthApi;
import dev.spanda.contract.wavestack.ClipperHealthApi;
import dev.spanda.contract.wavestack.HealthApi;
import dev.spanda.core.Failure;
import dev.spanda.server.gate.Authenticator;
import dev.spanda.server.gate.Identity;
import dev.spanda.server.gate.identity.Accounts;
import dev.spanda.server.gate.identity.ApiKeys;
import dev.spanda.server.gate.identity.Clients;
import dev.spanda.server.gate.identity.Tokens;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells the organisation of a caller, as the package of the contract describes. The account of the
 * identity is the organisation's id.
 */
final class Door {

  /** The header that names the organisation. */
  static final String ORGANISATION = "X-Org-Id";

  /** The only plan there is. */
  static final String PLAN = "standard";

  /** The claim of a token that names the program it was made for. */
  private static final String CLIENT = "client_id";

  private static final String BEARER = "bearer ";
  private static final Set<Class<?>> OPEN =
      Set.of(HealthApi.class, ClipperHealthApi.class, AuthApi.class);

  /** Headers of proxies: what they forward does not come from this machine. */
  private static final List<String> FORWARDED =
      List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");

  private static final Set<String> OWN_SITES = Set.of("same-origin", "same-site", "none");
  private static final Pattern LOOPBACK =
      Pattern.compile(
          "localhost|127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}|\\[::1]|::1|0:0:0:0:0:0:0:1|"
              + "\\[0:0:0:0:0:0:0:1]|::ffff:127(\\.(25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}");
  private static final Pattern TOKEN =
      Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");

  private final Tokens tokens;
  private final ApiKeys keys;
  private final Clients clients;
  private final Accounts accounts;
  private final String neighbour;

  /**
   * A door.
   *
   * @param neighbour the organisation of callers from this machine who show no credentials
   */
  Door(Tokens tokens, ApiKeys keys, Clients clients, Accounts accounts, String neighbour) {
    this.tokens = tokens;
    this.keys = keys;
    this.clients = clients;
    this.accounts = accounts;
    this.neighbour = neighbour;
  }

  /** Who calls a service that neighbours may use without credentials. */
  @Nullable Object identify(Authenticator.Visit visit) {
    if (isOpen(visit)) {
      return null;
    }
    String secret = secret(visit);
    if (secret == null && !isNeighbour(visit)) {
      throw unknown(
          "Beyond this machine a request needs Authorization: Bearer and a token or an API key");
    }
    Identity identity = secret == null ? Identity.of(neighbour, PLAN) : identity(secret);
    String organisation = visit.header(ORGANISATION);
    if (organisation != null) {
      requireSame(identity, organisation);
    }
    return identity;
  }

  /** Who calls the Core App. */
  @Nullable Object identifyWithCredentials(Authenticator.Visit visit) {
    if (isOpen(visit)) {
      return null;
    }
    String secret = secret(visit);
    if (secret == null) {
      throw unknown("This needs Authorization: Bearer and a token or an API key");
    }
    Identity identity = identity(secret);
    String organisation = visit.header(ORGANISATION);
    if (organisation == null || organisation.isBlank()) {
      throw Failure.of(Failure.Reason.INVALID, ORGANISATION, ORGANISATION + " is required");
    }
    requireSame(identity, organisation);
    return identity;
  }

  /** A token for a client whose id and secret were right. */
  String token(Clients.Client client) {
    return tokens.access(client.organisation(), Map.of(CLIENT, client.id()));
  }

  private static boolean isOpen(Authenticator.Visit visit) {
    return visit.operation() != null && OPEN.contains(visit.operation().getDeclaringClass());
  }

  /** The token or key that the caller shows, or null when it shows none. */
  private static @Nullable String secret(Authenticator.Visit visit) {
    String header = visit.header("Authorization");
    if (header != null) {
      if (!header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
        throw unknown("The Authorization header must be Bearer and a token or an API key");
      }
      return header.substring(BEARER.length()).strip();
    }
    String key = visit.header("X-API-Key");
    if (key != null) {
      return key.strip();
    }
    return visit.operation() == null ? visit.query("token") : null;
  }

  private Identity identity(String secret) {
    return TOKEN.matcher(secret).matches() ? ofToken(secret) : ofKey(secret);
  }

  private Identity ofKey(String secret) {
    return keys.find(Wavestack.NAME, secret)
        .map(ApiKeys.Key::identity)
        .orElseThrow(() -> unknown("The API key is not valid"));
  }

  /** A token is refused as soon as its program is revoked or its organisation closed. */
  private Identity ofToken(String secret) {
    Tokens.Verified token;
    try {
      token = tokens.verify(secret);
    } catch (Failure failure) {
      // A key of a document may look like a token.
      Optional<ApiKeys.Key> key = keys.find(Wavestack.NAME, secret);
      if (key.isPresent()) {
        return key.get().identity();
      }
      throw failure;
    }
    String client = token.claims().getOrDefault(CLIENT, "");
    if (isRevoked(client) || isClosed(token.account())) {
      throw unknown("The program or the organisation of this token is no longer known");
    }
    return new Identity(token.account(), PLAN, client, Identity.LIVE, Set.of());
  }

  private boolean isRevoked(String client) {
    try {
      return clients.find(client).revokedAt() != null;
    } catch (Failure gone) {
      return true;
    }
  }

  /** An organisation may have clients without having an account; then none is closed. */
  private boolean isClosed(String organisation) {
    try {
      return accounts.find(organisation).disabledAt() != null;
    } catch (Failure unknown) {
      return false;
    }
  }

  private static void requireSame(Identity identity, String organisation) {
    if (!organisation.equals(identity.account())) {
      throw Failure.of(
              Failure.Reason.FORBIDDEN,
              ORGANISATION,
              ORGANISATION + " is not the organisation of these credentials")
          .with(
              Failure.PROVIDED_VALUE,
              organisation.substring(0, Math.min(organisation.length(), 120)));
    }
  }

  /**
   * Whether the request comes from this machine and from no page of another site: a name that was
   * rebound to loopback shows in the host, a foreign page in its origin.
   */
  private static boolean isNeighbour(Authenticator.Visit visit) {
    String host = visit.header("Host");
    if (host == null
        || !LOOPBACK.matcher(visit.address()).matches()
        || !isLoopback(host)
        || FORWARDED.stream().anyMatch(name -> visit.header(name) != null)) {
      return false;
    }
    String origin = visit.header("Origin");
    String site = visit.header("Sec-Fetch-Site");
    return (origin == null || isLoopbackOrigin(origin))
        && (site == null || OWN_SITES.contains(site) || origin != null);
  }

  /** A host with or without a port. */
  private static boolean isLoopback(String host) {
    String name = host.replaceFirst(":\\d{1,5}$", "").toLowerCase(Locale.ROOT);
    return LOOPBACK.matcher(name).matches();
  }

  private static boolean isLoopbackOrigin(String origin) {
    try {
      String host = URI.create(origin).getHost();
      return host != null && isLoopback(host);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static Failure unknown(String message) {
    return Failure.of(Failure.Reason.UNAUTHENTICATED, "credentials", message);
  }
}
