package dev.spanda.biofield.segment;

import dev.spanda.biofield.Frame;
import dev.spanda.biofield.Mask;
import java.util.BitSet;
import java.util.Optional;

/**
 * How a frame is laid into a network's square: pixel x of the square shows the frame's columns from
 * {@code (x − left)·scaleX} to {@code (x + 1 − left)·scaleX}.
 */
record Fit(double scaleX, double scaleY, double left, double top) {

  /** Samples along each side of a square's pixel. */
  private static final int SAMPLES = 3;

  /** The whole frame with its own shape, black beside it. */
  static Fit whole(Frame frame, int side) {
    double scale = (double) Math.max(frame.width(), frame.height()) / side;
    return new Fit(
        scale, scale, (side - frame.width() / scale) / 2, (side - frame.height() / scale) / 2);
  }

  /** The whole frame, stretched into the square. */
  static Fit stretched(Frame frame, int side) {
    return new Fit((double) frame.width() / side, (double) frame.height() / side, 0, 0);
  }

  /**
   * Three planes, red, green and blue, of means of nine samples a pixel, times scale, plus shift.
   */
  float[] tensor(Frame frame, int side, float scale, float shift) {
    int[] columns = places(side, left, scaleX, frame.width());
    int[] rows = places(side, top, scaleY, frame.height());
    int[] pixels = frame.pixels();
    int plane = side * side;
    float[] tensor = new float[3 * plane];
    float share = scale / (SAMPLES * SAMPLES);
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int red = 0;
        int green = 0;
        int blue = 0;
        for (int dy = 0; dy < SAMPLES; dy++) {
          int row = rows[y * SAMPLES + dy];
          for (int dx = 0; dx < SAMPLES; dx++) {
            int column = columns[x * SAMPLES + dx];
            if (row >= 0 && column >= 0) {
              int rgb = pixels[row * frame.width() + column];
              red += rgb >> 16;
              green += rgb >> 8 & 0xFF;
              blue += rgb & 0xFF;
            }
          }
        }
        int at = y * side + x;
        tensor[at] = red * share + shift;
        tensor[at + plane] = green * share + shift;
        tensor[at + 2 * plane] = blue * share + shift;
      }
    }
    return tensor;
  }

  /** The frame's column or row under each sample, −1 beside the frame. */
  private static int[] places(int side, double from, double scale, int size) {
    int[] places = new int[side * SAMPLES];
    for (int i = 0; i < places.length; i++) {
      double place = ((i + 0.5) / SAMPLES - from) * scale;
      places[i] = place < 0 || place >= size ? -1 : (int) place;
    }
    return places;
  }

  /** The found box in whole pixels of the frame; empty when none of it lies within. */
  Optional<Segmenter.Box> box(Anchors.Found found, int side, Frame frame) {
    int fromX = (int) Math.max(0, Math.floor((found.left() * side - left) * scaleX));
    int fromY = (int) Math.max(0, Math.floor((found.top() * side - top) * scaleY));
    int toX = (int) Math.min(frame.width(), Math.ceil((found.right() * side - left) * scaleX));
    int toY = (int) Math.min(frame.height(), Math.ceil((found.bottom() * side - top) * scaleY));
    if (toX <= fromX || toY <= fromY) {
      return Optional.empty();
    }
    return Optional.of(new Segmenter.Box(fromX, fromY, toX - fromX, toY - fromY, found.score()));
  }

  /** The pixels whose share, bilinear between the square's pixels, is a half or more. */
  Mask mask(float[] shares, int side, Frame frame) {
    int width = frame.width();
    int height = frame.height();
    int[] near = new int[width];
    float[] part = new float[width];
    for (int x = 0; x < width; x++) {
      double place = Math.max(0, Math.min(side - 1.0, (x + 0.5) / scaleX - 0.5));
      near[x] = Math.min((int) place, side - 2);
      part[x] = (float) (place - near[x]);
    }
    BitSet bits = new BitSet(width * height);
    float[] mixed = new float[side];
    for (int y = 0; y < height; y++) {
      double place = Math.max(0, Math.min(side - 1.0, (y + 0.5) / scaleY - 0.5));
      int above = Math.min((int) place, side - 2);
      float down = (float) (place - above);
      for (int i = 0; i < side; i++) {
        float upper = shares[above * side + i];
        mixed[i] = upper + down * (shares[(above + 1) * side + i] - upper);
      }
      int begun = -1;
      for (int x = 0; x < width; x++) {
        float share = mixed[near[x]] + part[x] * (mixed[near[x] + 1] - mixed[near[x]]);
        if (share >= 0.5f) {
          begun = begun < 0 ? x : begun;
        } else if (begun >= 0) {
          bits.set(y * width + begun, y * width + x);
          begun = -1;
        }
      }
      if (begun >= 0) {
        bits.set(y * width + begun, (y + 1) * width);
      }
    }
    return Mask.of(width, height, bits);
  }
}
