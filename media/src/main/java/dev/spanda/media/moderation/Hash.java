package dev.spanda.media.moderation;

/**
 * Hashes of words: FNV-1a over UTF-16 units, then the finaliser of MurmurHash3 (both public
 * domain).
 */
final class Hash {

  static final long START = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private Hash() {}

  static long step(long hash, char unit) {
    return (hash ^ unit) * PRIME;
  }

  static long of(CharSequence text, int from, int to) {
    long hash = START;
    for (int i = from; i < to; i++) {
      hash = step(hash, text.charAt(i));
    }
    return hash;
  }

  static long of(CharSequence text) {
    return of(text, 0, text.length());
  }

  static int finish(long hash) {
    long mixed = hash ^ hash >>> 33;
    mixed *= 0xff51afd7ed558ccdL;
    mixed ^= mixed >>> 33;
    mixed *= 0xc4ceb9fe1a85ec53L;
    mixed ^= mixed >>> 33;
    return (int) mixed;
  }
}
