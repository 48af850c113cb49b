package dev.spanda.server.biofield;

import dev.spanda.biofield.archive.Analyses;
import dev.spanda.biofield.archive.FieldSessions;
import dev.spanda.biofield.baseline.Baselines;
import dev.spanda.contract.biofield.BaselineApi;
import dev.spanda.core.Failure;
import java.time.Instant;
import java.util.Optional;

/** The chapter Baseline Endpoints, for one account. */
final class BaselineEndpoints implements BaselineApi {

  private static final String ANALYSIS_ID = "analysis_";
  private static final int LARGEST_PAGE = 100;

  private final Baselines baselines;
  private final FieldSessions sessions;
  private final Analyses analyses;
  private final String owner;

  BaselineEndpoints(Baselines baselines, FieldSessions sessions, Analyses analyses, String owner) {
    this.baselines = baselines;
    this.sessions = sessions;
    this.analyses = analyses;
    this.owner = owner;
  }

  @Override
  public Baseline create(Creation creation) {
    return of(
        baselines.create(
            owner,
            source(creation),
            Optional.ofNullable(creation.name()),
            Optional.ofNullable(creation.description())));
  }

  private Baselines.Source source(Creation creation) {
    String session = creation.sessionId();
    String analysis = creation.analysisId();
    if ((session == null) == (analysis == null)) {
      throw Failure.of(
          Failure.Reason.INVALID,
          "session_id",
          "session_id is required, or analysis_id in its place");
    }
    if (session != null && !session.startsWith(ANALYSIS_ID)) {
      return sessions.source(owner, session);
    }
    return analyses.find(owner, session == null ? analysis : session).source();
  }

  @Override
  public Current current() {
    return baselines
        .current(owner)
        .<Current>map(BaselineEndpoints::of)
        .orElseGet(() -> new None(null, "No active baseline"));
  }

  @Override
  public Activated activate(String baselineId) {
    dev.spanda.biofield.baseline.Baseline active = baselines.activate(owner, baselineId);
    Instant at = active.activatedAt().orElse(active.createdAt());
    return new Activated("activated", active.id(), at);
  }

  @Override
  public Deleted delete(String baselineId) {
    baselines.delete(owner, baselineId);
    return new Deleted("deleted", baselineId);
  }

  @Override
  public Listing list() {
    var page = baselines.list(owner, LARGEST_PAGE, 0);
    return new Listing(
        (int) page.total(), page.items().stream().map(BaselineEndpoints::of).toList());
  }

  private static Baseline of(dev.spanda.biofield.baseline.Baseline baseline) {
    return new Baseline(
        baseline.id(),
        baseline.name().orElse(null),
        baseline.active(),
        baseline.createdAt(),
        Words.flat(baseline.metrics()),
        Words.scores(baseline),
        baseline.samples(),
        Words.seconds(baseline.duration()),
        baseline.description().orElse(null));
  }
}
