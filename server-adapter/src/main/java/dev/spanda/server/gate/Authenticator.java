package dev.spanda.server.gate;

import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/** Tells who a caller is, from the credentials of a request. Thread-safe. */
@FunctionalInterface
public interface Authenticator {

  /**
   * The principal, or null for a caller who gave no credentials and may go on without.
   *
   * @throws dev.spanda.core.Failure UNAUTHENTICATED when the credentials are wrong, or missing for
   *     an operation that needs them; FORBIDDEN when they are right and do not suffice
   */
  @Nullable Object identify(Visit visit);

  /** What a request shows at the gate. */
  interface Visit {

    /** The network address, without port. */
    String address();

    /** The contract's method that is asked for, or null for a socket. */
    @Nullable Method operation();

    /** The path below the server's root, as sent. */
    String path();

    /** The first header of that name in any case, or null. */
    @Nullable String header(String name);

    /** The first query parameter of that name, decoded, or null. */
    @Nullable String query(String name);
  }
}
