package dev.spanda.core;

import java.security.SecureRandom;
import java.util.random.RandomGenerator;

/**
 * Makes names for records: a prefix that says the kind, an underscore and twenty lower-case letters
 * and digits, such as {@code sess_7k2m0v9q4x1c8n5b3z6d}. Twenty characters of a 32-letter alphabet
 * hold 100 random bits, so that names neither collide nor can be guessed. Thread-safe when its
 * random source is.
 */
public final class Ids {

  private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
  private static final int LENGTH = 20;

  private final RandomGenerator random;

  /**
   * Draws from the given source; a seeded one makes names that repeat, which tests may want.
   *
   * @param random kept, not copied
   */
  public Ids(RandomGenerator random) {
    this.random = random;
  }

  /** Draws from the system's cryptographic source. */
  public static Ids secure() {
    return new Ids(new SecureRandom());
  }

  /**
   * A new name.
   *
   * @param prefix the kind of the record, such as {@code sess}; lower-case letters
   */
  public String next(String prefix) {
    StringBuilder id = new StringBuilder(prefix.length() + 1 + LENGTH).append(prefix).append('_');
    for (int half = 0; half < 2; half++) {
      long bits = random.nextLong();
      for (int i = 0; i < LENGTH / 2; i++) {
        id.append(ALPHABET[(int) (bits & 31)]);
        bits >>>= 5;
      }
    }
    return id.toString();
  }
}
