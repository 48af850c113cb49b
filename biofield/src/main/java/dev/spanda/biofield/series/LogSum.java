package dev.spanda.biofield.series;

/**
 * Sums of logarithms without taking them: the factors are multiplied, and a product that leaves the
 * safe range is taken into its logarithm. One logarithm then stands for some dozens of factors.
 */
final class LogSum {

  private static final double SMALLEST = 1e-140;
  private static final double LARGEST = 1e140;

  private final double[] products;
  private final double[] sums;
  private final int[] counts;

  LogSum(int slots) {
    products = new double[slots];
    sums = new double[slots];
    counts = new int[slots];
    java.util.Arrays.fill(products, 1);
  }

  /** Multiplies a positive finite number into a slot. */
  void add(int slot, double factor) {
    counts[slot]++;
    if (factor > SMALLEST && factor < LARGEST) {
      double product = products[slot] * factor;
      if (product > SMALLEST && product < LARGEST) {
        products[slot] = product;
      } else {
        sums[slot] += StrictMath.log(products[slot]);
        products[slot] = factor;
      }
    } else {
      sums[slot] += StrictMath.log(factor);
    }
  }

  int count(int slot) {
    return counts[slot];
  }

  /** The sum of natural logarithms of what was added. */
  double sum(int slot) {
    return sums[slot] + StrictMath.log(products[slot]);
  }
}
