package dev.spanda.audio.scalar;

/** The Rössler attractor, fourth-order Runge-Kutta. */
final class Rossler extends Batch {

  private static final double A = 0.2;
  private static final double B = 0.2;
  private static final double C = 5.7;
  private static final double STEP = 0.02;

  private double x;
  private double y;
  private double z;

  Rossler(SplitMix seed) {
    super(ScalarMethod.ROSSLER, 3);
    x = seed.between(-4, 4);
    y = seed.between(-4, 4);
    z = seed.between(0, 0.5);
    // The way from the starting point to the attractor is left out.
    steps(new double[15_000], 0, 5000);
  }

  @Override
  void steps(double[] values, int at, int steps) {
    double px = x;
    double py = y;
    double pz = z;
    int i = at;
    for (int step = 0; step < steps; step++) {
      double ax = -py - pz;
      double ay = px + A * py;
      double az = B + pz * (px - C);
      double qx = px + STEP / 2 * ax;
      double qy = py + STEP / 2 * ay;
      double qz = pz + STEP / 2 * az;
      double bx = -qy - qz;
      double by = qx + A * qy;
      double bz = B + qz * (qx - C);
      qx = px + STEP / 2 * bx;
      qy = py + STEP / 2 * by;
      qz = pz + STEP / 2 * bz;
      double cx = -qy - qz;
      double cy = qx + A * qy;
      double cz = B + qz * (qx - C);
      qx = px + STEP * cx;
      qy = py + STEP * cy;
      qz = pz + STEP * cz;
      double dx = -qy - qz;
      double dy = qx + A * qy;
      double dz = B + qz * (qx - C);
      px += STEP / 6 * (ax + 2 * (bx + cx) + dx);
      py += STEP / 6 * (ay + 2 * (by + cy) + dy);
      pz += STEP / 6 * (az + 2 * (bz + cz) + dz);
      values[i] = px * (1.0 / 32) + 0.5;
      values[i + 1] = py * (1.0 / 32) + 0.5;
      values[i + 2] = pz * (1.0 / 32);
      i += 3;
    }
    x = px;
    y = py;
    z = pz;
  }
}
