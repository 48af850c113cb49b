package dev.spanda.server.gate.identity;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import dev.spanda.core.Failure;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Passwords as Argon2id digests (RFC 9106) in PHC form, with 19 MiB, two passes and one lane: the
 * first choice of the OWASP Password Storage Cheat Sheet. At most as many are computed at once as
 * there are processors, so that logins cannot take all memory.
 */
final class Passwords {

  private static final int MEMORY_KIB = 19 << 10;
  private static final int PASSES = 2;
  private static final int LANES = 1;
  private static final int BYTES = 32;
  private static final int SALT_BYTES = 16;
  private static final int SHORTEST = 8;
  private static final int LONGEST = 256;
  private static final long PATIENCE_SECONDS = 10;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Semaphore running = new Semaphore(Runtime.getRuntime().availableProcessors());

  /** A digest that no password has, compared when there is no account, for the same time. */
  private final String nobody = digest(Secrets.random());

  /** Checks that a password is one. */
  static String require(String password) {
    if (password.length() < SHORTEST || password.length() > LONGEST) {
      throw Failure.of(
              Failure.Reason.INVALID, "password", "A password must have 8 to 256 characters")
          .with(Failure.MIN_VALUE, SHORTEST)
          .with(Failure.MAX_VALUE, LONGEST);
    }
    return password;
  }

  String digest(String password) {
    byte[] salt = new byte[SALT_BYTES];
    RANDOM.nextBytes(salt);
    return slowly(
        () -> function().hash(password.getBytes(StandardCharsets.UTF_8), salt).getResult());
  }

  /**
   * Whether the password is that of the digest; takes the same time without a digest.
   *
   * @param digest null when there is no account, or one without a password
   */
  boolean matches(String password, @Nullable String digest) {
    if (password.length() > LONGEST) {
      return false;
    }
    String compared = digest == null ? nobody : digest;
    boolean same =
        slowly(() -> Argon2Function.getInstanceFromHash(compared).check(password, compared));
    return same && digest != null;
  }

  private static Argon2Function function() {
    return Argon2Function.getInstance(MEMORY_KIB, PASSES, LANES, BYTES, Argon2.ID);
  }

  private interface Slow<T> {
    T run();
  }

  private <T> T slowly(Slow<T> work) {
    try {
      if (!running.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        throw Failure.of(Failure.Reason.UNAVAILABLE, "login", "Too many logins at once");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(Failure.Reason.UNAVAILABLE, "login", "The server stops").causedBy(e);
    }
    try {
      return work.run();
    } finally {
      running.release();
    }
  }
}
