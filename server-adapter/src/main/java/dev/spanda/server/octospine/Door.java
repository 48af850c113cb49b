package dev.spanda.server.octospine;

import dev.spanda.contract.http.Route;
import dev.spanda.contract.octospine.SessionApi;
import dev.spanda.contract.octospine.SystemApi;
import dev.spanda.core.Failure;
import dev.spanda.server.gate.Authenticator;
import dev.spanda.server.gate.Identity;
import dev.spanda.server.gate.identity.Accounts;
import dev.spanda.server.gate.identity.ApiKeys;
import dev.spanda.server.gate.identity.LoginSessions;
import dev.spanda.server.gate.identity.Tokens;
import java.lang.reflect.Method;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Knows callers by an API key or a JSON Web Token as {@code Authorization: Bearer}, or by a
 * session's cookie.
 *
 * <p>A cookie alone changes nothing: an operation that is no GET needs the session's token in
 * {@value SessionApi#CSRF_HEADER} too, and a socket must be opened by a page of this server itself.
 * A socket may bring key or token in its URL as {@code token}, since a browser cannot set its
 * headers. Without any credentials a socket opens only from this machine to this machine: the
 * peer's address and the {@code Host} that it named must be loopback, and so must the page's
 * origin, if there is one; it then speaks for the account of local callers.
 */
final class Door implements Authenticator {

  private static final String BEARER = "bearer ";
  private static final Pattern IPV4_LOOPBACK = Pattern.compile("127(\\.[0-9]{1,3}){3}");
  private static final Set<String> OPEN = Set.of("login", "token", "refresh");

  private final ApiKeys keys;
  private final Tokens tokens;
  private final Accounts accounts;
  private final LoginSessions sessions;
  private final String localAccount;

  /**
   * A door.
   *
   * @param localAccount the account of sockets of this machine that bring no credentials
   */
  Door(
      ApiKeys keys, Tokens tokens, Accounts accounts, LoginSessions sessions, String localAccount) {
    this.keys = keys;
    this.tokens = tokens;
    this.accounts = accounts;
    this.sessions = sessions;
    this.localAccount = localAccount;
  }

  @Override
  public @Nullable Object identify(Visit visit) {
    Method operation = visit.operation();
    if (operation != null && isOpen(operation)) {
      return null;
    }
    boolean socket = operation == null && Octospine.SOCKETS.contains(visit.path());
    String header = visit.header("Authorization");
    if (header != null) {
      if (!header.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
        throw unknown("The Authorization header must be Bearer and an API key or a token");
      }
      return bearer(header.substring(BEARER.length()).strip());
    }
    String inUrl = socket ? visit.query("token") : null;
    if (inUrl != null && !inUrl.isEmpty()) {
      return bearer(inUrl);
    }
    String cookie = cookie(visit.header("Cookie"));
    if (cookie != null) {
      return ofCookie(visit, operation, socket, cookie);
    }
    if (operation != null) {
      throw unknown("The request has no credentials: Authorization: Bearer YOUR_API_KEY");
    }
    if (socket) {
      requireLocal(visit);
      return Identity.of(localAccount, "standard");
    }
    return null;
  }

  private Identity ofCookie(
      Visit visit, @Nullable Method operation, boolean socket, String cookie) {
    LoginSessions.Session session =
        sessions.find(Octospine.NAME, cookie).orElseThrow(() -> unknown("The session is not open"));
    if (operation != null && !isRead(operation)) {
      String token = visit.header(SessionApi.CSRF_HEADER);
      if (!session.isProvenBy(token)) {
        throw Failure.of(
            Failure.Reason.FORBIDDEN,
            "csrf_token",
            "A change by a session's cookie needs the session's token in the header "
                + SessionApi.CSRF_HEADER);
      }
    }
    String origin = visit.header("Origin");
    if (socket && origin != null && !origin.isEmpty()) {
      String host = visit.header("Host");
      if (host == null || !host.equalsIgnoreCase(authority(origin))) {
        throw elsewhere();
      }
    }
    return new Identity(session.account(), session.plan(), session.id(), Identity.LIVE, Set.of());
  }

  private Identity bearer(String secret) {
    // A token has three parts; the secret of a key has no full stop.
    if (secret.indexOf('.') < 0) {
      return keys.find(Octospine.NAME, secret)
          .map(ApiKeys.Key::identity)
          .orElseThrow(() -> unknown("The API key is not valid"));
    }
    Tokens.Verified verified = tokens.verify(secret);
    Accounts.Account account;
    try {
      account = accounts.find(verified.account());
    } catch (Failure gone) {
      throw unknown("The account of this token is not open");
    }
    if (account.disabledAt() != null || !account.api().equals(Octospine.NAME)) {
      throw unknown("The account of this token is not open");
    }
    return new Identity(account.id(), account.plan(), null, Identity.LIVE, Set.of());
  }

  private static void requireLocal(Visit visit) {
    String host = visit.header("Host");
    String origin = visit.header("Origin");
    if (!isLoopbackAddress(visit.address()) || !isLoopbackHost(host)) {
      throw unknown(
          "A socket from another machine needs credentials: Authorization: Bearer, the parameter"
              + " token, or a session's cookie");
    }
    if (origin != null && !origin.isEmpty() && !isLoopbackHost(authority(origin))) {
      throw elsewhere();
    }
  }

  private static boolean isLoopbackAddress(String address) {
    try {
      // Always an address in figures, which is read without asking anybody.
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }

  /** Whether a host, perhaps with a port, is this machine by its own name: no name is looked up. */
  private static boolean isLoopbackHost(@Nullable String authority) {
    if (authority == null) {
      return false;
    }
    String host = authority.toLowerCase(Locale.ROOT).replaceFirst(":[0-9]{1,5}$", "");
    return host.equals("localhost")
        || host.equals("[::1]")
        || IPV4_LOOPBACK.matcher(host).matches();
  }

  private static @Nullable String authority(String origin) {
    try {
      return new URI(origin).getRawAuthority();
    } catch (URISyntaxException e) {
      return null;
    }
  }

  private static @Nullable String cookie(@Nullable String header) {
    if (header == null) {
      return null;
    }
    for (String part : header.split(";", -1)) {
      String cookie = part.strip();
      if (cookie.startsWith(SessionApi.COOKIE + "=")) {
        String value = cookie.substring(SessionApi.COOKIE.length() + 1);
        return value.isEmpty() ? null : value;
      }
    }
    return null;
  }

  private static boolean isOpen(Method operation) {
    Class<?> contract = operation.getDeclaringClass();
    return (contract == SystemApi.class && operation.getName().equals("getHealth"))
        || (contract == SessionApi.class && OPEN.contains(operation.getName()));
  }

  private static boolean isRead(Method operation) {
    Route route = operation.getAnnotation(Route.class);
    return route != null && route.value().startsWith("GET ");
  }

  private static Failure elsewhere() {
    return Failure.of(
        Failure.Reason.FORBIDDEN, "origin", "Pages of this origin may not open sockets");
  }

  private static Failure unknown(String message) {
    return Failure.of(Failure.Reason.UNAUTHENTICATED, "credentials", message);
  }
}
