package dev.spanda.audio.file;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Bits into bytes, the most significant first. */
final class BitWriter {

  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private byte[] bytes = new byte[1 << 16];
  private int length;
  private long pending;
  private int count;

  void reset() {
    length = 0;
    pending = 0;
    count = 0;
  }

  /** Makes room, so that the writes of the next so many bits need not look. */
  void reserve(long bits) {
    long needed = length + bits / 8 + 16;
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.min(Integer.MAX_VALUE - 8, needed * 3 / 2));
    }
  }

  /** Writes the low {@code width} bits, 0 to 32, of a value whose other bits are zero. */
  void put(long value, int width) {
    pending = pending << width | value;
    count += width;
    if (count >= 32) {
      count -= 32;
      INT.set(bytes, length, (int) (pending >>> count));
      length += 4;
    }
  }

  /** Writes the low {@code width} bits of a signed number. */
  void putSigned(int value, int width) {
    put(value & (1L << width) - 1, width);
  }

  /**
   * Writes Rice codes of folded residuals: the quotient by 2^k in unary, zeros ended by a one, then
   * the remainder in k bits. Two codes are put together before they are written, and each writing
   * stores eight bytes of which it keeps the full ones, because a branch on what is full is
   * mispredicted every few samples.
   */
  void putRice(int[] folded, int from, int to, int k) {
    flush();
    byte[] out = bytes;
    int at = length;
    // The bits of an unfinished byte, at the top.
    long held = pending << -count;
    held = count == 0 ? 0 : held;
    int bits = count;
    int one = 1 << k;
    int mask = one - 1;
    int i = from;
    while (i < to) {
      int value = folded[i];
      int width = (value >>> k) + 1 + k;
      long code = one | (value & mask);
      if (i + 1 < to) {
        int value2 = folded[i + 1];
        int width2 = (value2 >>> k) + 1 + k;
        if (width + width2 <= 56) {
          code = code << width2 | (one | (value2 & mask));
          width += width2;
          i++;
        }
      }
      i++;
      while (width > 56) {
        // A run of zeros alone: all but the last 56 bits of a long code.
        int zeros = Math.min(width - 56, 56);
        bits += zeros;
        LONG.set(out, at, held);
        at += bits >>> 3;
        held = bits > 7 ? 0 : held;
        bits &= 7;
        width -= zeros;
      }
      held |= code << -(bits + width);
      bits += width;
      LONG.set(out, at, held);
      at += bits >>> 3;
      held = bits == 64 ? 0 : held << (bits & 56);
      bits &= 7;
    }
    length = at;
    pending = held >>> -bits;
    pending = bits == 0 ? 0 : pending;
    count = bits;
  }

  /** Hands the full bytes over. */
  private void flush() {
    while (count >= 8) {
      count -= 8;
      bytes[length++] = (byte) (pending >>> count);
    }
    pending &= (1L << count) - 1;
  }

  /** Fills the last byte with zeros and hands all bits over to the bytes. */
  void align() {
    int rest = -count & 7;
    pending <<= rest;
    count += rest;
    while (count > 0) {
      count -= 8;
      bytes[length++] = (byte) (pending >>> count);
    }
    pending = 0;
  }

  /** The bytes, of which the first {@link #length()} are written; not copied. */
  byte[] bytes() {
    return bytes;
  }

  /** How many bytes are written; bits that do not fill a word are counted after {@link #align}. */
  int length() {
    return length;
  }
}
