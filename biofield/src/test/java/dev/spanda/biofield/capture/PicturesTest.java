package dev.spanda.biofield.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.biofield.Frame;
import dev.spanda.core.Failure;
import java.awt.Point;
import java.awt.image.BufferedImage;
import java.awt.image.DataBuffer;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import javax.imageio.ImageWriteParam;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PicturesTest {

  private static final Consumer<ImageWriteParam> PLAIN = param -> {};
  private static final Consumer<ImageWriteParam> PROGRESSIVE =
      param -> param.setProgressiveMode(ImageWriteParam.MODE_DEFAULT);

  private static void assertRefused(byte[] bytes, Failure.Reason... reasons) {
    assertThatThrownBy(() -> Pictures.decode(bytes))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.subject()).isEqualTo("image");
              assertThat(failure.reason()).isIn((Object[]) reasons);
            });
  }

  private static void assertLikeTheJdk(byte[] bytes) {
    assertThat(Pictures.decode(bytes).frame().pixels()).isEqualTo(Samples.readByTheJdk(bytes));
  }

  @Test
  void jpegHasThePixelsThatTheJdkGives() {
    for (int[] size : new int[][] {{1, 1}, {7, 5}, {64, 48}, {131, 97}}) {
      BufferedImage color = Samples.scene(size[0], size[1], BufferedImage.TYPE_INT_RGB);
      assertLikeTheJdk(Samples.write("jpeg", color, PLAIN));
      assertLikeTheJdk(Samples.write("jpeg", color, PROGRESSIVE));
    }
  }

  @Test
  void grayJpegHasThreeEqualChannels() {
    BufferedImage gray = new BufferedImage(40, 30, BufferedImage.TYPE_BYTE_GRAY);
    for (int i = 0; i < 1200; i++) {
      gray.getRaster().setSample(i % 40, i / 40, 0, i % 40 * 6);
    }
    int[] pixels = Pictures.decode(Samples.write("jpeg", gray, PLAIN)).frame().pixels();
    for (int i = 0; i < pixels.length; i++) {
      int level = pixels[i] & 0xFF;
      assertThat(pixels[i]).isEqualTo(level * 0x010101);
      assertThat(level).isBetween(i % 40 * 6 - 6, i % 40 * 6 + 6);
    }
  }

  private static byte[] adobe(int transform) {
    byte[] content = Arrays.copyOf("Adobe".getBytes(StandardCharsets.US_ASCII), 12);
    content[6] = 100;
    content[11] = (byte) transform;
    return content;
  }

  private static byte[] fourInks(int first, int second, int third, int fourth) {
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 4, new Point(0, 0));
    for (int i = 0; i < 256; i++) {
      raster.setPixel(i % 16, i / 16, new int[] {first, second, third, fourth});
    }
    return Samples.writeBands(raster);
  }

  private static void assertColor(byte[] jpeg, int red, int green, int blue) {
    int rgb = Pictures.decode(jpeg).frame().rgb(8, 8);
    assertThat(rgb >> 16).isBetween(red - 2, red + 2);
    assertThat(rgb >> 8 & 0xFF).isBetween(green - 2, green + 2);
    assertThat(rgb & 0xFF).isBetween(blue - 2, blue + 2);
  }

  @Test
  void cmykJpegBecomesTheComplementOfItsInks() {
    // 20 % cyan, 60 % magenta, no yellow, 25 % black.
    byte[] plain = fourInks(51, 153, 0, 64);
    assertColor(plain, 204 * 191 / 255, 102 * 191 / 255, 191);
    byte[] inverted = Samples.withSegment(fourInks(204, 102, 255, 191), 0xEE, adobe(0));
    assertColor(inverted, 204 * 191 / 255, 102 * 191 / 255, 191);
  }

  @Test
  void ycckJpegBecomesTheComplementOfItsInks() {
    // Inverted inks 200, 100, 50 as YCbCr (T.871) and inverted black 191.
    byte[] jpeg = Samples.withSegment(fourInks(124, 86, 182, 191), 0xEE, adobe(2));
    assertColor(jpeg, 200 * 191 / 255, 100 * 191 / 255, 50 * 191 / 255);
  }

  @Test
  void adobeJpegWithoutTransformIsRgb() {
    WritableRaster raster =
        Raster.createInterleavedRaster(DataBuffer.TYPE_BYTE, 16, 16, 3, new Point(0, 0));
    for (int i = 0; i < 256; i++) {
      raster.setPixel(i % 16, i / 16, new int[] {200, 100, 50});
    }
    assertColor(Samples.withSegment(Samples.writeBands(raster), 0xEE, adobe(0)), 200, 100, 50);
  }

  private static byte[] exif(int orientation, boolean little) {
    ByteBuffer block =
        ByteBuffer.allocate(32).order(little ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    block.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
    block.put((byte) (little ? 'I' : 'M')).put((byte) (little ? 'I' : 'M'));
    block.putShort((short) 42).putInt(8).putShort((short) 1);
    block.putShort((short) 0x0112).putShort((short) 3).putInt(1).putShort((short) orientation);
    return block.array();
  }

  /** Where the stored corners (0, 0) and (width − 1, 0) come to stand: EXIF 2.3, 4.6.4. */
  @ParameterizedTest
  @CsvSource({
    "1, left, top, right, top",
    "2, right, top, left, top",
    "3, right, bottom, left, bottom",
    "4, left, bottom, right, bottom",
    "5, left, top, left, bottom",
    "6, right, top, right, bottom",
    "7, right, bottom, right, top",
    "8, left, bottom, left, top"
  })
  void everyOrientationIsTurnedUpright(
      int orientation, String firstX, String firstY, String lastX, String lastY) {
    BufferedImage stored = new BufferedImage(48, 32, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < 8; y++) {
      for (int x = 0; x < 8; x++) {
        stored.setRGB(x, y, 0xFFFFFF);
        stored.setRGB(40 + x, y, 0xFF0000);
      }
    }
    byte[] jpeg = Samples.write("jpeg", stored, PLAIN);
    for (boolean little : new boolean[] {true, false}) {
      Picture picture = Pictures.decode(Samples.withSegment(jpeg, 0xE1, exif(orientation, little)));
      Frame frame = picture.frame();
      assertThat(picture.orientation()).isEqualTo(orientation);
      assertThat(frame.width()).isEqualTo(orientation >= 5 ? 32 : 48);
      assertThat(frame.height()).isEqualTo(orientation >= 5 ? 48 : 32);
      assertThat(corner(frame, firstX, firstY) & 0xFF).isGreaterThan(150);
      assertThat(corner(frame, lastX, lastY) & 0xFF).isLessThan(100);
      assertThat(corner(frame, lastX, lastY) >> 16).isGreaterThan(150);
    }
    Picture reduced =
        Pictures.decode(
            Samples.withSegment(jpeg, 0xE1, exif(orientation, true)), Pictures.Limits.DEFAULT, 24);
    assertThat(reduced.frame().width()).isEqualTo(orientation >= 5 ? 16 : 24);
    assertThat(corner(reduced.frame(), firstX, firstY) & 0xFF).isGreaterThan(150);
  }

  private static int corner(Frame frame, String side, String end) {
    int inset = Math.min(frame.width(), frame.height()) / 16;
    return frame.rgb(
        side.equals("left") ? inset : frame.width() - 1 - inset,
        end.equals("top") ? inset : frame.height() - 1 - inset);
  }

  @Test
  void anOrientationThatIsNoneIsLeftAlone() {
    byte[] jpeg = Samples.write("jpeg", Samples.scene(16, 8, BufferedImage.TYPE_INT_RGB), PLAIN);
    for (int orientation : new int[] {0, 9, 65535}) {
      byte[] bytes = Samples.withSegment(jpeg, 0xE1, exif(orientation, true));
      assertThat(Pictures.decode(bytes).orientation()).isEqualTo(1);
    }
    byte[] cut = Samples.withSegment(jpeg, 0xE1, Arrays.copyOf(exif(6, true), 17));
    assertThat(Pictures.decode(cut).orientation()).isEqualTo(1);
  }

  private static List<BufferedImage> everyKindOfPng(int width, int height) {
    List<BufferedImage> images = new ArrayList<>();
    for (int type :
        new int[] {
          BufferedImage.TYPE_INT_RGB, BufferedImage.TYPE_INT_ARGB,
          BufferedImage.TYPE_BYTE_INDEXED, BufferedImage.TYPE_BYTE_BINARY
        }) {
      images.add(Samples.scene(width, height, type));
    }
    for (int bits = 2; bits <= 4; bits *= 2) {
      byte[] levels = new byte[1 << bits];
      byte[] others = new byte[1 << bits];
      for (int i = 0; i < levels.length; i++) {
        levels[i] = (byte) (i * 255 / (levels.length - 1));
        others[i] = (byte) (255 - levels[i]);
      }
      IndexColorModel colors = new IndexColorModel(bits, levels.length, levels, others, levels);
      BufferedImage image =
          new BufferedImage(width, height, BufferedImage.TYPE_BYTE_BINARY, colors);
      for (int i = 0; i < width * height; i++) {
        image.getRaster().setSample(i % width, i / width, 0, i * 7 % levels.length);
      }
      images.add(image);
    }
    return images;
  }

  @ParameterizedTest
  @CsvSource({"1, 1", "3, 2", "8, 8", "37, 29", "160, 90"})
  void pngHasThePixelsThatTheJdkGives(int width, int height) {
    for (BufferedImage image : everyKindOfPng(width, height)) {
      assertLikeTheJdk(Samples.write("png", image, PLAIN));
      assertLikeTheJdk(Samples.write("png", image, PROGRESSIVE));
    }
  }

  @Test
  void sixteenBitsBecomeTheNearestOfEight() {
    BufferedImage image = new BufferedImage(64, 4, BufferedImage.TYPE_USHORT_GRAY);
    for (int i = 0; i < 256; i++) {
      image.getRaster().setSample(i % 64, i / 64, 0, i * 257 + (i == 0 ? 100 : -100));
    }
    for (Consumer<ImageWriteParam> settings : List.of(PLAIN, PROGRESSIVE)) {
      int[] pixels = Pictures.decode(Samples.write("png", image, settings)).frame().pixels();
      for (int i = 0; i < 256; i++) {
        assertThat(pixels[i]).isEqualTo(i * 0x010101);
      }
    }
  }

  @Test
  void whatIsTransparentIsLaidOnBlack() {
    BufferedImage image = new BufferedImage(3, 1, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, 0x00FFFFFF);
    image.setRGB(1, 0, 0x80FF8000);
    image.setRGB(2, 0, 0xFF123456);
    assertThat(Pictures.decode(Samples.write("png", image, PLAIN)).frame().pixels())
        .containsExactly(0, 0x804000, 0x123456);
  }

  @Test
  void bmpHasThePixelsThatTheJdkGives() {
    for (int[] size : new int[][] {{1, 1}, {5, 3}, {33, 17}, {120, 61}}) {
      for (int type :
          new int[] {
            BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_BYTE_INDEXED,
            BufferedImage.TYPE_BYTE_BINARY, BufferedImage.TYPE_USHORT_555_RGB,
            BufferedImage.TYPE_USHORT_565_RGB, BufferedImage.TYPE_INT_RGB
          }) {
        byte[] bytes = Samples.write("bmp", Samples.scene(size[0], size[1], type), PLAIN);
        assertLikeTheJdk(bytes);
      }
      if (size[0] == 1) {
        // The JDK's writer fails on runs in a single column.
        continue;
      }
      BufferedImage eight = Samples.scene(size[0], size[1], BufferedImage.TYPE_BYTE_INDEXED);
      assertLikeTheJdk(Samples.write("bmp", eight, param -> compress(param, "BI_RLE8")));
      BufferedImage four = everyKindOfPng(size[0], size[1]).get(5);
      assertLikeTheJdk(Samples.write("bmp", four, param -> compress(param, "BI_RLE4")));
    }
  }

  private static void compress(ImageWriteParam param, String type) {
    param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
    param.setCompressionType(type);
  }

  private static ByteBuffer bmp(int width, int height, int bits, int compression, int dataLength) {
    ByteBuffer bytes = ByteBuffer.allocate(54 + dataLength).order(ByteOrder.LITTLE_ENDIAN);
    bytes.put((byte) 'B').put((byte) 'M').putInt(54 + dataLength).putInt(0).putInt(54);
    bytes.putInt(40).putInt(width).putInt(height).putShort((short) 1).putShort((short) bits);
    bytes.putInt(compression).putInt(0).putInt(0).putInt(0).putInt(0).putInt(0);
    return bytes;
  }

  @Test
  void bmpMayStandOnItsHeadAndHave32Bits() {
    byte[] bytes =
        bmp(2, -2, 32, 0, 16)
            .putInt(0x112233)
            .putInt(0x445566)
            .putInt(0x778899)
            .putInt(0xFF)
            .array();
    assertThat(Pictures.decode(bytes).frame().pixels())
        .containsExactly(0x112233, 0x445566, 0x778899, 0xFF);
    bytes[22] = 2;
    bytes[23] = 0;
    bytes[24] = 0;
    bytes[25] = 0;
    assertThat(Pictures.decode(bytes).frame().pixels())
        .containsExactly(0x778899, 0xFF, 0x112233, 0x445566);
  }

  @Test
  void aPictureThatIsCutOffIsRefusedWhereverItIsCut() {
    BufferedImage image = Samples.scene(64, 48, BufferedImage.TYPE_INT_RGB);
    for (byte[] whole :
        List.of(
            Samples.write("jpeg", image, PLAIN),
            Samples.write("jpeg", image, PROGRESSIVE),
            Samples.write("png", image, PLAIN),
            Samples.write("png", image, PROGRESSIVE),
            Samples.write("bmp", Samples.scene(64, 48, BufferedImage.TYPE_3BYTE_BGR), PLAIN))) {
      // The last twelve bytes of a PNG hold no pixel.
      int end = whole.length - (whole[1] == 'P' ? 12 : 0);
      int step = Math.max(1, end / 300);
      for (int length = 0; length < end; length += step) {
        assertRefused(
            Arrays.copyOf(whole, length), Failure.Reason.INVALID, Failure.Reason.UNSUPPORTED);
      }
      assertRefused(
          Arrays.copyOf(whole, end - 1), Failure.Reason.INVALID, Failure.Reason.UNSUPPORTED);
    }
  }

  @Test
  void aDamagedPictureIsAPictureOrAFailure() {
    Random random = new Random(31);
    BufferedImage image = Samples.scene(40, 24, BufferedImage.TYPE_INT_RGB);
    BufferedImage indexed = Samples.scene(40, 24, BufferedImage.TYPE_BYTE_INDEXED);
    List<byte[]> files =
        List.of(
            Samples.write("jpeg", image, PLAIN),
            Samples.write("jpeg", image, PROGRESSIVE),
            Samples.write("png", image, PROGRESSIVE),
            Samples.write("bmp", Samples.scene(40, 24, BufferedImage.TYPE_3BYTE_BGR), PLAIN),
            Samples.write("bmp", indexed, param -> compress(param, "BI_RLE8")));
    Pictures.Limits small = new Pictures.Limits(1 << 20, 1 << 20);
    int pictures = 0;
    for (int round = 0; round < 3000; round++) {
      byte[] bytes = files.get(round % files.size()).clone();
      for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
        int reach = random.nextBoolean() ? Math.min(bytes.length, 64) : bytes.length;
        bytes[random.nextInt(reach)] = (byte) random.nextInt();
      }
      try {
        Picture picture = Pictures.decode(bytes, small);
        assertThat(picture.frame().area()).isLessThanOrEqualTo(1 << 20);
        pictures++;
      } catch (Failure failure) {
        assertThat(failure.subject()).isEqualTo("image");
      }
    }
    assertThat(pictures).isBetween(1, 2999);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "B", "GIF89a", "<svg xmlns=", "RIFF....WEBPVP8 ", "%PDF-1.7"})
  void otherFormatsAreNotRead(String start) {
    assertRefused(start.getBytes(StandardCharsets.ISO_8859_1), Failure.Reason.UNSUPPORTED);
  }

  private static byte[] png(int width, int height, int depth, int type, byte[] packed) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10});
    byte[] header = {(byte) depth, (byte) type, 0, 0, 0};
    chunk(out, "IHDR", ByteBuffer.allocate(13).putInt(width).putInt(height).put(header).array());
    chunk(out, "IDAT", packed);
    chunk(out, "IEND", new byte[0]);
    return out.toByteArray();
  }

  private static void chunk(ByteArrayOutputStream out, String name, byte[] data) {
    byte[] kind = name.getBytes(StandardCharsets.US_ASCII);
    CRC32 sum = new CRC32();
    sum.update(kind);
    sum.update(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt(data.length).array());
    out.writeBytes(kind);
    out.writeBytes(data);
    out.writeBytes(ByteBuffer.allocate(4).putInt((int) sum.getValue()).array());
  }

  private static byte[] zeros(int count) {
    Deflater deflater = new Deflater(9);
    byte[] packed = new byte[count / 500 + 1000];
    deflater.setInput(new byte[count]);
    deflater.finish();
    int length = deflater.deflate(packed);
    deflater.end();
    return Arrays.copyOf(packed, length);
  }

  @Test
  void a20000By20000PictureIsTooLarge() {
    assertRefused(png(20_000, 20_000, 1, 0, zeros(1000)), Failure.Reason.TOO_LARGE);
    assertRefused(bmp(20_000, 20_000, 8, 1, 64).array(), Failure.Reason.INVALID);
    ByteBuffer runs = bmp(20_000, 20_000, 8, 1, 1100);
    runs.putInt(10, 54 + 1024);
    assertRefused(runs.array(), Failure.Reason.TOO_LARGE);
    byte[] jpeg = Samples.write("jpeg", Samples.scene(8, 8, BufferedImage.TYPE_INT_RGB), PLAIN);
    for (int i = 0; i < jpeg.length; i++) {
      if (jpeg[i] == (byte) 0xFF && jpeg[i + 1] == (byte) 0xC0) {
        ByteBuffer.wrap(jpeg).putShort(i + 5, (short) 20_000).putShort(i + 7, (short) 20_000);
        break;
      }
    }
    assertRefused(jpeg, Failure.Reason.TOO_LARGE);
  }

  @Test
  void aSideBeyondThatOfAFrameIsTooLarge() {
    assertRefused(png(70_000, 1, 1, 0, zeros(8751)), Failure.Reason.TOO_LARGE);
  }

  @Test
  void aSmallFileOfManyPixelsIsDecodedOrRefusedAndNeverExhaustsTheHeap() {
    byte[] bomb = png(4000, 4000, 1, 0, zeros(501 * 4000));
    assertThat(bomb.length).isLessThan(10_000);
    Frame frame = Pictures.decode(bomb).frame();
    assertThat(frame.area()).isEqualTo(16_000_000);
    assertThat(Pictures.decode(bomb, Pictures.Limits.DEFAULT, 100).frame().width()).isEqualTo(100);
    assertThatThrownBy(() -> Pictures.decode(bomb, new Pictures.Limits(20_000, 15_999_999)))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.reason()).isEqualTo(Failure.Reason.TOO_LARGE));
  }

  @Test
  void notesOfAnySizeAreNotUnpacked() {
    byte[] plain = png(2, 2, 8, 0, zeros(6));
    ByteArrayOutputStream note = new ByteArrayOutputStream();
    note.write('n');
    note.write(0);
    note.write(0);
    note.writeBytes(zeros(50_000_000));
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(plain, 0, 33);
    chunk(out, "zTXt", note.toByteArray());
    chunk(out, "iCCP", note.toByteArray());
    out.write(plain, 33, plain.length - 33);
    assertThat(Pictures.decode(out.toByteArray()).frame().pixels()).containsOnly(0);
  }

  @Test
  void moreScansThanAPictureNeedsAreRefused() {
    byte[] jpeg =
        Samples.write("jpeg", Samples.scene(16, 16, BufferedImage.TYPE_INT_RGB), PROGRESSIVE);
    byte[] scan = {(byte) 0xFF, (byte) 0xDA, 0, 8, 1, 1, 0, 0, 0, 0};
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(jpeg, 0, jpeg.length - 2);
    for (int i = 0; i < JpegDecoder.MOST_SCANS; i++) {
      out.writeBytes(scan);
    }
    out.write(jpeg, jpeg.length - 2, 2);
    assertRefused(out.toByteArray(), Failure.Reason.UNSUPPORTED);
  }

  @Test
  void moreBytesThanTheLimitAreTooMany() {
    assertRefused(new byte[10 * 1024 * 1024 + 1], Failure.Reason.TOO_LARGE);
  }

  @Test
  void aBlockThatIsAveragedIsItsRoundedMean() {
    BufferedImage image = Samples.scene(101, 67, BufferedImage.TYPE_INT_RGB);
    byte[] png = Samples.write("png", image, PLAIN);
    for (int side : new int[] {101, 51, 50, 34, 7, 1}) {
      Frame frame = Pictures.decode(png, Pictures.Limits.DEFAULT, side).frame();
      int factor = Math.min(67, (101 + side - 1) / side);
      assertThat(frame.width()).isEqualTo(101 / factor);
      assertThat(frame.height()).isEqualTo(67 / factor);
      int sum = 0;
      for (int y = 0; y < factor; y++) {
        for (int x = 0; x < factor; x++) {
          sum += image.getRGB(x, y) & 0xFF;
        }
      }
      assertThat(frame.rgb(0, 0) & 0xFF)
          .isEqualTo((int) Math.floor((double) sum / factor / factor + 0.5));
    }
  }

  @Test
  void aReducedJpegIsCloseToTheMeansOfTheWholeOne() {
    byte[] jpeg = Samples.write("jpeg", Samples.scene(120, 80, BufferedImage.TYPE_INT_RGB), PLAIN);
    for (int side : new int[] {60, 40}) {
      Frame half = Pictures.decode(jpeg, Pictures.Limits.DEFAULT, side).frame();
      Frame means =
          Frame.of(
              half.width(),
              half.height(),
              Reduction.of(Pictures.decode(jpeg).frame().pixels(), 120, 80, 120 / side));
      for (int i = 0; i < half.area(); i++) {
        for (int shift = 0; shift <= 16; shift += 8) {
          int difference = (half.pixels()[i] >> shift & 0xFF) - (means.pixels()[i] >> shift & 0xFF);
          // Clipping of single pixels comes before one mean and after the other.
          assertThat(Math.abs(difference)).isLessThanOrEqualTo(12);
        }
      }
    }
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    Frame frame = Samples.frame(Samples.scene(90, 70, BufferedImage.TYPE_INT_RGB));
    byte[] png = Pictures.png(frame);
    assertThat(Pictures.decode(png).frame().pixels()).isEqualTo(frame.pixels());
    assertLikeTheJdk(png);
    byte[] jpeg = Pictures.jpeg(frame, 0.9);
    assertLikeTheJdk(jpeg);
    assertThat(Pictures.decode(jpeg).format()).isEqualTo(Picture.Format.JPEG);
    assertThat(Pictures.jpeg(frame, 0.2).length).isLessThan(jpeg.length);
    assertThatThrownBy(() -> Pictures.jpeg(frame, 1.1)).isInstanceOf(Failure.class);
  }

  @Test
  void aThumbnailKeepsTheShapeAndTheMean() {
    Frame frame = Samples.frame(Samples.scene(300, 200, BufferedImage.TYPE_INT_RGB));
    Frame small = Pictures.thumbnail(frame, 128);
    assertThat(small.width()).isEqualTo(128);
    assertThat(small.height()).isEqualTo(85);
    double mean = Arrays.stream(frame.pixels()).map(rgb -> rgb >> 16).average().orElseThrow();
    double smallMean = Arrays.stream(small.pixels()).map(rgb -> rgb >> 16).average().orElseThrow();
    assertThat(smallMean).isBetween(mean - 2, mean + 2);
    assertThat(Pictures.thumbnail(frame, 300)).isSameAs(frame);
    assertThat(Pictures.thumbnail(Frame.of(4000, 1, new int[4000]), 100).height()).isEqualTo(1);
  }

  @Test
  void aDataUrlIsReadWhateverItsTypeSays() {
    byte[] bytes = {1, 2, 3, 4};
    String url = Pictures.dataUrl(Picture.Format.JPEG, bytes);
    assertThat(url).isEqualTo("data:image/jpeg;base64,AQIDBA==");
    assertThat(Pictures.fromDataUrl(url, Pictures.Limits.DEFAULT)).isEqualTo(bytes);
    assertThat(
            Pictures.fromDataUrl(
                "DATA:image/png;charset=x;BASE64,AQIDBA==", Pictures.Limits.DEFAULT))
        .isEqualTo(bytes);
    assertThat(Pictures.fromDataUrl("data:;base64,AQIDBA==", Pictures.Limits.DEFAULT))
        .isEqualTo(bytes);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "AQIDBA==", "data:", "data:image/jpeg,AQID", "data:image/jpeg;base64,A*ID"})
  void whatIsNoDataUrlIsRefused(String text) {
    assertThatThrownBy(() -> Pictures.fromDataUrl(text, Pictures.Limits.DEFAULT))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.reason()).isEqualTo(Failure.Reason.INVALID));
  }

  @Test
  void aDataUrlThatIsTooLongIsNotUnpacked() {
    String url = "data:image/png;base64," + "A".repeat(4000);
    assertThatThrownBy(() -> Pictures.fromDataUrl(url, new Pictures.Limits(2000, 100)))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> assertThat(failure.reason()).isEqualTo(Failure.Reason.TOO_LARGE));
  }
}
