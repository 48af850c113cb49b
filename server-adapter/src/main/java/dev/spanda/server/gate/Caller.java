package dev.spanda.server.gate;

import dev.spanda.core.Failure;
import org.jspecify.annotations.Nullable;

/**
 * Who asks. Endpoints are made for one caller, so that tenant and user never stand in a contract.
 *
 * @param address the network address, without port, such as {@code 127.0.0.1}
 * @param requestId the name of this request, which its log line and its answer carry too
 * @param principal what the mount's {@link Authenticator} made of the credentials, null for a
 *     caller without any
 */
public record Caller(String address, String requestId, @Nullable Object principal) {

  /** A caller without credentials. */
  public Caller(String address, String requestId) {
    this(address, requestId, null);
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
