package dev.spanda.audio.file;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A plain reading of RFC 9639 for the tests: slow, without a line of the encoder, and strict about
 * checksums and sizes.
 */
final class FlacDecoder {

  private final byte[] in;
  private int bit;
  int rate;
  int channels;
  int bits;
  long frames;
  int smallest;
  int largest;
  byte[] md5 = {};
  int[][] samples = {};

  /** Which subframe types occurred: constant, verbatim, fixed, linear. */
  final boolean[] seen = new boolean[4];

  /** Which channel assignments occurred. */
  final boolean[] assignments = new boolean[16];

  private FlacDecoder(byte[] in) {
    this.in = in;
  }

  static FlacDecoder decode(byte[] in) throws Exception {
    FlacDecoder decoder = new FlacDecoder(in);
    decoder.run();
    return decoder;
  }

  private void run() throws Exception {
    expect(bits(32) == 0x664c6143, "marker");
    expect(bits(8) == 0x80 && bits(24) == 34, "one last metadata block of 34 bytes");
    int block = (int) bits(16);
    expect(block == bits(16), "one block size");
    smallest = (int) bits(24);
    largest = (int) bits(24);
    rate = (int) bits(20);
    channels = (int) bits(3) + 1;
    bits = (int) bits(5) + 1;
    frames = bits(36);
    md5 = Arrays.copyOfRange(in, bit / 8, bit / 8 + 16);
    bit += 128;
    samples = new int[channels][(int) frames];
    int at = 0;
    for (int number = 0; bit < in.length * 8; number++) {
      int start = bit / 8;
      int count = frame(number, at);
      at += count;
      int length = bit / 8 - start;
      expect(length >= smallest && length <= largest, "frame size within the header's range");
      expect(count == block || at == frames, "only the last block is short");
    }
    expect(at == frames, "all samples are there");
    MessageDigest digest = MessageDigest.getInstance("MD5");
    byte[] raw = new byte[channels * (bits / 8)];
    for (int i = 0; i < at; i++) {
      int to = 0;
      for (int channel = 0; channel < channels; channel++) {
        for (int shift = 0; shift < bits; shift += 8) {
          raw[to++] = (byte) (samples[channel][i] >> shift);
        }
      }
      digest.update(raw);
    }
    expect(Arrays.equals(digest.digest(), md5), "MD5");
  }

  private int frame(int number, int at) {
    int start = bit / 8;
    expect(bits(16) == 0xfff8, "synchronisation");
    int sizeCode = (int) bits(4);
    int rateCode = (int) bits(4);
    int assignment = (int) bits(4);
    int depth = (int) bits(3);
    expect(bits(1) == 0, "reserved bit");
    expect(depth == (bits == 16 ? 4 : 6), "depth");
    assignments[assignment] = true;
    int first = (int) bits(8);
    int value = first;
    if (first >= 0x80) {
      int followers = Integer.numberOfLeadingZeros(~first << 24) - 1;
      value = first & (0x3f >> followers);
      for (int i = 0; i < followers; i++) {
        int next = (int) bits(8);
        expect(next >> 6 == 2, "continuation");
        value = value << 6 | (next & 0x3f);
      }
    }
    expect(value == number, "frame number");
    int count =
        switch (sizeCode) {
          case 6 -> (int) bits(8) + 1;
          case 7 -> (int) bits(16) + 1;
          default -> 256 << (sizeCode - 8);
        };
    int hz =
        switch (rateCode) {
          case 0 -> rate;
          case 4 -> 8000;
          case 9 -> 44_100;
          case 10 -> 48_000;
          case 11 -> 96_000;
          case 12 -> (int) bits(8) * 1000;
          case 13 -> (int) bits(16);
          case 14 -> (int) bits(16) * 10;
          default -> -1;
        };
    expect(hz == rate, "rate");
    expect(crc(start, bit / 8, 8, 0x07) == bits(8), "CRC-8");
    int[][] here = new int[channels][];
    for (int channel = 0; channel < channels; channel++) {
      boolean side =
          (channel == 1 && (assignment == 8 || assignment == 10))
              || (channel == 0 && assignment == 9);
      here[channel] = subframe(count, bits + (side ? 1 : 0));
    }
    for (int i = 0; i < count; i++) {
      if (assignment == 8) {
        here[1][i] = here[0][i] - here[1][i];
      } else if (assignment == 9) {
        here[0][i] = here[0][i] + here[1][i];
      } else if (assignment == 10) {
        int mid = here[0][i] << 1 | (here[1][i] & 1);
        int side = here[1][i];
        here[0][i] = (mid + side) >> 1;
        here[1][i] = (mid - side) >> 1;
      }
    }
    bit = (bit + 7) / 8 * 8;
    expect(crc(start, bit / 8, 16, 0x8005) == bits(16), "CRC-16");
    for (int channel = 0; channel < channels; channel++) {
      System.arraycopy(here[channel], 0, samples[channel], at, count);
    }
    return count;
  }

  private int[] subframe(int count, int width) {
    expect(bits(1) == 0, "subframe padding");
    int type = (int) bits(6);
    int wasted = 0;
    if (bits(1) == 1) {
      wasted = 1;
      while (bits(1) == 0) {
        wasted++;
      }
    }
    int depth = width - wasted;
    int[] out = new int[count];
    if (type == 0) {
      seen[0] = true;
      Arrays.fill(out, signed(depth));
    } else if (type == 1) {
      seen[1] = true;
      for (int i = 0; i < count; i++) {
        out[i] = signed(depth);
      }
    } else {
      boolean linear = type >= 32;
      seen[linear ? 3 : 2] = true;
      int order = linear ? type - 31 : type - 8;
      for (int i = 0; i < order; i++) {
        out[i] = signed(depth);
      }
      int[][] fixed = {{}, {1}, {2, -1}, {3, -3, 1}, {4, -6, 4, -1}};
      int[] coefficients;
      int shift = 0;
      if (linear) {
        int precision = (int) bits(4) + 1;
        shift = signed(5);
        expect(shift >= 0, "shift");
        coefficients = new int[order];
        for (int i = 0; i < order; i++) {
          coefficients[i] = signed(precision);
        }
      } else {
        coefficients = fixed[order];
      }
      int parameterBits = bits(2) == 0 ? 4 : 5;
      int parts = 1 << bits(4);
      expect(count % parts == 0 && count / parts >= order, "partition");
      int i = order;
      for (int part = 0; part < parts; part++) {
        int k = (int) bits(parameterBits);
        expect(k < (1 << parameterBits) - 1, "no escape");
        for (; i < (part + 1) * (count / parts); i++) {
          long quotient = 0;
          while (bits(1) == 0) {
            quotient++;
          }
          long folded = quotient << k | bits(k);
          long sum = 0;
          for (int j = 0; j < order; j++) {
            sum += (long) coefficients[j] * out[i - 1 - j];
          }
          out[i] = (int) ((sum >> shift) + (folded >>> 1 ^ -(folded & 1)));
        }
      }
    }
    for (int i = 0; i < count; i++) {
      out[i] <<= wasted;
    }
    return out;
  }

  private int crc(int from, int to, int width, int polynomial) {
    int crc = 0;
    for (int i = from; i < to; i++) {
      crc ^= (in[i] & 0xff) << (width - 8);
      for (int b = 0; b < 8; b++) {
        boolean high = (crc >> (width - 1) & 1) == 1;
        crc = (crc << 1 ^ (high ? polynomial : 0)) & ((1 << width) - 1);
      }
    }
    return crc;
  }

  private int signed(int width) {
    return (int) (bits(width) << (64 - width) >> (64 - width));
  }

  private long bits(int width) {
    long value = 0;
    for (int i = 0; i < width; i++, bit++) {
      value = value << 1 | (in[bit >> 3] >> (7 - (bit & 7)) & 1);
    }
    return value;
  }

  private static void expect(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError(what);
    }
  }
}
