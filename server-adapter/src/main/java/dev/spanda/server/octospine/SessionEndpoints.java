package dev.spanda.server.octospine;

import dev.spanda.contract.octospine.SessionApi;
import dev.spanda.core.Failure;
import dev.spanda.server.gate.Caller;
import dev.spanda.server.gate.Identity;
import dev.spanda.server.gate.identity.Accounts;
import dev.spanda.server.gate.identity.LoginSessions;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/** Sessions and tokens. */
final class SessionEndpoints implements SessionApi {

  private final Accounts accounts;
  private final LoginSessions sessions;
  private final dev.spanda.server.gate.identity.Tokens issuer;
  private final Caller caller;

  SessionEndpoints(
      Accounts accounts,
      LoginSessions sessions,
      dev.spanda.server.gate.identity.Tokens issuer,
      Caller caller) {
    this.accounts = accounts;
    this.sessions = sessions;
    this.issuer = issuer;
    this.caller = caller;
  }

  @Override
  public Session login(Login login) {
    LoginSessions.Opened opened = sessions.open(account(login));
    setCookie(opened.secret(), Octospine.SESSION_LIFE);
    return session(opened.session());
  }

  @Override
  public Session session() {
    return session(current());
  }

  @Override
  public LoggedOut logout() {
    sessions.close(current().id());
    setCookie("", Duration.ZERO);
    return new LoggedOut(true);
  }

  @Override
  public Tokens token(Login login) {
    return tokens(issuer.login(account(login).id(), Map.of()));
  }

  @Override
  public Tokens refresh(Refresh refresh) {
    return tokens(issuer.refresh(refresh.refreshToken()));
  }

  private Accounts.Account account(Login login) {
    return accounts.login(Octospine.NAME, login.email(), login.password(), null, caller.address());
  }

  private LoginSessions.Session current() {
    String credential = caller.principal(Identity.class).credential();
    if (credential != null) {
      LoginSessions.Session open = sessions.findById(Octospine.NAME, credential).orElse(null);
      if (open != null) {
        return open;
      }
    }
    throw Failure.of(
        Failure.Reason.INVALID,
        "session",
        "This needs the cookie " + COOKIE + "; the request came with a key or a token");
  }

  /** Sent back to this server only, out of reach of scripts and of other sites' pages. */
  private void setCookie(String value, Duration age) {
    boolean secure = caller.origin().startsWith("https:");
    caller
        .headers()
        .accept(
            "Set-Cookie",
            COOKIE
                + "="
                + value
                + "; Path=/; Max-Age="
                + age.toSeconds()
                + "; HttpOnly; SameSite=Strict"
                + (secure ? "; Secure" : ""));
  }

  private static Session session(LoginSessions.Session session) {
    return new Session(
        session.account(),
        session.csrfToken(),
        session.expiresAt().truncatedTo(ChronoUnit.SECONDS));
  }

  private static Tokens tokens(dev.spanda.server.gate.identity.Tokens.Pair pair) {
    return new Tokens(
        pair.accessToken(), pair.refreshToken(), "Bearer", pair.expiresIn().toSeconds());
  }
}
