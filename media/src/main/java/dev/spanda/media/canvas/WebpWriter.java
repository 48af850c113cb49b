package dev.spanda.media.canvas;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;
import java.util.stream.IntStream;

/**
 * Writes pixels as lossless WebP: green is taken off red and blue, each block of 16 by 16 is
 * predicted from its neighbours in the way that leaves least, what repeats is named by distance and
 * length, and the rest is written in prefix codes. RFC 9649, "WebP Image Format" (2024), section 3.
 * The same pixels give the same bytes everywhere.
 */
@SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
final class WebpWriter {

  /** The longest side that the format can say. */
  static final int LONGEST = 1 << 14;

  private static final int BLOCK_BITS = 4;
  private static final int LENGTH_CODES = 24;
  private static final int DISTANCE_CODES = 40;
  private static final int LONGEST_COPY = 4096;
  private static final int SHORTEST_COPY = 3;
  private static final int LONGEST_CHAIN = 24;
  private static final int FARTHEST = (1 << 20) - 120;
  private static final int HASH_BITS = 16;

  /** Left, top, mean of both, select, and the clamped sum: RFC 9649, 4.1. */
  private static final int[] MODES = {1, 2, 7, 11, 12};

  /** The order in which the lengths of the code of code lengths are written. */
  private static final int[] ORDER = {
    17, 18, 0, 1, 2, 3, 4, 5, 16, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15
  };

  private byte[] bytes = new byte[1 << 16];
  private int count;
  private long held;
  private int heldBits;

  private WebpWriter() {}

  /**
   * The file of a picture.
   *
   * @param argb straight alpha, red, green, blue, row by row; not modified
   * @param width from 1 to {@value #LONGEST}
   * @param height from 1 to {@value #LONGEST}
   */
  static byte[] write(int[] argb, int width, int height) {
    WebpWriter writer = new WebpWriter();
    boolean opaque = Arrays.stream(argb).allMatch(pixel -> pixel >>> 24 == 255);
    writer.put(0x2f, 8);
    writer.put(width - 1, 14);
    writer.put(height - 1, 14);
    writer.put(opaque ? 0 : 1, 1);
    writer.put(0, 3);
    int[] pixels = withoutGreen(argb);
    writer.put(1, 1);
    writer.put(2, 2);
    int across = (width + (1 << BLOCK_BITS) - 1) >> BLOCK_BITS;
    int down = (height + (1 << BLOCK_BITS) - 1) >> BLOCK_BITS;
    int[] modes = new int[across * down];
    int[] rest = predict(pixels, width, height, across, modes);
    writer.put(1, 1);
    writer.put(0, 2);
    writer.put(BLOCK_BITS - 2, 3);
    writer.image(modes, across, false);
    writer.put(0, 1);
    writer.image(rest, width, true);
    return writer.file();
  }

  // ---- what is left of the pixels ----

  private static int[] withoutGreen(int[] argb) {
    int[] pixels = new int[argb.length];
    for (int at = 0; at < argb.length; at++) {
      int pixel = argb[at];
      int green = pixel >> 8 & 0xFF;
      pixels[at] =
          pixel & 0xFF00FF00
              | ((pixel >> 16 & 0xFF) - green & 0xFF) << 16
              | (pixel & 0xFF) - green & 0xFF;
    }
    return pixels;
  }

  private static int[] predict(int[] pixels, int width, int height, int across, int[] modes) {
    int[] rest = new int[pixels.length];
    // No block needs what another became.
    IntStream.range(0, (modes.length + across - 1) / across)
        .parallel()
        .forEach(
            row -> {
              int[] line = new int[1 << BLOCK_BITS];
              for (int block = row * across; block < (row + 1) * across; block++) {
                predict(pixels, width, height, block, across, modes, rest, line);
              }
            });
    return rest;
  }

  private static void predict(
      int[] pixels,
      int width,
      int height,
      int block,
      int across,
      int[] modes,
      int[] rest,
      int[] line) {
    int left = block % across << BLOCK_BITS;
    int top = block / across << BLOCK_BITS;
    int right = Math.min(width, left + (1 << BLOCK_BITS));
    int bottom = Math.min(height, top + (1 << BLOCK_BITS));
    int best = MODES[0];
    long least = Long.MAX_VALUE;
    for (int mode : MODES) {
      long cost = 0;
      for (int y = top; y < bottom && cost < least; y++) {
        remain(pixels, width, left, right, y, mode, line, 0);
        for (int at = 0; at < right - left; at++) {
          int off = line[at];
          if (off != 0) {
            cost +=
                2
                    + Math.abs((byte) (off >> 24))
                    + Math.abs((byte) (off >> 16))
                    + Math.abs((byte) (off >> 8))
                    + Math.abs((byte) off);
          }
        }
      }
      if (cost < least) {
        least = cost;
        best = mode;
      }
    }
    modes[block] = 0xFF000000 | best << 8;
    for (int y = top; y < bottom; y++) {
      remain(pixels, width, left, right, y, best, rest, y * width + left);
    }
  }

  /**
   * What is left of a part of a line when each pixel's prediction is taken off.
   *
   * @param to where the first pixel's remainder goes in {@code rest}
   */
  private static void remain(
      int[] pixels, int width, int left, int right, int y, int mode, int[] rest, int to) {
    int at = y * width + left;
    int end = y * width + right;
    int into = to;
    // The edges have their own predictions, RFC 9649, 4.1.
    if (left == 0) {
      rest[into++] = minus(pixels[at], y == 0 ? 0xFF000000 : pixels[at - width]);
      at++;
    }
    switch (y == 0 ? 1 : mode) {
      case 1 -> {
        for (; at < end; at++) {
          rest[into++] = minus(pixels[at], pixels[at - 1]);
        }
      }
      case 2 -> {
        for (; at < end; at++) {
          rest[into++] = minus(pixels[at], pixels[at - width]);
        }
      }
      case 7 -> {
        for (; at < end; at++) {
          rest[into++] = minus(pixels[at], mean(pixels[at - 1], pixels[at - width]));
        }
      }
      case 11 -> {
        for (; at < end; at++) {
          rest[into++] =
              minus(pixels[at], select(pixels[at - 1], pixels[at - width], pixels[at - width - 1]));
        }
      }
      default -> {
        for (; at < end; at++) {
          rest[into++] =
              minus(
                  pixels[at], clamped(pixels[at - 1], pixels[at - width], pixels[at - width - 1]));
        }
      }
    }
  }

  /** Each byte of one less that of the other, modulo 256. */
  private static int minus(int one, int other) {
    int even = (one & 0x00FF00FF | 0x01000100) - (other & 0x00FF00FF) & 0x00FF00FF;
    int odd = (one >>> 8 & 0x00FF00FF | 0x01000100) - (other >>> 8 & 0x00FF00FF) & 0x00FF00FF;
    return odd << 8 | even;
  }

  private static int mean(int one, int other) {
    return ((one ^ other) >>> 1 & 0x7F7F7F7F) + (one & other);
  }

  private static int select(int left, int top, int corner) {
    int toLeft = 0;
    int toTop = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      int c = corner >>> shift & 0xFF;
      toLeft += Math.abs((top >>> shift & 0xFF) - c);
      toTop += Math.abs((left >>> shift & 0xFF) - c);
    }
    return toLeft < toTop ? left : top;
  }

  private static int clamped(int left, int top, int corner) {
    int result = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      int sum = (left >>> shift & 0xFF) + (top >>> shift & 0xFF) - (corner >>> shift & 0xFF);
      result |= Math.max(0, Math.min(255, sum)) << shift;
    }
    return result;
  }

  // ---- pixels and copies ----

  /** Distances that have short codes: above, left, and the two beside above. */
  private static int distanceValue(int distance, int width) {
    return distance == width
        ? 1
        : distance == 1
            ? 2
            : distance == width + 1 ? 3 : distance == width - 1 ? 4 : distance + 120;
  }

  /** Steps: a pixel has the length 0, a copy its length and distance. */
  private record Steps(int[] lengths, int[] values, int count) {}

  private static Steps steps(int[] pixels, int width) {
    int[] lengths = new int[pixels.length];
    int[] values = new int[pixels.length];
    int count = 0;
    int[] heads = new int[1 << HASH_BITS];
    Arrays.fill(heads, -1);
    int[] before = new int[pixels.length];
    int at = 0;
    while (at < pixels.length) {
      int length = 0;
      int distance = 0;
      int most = Math.min(LONGEST_COPY, pixels.length - at);
      if (most >= SHORTEST_COPY) {
        int candidate = heads[hash(pixels, at)];
        for (int tried = 0;
            candidate >= 0 && at - candidate <= FARTHEST && tried < LONGEST_CHAIN;
            tried++) {
          if (length == 0 || pixels[candidate + length] == pixels[at + length]) {
            int same = 0;
            while (same < most && pixels[candidate + same] == pixels[at + same]) {
              same++;
            }
            if (same > length) {
              length = same;
              distance = at - candidate;
              if (same == most) {
                break;
              }
            }
          }
          candidate = before[candidate];
        }
      }
      int step = 1;
      if (length >= SHORTEST_COPY) {
        lengths[count] = length;
        values[count] = distanceValue(distance, width);
        step = length;
      } else {
        values[count] = pixels[at];
      }
      count++;
      for (int end = at + step; at < end; at++) {
        if (at + SHORTEST_COPY <= pixels.length) {
          int hash = hash(pixels, at);
          before[at] = heads[hash];
          heads[hash] = at;
        }
      }
    }
    return new Steps(lengths, values, count);
  }

  private static int hash(int[] pixels, int at) {
    int mixed = (pixels[at] * 31 + pixels[at + 1]) * 31 + pixels[at + 2];
    return mixed * 0x9E3779B1 >>> 32 - HASH_BITS;
  }

  private void image(int[] pixels, int width, boolean main) {
    put(0, 1);
    if (main) {
      put(0, 1);
    }
    Steps steps = steps(pixels, width);
    int[][] counts = {
      new int[256 + LENGTH_CODES], new int[256], new int[256], new int[256], new int[DISTANCE_CODES]
    };
    for (int at = 0; at < steps.count; at++) {
      int value = steps.values[at];
      if (steps.lengths[at] == 0) {
        counts[0][value >> 8 & 0xFF]++;
        counts[1][value >> 16 & 0xFF]++;
        counts[2][value & 0xFF]++;
        counts[3][value >>> 24]++;
      } else {
        counts[0][256 + prefix(steps.lengths[at])]++;
        counts[4][prefix(value)]++;
      }
    }
    Code[] codes = new Code[5];
    for (int at = 0; at < 5; at++) {
      codes[at] = Code.of(counts[at], 15);
      describe(codes[at]);
    }
    for (int at = 0; at < steps.count; at++) {
      int value = steps.values[at];
      if (steps.lengths[at] == 0) {
        codes[0].put(this, value >> 8 & 0xFF);
        codes[1].put(this, value >> 16 & 0xFF);
        codes[2].put(this, value & 0xFF);
        codes[3].put(this, value >>> 24);
      } else {
        codes[0].put(this, 256 + prefix(steps.lengths[at]));
        extra(steps.lengths[at]);
        codes[4].put(this, prefix(value));
        extra(value);
      }
    }
  }

  /** The code of a length or distance: RFC 9649, 5.2.2. */
  private static int prefix(int value) {
    if (value <= 4) {
      return value - 1;
    }
    int rest = value - 1;
    int high = 31 - Integer.numberOfLeadingZeros(rest);
    return 2 * high + (rest >> high - 1 & 1);
  }

  private void extra(int value) {
    if (value > 4) {
      int rest = value - 1;
      int bits = 30 - Integer.numberOfLeadingZeros(rest);
      put(rest & (1 << bits) - 1, bits);
    }
  }

  // ---- prefix codes ----

  /** Canonical codes; a lone symbol takes no bits. */
  private record Code(int[] lengths, int[] words, int used) {

    static Code of(int[] counts, int longest) {
      int[] lengths = new int[counts.length];
      int[] weights = counts.clone();
      int used = (int) Arrays.stream(counts).filter(count -> count > 0).count();
      if (used == 1) {
        for (int at = 0; at < counts.length; at++) {
          lengths[at] = counts[at] > 0 ? 1 : 0;
        }
      } else if (used > 1) {
        while (!lengths(weights, lengths, longest)) {
          for (int at = 0; at < weights.length; at++) {
            weights[at] = weights[at] == 0 ? 0 : weights[at] / 2 + 1;
          }
        }
      }
      return new Code(lengths, words(lengths), used);
    }

    /** D. A. Huffman (1952); false when a code would be longer than allowed. */
    private static boolean lengths(int[] weights, int[] lengths, int longest) {
      record Node(long weight, int order, int[] symbols) {}
      PriorityQueue<Node> nodes =
          new PriorityQueue<>(Comparator.comparingLong(Node::weight).thenComparingInt(Node::order));
      Arrays.fill(lengths, 0);
      int order = 0;
      for (int at = 0; at < weights.length; at++) {
        if (weights[at] > 0) {
          nodes.add(new Node(weights[at], order++, new int[] {at}));
        }
      }
      while (nodes.size() > 1) {
        Node one = nodes.remove();
        Node other = nodes.remove();
        int[] both = Arrays.copyOf(one.symbols, one.symbols.length + other.symbols.length);
        System.arraycopy(other.symbols, 0, both, one.symbols.length, other.symbols.length);
        for (int symbol : both) {
          if (++lengths[symbol] > longest) {
            return false;
          }
        }
        nodes.add(new Node(one.weight + other.weight, order++, both));
      }
      return true;
    }

    /** Codes in the order of their symbols, their first bit lowest. */
    private static int[] words(int[] lengths) {
      int[] words = new int[lengths.length];
      int word = 0;
      for (int length = 1; length <= 15; length++) {
        for (int at = 0; at < lengths.length; at++) {
          if (lengths[at] == length) {
            words[at] = Integer.reverse(word) >>> 32 - length;
            word++;
          }
        }
        word <<= 1;
      }
      return words;
    }

    void put(WebpWriter writer, int symbol) {
      if (used > 1) {
        writer.put(words[symbol], lengths[symbol]);
      }
    }
  }

  /** Writes the lengths of a code: RFC 9649, 6.2.1. */
  private void describe(Code code) {
    List<Integer> symbols = new ArrayList<>();
    for (int at = 0; at < code.lengths.length; at++) {
      if (code.lengths[at] > 0) {
        symbols.add(at);
      }
    }
    if (symbols.isEmpty()) {
      symbols.add(0);
    }
    if (symbols.size() <= 2 && symbols.get(symbols.size() - 1) < 256) {
      put(1, 1);
      put(symbols.size() - 1, 1);
      put(1, 1);
      put(symbols.get(0), 8);
      if (symbols.size() == 2) {
        put(symbols.get(1), 8);
      }
      return;
    }
    put(0, 1);
    // Pairs of a symbol of the code of lengths and its extra bits.
    List<int[]> tokens = tokens(code.lengths);
    int[] counts = new int[19];
    tokens.forEach(token -> counts[token[0]]++);
    Code ofLengths = Code.of(counts, 7);
    int last = ORDER.length;
    while (last > 4 && ofLengths.lengths[ORDER[last - 1]] == 0) {
      last--;
    }
    put(last - 4, 4);
    for (int at = 0; at < last; at++) {
      put(ofLengths.lengths[ORDER[at]], 3);
    }
    put(0, 1);
    for (int[] token : tokens) {
      ofLengths.put(this, token[0]);
      if (token[0] >= 16) {
        put(token[1], token[0] == 16 ? 2 : token[0] == 17 ? 3 : 7);
      }
    }
  }

  private static List<int[]> tokens(int[] lengths) {
    List<int[]> tokens = new ArrayList<>();
    int at = 0;
    int last = 8;
    while (at < lengths.length) {
      int length = lengths[at];
      int end = at;
      while (end < lengths.length && lengths[end] == length) {
        end++;
      }
      int run = end - at;
      at = end;
      if (length != 0 && length != last) {
        tokens.add(new int[] {length, 0});
        last = length;
        run--;
      }
      while (run > 0) {
        if (length == 0 && run >= 11) {
          int part = Math.min(138, run);
          tokens.add(new int[] {18, part - 11});
          run -= part;
        } else if (length == 0 && run >= 3) {
          tokens.add(new int[] {17, run - 3});
          run = 0;
        } else if (length != 0 && run >= 3) {
          int part = Math.min(6, run);
          tokens.add(new int[] {16, part - 3});
          run -= part;
        } else {
          tokens.add(new int[] {length, 0});
          run--;
        }
      }
    }
    return tokens;
  }

  // ---- bits and the file ----

  /** Adds bits, the lowest first. */
  private void put(int value, int bits) {
    held |= (long) value << heldBits;
    heldBits += bits;
    while (heldBits >= 8) {
      put((byte) held);
      held >>>= 8;
      heldBits -= 8;
    }
  }

  private void put(byte each) {
    if (count == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * count);
    }
    bytes[count++] = each;
  }

  private byte[] file() {
    if (heldBits > 0) {
      put((byte) held);
    }
    int padded = count + (count & 1);
    ByteArrayOutputStream file = new ByteArrayOutputStream(padded + 20);
    word(file, "RIFF");
    little(file, 12 + padded);
    word(file, "WEBP");
    word(file, "VP8L");
    little(file, count);
    file.write(bytes, 0, count);
    if (padded > count) {
      file.write(0);
    }
    return file.toByteArray();
  }

  private static void word(ByteArrayOutputStream file, String four) {
    for (int at = 0; at < 4; at++) {
      file.write(four.charAt(at));
    }
  }

  private static void little(ByteArrayOutputStream file, int value) {
    for (int shift = 0; shift < 32; shift += 8) {
      file.write(value >>> shift);
    }
  }
}
