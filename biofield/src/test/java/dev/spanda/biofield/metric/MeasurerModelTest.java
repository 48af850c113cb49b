package dev.spanda.biofield.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.biofield.Analyzer;
import dev.spanda.biofield.Frame;
import dev.spanda.biofield.Mask;
import dev.spanda.biofield.Metrics;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The fast loops against plain ones, over random pictures and masks of many shapes. */
class MeasurerModelTest {

  private static final Measurer FULL = new Measurer(Analyzer.Profile.FULL);

  @ParameterizedTest
  @CsvSource({
    "1, 40, 30",
    "2, 41, 31",
    "3, 64, 8",
    "4, 65, 9",
    "5, 127, 300",
    "6, 3, 3",
    "7, 2, 50",
    "8, 300, 5",
    "9, 129, 65"
  })
  void measuresEqualThePlainOnes(long seed, int width, int height) {
    Random random = new Random(seed);
    int[] pixels = new int[width * height];
    boolean[] selected = new boolean[width * height];
    int colors = 2 + random.nextInt(60);
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] =
          (random.nextInt(colors) * 255 / (colors - 1)) * 0x10101 ^ random.nextInt(0x3f3f3f);
      selected[i] = random.nextInt(10) > 0;
    }
    Frame frame = Frame.of(width, height, pixels);
    check(seed, frame, Mask.full(frame));
    check(seed, frame, Mask.full(frame).rectangle(1, 0, width - 1, height));
    check(seed, frame, Mask.of(width, height, selected));
  }

  private static void check(long seed, Frame frame, Mask mask) {
    Measured measured = FULL.measure(frame, mask);
    Metrics metrics = measured.metrics();
    List<int[]> places = new ArrayList<>();
    for (int y = 0; y < frame.height(); y++) {
      for (int x = 0; x < frame.width(); x++) {
        if (mask.contains(x, y)) {
          places.add(new int[] {x, y, frame.rgb(x, y)});
        }
      }
    }
    double n = places.size();
    double sum = 0;
    double squares = 0;
    double sumX = 0;
    double sumY = 0;
    double reds = 0;
    double saturations = 0;
    double saturationSquares = 0;
    double values = 0;
    Map<Integer, Integer> bins = new HashMap<>();
    for (int[] place : places) {
      int gray = Colors.gray(place[2]);
      int hsv = Colors.hsv(place[2]);
      sum += gray;
      squares += gray * gray;
      sumX += (double) place[0] * gray;
      sumY += (double) place[1] * gray;
      reds += place[2] >> 16;
      saturations += hsv >> 8 & 255;
      saturationSquares += Math.pow(hsv >> 8 & 255, 2);
      values += hsv & 255;
      bins.merge(
          ((hsv >> 16) / 6 << 10) + ((hsv >> 8 & 255) / 8 << 5) + (hsv & 255) / 8, 1, Integer::sum);
    }
    double entropy = 0;
    for (int count : bins.values()) {
      entropy -= count / n * Math.log(count / n) / Math.log(2);
    }
    String said = "seed " + seed;
    assertThat(metrics.basic().avgIntensity()).as(said).isEqualTo(sum / n);
    double mean = sum / n;
    assertThat(metrics.basic().stdDeviation())
        .as(said)
        .isCloseTo(Math.sqrt(squares / n - mean * mean), within(1e-9));
    assertThat(metrics.color().redChannel()).as(said).isEqualTo(reds / n);
    assertThat(metrics.color().valueMean()).as(said).isCloseTo(values / n / 255, within(1e-12));
    assertThat(metrics.color().saturationMean())
        .as(said)
        .isCloseTo(saturations / n / 255, within(1e-12));
    assertThat(metrics.color().colorEntropy()).as(said).isCloseTo(entropy, within(1e-9));
    double variance = saturationSquares / n - Math.pow(saturations / n, 2);
    assertThat(measured.traits().saturationConsistency())
        .as(said)
        .isCloseTo(1 - Math.sqrt(variance) / 127.5, within(1e-9));
    assertThat(metrics.geometric().imageArea()).as(said).isEqualTo(places.size());
    double meanX = sumX / sum;
    double meanY = sumY / sum;
    double both = 0;
    for (int[] place : places) {
      both +=
          Colors.gray(place[2]) * (Math.pow(place[0] - meanX, 2) + Math.pow(place[1] - meanY, 2));
    }
    assertThat(metrics.geometric().centerOfMass().x()).as(said).isCloseTo(meanX, within(1e-9));
    assertThat(metrics.geometric().spatialMoment()).as(said).isCloseTo(both, within(1e-11 * both));
    assertThat(metrics.symmetry().verticalSymmetry())
        .as(said)
        .isCloseTo(mirrored(frame, mask, places, true, false), within(1e-12));
    assertThat(metrics.symmetry().horizontalSymmetry())
        .as(said)
        .isCloseTo(mirrored(frame, mask, places, false, true), within(1e-12));
    assertThat(metrics.symmetry().radialSymmetry())
        .as(said)
        .isCloseTo(mirrored(frame, mask, places, true, true), within(1e-12));
    assertThat(metrics.basic().signalNoiseRatio())
        .as(said)
        .isEqualTo(Double.valueOf(noise(frame, mask, mean)));
  }

  private static double mirrored(
      Frame frame, Mask mask, List<int[]> places, boolean acrossX, boolean acrossY) {
    double sum = 0;
    int pairs = 0;
    for (int[] place : places) {
      int x = acrossX ? mask.left() + mask.right() - 1 - place[0] : place[0];
      int y = acrossY ? mask.top() + mask.bottom() - 1 - place[1] : place[1];
      if (mask.contains(x, y)) {
        sum += Math.abs(Colors.gray(place[2]) - Colors.gray(frame.rgb(x, y)));
        pairs++;
      }
    }
    return pairs == 0 ? Double.NaN : 1 - sum / pairs / 255;
  }

  private static double noise(Frame frame, Mask mask, double mean) {
    long sum = 0;
    int count = 0;
    int[] kernel = {1, -2, 1, -2, 4, -2, 1, -2, 1};
    for (int y = 1; y < frame.height() - 1; y++) {
      for (int x = 1; x < frame.width() - 1; x++) {
        boolean all = true;
        int answer = 0;
        for (int k = 0; k < 9; k++) {
          int nx = x + k % 3 - 1;
          int ny = y + k / 3 - 1;
          all &= mask.contains(nx, ny);
          answer += kernel[k] * Colors.gray(frame.rgb(nx, ny));
        }
        if (all) {
          sum += Math.abs(answer);
          count++;
        }
      }
    }
    if (count == 0) {
      return Double.NaN;
    }
    double sigma = Math.sqrt(StrictMath.PI / 2) * sum / (6.0 * count);
    return sigma == 0 ? 60 : Math.min(60, 20 * StrictMath.log10(mean / sigma));
  }
}
