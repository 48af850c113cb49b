package dev.spanda.core.attunement;

import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/**
 * What statistics say about bits.
 *
 * @param bits how many there are
 * @param deviation the share of ones minus one half; 0 when there are none
 * @param pValue how probable it is that as many fair bits have a share of ones at least as far from
 *     one half: two-sided, by the binomial distribution itself; 1 when there are none
 * @param monobitZ {@code (ones − zeros) / √bits}; empty when there are none
 * @param runsPValue of the number of runs, given the share of ones (NIST SP 800-22 rev. 1a, 2.3);
 *     empty below 100 bits and where the share of ones is farther than {@code 2/√bits} from one
 *     half
 * @param chiSquare of the 256 byte values against equal counts, 255 degrees of freedom; empty below
 *     1 280 bytes, where fewer than five of each are expected
 * @param chiSquarePValue its upper tail
 * @param serialCorrelation of each byte with the next, the last with the first (Knuth, The Art of
 *     Computer Programming 2, 3.3.2 K); −1 to 1; empty below 100 bytes and for equal bytes
 * @param serialCorrelationPValue two-sided, by the normal distribution with mean {@code −1/(n−1)}
 *     and variance {@code n²/((n−1)²(n−2))}
 * @param trend of the last quarter: ones minus zeros there, against one standard deviation
 * @param cumulativeDeviation ones minus zeros along the way, at most 256 points, evenly spaced;
 *     copied
 * @param bitsPerPoint how many bits lie between two of those points
 */
public record Reading(
    long bits,
    double deviation,
    double pValue,
    OptionalDouble monobitZ,
    OptionalDouble runsPValue,
    OptionalDouble chiSquare,
    OptionalDouble chiSquarePValue,
    OptionalDouble serialCorrelation,
    OptionalDouble serialCorrelationPValue,
    Trend trend,
    List<Long> cumulativeDeviation,
    long bitsPerPoint) {

  private static final double MODERATE = 0.05;
  private static final double CLEAR = 0.01;
  private static final double HIGH = 0.001;

  /** Copies the points. */
  public Reading {
    cumulativeDeviation = List.copyOf(cumulativeDeviation);
  }

  /** Where the last quarter of the bits went. */
  public enum Trend {
    /** More ones than zeros, by more than one standard deviation. */
    POSITIVE,
    /** More zeros than ones, by more than one standard deviation. */
    NEGATIVE,
    /** Neither. */
    NEUTRAL;

    /** The word on the wire: the name in lower case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** How far a p-value is from what is usual. The limits 0.05, 0.01 and 0.001 belong below. */
  public enum Significance {
    /** p ≥ 0.05. */
    NOT_SIGNIFICANT,
    /** p below 0.05. */
    MODERATELY_SIGNIFICANT,
    /** p below 0.01. */
    SIGNIFICANT,
    /** p below 0.001. */
    HIGHLY_SIGNIFICANT;

    /** The word on the wire: the name in lower case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The word for {@link #pValue}. */
  public Significance significance() {
    if (pValue < HIGH) {
      return Significance.HIGHLY_SIGNIFICANT;
    }
    if (pValue < CLEAR) {
      return Significance.SIGNIFICANT;
    }
    return pValue < MODERATE ? Significance.MODERATELY_SIGNIFICANT : Significance.NOT_SIGNIFICANT;
  }

  /**
   * The reading in sentences: what it is worth, how often chance alone gives as much, and what
   * looking more than once does to that.
   *
   * @param looks how many readings of these bits have been taken, this one included, ≥ 1
   */
  public String interpretation(long looks) {
    if (bits == 0) {
      return "No bits have been gathered yet.";
    }
    String counted =
        String.format(
            Locale.ROOT,
            "Of %,d bits %.3f %% were ones; fair bits are as far from one half with a probability"
                + " of %s.",
            bits,
            100 * (deviation + 0.5),
            probability(pValue));
    String worth =
        significance() == Significance.NOT_SIGNIFICANT
            ? " That is chance: there is no evidence of anything else."
            : String.format(
                Locale.ROOT,
                " Chance alone gives a deviation this large in about one of %,d sessions, so a"
                    + " single one is weak evidence of anything and says nothing about a cause.",
                Math.round(1 / Math.max(pValue, 1e-15)));
    String manyLooks =
        looks > 1
            ? String.format(
                Locale.ROOT,
                " It has been looked at %,d times: the chance that some look shows p < 0.05 is"
                    + " larger than 0.05, up to %.2f were the looks independent.",
                looks,
                1 - Math.pow(1 - MODERATE, looks))
            : "";
    return counted + worth + manyLooks;
  }

  private static String probability(double p) {
    return p < 0.0001
        ? String.format(Locale.ROOT, "%.1e", p)
        : String.format(Locale.ROOT, "%.4f", p);
  }
}
