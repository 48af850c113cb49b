package dev.spanda.core.attunement;

import java.util.ArrayList;
import java.util.List;

/**
 * Counts bits as they come, eight at a time with the highest first, in memory that does not grow.
 * Not thread-safe.
 */
public final class BitStatistics {

  private static final int PATH_POINTS = 256;

  private final long[] histogram = new long[256];
  private final List<Long> path = new ArrayList<>();
  private long bytes;
  private long ones;
  private long runs;
  private long byteProducts;
  private int firstByte;
  private int lastByte;
  private long stride = 1;

  /**
   * What has been counted, to be kept and taken up again.
   *
   * @param bytes how many bytes came
   * @param ones how many of their bits were one
   * @param runs stretches of equal bits
   * @param byteProducts the sum of the products of neighbouring bytes
   * @param firstByte the first byte, 0 to 255
   * @param lastByte the last byte, 0 to 255
   * @param stride how many bytes lie between two points of the path
   * @param histogram how often each byte came; 256 numbers; copied
   * @param path ones minus zeros after each stride; copied
   */
  public record State(
      long bytes,
      long ones,
      long runs,
      long byteProducts,
      int firstByte,
      int lastByte,
      long stride,
      List<Long> histogram,
      List<Long> path) {

    /** Copies the lists. */
    public State {
      histogram = List.copyOf(histogram);
      path = List.copyOf(path);
    }
  }

  /** Nothing counted yet. */
  public BitStatistics() {}

  /** Goes on from what was counted before. */
  public BitStatistics(State state) {
    bytes = state.bytes;
    ones = state.ones;
    runs = state.runs;
    byteProducts = state.byteProducts;
    firstByte = state.firstByte;
    lastByte = state.lastByte;
    stride = state.stride;
    for (int i = 0; i < histogram.length; i++) {
      histogram[i] = state.histogram.get(i);
    }
    path.addAll(state.path);
  }

  /** Counts every bit of every byte. */
  public void add(byte[] more) {
    for (byte each : more) {
      add(each & 0xFF);
    }
  }

  private void add(int value) {
    ones += Integer.bitCount(value);
    // Changes inside the byte, and the one between it and the byte before it.
    runs += Integer.bitCount((value ^ value >>> 1) & 0x7F);
    if (bytes == 0) {
      firstByte = value;
      runs++;
    } else {
      runs += lastByte & 1 ^ value >>> 7;
      byteProducts += (long) lastByte * value;
    }
    lastByte = value;
    histogram[value]++;
    bytes++;
    if (bytes % stride == 0) {
      point();
    }
  }

  private void point() {
    path.add(2 * ones - 8 * bytes);
    if (path.size() > PATH_POINTS) {
      // Every second point goes, and from now on they stand twice as far apart.
      List<Long> rest = new ArrayList<>();
      for (int i = 1; i < path.size(); i += 2) {
        rest.add(path.get(i));
      }
      path.clear();
      path.addAll(rest);
      stride *= 2;
    }
  }

  /** How many bits were counted. */
  public long bits() {
    return 8 * bytes;
  }

  /** What has been counted so far. */
  public State state() {
    List<Long> counts = new ArrayList<>(histogram.length);
    for (long count : histogram) {
      counts.add(count);
    }
    return new State(bytes, ones, runs, byteProducts, firstByte, lastByte, stride, counts, path);
  }

  /** What the bits counted so far say. */
  public Reading reading() {
    return Tests.read(state());
  }
}
