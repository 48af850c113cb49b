package dev.spanda.media.rothko;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.media.rothko.RothkoPlan.Palette;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class RothkoTest {

  @Test
  void theErrorFunctionIsThatOfTheTables() {
    // Abramowitz and Stegun, table 7.1, to 10 decimals.
    assertThat(Rothko.erf(0.5)).isCloseTo(0.5204998778, within(1e-10));
    assertThat(Rothko.erf(1)).isCloseTo(0.8427007929, within(1e-10));
    assertThat(Rothko.erf(-2)).isCloseTo(-0.9953222650, within(1e-10));
    assertThat(Rothko.erf(7)).isEqualTo(1);
  }

  @Test
  void aProfileIsTheStretchFoldedWithTheGaussian() {
    double sigma = 7;
    float[] profile = Rothko.profile(100, 30, 61, sigma);
    for (int at = 0; at < 100; at += 7) {
      double sum = 0;
      double step = 0.001;
      for (double x = 30 + step / 2; x < 61; x += step) {
        double away = (at + 0.5 - x) / sigma;
        sum += Math.exp(-away * away / 2) * step / (sigma * Math.sqrt(2 * Math.PI));
      }
      assertThat(profile[at]).isCloseTo((float) sum, within(1e-6f));
    }
  }

  @Test
  void withoutBlurFieldsHaveTheirColoursAndEdges() {
    RothkoPlan plan =
        RothkoPlan.of(new Palette("#000000", List.of("#FF0000"))).withSize(200, 100).withBlurPx(0);
    BufferedImage image = Rothko.paint(plan);
    assertThat(image.getRGB(100, 50)).isEqualTo(0xFFFF0000);
    assertThat(image.getRGB(1, 1)).isEqualTo(0xFF000000);
  }

  @Test
  void slowChangesAreDithered() {
    BufferedImage image = Rothko.paint(RothkoPlan.of(Palette.DEEP));
    // Over 8 pixels the mean moves by less than a level, yet neighbours differ.
    boolean differs = false;
    for (int x = 900; x < 960; x++) {
      differs |= image.getRGB(x, 100) != image.getRGB(x + 1, 100);
    }
    assertThat(differs).isTrue();
  }

  @Test
  void base64IsThePngOfThePicture() throws Exception {
    RothkoPlan plan = RothkoPlan.of(Palette.EMBER).withSize(320, 180).withBlurPx(10);
    BufferedImage read =
        ImageIO.read(new ByteArrayInputStream(Base64.getDecoder().decode(Rothko.base64(plan))));
    BufferedImage image = Rothko.paint(plan);
    for (int y = 0; y < 180; y += 11) {
      for (int x = 0; x < 320; x += 13) {
        assertThat(read.getRGB(x, y)).isEqualTo(image.getRGB(x, y));
      }
    }
  }
}
