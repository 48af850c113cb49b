package dev.spanda.media.moderation;

/**
 * Says how likely a message is toxic, spam or not safe for work.
 *
 * <p>Toxicity and spam are logistic regressions over hashed words, pairs of words and runs of three
 * to five letters, read after {@linkplain Normaliser normalising}; toxicity also weighs a list of
 * rated terms, spam the shape of a message (links, numbers, capitals, repeats). Their numbers are
 * calibrated on messages that the weights had not seen, for a crowd in which every second message
 * is of that kind; in a friendlier crowd they are too high for all, in the same order. Not safe for
 * work is no model: it is 1 − Π (1 − s/3.5) over the terms of the list that are sexual, with the
 * severity s of each from 1 to 3, and knows no picture and no context. The models were trained on
 * English alone; the provenance page of this module names the sets and what they are worth.
 *
 * <p>Immutable and thread-safe.
 */
public final class Moderator {

  /** The most characters that are read; what stands behind them is not. */
  public static final int LONGEST = 10_000;

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
    if (reading.words().isEmpty()) {
      return new Scores(0, 0, 0);
    }
    Features features = Features.of(reading, tables.lexicon());
    return new Scores(
        tables.toxicity().probability(features.weigh(tables.toxicity(), false)),
        tables.spam().probability(features.weigh(tables.spam(), true)),
        features.sexual());
  }

  double sum(String text, boolean spam) {
    Features features = Features.of(normaliser.read(cut(text)), tables.lexicon());
    return features.weigh(spam ? tables.spam() : tables.toxicity(), spam);
  }

  /** The words of a message as they are read, for lists of words. */
  java.util.List<String> words(String text) {
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
