package dev.spanda.core.attunement;

import dev.spanda.core.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.function.LongSupplier;

/** Where bits come from. Bits are handed on as they come: nothing is mixed in. Thread-safe. */
@FunctionalInterface
public interface BitSource {

  /** The kinds of sources. */
  enum Kind {
    /** The operating system's generator, made for keys. */
    SYSTEM,
    /** The lowest bits of the time that the processor takes for the same small work. */
    JITTER,
    /** A device file, such as {@code /dev/hwrng}. */
    HARDWARE,
    /** A service that measures a quantum process. */
    QUANTUM,
    /** A generator that gives the same bits for the same seed; for tests and comparisons. */
    SEEDED;

    /** The word on the wire: the name in lower case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Fills the whole array.
   *
   * @throws Failure UNAVAILABLE, subject {@code source}, when no more bits can be had now
   */
  void fill(byte[] bytes);

  /** The operating system's generator. */
  static BitSource system() {
    return new SecureRandom()::nextBytes;
  }

  /** The same bits for the same seed, by {@link SplittableRandom}. */
  static BitSource seeded(long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    return bytes -> {
      synchronized (random) {
        random.nextBytes(bytes);
      }
    };
  }

  /**
   * A device, or any file that does not end. It is opened for each call and closed again.
   *
   * @throws Failure UNAVAILABLE, subject {@code source}, at each call that the device cannot serve
   */
  static BitSource device(Path device) {
    return bytes -> {
      try (InputStream in = Files.newInputStream(device)) {
        if (in.readNBytes(bytes, 0, bytes.length) < bytes.length) {
          throw unavailable("The device " + device + " has no more bits");
        }
      } catch (IOException e) {
        throw unavailable("The device " + device + " cannot be read: " + e.getMessage())
            .causedBy(e);
      }
    };
  }

  /**
   * The jitter of a clock between readings. Two differences make one bit by von Neumann's rule,
   * which takes away a constant leaning: unequal lowest bits count, equal ones are thrown away.
   *
   * @param nanoTime such as {@code System::nanoTime}
   */
  static BitSource jitter(LongSupplier nanoTime) {
    return new JitterSource(nanoTime);
  }

  private static Failure unavailable(String message) {
    return Failure.of(Failure.Reason.UNAVAILABLE, "source", message);
  }
}
