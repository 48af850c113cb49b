package dev.spanda.biofield.metric;

import dev.spanda.biofield.Frame;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Properties;
import javax.imageio.ImageIO;

/** The pictures of {@code reference/field} and {@code reference/shapes} and their values. */
final class ReferencePicture {

  private static final Properties GOLDEN = new Properties();

  static {
    try (InputStream in = open("/reference/field/golden.properties")) {
      GOLDEN.load(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ReferencePicture() {}

  static Frame read(String name) {
    String field = "/reference/field/" + name + ".png";
    boolean here = ReferencePicture.class.getResource(field) != null;
    try (InputStream in = open(here ? field : "/reference/shapes/" + name + ".png")) {
      BufferedImage image = ImageIO.read(in);
      int width = image.getWidth();
      int height = image.getHeight();
      int[] pixels = new int[width * height];
      if (image.getRaster().getNumBands() == 1) {
        // A gray picture's own values: reading them as colours would bend them.
        int largest = (1 << image.getSampleModel().getSampleSize(0)) - 1;
        for (int i = 0; i < pixels.length; i++) {
          int gray = image.getRaster().getSample(i % width, i / width, 0) * 255 / largest;
          pixels[i] = gray * 0x10101;
        }
      } else {
        image.getRGB(0, 0, width, height, pixels, 0, width);
      }
      return Frame.of(width, height, pixels);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static double number(String name, String key) {
    return numbers(name, key)[0];
  }

  static double[] numbers(String name, String key) {
    String text = Objects.requireNonNull(GOLDEN.getProperty(name + "." + key), key);
    return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  private static InputStream open(String path) {
    return Objects.requireNonNull(ReferencePicture.class.getResourceAsStream(path), path);
  }
}
