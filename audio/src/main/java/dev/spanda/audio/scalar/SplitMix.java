package dev.spanda.audio.scalar;

/** SplitMix64 of Steele, Lea and Flood (OOPSLA 2014), which spreads a seed over a state. */
final class SplitMix {

  private long state;

  SplitMix(long seed) {
    state = seed;
  }

  long next() {
    state += 0x9e3779b97f4a7c15L;
    long z = state;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }

  /** Uniform in [low, high). */
  double between(double low, double high) {
    return low + (high - low) * ScalarGenerator.unit(next());
  }
}
