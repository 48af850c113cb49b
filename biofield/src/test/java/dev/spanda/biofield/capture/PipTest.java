package dev.spanda.biofield.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.biofield.Frame;
import dev.spanda.core.Failure;
import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipTest {

  private static final Frame SCENE =
      Samples.frame(Samples.scene(160, 120, BufferedImage.TYPE_INT_RGB));

  private static String hash(Frame frame) throws NoSuchAlgorithmException {
    ByteBuffer bytes = ByteBuffer.allocate(4 * frame.area());
    bytes.asIntBuffer().put(frame.pixels());
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes.array());
    return HexFormat.of().formatHex(digest, 0, 8);
  }

  @Test
  void thePictureIsTheSameOnEveryMachine() throws NoSuchAlgorithmException {
    assertThat(hash(Pip.process(Samples.astronaut(), PipSettings.DEFAULT)))
        .isEqualTo("fa72507474726b3c");
    assertThat(hash(Pip.process(Samples.astronaut(), new PipSettings(0.2, -0.3, 2, 15, 0.1))))
        .isEqualTo("13ac3ce2717eee9c");
  }

  @Test
  void nothingLitAndNoEdgeLeavesHalfOfTheGray() {
    Frame out = Pip.process(SCENE, new PipSettings(1, 0.15, 1.2, 1, 1));
    for (int i = 0; i < out.area(); i++) {
      int rgb = SCENE.pixels()[i];
      int gray = 9798 * (rgb >> 16) + 19235 * (rgb >> 8 & 0xFF) + 3735 * (rgb & 0xFF) + 16384 >> 15;
      assertThat(out.pixels()[i]).isEqualTo((gray >> 1) * 0x010101);
    }
  }

  @Test
  void everythingLitAndNothingTurnedIsThePictureItself() {
    Frame out = Pip.process(SCENE, new PipSettings(0, 0, 1, 1, 1));
    for (int i = 0; i < out.area(); i++) {
      if (SCENE.pixels()[i] != 0 && out.pixels()[i] != 0) {
        assertThat(out.pixels()[i]).isEqualTo(SCENE.pixels()[i]);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.33333333333333, 00C800",
    "-0.33333333333333, 0000C8",
    "0.5, 00C8C8",
    "-0.5, 00C8C8"
  })
  void aThirdOfATurnMakesRedGreen(double turns, String expected) {
    Frame red = Frame.of(1, 1, new int[] {0xC80000});
    Frame out = Pip.process(red, new PipSettings(0, turns, 1, 5, 1));
    assertThat(out.rgb(0, 0)).isEqualTo(Integer.parseInt(expected, 16));
  }

  @Test
  void withoutSaturationLitPixelsAreGray() {
    Frame out = Pip.process(SCENE, new PipSettings(0, 0.2, 0, 5, 1));
    for (int rgb : out.pixels()) {
      assertThat(rgb).isEqualTo((rgb & 0xFF) * 0x010101);
    }
  }

  @Test
  void anEvenPictureHasNoEdgesAndStaysEven() {
    int[] pixels = new int[40 * 30];
    Arrays.fill(pixels, 0x808080);
    Frame out = Pip.process(Frame.of(40, 30, pixels), new PipSettings(0.4, 0.1, 1, 99, 0));
    assertThat(out.pixels()).containsOnly(0x808080);
  }

  @Test
  void edgesGrowFewerAsTheSensitivityGrows() {
    long before = Long.MAX_VALUE;
    for (double sensitivity : new double[] {0, 0.1, 0.3, 0.6, 1}) {
      PipSettings settings = new PipSettings(1, 0, 1, 3, sensitivity);
      long edges =
          Arrays.stream(Pip.process(SCENE, settings).pixels())
              .filter(rgb -> rgb == 0xFFFFFF)
              .count();
      assertThat(edges).isLessThan(before);
      before = edges;
    }
    assertThat(before).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "threshold, -0.01, 0, 1, 5, 0",
    "threshold, 1.01, 0, 1, 5, 0",
    "threshold, NaN, 0, 1, 5, 0",
    "hue_shift, 0, -0.51, 1, 5, 0",
    "hue_shift, 0, 0.51, 1, 5, 0",
    "saturation_boost, 0, 0, -0.1, 5, 0",
    "saturation_boost, 0, 0, 2.1, 5, 0",
    "blur_kernel, 0, 0, 1, 4, 0",
    "blur_kernel, 0, 0, 1, 0, 0",
    "blur_kernel, 0, 0, 1, 101, 0",
    "edge_sensitivity, 0, 0, 1, 5, 1.5",
    "edge_sensitivity, 0, 0, 1, 5, -1"
  })
  void settingsOutOfTheirRangesAreRefusedByName(
      String name, double threshold, double hue, double saturation, int blur, double edges) {
    assertThatThrownBy(() -> new PipSettings(threshold, hue, saturation, blur, edges))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(Failure.Reason.INVALID);
              assertThat(failure.subject()).isEqualTo(name);
            });
  }
}
