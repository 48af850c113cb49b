package dev.spanda.audio.scalar;

/**
 * What a run of numbers in [0, 1) looks like. A uniform source has mean 1/2, variance 1/12, entropy
 * 8 bits and no serial correlation, each to within its sampling error.
 *
 * @param count how many numbers
 * @param mean their mean, NaN when there are none
 * @param variance their mean squared distance from the mean (divided by n), NaN when there are none
 * @param entropyBits Shannon's entropy of the numbers sorted into 256 equal bins, 0 to 8 bits; a
 *     sample of n numbers of a uniform source reads about 184 / n low (Miller, 1955: (256 − 1) / (2
 *     n ln 2)); NaN when there are none
 * @param serialCorrelation the correlation of each number with the next, −1 to 1; NaN for fewer
 *     than two numbers or when all are equal
 * @param smallest the smallest, NaN when there are none
 * @param largest the largest, NaN when there are none
 */
public record ScalarStatistics(
    int count,
    double mean,
    double variance,
    double entropyBits,
    double serialCorrelation,
    double smallest,
    double largest) {

  private static final int BINS = 256;

  /**
   * Measures the numbers.
   *
   * @param values numbers in [0, 1); not modified. Others are counted in the first or last bin
   */
  public static ScalarStatistics of(double[] values) {
    int n = values.length;
    if (n == 0) {
      return new ScalarStatistics(
          0, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN, Double.NaN);
    }
    double sum = 0;
    double smallest = Double.POSITIVE_INFINITY;
    double largest = Double.NEGATIVE_INFINITY;
    int[] bins = new int[BINS];
    for (double value : values) {
      sum += value;
      smallest = Math.min(smallest, value);
      largest = Math.max(largest, value);
      bins[Math.max(0, Math.min(BINS - 1, (int) (value * BINS)))]++;
    }
    double mean = sum / n;
    double squares = 0;
    double products = 0;
    double before = 0;
    double squaresBefore = 0;
    double squaresAfter = 0;
    for (int i = 0; i < n; i++) {
      double distance = values[i] - mean;
      squares += distance * distance;
      if (i > 0) {
        products += before * distance;
        squaresBefore += before * before;
        squaresAfter += distance * distance;
      }
      before = distance;
    }
    double entropy = 0;
    for (int bin : bins) {
      if (bin > 0) {
        double share = (double) bin / n;
        entropy -= share * StrictMath.log(share);
      }
    }
    return new ScalarStatistics(
        n,
        mean,
        squares / n,
        entropy / StrictMath.log(2),
        products / Math.sqrt(squaresBefore * squaresAfter),
        smallest,
        largest);
  }
}
