package dev.spanda.astrology.ephemeris;

/**
 * The arc tangent of two numbers, from a table of 129 nodes and four terms of its series about the
 * nearest: within 1e-15 of {@link Math#atan2}, in half its time.
 */
final class Arcs {

  private static final int STEPS = 128;
  private static final double[] NODES = new double[STEPS + 1];

  static {
    for (int i = 0; i <= STEPS; i++) {
      NODES[i] = StrictMath.atan((double) i / STEPS);
    }
  }

  private Arcs() {}

  /** The angle of a direction in radians, −π to π; of any finite vector, as {@link Math#atan2}. */
  static double tangent(double y, double x) {
    double wide = Math.abs(x);
    double high = Math.abs(y);
    double small = Math.min(wide, high);
    double large = Math.max(wide, high);
    if (!(large > 1e-290 && large < 1e290)) {
      return Math.atan2(y, x);
    }
    int node = (int) (small / large * STEPS + 0.5);
    double at = node * (1.0 / STEPS);
    // tan(a − b) of the angle and its node: at most 1/256, so that the next term is below 1e-17.
    double rest = (small - at * large) / (large + at * small);
    double square = rest * rest;
    double angle =
        NODES[node]
            + (rest
                - rest
                    * square
                    * (1 / 3.0 - square * (1 / 5.0 - square * (1 / 7.0 - square * (1 / 9.0)))));
    if (high > wide) {
      angle = Math.PI / 2 - angle;
    }
    if (x < 0) {
      angle = Math.PI - angle;
    }
    return Math.copySign(angle, y);
  }
}
