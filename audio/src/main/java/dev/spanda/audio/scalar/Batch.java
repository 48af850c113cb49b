package dev.spanda.audio.scalar;

/**
 * A generator whose step yields several values: what a call does not take waits for the next, so
 * that the stream does not depend on how it is read.
 */
abstract class Batch extends ScalarGenerator {

  private final int size;
  private final double[] waiting;
  private int taken;

  Batch(ScalarMethod method, int size) {
    super(method);
    this.size = size;
    waiting = new double[size];
    taken = size;
  }

  @Override
  final void fill(double[] values, int offset, int count) {
    int at = offset;
    int end = offset + count;
    while (taken < size && at < end) {
      values[at++] = waiting[taken++];
    }
    int steps = (end - at) / size;
    steps(values, at, steps);
    at += steps * size;
    if (at < end) {
      steps(waiting, 0, 1);
      taken = 0;
      while (at < end) {
        values[at++] = waiting[taken++];
      }
    }
  }

  /** Writes {@code steps} whole steps from {@code at} on. */
  abstract void steps(double[] values, int at, int steps);
}
