package dev.spanda.biofield.capture;

import java.awt.image.DataBufferByte;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.event.IIOReadWarningListener;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;
import org.jspecify.annotations.Nullable;

/**
 * JPEG: the segments are read here, the coefficients by the JDK, and the colours are made here.
 *
 * <p>The JDK is given the tables and the scans alone, without the notes, previews and colour
 * profiles of the APPn segments, and is asked for the stored components. They become colours by the
 * integers of libjpeg's own conversion (ITU-T T.871, section 7), so that a picture has the same
 * pixels as with {@code ImageIO.read}, in less time, and grey and CMYK pictures, which {@code read}
 * refuses or bends, need no other way.
 *
 * <p>Segments: ITU-T T.81, annex B. Adobe's segment: Adobe Technical Note 5116, section 18.
 */
final class JpegDecoder implements Decoder {

  /**
   * More scans than this are refused. The usual progressive script has ten; thousands of empty ones
   * would be decoded for minutes.
   */
  static final int MOST_SCANS = 100;

  private static final int[] RED_OF_CR = new int[256];
  private static final int[] BLUE_OF_CB = new int[256];
  private static final int[] GREEN_OF_CR = new int[256];
  private static final int[] GREEN_OF_CB = new int[256];

  static {
    for (int i = 0; i < 256; i++) {
      int x = i - 128;
      RED_OF_CR[i] = fixed(1.40200) * x + 32768 >> 16;
      BLUE_OF_CB[i] = fixed(1.77200) * x + 32768 >> 16;
      GREEN_OF_CR[i] = -fixed(0.71414) * x;
      GREEN_OF_CB[i] = -fixed(0.34414) * x + 32768;
    }
  }

  private final ByteReader in;
  private byte[] essential = new byte[0];
  private int width;
  private int height;
  private final int[] identifiers = new int[4];
  private int components;
  private boolean progressive;
  private boolean jfif;
  private boolean exif;
  private int adobe = -1;
  private int orientation = 1;

  private JpegDecoder(ByteReader in) {
    this.in = in;
  }

  private static int fixed(double value) {
    return (int) (value * 65536 + 0.5);
  }

  static JpegDecoder open(byte[] bytes) {
    JpegDecoder decoder = new JpegDecoder(new ByteReader(bytes, Picture.Format.JPEG));
    decoder.readSegments();
    return decoder;
  }

  private void readSegments() {
    byte[] kept = new byte[in.length()];
    kept[0] = (byte) 0xFF;
    kept[1] = (byte) 0xD8;
    int length = 2;
    int at = 2;
    while (true) {
      if (in.unsigned(at) != 0xFF) {
        throw in.damaged("no marker at byte " + at);
      }
      int marker = in.unsigned(at + 1);
      if (marker == 0xFF) {
        at++;
        continue;
      }
      if (marker >= 0xD0 && marker <= 0xD7 || marker == 1) {
        at += 2;
        continue;
      }
      if (marker == 0xD9) {
        throw in.damaged("it has no scan");
      }
      int size = in.big16(at + 2);
      if (size < 2) {
        throw in.damaged("a segment of " + size + " bytes");
      }
      in.require(at, 2 + size);
      if (marker == 0xDA) {
        break;
      }
      if (readSegment(marker, at + 4, size - 2)) {
        System.arraycopy(in.bytes(), at, kept, length, size + 2);
        length += size + 2;
      }
      at += 2 + size;
    }
    if (components == 0) {
      throw in.damaged("a scan before the frame's header");
    }
    int rest = in.length() - at;
    System.arraycopy(in.bytes(), at, kept, length, rest);
    essential = Arrays.copyOf(kept, length + rest);
    countScans(length);
  }

  /** Whether the JDK needs the segment. */
  private boolean readSegment(int marker, int at, int size) {
    switch (marker) {
      case 0xC0, 0xC1, 0xC2 -> readFrame(marker, at, size);
      case 0xC4, 0xDB, 0xDD -> {
        return true;
      }
      case 0xC3, 0xC5, 0xC6, 0xC7, 0xCB, 0xCD, 0xCE, 0xCF ->
          throw in.unsupported("lossless or hierarchical");
      case 0xC9, 0xCA, 0xCC -> throw in.unsupported("arithmetic coding");
      case 0xE0 -> {
        jfif |= startsWith(at, size, "JFIF\0");
        return false;
      }
      case 0xE1 -> {
        if (startsWith(at, size, "Exif\0")) {
          exif = true;
          orientation = Orientation.read(in.bytes(), at + 6, at + size);
        }
        return false;
      }
      case 0xEE -> {
        if (size >= 12 && startsWith(at, size, "Adobe")) {
          adobe = in.unsigned(at + 11);
        }
        return false;
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private boolean startsWith(int at, int size, String name) {
    if (size < name.length()) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      if (in.unsigned(at + i) != name.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private void readFrame(int marker, int at, int size) {
    if (components != 0) {
      throw in.unsupported("more than one frame");
    }
    if (size < 6) {
      throw in.damaged("a frame's header of " + size + " bytes");
    }
    int precision = in.unsigned(at);
    if (precision != 8) {
      throw in.unsupported(precision + " bits a sample");
    }
    height = in.big16(at + 1);
    width = in.big16(at + 3);
    int count = in.unsigned(at + 5);
    if (width == 0 || height == 0) {
      throw in.damaged("a size of " + width + "×" + height);
    }
    if (count != 1 && count != 3 && count != 4) {
      throw in.unsupported(count + " components");
    }
    if (size < 6 + 3 * count) {
      throw in.damaged("a frame's header of " + size + " bytes for " + count + " components");
    }
    for (int i = 0; i < count; i++) {
      identifiers[i] = in.unsigned(at + 6 + 3 * i);
    }
    components = count;
    progressive = marker == 0xC2;
  }

  /** Fails on too many scans, and when the last has no end: the JDK says nothing of either. */
  private void countScans(int from) {
    int scans = 0;
    for (int i = from; i + 1 < essential.length; i++) {
      if (essential[i] != (byte) 0xFF) {
        continue;
      }
      if (essential[i + 1] == (byte) 0xD9) {
        return;
      }
      if (essential[i + 1] == (byte) 0xDA && ++scans > MOST_SCANS) {
        throw in.unsupported("more than " + MOST_SCANS + " scans");
      }
    }
    throw in.truncated();
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public int orientation() {
    return orientation;
  }

  @Override
  public int bytesPerPixel() {
    // The stored samples, the result, and the coefficients of a progressive picture.
    return components + 4 + (progressive ? 2 * components : 0);
  }

  @Override
  public int[] decode(int factor) {
    byte[] samples = samples();
    int columns = width / factor;
    int rows = height / factor;
    if (factor > 1) {
      samples = Reduction.ofBands(samples, components, width, height, factor);
    }
    Placement place = Placement.of(columns, rows, orientation);
    int[] pixels = new int[columns * rows];
    for (int y = 0; y < rows; y++) {
      int from = y * columns * components;
      int to = place.at(0, y);
      switch (components) {
        case 1 -> gray(samples, from, pixels, to, place.stepX(), columns);
        case 3 -> {
          if (isRgb()) {
            rgb(samples, from, pixels, to, place.stepX(), columns);
          } else {
            yCbCr(samples, from, pixels, to, place.stepX(), columns);
          }
        }
        default -> cmyk(samples, from, pixels, to, place.stepX(), columns);
      }
    }
    return pixels;
  }

  /** The rule of libjpeg, with one addition: EXIF pictures are YCbCr (EXIF 2.3, 4.5.5). */
  private boolean isRgb() {
    if (jfif) {
      return false;
    }
    if (adobe >= 0) {
      return adobe == 0;
    }
    return !exif && identifiers[0] == 'R' && identifiers[1] == 'G' && identifiers[2] == 'B';
  }

  private byte[] samples() {
    ImageReader reader = reader();
    Warnings warnings = new Warnings();
    // Straight from memory: a file cache would be opened and closed for each picture.
    try (ImageInputStream stream =
        new MemoryCacheImageInputStream(new ByteArrayInputStream(essential))) {
      reader.addIIOReadWarningListener(warnings);
      reader.setInput(stream, true, true);
      Raster raster = reader.readRaster(0, null);
      String damage = warnings.damage;
      if (damage != null) {
        throw in.damaged(damage);
      }
      return samples(raster);
    } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
      throw in.damaged(e.getMessage() == null ? "it cannot be decoded" : e.getMessage())
          .causedBy(e);
    } finally {
      reader.dispose();
    }
  }

  private static ImageReader reader() {
    Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName("jpeg");
    ImageReader first = readers.next();
    // Readers of other makers give other components for a raster.
    for (ImageReader reader = first; ; reader = readers.next()) {
      if (reader.getClass().getName().startsWith("com.sun.imageio.")) {
        return reader;
      }
      if (!readers.hasNext()) {
        return first;
      }
    }
  }

  private byte[] samples(Raster raster) {
    if (raster.getWidth() != width
        || raster.getHeight() != height
        || raster.getNumBands() != components) {
      throw in.damaged("its scans and its header do not agree");
    }
    if (raster.getDataBuffer() instanceof DataBufferByte buffer
        && raster.getSampleModel() instanceof PixelInterleavedSampleModel model
        && buffer.getNumBanks() == 1
        && buffer.getData().length == width * height * components
        && model.getScanlineStride() == width * components
        && inOrder(model.getBandOffsets())) {
      return buffer.getData();
    }
    byte[] samples = new byte[width * height * components];
    int[] row = new int[width * components];
    for (int y = 0, out = 0; y < height; y++) {
      raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
      for (int sample : row) {
        samples[out++] = (byte) sample;
      }
    }
    return samples;
  }

  private static boolean inOrder(int[] offsets) {
    for (int i = 0; i < offsets.length; i++) {
      if (offsets[i] != i) {
        return false;
      }
    }
    return true;
  }

  private static void gray(byte[] in, int from, int[] out, int to, int step, int count) {
    for (int x = 0, at = to; x < count; x++, at += step) {
      out[at] = (in[from + x] & 0xFF) * 0x010101;
    }
  }

  private static void rgb(byte[] in, int from, int[] out, int to, int step, int count) {
    for (int x = 0, at = to, i = from; x < count; x++, at += step, i += 3) {
      out[at] = (in[i] & 0xFF) << 16 | (in[i + 1] & 0xFF) << 8 | in[i + 2] & 0xFF;
    }
  }

  private static void yCbCr(byte[] in, int from, int[] out, int to, int step, int count) {
    int[] redOfCr = RED_OF_CR;
    int[] blueOfCb = BLUE_OF_CB;
    int[] greenOfCr = GREEN_OF_CR;
    int[] greenOfCb = GREEN_OF_CB;
    for (int x = 0, at = to, i = from; x < count; x++, at += step, i += 3) {
      int luma = in[i] & 0xFF;
      int cb = in[i + 1] & 0xFF;
      int cr = in[i + 2] & 0xFF;
      int red = luma + redOfCr[cr];
      int green = luma + (greenOfCb[cb] + greenOfCr[cr] >> 16);
      int blue = luma + blueOfCb[cb];
      if ((red | green | blue) >>> 8 != 0) {
        red = clip(red);
        green = clip(green);
        blue = clip(blue);
      }
      out[at] = red << 16 | green << 8 | blue;
    }
  }

  /**
   * CMYK by the plain complement, without a press profile. With Adobe's segment the inks are stored
   * inverted, as every writer of such files does; transform 2 means that the first three are YCbCr.
   */
  private void cmyk(byte[] in, int from, int[] out, int to, int step, int count) {
    int[] converted = new int[1];
    byte[] three = new byte[3];
    for (int x = 0, at = to, i = from; x < count; x++, at += step, i += 4) {
      int cyan = in[i] & 0xFF;
      int magenta = in[i + 1] & 0xFF;
      int yellow = in[i + 2] & 0xFF;
      int black = in[i + 3] & 0xFF;
      if (adobe == 2) {
        three[0] = (byte) cyan;
        three[1] = (byte) magenta;
        three[2] = (byte) yellow;
        yCbCr(three, 0, converted, 0, 1, 1);
        cyan = converted[0] >> 16;
        magenta = converted[0] >> 8 & 0xFF;
        yellow = converted[0] & 0xFF;
      }
      if (adobe < 0) {
        cyan = 255 - cyan;
        magenta = 255 - magenta;
        yellow = 255 - yellow;
        black = 255 - black;
      }
      out[at] = product(cyan, black) << 16 | product(magenta, black) << 8 | product(yellow, black);
    }
  }

  private static int product(int a, int b) {
    return (a * b + 127) / 255;
  }

  private static int clip(int value) {
    return value < 0 ? 0 : Math.min(value, 255);
  }

  /** Remembers the first warning that means lost pixels. */
  private static final class Warnings implements IIOReadWarningListener {

    @Nullable String damage;

    @Override
    public void warningOccurred(ImageReader source, String warning) {
      // Bytes between segments are harmless; everything else of this kind is filled with grey.
      boolean lost =
          warning.startsWith("Premature end")
              || warning.startsWith("Corrupt JPEG data") && !warning.contains("extraneous bytes");
      if (lost && damage == null) {
        damage = warning;
      }
    }
  }
}
