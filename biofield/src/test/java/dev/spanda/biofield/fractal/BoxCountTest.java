package dev.spanda.biofield.fractal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.core.Failure;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BoxCountTest {

  @ParameterizedTest
  @CsvSource({
    "koch_curve_2187, 1.261859507142915",
    "sierpinski_carpet_729, 1.8927892607143724",
    "line_512, 1",
    "filled_512, 2"
  })
  void knownShapesAreWithin4Hundredths(String name, double truth) throws IOException {
    BufferedImage image;
    try (InputStream in =
        Objects.requireNonNull(
            BoxCountTest.class.getResourceAsStream("/reference/shapes/" + name + ".png"))) {
      image = ImageIO.read(in);
    }
    int width = image.getWidth();
    boolean[] set = new boolean[width * image.getHeight()];
    for (int i = 0; i < set.length; i++) {
      set[i] = image.getRaster().getSample(i % width, i / width, 0) > 127;
    }
    BoxCount.Result result = BoxCount.measure(set, width);
    assertThat(result.dimension().orElseThrow()).as("%s", result).isCloseTo(truth, within(0.04));
  }

  @Test
  void vicsekFractalIsWithin4Hundredths() {
    int side = 729;
    boolean[] set = new boolean[side * side];
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        boolean in = true;
        for (int a = x, b = y, k = 0; k < 6; k++, a /= 3, b /= 3) {
          in &= a % 3 == 1 || b % 3 == 1;
        }
        set[y * side + x] = in;
      }
    }
    assertThat(BoxCount.measure(set, side).dimension().orElseThrow())
        .isCloseTo(Math.log(5) / Math.log(3), within(0.04));
  }

  @Test
  void theEdgeOfTheDragonCurveIsWithin4Hundredths() {
    // The turns of the paper-folding sequence, 2^16 steps of two pixels.
    int steps = 1 << 16;
    int[] xs = new int[2 * steps + 1];
    int[] ys = new int[2 * steps + 1];
    int heading = 0;
    for (int step = 1, i = 1; step <= steps; step++) {
      for (int half = 0; half < 2; half++, i++) {
        xs[i] = xs[i - 1] + (heading == 0 ? 1 : heading == 2 ? -1 : 0);
        ys[i] = ys[i - 1] + (heading == 1 ? 1 : heading == 3 ? -1 : 0);
      }
      heading = heading + (((step & -step) << 1 & step) == 0 ? 1 : 3) & 3;
    }
    int left = Arrays.stream(xs).min().orElseThrow() - 1;
    int top = Arrays.stream(ys).min().orElseThrow() - 1;
    int width = Arrays.stream(xs).max().orElseThrow() - left + 2;
    int height = Arrays.stream(ys).max().orElseThrow() - top + 2;
    boolean[] curve = new boolean[width * height];
    for (int i = 0; i < xs.length; i++) {
      curve[(ys[i] - top) * width + xs[i] - left] = true;
    }
    // Chang and Zhang, Math. Intelligencer 16 (1994): log 1.69562… / log √2.
    assertThat(BoxCount.measure(edge(curve, width), width).dimension().orElseThrow())
        .isCloseTo(1.523627, within(0.04));
  }

  /** The pixels of a set that touch what can be reached from the corner without crossing it. */
  private static boolean[] edge(boolean[] set, int width) {
    boolean[] reached = new boolean[set.length];
    boolean[] edge = new boolean[set.length];
    int[] open = new int[set.length];
    int count = 1;
    reached[0] = true;
    while (count > 0) {
      int at = open[--count];
      for (int next : new int[] {at - 1, at + 1, at - width, at + width}) {
        if (next < 0 || next >= set.length || reached[next]) {
          continue;
        }
        if (set[next]) {
          edge[next] = true;
        } else {
          reached[next] = true;
          open[count++] = next;
        }
      }
    }
    return edge;
  }

  @Test
  void sierpinskiTriangleIsWithin4Hundredths() {
    int side = 512;
    boolean[] set = new boolean[side * side];
    for (int i = 0; i < set.length; i++) {
      set[i] = ((i / side) & (i % side)) == 0;
    }
    BoxCount.Result result = BoxCount.measure(set, side);
    assertThat(result.base()).isEqualTo(2);
    assertThat(result.dimension().orElseThrow()).isCloseTo(Math.log(3) / Math.log(2), within(0.04));
  }

  @Test
  void boxesAreThoseOfThePlainCount() {
    Random random = new Random(4);
    for (int round = 0; round < 40; round++) {
      int width = 1 + random.nextInt(300);
      int height = 1 + random.nextInt(200);
      boolean[] set = new boolean[width * height];
      // The corners fix the bounding box.
      set[0] = true;
      set[set.length - 1] = true;
      for (int i = 0; i < set.length / 20; i++) {
        set[random.nextInt(set.length)] = true;
      }
      BoxCount.Result result = BoxCount.measure(set, width);
      for (BoxCount.Level level : result.levels()) {
        assertThat(level.boxes()).isEqualTo(plainCount(set, width, height, level.side()));
      }
    }
  }

  private static long plainCount(boolean[] set, int width, int height, int side) {
    int across = (width + side - 1) / side;
    boolean[] boxes = new boolean[across * ((height + side - 1) / side)];
    for (int i = 0; i < set.length; i++) {
      if (set[i]) {
        boxes[i / width / side * across + i % width / side] = true;
      }
    }
    long count = 0;
    for (boolean box : boxes) {
      count += box ? 1 : 0;
    }
    return count;
  }

  @Test
  void anEmptySetHasNoDimensionAndAPointHasZero() {
    boolean[] set = new boolean[100];
    assertThat(BoxCount.measure(set, 10).dimension()).isEmpty();
    set[55] = true;
    assertThat(BoxCount.measure(set, 10).dimension()).hasValue(0);
  }

  @Test
  void aWidthThatDoesNotDivideTheSetIsRefused() {
    assertThatThrownBy(() -> BoxCount.measure(new boolean[10], 3))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.reason()).isEqualTo(Failure.Reason.INVALID));
    assertThatThrownBy(() -> BoxCount.measure(new boolean[0], 3)).isInstanceOf(Failure.class);
  }

  @Test
  void surfacesRunFromSmoothToUnrelated() {
    int side = 256;
    Random random = new Random(8);
    double[] plane = new double[side * side];
    double[] noise = new double[side * side];
    for (int i = 0; i < plane.length; i++) {
      int row = i / side;
      plane[i] = i % side + 2.0 * row;
      noise[i] = random.nextGaussian();
    }
    assertThat(Variogram.measure(plane, side).dimension().orElseThrow()).isCloseTo(2, within(1e-9));
    assertThat(Variogram.measure(noise, side).dimension().orElseThrow()).isCloseTo(3, within(0.01));
    assertThat(Variogram.measure(new double[64], 8).dimension()).isEmpty();
  }

  @Test
  void aBrownianReliefHasDimensionTwoAndAHalf() {
    int side = 512;
    Random random = new Random(8);
    double[] rows = new double[side];
    double[] columns = new double[side];
    for (int i = 1; i < side; i++) {
      rows[i] = rows[i - 1] + random.nextGaussian();
      columns[i] = columns[i - 1] + random.nextGaussian();
    }
    double[] relief = new double[side * side];
    for (int i = 0; i < relief.length; i++) {
      relief[i] = rows[i / side] + columns[i % side];
    }
    assertThat(Variogram.measure(relief, side).dimension().orElseThrow())
        .isCloseTo(2.5, within(0.1));
  }

  @Test
  void aHeightThatIsNoNumberIsRefused() {
    double[] heights = new double[64];
    heights[9] = Double.NaN;
    assertThatThrownBy(() -> Variogram.measure(heights, 8)).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> Variogram.measure(new double[64], 4)).isInstanceOf(Failure.class);
  }
}
