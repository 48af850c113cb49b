package dev.spanda.audio.spectrum;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.audio.Pcm;
import dev.spanda.audio.SampleRate;
import dev.spanda.core.Failure;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class SpectrogramTest {

  private static Pcm bowl(int seconds) {
    int n = 44_100 * seconds;
    float[] samples = new float[n];
    double[] partials = {221, 221.9, 614, 616.5, 1145, 1804, 2577, 3456};
    for (int strike = 0; strike < 3; strike++) {
      int first = n / 3 * strike;
      for (int i = first; i < n; i++) {
        double t = (i - first) / 44_100.0;
        for (int k = 0; k < partials.length; k++) {
          samples[i] +=
              (float)
                  (0.15
                      / (1 + 0.5 * k)
                      * Math.exp(-t * (0.2 + 0.3 * k))
                      * Math.sin(2 * Math.PI * partials[k] * t));
        }
      }
    }
    return Pcm.of(SampleRate.CD, samples);
  }

  @Test
  void thePictureIsAPngOfTheSizeAskedFor() throws IOException {
    byte[] png = Spectrogram.of(bowl(12)).withTitle("Bowl 180 mm, three strikes").png();
    Path file = Path.of("target", "spectrogram.png");
    Files.write(file, png);
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(image.getWidth()).isEqualTo(1280);
    assertThat(image.getHeight()).isEqualTo(720);
  }

  @Test
  void aToneIsBrightAtItsFrequencyAndDarkElsewhere() throws IOException {
    float[] tone = new float[88_200];
    for (int i = 0; i < tone.length; i++) {
      tone[i] = (float) Math.sin(2 * Math.PI * 620.0 * i / 44_100);
    }
    byte[] png = Spectrogram.of(Pcm.of(SampleRate.CD, tone)).withSize(400, 300).png();
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    // The row below 632 Hz, the middle of 20 Hz to 20 kHz on a logarithmic axis, holds 620 Hz.
    int middle = 56 + (300 - 56 - 58) / 2;
    // Between two bins a sine reads up to 1.5 dB low, which is four of the 256 colours.
    assertThat(IntStream.rangeClosed(251, 255).map(i -> ColourMap.at(i / 255.0)))
        .contains(image.getRGB(190, middle) & 0xffffff);
    assertThat(image.getRGB(190, middle - 60) & 0xffffff).isEqualTo(ColourMap.at(0));
    assertThat(image.getRGB(190, middle + 60) & 0xffffff).isEqualTo(ColourMap.at(0));
  }

  @Test
  void lightnessRisesWithEveryStepOfTheColourMap() {
    double before = -1;
    for (int i = 0; i < 256; i++) {
      int rgb = ColourMap.at(i / 255.0);
      double lightness =
          0.2126 * linear(rgb >> 16 & 255)
              + 0.7152 * linear(rgb >> 8 & 255)
              + 0.0722 * linear(rgb & 255);
      assertThat(lightness).isGreaterThan(before);
      before = lightness;
    }
  }

  private static double linear(int value) {
    double coded = value / 255.0;
    return coded <= 0.04045 ? coded / 12.92 : Math.pow((coded + 0.055) / 1.055, 2.4);
  }

  @Test
  void silenceOfNoLengthIsStillAPicture() throws IOException {
    byte[] png = Spectrogram.of(Pcm.of(SampleRate.CD, new float[0])).withSize(320, 240).png();
    assertThat(ImageIO.read(new ByteArrayInputStream(png))).isNotNull();
  }

  @Test
  void aSizeOutOfRangeIsRefused() {
    assertThatThrownBy(() -> Spectrogram.of(bowl(1)).withSize(10, 240)).isInstanceOf(Failure.class);
  }
}
