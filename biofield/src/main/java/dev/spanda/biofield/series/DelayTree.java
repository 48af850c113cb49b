package dev.spanda.biofield.series;

/**
 * A k-d tree over the delay vectors of a series, for nearest neighbours outside a time window. The
 * points are kept leaf by leaf in one array, so that a leaf is read in a row. Source: Friedman,
 * Bentley and Finkel, ACM Trans. Math. Softw. 3 (1977) 209.
 */
final class DelayTree {

  private static final int LEAF = 12;

  private final int dimension;
  private final int count;
  private final int[] order;
  private final double[] points;
  private final byte[] splitAxis;
  private final double[] splitBelow;
  private final double[] splitAbove;

  private final double[] target;
  private int targetIndex;
  private int window;
  private double nearest;
  private int nearestIndex;

  /**
   * Builds the tree over vectors {@code (x_i, x_{i+lag}, …)} for {@code i} in 0 … count−1.
   *
   * @param x not kept, not modified
   */
  DelayTree(double[] x, int dimension, int lag, int count) {
    this.dimension = dimension;
    this.count = count;
    order = new int[count];
    for (int i = 0; i < count; i++) {
      order[i] = i;
    }
    int nodes = 1;
    while ((long) nodes * LEAF < 2L * count) {
      nodes *= 2;
    }
    splitAxis = new byte[nodes];
    splitBelow = new double[nodes];
    splitAbove = new double[nodes];
    build(x, lag, 1, 0, count);
    points = new double[count * dimension];
    for (int k = 0; k < count; k++) {
      for (int q = 0; q < dimension; q++) {
        points[k * dimension + q] = x[order[k] + q * lag];
      }
    }
    target = new double[dimension];
  }

  private void build(double[] x, int lag, int node, int from, int to) {
    if (to - from <= LEAF || node >= splitAxis.length) {
      return;
    }
    int axis = 0;
    double widest = -1;
    for (int q = 0; q < dimension; q++) {
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int k = from; k < to; k++) {
        double value = x[order[k] + q * lag];
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
      if (high - low > widest) {
        widest = high - low;
        axis = q;
      }
    }
    int middle = (from + to) >>> 1;
    select(x, axis * lag, from, to - 1, middle);
    double below = Double.NEGATIVE_INFINITY;
    for (int k = from; k < middle; k++) {
      below = Math.max(below, x[order[k] + axis * lag]);
    }
    double above = Double.POSITIVE_INFINITY;
    for (int k = middle; k < to; k++) {
      above = Math.min(above, x[order[k] + axis * lag]);
    }
    splitAxis[node] = (byte) axis;
    splitBelow[node] = below;
    splitAbove[node] = above;
    build(x, lag, 2 * node, from, middle);
    build(x, lag, 2 * node + 1, middle, to);
  }

  /** Hoare's selection: afterwards nothing before {@code rank} is larger than what follows. */
  private void select(double[] x, int offset, int from, int to, int rank) {
    int low = from;
    int high = to;
    while (low < high) {
      double pivot = x[order[(low + high) >>> 1] + offset];
      int i = low;
      int j = high;
      while (i <= j) {
        while (x[order[i] + offset] < pivot) {
          i++;
        }
        while (x[order[j] + offset] > pivot) {
          j--;
        }
        if (i <= j) {
          int swap = order[i];
          order[i++] = order[j];
          order[j--] = swap;
        }
      }
      if (rank <= j) {
        high = j;
      } else if (rank >= i) {
        low = i;
      } else {
        return;
      }
    }
  }

  /**
   * The index of the vector nearest to vector {@code i} among those more than {@code window} steps
   * away from it; the lowest index of equals; −1 when there is none.
   *
   * @param guess a vector that may be near, which shortens the search, or −1
   */
  int nearest(double[] x, int lag, int i, int window, int guess) {
    for (int q = 0; q < dimension; q++) {
      target[q] = x[i + q * lag];
    }
    targetIndex = i;
    this.window = window;
    nearest = Double.POSITIVE_INFINITY;
    nearestIndex = -1;
    if (guess >= 0 && guess < count && Math.abs(guess - i) > window) {
      double sum = 0;
      for (int q = 0; q < dimension; q++) {
        double difference = target[q] - x[guess + q * lag];
        sum += difference * difference;
      }
      nearest = sum;
      nearestIndex = guess;
    }
    search(1, 0, count);
    return nearestIndex;
  }

  private void search(int node, int from, int to) {
    if (to - from <= LEAF || node >= splitAxis.length) {
      scan(from, to);
      return;
    }
    int middle = (from + to) >>> 1;
    double value = target[splitAxis[node]];
    double toBelow = value - splitBelow[node];
    double toAbove = splitAbove[node] - value;
    if (toBelow < toAbove) {
      search(2 * node, from, middle);
      if (toAbove <= 0 || toAbove * toAbove <= nearest) {
        search(2 * node + 1, middle, to);
      }
    } else {
      search(2 * node + 1, middle, to);
      if (toBelow <= 0 || toBelow * toBelow <= nearest) {
        search(2 * node, from, middle);
      }
    }
  }

  private void scan(int from, int to) {
    double best = nearest;
    for (int k = from; k < to; k++) {
      double sum = 0;
      int at = k * dimension;
      for (int q = 0; q < dimension; q++) {
        double difference = target[q] - points[at + q];
        sum += difference * difference;
      }
      if (sum <= best) {
        int index = order[k];
        if (Math.abs(index - targetIndex) > window && (sum < best || index < nearestIndex)) {
          best = sum;
          nearestIndex = index;
        }
      }
    }
    nearest = best;
  }
}
