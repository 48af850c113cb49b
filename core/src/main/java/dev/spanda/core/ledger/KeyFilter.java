package dev.spanda.core.ledger;

/**
 * Tells of most keys that are new that they are, without a look at the index: a Bloom filter whose
 * four bits for a digest lie in one word (Bloom 1970; Putze, Sanders and Singler 2007). It is
 * filled a piece at a time from the index, beside the commits, and answers only when it is whole.
 * With sixteen bits a key, about one new key in a hundred is looked up for nothing. Not
 * thread-safe; belongs to the writer.
 */
final class KeyFilter {

  private static final int KEYS_A_WORD = 4;
  private static final long FEWEST_KEYS = 1 << 18;
  private static final long MOST_KEYS = 1 << 24;

  private long[] words = {};
  private long capacity;
  private long added;
  private boolean whole;

  /** Begins anew, for at least twice as many keys as there are now. */
  void begin(long keys) {
    whole = false;
    added = 0;
    if (keys > MOST_KEYS / 2) {
      // It would take more than 32 MiB: every key is looked up.
      capacity = 0;
      words = new long[0];
      return;
    }
    capacity = Math.max(FEWEST_KEYS, Long.highestOneBit(Math.max(1, keys - 1)) * 4);
    words = new long[(int) (capacity / KEYS_A_WORD)];
  }

  /** Forgets everything; it is not filled until {@link #begin}. */
  void clear() {
    begin(Long.MAX_VALUE);
  }

  /** Whether keys may be added. */
  boolean begun() {
    return capacity > 0;
  }

  /** Whether every key of the index has been added. */
  boolean whole() {
    return whole;
  }

  /** Says that every key of the index has been added. */
  void complete() {
    whole = true;
  }

  /** Whether it holds more keys than it was made for, so that it should begin anew. */
  boolean full() {
    return added > capacity;
  }

  void add(long digest) {
    if (capacity > 0) {
      added++;
      words[word(digest)] |= bits(digest);
    }
  }

  /** False only when the key is in the index for sure not. */
  boolean mayHold(long digest) {
    if (!whole) {
      return true;
    }
    long bits = bits(digest);
    return (words[word(digest)] & bits) == bits;
  }

  /** The digest is a part of a SHA-256: any of its bits are as good as any others. */
  private int word(long digest) {
    return (int) (digest >>> 32) & (words.length - 1);
  }

  private static long bits(long digest) {
    return 1L << digest | 1L << (digest >>> 6) | 1L << (digest >>> 12) | 1L << (digest >>> 18);
  }
}
