package dev.spanda.audio.scalar;

/** Rule 110 on a ring of 256 cells, 64 cells a word, all of a word at once. */
final class CellularAutomaton extends Batch {

  private long a;
  private long b;
  private long c;
  private long d;

  CellularAutomaton(SplitMix seed) {
    super(ScalarMethod.CELLULAR_AUTOMATON, 4);
    a = seed.next();
    b = seed.next();
    c = seed.next();
    d = seed.next() | 1;
  }

  @Override
  void steps(double[] values, int at, int steps) {
    long p = a;
    long q = b;
    long r = c;
    long s = d;
    int i = at;
    for (int step = 0; step < steps; step++) {
      // The left neighbour of a cell is the next higher bit, that of the highest the lowest of the
      // word to the left.
      long p2 = rule(p >>> 1 | s << 63, p, p << 1 | q >>> 63);
      long q2 = rule(q >>> 1 | p << 63, q, q << 1 | r >>> 63);
      long r2 = rule(r >>> 1 | q << 63, r, r << 1 | s >>> 63);
      long s2 = rule(s >>> 1 | r << 63, s, s << 1 | p >>> 63);
      p = p2;
      q = q2;
      r = r2;
      s = s2;
      values[i] = unit(p);
      values[i + 1] = unit(q);
      values[i + 2] = unit(r);
      values[i + 3] = unit(s);
      i += 4;
    }
    a = p;
    b = q;
    c = r;
    d = s;
  }

  /** 111 → 0, 110 → 1, 101 → 1, 100 → 0, 011 → 1, 010 → 1, 001 → 1, 000 → 0. */
  private static long rule(long left, long self, long right) {
    return (self | right) & ~(left & self & right);
  }
}
