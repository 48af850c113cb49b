package dev.spanda.astrology.election;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Place;
import dev.spanda.astrology.aspect.Aspect;
import dev.spanda.astrology.moon.MoonPhase;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A stretch of time at a place in which nothing that counts changes, with what speaks for and
 * against it.
 *
 * @param start inclusive
 * @param end exclusive
 * @param hourRuler ruler of the planetary hour; empty where there are none (polar day and night)
 * @param phase phase of the Moon in the middle of the window
 * @param waxing whether the Moon's light grows
 * @param aspects Ptolemaic aspects within 3° in the middle of the window, Sun to Pluto
 * @param reasons what was counted, most weighty first
 */
public record Window(
    Activity activity,
    Place place,
    Instant start,
    Instant end,
    Optional<Body> hourRuler,
    MoonPhase phase,
    boolean waxing,
    List<Aspect> aspects,
    List<Reason> reasons) {

  /**
   * One thing that was counted.
   *
   * @param points what it adds to the score; negative when it speaks against
   */
  public record Reason(String text, double points) {
    /** Checks that nothing is missing. */
    public Reason {
      Objects.requireNonNull(text);
    }
  }

  /** The score in a word. */
  public enum Quality {
    /** From 80 points. */
    EXCELLENT,
    /** From 65 points. */
    GOOD,
    /** From 40 points. */
    FAIR,
    /** Below 40 points. */
    POOR;

    /** The word in lower case. */
    public String label() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** Copies the lists and checks the order of time. */
  public Window {
    Objects.requireNonNull(activity);
    Objects.requireNonNull(place);
    Objects.requireNonNull(hourRuler);
    Objects.requireNonNull(phase);
    aspects = List.copyOf(aspects);
    reasons = List.copyOf(reasons);
    if (!start.isBefore(end)) {
      throw new IllegalArgumentException("window from " + start + " to " + end);
    }
  }

  /** The sum of the points of all reasons, not below 0 and not above 100. */
  public double score() {
    double sum = 0;
    for (Reason reason : reasons) {
      sum += reason.points();
    }
    return Math.max(0, Math.min(100, sum));
  }

  /** The score in a word. */
  public Quality quality() {
    double score = score();
    return score >= 80
        ? Quality.EXCELLENT
        : score >= 65 ? Quality.GOOD : score >= 40 ? Quality.FAIR : Quality.POOR;
  }
}
