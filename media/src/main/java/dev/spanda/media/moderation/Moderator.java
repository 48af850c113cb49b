package dev.spanda.media.moderation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/**
 * Says how likely a message is toxic, spam or not safe for work.
 *
 * <p>Toxicity and spam are logistic regressions over hashed words, pairs of words and runs of three
 * to five letters, read after normalising its spelling (case, full width, marks, characters without
 * width, look-alikes, digits and signs for letters, letters apart, repeats); toxicity also weighs a
 * list of rated terms, spam the shape of a message (links, numbers, capitals, repeats). Their
 * numbers are calibrated on messages that the weights had not seen, for a crowd in which every
 * second message is of that kind; in a friendlier crowd they are too high for all, in the same
 * order. Not safe for work is no model: it is 1 − Π (1 − s/3.5) over the terms of the list that are
 * sexual, with the severity s of each from 1 to 3, and knows no picture and no context. The models
 * were trained on English alone; the provenance page of this module names the sets and what they
 * are worth.
 *
 * <p>Immutable and thread-safe.
 */
public final class Moderator {

  /** The most characters that are read; what stands behind them is not. */
  public static final int LONGEST = 10_000;

  private static final int MOST_LINKS = 3;
  private static final int MOST_SAME = 8;
  private static final int LONGEST_RUN = 15;
  private static final int MANY_LETTERS = 40;
  private static final List<List<String>> ASKING =
      List.of(
          List.of("check", "it", "out"),
          List.of("check", "this", "out"),
          List.of("check", "out"),
          List.of("check"));

  /**
   * How likely a message is each of three things, 0 to 1.
   *
   * @param toxicity insult, hate or threat, calibrated
   * @param spam unasked advertisement or bait, calibrated
   * @param nsfw sexual words by the list of rated terms; not calibrated
   */
  public record Scores(double toxicity, double spam, double nsfw) {

    /** Checks the ranges. */
    public Scores {
      if (!(toxicity >= 0 && toxicity <= 1 && spam >= 0 && spam <= 1 && nsfw >= 0 && nsfw <= 1)) {
        throw new IllegalArgumentException(toxicity + ", " + spam + ", " + nsfw);
      }
    }
  }

  private static final class Packaged {
    private static final Moderator INSTANCE = new Moderator(Tables.packaged());
  }

  private final Tables tables;
  private final Normaliser normaliser;

  Moderator(Tables tables) {
    this.tables = tables;
    this.normaliser = new Normaliser(tables.vocabulary());
  }

  /** With the tables that are in this jar, read when they are first asked for. */
  public static Moderator packaged() {
    return Packaged.INSTANCE;
  }

  /**
   * The scores of a message. The same text has the same scores everywhere.
   *
   * @param text any; read up to {@value #LONGEST} characters; one without words scores 0, 0, 0
   */
  public Scores score(String text) {
    Reading reading = normaliser.read(cut(text));
    return reading.words().isEmpty() ? new Scores(0, 0, 0) : score(reading);
  }

  private Scores score(Reading reading) {
    Features features = Features.of(reading, tables.lexicon());
    List<String> unasked = withoutAsking(reading);
    Features offered =
        unasked.size() == reading.words().size()
            ? features
            : Features.of(reading.with(unasked), tables.lexicon());
    return new Scores(
        tables.toxicity().probability(features.weigh(tables.toxicity(), false)),
        tables.spam().probability(offered.weigh(tables.spam(), true)),
        features.sexual());
  }

  /**
   * Under videos, where the examples come from, nobody but advertisers asks people to check
   * something out. Where the only links lead to known sites of reference it is no sign of spam.
   */
  private static List<String> withoutAsking(Reading reading) {
    List<String> words = reading.words();
    if (reading.urls() > 0 || !words.contains(Normaliser.SITE)) {
      return words;
    }
    List<String> left = new ArrayList<>(words);
    for (List<String> asking : ASKING) {
      left = new ArrayList<>(without(left, asking));
    }
    return left;
  }

  /**
   * Scores and what the rules make of the shape of a message.
   *
   * @param shape by what the rules multiply what the score of spam lacks to 1, above 0 and up to 1
   */
  record Weighed(Scores scores, double shape) {}

  /**
   * As {@link #score}, without some phrases and links.
   *
   * @param allowed phrases, and hosts with a dot in them
   */
  Weighed weigh(String text, List<String> allowed) {
    Reading reading = normaliser.read(withoutLinks(cut(text), allowed));
    List<String> left = reading.words();
    for (String phrase : allowed) {
      left = without(left, normaliser.read(phrase).words());
    }
    if (left.isEmpty()) {
      return new Weighed(new Scores(0, 0, 0), 1);
    }
    double shape = reading.urls() > MOST_LINKS ? 0.5 : 1;
    shape *= longestRow(reading.words()) >= MOST_SAME ? 0.3 : 1;
    shape *= reading.longestRun() > LONGEST_RUN ? 0.8 : 1;
    shape *=
        reading.letters() >= MANY_LETTERS && 10 * reading.capitals() >= 9 * reading.letters()
            ? 0.8
            : 1;
    return new Weighed(score(reading.with(left)), shape);
  }

  /** Whether one of the phrases stands in the message, however it is spelled. */
  boolean mentions(String text, List<String> phrases) {
    if (phrases.isEmpty()) {
      return false;
    }
    List<String> words = words(text);
    for (String phrase : phrases) {
      List<String> wanted = words(phrase);
      if (!wanted.isEmpty() && Collections.indexOfSubList(words, wanted) >= 0) {
        return true;
      }
    }
    return false;
  }

  private static List<String> without(List<String> words, List<String> phrase) {
    int at = phrase.isEmpty() ? -1 : Collections.indexOfSubList(words, phrase);
    if (at < 0) {
      return words;
    }
    List<String> left = new ArrayList<>(words.size());
    int from = 0;
    while (at >= 0) {
      left.addAll(words.subList(from, from + at));
      from += at + phrase.size();
      at = Collections.indexOfSubList(words.subList(from, words.size()), phrase);
    }
    left.addAll(words.subList(from, words.size()));
    return left;
  }

  private static String withoutLinks(String text, List<String> hosts) {
    if (hosts.stream().noneMatch(host -> host.indexOf('.') > 0)) {
      return text;
    }
    StringBuilder left = new StringBuilder(text.length());
    for (String chunk : text.split(" ", -1)) {
      String host = chunk.toLowerCase(Locale.ROOT);
      int scheme = host.indexOf("://");
      host = scheme < 0 ? host : host.substring(scheme + 3);
      int end = 0;
      while (end < host.length() && "/?#:".indexOf(host.charAt(end)) < 0) {
        end++;
      }
      String name = host.substring(0, end);
      if (hosts.stream()
          .map(allowed -> allowed.toLowerCase(Locale.ROOT))
          .noneMatch(
              allowed ->
                  allowed.indexOf('.') > 0
                      && (name.equals(allowed) || name.endsWith("." + allowed)))) {
        left.append(left.isEmpty() ? "" : " ").append(chunk);
      }
    }
    return left.toString();
  }

  private static int longestRow(List<String> words) {
    int longest = 0;
    int row = 0;
    for (int i = 0; i < words.size(); i++) {
      row = i > 0 && words.get(i).equals(words.get(i - 1)) ? row + 1 : 1;
      longest = Math.max(longest, row);
    }
    return longest;
  }

  double sum(String text, boolean spam) {
    Features features = Features.of(normaliser.read(cut(text)), tables.lexicon());
    return features.weigh(spam ? tables.spam() : tables.toxicity(), spam);
  }

  /** The words of a message as they are read, for lists of words. */
  List<String> words(String text) {
    return normaliser.read(cut(text)).words();
  }

  private static String cut(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(LONGEST - 1)) ? LONGEST - 1 : LONGEST;
    return text.substring(0, end);
  }
}
