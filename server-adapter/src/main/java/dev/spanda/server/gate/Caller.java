package dev.spanda.server.gate;

import dev.spanda.core.Failure;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Who asks. Endpoints are made for one caller, so that tenant and user never stand in a contract.
 *
 * @param address the network address, without port, such as {@code 127.0.0.1}
 * @param requestId the name of this request, which its log line and its answer carry too
 * @param principal what the mount's {@link Authenticator} made of the credentials, an {@link
 *     Identity} where accounts are kept; null for a caller without any
 * @param origin how the caller has named this server, such as {@code http://127.0.0.1:8080}, for
 *     addresses in answers; empty when that is not known
 * @param headers adds a header to the answer, such as a cookie, when the answer is a success
 */
public record Caller(
    String address,
    String requestId,
    @Nullable Object principal,
    String origin,
    BiConsumer<String, String> headers) {

  /** A caller whose answer takes no further headers. */
  public Caller(String address, String requestId, @Nullable Object principal, String origin) {
    this(address, requestId, principal, origin, (name, value) -> {});
  }

  /** A caller of whom no more is known than this. */
  public Caller(String address, String requestId, @Nullable Object principal) {
    this(address, requestId, principal, "");
  }

  /** A caller without credentials. */
  public Caller(String address, String requestId) {
    this(address, requestId, null);
  }

  /** Who the caller is; empty for one without credentials. */
  public Optional<Identity> identity() {
    return principal instanceof Identity identity ? Optional.of(identity) : Optional.empty();
  }

  /**
   * The id of the caller's account, which owns what the caller makes.
   *
   * @throws Failure UNAUTHENTICATED when the caller gave no credentials
   */
  public String account() {
    return principal(Identity.class).account();
  }

  /**
   * The principal as the type that the mount's authenticator makes.
   *
   * @throws Failure UNAUTHENTICATED when there is none, or one of another type
   */
  public <T> T principal(Class<T> type) {
    if (!type.isInstance(principal)) {
      throw Failure.of(
          Failure.Reason.UNAUTHENTICATED, "credentials", "This operation needs credentials");
    }
    return type.cast(principal);
  }

  /** The address and the name of the request; a principal may hold secrets and is not shown. */
  @Override
  public String toString() {
    return "Caller[" + address + ", " + requestId + "]";
  }
}
