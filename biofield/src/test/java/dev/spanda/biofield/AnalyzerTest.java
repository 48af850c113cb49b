package dev.spanda.biofield;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.core.Failure;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AnalyzerTest {

  private static final Analyzer FULL = new Analyzer(Analyzer.Profile.FULL);

  private static Frame flat(int width, int height, int rgb) {
    int[] pixels = new int[width * height];
    Arrays.fill(pixels, rgb);
    return Frame.of(width, height, pixels);
  }

  private static Frame mirrored(Frame frame) {
    int width = 2 * frame.width() - 1;
    int[] pixels = new int[width * frame.height()];
    for (int y = 0; y < frame.height(); y++) {
      for (int x = 0; x < frame.width(); x++) {
        pixels[y * width + x] = frame.rgb(x, y);
        pixels[y * width + width - 1 - x] = frame.rgb(x, y);
      }
    }
    return Frame.of(width, frame.height(), pixels);
  }

  @ParameterizedTest
  @EnumSource(Analyzer.Profile.class)
  void aMirroredPictureIsExactlySymmetric(Analyzer.Profile profile) {
    for (Frame frame : ProbePictures.all().values()) {
      Analysis analysis = new Analyzer(profile).analyze(mirrored(frame));
      assertThat(analysis.metrics().symmetry().verticalSymmetry()).isEqualTo(1);
      assertThat(analysis.metrics().symmetry().bilateralScore()).isEqualTo(1);
      assertThat(analysis.scores().symmetry()).isEqualTo(100);
    }
  }

  @Test
  void aWhitePictureHasDimension2AndNoColour() {
    Analysis white = FULL.analyze(flat(512, 512, 0xffffff));
    assertThat(white.metrics().nonlinear().fractalDimension()).isEqualTo(2);
    assertThat(white.metrics().basic()).isEqualTo(new Metrics.Basic(255, 0, 0, 0, 60));
    assertThat(white.metrics().color().dominantHue()).isNaN();
    assertThat(white.metrics().nonlinear().hurstExponent()).isNaN();
    assertThat(white.metrics().values())
        .doesNotContainKeys("dominantHue", "hurstExponent", "lyapunovExponent", "sampleEntropy");
    assertThat(white.scores().coherence()).isNaN();
    assertThat(white.contributions().get("coherence")).isEmpty();
    assertThat(white.contributions().get("colorBalance"))
        .extracting(Analysis.Contribution::input)
        .containsExactly("colorEntropy", "saturationConsistency", "colorSymmetry");
  }

  @Test
  void aBlackPictureHasNoPlaceAndNoOutline() {
    Metrics black = FULL.analyze(flat(200, 100, 0)).metrics();
    assertThat(black.basic().avgIntensity()).isEqualTo(0);
    assertThat(black.basic().innerNoise()).isNaN();
    assertThat(black.basic().signalNoiseRatio()).isNaN();
    assertThat(black.geometric().imageArea()).isEqualTo(20_000);
    assertThat(black.geometric().centerOfMass().x()).isNaN();
    assertThat(black.contour().contourCount()).isEqualTo(0);
    assertThat(black.contour().perimeterLength()).isNaN();
    assertThat(black.nonlinear().fractalDimension()).isNaN();
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "1, 7", "7, 1", "1, 500", "500, 1", "2, 2", "3, 2", "2, 300"})
  void tinyAndNarrowPicturesAreMeasured(int width, int height) {
    Random random = new Random(3);
    int[] pixels = random.ints((long) width * height, 0, 1 << 24).toArray();
    Frame frame = Frame.of(width, height, pixels);
    for (Analyzer.Profile profile : Analyzer.Profile.values()) {
      Analysis analysis = new Analyzer(profile).analyze(frame);
      assertThat(analysis.metrics().geometric().imageArea()).isEqualTo(width * height);
      assertThat(analysis.metrics().values().values()).allMatch(Double::isFinite);
      assertThat(analysis.scores().values().values()).allMatch(score -> score >= 0 && score <= 100);
    }
  }

  @Test
  void onePixelIsAPoint() {
    Metrics metrics = FULL.analyze(flat(1, 1, 0x804020)).metrics();
    assertThat(metrics.geometric().centerOfMass()).isEqualTo(new Metrics.Point(0, 0));
    assertThat(metrics.geometric().spatialMoment()).isEqualTo(0);
    assertThat(metrics.geometric().eccentricity()).isNaN();
    assertThat(metrics.contour().contourCount()).isEqualTo(1);
    assertThat(metrics.contour().perimeterLength()).isEqualTo(0);
    assertThat(metrics.nonlinear().fractalDimension()).isEqualTo(0);
    assertThat(metrics.symmetry().verticalSymmetry()).isEqualTo(1);
    assertThat(metrics.symmetry().bilateralScore()).isNaN();
  }

  @Test
  void aRectangleOfAPictureIsMeasuredLikeThePictureItWouldBe() {
    Frame frame = ProbePictures.all().get("figure");
    int[] cut = new int[100 * 90];
    for (int y = 0; y < 90; y++) {
      System.arraycopy(frame.pixels(), (y + 50) * frame.width() + 120, cut, y * 100, 100);
    }
    Metrics part = FULL.analyze(frame, Mask.full(frame).rectangle(120, 50, 100, 90)).metrics();
    Metrics alone = FULL.analyze(Frame.of(100, 90, cut)).metrics();
    assertThat(part.basic()).isEqualTo(alone.basic());
    assertThat(part.color()).isEqualTo(alone.color());
    assertThat(part.contour()).isEqualTo(alone.contour());
    assertThat(part.nonlinear()).isEqualTo(alone.nonlinear());
    assertThat(part.symmetry()).isEqualTo(alone.symmetry());
    assertThat(part.geometric().centerOfMass().x())
        .isCloseTo(alone.geometric().centerOfMass().x() + 120, within(1e-9));
    assertThat(part.geometric().centerOfMass().y())
        .isCloseTo(alone.geometric().centerOfMass().y() + 50, within(1e-9));
  }

  @Test
  void pixelsOutsideOfTheMaskChangeNothing() {
    Frame frame = ProbePictures.all().get("blots");
    boolean[] selected = new boolean[frame.area()];
    int[] painted = frame.pixels().clone();
    for (int i = 0; i < selected.length; i++) {
      int dx = i % frame.width() - 160;
      int dy = i / frame.width() - 120;
      selected[i] = dx * dx + dy * dy < 10_000;
      painted[i] = selected[i] ? painted[i] : 0xff00ff;
    }
    Mask disc = Mask.of(frame.width(), frame.height(), selected);
    assertThat(FULL.analyze(Frame.of(frame.width(), frame.height(), painted), disc))
        .isEqualTo(FULL.analyze(frame, disc));
  }

  @Test
  void anEmptyMaskDefinesNothing() {
    Frame frame = flat(50, 40, 0x123456);
    Analysis nothing = FULL.analyze(frame, Mask.full(frame).rectangle(60, 0, 10, 10));
    assertThat(nothing.metrics().values())
        .isEqualTo(Map.of("imageArea", 0.0, "contourCount", 0.0, "convexityDefects", 0.0));
    assertThat(nothing.scores().values()).isEmpty();
  }

  @Test
  void aMaskOfAnotherSizeIsRefused() {
    assertThatThrownBy(() -> FULL.analyze(flat(50, 40, 0), Mask.full(40, 50)))
        .isInstanceOf(Failure.class)
        .hasMessage("A mask of 40×50 pixels does not fit a frame of 50×40");
  }

  @ParameterizedTest
  @EnumSource(Analyzer.Preset.class)
  void everyScoreTellsTheSevenProbePicturesApart(Analyzer.Preset preset) {
    Analyzer analyzer = new Analyzer(Analyzer.Profile.FULL, preset);
    List<Map<String, Double>> scores =
        ProbePictures.all().values().stream()
            .map(f -> analyzer.analyze(f).scores().values())
            .toList();
    for (String score : scores.get(0).keySet()) {
      TreeSet<Long> different = new TreeSet<>();
      scores.forEach(one -> different.add(Math.round(one.getOrDefault(score, -1.0) * 10)));
      assertThat(different).as(score + " " + scores).hasSizeGreaterThanOrEqualTo(6);
      assertThat(different.last() - different.first()).as(score).isGreaterThan(100);
    }
  }

  @Test
  void contributionsSumToTheirScoreAndTheirWeightsToOne() {
    for (Frame frame : ProbePictures.all().values()) {
      Analysis analysis = FULL.analyze(frame);
      analysis
          .contributions()
          .forEach(
              (score, parts) -> {
                assertThat(parts.stream().mapToDouble(Analysis.Contribution::weight).sum())
                    .isCloseTo(1, within(1e-12));
                assertThat(parts.stream().mapToDouble(Analysis.Contribution::points).sum())
                    .isCloseTo(analysis.scores().values().get(score), within(1e-9));
              });
    }
  }

  @Test
  void realtimeAgreesWithFullOnLargePictures() {
    int width = 1280;
    int height = 720;
    int[] pixels = new int[width * height];
    Frame figure = ProbePictures.all().get("leaning figure");
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = figure.rgb(i % width / 4, i / width / 3);
    }
    Frame frame = Frame.of(width, height, pixels);
    Metrics full = FULL.analyze(frame).metrics();
    Metrics live = new Analyzer(Analyzer.Profile.REALTIME).analyze(frame).metrics();
    assertThat(live.geometric().imageArea()).isEqualTo(width * height);
    assertThat(live.basic().avgIntensity()).isCloseTo(full.basic().avgIntensity(), within(0.5));
    assertThat(live.color().colorEntropy()).isCloseTo(full.color().colorEntropy(), within(0.05));
    assertThat(live.geometric().centerOfMass().x())
        .isCloseTo(full.geometric().centerOfMass().x(), within(2.0));
    assertThat(live.geometric().spatialMoment() / full.geometric().spatialMoment())
        .isCloseTo(1, within(0.01));
    assertThat(live.contour().largestContourArea() / full.contour().largestContourArea())
        .isCloseTo(1, within(0.02));
    assertThat(live.symmetry().verticalSymmetry())
        .isCloseTo(full.symmetry().verticalSymmetry(), within(0.01));
  }

  @Test
  void manyThreadsGetTheSameAnswer() {
    List<Frame> frames = List.copyOf(ProbePictures.all().values());
    List<Analysis> alone = frames.stream().map(FULL::analyze).toList();
    List<Analysis> together =
        IntStream.range(0, 28).parallel().mapToObj(i -> FULL.analyze(frames.get(i % 7))).toList();
    for (int i = 0; i < together.size(); i++) {
      assertThat(together.get(i)).isEqualTo(alone.get(i % 7));
    }
  }
}
