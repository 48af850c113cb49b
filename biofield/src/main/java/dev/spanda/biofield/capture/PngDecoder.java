package dev.spanda.biofield.capture;

import java.util.Arrays;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * PNG: all colour types and depths, interlaced or not.
 *
 * <p>The JDK's reader keeps the whole picture in its stored depth (512 MB for 64 megapixels of 16
 * bits) and unpacks compressed notes of any size; this one keeps two rows, looks at no note, and
 * checks every sum. 16 bits become 8 by the nearest value. What is transparent is laid on black, as
 * a browser's canvas does before it writes a JPEG.
 *
 * <p>W3C Portable Network Graphics Specification, second edition: chunks 5 and 11, filters 9,
 * interlace 8.2.
 */
final class PngDecoder implements Decoder {

  private static final int IHDR = 0x49484452;
  private static final int PLTE = 0x504C5445;
  private static final int TRNS = 0x74524E53;
  private static final int IDAT = 0x49444154;
  private static final int IEND = 0x49454E44;
  private static final int EXIF = 0x65584966;

  private static final int GRAY = 0;
  private static final int RGB = 2;
  private static final int PALETTE = 3;
  private static final int GRAY_ALPHA = 4;
  private static final int RGB_ALPHA = 6;

  private static final int[][] PASSES = {
    {0, 0, 8, 8}, {4, 0, 8, 8}, {0, 4, 4, 8}, {2, 0, 4, 4}, {0, 2, 2, 4}, {1, 0, 2, 2}, {0, 1, 1, 2}
  };
  private static final int[][] ONE_PASS = {{0, 0, 1, 1}};

  private final ByteReader in;
  private int width;
  private int height;
  private int depth;
  private int type;
  private int channels;
  private boolean interlaced;
  private int orientation = 1;
  private int[] palette = new int[0];

  /** The sample values that are transparent, for gray and RGB; empty for none. */
  private int[] keyed = new int[0];

  /** The place of the next IDAT chunk. */
  private int chunk = -1;

  private PngDecoder(ByteReader in) {
    this.in = in;
  }

  static PngDecoder open(byte[] bytes) {
    PngDecoder decoder = new PngDecoder(new ByteReader(bytes, Picture.Format.PNG));
    decoder.readChunks();
    return decoder;
  }

  private void readChunks() {
    int at = 8;
    readHeader(at);
    at += 25;
    while (true) {
      int size = in.big32(at);
      int name = in.big32(at + 4);
      if (size < 0) {
        throw in.damaged("a chunk of more than 2 GB");
      }
      if (name == IDAT) {
        chunk = at;
        break;
      }
      if (name == IEND) {
        throw in.damaged("it has no pixels");
      }
      in.require(at, 12L + size);
      if (name == PLTE) {
        checkSum(at, size);
        readPalette(at + 8, size);
      } else if (name == TRNS) {
        checkSum(at, size);
        readTransparency(at + 8, size);
      } else if (name == EXIF) {
        orientation = Orientation.read(in.bytes(), at + 8, at + 8 + size);
      } else if ((name >> 24 & 0x20) == 0) {
        throw in.unsupported("an unknown critical chunk");
      }
      at += 12 + size;
    }
    if (type == PALETTE && palette.length == 0) {
      throw in.damaged("a palette picture without palette");
    }
  }

  private void readHeader(int at) {
    if (in.big32(at) != 13 || in.big32(at + 4) != IHDR) {
      throw in.damaged("its header is not first");
    }
    in.require(at, 25);
    checkSum(at, 13);
    width = in.big32(at + 8);
    height = in.big32(at + 12);
    depth = in.unsigned(at + 16);
    type = in.unsigned(at + 17);
    if (width <= 0 || height <= 0) {
      throw in.damaged("a size of " + width + "×" + height);
    }
    boolean allowed =
        switch (type) {
          case GRAY -> depth == 1 || depth == 2 || depth == 4 || depth == 8 || depth == 16;
          case PALETTE -> depth == 1 || depth == 2 || depth == 4 || depth == 8;
          case RGB, GRAY_ALPHA, RGB_ALPHA -> depth == 8 || depth == 16;
          default -> false;
        };
    int interlace = in.unsigned(at + 20);
    if (!allowed || in.unsigned(at + 18) != 0 || in.unsigned(at + 19) != 0 || interlace > 1) {
      throw in.damaged("colour type " + type + " with " + depth + " bits");
    }
    interlaced = interlace == 1;
    channels =
        switch (type) {
          case RGB -> 3;
          case GRAY_ALPHA -> 2;
          case RGB_ALPHA -> 4;
          default -> 1;
        };
  }

  private void checkSum(int at, int size) {
    CRC32 sum = new CRC32();
    sum.update(in.bytes(), at + 4, size + 4);
    if ((int) sum.getValue() != in.big32(at + 8 + size)) {
      throw in.damaged("the check sum of the chunk at byte " + at + " is wrong");
    }
  }

  private void readPalette(int at, int size) {
    if (size % 3 != 0 || size == 0 || size > 768) {
      throw in.damaged("a palette of " + size + " bytes");
    }
    palette = new int[size / 3];
    for (int i = 0; i < palette.length; i++) {
      palette[i] = 0xFF << 24 | in.big16(at + 3 * i) << 8 | in.unsigned(at + 3 * i + 2);
    }
  }

  private void readTransparency(int at, int size) {
    if (type == PALETTE) {
      for (int i = 0; i < Math.min(size, palette.length); i++) {
        palette[i] = palette[i] & 0xFFFFFF | in.unsigned(at + i) << 24;
      }
    } else if (type == GRAY && size == 2 || type == RGB && size == 6) {
      keyed = new int[size / 2];
      for (int i = 0; i < keyed.length; i++) {
        keyed[i] = in.big16(at + 2 * i);
      }
    }
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
    return 5;
  }

  @Override
  public int[] decode(int factor) {
    Inflater inflater = new Inflater();
    try {
      Placement place = Placement.of(width, height, orientation);
      int[] pixels = new int[width * height];
      for (int[] pass : interlaced ? PASSES : ONE_PASS) {
        int columns = (width - pass[0] + pass[2] - 1) / pass[2];
        int rows = (height - pass[1] + pass[3] - 1) / pass[3];
        if (columns > 0 && rows > 0) {
          readPass(inflater, pass, columns, rows, place, pixels);
        }
      }
      return Reduction.of(pixels, place.width(), place.height(), factor);
    } catch (DataFormatException e) {
      throw in.damaged("its pixels cannot be unpacked").causedBy(e);
    } finally {
      inflater.end();
    }
  }

  private void readPass(
      Inflater inflater, int[] pass, int columns, int rows, Placement place, int[] pixels)
      throws DataFormatException {
    int bits = depth * channels;
    int unit = Math.max(1, bits / 8);
    int length = (int) (((long) columns * bits + 7) / 8);
    byte[] filter = new byte[1];
    byte[] row = new byte[length];
    byte[] above = new byte[length];
    for (int y = 0; y < rows; y++) {
      fill(inflater, filter);
      fill(inflater, row);
      unfilter(filter[0], row, above, unit);
      int to = place.at(pass[0], pass[1] + y * pass[3]);
      write(row, columns, pixels, to, place.stepX() * pass[2]);
      byte[] swap = above;
      above = row;
      row = swap;
    }
  }

  /** Unpacks exactly as many bytes as the array has. */
  private void fill(Inflater inflater, byte[] into) throws DataFormatException {
    int done = 0;
    while (done < into.length) {
      int count = inflater.inflate(into, done, into.length - done);
      done += count;
      if (count == 0) {
        if (inflater.finished() || inflater.needsDictionary()) {
          throw in.damaged("it holds fewer pixels than its size says");
        }
        nextChunk(inflater);
      }
    }
  }

  private void nextChunk(Inflater inflater) {
    int size = in.big32(chunk);
    if (in.big32(chunk + 4) != IDAT || size < 0) {
      throw in.damaged("it holds fewer pixels than its size says");
    }
    in.require(chunk, 12L + size);
    checkSum(chunk, size);
    inflater.setInput(in.bytes(), chunk + 8, size);
    chunk += 12 + size;
  }

  private void unfilter(int filter, byte[] row, byte[] above, int unit) {
    int length = row.length;
    switch (filter) {
      case 0 -> {}
      case 1 -> {
        for (int i = unit; i < length; i++) {
          row[i] += row[i - unit];
        }
      }
      case 2 -> {
        for (int i = 0; i < length; i++) {
          row[i] += above[i];
        }
      }
      case 3 -> {
        for (int i = 0; i < Math.min(unit, length); i++) {
          row[i] += (byte) ((above[i] & 0xFF) >> 1);
        }
        for (int i = unit; i < length; i++) {
          row[i] += (byte) ((row[i - unit] & 0xFF) + (above[i] & 0xFF) >> 1);
        }
      }
      case 4 -> {
        for (int i = 0; i < Math.min(unit, length); i++) {
          row[i] += above[i];
        }
        for (int i = unit; i < length; i++) {
          row[i] += predictor(row[i - unit] & 0xFF, above[i] & 0xFF, above[i - unit] & 0xFF);
        }
      }
      default -> throw in.damaged("filter " + (filter & 0xFF));
    }
  }

  private static byte predictor(int left, int up, int corner) {
    int estimate = left + up - corner;
    int toLeft = Math.abs(estimate - left);
    int toUp = Math.abs(estimate - up);
    int toCorner = Math.abs(estimate - corner);
    return (byte) (toLeft <= toUp && toLeft <= toCorner ? left : toUp <= toCorner ? up : corner);
  }

  private void write(byte[] row, int columns, int[] pixels, int to, int step) {
    if (type == RGB && depth == 8 && keyed.length == 0) {
      for (int x = 0, at = to, i = 0; x < columns; x++, at += step, i += 3) {
        pixels[at] = (row[i] & 0xFF) << 16 | (row[i + 1] & 0xFF) << 8 | row[i + 2] & 0xFF;
      }
      return;
    }
    for (int x = 0, at = to; x < columns; x++, at += step) {
      pixels[at] = pixel(row, x);
    }
  }

  private int pixel(byte[] row, int x) {
    int first = sample(row, x * channels);
    switch (type) {
      case PALETTE -> {
        if (first >= palette.length) {
          throw in.damaged("colour " + first + " of a palette of " + palette.length);
        }
        int color = palette[first];
        return onBlack(color >> 16 & 0xFF, color >> 8 & 0xFF, color & 0xFF, color >>> 24);
      }
      case GRAY -> {
        boolean clear = keyed.length > 0 && first == keyed[0];
        return clear ? 0 : eight(first) * 0x010101;
      }
      case GRAY_ALPHA -> {
        int gray = eight(first);
        return onBlack(gray, gray, gray, eight(sample(row, x * 2 + 1)));
      }
      default -> {
        int second = sample(row, x * channels + 1);
        int third = sample(row, x * channels + 2);
        if (keyed.length > 0 && first == keyed[0] && second == keyed[1] && third == keyed[2]) {
          return 0;
        }
        int alpha = type == RGB_ALPHA ? eight(sample(row, x * 4 + 3)) : 255;
        return onBlack(eight(first), eight(second), eight(third), alpha);
      }
    }
  }

  private int sample(byte[] row, int index) {
    return switch (depth) {
      case 8 -> row[index] & 0xFF;
      case 16 -> (row[2 * index] & 0xFF) << 8 | row[2 * index + 1] & 0xFF;
      default -> {
        int perByte = 8 / depth;
        int shift = 8 - depth * (index % perByte + 1);
        yield row[index / perByte] >> shift & (1 << depth) - 1;
      }
    };
  }

  /** A sample of any depth as the nearest of 256 levels. */
  private int eight(int sample) {
    int most = (1 << depth) - 1;
    return depth == 8 ? sample : (2 * 255 * sample + most) / (2 * most);
  }

  private static int onBlack(int red, int green, int blue, int alpha) {
    if (alpha == 255) {
      return red << 16 | green << 8 | blue;
    }
    return over(red, alpha) << 16 | over(green, alpha) << 8 | over(blue, alpha);
  }

  private static int over(int value, int alpha) {
    return (value * alpha + 127) / 255;
  }

  /** Whether the bytes begin as a PNG does. */
  static boolean matches(byte[] bytes) {
    return bytes.length >= 8
        && Arrays.equals(
            bytes, 0, 8, new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10}, 0, 8);
  }
}
