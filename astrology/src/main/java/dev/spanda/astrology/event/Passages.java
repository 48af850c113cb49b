package dev.spanda.astrology.event;

/** The arithmetic of {@link RiseSet} on Julian days of UT1. */
final class Passages {

  /** Two hours: the daily arc has one highest and one lowest point in each twelve of them. */
  private static final double STEP = 2.0 / 24;

  private static final double TOLERANCE = 2e-9;

  private Passages() {}

  /**
   * The first crossing of the limit after {@code from}, upward or downward.
   *
   * @return jd UT1; −∞ when the point stays below the limit throughout, +∞ when above, NaN when it
   *     only crosses in the other direction
   */
  static double crossing(Diurnal way, double from, double span, boolean upward) {
    int steps = (int) Math.ceil(span / STEP - 1e-9);
    double step = span / steps;
    double sense = upward ? 1 : -1;
    double before = Double.NaN;
    double left = sense * way.height(from);
    boolean above = left >= 0;
    boolean below = left < 0;
    for (int i = 1; i <= steps; i++) {
      double t = from + i * step;
      double right = sense * way.height(t);
      if (left < 0 && right >= 0) {
        return root(way, t - step, sense * left, t, sense * right);
      }
      boolean peak = before < 0 && left < 0 && right < 0 && left > before && left >= right;
      boolean trough = before > 0 && left > 0 && right > 0 && left < before && left <= right;
      if (peak || trough) {
        // The turning point lies between the outer two of three samples; it may cross unseen.
        double turning =
            left < 0
                ? Search.minimum(x -> -sense * way.height(x), t - 2 * step, t, 1e-6)
                : Search.minimum(x -> sense * way.height(x), t - 2 * step, t, 1e-6);
        double value = sense * way.height(turning);
        if (left < 0 && value > 0) {
          return root(way, t - 2 * step, sense * before, turning, sense * value);
        }
        if (left > 0 && value < 0) {
          return root(way, turning, sense * value, t, sense * right);
        }
      }
      before = left;
      left = right;
      above |= left >= 0;
      below |= left < 0;
    }
    if (above && below) {
      return Double.NaN;
    }
    return above == upward ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
  }

  private static double root(Diurnal way, double a, double fa, double b, double fb) {
    return Search.root(way::height, a, fa, b, fb, TOLERANCE);
  }

  /** The first moment after {@code from} at which the hour angle has the value; within 26 hours. */
  static double meridian(Diurnal way, double from, double hourAngleDeg) {
    double wanted = hourAngleDeg - way.hourAngleDeg(from);
    wanted -= 360 * Math.floor(wanted / 360);
    // The sky turns 361° a day past the Moon's slower 347°; Newton with 360 converges by 1/25 a
    // step.
    double t = from + wanted / 360;
    for (int i = 0; i < 12; i++) {
      double error = way.hourAngleDeg(t) - hourAngleDeg;
      error -= 360 * Math.rint(error / 360);
      t -= error / 360;
      if (Math.abs(error) < 1e-8) {
        break;
      }
    }
    return t;
  }
}
