package dev.spanda.biofield.series;

import java.util.Random;

/** Series whose measures are known: noises and chaotic systems, all seeded. */
final class KnownSeries {

  private KnownSeries() {}

  static double[] white(int n, long seed) {
    Random random = new Random(seed);
    double[] x = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = random.nextGaussian();
    }
    return x;
  }

  /**
   * Exact fractional Gaussian noise by circulant embedding (Davies and Harte, Biometrika 74 (1987)
   * 95): the covariance on a circle of twice the power of two above n, its transform, and a
   * Gaussian draw at each frequency.
   */
  static double[] fractionalNoise(int n, double hurst, long seed) {
    int half = Integer.highestOneBit(Math.max(2, n - 1)) << 1;
    int size = 2 * half;
    double[] re = new double[size];
    double[] im = new double[size];
    for (int k = 0; k <= half; k++) {
      double covariance =
          0.5
              * (Math.pow(k + 1, 2 * hurst)
                  - 2 * Math.pow(k, 2 * hurst)
                  + Math.pow(Math.abs(k - 1), 2 * hurst));
      re[k] = covariance;
      re[(size - k) % size] = covariance;
    }
    transform(re, im);
    Random random = new Random(seed);
    double[] real = new double[size];
    double[] imaginary = new double[size];
    for (int k = 0; k < size; k++) {
      double scale = Math.sqrt(Math.max(0, re[k]) / size);
      real[k] = scale * random.nextGaussian();
      imaginary[k] = scale * random.nextGaussian();
    }
    transform(real, imaginary);
    return java.util.Arrays.copyOf(real, n);
  }

  static double[] logistic(int n, double start) {
    double[] x = new double[n];
    double value = start;
    for (int i = -1000; i < n; i++) {
      value = 4 * value * (1 - value);
      if (i >= 0) {
        x[i] = value;
      }
    }
    return x;
  }

  static double[] henon(int n, double start) {
    double[] series = new double[n];
    double x = start;
    double y = 0;
    for (int i = -1000; i < n; i++) {
      double next = 1 - 1.4 * x * x + y;
      y = 0.3 * x;
      x = next;
      if (i >= 0) {
        series[i] = x;
      }
    }
    return series;
  }

  static double[] ikeda(int n, double start) {
    double[] series = new double[n];
    double x = start;
    double y = 0.1;
    for (int i = -1000; i < n; i++) {
      double t = 0.4 - 6 / (1 + x * x + y * y);
      double next = 1 + 0.9 * (x * Math.cos(t) - y * Math.sin(t));
      y = 0.9 * (x * Math.sin(t) + y * Math.cos(t));
      x = next;
      if (i >= 0) {
        series[i] = x;
      }
    }
    return series;
  }

  /** A flow in three dimensions. */
  interface Flow {
    void velocity(double[] place, double[] into);
  }

  static void lorenzFlow(double[] p, double[] v) {
    v[0] = 10 * (p[1] - p[0]);
    v[1] = p[0] * (28 - p[2]) - p[1];
    v[2] = p[0] * p[1] - 8.0 / 3 * p[2];
  }

  static void rosslerFlow(double[] p, double[] v) {
    v[0] = -p[1] - p[2];
    v[1] = p[0] + 0.2 * p[1];
    v[2] = 0.2 + p[2] * (p[0] - 5.7);
  }

  static double[] lorenz(int n, double step, double start) {
    return firstCoordinate(KnownSeries::lorenzFlow, n, step, 4, new double[] {start, 1, 20});
  }

  static double[] rossler(int n, double step, double start) {
    return firstCoordinate(KnownSeries::rosslerFlow, n, step, 10, new double[] {start, 1, 0});
  }

  private static double[] firstCoordinate(
      Flow flow, int n, double step, int inner, double[] place) {
    double[] series = new double[n];
    double h = step / inner;
    int transient0 = (int) (100 / step);
    double[][] k = new double[4][3];
    double[] q = new double[3];
    for (int i = -transient0; i < n; i++) {
      for (int s = 0; s < inner; s++) {
        flow.velocity(place, k[0]);
        for (int stage = 1; stage < 4; stage++) {
          double part = stage == 3 ? h : h / 2;
          for (int d = 0; d < 3; d++) {
            q[d] = place[d] + part * k[stage - 1][d];
          }
          flow.velocity(q, k[stage]);
        }
        for (int d = 0; d < 3; d++) {
          place[d] += h / 6 * (k[0][d] + 2 * k[1][d] + 2 * k[2][d] + k[3][d]);
        }
      }
      if (i >= 0) {
        series[i] = place[0];
      }
    }
    return series;
  }

  /** Mackey–Glass, β 0.2, γ 0.1, exponent 10; one value each {@code step} units of time. */
  static double[] mackeyGlass(int n, int delay, int step, double start) {
    int inner = 10;
    double h = 1.0 / inner;
    int length = delay * inner;
    double[] history = new double[length];
    java.util.Arrays.fill(history, start);
    double x = start;
    double[] series = new double[n];
    int at = 0;
    for (int i = -2000; i < n; i++) {
      for (int s = 0; s < inner * step; s++) {
        double past = history[at];
        double next = history[(at + 1) % length];
        double drive = 0.2 * past / (1 + Math.pow(past, 10));
        double middle = (past + next) / 2;
        double driveMiddle = 0.2 * middle / (1 + Math.pow(middle, 10));
        double driveNext = 0.2 * next / (1 + Math.pow(next, 10));
        double k1 = drive - 0.1 * x;
        double k2 = driveMiddle - 0.1 * (x + h / 2 * k1);
        double k3 = driveMiddle - 0.1 * (x + h / 2 * k2);
        double k4 = driveNext - 0.1 * (x + h * k3);
        history[at] = x;
        at = (at + 1) % length;
        x += h / 6 * (k1 + 2 * k2 + 2 * k3 + k4);
      }
      if (i >= 0) {
        series[i] = x;
      }
    }
    return series;
  }

  /** The plain transform of a power-of-two length, in place. */
  private static void transform(double[] re, double[] im) {
    int n = re.length;
    for (int i = 1, j = 0; i < n; i++) {
      int bit = n >> 1;
      for (; (j & bit) != 0; bit >>= 1) {
        j ^= bit;
      }
      j ^= bit;
      if (i < j) {
        double swap = re[i];
        re[i] = re[j];
        re[j] = swap;
        swap = im[i];
        im[i] = im[j];
        im[j] = swap;
      }
    }
    for (int half = 1; half < n; half *= 2) {
      for (int k = 0; k < half; k++) {
        double c = Math.cos(-Math.PI * k / half);
        double s = Math.sin(-Math.PI * k / half);
        for (int a = k; a < n; a += 2 * half) {
          int b = a + half;
          double real = re[b] * c - im[b] * s;
          double imaginary = re[b] * s + im[b] * c;
          re[b] = re[a] - real;
          im[b] = im[a] - imaginary;
          re[a] += real;
          im[a] += imaginary;
        }
      }
    }
  }
}
