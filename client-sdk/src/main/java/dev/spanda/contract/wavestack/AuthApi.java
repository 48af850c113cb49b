package dev.spanda.contract.wavestack;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Route;
import java.util.List;
import java.util.Map;

/** Tokens of the Core App, and the keys that they can be checked with. Needs no credentials. */
@Route.Group("Authentication")
public interface AuthApi {

  /**
   * A token for a program of an organisation, good for every service.
   *
   * <p>{@code UNAUTHORIZED} when the id and the secret are no pair, {@code FORBIDDEN} when the
   * program acts for another organisation, {@code RATE_LIMITED} after twenty failures of an address
   * within a quarter of an hour.
   */
  @Route(value = "POST /api/auth/token", summary = "A token for a program of an organisation.")
  Token token(Credentials credentials);

  /** The public keys that tokens can be checked with, the newest first (RFC 7517). */
  @Route(
      value = "GET /.well-known/jwks.json",
      summary = "The public keys that tokens can be checked with.")
  KeySet keys();

  /**
   * Who asks for a token.
   *
   * @param clientId the program
   * @param clientSecret what proves it
   * @param orgId the organisation that it acts for
   */
  record Credentials(
      @JsonProperty(value = "client_id", required = true) String clientId,
      @JsonProperty(value = "client_secret", required = true) String clientSecret,
      @JsonProperty(value = "org_id", required = true) String orgId) {

    /** Leaves the secret out. */
    @Override
    public String toString() {
      return "Credentials[" + clientId + ", " + orgId + "]";
    }
  }

  /**
   * A token.
   *
   * @param accessToken a JSON Web Token signed with RS256, for the {@code Authorization} header
   * @param tokenType always {@code Bearer}
   * @param expiresIn seconds for which the token is good, 3 600
   */
  record Token(
      @JsonProperty("access_token") String accessToken,
      @JsonProperty("token_type") String tokenType,
      @JsonProperty("expires_in") long expiresIn) {

    /** Leaves the token out. */
    @Override
    public String toString() {
      return "Token[" + tokenType + ", " + expiresIn + " s]";
    }
  }

  /**
   * Public keys.
   *
   * @param keys each a JSON Web Key with {@code kty}, {@code kid}, {@code use}, {@code alg}, {@code
   *     n} and {@code e}
   */
  record KeySet(@JsonProperty("keys") List<Map<String, Object>> keys) {

    /** Copies the list. */
    public KeySet {
      keys = List.copyOf(keys);
    }
  }
}
