package dev.spanda.biofield.archive;

import dev.spanda.biofield.baseline.Trend;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sums up the scores of a session, frame by frame; its memory grows with the seconds of the
 * session, not with its frames.
 */
final class SessionCourse {

  private final Instant start;
  private final Map<String, Score> scores = new LinkedHashMap<>();

  SessionCourse(Instant start) {
    this.start = start;
    MomentCodec.SCORES.forEach(name -> scores.put(name, new Score()));
  }

  void add(FieldSession.Moment moment) {
    double seconds = Duration.between(start, moment.receivedAt()).toMillis() / 1000.0;
    moment
        .scores()
        .values()
        .forEach(
            (name, value) -> {
              Score score = scores.get(name);
              if (score != null) {
                score.add(seconds, value);
              }
            });
  }

  Map<String, FieldSession.Course> courses() {
    Map<String, FieldSession.Course> courses = new LinkedHashMap<>();
    scores.forEach(
        (name, score) -> {
          if (score.count > 0) {
            courses.put(name, score.course());
          }
        });
    return courses;
  }

  /** Mean and variance by the recurrence of Welford (Technometrics 4 (1962) 419). */
  private static final class Score {
    private long count;
    private double mean;
    private double squares;
    private double min = Double.POSITIVE_INFINITY;
    private double max = Double.NEGATIVE_INFINITY;

    private double[] times = new double[64];
    private double[] means = new double[64];
    private int seconds;
    private double secondSum;
    private int secondCount;
    private double second = Double.NaN;

    void add(double at, double value) {
      count++;
      double delta = value - mean;
      mean += delta / count;
      squares += delta * (value - mean);
      min = Math.min(min, value);
      max = Math.max(max, value);
      double floor = Math.floor(at);
      if (floor != second) {
        closeSecond();
        second = floor;
      }
      secondSum += value;
      secondCount++;
    }

    private void closeSecond() {
      if (secondCount > 0) {
        if (seconds == times.length) {
          times = Arrays.copyOf(times, 2 * seconds);
          means = Arrays.copyOf(means, 2 * seconds);
        }
        times[seconds] = second + 0.5;
        means[seconds++] = secondSum / secondCount;
      }
      secondSum = 0;
      secondCount = 0;
    }

    FieldSession.Course course() {
      closeSecond();
      Trend trend = Trend.of(Arrays.copyOf(times, seconds), Arrays.copyOf(means, seconds));
      double sd = count < 2 ? 0 : Math.sqrt(squares / (count - 1));
      return new FieldSession.Course(mean, sd, min, max, trend);
    }
  }
}
