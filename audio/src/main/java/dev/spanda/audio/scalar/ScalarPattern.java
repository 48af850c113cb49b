package dev.spanda.audio.scalar;

import dev.spanda.audio.SampleRate;
import dev.spanda.audio.Sound;
import dev.spanda.core.Failure;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The shape of a scalar wave as sound. The tone patterns are sums of sines; partials at or above
 * half the sample rate are left out, and the weights of those that the pattern has add up to 1, so
 * that no sample exceeds the amplitude. The method patterns let the numbers of a {@link
 * ScalarMethod}, moved from [0, 1) to ±1, follow one another at the frequency, joined by straight
 * lines; after 65 536 numbers they begin again (2.3 hours at 7.83 Hz).
 */
@SuppressWarnings("ImmutableEnumChecker") // The arrays are neither changed nor handed out.
public enum ScalarPattern {
  /**
   * The first five Schumann resonances, 7.83, 14.3, 20.8, 27.3 and 33.8 Hz, all scaled by frequency
   * / 7.83 Hz, with weights as 1, 1/2, 1/3, 1/4, 1/5.
   */
  SCHUMANN(
      new double[] {1, 14.3 / 7.83, 20.8 / 7.83, 27.3 / 7.83, 33.8 / 7.83},
      new double[] {1, 1 / 2.0, 1 / 3.0, 1 / 4.0, 1 / 5.0}),
  /** One sine. */
  SINE(new double[] {1}, new double[] {1}),
  /** The first eight partials of a square wave: odd multiples with weights as 1/n. */
  SQUARE(
      new double[] {1, 3, 5, 7, 9, 11, 13, 15},
      new double[] {1, 1 / 3.0, 1 / 5.0, 1 / 7.0, 1 / 9.0, 1 / 11.0, 1 / 13.0, 1 / 15.0}),
  /** Five partials at the powers of the golden ratio, each 1/φ as strong as the one before. */
  GOLDEN(powers(1.618033988749895, 5), powers(1 / 1.618033988749895, 5)),
  /** Partials at the Fibonacci numbers 1, 2, 3, 5, 8 and 13 with weights as 1/n. */
  FIBONACCI(
      new double[] {1, 2, 3, 5, 8, 13},
      new double[] {1, 1 / 2.0, 1 / 3.0, 1 / 5.0, 1 / 8.0, 1 / 13.0}),
  /** Numbers of {@link ScalarMethod#HYBRID}. */
  HYBRID(ScalarMethod.HYBRID),
  /** Numbers of {@link ScalarMethod#CELLULAR_AUTOMATON}. */
  CELLULAR_AUTOMATON(ScalarMethod.CELLULAR_AUTOMATON),
  /** Numbers of {@link ScalarMethod#KURAMOTO}. */
  KURAMOTO(ScalarMethod.KURAMOTO),
  /** Numbers of {@link ScalarMethod#LORENZ}. */
  LORENZ(ScalarMethod.LORENZ),
  /** Numbers of {@link ScalarMethod#ROSSLER}. */
  ROSSLER(ScalarMethod.ROSSLER),
  /** Numbers of {@link ScalarMethod#SHA3_CHAIN}. */
  SHA3_CHAIN(ScalarMethod.SHA3_CHAIN),
  /** Numbers of {@link ScalarMethod#SECURE_RANDOM}, here always of its seeded twin. */
  SECURE_RANDOM(ScalarMethod.SECURE_RANDOM);

  private final double[] ratios;
  private final double[] weights;
  private final Optional<ScalarMethod> method;

  ScalarPattern(double[] ratios, double[] weights) {
    this.ratios = ratios;
    this.weights = weights;
    this.method = Optional.empty();
  }

  ScalarPattern(ScalarMethod method) {
    this.ratios = new double[0];
    this.weights = new double[0];
    this.method = Optional.of(method);
  }

  /** The name in lower case with underscores. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The method whose numbers the pattern follows; absent for tone patterns. */
  public Optional<ScalarMethod> method() {
    return method;
  }

  /**
   * The pattern of that name; case and hyphens do not matter.
   *
   * @throws Failure INVALID when there is none
   */
  public static ScalarPattern parse(String id) {
    for (ScalarPattern pattern : values()) {
      if (pattern.id().equals(id.toLowerCase(Locale.ROOT).replace('-', '_'))) {
        return pattern;
      }
    }
    throw Failure.notAllowed(
        "pattern", id, Arrays.stream(values()).map(ScalarPattern::id).toList());
  }

  /**
   * One wave to be made.
   *
   * @param frequencyHz the fundamental, or how many numbers a second, from 0.01 to 20 000 Hz
   * @param amplitude the largest magnitude of a sample, 0 to 1
   * @param duration how long, from 0 to 24 hours
   * @param sampleRate the rate of the samples
   * @param seed where the numbers of a method pattern begin; tone patterns ignore it
   */
  public record Wave(
      double frequencyHz, double amplitude, Duration duration, SampleRate sampleRate, long seed) {

    /**
     * Checks the ranges.
     *
     * @throws Failure INVALID when a value is out of its range
     */
    public Wave {
      Failure.requireInRange("frequency", "Frequency", frequencyHz, 0.01, 20_000, "Hz");
      Failure.requireInRange("amplitude", "Amplitude", amplitude, 0, 1, "");
      double seconds = duration.getSeconds() + duration.getNano() * 1e-9;
      Failure.requireInRange("duration", "Duration", seconds, 0, 86_400, "seconds");
    }
  }

  /** The wave as a sound of one channel; the same samples for the same wave on every machine. */
  public Sound sound(Wave wave) {
    return method
        .<Sound>map(chosen -> PatternSound.ofMethod(wave, chosen))
        .orElseGet(() -> PatternSound.ofPartials(wave, ratios, weights));
  }

  private static double[] powers(double base, int count) {
    double[] powers = new double[count];
    powers[0] = 1;
    for (int i = 1; i < count; i++) {
      powers[i] = powers[i - 1] * base;
    }
    return powers;
  }
}
