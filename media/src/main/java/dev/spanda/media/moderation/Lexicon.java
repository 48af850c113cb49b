package dev.spanda.media.moderation;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Terms that people rated, by 32-bit hash: the categories of each and its severity from 1 (mild) to
 * 3 (severe). No term stands in it as such. Immutable and thread-safe.
 */
final class Lexicon {

  /** The categories, in the order of their bits. */
  static final List<String> CATEGORIES =
      List.of(
          "sexual anatomy / sexual acts",
          "bodily fluids / excrement",
          "sexual orientation / gender",
          "racial / ethnic slurs",
          "mental disability",
          "physical disability",
          "physical attributes",
          "animal references",
          "religious offense",
          "political",
          "other / general insult");

  /** The bit of what is sexual. */
  static final int SEXUAL = 1;

  static final int LONGEST_TERM = 4;

  /**
   * A term's rating.
   *
   * @param categories bits in the order of {@link #CATEGORIES}
   * @param severity in tenths, 10 to 30
   */
  record Rating(int categories, int severity) {}

  private final int[] keys;
  private final int[] ratings;

  /** Bits of the keys: where one is not set there is no such key. */
  private final long[] maybe = new long[1024];

  private Lexicon(int[] keys, int[] ratings) {
    this.keys = keys;
    this.ratings = ratings;
    for (int key : keys) {
      maybe[key >>> 6 & 1023] |= 1L << key;
    }
  }

  /** Of terms as {@link #key} names them. */
  static Lexicon of(Map<Integer, Rating> terms) {
    Map<Integer, Rating> sorted = new TreeMap<>(terms);
    int[] keys = new int[sorted.size()];
    int[] ratings = new int[keys.length];
    int at = 0;
    for (Map.Entry<Integer, Rating> term : sorted.entrySet()) {
      keys[at] = term.getKey();
      ratings[at++] = term.getValue().categories() | term.getValue().severity() << 16;
    }
    return new Lexicon(keys, ratings);
  }

  static Lexicon read(DataInputStream in) throws IOException {
    int count = Tables.count(in.readInt(), 1 << 16);
    int[] keys = new int[count];
    int[] ratings = new int[count];
    for (int i = 0; i < count; i++) {
      keys[i] = in.readInt();
      ratings[i] = in.readInt();
    }
    return new Lexicon(keys, ratings);
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(keys.length);
    for (int i = 0; i < keys.length; i++) {
      out.writeInt(keys[i]);
      out.writeInt(ratings[i]);
    }
  }

  int size() {
    return keys.length;
  }

  private static final long START = 0x9e3779b97f4a7c15L;

  /** The name of the words from one place to another, joined by blanks. */
  static int key(List<String> words, int from, int to) {
    long hash = START;
    for (int i = from; i < to; i++) {
      hash = step(hash, words.get(i));
    }
    return Hash.finish(hash);
  }

  private static long step(long hash, String word) {
    long stepped = hash;
    for (int k = 0; k < word.length(); k++) {
      stepped = Hash.step(stepped, word.charAt(k));
    }
    return Hash.step(stepped, ' ');
  }

  /** Gets every term that is found, the longest at each place. */
  interface Finder {
    /**
     * A term of the list.
     *
     * @param from its first word
     * @param to the word after its last
     */
    void found(int from, int to, int categories, int severity);
  }

  void find(List<String> words, Finder finder) {
    for (int from = 0; from < words.size(); ) {
      int longest = -1;
      int end = from + 1;
      long hash = START;
      for (int to = from; to < Math.min(words.size(), from + LONGEST_TERM); to++) {
        hash = step(hash, words.get(to));
        int key = Hash.finish(hash);
        if ((maybe[key >>> 6 & 1023] >>> key & 1) != 0) {
          int at = Arrays.binarySearch(keys, key);
          if (at >= 0) {
            longest = at;
            end = to + 1;
          }
        }
      }
      if (longest >= 0) {
        finder.found(from, end, ratings[longest] & 0xFFFF, ratings[longest] >>> 16);
      }
      from = end;
    }
  }
}
