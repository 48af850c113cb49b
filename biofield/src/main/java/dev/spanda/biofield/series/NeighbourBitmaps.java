package dev.spanda.biofield.series;

import java.util.Arrays;

/**
 * For every value of a series, the set of values near it as a row of bits.
 *
 * <p>The plain way compares all pairs. Here the values are sorted once; the values near one value
 * are then a run of ranks, and the bitmap of a run is the difference of two prefixes. Prefixes are
 * kept every {@code stride} ranks, and at most half a stride of single bits at each end puts a row
 * right. A row costs n/64 word operations and no comparison. Memory is n²/(8·stride) bytes: n²/512
 * at the usual stride of 64, which doubles for long series so that 32 MiB are not exceeded.
 */
final class NeighbourBitmaps {

  private static final long LARGEST_MEMORY = 32L << 20;

  private final int words;
  private final int stride;
  private final int[] order;
  private final int[] lowRank;
  private final int[] highRank;
  private final long[][] prefixes;

  /**
   * Sorts and keeps the prefixes.
   *
   * @param series not kept, not modified; finite
   * @param closed whether a distance equal to the radius is near
   */
  NeighbourBitmaps(double[] series, double radius, boolean closed) {
    int n = series.length;
    words = (n + 63) >>> 6;
    stride = stride(n);
    order = sortedOrder(series);
    lowRank = new int[n];
    highRank = new int[n];
    double[] sorted = new double[n];
    for (int rank = 0; rank < n; rank++) {
      sorted[rank] = series[order[rank]];
    }
    fillRanks(sorted, radius, closed);
    prefixes = new long[n / stride + 1][];
    long[] current = new long[words];
    prefixes[0] = current.clone();
    for (int rank = 0; rank < n; rank++) {
      current[order[rank] >>> 6] |= 1L << order[rank];
      if ((rank + 1) % stride == 0) {
        prefixes[(rank + 1) / stride] = current.clone();
      }
    }
  }

  private static int stride(int n) {
    int stride = 64;
    while ((long) n * n / (8L * stride) > LARGEST_MEMORY) {
      stride *= 2;
    }
    return stride;
  }

  private void fillRanks(double[] sorted, double radius, boolean closed) {
    int n = sorted.length;
    int low = 0;
    int high = 0;
    for (int rank = 0; rank < n; rank++) {
      double value = sorted[rank];
      if (closed) {
        while (low < rank && value - sorted[low] > radius) {
          low++;
        }
        while (high < n && sorted[high] - value <= radius) {
          high++;
        }
      } else {
        while (low < rank && value - sorted[low] >= radius) {
          low++;
        }
        while (high < n && sorted[high] - value < radius) {
          high++;
        }
      }
      lowRank[order[rank]] = low;
      highRank[order[rank]] = Math.max(high, low);
    }
  }

  /** Indices of the values from the smallest to the largest; equal values in their own order. */
  static int[] sortedOrder(double[] series) {
    int n = series.length;
    double[] sorted = series.clone();
    Arrays.sort(sorted);
    int[] order = new int[n];
    int[] used = new int[n];
    for (int i = 0; i < n; i++) {
      int first = lowerBound(sorted, series[i]);
      order[first + used[first]++] = i;
    }
    return order;
  }

  private static int lowerBound(double[] sorted, double value) {
    int from = 0;
    int to = sorted.length;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (sorted[middle] < value) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  /** Length of a row in words of 64 bits. */
  int words() {
    return words;
  }

  /**
   * Fills {@code row} with the neighbours of value {@code i}, from word {@code firstWord} on; words
   * before it hold nothing of use afterwards, a word past {@link #words()} is left as it is.
   */
  void row(int i, long[] row, int firstWord) {
    int low = lowRank[i];
    int high = highRank[i];
    int lowPrefix = Math.min((low + stride / 2) / stride, prefixes.length - 1);
    int highPrefix = Math.min((high + stride / 2) / stride, prefixes.length - 1);
    difference(prefixes[lowPrefix], prefixes[highPrefix], row, firstWord, words);
    flip(order, low, lowPrefix * stride, row);
    flip(order, high, highPrefix * stride, row);
  }

  private static void difference(long[] a, long[] b, long[] row, int from, int to) {
    for (int w = from; w < to; w++) {
      row[w] = a[w] ^ b[w];
    }
  }

  private static void flip(int[] order, int rank, int prefixRank, long[] row) {
    int from = Math.min(rank, prefixRank);
    int to = Math.max(rank, prefixRank);
    for (int k = from; k < to; k++) {
      row[order[k] >>> 6] ^= 1L << order[k];
    }
  }
}
