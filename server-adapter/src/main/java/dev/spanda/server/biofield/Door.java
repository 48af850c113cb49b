package dev.spanda.server.biofield;

import dev.spanda.contract.biofield.AuthApi;
import dev.spanda.contract.biofield.HealthApi;
import dev.spanda.core.Failure;
import dev.spanda.server.gate.Authenticator;
import dev.spanda.server.gate.Identity;
import dev.spanda.server.gate.identity.Accounts;
import dev.spanda.server.gate.identity.Tokens;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Knows callers by their access tokens. Everything but the tokens themselves, the health check and
 * the documentation needs one; a socket may bring it in its URL, its header or its first message.
 */
final class Door implements Authenticator {

  /** The claim of a token that names the client that logged in. */
  static final String CLIENT = "client_id";

  private static final String BEARER = "Bearer ";

  private final Accounts accounts;
  private final Tokens tokens;

  Door(Accounts accounts, Tokens tokens) {
    this.accounts = accounts;
    this.tokens = tokens;
  }

  @Override
  public @Nullable Object identify(Visit visit) {
    Method operation = visit.operation();
    if (operation != null && isOpen(operation.getDeclaringClass())) {
      return null;
    }
    String token = bearer(visit.header("Authorization"));
    if (operation == null) {
      String inUrl = visit.query("token");
      token = token == null && inUrl != null && !inUrl.isEmpty() ? inUrl : token;
      return token == null ? null : identity(token);
    }
    if (token == null) {
      throw missing();
    }
    return identity(token);
  }

  /** That a token is needed and there is none. */
  static Failure missing() {
    return Failure.of(
        Failure.Reason.UNAUTHENTICATED,
        BiofieldDialect.AUTHORIZATION,
        "This needs an access token as Authorization: Bearer");
  }

  /**
   * Whose token it is.
   *
   * @throws Failure UNAUTHENTICATED when it is not good now
   */
  Identity identity(String token) {
    Tokens.Verified verified = tokens.verify(token);
    Accounts.Account account;
    try {
      account = accounts.find(verified.account());
    } catch (Failure gone) {
      throw refused();
    }
    if (account.disabledAt() != null || !account.api().equals(BiofieldMount.NAME)) {
      throw refused();
    }
    String client = verified.claims().getOrDefault(CLIENT, account.id());
    return new Identity(account.id(), account.plan(), client, Identity.LIVE, Set.of());
  }

  /** Tokens for an account that has just proved itself. */
  Tokens.Pair login(Accounts.Account account, String clientId) {
    return tokens.login(account.id(), Map.of(CLIENT, clientId));
  }

  private static Failure refused() {
    return Failure.of(
        Failure.Reason.UNAUTHENTICATED, "token", "The account of this token is not open");
  }

  private static boolean isOpen(Class<?> contract) {
    return contract == AuthApi.class || contract == HealthApi.class;
  }

  private static @Nullable String bearer(@Nullable String header) {
    if (header == null || !header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
      return null;
    }
    String token = header.substring(BEARER.length()).strip();
    return token.isEmpty() ? null : token;
  }
}
