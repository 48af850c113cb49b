package dev.spanda.server.vajra;

import static dev.spanda.server.vajra.Wire.SUCCESS;

import dev.spanda.contract.vajra.SessionsApi;
import dev.spanda.core.Failure;
import dev.spanda.core.Page;
import dev.spanda.core.session.Session;
import dev.spanda.core.session.SessionPlan;
import dev.spanda.core.session.Sessions;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The chapter Session Management. */
final class SessionsEndpoints implements SessionsApi {

  private static final int USUAL_LIMIT = 50;
  private static final Set<Session.Status> ENDED =
      EnumSet.of(Session.Status.COMPLETED, Session.Status.STOPPED);

  private final Sessions sessions;

  SessionsEndpoints(Sessions sessions) {
    this.sessions = sessions;
  }

  /** The engine's plan for what the wire asks for. */
  static SessionPlan plan(
      String name,
      long seconds,
      @Nullable String intention,
      @Nullable Double frequencyHz,
      @Nullable List<String> modalities) {
    return new SessionPlan(
        name,
        Duration.ofSeconds(seconds),
        Wire.or(intention, ""),
        frequencyHz == null ? OptionalDouble.empty() : OptionalDouble.of(frequencyHz),
        Wire.or(modalities, List.of()));
  }

  @Override
  public Created create(Plan plan) {
    Session session =
        sessions.create(
            plan(
                plan.name(),
                plan.duration(),
                plan.intention(),
                plan.frequency(),
                plan.modalities()));
    return new Created(
        SUCCESS,
        session.id(),
        session.plan().name(),
        seconds(session.createdAt()),
        session.plan().duration().toSeconds());
  }

  @Override
  public Started start(String sessionId) {
    Session session = sessions.start(sessionId);
    return new Started(
        SUCCESS, "Session started", session.id(), seconds(session.startedAt().orElseThrow()));
  }

  @Override
  public Stopped stop(String sessionId) {
    Session session = sessions.stop(sessionId);
    return new Stopped(
        SUCCESS,
        "Session stopped",
        session.id(),
        seconds(session.endedAt().orElseThrow()),
        session.elapsed().toSeconds());
  }

  @Override
  public Status status(String sessionId) {
    return new Status(SUCCESS, row(sessions.find(sessionId)));
  }

  @Override
  public Listing list(@Nullable String status, @Nullable Integer limit, @Nullable Integer offset) {
    int most = Wire.or(limit, USUAL_LIMIT);
    long from = Wire.or(offset, 0);
    return listing(
        status == null
            ? sessions.list(most, from)
            : sessions.list(EnumSet.of(parse(status)), most, from));
  }

  @Override
  public Listing history(@Nullable Integer limit, @Nullable Integer offset) {
    return listing(sessions.list(ENDED, Wire.or(limit, USUAL_LIMIT), Wire.or(offset, 0)));
  }

  /** A session as the wire shows it; whole seconds, so that they add up to the duration. */
  static SessionState row(Session session) {
    long duration = session.plan().duration().toSeconds();
    long elapsed = session.elapsed().toSeconds();
    Optional<Double> frequencyHz =
        session.plan().frequencyHz().isPresent()
            ? Optional.of(session.plan().frequencyHz().getAsDouble())
            : Optional.empty();
    return new SessionState(
        session.id(),
        session.plan().name(),
        session.status().name().toLowerCase(Locale.ROOT),
        session.startedAt().map(SessionsEndpoints::seconds).orElse(null),
        duration,
        elapsed,
        duration - elapsed,
        session.endedAt().map(SessionsEndpoints::seconds).orElse(null),
        seconds(session.createdAt()),
        session.plan().intention(),
        frequencyHz.orElse(null),
        session.plan().modalities());
  }

  private static Listing listing(Page<Session> page) {
    return new Listing(
        SUCCESS,
        page.items().stream().map(SessionsEndpoints::row).toList(),
        page.total(),
        page.limit(),
        page.offset());
  }

  private static Session.Status parse(String word) {
    for (Session.Status status : Session.Status.values()) {
      if (status.name().toLowerCase(Locale.ROOT).equals(word)) {
        return status;
      }
    }
    throw Failure.notAllowed(
        "status",
        word,
        Arrays.stream(Session.Status.values())
            .map(status -> status.name().toLowerCase(Locale.ROOT))
            .toList());
  }

  private static Instant seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS);
  }
}
