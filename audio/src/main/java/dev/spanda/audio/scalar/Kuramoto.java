package dev.spanda.audio.scalar;

/**
 * Sixteen coupled oscillators as points on the unit circle. In the mean field each needs only the
 * mean point (C, S): its phase turns by ω + K (S cos θ − C sin θ) a unit of time. A turn by angle α
 * is approximated by the Cayley rotation with t = α / 2, cos = (1 − t²) / (1 + t²), sin = 2t / (1 +
 * t²): a true rotation for any t, so nothing grows or shrinks but by rounding, and no sine is
 * needed.
 */
final class Kuramoto extends Batch {

  private static final int OSCILLATORS = 16;
  private static final double COUPLING = 1.2;
  private static final double HALF_STEP = 1.0 / 32;
  private static final int RENEWAL = 4096;

  private final double[] x = new double[OSCILLATORS];
  private final double[] y = new double[OSCILLATORS];
  private final double[] turn = new double[OSCILLATORS];
  private int untilRenewal = RENEWAL;

  Kuramoto(SplitMix seed) {
    super(ScalarMethod.KURAMOTO, 1);
    for (int i = 0; i < OSCILLATORS; i++) {
      double angle = seed.between(0, 2 * Math.PI);
      x[i] = StrictMath.cos(angle);
      y[i] = StrictMath.sin(angle);
      turn[i] = (2.0 * i / (OSCILLATORS - 1) - 1) * HALF_STEP;
    }
  }

  @Override
  void steps(double[] values, int at, int steps) {
    for (int step = 0; step < steps; step++) {
      values[at + step] = step();
      if (--untilRenewal == 0) {
        renew();
        untilRenewal = RENEWAL;
      }
    }
  }

  private double step() {
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < OSCILLATORS; i++) {
      meanX += x[i];
      meanY += y[i];
    }
    meanX /= OSCILLATORS;
    meanY /= OSCILLATORS;
    double pullX = meanX * (COUPLING * HALF_STEP);
    double pullY = meanY * (COUPLING * HALF_STEP);
    for (int i = 0; i < OSCILLATORS; i++) {
      double t = turn[i] + pullY * x[i] - pullX * y[i];
      double scale = 1 / (1 + t * t);
      double cosine = (1 - t * t) * scale;
      double sine = 2 * t * scale;
      double newX = x[i] * cosine - y[i] * sine;
      y[i] = x[i] * sine + y[i] * cosine;
      x[i] = newX;
    }
    return Math.min(Math.sqrt(meanX * meanX + meanY * meanY), 1 - 0x1p-53);
  }

  private void renew() {
    for (int i = 0; i < OSCILLATORS; i++) {
      double radius = Math.sqrt(x[i] * x[i] + y[i] * y[i]);
      x[i] /= radius;
      y[i] /= radius;
    }
  }
}
