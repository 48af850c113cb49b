package dev.spanda.media.canvas;

import dev.spanda.core.Failure;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBufferInt;
import java.awt.image.IndexColorModel;
import java.awt.image.Raster;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;

/** Reads picture files as pixels of straight alpha, upright. */
final class PictureReader {

  /** What was read, and the format in which it would be written again. */
  record Picture(BufferedImage image, Resizer.Format format) {}

  /** What is looked at before the file is unpacked. */
  private static final int HEAD = 256 * 1024;

  private PictureReader() {}

  static Picture read(Path source) {
    if (!Files.isRegularFile(source)) {
      throw Failure.notFound("picture", String.valueOf(source.getFileName()));
    }
    try {
      byte[] head;
      try (InputStream in = Files.newInputStream(source)) {
        head = in.readNBytes(HEAD);
      }
      String kind = kind(head);
      BufferedImage image = decode(source, kind);
      int[] upright = turn(pixels(image), image.getWidth(), image.getHeight(), head);
      boolean swapped = orientation(head) >= 5;
      return new Picture(
          image(
              upright,
              swapped ? image.getHeight() : image.getWidth(),
              swapped ? image.getWidth() : image.getHeight()),
          kind.equals("gif") ? Resizer.Format.PNG : Resizer.Format.parse(kind));
    } catch (IOException broken) {
      throw damaged(broken);
    }
  }

  private static Failure damaged(Exception cause) {
    return Failure.of(
            Failure.Reason.INVALID, "picture", "The picture is damaged and cannot be read")
        .causedBy(cause);
  }

  private static boolean begins(byte[] head, int at, String magic) {
    for (int index = 0; index < magic.length(); index++) {
      if (at + index >= head.length || (head[at + index] & 0xFF) != magic.charAt(index)) {
        return false;
      }
    }
    return true;
  }

  /** The kind of a file by its first bytes, whatever it is called. */
  private static String kind(byte[] head) {
    if (begins(head, 0, "\u0089PNG\r\n\u001a\n")) {
      return "png";
    }
    if (begins(head, 0, "\u00ff\u00d8\u00ff")) {
      return "jpeg";
    }
    if (begins(head, 0, "GIF8")) {
      return "gif";
    }
    if (begins(head, 0, "BM")) {
      return "bmp";
    }
    String what = begins(head, 0, "RIFF") && begins(head, 8, "WEBP") ? "WebP" : "this kind";
    throw Failure.of(
            Failure.Reason.UNSUPPORTED,
            "picture",
            "Pictures of " + what + " are not read; allowed are PNG, JPEG, BMP and GIF")
        .with(Failure.ALLOWED_VALUES, List.of("png", "jpeg", "bmp", "gif"));
  }

  private static BufferedImage decode(Path source, String kind) throws IOException {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(kind);
    if (!readers.hasNext()) {
      throw Failure.of(
          Failure.Reason.UNAVAILABLE, "picture", "This Java runtime has no reader for " + kind);
    }
    ImageReader reader = readers.next();
    try (ImageInputStream in = new FileImageInputStream(source.toFile())) {
      reader.setInput(in, false, true);
      long pixels = (long) reader.getWidth(0) * reader.getHeight(0);
      if (pixels > Resizer.MOST_PIXELS) {
        throw Failure.of(
                Failure.Reason.TOO_LARGE,
                "picture",
                "The picture has " + pixels + " pixels; allowed are at most " + Resizer.MOST_PIXELS)
            .with(Failure.PROVIDED_VALUE, pixels)
            .with(Failure.MAX_VALUE, Resizer.MOST_PIXELS);
      }
      if (kind.equals("gif") && animated(reader)) {
        throw Failure.of(Failure.Reason.UNSUPPORTED, "picture", "A GIF must hold one picture only");
      }
      return reader.read(0);
    } catch (Failure refusal) {
      throw refusal;
    } catch (IOException | RuntimeException broken) {
      String message = String.valueOf(broken.getMessage());
      if (message.contains("Unsupported Image Type")) {
        throw Failure.of(
                Failure.Reason.UNSUPPORTED, "picture", "JPEG files must be grey or RGB, not CMYK")
            .causedBy(broken);
      }
      throw damaged(broken);
    } finally {
      reader.dispose();
    }
  }

  private static boolean animated(ImageReader reader) {
    try {
      return reader.getWidth(1) > 0;
    } catch (IndexOutOfBoundsException | IOException onlyOne) {
      return false;
    }
  }

  /** An image of pixels, which it keeps. */
  static BufferedImage image(int[] pixels, int width, int height) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    System.arraycopy(
        pixels, 0, ((DataBufferInt) image.getRaster().getDataBuffer()).getData(), 0, pixels.length);
    return image;
  }

  /** The pixels of an image of any kind; possibly the image's own array, to be read only. */
  static int[] pixels(BufferedImage image) {
    int width = image.getWidth();
    int height = image.getHeight();
    if (image.getType() == BufferedImage.TYPE_INT_ARGB
        && image.getRaster().getParent() == null
        && image.getRaster().getDataBuffer().getSize() == width * height) {
      return ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    }
    ColorModel model = image.getColorModel();
    if (model.getColorSpace().getType() == ColorSpace.TYPE_GRAY
        && !(model instanceof IndexColorModel)) {
      return grey(image, width, height);
    }
    return image.getRGB(0, 0, width, height, null, 0, width);
  }

  /** Grey values as they stand in the file: the platform takes them for linear light. */
  private static int[] grey(BufferedImage image, int width, int height) {
    Raster raster = image.getRaster();
    int bands = raster.getNumBands();
    int bits = image.getColorModel().getComponentSize(0);
    double scale = 255.0 / ((1 << bits) - 1);
    int[] row = new int[width * bands];
    int[] pixels = new int[width * height];
    for (int y = 0; y < height; y++) {
      raster.getPixels(0, y, width, 1, row);
      for (int x = 0; x < width; x++) {
        int value = (int) Math.round(row[x * bands] * scale);
        int alpha = bands > 1 ? (int) Math.round(row[x * bands + 1] * scale) : 255;
        pixels[y * width + x] = alpha << 24 | value * 0x010101;
      }
    }
    return pixels;
  }

  private static int[] turn(int[] pixels, int width, int height, byte[] head) {
    int orientation = orientation(head);
    if (orientation <= 1) {
      return pixels;
    }
    boolean swapped = orientation >= 5;
    int newWidth = swapped ? height : width;
    int newHeight = swapped ? width : height;
    int[] turned = new int[pixels.length];
    for (int y = 0; y < newHeight; y++) {
      for (int x = 0; x < newWidth; x++) {
        int oldX =
            switch (orientation) {
              case 2, 3 -> width - 1 - x;
              case 5, 6 -> y;
              case 7, 8 -> width - 1 - y;
              default -> x;
            };
        int oldY =
            switch (orientation) {
              case 3, 4 -> height - 1 - y;
              case 5, 8 -> x;
              case 6, 7 -> height - 1 - x;
              default -> y;
            };
        turned[y * newWidth + x] = pixels[oldY * width + oldX];
      }
    }
    return turned;
  }

  /** EXIF 2.3, tag 274: from 1 (upright) to 8; 1 when nothing is said. */
  static int orientation(byte[] head) {
    try {
      ByteBuffer data = ByteBuffer.wrap(head);
      if (begins(head, 0, "\u00ff\u00d8")) {
        int at = 2;
        while (at + 4 <= head.length && (head[at] & 0xFF) == 0xFF) {
          int marker = head[at + 1] & 0xFF;
          int length = data.getShort(at + 2) & 0xFFFF;
          if (marker == 0xE1 && begins(head, at + 4, "Exif\0\0")) {
            return inTiff(head, at + 10);
          }
          if (marker == 0xDA || length < 2) {
            return 1;
          }
          at += 2 + length;
        }
      } else if (begins(head, 1, "PNG")) {
        long at = 8;
        while (at + 12 <= head.length) {
          if (begins(head, (int) at + 4, "eXIf")) {
            return inTiff(head, (int) at + 8);
          }
          at += 12 + (data.getInt((int) at) & 0xFFFFFFFFL);
        }
      }
      return 1;
    } catch (IndexOutOfBoundsException cut) {
      return 1;
    }
  }

  private static int inTiff(byte[] head, int start) {
    ByteBuffer data = ByteBuffer.wrap(head);
    data.order(head[start] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
    int directory = start + data.getInt(start + 4);
    int entries = data.getShort(directory) & 0xFFFF;
    for (int entry = 0; entry < entries; entry++) {
      int at = directory + 2 + 12 * entry;
      if ((data.getShort(at) & 0xFFFF) == 274) {
        int value = data.getShort(at + 8) & 0xFFFF;
        return value >= 1 && value <= 8 ? value : 1;
      }
    }
    return 1;
  }
}
