package dev.spanda.contract.biofield;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Route;
import org.jspecify.annotations.Nullable;

/**
 * Tokens: every other operation but the health check needs one as {@code Authorization: Bearer}.
 */
@Route.Group("Authentication")
public interface AuthApi {

  /** A pair of tokens for a person's name and password. */
  @Route(value = "POST /auth/token", summary = "A pair of tokens for a name and a password.")
  Tokens token(Login login);

  /**
   * A new pair of tokens for a refresh token, which is spent by it: a refresh token that comes a
   * second time revokes every token that descends from the same login.
   */
  @Route(
      value = "POST /auth/refresh",
      summary = "A new pair of tokens for a refresh token, which is spent by it.")
  Tokens refresh(Refresh refresh);

  /**
   * Who asks for tokens.
   *
   * @param username the account's e-mail address
   * @param clientId the application that asks, as the account names it
   */
  record Login(
      @JsonProperty(value = "username", required = true) String username,
      @JsonProperty(value = "password", required = true) String password,
      @JsonProperty(value = "client_id", required = true) String clientId) {

    /** Leaves the password out. */
    @Override
    public String toString() {
      return "Login[" + username + ", " + clientId + "]";
    }
  }

  /** What buys new tokens. */
  record Refresh(@JsonProperty(value = "refresh_token", required = true) String refreshToken) {

    /** Leaves the token out. */
    @Override
    public String toString() {
      return "Refresh[…]";
    }
  }

  /**
   * A pair of tokens.
   *
   * @param accessToken a JSON Web Token for the {@code Authorization} header
   * @param tokenType always {@code Bearer}
   * @param expiresIn seconds for which the access token is good, 3 600
   * @param refreshToken a JSON Web Token for {@link #refresh}; absent in answers of servers that do
   *     not rotate
   */
  record Tokens(
      @JsonProperty("access_token") String accessToken,
      @JsonProperty("token_type") String tokenType,
      @JsonProperty("expires_in") long expiresIn,
      @JsonProperty("refresh_token") @Nullable String refreshToken) {

    /** Leaves the tokens out. */
    @Override
    public String toString() {
      return "Tokens[" + tokenType + ", " + expiresIn + " s]";
    }
  }
}
