package dev.spanda.audio.scalar;

/** The Lorenz attractor, fourth-order Runge-Kutta. */
final class Lorenz extends Batch {

  private static final double SIGMA = 10;
  private static final double RHO = 28;
  private static final double BETA = 8.0 / 3;
  private static final double STEP = 0.01;

  private double x;
  private double y;
  private double z;

  Lorenz(SplitMix seed) {
    super(ScalarMethod.LORENZ, 3);
    x = seed.between(-10, 10);
    y = seed.between(-10, 10);
    z = seed.between(15, 35);
    // The way from the starting point to the attractor is left out.
    steps(new double[3000], 0, 1000);
  }

  @Override
  void steps(double[] values, int at, int steps) {
    double px = x;
    double py = y;
    double pz = z;
    int i = at;
    for (int step = 0; step < steps; step++) {
      double ax = SIGMA * (py - px);
      double ay = px * (RHO - pz) - py;
      double az = px * py - BETA * pz;
      double qx = px + STEP / 2 * ax;
      double qy = py + STEP / 2 * ay;
      double qz = pz + STEP / 2 * az;
      double bx = SIGMA * (qy - qx);
      double by = qx * (RHO - qz) - qy;
      double bz = qx * qy - BETA * qz;
      qx = px + STEP / 2 * bx;
      qy = py + STEP / 2 * by;
      qz = pz + STEP / 2 * bz;
      double cx = SIGMA * (qy - qx);
      double cy = qx * (RHO - qz) - qy;
      double cz = qx * qy - BETA * qz;
      qx = px + STEP * cx;
      qy = py + STEP * cy;
      qz = pz + STEP * cz;
      double dx = SIGMA * (qy - qx);
      double dy = qx * (RHO - qz) - qy;
      double dz = qx * qy - BETA * qz;
      px += STEP / 6 * (ax + 2 * (bx + cx) + dx);
      py += STEP / 6 * (ay + 2 * (by + cy) + dy);
      pz += STEP / 6 * (az + 2 * (bz + cz) + dz);
      values[i] = px * (1.0 / 64) + 0.5;
      values[i + 1] = py * (1.0 / 64) + 0.5;
      values[i + 2] = pz * (1.0 / 64);
      i += 3;
    }
    x = px;
    y = py;
    z = pz;
  }
}
