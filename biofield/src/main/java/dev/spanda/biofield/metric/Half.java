package dev.spanda.biofield.metric;

import dev.spanda.biofield.Frame;
import dev.spanda.biofield.Mask;
import dev.spanda.biofield.Metrics;
import java.util.BitSet;

/** Every second pixel of every second row, beginning with the first. */
final class Half {

  /** Frames with more pixels than 512×512 are halved. */
  static final int LARGEST_WHOLE = 1 << 18;

  private Half() {}

  static Frame of(Frame frame) {
    int width = (frame.width() + 1) / 2;
    int height = (frame.height() + 1) / 2;
    int[] from = frame.pixels();
    int[] to = new int[width * height];
    for (int y = 0; y < height; y++) {
      int row = 2 * y * frame.width();
      for (int x = 0; x < width; x++) {
        to[y * width + x] = from[row + 2 * x];
      }
    }
    return Frame.wrap(width, height, to);
  }

  static Mask of(Mask mask) {
    int width = (mask.width() + 1) / 2;
    int height = (mask.height() + 1) / 2;
    if (mask.isRectangle()) {
      int left = (mask.left() + 1) / 2;
      int top = (mask.top() + 1) / 2;
      int columns = Math.max(0, (mask.right() + 1) / 2 - left);
      int rows = Math.max(0, (mask.bottom() + 1) / 2 - top);
      return Mask.full(width, height).rectangle(left, top, columns, rows);
    }
    BitSet bits = new BitSet(width * height);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        if (mask.contains(2 * x, 2 * y)) {
          bits.set(y * width + x);
        }
      }
    }
    return Mask.of(width, height, bits);
  }

  /** Lengths times two, areas times four, moments times sixteen; the count is the whole one. */
  static Measured enlarged(Measured half, int count) {
    Metrics m = half.metrics();
    Metrics.Geometric geometric = m.geometric();
    Metrics.Contour contour = m.contour();
    return new Measured(
        new Metrics(
            m.basic(),
            m.color(),
            new Metrics.Geometric(
                count,
                new Metrics.Point(
                    2 * geometric.centerOfMass().x(), 2 * geometric.centerOfMass().y()),
                16 * geometric.spatialMoment(),
                geometric.eccentricity(),
                geometric.orientation()),
            new Metrics.Contour(
                2 * contour.perimeterLength(),
                4 * contour.largestContourArea(),
                contour.contourCount(),
                4 * contour.hullArea(),
                contour.solidity(),
                contour.convexityDefects()),
            m.nonlinear(),
            m.symmetry()),
        half.traits(),
        half.sample());
  }
}
