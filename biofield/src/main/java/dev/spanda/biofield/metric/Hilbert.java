package dev.spanda.biofield.metric;

/**
 * Order of the cells of a square along a Hilbert curve, which keeps neighbours in the series
 * neighbours in the picture. Source: Hilbert, Math. Ann. 38 (1891) 459.
 */
final class Hilbert {

  /** 64×64 cells. */
  static final int LARGEST_ORDER = 6;

  private static final int[][] ORDERS = new int[LARGEST_ORDER + 1][];

  static {
    for (int order = 0; order <= LARGEST_ORDER; order++) {
      ORDERS[order] = order(order);
    }
  }

  private Hilbert() {}

  /** The largest order whose square has no more cells to a side than the shorter side pixels. */
  static int orderFor(int width, int height) {
    int shorter = Math.min(width, height);
    return Math.min(LARGEST_ORDER, 31 - Integer.numberOfLeadingZeros(shorter));
  }

  /** Row and column of each cell along the curve, {@code row << 16 | column}; not to be changed. */
  static int[] cells(int order) {
    return ORDERS[order];
  }

  private static int[] order(int order) {
    int[] cells = new int[1 << (2 * order)];
    for (int i = 0; i < cells.length; i++) {
      int x = 0;
      int y = 0;
      int rest = i;
      for (int side = 1; side < 1 << order; side *= 2) {
        int right = 1 & (rest / 2);
        int down = 1 & (rest ^ right);
        if (down == 0) {
          if (right == 1) {
            x = side - 1 - x;
            y = side - 1 - y;
          }
          int swap = x;
          x = y;
          y = swap;
        }
        x += side * right;
        y += side * down;
        rest /= 4;
      }
      cells[i] = y << 16 | x;
    }
    return cells;
  }
}
