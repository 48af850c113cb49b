package dev.spanda.audio.bowl;

/** A small dense complex matrix, with the three things that {@link Poles} needs of it. */
final class Complex {

  final double[][] re;
  final double[][] im;

  Complex(int rows, int columns) {
    re = new double[rows][columns];
    im = new double[rows][columns];
  }

  /** Adds conj(v[k, a])·v[l, b] to element (i, j). */
  void addProduct(int i, int j, Complex v, int k, int a, int l, int b) {
    double ar = v.re[k][a];
    double ai = v.im[k][a];
    double br = v.re[l][b];
    double bi = v.im[l][b];
    re[i][j] += ar * br + ai * bi;
    im[i][j] += ar * bi - ai * br;
  }

  /**
   * Turns this Hermitian matrix into the diagonal one of its eigenvalues, by Jacobi's rotations
   * (Golub and Van Loan, Matrix Computations, 4th ed., § 8.5).
   *
   * @return the eigenvectors, one a column
   */
  Complex diagonalise() {
    int n = re.length;
    Complex vectors = new Complex(n, n);
    double trace = 0;
    for (int i = 0; i < n; i++) {
      vectors.re[i][i] = 1;
      trace += Math.abs(re[i][i]);
    }
    for (int sweep = 0; sweep < 40; sweep++) {
      double largest = 0;
      for (int p = 0; p < n; p++) {
        for (int q = p + 1; q < n; q++) {
          double size = Math.hypot(re[p][q], im[p][q]);
          largest = Math.max(largest, size);
          if (size > 1e-18 * trace) {
            rotate(p, q, size, vectors);
          }
        }
      }
      if (largest <= 1e-16 * trace) {
        break;
      }
    }
    return vectors;
  }

  private void rotate(int p, int q, double size, Complex vectors) {
    double cosine = re[p][q] / size;
    double sine = im[p][q] / size;
    double tau = (re[q][q] - re[p][p]) / (2 * size);
    double t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
    double c = 1 / Math.sqrt(1 + t * t);
    double s = t * c;
    turnColumns(p, q, c, s, cosine, sine);
    vectors.turnColumns(p, q, c, s, cosine, sine);
    for (int k = 0; k < re.length; k++) {
      // Rows are turned by the conjugate of what columns are turned by.
      double qr = re[q][k] * cosine - im[q][k] * sine;
      double qi = re[q][k] * sine + im[q][k] * cosine;
      double pr = re[p][k];
      double pi = im[p][k];
      re[p][k] = c * pr - s * qr;
      im[p][k] = c * pi - s * qi;
      re[q][k] = s * pr + c * qr;
      im[q][k] = s * pi + c * qi;
    }
  }

  private void turnColumns(int p, int q, double c, double s, double cosine, double sine) {
    for (int k = 0; k < re.length; k++) {
      double qr = re[k][q] * cosine + im[k][q] * sine;
      double qi = im[k][q] * cosine - re[k][q] * sine;
      double pr = re[k][p];
      double pi = im[k][p];
      re[k][p] = c * pr - s * qr;
      im[k][p] = c * pi - s * qi;
      re[k][q] = s * pr + c * qr;
      im[k][q] = s * pi + c * qi;
    }
  }

  /** X with this · X = right, by elimination with row pivots; both matrices are overwritten. */
  Complex solve(Complex right) {
    int n = re.length;
    int columns = right.re[0].length;
    for (int p = 0; p < n; p++) {
      int best = p;
      for (int row = p + 1; row < n; row++) {
        if (Math.hypot(re[row][p], im[row][p]) > Math.hypot(re[best][p], im[best][p])) {
          best = row;
        }
      }
      swapRows(p, best);
      right.swapRows(p, best);
      double norm = Math.max(Double.MIN_NORMAL, re[p][p] * re[p][p] + im[p][p] * im[p][p]);
      for (int row = 0; row < n; row++) {
        if (row != p) {
          double fr = (re[row][p] * re[p][p] + im[row][p] * im[p][p]) / norm;
          double fi = (im[row][p] * re[p][p] - re[row][p] * im[p][p]) / norm;
          subtract(row, p, fr, fi, p, n);
          right.subtract(row, p, fr, fi, 0, columns);
        }
      }
    }
    for (int p = 0; p < n; p++) {
      double norm = Math.max(Double.MIN_NORMAL, re[p][p] * re[p][p] + im[p][p] * im[p][p]);
      for (int k = 0; k < columns; k++) {
        double x = right.re[p][k];
        double y = right.im[p][k];
        right.re[p][k] = (x * re[p][p] + y * im[p][p]) / norm;
        right.im[p][k] = (y * re[p][p] - x * im[p][p]) / norm;
      }
    }
    return right;
  }

  private void swapRows(int a, int b) {
    double[] row = re[a];
    re[a] = re[b];
    re[b] = row;
    row = im[a];
    im[a] = im[b];
    im[b] = row;
  }

  private void subtract(int row, int pivot, double fr, double fi, int from, int to) {
    for (int k = from; k < to; k++) {
      re[row][k] -= fr * re[pivot][k] - fi * im[pivot][k];
      im[row][k] -= fr * im[pivot][k] + fi * re[pivot][k];
    }
  }

  /**
   * The eigenvalues of a matrix of a few rows, as real and imaginary parts: the characteristic
   * polynomial by Faddeev and LeVerrier, its roots by Weierstrass, Durand and Kerner.
   */
  double[][] eigenvalues() {
    int n = re.length;
    double[] cr = new double[n + 1];
    double[] ci = new double[n + 1];
    cr[n] = 1;
    Complex m = new Complex(n, n);
    for (int k = 1; k <= n; k++) {
      // M ← A·M + c·I, then c ← −trace(A·M)/k.
      Complex next = times(m);
      for (int i = 0; i < n; i++) {
        next.re[i][i] += cr[n - k + 1];
        next.im[i][i] += ci[n - k + 1];
      }
      m = next;
      Complex product = times(m);
      for (int i = 0; i < n; i++) {
        cr[n - k] -= product.re[i][i] / k;
        ci[n - k] -= product.im[i][i] / k;
      }
    }
    return roots(cr, ci);
  }

  private Complex times(Complex other) {
    int n = re.length;
    Complex product = new Complex(n, n);
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        for (int k = 0; k < n; k++) {
          product.re[i][j] += re[i][k] * other.re[k][j] - im[i][k] * other.im[k][j];
          product.im[i][j] += re[i][k] * other.im[k][j] + im[i][k] * other.re[k][j];
        }
      }
    }
    return product;
  }

  private static double[][] roots(double[] cr, double[] ci) {
    int n = cr.length - 1;
    double[] x = new double[n];
    double[] y = new double[n];
    for (int i = 0; i < n; i++) {
      x[i] = Math.cos(0.4 + 2 * Math.PI * i / n);
      y[i] = Math.sin(0.4 + 2 * Math.PI * i / n);
    }
    for (int round = 0; round < 500; round++) {
      double moved = 0;
      for (int i = 0; i < n; i++) {
        double pr = 1;
        double pi = 0;
        double dr = 1;
        double di = 0;
        for (int k = n - 1; k >= 0; k--) {
          double next = pr * x[i] - pi * y[i] + cr[k];
          pi = pr * y[i] + pi * x[i] + ci[k];
          pr = next;
        }
        for (int j = 0; j < n; j++) {
          if (j != i) {
            double er = x[i] - x[j];
            double ei = y[i] - y[j];
            double next = dr * er - di * ei;
            di = dr * ei + di * er;
            dr = next;
          }
        }
        double norm = Math.max(Double.MIN_NORMAL, dr * dr + di * di);
        double stepRe = (pr * dr + pi * di) / norm;
        double stepIm = (pi * dr - pr * di) / norm;
        x[i] -= stepRe;
        y[i] -= stepIm;
        moved = Math.max(moved, Math.abs(stepRe) + Math.abs(stepIm));
      }
      if (moved < 1e-15) {
        break;
      }
    }
    return new double[][] {x, y};
  }
}
