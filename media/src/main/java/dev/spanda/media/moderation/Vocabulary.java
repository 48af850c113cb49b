package dev.spanda.media.moderation;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;

/**
 * How common words and pairs of words are: 32-bit hashes with the logarithm of a count, so that no
 * word stands in it as such. A word that was never counted is taken for a counted one with a chance
 * of the number of entries over 2^32. Immutable and thread-safe.
 */
final class Vocabulary {

  /** Knows no word. */
  static final Vocabulary EMPTY = new Vocabulary(new int[0], new byte[0], new int[0], new byte[0]);

  /** What a pair that was never counted costs beside its second word alone: ln 0.4. */
  private static final float BACK = -0.9163f;

  /** What each letter of a word costs that was never counted: ln 10. */
  private static final float LETTER = -2.3f;

  private final int[] keys;
  private final byte[] levels;
  private final int[] slots;
  private final int[] pairKeys;
  private final byte[] pairLevels;
  private final int[] pairSlots;
  private final float[] logs;
  private final float total;

  private Vocabulary(int[] keys, byte[] levels, int[] pairKeys, byte[] pairLevels) {
    this.keys = keys;
    this.levels = levels;
    this.slots = slots(keys);
    this.pairKeys = pairKeys;
    this.pairLevels = pairLevels;
    this.pairSlots = slots(pairKeys);
    double sum = 1;
    for (byte level : levels) {
      sum += StrictMath.exp(level / 8.0);
    }
    this.total = (float) StrictMath.log(sum);
    this.logs = new float[keys.length];
    for (int i = 0; i < keys.length; i++) {
      logs[i] = levels[i] / 8f - total;
    }
  }

  private static int[] slots(int[] keys) {
    int size = Integer.highestOneBit(Math.max(8, keys.length * 4));
    int[] slots = new int[size];
    for (int i = 0; i < keys.length; i++) {
      int slot = keys[i] & (size - 1);
      while (slots[slot] != 0) {
        slot = slot + 1 & (size - 1);
      }
      slots[slot] = i + 1;
    }
    return slots;
  }

  /** How often the commonest common word is taken to have been counted; the next half as often. */
  private static final double COMMONEST = 16_000;

  /**
   * Of counts ≥ 1; their natural logarithms are kept in eighths.
   *
   * @param common hashes of words that are common elsewhere, the commonest first: the word at place
   *     n ≥ 1 counts {@value #COMMONEST} / n more. Source of that form: G. Zipf, Human Behavior and
   *     the Principle of Least Effort, Addison-Wesley 1949, chapter 2.
   */
  static Vocabulary of(Map<String, Integer> counts, Map<Long, Integer> pairs, int[] common) {
    Map<Integer, Double> byHash = new TreeMap<>();
    counts.forEach(
        (word, count) -> byHash.merge(Hash.finish(Hash.of(word)), (double) count, Math::max));
    for (int i = 0; i < common.length; i++) {
      byHash.merge(common[i], COMMONEST / (i + 1), Double::sum);
    }
    Map<Integer, Double> pairsByHash = new TreeMap<>();
    pairs.forEach((pair, count) -> pairsByHash.merge(Hash.finish(pair), (double) count, Math::max));
    return new Vocabulary(keys(byHash), levels(byHash), keys(pairsByHash), levels(pairsByHash));
  }

  private static int[] keys(Map<Integer, Double> counts) {
    return counts.keySet().stream().mapToInt(Integer::intValue).toArray();
  }

  private static byte[] levels(Map<Integer, Double> counts) {
    byte[] levels = new byte[counts.size()];
    int at = 0;
    for (double count : counts.values()) {
      levels[at++] = (byte) Math.max(-128, Math.min(127, Math.round(8 * StrictMath.log(count))));
    }
    return levels;
  }

  static Vocabulary read(DataInputStream in) throws IOException {
    int[] keys = readKeys(in);
    byte[] levels = new byte[keys.length];
    in.readFully(levels);
    int[] pairKeys = readKeys(in);
    byte[] pairLevels = new byte[pairKeys.length];
    in.readFully(pairLevels);
    return new Vocabulary(keys, levels, pairKeys, pairLevels);
  }

  private static int[] readKeys(DataInputStream in) throws IOException {
    int[] keys = new int[Tables.count(in.readInt(), 1 << 17)];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = in.readInt();
    }
    return keys;
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(keys.length);
    for (int key : keys) {
      out.writeInt(key);
    }
    out.write(levels);
    out.writeInt(pairKeys.length);
    for (int key : pairKeys) {
      out.writeInt(key);
    }
    out.write(pairLevels);
  }

  /** The name of two words in a row, of their hashes. */
  static long pair(long before, long word) {
    return before * 31 + word;
  }

  int size() {
    return keys.length;
  }

  boolean has(CharSequence word) {
    return find(keys, slots, Hash.finish(Hash.of(word))) >= 0;
  }

  private static int find(int[] keys, int[] slots, int key) {
    if (keys.length == 0) {
      return -1;
    }
    int mask = slots.length - 1;
    for (int slot = key & mask; slots[slot] != 0; slot = slot + 1 & mask) {
      if (keys[slots[slot] - 1] == key) {
        return slots[slot] - 1;
      }
    }
    return -1;
  }

  /** The logarithm of the share of a word of a hash; 1 for one that was never counted. */
  float log(long hash) {
    int at = find(keys, slots, Hash.finish(hash));
    return at >= 0 ? logs[at] : 1;
  }

  /** The logarithm of the chance of a counted word after another. */
  float log(long before, boolean known, long hash, float alone) {
    if (known) {
      int pair = find(pairKeys, pairSlots, Hash.finish(pair(before, hash)));
      int first = pair < 0 ? -1 : find(keys, slots, Hash.finish(before));
      if (first >= 0) {
        return Math.max(alone + BACK, (pairLevels[pair] - levels[first]) / 8f);
      }
    }
    return alone + BACK;
  }

  /** The logarithm of the chance of a word of so many letters that was never counted. */
  float unknown(int length) {
    return -total + LETTER * length;
  }
}
