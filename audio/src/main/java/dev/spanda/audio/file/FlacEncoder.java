package dev.spanda.audio.file;

import dev.spanda.audio.SampleRate;
import java.util.HashMap;
import java.util.Map;

/** Turns blocks of integers into FLAC frames (RFC 9639, section 9). For one thread. */
final class FlacEncoder {

  static final int BLOCK = 4096;

  private final SampleRate rate;
  private final int channels;
  private final int bits;
  private final FlacSubframe[] plans;
  private final int[] mid = new int[BLOCK];
  private final int[] side = new int[BLOCK];
  private final BitWriter out = new BitWriter();
  private final Map<Integer, double[]> windows = new HashMap<>();

  FlacEncoder(SampleRate rate, int channels, int bits) {
    this.rate = rate;
    this.channels = channels;
    this.bits = bits;
    plans = new FlacSubframe[channels == 2 ? 4 : channels];
    for (int i = 0; i < plans.length; i++) {
      plans[i] = new FlacSubframe(BLOCK);
    }
  }

  /**
   * Encodes a block of 1 to 4096 samples a channel.
   *
   * @return how many of {@link #bytes()} are the frame
   */
  int encode(int[][] samples, int count, long number) {
    double[] window = windows.computeIfAbsent(count, FlacEncoder::window);
    for (int channel = 0; channel < channels; channel++) {
      plans[channel].analyse(samples[channel], count, bits, window);
    }
    int assignment = channels - 1;
    int first = 0;
    int second = 1;
    if (channels == 2) {
      difference(samples[0], samples[1], count, mid, side);
      plans[3].analyse(side, count, bits + 1, window);
      plans[2].analyseMean(mid, count, bits, window, plans[0], plans[1], plans[3]);
      double left = plans[0].estimate();
      double right = plans[1].estimate();
      double mean = plans[2].estimate();
      double difference = plans[3].estimate();
      // Estimates of unrelated channels tie, and their sum has the less favourable distribution.
      double fewest = left + right;
      if (left + difference < fewest) {
        fewest = left + difference;
        assignment = 8;
        second = 3;
      }
      if (difference + right < fewest) {
        fewest = difference + right;
        assignment = 9;
        first = 3;
        second = 1;
      }
      if (mean + difference < fewest) {
        assignment = 10;
        first = 2;
        second = 3;
      }
      plans[first].plan();
      plans[second].plan();
    } else {
      for (FlacSubframe plan : plans) {
        plan.plan();
      }
    }
    out.reset();
    header(count, number, assignment);
    if (channels == 2) {
      plans[first].write(out);
      plans[second].write(out);
    } else {
      for (FlacSubframe plan : plans) {
        plan.write(out);
      }
    }
    out.align();
    int crc = Crc.sixteen(out.bytes(), 0, out.length());
    out.reserve(16);
    out.put(crc, 16);
    out.align();
    return out.length();
  }

  /** The last frame; valid until the next one. */
  byte[] bytes() {
    return out.bytes();
  }

  private static void difference(int[] left, int[] right, int count, int[] mid, int[] side) {
    for (int i = 0; i < count; i++) {
      mid[i] = (left[i] + right[i]) >> 1;
      side[i] = left[i] - right[i];
    }
  }

  private void header(int count, long number, int assignment) {
    int blockCode = count == BLOCK ? 12 : count <= 256 ? 6 : 7;
    int rateCode = rateCode(rate.hz());
    out.put(0b1111_1111_1111_1000, 16);
    out.put(blockCode << 4 | rateCode, 8);
    out.put(assignment << 4 | (bits == 16 ? 4 : 6) << 1, 8);
    putNumber(number);
    if (blockCode == 6) {
      out.put(count - 1, 8);
    } else if (blockCode == 7) {
      out.put(count - 1, 16);
    }
    switch (rateCode) {
      case 12 -> out.put(rate.hz() / 1000, 8);
      case 13 -> out.put(rate.hz(), 16);
      case 14 -> out.put(rate.hz() / 10, 16);
      default -> {}
    }
    out.align();
    int crc = Crc.eight(out.bytes(), 0, out.length());
    out.put(crc, 8);
  }

  /** The number of the frame as UTF-8 would write it, extended to 36 bits. */
  private void putNumber(long number) {
    if (number < 0x80) {
      out.put(number, 8);
      return;
    }
    int followers = 1;
    while (number >>> (6 * followers + (6 - followers)) != 0) {
      followers++;
    }
    int lead = 0xff00 >>> (followers + 1) & 0xff;
    out.put(lead | number >>> (6 * followers), 8);
    for (int i = followers - 1; i >= 0; i--) {
      out.put(0x80 | ((number >>> (6 * i)) & 0x3f), 8);
    }
  }

  private static int rateCode(int hz) {
    return switch (hz) {
      case 88_200 -> 1;
      case 176_400 -> 2;
      case 192_000 -> 3;
      case 8_000 -> 4;
      case 16_000 -> 5;
      case 22_050 -> 6;
      case 24_000 -> 7;
      case 32_000 -> 8;
      case 44_100 -> 9;
      case 48_000 -> 10;
      case 96_000 -> 11;
      default -> {
        if (hz % 1000 == 0 && hz / 1000 < 256) {
          yield 12;
        }
        if (hz < 65_536) {
          yield 13;
        }
        // Zero sends the decoder to the stream's own header.
        yield hz % 10 == 0 && hz / 10 < 65_536 ? 14 : 0;
      }
    };
  }

  /** Tukey's window of which the outer half is cosine, scaled so as to keep the energy. */
  private static double[] window(int count) {
    double[] window = new double[count];
    int slope = count / 4;
    for (int i = 0; i < count; i++) {
      int edge = Math.min(i, count - 1 - i);
      window[i] = edge >= slope ? 1 : 0.5 - 0.5 * StrictMath.cos(Math.PI * edge / slope);
    }
    double energy = 0;
    for (double value : window) {
      energy += value * value;
    }
    double scale = Math.sqrt(count / energy);
    for (int i = 0; i < count; i++) {
      window[i] *= scale;
    }
    return window;
  }
}
