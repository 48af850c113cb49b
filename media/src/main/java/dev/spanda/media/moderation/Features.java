package dev.spanda.media.moderation;

import java.util.Arrays;
import java.util.List;

/**
 * What the models weigh in a message, as places in a table of 2^18 weights: its words and pairs of
 * words, its runs of 3 to 5 letters within words, what the word list says of it, and its shape. Not
 * thread-safe; made for one message.
 */
final class Features {

  /** How many weights a head has. */
  static final int SIZE = 1 << 18;

  private static final int MASK = SIZE - 1;
  private static final int MOST_WORDS = 600;

  private int[] words = new int[64];
  private int wordCount;
  private int[] letters = new int[512];
  private int letterCount;
  private final int[] rated = new int[40];
  private int ratedCount;
  private final int[] shape = new int[24];
  private int shapeCount;
  private double clean = 1;

  private Features() {}

  static Features of(Reading reading, Lexicon lexicon) {
    Features features = new Features();
    features.addWords(reading.words());
    features.addRated(reading.words(), lexicon);
    features.addShape(reading);
    return features;
  }

  int[] words() {
    return Arrays.copyOf(words, wordCount);
  }

  int[] letters() {
    return Arrays.copyOf(letters, letterCount);
  }

  int[] rated() {
    return Arrays.copyOf(rated, ratedCount);
  }

  int[] shape() {
    return Arrays.copyOf(shape, shapeCount);
  }

  /**
   * 1 − Π (1 − s/3.5) over the sexual terms that were found, s being each one's severity from 1 to
   * 3: 0 without any, 0.29 with a mild one, 0.86 with a severe one, and more with several.
   */
  double sexual() {
    return 1 - clean;
  }

  double weigh(Head head, boolean spam) {
    double sum = head.bias();
    sum += head.sum(words, wordCount) / Math.sqrt(Math.max(1, wordCount));
    sum += head.sum(letters, letterCount) / Math.sqrt(Math.max(1, letterCount));
    return sum + (spam ? head.sum(shape, shapeCount) : head.sum(rated, ratedCount));
  }

  private void addWords(List<String> all) {
    int count = Math.min(MOST_WORDS, all.size());
    long before = Hash.of("^");
    for (int i = 0; i < count; i++) {
      String word = all.get(i);
      long hash = Hash.of(word);
      addWord(Hash.finish(hash * 3));
      addWord(Hash.finish(before * 31 + hash));
      before = hash;
      addLetters(word);
    }
    addWord(Hash.finish(before * 31 + Hash.of("$")));
  }

  private void addWord(int place) {
    if (wordCount == words.length) {
      words = Arrays.copyOf(words, 2 * wordCount);
    }
    words[wordCount++] = place & MASK;
  }

  private void addLetters(String word) {
    if (word.charAt(0) == '<') {
      return;
    }
    int length = word.length() + 2;
    if (letterCount + 3 * length > letters.length) {
      letters = Arrays.copyOf(letters, 2 * letters.length + 3 * length);
    }
    for (int from = 0; from < length; from++) {
      long hash = Hash.START;
      for (int to = from; to < Math.min(length, from + 5); to++) {
        hash = Hash.step(hash, to == 0 || to == length - 1 ? '_' : word.charAt(to - 1));
        if (to - from >= 2) {
          letters[letterCount++] = Hash.finish(hash * 5) & MASK;
        }
      }
    }
  }

  private void addRated(List<String> all, Lexicon lexicon) {
    int[] found = new int[3];
    int[] most = new int[Lexicon.CATEGORIES.size()];
    lexicon.find(
        all,
        (from, to, categories, severity) -> {
          found[0]++;
          found[1] = Math.max(found[1], severity);
          for (int i = 0; i < most.length; i++) {
            if ((categories >> i & 1) != 0) {
              most[i] = Math.max(most[i], severity);
            }
          }
          if ((categories & Lexicon.SEXUAL) != 0) {
            clean *= 1 - severity / 35.0;
          }
        });
    rate("found", Math.min(found[0], 4));
    rate("severity", (found[1] + 3) / 4);
    for (int i = 0; i < most.length; i++) {
      if (most[i] > 0) {
        rate("category" + i, 0);
        rate("category" + i, (most[i] + 5) / 6);
      }
    }
  }

  private void rate(String name, int level) {
    rated[ratedCount++] = place("rated " + name, level);
  }

  private void addShape(Reading reading) {
    int length = Math.max(1, reading.characters());
    shape("urls", Math.min(3, reading.urls()));
    shape("length", 32 - Integer.numberOfLeadingZeros(length));
    shape("digits", Math.min(6, 32 - Integer.numberOfLeadingZeros(20 * reading.digits() / length)));
    shape("number", Math.min(6, reading.longestNumber() / 2));
    shape("capitals", Math.min(5, 8 * reading.capitals() / Math.max(1, reading.letters())));
    shape("exclamations", Math.min(4, reading.exclamations()));
    shape("currencies", Math.min(2, reading.currencies()));
    shape("run", Math.min(5, reading.longestRun() / 2));
    for (int i = 0; i < Math.min(8, reading.hosts().size()); i++) {
      shape("host " + reading.hosts().get(i), 0);
    }
  }

  private void shape(String name, int level) {
    shape[shapeCount++] = place("shape " + name, level);
  }

  private static int place(String name, int level) {
    return Hash.finish(Hash.of(name) * 7 + level) & MASK;
  }
}
