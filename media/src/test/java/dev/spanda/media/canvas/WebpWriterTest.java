package dev.spanda.media.canvas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebpWriterTest {

  @TempDir Path folder;

  private static Map<String, BufferedImage> pictures() {
    Map<String, BufferedImage> pictures = new LinkedHashMap<>();
    pictures.put("one", filled(1, 1, 0xFF123456));
    pictures.put("flat", filled(300, 7, 0x80FF0010));
    Random random = new Random(7);
    BufferedImage noise = filled(77, 33, 0);
    BufferedImage stripes = filled(129, 64, 0);
    for (int y = 0; y < 64; y++) {
      for (int x = 0; x < 129; x++) {
        if (x < 77 && y < 33) {
          noise.setRGB(x, y, random.nextInt());
        }
        stripes.setRGB(x, y, 0xFF000000 | x * 0x010203 ^ (y / 9 % 2 == 0 ? 0 : 0x3F3F3F));
      }
    }
    pictures.put("noise", noise);
    pictures.put("stripes", stripes);
    pictures.put(
        "words",
        Canvas.of(400, 120)
            .background(new Paint.Linear(0, 0, 400, 120, 0xFF10132B, 0xFFC8932F))
            .fill(
                TextLayout.of(Typeface.ANTON, 80).line("WebP").translate(40, 95),
                Paint.of("#FFE9A8"))
            .image(400));
    return pictures;
  }

  private static BufferedImage filled(int width, int height, int argb) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, argb);
      }
    }
    return image;
  }

  private static byte[] webp(BufferedImage image) {
    return Resizer.encode(image, Resizer.Plan.of(1, 1).withFormat(Resizer.Format.WEBP));
  }

  /** These bytes were unpacked by ffmpeg 5.1.9 to the pixels that went in. */
  @Test
  void theBytesAreThoseThatOtherProgramsHaveRead() throws Exception {
    MessageDigest all = MessageDigest.getInstance("SHA-256");
    for (BufferedImage picture : pictures().values()) {
      byte[] file = webp(picture);
      assertThat(new String(file, 0, 4, StandardCharsets.ISO_8859_1)).isEqualTo("RIFF");
      assertThat(file.length % 2).isZero();
      all.update(file);
    }
    assertThat(HexFormat.of().formatHex(all.digest()))
        .isEqualTo("2a6879236d094c3b816c62f97bee87181690913c7a1808187150dedc8e76f31b");
  }

  /** Where ffmpeg is at hand it unpacks them again. */
  @Test
  void everyPixelComesBack() throws Exception {
    Map<String, BufferedImage> pictures = pictures();
    assumeTrue(Files.isExecutable(Path.of("/usr/bin/ffmpeg")), "ffmpeg is not here");
    for (Map.Entry<String, BufferedImage> picture : pictures.entrySet()) {
      Path file = folder.resolve(picture.getKey() + ".webp");
      Files.write(file, webp(picture.getValue()));
      Path raw = folder.resolve(picture.getKey() + ".raw");
      Process process =
          new ProcessBuilder(
                  "/usr/bin/ffmpeg",
                  "-v",
                  "error",
                  "-i",
                  file.toString(),
                  "-pix_fmt",
                  "argb",
                  "-f",
                  "rawvideo",
                  raw.toString())
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).as(said).isZero();
      byte[] bytes = Files.readAllBytes(raw);
      BufferedImage image = picture.getValue();
      int width = image.getWidth();
      int[] pixels = image.getRGB(0, 0, width, image.getHeight(), null, 0, width);
      assertThat(bytes).hasSize(4 * pixels.length);
      for (int at = 0; at < pixels.length; at++) {
        int read =
            (bytes[4 * at] & 0xFF) << 24
                | (bytes[4 * at + 1] & 0xFF) << 16
                | (bytes[4 * at + 2] & 0xFF) << 8
                | bytes[4 * at + 3] & 0xFF;
        assertThat(read).as(picture.getKey() + " pixel " + at).isEqualTo(pixels[at]);
      }
    }
  }

  @Test
  void whatRepeatsTakesFewBytes() {
    assertThat(webp(filled(1280, 720, 0xFF336699)).length).isLessThan(400);
    BufferedImage words = pictures().get("words");
    assertThat(words).isNotNull();
    assertThat(webp(words).length).isLessThan(Canvas.png(words).length);
  }
}
