package dev.spanda.media.moderation;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How common words are: 32-bit hashes with the logarithm of a count, so that no word stands in it
 * as such. A word that was never counted is taken for a counted one with a chance of the number of
 * entries over 2^32. Immutable and thread-safe.
 */
final class Vocabulary {

  /** Knows no word. */
  static final Vocabulary EMPTY = new Vocabulary(new int[0], new byte[0]);

  private static final int LONGEST = 24;
  private static final int LONGEST_UNKNOWN = 12;

  private final int[] keys;
  private final byte[] levels;
  private final int[] slots;
  private final float[] logs;
  private final float total;

  private Vocabulary(int[] keys, byte[] levels) {
    this.keys = keys;
    this.levels = levels;
    int size = Integer.highestOneBit(Math.max(8, keys.length * 4));
    this.slots = new int[size];
    double sum = 1;
    for (int i = 0; i < keys.length; i++) {
      int slot = keys[i] & (size - 1);
      while (slots[slot] != 0) {
        slot = slot + 1 & (size - 1);
      }
      slots[slot] = i + 1;
      sum += StrictMath.exp(levels[i] / 8.0);
    }
    this.total = (float) StrictMath.log(sum);
    this.logs = new float[keys.length];
    for (int i = 0; i < keys.length; i++) {
      logs[i] = levels[i] / 8f - total;
    }
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
  static Vocabulary of(Map<String, Integer> counts, int[] common) {
    Map<Integer, Double> byHash = new TreeMap<>();
    counts.forEach(
        (word, count) -> byHash.merge(Hash.finish(Hash.of(word)), (double) count, Math::max));
    for (int i = 0; i < common.length; i++) {
      byHash.merge(common[i], COMMONEST / (i + 1), Double::sum);
    }
    int[] keys = new int[byHash.size()];
    byte[] levels = new byte[keys.length];
    int at = 0;
    for (Map.Entry<Integer, Double> entry : byHash.entrySet()) {
      keys[at] = entry.getKey();
      levels[at++] = (byte) Math.max(-128, Math.min(127, Math.round(8 * StrictMath.log(entry.getValue()))));
    }
    return new Vocabulary(keys, levels);
  }

  static Vocabulary read(DataInputStream in) throws IOException {
    int[] keys = new int[Tables.count(in.readInt(), 1 << 17)];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = in.readInt();
    }
    byte[] levels = new byte[keys.length];
    in.readFully(levels);
    return new Vocabulary(keys, levels);
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(keys.length);
    for (int key : keys) {
      out.writeInt(key);
    }
    out.write(levels);
  }

  int size() {
    return keys.length;
  }

  boolean has(CharSequence word) {
    return find(Hash.finish(Hash.of(word))) >= 0;
  }

  private int find(int key) {
    int mask = slots.length - 1;
    for (int slot = key & mask; slots[slot] != 0; slot = slot + 1 & mask) {
      if (keys[slots[slot] - 1] == key) {
        return slots[slot] - 1;
      }
    }
    return -1;
  }

  /**
   * The most probable words that letters without blanks are made of, each word drawn by itself; a
   * word that was never counted costs a factor of ten a letter. Source of the method: P. Norvig,
   * "Natural Language Corpus Data", in T. Segaran, J. Hammerbacher (eds.), Beautiful Data, O'Reilly
   * 2009, chapter 14.
   */
  List<String> split(String letters) {
    int length = letters.length();
    float[] best = new float[length + 1];
    int[] from = new int[length + 1];
    java.util.Arrays.fill(best, 1, length + 1, Float.NEGATIVE_INFINITY);
    for (int start = 0; start < length; start++) {
      long hash = Hash.START;
      for (int end = start + 1; end <= Math.min(length, start + LONGEST); end++) {
        hash = Hash.step(hash, letters.charAt(end - 1));
        int known = find(Hash.finish(hash));
        float value;
        if (known >= 0) {
          value = logs[known];
        } else if (end - start <= LONGEST_UNKNOWN) {
          value = -total - 2.3f * (end - start);
        } else {
          continue;
        }
        if (best[start] + value > best[end]) {
          best[end] = best[start] + value;
          from[end] = start;
        }
      }
    }
    List<String> words = new ArrayList<>();
    for (int end = length; end > 0; end = from[end]) {
      words.add(0, letters.substring(from[end], end));
    }
    return words;
  }
}
