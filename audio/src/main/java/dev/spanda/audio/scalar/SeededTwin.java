package dev.spanda.audio.scalar;

/** What stands for the secure source when a test needs the same numbers again. */
final class SeededTwin extends ScalarGenerator {

  private final SplitMix mix;

  SeededTwin(SplitMix mix) {
    super(ScalarMethod.SECURE_RANDOM);
    this.mix = mix;
  }

  @Override
  void fill(double[] values, int offset, int count) {
    for (int i = offset; i < offset + count; i++) {
      values[i] = unit(mix.next());
    }
  }
}
