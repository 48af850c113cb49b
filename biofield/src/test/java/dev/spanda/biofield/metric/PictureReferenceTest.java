package dev.spanda.biofield.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.biofield.Analyzer;
import dev.spanda.biofield.Frame;
import dev.spanda.biofield.Mask;
import dev.spanda.biofield.Metrics;
import org.assertj.core.data.Offset;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenCV's values. Where they are integers or sums of integers, nothing may differ. */
class PictureReferenceTest {

  private static final Measurer FULL = new Measurer(Analyzer.Profile.FULL);

  private static Picture picture(Frame frame) {
    return new Picture(frame, Mask.full(frame), Scratch.forPixels(frame.area()));
  }

  private static Offset<Double> relative(double value) {
    return within(1e-12 * Math.abs(value));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sierpinski_carpet_729",
        "koch_curve_2187",
        "line_512",
        "filled_512",
        "checkerboard_512",
        "gradient_1280x720",
        "ellipse_640x480",
        "photo_camera_512_gray"
      })
  void grayAndHsvAndOtsuAreOpenCvs(String name) {
    Frame frame = ReferencePicture.read(name);
    long[] sums = new long[4];
    int[] hues = new int[180];
    for (int pixel : frame.pixels()) {
      int hsv = Colors.hsv(pixel);
      hues[hsv >> 16]++;
      sums[0] += hsv >> 16;
      sums[1] += hsv >> 8 & 255;
      sums[2] += hsv & 255;
      sums[3] += Colors.gray(pixel);
    }
    double n = frame.area();
    double[] means = ReferencePicture.numbers(name, "hsv_mean");
    for (int i = 0; i < 3; i++) {
      assertThat(sums[i] / n).isCloseTo(means[i], relative(means[i]));
    }
    double gray = ReferencePicture.number(name, "gray_mean");
    assertThat(sums[3] / n).isCloseTo(gray, relative(gray));
    int mode = 0;
    for (int hue = 0; hue < 180; hue++) {
      mode = hues[hue] > hues[mode] ? hue : mode;
    }
    assertThat(mode).isEqualTo((int) ReferencePicture.number(name, "hue_mode_180"));
    Picture picture = picture(frame);
    assertThat(picture.saturations).isEqualTo(sums[1]);
    assertThat(picture.values).isEqualTo(sums[2]);
    assertThat(Otsu.threshold(picture.grayHistogram, picture.count))
        .isEqualTo((int) ReferencePicture.number(name, "otsu"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sierpinski_carpet_729",
        "koch_curve_2187",
        "line_512",
        "filled_512",
        "checkerboard_512",
        "gradient_1280x720",
        "ellipse_640x480",
        "photo_camera_512_gray"
      })
  void momentsAreOpenCvsTo12Digits(String name) {
    Frame frame = ReferencePicture.read(name);
    Moments moments = Moments.from(picture(frame));
    assertMoment(name, "m00", moments.m00, 0);
    assertMoment(name, "m10", moments.m10, 0);
    assertMoment(name, "m01", moments.m01, 0);
    assertMoment(name, "m20", moments.m20, 0);
    assertMoment(name, "m11", moments.m11, 0);
    assertMoment(name, "m02", moments.m02, 0);
    // OpenCV subtracts raw moments, which leaves rounding of their size, not of the result's.
    assertMoment(name, "mu20", moments.mu20, 4e-16 * moments.m20);
    assertMoment(name, "mu11", moments.mu11, 4e-16 * moments.m11);
    assertMoment(name, "mu02", moments.mu02, 4e-16 * moments.m02);
    Metrics.Geometric geometric = Moments.of(picture(frame));
    double[] center = ReferencePicture.numbers(name, "center_of_mass");
    assertThat(geometric.centerOfMass().x()).isCloseTo(center[0], relative(center[0]));
    assertThat(geometric.centerOfMass().y()).isCloseTo(center[1], relative(center[1]));
    assertThat(geometric.eccentricity())
        .isCloseTo(ReferencePicture.number(name, "eccentricity_moments"), within(1e-11));
    assertThat(geometric.orientation())
        .isCloseTo(ReferencePicture.number(name, "orientation_deg_moments"), within(1e-9));
  }

  private static void assertMoment(String name, String key, double value, double absolute) {
    double expected = ReferencePicture.number(name, key);
    assertThat(value)
        .as(key)
        .isCloseTo(expected, within(Math.max(1e-12 * Math.abs(expected), absolute)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sierpinski_carpet_729",
        "koch_curve_2187",
        "line_512",
        "filled_512",
        "checkerboard_512",
        "gradient_1280x720",
        "ellipse_640x480",
        "photo_camera_512_gray"
      })
  void outlinesAreOpenCvs(String name) {
    Frame frame = ReferencePicture.read(name);
    Metrics.Contour contour = FULL.measure(frame, Mask.full(frame)).metrics().contour();
    assertThat(contour.contourCount())
        .isEqualTo((int) ReferencePicture.number(name, "contours_external"));
    assertThat(contour.largestContourArea())
        .isEqualTo(ReferencePicture.number(name, "largest.area"));
    double perimeter = ReferencePicture.number(name, "largest.perimeter");
    assertThat(contour.perimeterLength()).isCloseTo(perimeter, relative(perimeter));
    assertThat(contour.hullArea()).isEqualTo(ReferencePicture.number(name, "largest.hull_area"));
    assertThat(contour.convexityDefects())
        .isEqualTo((int) ReferencePicture.number(name, "largest.defects_depth_gt_1px"));
    if (contour.hullArea() == 0) {
      assertThat(contour.solidity()).isNaN();
    } else {
      assertThat(contour.solidity())
          .isCloseTo(ReferencePicture.number(name, "largest.solidity"), within(1e-15));
    }
    assertThat(Scratch.forPixels(1).largest.count())
        .isEqualTo((int) ReferencePicture.number(name, "largest.points"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sierpinski_carpet_729",
        "koch_curve_2187",
        "line_512",
        "filled_512",
        "checkerboard_512",
        "gradient_1280x720",
        "ellipse_640x480",
        "photo_camera_512_gray"
      })
  void meansAndNoiseAndMirrorMeasuresAreTheFormulas(String name) {
    Frame frame = ReferencePicture.read(name);
    Metrics metrics = FULL.measure(frame, Mask.full(frame)).metrics();
    double[] blueGreenRed = ReferencePicture.numbers(name, "mean_bgr");
    assertThat(metrics.color().blueChannel()).isCloseTo(blueGreenRed[0], relative(blueGreenRed[0]));
    assertThat(metrics.color().greenChannel())
        .isCloseTo(blueGreenRed[1], relative(blueGreenRed[1]));
    assertThat(metrics.color().redChannel()).isCloseTo(blueGreenRed[2], relative(blueGreenRed[2]));
    double deviation = ReferencePicture.number(name, "gray_sd_pop");
    assertThat(metrics.basic().stdDeviation()).isCloseTo(deviation, relative(deviation));
    assertThat(metrics.basic().lightQuantaDensity())
        .isEqualTo(ReferencePicture.number(name, "lqd_mean_plus_half_sd"));
    // The reference bins were single precision.
    assertThat(metrics.color().colorEntropy())
        .isCloseTo(ReferencePicture.number(name, "color_entropy_hsv_30x32x32_bits"), within(2e-6));
    double sigma = ReferencePicture.number(name, "immerkaer_sigma");
    assertThat(Measurer.noise(picture(frame))).isCloseTo(sigma, relative(sigma));
    assertThat(metrics.symmetry().verticalSymmetry())
        .isCloseTo(ReferencePicture.number(name, "mae_sym_lr"), within(1e-14));
    assertThat(metrics.symmetry().horizontalSymmetry())
        .isCloseTo(ReferencePicture.number(name, "mae_sym_tb"), within(1e-14));
  }
}
