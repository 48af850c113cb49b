package dev.spanda.biofield.fractal;

import dev.spanda.core.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Dimension of the surface that a picture makes when brightness is height.
 *
 * <p>γ(h) is half the mean squared difference of two pixels h apart in a row or in a column, for h
 * = 1, 2, 4, 8, 16 and 32 up to a quarter of the shorter side. For a self-affine surface γ grows as
 * {@code h^{2H}}, and the dimension is {@code 3 − H}, with 2H the least-squares slope of ln γ over
 * ln h: 2 for a smooth surface, 2.5 for Brownian relief, 3 for unrelated pixels. The slope is held
 * between 0 and 2, so that the dimension lies between 2 and 3.
 *
 * <p>Source: Gneiting, Ševčíková and Percival, Stat. Sci. 27 (2012) 247, section 2.3. All methods
 * are thread-safe.
 */
public final class Variogram {

  private static final int LONGEST_STEP = 32;

  private Variogram() {}

  /**
   * One distance.
   *
   * @param step between the pixels of a pair
   * @param semivariance half the mean squared difference, above 0
   */
  public record Level(int step, double semivariance) {}

  /**
   * A dimension and what it was fitted to.
   *
   * @param dimension 2 to 3; empty when fewer than two steps have a semivariance above 0, as in a
   *     picture of one brightness
   * @param levels ascending in the step
   */
  public record Result(OptionalDouble dimension, List<Level> levels) {
    /** Copies the levels. */
    public Result {
      levels = List.copyOf(levels);
    }
  }

  /**
   * The surface dimension of a picture.
   *
   * @param heights row by row, {@code width·height} finite values, at least 8 in each direction;
   *     not modified
   * @param width of a row
   * @throws Failure INVALID when the picture is too small, no rectangle, or holds a value that is
   *     not finite or beyond ±1e140
   */
  public static Result measure(double[] heights, int width) {
    if (width < 8 || heights.length % width != 0 || heights.length / width < 8) {
      throw Failure.invalid(
          "width",
          width,
          "Width must be at least 8 and divide the number of values, "
              + heights.length
              + ", into at least 8 rows; was "
              + width);
    }
    for (int i = 0; i < heights.length; i++) {
      if (!(Math.abs(heights[i]) <= 1e140)) {
        throw Failure.invalid(
                "heights",
                Double.toString(heights[i]),
                "Value " + i + " is " + heights[i] + "; every value must be between ±1e140")
            .with("index", i);
      }
    }
    int height = heights.length / width;
    List<Level> levels = new ArrayList<>();
    int longest = Math.min(LONGEST_STEP, Math.max(2, Math.min(width, height) / 4));
    for (int step = 1; step <= longest; step *= 2) {
      double semivariance = semivariance(heights, width, height, step);
      if (semivariance > 0) {
        levels.add(new Level(step, semivariance));
      }
    }
    if (levels.size() < 2) {
      return new Result(OptionalDouble.empty(), levels);
    }
    double slope = slope(levels);
    return new Result(OptionalDouble.of(3 - 0.5 * Math.min(2, Math.max(0, slope))), levels);
  }

  private static double slope(List<Level> levels) {
    int count = levels.size();
    double meanX = 0;
    double meanY = 0;
    for (Level level : levels) {
      meanX += StrictMath.log(level.step()) / count;
      meanY += StrictMath.log(level.semivariance()) / count;
    }
    double products = 0;
    double squares = 0;
    for (Level level : levels) {
      double x = StrictMath.log(level.step()) - meanX;
      products += x * (StrictMath.log(level.semivariance()) - meanY);
      squares += x * x;
    }
    return products / squares;
  }

  private static double semivariance(double[] z, int width, int height, int step) {
    double sum = 0;
    for (int y = 0; y < height; y++) {
      int row = y * width;
      sum += squares(z, row, row + step, width - step);
      if (y + step < height) {
        sum += squares(z, row, row + step * width, width);
      }
    }
    double pairs = (double) height * (width - step) + (double) width * (height - step);
    return 0.5 * sum / pairs;
  }

  private static double squares(double[] z, int a, int b, int count) {
    double sum = 0;
    for (int i = 0; i < count; i++) {
      double difference = z[a + i] - z[b + i];
      sum += difference * difference;
    }
    return sum;
  }
}
