package dev.spanda.core.attunement;

import dev.spanda.core.Failure;
import java.util.function.LongSupplier;

/** Bits from the time that a little work takes. */
final class JitterSource implements BitSource {

  /** A clock too coarse to jitter gives up after as many readings for one bit. */
  private static final int MOST_READINGS = 100_000;

  private static final int WORK = 24;

  private final LongSupplier nanoTime;
  private long state = 0x9E3779B97F4A7C15L;

  JitterSource(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  @Override
  public synchronized void fill(byte[] bytes) {
    for (int i = 0; i < bytes.length; i++) {
      int value = 0;
      for (int bit = 0; bit < 8; bit++) {
        value = value << 1 | bit();
      }
      bytes[i] = (byte) value;
    }
  }

  private int bit() {
    for (int i = 0; i < MOST_READINGS; i++) {
      int first = parity(difference());
      int second = parity(difference());
      if (first != second) {
        return first;
      }
    }
    throw Failure.of(
        Failure.Reason.UNAVAILABLE, "source", "The clock of this machine is too coarse to jitter");
  }

  private long difference() {
    long before = nanoTime.getAsLong();
    // Work whose length the caches and the pipeline decide, and whose result the next one needs.
    for (int i = 0; i < WORK; i++) {
      state ^= state << 13;
      state ^= state >>> 7;
      state ^= state << 17;
    }
    return nanoTime.getAsLong() - before;
  }

  private static int parity(long difference) {
    return Long.bitCount(difference) & 1;
  }
}
