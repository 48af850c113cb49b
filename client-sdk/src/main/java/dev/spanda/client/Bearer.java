package dev.spanda.client;

import dev.spanda.contract.biofield.AuthApi;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The tokens of one account, fetched when the first call needs them and renewed before they expire
 * or when they are refused. One thread renews while others wait, because a refresh token that is
 * spent twice revokes the login. Thread-safe.
 */
final class Bearer implements HttpTransport.Renewal {

  /** A token that expires this soon is renewed first. */
  private static final Duration MARGIN = Duration.ofSeconds(30);

  private static final int CLIENT_ERRORS = 400;
  private static final int SERVER_ERRORS = 500;

  private final @Nullable AuthApi auth;
  private final AuthApi.@Nullable Login login;
  private final Pace pace;
  private String access;
  private @Nullable String refresh;
  private long expiresNanos;

  private Bearer(@Nullable AuthApi auth, AuthApi.@Nullable Login login, String access, Pace pace) {
    this.auth = auth;
    this.login = login;
    this.access = access;
    this.pace = pace;
  }

  /** One token that is never renewed. */
  static Bearer of(String accessToken, Pace pace) {
    return new Bearer(null, null, accessToken, pace);
  }

  /** The tokens of an account. */
  static Bearer of(AuthApi auth, AuthApi.Login login, Pace pace) {
    return new Bearer(auth, login, "", pace);
  }

  /**
   * The header of the next request.
   *
   * @throws ApiException when the account's tokens cannot be had
   */
  synchronized Map<String, String> headers() {
    if (auth != null && (access.isEmpty() || expiresNanos - pace.nanoTime() < MARGIN.toNanos())) {
      fetch(auth);
    }
    return Map.of("Authorization", header());
  }

  @Override
  public synchronized boolean renew(@Nullable String refused) {
    if (auth == null) {
      return false;
    }
    if (header().equals(refused)) {
      fetch(auth);
    }
    return true;
  }

  private void fetch(AuthApi api) {
    AuthApi.Tokens tokens = refresh == null ? null : refreshed(api, refresh);
    if (tokens == null) {
      tokens = api.token(java.util.Objects.requireNonNull(login));
    }
    access = tokens.accessToken();
    refresh = tokens.refreshToken();
    expiresNanos = pace.nanoTime() + Duration.ofSeconds(tokens.expiresIn()).toNanos();
  }

  /** New tokens, or null when the refresh token is no good any more and the password must do. */
  private AuthApi.@Nullable Tokens refreshed(AuthApi api, String token) {
    refresh = null;
    try {
      return api.refresh(new AuthApi.Refresh(token));
    } catch (ApiException e) {
      if (e.status() >= CLIENT_ERRORS
          && e.status() < SERVER_ERRORS
          && e.status() != ErrorReader.TOO_MANY_REQUESTS) {
        return null;
      }
      // Whether the token was spent is not known: the password will do next time.
      throw e;
    }
  }

  private String header() {
    return "Bearer " + access;
  }
}
