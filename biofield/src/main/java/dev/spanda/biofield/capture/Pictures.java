package dev.spanda.biofield.capture;

import dev.spanda.biofield.Frame;
import dev.spanda.core.Failure;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.Semaphore;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Frames from the bytes of JPEG, PNG and BMP pictures, and bytes from frames.
 *
 * <p>The format is told by the first bytes, whatever the sender calls it. The size is read from the
 * header and held against the limits before a pixel is decoded. All failures have the subject
 * {@code image}:
 *
 * <table>
 * <caption>Failures</caption>
 * <tr><th>reason</th><th>when</th></tr>
 * <tr><td>UNSUPPORTED</td><td>another format, or a kind of these three that is not read:
 * lossless, arithmetic-coded and 12-bit JPEG, BMP with a JPEG inside</td></tr>
 * <tr><td>INVALID</td><td>damaged or cut off, however late; a picture is whole or refused</td></tr>
 * <tr><td>TOO_LARGE</td><td>more bytes or pixels than the limits, a side above 65 535, or more memory than a quarter of
 * the heap</td></tr>
 * </table>
 *
 * <p>Memory: a decode takes the result's 4 bytes a pixel and 1 (PNG, BMP) to 12 (progressive CMYK)
 * more while it lasts. All decodes of the process together take at most half of the heap: further
 * ones wait for their turn.
 *
 * <p>Colours are taken as stored: embedded profiles are not applied. Transparent pixels are laid on
 * black. The EXIF orientation is applied. Thread-safe; nothing is kept between calls.
 */
public final class Pictures {

  static final String SUBJECT = "image";

  private static final int KILO = 1024;
  private static final int BUDGET_KB =
      (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 2 / KILO);
  private static final Semaphore BUDGET = new Semaphore(BUDGET_KB, true);

  private static final String DATA = "data:";
  private static final String BASE64 = ";base64,";

  private Pictures() {}

  /**
   * How large a picture may be.
   *
   * @param bytes the most bytes, 1 or more, default 10 MiB
   * @param pixels the most pixels, 1 to 64 000 000, default 64 000 000
   */
  public record Limits(int bytes, int pixels) {

    /** 10 MiB and 64 megapixels. */
    public static final Limits DEFAULT = new Limits(10 * KILO * KILO, 64_000_000);

    /** Checks the limits. */
    public Limits {
      if (bytes < 1 || pixels < 1 || pixels > 64_000_000) {
        throw new IllegalArgumentException(bytes + " bytes, " + pixels + " pixels");
      }
    }
  }

  /**
   * The picture at full size, within {@link Limits#DEFAULT}.
   *
   * @param bytes a whole file; not modified
   * @throws Failure as the table above says
   */
  public static Picture decode(byte[] bytes) {
    return decode(bytes, Limits.DEFAULT);
  }

  /**
   * The picture at full size.
   *
   * @param bytes a whole file; not modified
   * @throws Failure as the table above says
   */
  public static Picture decode(byte[] bytes, Limits limits) {
    return decode(bytes, limits, Integer.MAX_VALUE);
  }

  /**
   * The picture, reduced by the smallest whole factor that brings its longer side to {@code
   * longestSide} pixels or fewer: each pixel is the mean of a square block, and columns and rows
   * that do not fill a block are left out. A JPEG's blocks are averaged before they become colours,
   * which saves most of the work after the JDK's own.
   *
   * @param bytes a whole file; not modified
   * @param longestSide 1 or more
   * @throws Failure as the table above says
   */
  public static Picture decode(byte[] bytes, Limits limits, int longestSide) {
    if (longestSide < 1) {
      throw new IllegalArgumentException("longest side " + longestSide);
    }
    if (bytes.length > limits.bytes()) {
      throw Failure.of(
              Failure.Reason.TOO_LARGE,
              SUBJECT,
              "Image has " + bytes.length + " bytes; at most " + limits.bytes() + " are taken")
          .with(Failure.PROVIDED_VALUE, bytes.length)
          .with(Failure.MAX_VALUE, limits.bytes());
    }
    Picture.Format format = format(bytes);
    Decoder decoder =
        switch (format) {
          case JPEG -> JpegDecoder.open(bytes);
          case PNG -> PngDecoder.open(bytes);
          case BMP -> BmpDecoder.open(bytes);
        };
    int width = decoder.width();
    int height = decoder.height();
    long count = (long) width * height;
    if (count > limits.pixels() || Math.max(width, height) > Frame.LONGEST_SIDE) {
      throw Failure.of(
              Failure.Reason.TOO_LARGE,
              SUBJECT,
              "Image has "
                  + width
                  + "×"
                  + height
                  + " pixels; at most "
                  + limits.pixels()
                  + " are taken")
          .with(Failure.PROVIDED_VALUE, count)
          .with(Failure.MAX_VALUE, limits.pixels());
    }
    int longer = Math.max(width, height);
    int factor = (int) (((long) longer + longestSide - 1) / longestSide);
    factor = Math.max(1, Math.min(factor, Math.min(width, height)));
    int[] pixels = withinBudget(decoder, count, factor);
    boolean turned = decoder.orientation() >= 5;
    int columns = (turned ? height : width) / factor;
    int rows = (turned ? width : height) / factor;
    return new Picture(
        Frame.wrap(columns, rows, pixels), format, width, height, decoder.orientation());
  }

  private static int[] withinBudget(Decoder decoder, long count, int factor) {
    long kilobytes = (count * decoder.bytesPerPixel() + KILO - 1) / KILO;
    if (kilobytes > BUDGET_KB / 2) {
      throw Failure.of(
              Failure.Reason.TOO_LARGE,
              SUBJECT,
              "Image needs "
                  + kilobytes / KILO
                  + " MB to be decoded; at most "
                  + BUDGET_KB / 2 / KILO
                  + " MB, a quarter of the heap, are given to one")
          .with(Failure.PROVIDED_VALUE, kilobytes * KILO)
          .with(Failure.MAX_VALUE, BUDGET_KB / 2L * KILO);
    }
    BUDGET.acquireUninterruptibly((int) kilobytes);
    try {
      return decoder.decode(factor);
    } finally {
      BUDGET.release((int) kilobytes);
    }
  }

  private static Picture.Format format(byte[] bytes) {
    if (PngDecoder.matches(bytes)) {
      return Picture.Format.PNG;
    }
    if (bytes.length >= 3
        && bytes[0] == (byte) 0xFF
        && bytes[1] == (byte) 0xD8
        && bytes[2] == (byte) 0xFF) {
      return Picture.Format.JPEG;
    }
    if (bytes.length >= 2 && bytes[0] == 'B' && bytes[1] == 'M') {
      return Picture.Format.BMP;
    }
    throw Failure.of(
            Failure.Reason.UNSUPPORTED, SUBJECT, "The bytes begin as no JPEG, PNG or BMP does")
        .with(Failure.ALLOWED_VALUES, List.of("JPEG", "PNG", "BMP"));
  }

  /**
   * The bytes in a data URL such as {@code data:image/jpeg;base64,/9j/4AAQ…}. The media type is not
   * believed: what the bytes are is seen when they are decoded.
   *
   * @param limits the text may be as long as the most bytes are in base 64
   * @throws Failure INVALID when the text is no base-64 data URL; TOO_LARGE when it is too long
   */
  public static byte[] fromDataUrl(String text, Limits limits) {
    int comma = text.regionMatches(true, 0, DATA, 0, DATA.length()) ? text.indexOf(',') : -1;
    int mark = comma + 1 - BASE64.length();
    if (comma < 0 || mark < 0 || !text.regionMatches(true, mark, BASE64, 0, BASE64.length())) {
      throw Failure.invalid(
          SUBJECT, text, "Image must be a data URL such as data:image/jpeg;base64,…");
    }
    long length = text.length() - comma - 1L;
    if (length / 4 * 3 > limits.bytes() + 3L) {
      throw Failure.of(
              Failure.Reason.TOO_LARGE,
              SUBJECT,
              "Image has about "
                  + length / 4 * 3
                  + " bytes; at most "
                  + limits.bytes()
                  + " are taken")
          .with(Failure.MAX_VALUE, limits.bytes());
    }
    try {
      return Base64.getDecoder().decode(text.substring(comma + 1));
    } catch (IllegalArgumentException e) {
      throw Failure.invalid(SUBJECT, text, "Image's data URL is not in base 64").causedBy(e);
    }
  }

  /** A data URL of the bytes of a file. */
  public static String dataUrl(Picture.Format format, byte[] bytes) {
    return DATA + format.mediaType() + BASE64 + Base64.getEncoder().encodeToString(bytes);
  }

  /** The frame as an 8-bit RGB PNG, without loss. */
  public static byte[] png(Frame frame) {
    return PngEncoder.encode(frame);
  }

  /**
   * The frame as a baseline JPEG with colours at half size.
   *
   * @param quality 0 (smallest) to 1 (best); 0.8 is usual
   * @throws Failure INVALID when the quality is out of its range
   */
  public static byte[] jpeg(Frame frame, double quality) {
    Failure.requireInRange("quality", "Quality", quality, 0, 1, "");
    BufferedImage image =
        new BufferedImage(frame.width(), frame.height(), BufferedImage.TYPE_INT_RGB);
    int[] target = ((DataBufferInt) image.getRaster().getDataBuffer()).getData();
    System.arraycopy(frame.pixels(), 0, target, 0, target.length);
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(target.length / 4 + KILO);
    try (MemoryCacheImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality((float) quality);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), param);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /**
   * The frame reduced so that its longer side has at most so many pixels: means of whole blocks
   * first, then bilinear for the rest. A frame that is small enough is returned itself.
   *
   * @param longestSide 1 to 4096
   * @throws Failure INVALID when the side is out of its range
   */
  public static Frame thumbnail(Frame frame, int longestSide) {
    Failure.requireInRange("longest_side", "Longest side", longestSide, 1, 4096, "pixels");
    int longer = Math.max(frame.width(), frame.height());
    if (longer <= longestSide) {
      return frame;
    }
    int factor =
        Math.max(1, Math.min(longer / longestSide, Math.min(frame.width(), frame.height())));
    int width = frame.width() / factor;
    int height = frame.height() / factor;
    int[] reduced = Reduction.of(frame.pixels(), frame.width(), frame.height(), factor);
    int columns = Math.max(1, (int) Math.round((double) frame.width() * longestSide / longer));
    int rows = Math.max(1, (int) Math.round((double) frame.height() * longestSide / longer));
    return Frame.wrap(columns, rows, Reduction.bilinear(reduced, width, height, columns, rows));
  }
}
