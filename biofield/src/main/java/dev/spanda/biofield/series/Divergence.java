package dev.spanda.biofield.series;

/** The mean logarithmic distance of nearest neighbours as time goes on. */
final class Divergence {

  private Divergence() {}

  /** For each vector its nearest neighbour more than {@code window} steps away, or −1. */
  static int[] neighbours(double[] x, int dimension, int lag, int window, int count) {
    DelayTree tree = new DelayTree(x, dimension, lag, count);
    int[] neighbours = new int[count];
    int last = -1;
    for (int i = 0; i < count; i++) {
      last = tree.nearest(x, lag, i, window, last < 0 ? -1 : last + 1);
      neighbours[i] = last;
    }
    return neighbours;
  }

  /**
   * Adds the squared distances of each pair 0 … steps−1 later to the slot of the delay; distances
   * of 0 are left out.
   */
  static LogSum follow(double[] x, int dimension, int lag, int[] neighbours, int steps) {
    LogSum logs = new LogSum(steps);
    int reach = steps + (dimension - 1) * lag;
    double[] squares = new double[reach];
    for (int i = 0; i < neighbours.length; i++) {
      int j = neighbours[i];
      if (j < 0) {
        continue;
      }
      int length = Math.min(reach, x.length - Math.max(i, j));
      for (int t = 0; t < length; t++) {
        double difference = x[i + t] - x[j + t];
        squares[t] = difference * difference;
      }
      int last = length - (dimension - 1) * lag;
      for (int k = 0; k < last; k++) {
        double sum = 0;
        for (int q = 0, at = k; q < dimension; q++, at += lag) {
          sum += squares[at];
        }
        if (sum > 0) {
          logs.add(k, sum);
        }
      }
    }
    return logs;
  }
}
