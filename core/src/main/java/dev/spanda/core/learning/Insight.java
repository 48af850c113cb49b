package dev.spanda.core.learning;

/**
 * What was learnt from an owner's runs, as numbers. Runs that were taken back do not count.
 *
 * @param status whether there is anything
 * @param level 0 to 1: the share of the newest 1 000 runs whose outcome was forecast right before
 *     they were learnt from; a run whose type had ended less than three times was not forecast
 * @param shortTermPercent runs learnt since the last session, as a share of 1 000; at most 100
 * @param longTermPercent words that are remembered, as a share of 10 000
 * @param patterns words of inputs met three times or more, ≥ 0
 * @param newPatternsToday those met for the third time since midnight UTC, ≥ 0
 * @param adaptationRate 0 to 1: the share of the newest 100 forecasts of a duration that were
 *     closer than the mean of all earlier runs of the type; 0 when there is none
 * @param decisions runs that ended after they were given to an agent, ≥ 0
 * @param successfulDecisions those that ended well, ≥ 0
 * @param confidence 0 to 1: the mean over all decisions of the chance of success that was forecast;
 *     0 when there is none
 * @param forecasts of durations, ≥ 0
 * @param forecastErrorSeconds root of the mean squared error of all of them; 0 when there is none
 * @param meanErrorSeconds the same for the mean of all earlier runs of the type
 */
public record Insight(
    Status status,
    double level,
    double shortTermPercent,
    double longTermPercent,
    long patterns,
    long newPatternsToday,
    double adaptationRate,
    long decisions,
    long successfulDecisions,
    double confidence,
    long forecasts,
    double forecastErrorSeconds,
    double meanErrorSeconds) {

  /** Whether there is anything. */
  public enum Status {
    /** No run has ended. */
    IDLE,
    /** Something was learnt. */
    ACTIVE,
    /** A session is not over. */
    LEARNING
  }

  /** Whether durations were forecast better than by their mean. */
  public boolean beatsMean() {
    return forecasts > 0 && forecastErrorSeconds < meanErrorSeconds;
  }
}
