package dev.spanda.media.persona;

import java.util.List;

/**
 * What was written.
 *
 * @param text the best of the candidates
 * @param alternatives at least two others, the better first; copied
 * @param tone of the text
 * @param model which model has written it
 */
public record Content(String text, List<String> alternatives, Tone tone, String model) {

  /**
   * How a text sounds.
   *
   * @param sentiment {@code positive}, {@code neutral} or {@code negative}: by (p − n) / (p + n +
   *     1) above 0.2, between, below −0.2, with the numbers p and n of friendly and unfriendly
   *     words, the sense of one turned by a negation up to two words before it
   * @param energy {@code high}, {@code medium} or {@code low}: by what stirs (exclamation marks,
   *     words in capitals, lively words, pictures) over the number of words, from 0.2, from 0.07
   * @param controversy 0 to 1: 1 − (1 − t) · 0.8^k, with its {@linkplain
   *     dev.spanda.media.moderation.Moderator toxicity} t and the number k of words that people
   *     quarrel about
   */
  public record Tone(String sentiment, String energy, double controversy) {}

  /** Copies. */
  public Content {
    alternatives = List.copyOf(alternatives);
  }
}
