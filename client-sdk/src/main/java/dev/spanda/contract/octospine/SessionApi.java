package dev.spanda.contract.octospine;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Route;
import java.time.Instant;

/**
 * Who calls. The document names a session's cookie and a JSON Web Token and does not say where they
 * come from: these operations are beyond it.
 *
 * <p>A session lives in the cookie {@value #COOKIE}, which scripts cannot read and which other
 * sites' pages do not send. A request with it that changes something needs the header {@value
 * #CSRF_HEADER} with the session's token as well.
 */
@Route.Group("Session")
public interface SessionApi {

  /** The cookie that holds a session. */
  String COOKIE = "session";

  /** The header that shows that a page of this server made the request. */
  String CSRF_HEADER = "X-CSRF-Token";

  /** Opens a session; the answer sets its cookie. */
  @Route(value = "POST /api/auth/login", summary = "Opens a session and sets its cookie.")
  Session login(Login login);

  /** The session whose cookie came with the request. */
  @Route(value = "GET /api/auth/session", summary = "The session of the request's cookie.")
  Session session();

  /** Ends the session whose cookie came with the request and takes the cookie back. */
  @Route(value = "POST /api/auth/logout", summary = "Ends the session of the request's cookie.")
  LoggedOut logout();

  /** A JSON Web Token to be sent as {@code Authorization: Bearer}. */
  @Route(value = "POST /api/auth/token", summary = "A JSON Web Token and one that renews it.")
  Tokens token(Login login);

  /** The next pair of tokens; a refresh token is good once. */
  @Route(value = "POST /api/auth/refresh", summary = "The next pair of tokens.")
  Tokens refresh(Refresh refresh);

  /** An account's email and password. */
  record Login(
      @JsonProperty(value = "email", required = true) String email,
      @JsonProperty(value = "password", required = true) String password) {

    @Override
    public String toString() {
      return "Login[" + email + "]";
    }
  }

  /**
   * An open session.
   *
   * @param accountId whose it is
   * @param csrfToken to be sent in the header {@value #CSRF_HEADER} with every change
   * @param expiresAt when it ends
   */
  record Session(
      @JsonProperty("account_id") String accountId,
      @JsonProperty("csrf_token") String csrfToken,
      @JsonProperty("expires_at") Instant expiresAt) {

    @Override
    public String toString() {
      return "Session[" + accountId + ", " + expiresAt + "]";
    }
  }

  /** The end of a session. */
  record LoggedOut(@JsonProperty("logged_out") boolean loggedOut) {}

  /** What gives the next pair. */
  record Refresh(@JsonProperty(value = "refresh_token", required = true) String refreshToken) {

    @Override
    public String toString() {
      return "Refresh[]";
    }
  }

  /**
   * A pair of tokens.
   *
   * @param tokenType {@code Bearer}
   * @param expiresIn seconds
   */
  record Tokens(
      @JsonProperty("access_token") String accessToken,
      @JsonProperty("refresh_token") String refreshToken,
      @JsonProperty("token_type") String tokenType,
      @JsonProperty("expires_in") long expiresIn) {

    @Override
    public String toString() {
      return "Tokens[" + expiresIn + "]";
    }
  }
}
