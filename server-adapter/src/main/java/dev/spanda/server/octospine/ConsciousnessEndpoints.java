package dev.spanda.server.octospine;

import dev.spanda.contract.octospine.ConsciousnessApi;
import dev.spanda.core.learning.Insight;
import dev.spanda.core.learning.Learning;
import dev.spanda.core.learning.LearningSession;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The chapter Consciousness Management. */
final class ConsciousnessEndpoints implements ConsciousnessApi {

  private static final long USUAL_SECONDS = 3_600;

  private final Learning learning;
  private final String account;

  ConsciousnessEndpoints(Learning learning, String account) {
    this.learning = learning;
    this.account = account;
  }

  @Override
  public Status status() {
    Insight insight = learning.insight(account);
    return new Status(
        insight.status().name().toLowerCase(Locale.ROOT),
        round(insight.level()),
        new Memory(
            SystemEndpoints.tenths(insight.shortTermPercent()),
            SystemEndpoints.tenths(insight.longTermPercent())),
        new Progress(
            insight.patterns(), insight.newPatternsToday(), round(insight.adaptationRate())),
        new Decisions(
            insight.decisions(), insight.successfulDecisions(), round(insight.confidence())),
        new Forecast(
            insight.forecasts(),
            insight.forecastErrorSeconds(),
            insight.meanErrorSeconds(),
            insight.beatsMean()));
  }

  private static double round(double value) {
    return Math.round(value * 1e4) / 1e4;
  }

  @Override
  public Started learn(Lesson lesson) {
    LearningSession session =
        learning.begin(
            account,
            lesson.sessionType(),
            Duration.ofSeconds(Objects.requireNonNullElse(lesson.duration(), USUAL_SECONDS)),
            Objects.requireNonNullElse(lesson.focusAreas(), List.of()));
    return new Started(
        session.id(), "started", Given.seconds(session.latestEnd()), session.focusAreas());
  }

  @Override
  public Session session(String sessionId) {
    LearningSession session = learning.session(account, sessionId);
    LearningSession.@Nullable Outcome outcome = session.outcome().orElse(null);
    return new Session(
        session.id(),
        session.type(),
        session.status(),
        session.progress(),
        Given.seconds(session.latestEnd()),
        session.focusAreas(),
        outcome == null ? null : outcome.runs(),
        outcome == null ? null : outcome.findings());
  }
}
