package dev.spanda.media.canvas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.core.Failure;
import dev.spanda.media.canvas.Resizer.Format;
import dev.spanda.media.canvas.Resizer.Mode;
import dev.spanda.media.canvas.Resizer.Plan;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ResizerTest {

  private static final long SEED = 20260101;

  @TempDir private Path folder;

  private static BufferedImage filled(int width, int height, int argb) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, argb);
      }
    }
    return image;
  }

  private static BufferedImage noise(int width, int height, int least, int most) {
    Random random = new Random(SEED);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, 0xFF000000 | (least + random.nextInt(most - least)) * 0x010101);
      }
    }
    return image;
  }

  private static double meanLight(BufferedImage image) {
    double sum = 0;
    for (int y = 0; y < image.getHeight(); y++) {
      for (int x = 0; x < image.getWidth(); x++) {
        sum += Light.LINEAR[image.getRGB(x, y) & 0xFF];
      }
    }
    return sum / (image.getWidth() * image.getHeight());
  }

  @Test
  void everyConstantStaysExactlyItself() {
    for (int grey = 0; grey < 256; grey += 5) {
      int argb = 0xFF000000 | grey << 16 | (255 - grey) << 8 | grey / 2;
      for (int[] size : new int[][] {{7, 5}, {40, 31}, {13, 90}}) {
        BufferedImage scaled =
            Resizer.scale(filled(23, 17, argb), Plan.of(size[0], size[1]).withMode(Mode.STRETCH));
        for (int y = 0; y < size[1]; y++) {
          for (int x = 0; x < size[0]; x++) {
            assertThat(scaled.getRGB(x, y)).isEqualTo(argb);
          }
        }
      }
    }
    // Colour under half alpha stays too.
    assertThat(Resizer.scale(filled(50, 50, 0x80336699), Plan.of(9, 9)).getRGB(4, 4))
        .isEqualTo(0x80336699);
  }

  @Test
  void lightIsNeitherAddedNorLost() {
    // Greys far enough from black and white that no overshoot is cut.
    BufferedImage image = noise(256, 256, 90, 180);
    double before = meanLight(image);
    for (int size : new int[] {16, 64, 100, 128, 300}) {
      double after = meanLight(Resizer.scale(image, Plan.of(size, size)));
      // Kernel sums vary by position and bytes are rounded: half a percent.
      assertThat(after).as("to " + size).isCloseTo(before, within(before * 0.005));
    }
  }

  @Test
  void blackAndWhiteStripesFadeToHalfTheLight() {
    BufferedImage stripes = new BufferedImage(400, 40, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < 40; y++) {
      for (int x = 0; x < 400; x++) {
        stripes.setRGB(x, y, x % 2 == 0 ? 0xFF000000 : 0xFFFFFFFF);
      }
    }
    BufferedImage small = Resizer.scale(stripes, Plan.of(100, 10));
    // Half of the light is byte 188; half of the bytes would be 128.
    assertThat(small.getRGB(50, 5) & 0xFF).isBetween(186, 190);
    BufferedImage bytes = Resizer.scale(stripes, Plan.of(100, 10).withLinearLight(false));
    assertThat(bytes.getRGB(50, 5) & 0xFF).isBetween(126, 130);
  }

  @Test
  void fineDetailDoesNotTurnIntoNewPatterns() {
    // A wave of 2.2 px must vanish when the picture shrinks to a fifth.
    BufferedImage image = new BufferedImage(500, 20, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < 20; y++) {
      for (int x = 0; x < 500; x++) {
        int value = (int) Math.round(127.5 + 100 * Math.sin(2 * Math.PI * x / 2.2));
        image.setRGB(x, y, 0xFF000000 | value * 0x010101);
      }
    }
    BufferedImage small = Resizer.scale(image, Plan.of(100, 4).withLinearLight(false));
    for (int x = 5; x < 95; x++) {
      assertThat(small.getRGB(x, 2) & 0xFF).isBetween(125, 130);
    }
  }

  @Test
  void coloursOfTransparentPlacesDoNotBleed() {
    BufferedImage image = filled(40, 40, 0x00FF0000);
    for (int y = 0; y < 40; y++) {
      for (int x = 20; x < 40; x++) {
        image.setRGB(x, y, 0xFF0000FF);
      }
    }
    BufferedImage scaled = Resizer.scale(image, Plan.of(97, 97));
    for (int x = 0; x < 97; x++) {
      int argb = scaled.getRGB(x, 48);
      assertThat(argb >> 16 & 0xFF).isZero();
      // Overshoot is cut at full cover: no alpha wraps around.
      assertThat(argb >>> 24).isBetween(0, x < 44 ? 40 : 255);
    }
  }

  @Test
  void aSmoothPictureComesBackFromHalfItsSize() {
    BufferedImage image = new BufferedImage(256, 256, BufferedImage.TYPE_INT_ARGB);
    for (int y = 0; y < 256; y++) {
      for (int x = 0; x < 256; x++) {
        int value =
            (int) Math.round(128 + 60 * Math.sin(x / 11.0) + 50 * Math.cos((x + 2 * y) / 17.0));
        image.setRGB(x, y, 0xFF000000 | value * 0x010101);
      }
    }
    BufferedImage back = Resizer.scale(Resizer.scale(image, Plan.of(128, 128)), Plan.of(256, 256));
    double squares = 0;
    for (int y = 8; y < 248; y++) {
      for (int x = 8; x < 248; x++) {
        double off = (back.getRGB(x, y) & 0xFF) - (image.getRGB(x, y) & 0xFF);
        squares += off * off;
      }
    }
    double psnr = 10 * Math.log10(255 * 255 * 240.0 * 240 / squares);
    assertThat(psnr).isGreaterThan(45);
  }

  @Test
  void theFastSumsAreTheDefinition() {
    BufferedImage image = noise(37, 29, 0, 200);
    int width = 53;
    int height = 11;
    BufferedImage fast = Resizer.scale(image, Plan.of(width, height).withMode(Mode.STRETCH));
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        double stretchX = Math.max(1, 37.0 / width);
        double stretchY = Math.max(1, 29.0 / height);
        double centreX = (x + 0.5) * 37 / width - 0.5;
        double centreY = (y + 0.5) * 29 / height - 0.5;
        double sum = 0;
        double weights = 0;
        for (int oldY = -20; oldY < 50; oldY++) {
          for (int oldX = -20; oldX < 60; oldX++) {
            double weight =
                Lanczos.kernel((oldX - centreX) / stretchX)
                    * Lanczos.kernel((oldY - centreY) / stretchY);
            int value =
                image.getRGB(Math.max(0, Math.min(36, oldX)), Math.max(0, Math.min(28, oldY)))
                    & 0xFF;
            sum += weight * Light.LINEAR[value];
            weights += weight;
          }
        }
        int plain = Light.encode((float) (sum / weights));
        assertThat(fast.getRGB(x, y) & 0xFF).isBetween(plain - 1, plain + 1);
      }
    }
  }

  @Test
  void modesGiveTheSizesTheyPromise() {
    BufferedImage wide = noise(200, 100, 0, 256);
    assertThat(size(wide, Mode.FIT, 80, 80)).containsExactly(80, 40);
    assertThat(size(wide, Mode.FILL, 80, 80)).containsExactly(80, 80);
    assertThat(size(wide, Mode.STRETCH, 33, 77)).containsExactly(33, 77);
    assertThat(size(wide, Mode.PAD, 80, 80)).containsExactly(80, 80);
    BufferedImage padded =
        Resizer.scale(wide, Plan.of(80, 80).withMode(Mode.PAD).withBackground(0xFF00FF00));
    assertThat(padded.getRGB(40, 5)).isEqualTo(0xFF00FF00);
    assertThat(padded.getRGB(40, 40)).isNotEqualTo(0xFF00FF00);
    assertThat(size(wide, Mode.FIT, 1, 1)).containsExactly(1, 1);
  }

  private static int[] size(BufferedImage image, Mode mode, int width, int height) {
    BufferedImage scaled = Resizer.scale(image, Plan.of(width, height).withMode(mode));
    return new int[] {scaled.getWidth(), scaled.getHeight()};
  }

  @Test
  void filesOfEveryFormatAreReadAndWritten() throws Exception {
    BufferedImage photo = filled(64, 48, 0xFF3070B0);
    for (Format format : List.of(Format.PNG, Format.JPEG, Format.BMP)) {
      Path source = folder.resolve("in." + format);
      Files.write(source, Resizer.encode(photo, Plan.of(1, 1).withFormat(format)));
      for (Format to : List.of(Format.PNG, Format.JPEG, Format.BMP)) {
        Path target = folder.resolve(format + "-to." + to);
        List<Double> progress = new ArrayList<>();
        Resizer.Result result =
            Resizer.resize(source, target, Plan.of(32, 32).withFormat(to), progress::add);
        assertThat(result.width()).isEqualTo(32);
        assertThat(result.height()).isEqualTo(24);
        assertThat(result.bytes()).isEqualTo(Files.size(target));
        assertThat(progress).isSorted().endsWith(1.0).hasSizeLessThan(120);
        int argb = ImageIO.read(target.toFile()).getRGB(16, 12);
        assertThat(argb & 0xFF).isBetween(0xAD, 0xB3);
      }
    }
  }

  @Test
  void greyStaysAsGreyAsItWas() throws Exception {
    BufferedImage grey = new BufferedImage(20, 20, BufferedImage.TYPE_BYTE_GRAY);
    for (int at = 0; at < 400; at++) {
      grey.getRaster().setSample(at % 20, at / 20, 0, 128);
    }
    Path source = folder.resolve("grey.png");
    ImageIO.write(grey, "png", source.toFile());
    assertThat(Resizer.read(source).getRGB(3, 3)).isEqualTo(0xFF808080);
  }

  @Test
  void picturesAreTurnedAsTheirExifSays() throws Exception {
    BufferedImage image = filled(32, 16, 0xFF000000);
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 8; x++) {
        image.setRGB(x, y, 0xFFFFFFFF);
      }
    }
    byte[] jpeg = Resizer.encode(image, Plan.of(1, 1).withFormat(Format.JPEG).withQuality(1));
    // Where the bright left upper corner of the file is to be seen, for each orientation.
    int[][] corners = {{0, 0}, {1, 0}, {1, 1}, {0, 1}, {0, 0}, {1, 0}, {1, 1}, {0, 1}};
    for (int orientation = 1; orientation <= 8; orientation++) {
      Path source = folder.resolve("turn" + orientation + ".jpg");
      Files.write(source, withOrientation(jpeg, orientation));
      BufferedImage read = Resizer.read(source);
      assertThat(read.getWidth()).isEqualTo(orientation >= 5 ? 16 : 32);
      int x = corners[orientation - 1][0] == 0 ? 2 : read.getWidth() - 3;
      int y = corners[orientation - 1][1] == 0 ? 2 : read.getHeight() - 3;
      assertThat(read.getRGB(x, y) & 0xFF).as("orientation " + orientation).isGreaterThan(200);
      assertThat(read.getRGB(read.getWidth() - 1 - x, read.getHeight() - 1 - y) & 0xFF)
          .isLessThan(50);
    }
  }

  private static byte[] withOrientation(byte[] jpeg, int orientation) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(jpeg, 0, 2);
    out.writeShort(0xFFE1);
    out.writeShort(2 + 6 + 8 + 2 + 12 + 4);
    out.write("Exif\0\0MM\0*".getBytes(StandardCharsets.US_ASCII));
    out.writeInt(8);
    out.writeShort(1);
    out.writeShort(274);
    out.writeShort(3);
    out.writeInt(1);
    out.writeShort(orientation);
    out.writeShort(0);
    out.writeInt(0);
    out.write(jpeg, 2, jpeg.length - 2);
    return bytes.toByteArray();
  }

  @Test
  void aBombIsRefusedBeforeItIsUnpacked() throws Exception {
    Path bomb = folder.resolve("bomb.png");
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.write(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
    ByteArrayOutputStream header = new ByteArrayOutputStream();
    DataOutputStream head = new DataOutputStream(header);
    head.writeInt(60_000);
    head.writeInt(60_000);
    head.write(new byte[] {8, 6, 0, 0, 0});
    chunk(out, "IHDR", header.toByteArray());
    Deflater deflater = new Deflater();
    deflater.setInput(new byte[1_000_000]);
    deflater.finish();
    byte[] packed = new byte[5000];
    int length = deflater.deflate(packed);
    deflater.end();
    chunk(out, "IDAT", Arrays.copyOf(packed, length));
    chunk(out, "IEND", new byte[0]);
    Files.write(bomb, bytes.toByteArray());
    assertReason(bomb, Failure.Reason.TOO_LARGE);
  }

  private static void chunk(DataOutputStream out, String name, byte[] data) throws Exception {
    CRC32 sum = new CRC32();
    byte[] type = name.getBytes(StandardCharsets.US_ASCII);
    sum.update(type);
    sum.update(data);
    out.writeInt(data.length);
    out.write(type);
    out.write(data);
    out.writeInt((int) sum.getValue());
  }

  private void assertReason(Path source, Failure.Reason reason) {
    Path target = folder.resolve("never.png");
    assertThatThrownBy(() -> Resizer.resize(source, target, Plan.of(10, 10), share -> {}))
        .isInstanceOfSatisfying(
            Failure.class, failure -> assertThat(failure.reason()).isEqualTo(reason));
    assertThat(target).doesNotExist();
  }

  @Test
  void otherFilesAreRefusedWithTheirReason() throws Exception {
    Path webp = folder.resolve("a.webp");
    Files.write(webp, "RIFF\0\0\0\0WEBPVP8 ".getBytes(StandardCharsets.US_ASCII));
    assertReason(webp, Failure.Reason.UNSUPPORTED);
    Path text = folder.resolve("a.png");
    Files.writeString(text, "no picture");
    assertReason(text, Failure.Reason.UNSUPPORTED);
    Path cut = folder.resolve("cut.png");
    byte[] png = Canvas.png(noise(64, 64, 0, 256));
    Files.write(cut, Arrays.copyOf(png, 200));
    assertReason(cut, Failure.Reason.INVALID);
    assertReason(folder.resolve("none.png"), Failure.Reason.NOT_FOUND);
    assertThatThrownBy(() -> Plan.of(0, 5)).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> Plan.of(5, 8001)).isInstanceOf(Failure.class);
  }
}
