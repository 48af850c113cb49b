package dev.spanda.biofield.capture;

/**
 * BMP: headers of 12 to 124 bytes, 1 to 32 bits a pixel, bit fields, RLE4 and RLE8, either way up.
 *
 * <p>The JDK's reader sets aside as much memory as the header asks for before it looks at the data;
 * this one believes no number that the file does not hold. The alpha of 32 bits is not looked at,
 * because most writers leave it 0. Pixels that a run-length coded picture leaves out are the first
 * colour of its palette.
 *
 * <p>Microsoft, Windows GDI: BITMAPFILEHEADER, BITMAPINFOHEADER, BITMAPV5HEADER and Bitmap
 * Compression.
 */
final class BmpDecoder implements Decoder {

  private static final int PLAIN = 0;
  private static final int RLE8 = 1;
  private static final int RLE4 = 2;
  private static final int FIELDS = 3;
  private static final int ALPHA_FIELDS = 6;

  private final ByteReader in;
  private int width;
  private int height;
  private boolean topDown;
  private int bits;
  private int compression;
  private int start;
  private int[] palette = new int[0];
  private final int[] masks = {0x7C00, 0x03E0, 0x001F};

  private BmpDecoder(ByteReader in) {
    this.in = in;
  }

  static BmpDecoder open(byte[] bytes) {
    BmpDecoder decoder = new BmpDecoder(new ByteReader(bytes, Picture.Format.BMP));
    decoder.readHeader();
    return decoder;
  }

  private void readHeader() {
    start = in.little32(10);
    int header = in.little32(14);
    int entry;
    int colours = 0;
    int tables;
    if (header == 12) {
      width = in.little16(18);
      height = in.little16(20);
      bits = in.little16(24);
      entry = 3;
      tables = 26;
    } else if (header == 40
        || header == 52
        || header == 56
        || header == 64
        || header == 108
        || header == 124) {
      width = in.little32(18);
      height = in.little32(22);
      if (height == Integer.MIN_VALUE) {
        throw in.damaged("a height of " + height);
      }
      topDown = height < 0;
      height = Math.abs(height);
      bits = in.little16(28);
      compression = in.little32(30);
      colours = in.little32(46);
      entry = 4;
      tables = 14 + header;
    } else {
      throw in.unsupported("a header of " + (header & 0xFFFFFFFFL) + " bytes");
    }
    if (width <= 0 || height == 0) {
      throw in.damaged("a size of " + width + "×" + height);
    }
    checkKind(header);
    if (compression == FIELDS || compression == ALPHA_FIELDS) {
      for (int i = 0; i < 3; i++) {
        masks[i] = in.little32(54 + 4 * i);
      }
      if (header == 40) {
        tables += compression == FIELDS ? 12 : 16;
      }
    } else if (bits == 32) {
      masks[0] = 0xFF0000;
      masks[1] = 0xFF00;
      masks[2] = 0xFF;
    }
    if (bits <= 8) {
      readPalette(tables, entry, colours);
    }
    if (start < tables || start > in.length()) {
      throw in.truncated();
    }
    if (compression != RLE8 && compression != RLE4) {
      in.require(start, stride() * height);
    }
  }

  private void checkKind(int header) {
    boolean depth =
        bits == 1 || bits == 2 || bits == 4 || bits == 8 || bits == 16 || bits == 24 || bits == 32;
    boolean agreed =
        switch (compression) {
          case PLAIN -> true;
          case RLE8 -> bits == 8 && !topDown && header != 64;
          case RLE4 -> bits == 4 && !topDown && header != 64;
          case FIELDS, ALPHA_FIELDS -> (bits == 16 || bits == 32) && header != 64;
          default -> false;
        };
    if (!depth || !agreed) {
      throw in.unsupported("compression " + compression + " with " + bits + " bits a pixel");
    }
  }

  private void readPalette(int at, int entry, int colours) {
    int most = 1 << bits;
    int room = Math.max(0, start - at) / entry;
    int count = colours > 0 && colours <= most ? colours : Math.min(most, room);
    if (count == 0) {
      throw in.damaged("it has no palette");
    }
    palette = new int[most];
    for (int i = 0; i < count; i++) {
      int place = at + entry * i;
      palette[i] = in.little16(place) | in.unsigned(place + 2) << 16;
    }
  }

  private long stride() {
    return ((long) width * bits + 31) / 32 * 4;
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
    return 1;
  }

  @Override
  public int bytesPerPixel() {
    return 5;
  }

  @Override
  public int[] decode(int factor) {
    int[] pixels = new int[width * height];
    if (compression == RLE8 || compression == RLE4) {
      java.util.Arrays.fill(pixels, palette[0]);
      unpack(pixels);
    } else {
      Channel red = Channel.of(masks[0]);
      Channel green = Channel.of(masks[1]);
      Channel blue = Channel.of(masks[2]);
      for (int y = 0; y < height; y++) {
        int from = (int) (start + stride() * y);
        int to = (topDown ? y : height - 1 - y) * width;
        switch (bits) {
          case 24 -> plain(from, pixels, to);
          case 16, 32 -> fields(from, pixels, to, red, green, blue);
          default -> indexed(from, pixels, to);
        }
      }
    }
    return Reduction.of(pixels, width, height, factor);
  }

  private void plain(int from, int[] pixels, int to) {
    byte[] bytes = in.bytes();
    for (int x = 0, i = from; x < width; x++, i += 3) {
      pixels[to + x] = bytes[i] & 0xFF | (bytes[i + 1] & 0xFF) << 8 | (bytes[i + 2] & 0xFF) << 16;
    }
  }

  private void fields(int from, int[] pixels, int to, Channel red, Channel green, Channel blue) {
    for (int x = 0; x < width; x++) {
      int value = bits == 16 ? in.little16(from + 2 * x) : in.little32(from + 4 * x);
      pixels[to + x] = red.of8(value) << 16 | green.of8(value) << 8 | blue.of8(value);
    }
  }

  private void indexed(int from, int[] pixels, int to) {
    byte[] bytes = in.bytes();
    int perByte = 8 / bits;
    int mask = (1 << bits) - 1;
    for (int x = 0; x < width; x++) {
      int shift = 8 - bits * (x % perByte + 1);
      pixels[to + x] = palette[bytes[from + x / perByte] >> shift & mask];
    }
  }

  /** Runs and their escapes; what would lie outside the picture is left out. */
  private void unpack(int[] pixels) {
    int at = start;
    int x = 0;
    int y = height - 1;
    while (y >= 0) {
      int count = in.unsigned(at);
      int value = in.unsigned(at + 1);
      at += 2;
      if (count > 0) {
        for (int i = 0; i < count; i++) {
          put(pixels, x++, y, index(value, i));
        }
      } else if (value == 0) {
        x = 0;
        y--;
      } else if (value == 1) {
        return;
      } else if (value == 2) {
        x += in.unsigned(at);
        y -= in.unsigned(at + 1);
        at += 2;
      } else {
        int bytes = compression == RLE8 ? value : (value + 1) / 2;
        in.require(at, bytes);
        for (int i = 0; i < value; i++) {
          int stored = in.unsigned(at + (compression == RLE8 ? i : i / 2));
          put(pixels, x++, y, index(stored, i));
        }
        at += bytes + (bytes & 1);
      }
    }
  }

  private int index(int stored, int i) {
    return compression == RLE8 ? stored : (i & 1) == 0 ? stored >> 4 : stored & 15;
  }

  private void put(int[] pixels, int x, int y, int index) {
    if (x < width) {
      pixels[y * width + x] = palette[index];
    }
  }

  /** One colour's bits in a pixel. */
  private record Channel(int mask, int shift, long most) {

    static Channel of(int mask) {
      int shift = mask == 0 ? 0 : Integer.numberOfTrailingZeros(mask);
      return new Channel(mask, shift, (mask & 0xFFFFFFFFL) >>> shift);
    }

    int of8(int value) {
      if (most == 0) {
        return 0;
      }
      long bits = (value & mask & 0xFFFFFFFFL) >>> shift;
      return most == 255 ? (int) bits : (int) ((2 * 255 * bits + most) / (2 * most));
    }
  }
}
