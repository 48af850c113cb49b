package dev.spanda.audio.scalar;

import java.security.SecureRandom;
import java.util.Objects;

/**
 * A stream of numbers in [0, 1) by one of the seven methods. A seed gives the same numbers on every
 * machine and every JDK: all arithmetic is plain, no sine comes from the platform. For one thread
 * at a time.
 */
public abstract class ScalarGenerator {

  private final ScalarMethod method;

  ScalarGenerator(ScalarMethod method) {
    this.method = method;
  }

  /** A generator from a seed; {@link ScalarMethod#SECURE_RANDOM} becomes its seeded twin. */
  public static ScalarGenerator of(ScalarMethod method, long seed) {
    SplitMix mix = new SplitMix(seed);
    return build(method, mix, new SeededTwin(new SplitMix(mix.next())));
  }

  /**
   * A generator from a cryptographic source: it seeds the state, and {@link
   * ScalarMethod#SECURE_RANDOM} and {@link ScalarMethod#HYBRID} draw on it throughout.
   */
  public static ScalarGenerator of(ScalarMethod method, SecureRandom source) {
    return build(method, new SplitMix(source.nextLong()), new Secure(source));
  }

  private static ScalarGenerator build(ScalarMethod method, SplitMix mix, ScalarGenerator random) {
    return switch (method) {
      case HYBRID ->
          new Hybrid(
              new ScalarGenerator[] {
                new CellularAutomaton(mix),
                new Kuramoto(mix),
                new Lorenz(mix),
                new Rossler(mix),
                new Sha3Chain(mix),
                random
              });
      case CELLULAR_AUTOMATON -> new CellularAutomaton(mix);
      case KURAMOTO -> new Kuramoto(mix);
      case LORENZ -> new Lorenz(mix);
      case ROSSLER -> new Rossler(mix);
      case SHA3_CHAIN -> new Sha3Chain(mix);
      case SECURE_RANDOM -> random;
    };
  }

  /** The method that makes the numbers. */
  public final ScalarMethod method() {
    return method;
  }

  /**
   * Fills a part of the caller's array with the next numbers; how they are divided into calls does
   * not matter.
   *
   * @param values modified from {@code offset} to {@code offset + count}
   * @throws IndexOutOfBoundsException when the array is shorter than that
   */
  public final void into(double[] values, int offset, int count) {
    Objects.checkFromIndexSize(offset, count, values.length);
    fill(values, offset, count);
  }

  /** The next {@code count} numbers. */
  public final double[] values(int count) {
    double[] values = new double[count];
    fill(values, 0, count);
    return values;
  }

  abstract void fill(double[] values, int offset, int count);

  static double unit(long word) {
    return (word >>> 11) * 0x1p-53;
  }
}
