package dev.spanda.server.gate;

import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who a caller is, as its credentials say: the principal that an {@link Authenticator} of the
 * identity store makes.
 *
 * @param account the id of the account or organisation that owns what the caller makes, such as
 *     {@code user_123}
 * @param plan the name of its plan or tier, such as {@code pro}
 * @param credential the id of the key, token or client it came with; never the secret itself
 * @param environment {@code live} or {@code sandbox}
 * @param scopes what the credential is for; empty when it is for everything
 */
public record Identity(
    String account,
    String plan,
    @Nullable String credential,
    String environment,
    Set<String> scopes) {

  /** The environment of everything that is not a trial. */
  public static final String LIVE = "live";

  /** The environment in which nothing costs anything. */
  public static final String SANDBOX = "sandbox";

  /** Copies the scopes. */
  public Identity {
    Objects.requireNonNull(account);
    Objects.requireNonNull(plan);
    Objects.requireNonNull(environment);
    scopes = Set.copyOf(scopes);
  }

  /** An identity in the live environment, for everything. */
  public static Identity of(String account, String plan) {
    return new Identity(account, plan, null, LIVE, Set.of());
  }

  /** Whether the credential is for this; one without scopes is for everything. */
  public boolean mayUse(String scope) {
    return scopes.isEmpty() || scopes.contains(scope);
  }
}
