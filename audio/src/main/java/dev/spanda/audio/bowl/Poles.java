package dev.spanda.audio.bowl;

import java.util.Arrays;

/**
 * The damped exponentials of which a complex sequence is the sum, by ESPRIT (Roy and Kailath, IEEE
 * Trans. ASSP 37 (1989) 984–995): the strongest eigenvectors of the covariance of short stretches
 * span the space of the exponentials, and shifting by one sample turns each into itself times its
 * pole. Amplitudes by least squares.
 */
final class Poles {

  private static final int LONGEST_STRETCH = 40;
  private static final int MOST = 5;

  /** Eigenvalues, which are powers, below this part of the largest are taken for noise. */
  private static final double NOISE = 1e-8;

  /**
   * The eigenvalue of this index is never a line's; what is not ten times as large is noise too.
   */
  private static final int NOISE_INDEX = 8;

  private final double[] re;
  private final double[] im;
  private final double[] amplitude;

  private Poles(double[] re, double[] im, double[] amplitude) {
    this.re = re;
    this.im = im;
    this.amplitude = amplitude;
  }

  /**
   * The poles of the first {@code count} elements.
   *
   * @param x the real part; not modified
   * @param y the imaginary part; not modified
   */
  static Poles of(double[] x, double[] y, int count) {
    int length = Math.min(LONGEST_STRETCH, count / 2);
    Complex covariance = new Complex(length, length);
    for (int start = 0; start + length <= count; start++) {
      for (int i = 0; i < length; i++) {
        for (int j = 0; j < length; j++) {
          double a = x[start + i];
          double b = y[start + i];
          double c = x[start + j];
          double d = y[start + j];
          covariance.re[i][j] += a * c + b * d;
          covariance.im[i][j] += b * c - a * d;
        }
      }
    }
    Complex vectors = covariance.diagonalise();
    int[] strongest = strongest(covariance);
    int rank = strongest.length;

    Complex normal = new Complex(rank, rank);
    Complex shifted = new Complex(rank, rank);
    for (int i = 0; i < rank; i++) {
      for (int j = 0; j < rank; j++) {
        for (int k = 0; k < length - 1; k++) {
          normal.addProduct(i, j, vectors, k, strongest[i], k, strongest[j]);
          shifted.addProduct(i, j, vectors, k, strongest[i], k + 1, strongest[j]);
        }
      }
    }
    double[][] roots = normal.solve(shifted).eigenvalues();
    return new Poles(roots[0], roots[1], amplitudes(roots, x, y, count));
  }

  private static int[] strongest(Complex diagonal) {
    int size = diagonal.re.length;
    Integer[] order = new Integer[size];
    for (int i = 0; i < size; i++) {
      order[i] = i;
    }
    Arrays.sort(order, (a, b) -> Double.compare(diagonal.re[b][b], diagonal.re[a][a]));
    int rank = 1;
    double largest = diagonal.re[order[0]][order[0]];
    int index = order[Math.min(NOISE_INDEX, size - 1)];
    double noise = Math.max(NOISE * largest, 10 * diagonal.re[index][index]);
    while (rank < Math.min(MOST, size - 1) && diagonal.re[order[rank]][order[rank]] > noise) {
      rank++;
    }
    int[] indices = new int[rank];
    for (int i = 0; i < rank; i++) {
      indices[i] = order[i];
    }
    return indices;
  }

  private static double[] amplitudes(double[][] roots, double[] x, double[] y, int count) {
    int rank = roots[0].length;
    Complex normal = new Complex(rank, rank);
    Complex right = new Complex(rank, 1);
    double[] powerRe = new double[rank];
    double[] powerIm = new double[rank];
    Arrays.fill(powerRe, 1);
    for (int m = 0; m < count; m++) {
      for (int i = 0; i < rank; i++) {
        for (int j = 0; j < rank; j++) {
          normal.re[i][j] += powerRe[i] * powerRe[j] + powerIm[i] * powerIm[j];
          normal.im[i][j] += powerRe[i] * powerIm[j] - powerIm[i] * powerRe[j];
        }
        right.re[i][0] += powerRe[i] * x[m] + powerIm[i] * y[m];
        right.im[i][0] += powerRe[i] * y[m] - powerIm[i] * x[m];
      }
      for (int i = 0; i < rank; i++) {
        // A pole outside the unit circle is noise; it must not grow beyond all bounds.
        double size = Math.max(1, Math.hypot(roots[0][i], roots[1][i]));
        double c = roots[0][i] / size;
        double s = roots[1][i] / size;
        double next = powerRe[i] * c - powerIm[i] * s;
        powerIm[i] = powerRe[i] * s + powerIm[i] * c;
        powerRe[i] = next;
      }
    }
    Complex solved = normal.solve(right);
    double[] amplitude = new double[rank];
    for (int i = 0; i < rank; i++) {
      amplitude[i] = Math.hypot(solved.re[i][0], solved.im[i][0]);
    }
    return amplitude;
  }

  int count() {
    return re.length;
  }

  /** How far the pole turns in one step, in radians, from −π to π. */
  double angle(int pole) {
    return Math.atan2(im[pole], re[pole]);
  }

  /** What the pole's size is multiplied by in one step. */
  double radius(int pole) {
    return Math.hypot(re[pole], im[pole]);
  }

  /** The size of the exponential at the first element. */
  double amplitude(int pole) {
    return amplitude[pole];
  }
}
