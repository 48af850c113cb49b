package dev.spanda.media.persona;

import dev.spanda.media.moderation.Moderator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Measures how a text sounds, by short lists of words. Thread-safe. */
final class Sound {

  private static final Set<String> FRIENDLY =
      Set.of(
          "good",
          "great",
          "best",
          "love",
          "loved",
          "loving",
          "nice",
          "amazing",
          "awesome",
          "win",
          "won",
          "winning",
          "fun",
          "happy",
          "beautiful",
          "perfect",
          "thanks",
          "thank",
          "enjoy",
          "epic",
          "clutch",
          "insane",
          "proud",
          "hope",
          "favorite",
          "favourite",
          "cool",
          "glad",
          "excited",
          "wonderful",
          "brilliant",
          "legendary",
          "hyped",
          "vibing",
          "lit",
          "fire",
          "goat",
          "clean",
          "highlight",
          "success",
          "joy",
          "welcome",
          "🔥",
          "🎯",
          "😄",
          "❤",
          "🎉",
          "🙌",
          "😂",
          "💪",
          "✨");
  private static final Set<String> UNFRIENDLY =
      Set.of(
          "bad",
          "worst",
          "hate",
          "hated",
          "terrible",
          "awful",
          "lose",
          "lost",
          "losing",
          "sad",
          "angry",
          "boring",
          "fail",
          "failed",
          "failure",
          "broken",
          "bug",
          "lag",
          "ugly",
          "wrong",
          "sorry",
          "disappointed",
          "disappointing",
          "defeat",
          "toxic",
          "pain",
          "crash",
          "tilted",
          "unfair",
          "annoying",
          "disaster",
          "rip",
          "cry",
          "hurt",
          "scam",
          "😢",
          "😡",
          "💀",
          "😞");
  private static final Set<String> LIVELY =
      Set.of(
          "go",
          "lets",
          "wow",
          "insane",
          "epic",
          "hype",
          "hyped",
          "crazy",
          "send",
          "clutch",
          "legendary",
          "wild",
          "boom",
          "now",
          "fire",
          "huge",
          "unreal",
          "rush",
          "🔥",
          "🎯",
          "🎉",
          "💪",
          "🚀",
          "😤",
          "⚡");
  private static final Set<String> NOT =
      Set.of("not", "no", "never", "dont", "didnt", "isnt", "wasnt", "cant", "wont", "without");
  private static final Set<String> QUARREL =
      Set.of(
          "politics",
          "political",
          "president",
          "election",
          "vote",
          "government",
          "religion",
          "god",
          "war",
          "gun",
          "guns",
          "abortion",
          "immigration",
          "immigrants",
          "racist",
          "racism",
          "sexist",
          "woke",
          "cancel",
          "cancelled",
          "drama",
          "exposed",
          "scandal",
          "lawsuit",
          "conspiracy",
          "vaccine",
          "climate",
          "cheater",
          "cheating",
          "fraud",
          "overrated",
          "boycott",
          "censorship",
          "nazi",
          "terrorist",
          "genocide",
          "communist",
          "fascist");

  private final Moderator moderator;

  Sound(Moderator moderator) {
    this.moderator = moderator;
  }

  Content.Tone of(String text) {
    List<String> words = Terms.all(text);
    double value = sentiment(words);
    double stirred = energy(text, words);
    long quarrels = words.stream().filter(QUARREL::contains).count();
    double calm = (1 - moderator.score(text).toxicity()) * StrictMath.pow(0.8, quarrels);
    return new Content.Tone(
        value > 0.2 ? "positive" : value < -0.2 ? "negative" : "neutral",
        stirred >= 0.2 ? "high" : stirred >= 0.07 ? "medium" : "low",
        1 - calm);
  }

  static double sentiment(List<String> words) {
    int friendly = 0;
    int unfriendly = 0;
    for (int i = 0; i < words.size(); i++) {
      boolean up = FRIENDLY.contains(words.get(i));
      boolean down = UNFRIENDLY.contains(words.get(i));
      boolean turned =
          (i > 0 && NOT.contains(words.get(i - 1))) || (i > 1 && NOT.contains(words.get(i - 2)));
      if (turned ? down : up) {
        friendly++;
      } else if (turned ? up : down) {
        unfriendly++;
      }
    }
    return (friendly - unfriendly) / (double) (friendly + unfriendly + 1);
  }

  private static double energy(String text, List<String> words) {
    long stirs = text.chars().filter(c -> c == '!').count();
    stirs += words.stream().filter(LIVELY::contains).count();
    for (String word : text.split("\\s+", -1)) {
      if (word.length() > 2
          && word.chars().allMatch(Character::isLetter)
          && word.equals(word.toUpperCase(Locale.ROOT))) {
        stirs++;
      }
    }
    return stirs / (double) Math.max(1, words.size());
  }

  /** How words are told apart in this package. */
  static final class Terms {

    private static final Set<String> FILLERS =
        Set.of(
            "the", "a", "an", "and", "or", "of", "to", "in", "on", "is", "are", "was", "it", "that",
            "this", "for", "with", "be", "do", "does", "so", "at", "by", "as", "just", "me",
            "your");

    /** Words that stand in most questions and say little of what they are about. */
    private static final Set<String> LIGHT =
        Set.of(
            "i",
            "im",
            "you",
            "youre",
            "u",
            "ur",
            "my",
            "we",
            "us",
            "he",
            "she",
            "they",
            "them",
            "what",
            "whats",
            "which",
            "when",
            "whens",
            "where",
            "who",
            "why",
            "how",
            "should",
            "would",
            "could",
            "can",
            "will",
            "did",
            "have",
            "has",
            "had",
            "am",
            "were",
            "not",
            "if",
            "there",
            "here",
            "about",
            "from",
            "get",
            "got",
            "any",
            "some",
            "please",
            "hey",
            "hi",
            "hello",
            "yo",
            "one",
            "now",
            "today",
            "like",
            "think",
            "know",
            "want",
            "really",
            "use",
            "need",
            "go",
            "going",
            "make",
            "ever",
            "all",
            "much",
            "many",
            "next",
            "new",
            "good",
            "first",
            "our",
            "his",
            "her",
            "their",
            "these",
            "those",
            "every",
            "most",
            "very",
            "too",
            "then",
            "than",
            "but",
            "its",
            "ive",
            "been",
            "being",
            "into",
            "out",
            "over",
            "tomorrow",
            "tonight",
            "week",
            "weekend",
            "soon",
            "usually",
            "again",
            "still");

    private static final java.util.Map<String, String> SAME =
        java.util.Map.ofEntries(
            java.util.Map.entry("favourite", "favorite"),
            java.util.Map.entry("fav", "favorite"),
            java.util.Map.entry("vid", "video"),
            java.util.Map.entry("pic", "picture"),
            java.util.Map.entry("mic", "microphone"),
            java.util.Map.entry("cam", "camera"),
            java.util.Map.entry("specs", "pc"),
            java.util.Map.entry("computer", "pc"),
            java.util.Map.entry("sens", "sensitivity"),
            java.util.Map.entry("dpi", "sensitivity"),
            java.util.Map.entry("live", "stream"),
            java.util.Map.entry("sched", "schedule"),
            java.util.Map.entry("colour", "color"));

    private Terms() {}

    /** Words and pictures in lower case, without apostrophes. */
    static List<String> all(String text) {
      List<String> words = new ArrayList<>();
      StringBuilder word = new StringBuilder();
      String folded = text.toLowerCase(Locale.ROOT);
      for (int i = 0; i <= folded.length(); ) {
        int c = i < folded.length() ? folded.codePointAt(i) : ' ';
        i += Character.charCount(c);
        if (Character.isLetterOrDigit(c)) {
          word.appendCodePoint(c);
        } else if (c != '\'' && c != '\u2019') {
          if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
          }
          if (Character.getType(c) == Character.OTHER_SYMBOL) {
            words.add(Character.toString(c));
          }
        }
      }
      return words;
    }

    /** Those that say something. */
    static List<String> telling(String text) {
      return all(text).stream().filter(word -> !FILLERS.contains(word)).map(Terms::stem).toList();
    }

    /** What a word weighs beside others in a search: 0.25 when it says little, else 1. */
    static double weight(String term) {
      return LIGHT.contains(term) ? 0.25 : 1;
    }

    private static String stem(String word) {
      String same = SAME.getOrDefault(word, word);
      String stem =
          same.length() > 3 && same.endsWith("s") && !same.endsWith("ss")
              ? same.substring(0, same.length() - 1)
              : same;
      stem = SAME.getOrDefault(stem, stem);
      if (stem.length() > 5 && stem.endsWith("ing")) {
        return once(stem.substring(0, stem.length() - 3));
      }
      return stem.length() > 4 && stem.endsWith("ed")
          ? once(stem.substring(0, stem.length() - 2))
          : stem;
    }

    /** Without a last letter that was doubled before an ending. */
    private static String once(String stem) {
      int last = stem.length() - 1;
      boolean twice = last > 2 && stem.charAt(last) == stem.charAt(last - 1);
      return twice && "lsz".indexOf(stem.charAt(last)) < 0 ? stem.substring(0, last) : stem;
    }
  }
}
