package dev.spanda.audio.scalar;

/** The sum of all other methods, modulo 1. */
final class Hybrid extends ScalarGenerator {

  private static final int BLOCK = 1024;

  private final ScalarGenerator[] parts;
  private final double[] block = new double[BLOCK];

  Hybrid(ScalarGenerator[] parts) {
    super(ScalarMethod.HYBRID);
    this.parts = parts;
  }

  @Override
  void fill(double[] values, int offset, int count) {
    for (int done = 0; done < count; done += BLOCK) {
      int here = Math.min(BLOCK, count - done);
      int at = offset + done;
      parts[0].fill(values, at, here);
      for (int part = 1; part < parts.length; part++) {
        parts[part].fill(block, 0, here);
        add(block, values, at, here);
      }
      for (int i = at; i < at + here; i++) {
        // The sum of six numbers below 1 is positive, so the cast rounds down.
        values[i] -= (int) values[i];
      }
    }
  }

  private static void add(double[] block, double[] values, int at, int count) {
    for (int i = 0; i < count; i++) {
      values[at + i] += block[i];
    }
  }
}
