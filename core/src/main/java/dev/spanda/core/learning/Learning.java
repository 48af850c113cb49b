package dev.spanda.core.learning;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.agent.Work;
import dev.spanda.core.agent.WorkQueue;
import dev.spanda.core.job.Job;
import dev.spanda.core.job.JobContext;
import dev.spanda.core.job.JobKind;
import dev.spanda.core.job.JobState;
import dev.spanda.core.job.Jobs;
import dev.spanda.core.store.Json;
import dev.spanda.core.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Learns from work that has ended. Every piece of work is first forecast with what was learnt from
 * those before it and then learnt from, once and in the order of their ends: so every figure of
 * {@link Insight} is about runs that the forecast had not seen. A session looks at the history as a
 * whole, as a durable job. Thread-safe.
 */
public final class Learning implements AutoCloseable {

  /** How many runs are remembered one by one. */
  public static final int SHORT_TERM = 1_000;

  /** How many words of an owner are remembered; those met longest ago are forgotten first. */
  public static final int LONG_TERM = 10_000;

  /** What a session can look for. */
  public static final List<String> SESSION_TYPES =
      List.of("pattern_recognition", "duration_forecast", "placement_review");

  /** The focus on everything. */
  public static final String EVERYTHING = "automation_optimization";

  record Lesson(String owner, String type, List<String> focusAreas, Instant latestEnd) {}

  private static final Logger LOG = LoggerFactory.getLogger(Learning.class);
  private static final JobKind<Lesson, LearningSession.Outcome> KIND =
      JobKind.of("learning.session", Lesson.class, LearningSession.Outcome.class);
  private static final int BATCH = 200;
  private static final int MOST_RUNS = 20_000;
  private static final int MOST_FINDINGS = 50;
  private static final long LONGEST_SECONDS = 86_400;
  private static final int RATE_WINDOW = 100;

  private final Store store;
  private final InstantSource clock;
  private final Ids ids;
  private final WorkQueue queue;
  private final Jobs jobs;
  private final Supplier<List<String>> types;
  private final Future<?> ticks;

  /**
   * Learning from the work of a queue.
   *
   * @param jobs not started yet: sessions are registered there
   * @param timer wakes this object every five seconds; not shut down by {@link #close}
   * @param types what a session may focus on
   */
  public Learning(
      Store store,
      InstantSource clock,
      Ids ids,
      WorkQueue queue,
      Jobs jobs,
      ScheduledExecutorService timer,
      Supplier<List<String>> types) {
    this.store = store;
    this.clock = clock;
    this.ids = ids;
    this.queue = queue;
    this.jobs = jobs;
    this.types = types;
    jobs.register(KIND, this::study);
    ticks = timer.scheduleWithFixedDelay(this::onTick, 5, 5, TimeUnit.SECONDS);
  }

  private void onTick() {
    try {
      queue.owners().forEach(this::catchUp);
    } catch (RuntimeException e) {
      LOG.warn("Runs could not be learnt from", e);
    }
  }

  /** Learns from everything of an owner that has ended. */
  public void catchUp(String owner) {
    int learnt;
    do {
      learnt = store.write(handle -> learnSome(handle, owner));
    } while (learnt == BATCH);
  }

  private record Memory(
      long seen,
      long decisions,
      long successes,
      double confidence,
      long forecasts,
      double squaredError,
      double squaredMeanError,
      long sinceSession) {
    static final Memory NOTHING = new Memory(0, 0, 0, 0, 0, 0, 0, 0);
  }

  private int learnSome(Handle handle, String owner) {
    store.lock("learning:" + owner);
    Memory before = memory(handle, owner);
    List<Work> ended = queue.ended(owner, before.seen(), BATCH);
    if (ended.isEmpty()) {
      return 0;
    }
    long decisions = before.decisions();
    long successes = before.successes();
    double confidence = before.confidence();
    long forecasts = before.forecasts();
    double squaredError = before.squaredError();
    double squaredMeanError = before.squaredMeanError();
    Map<String, Patterns> byType = new HashMap<>();
    PreparedBatch recent =
        handle.prepareBatch(
            "INSERT INTO learning_recent (owner, position, known, right_, closer) VALUES (:owner,"
                + " :position, :known, :right, :closer)");
    for (Work work : ended) {
      if (work.status() == Work.Status.CANCELLED) {
        continue;
      }
      String type = work.request().kind();
      Set<String> words = Patterns.wordsOf(work);
      Patterns patterns = byType.computeIfAbsent(type, unused -> new Patterns());
      load(handle, owner, type, words, patterns);
      boolean good = work.status() == Work.Status.COMPLETED;
      double seconds = work.duration().toMillis() / 1_000.0;
      double chance = patterns.successChance(words);
      decisions++;
      successes += good ? 1 : 0;
      confidence += chance;
      boolean known = patterns.knows();
      Integer closer = null;
      if (known) {
        double mean = patterns.count("").mean();
        double forecast = patterns.seconds(words);
        forecasts++;
        squaredError += (forecast - seconds) * (forecast - seconds);
        squaredMeanError += (mean - seconds) * (mean - seconds);
        closer = Math.abs(forecast - seconds) < Math.abs(mean - seconds) ? 1 : 0;
      }
      recent
          .bind("owner", owner)
          .bind("position", work.endPosition())
          .bind("known", known ? 1 : 0)
          .bind("right", known && (chance >= 0.5) == good ? 1 : 0)
          .bind("closer", closer)
          .add();
      patterns.learn(words, good, seconds);
    }
    if (recent.size() > 0) {
      int[] unused = recent.execute();
    }
    byType.forEach((type, patterns) -> save(handle, owner, type, patterns));
    long seen = ended.get(ended.size() - 1).endPosition();
    write(
        handle,
        owner,
        new Memory(
            seen,
            decisions,
            successes,
            confidence,
            forecasts,
            squaredError,
            squaredMeanError,
            before.sinceSession() + decisions - before.decisions()));
    forget(handle, owner);
    return ended.size();
  }

  /** Reads the counts of those words that are not there yet. */
  private static void load(
      Handle handle, String owner, String type, Set<String> words, Patterns patterns) {
    Set<String> missing = new HashSet<>(words);
    missing.removeAll(patterns.words());
    if (missing.isEmpty()) {
      return;
    }
    handle
        .createQuery(
            "SELECT * FROM learning_pattern WHERE owner = :owner AND type = :type AND word IN"
                + " (<words>)")
        .bind("owner", owner)
        .bind("type", type)
        .bindList("words", List.copyOf(missing))
        .map(
            (row, context) ->
                Map.entry(
                    row.getString("word"),
                    new Patterns.Count(
                        row.getLong("good"),
                        row.getLong("bad"),
                        row.getDouble("seconds"),
                        row.getDouble("squared_seconds"))))
        .forEach(entry -> patterns.put(entry.getKey(), entry.getValue()));
  }

  private void save(Handle handle, String owner, String type, Patterns patterns) {
    PreparedBatch batch =
        handle.prepareBatch(
            "INSERT INTO learning_pattern (owner, type, word, good, bad, seconds, squared_seconds,"
                + " third_met, last_met) VALUES (:owner, :type, :word, :good, :bad, :seconds,"
                + " :squared, :third, :now) ON CONFLICT (owner, type, word) DO UPDATE SET good ="
                + " excluded.good, bad = excluded.bad, seconds = excluded.seconds, squared_seconds"
                + " = excluded.squared_seconds, last_met = excluded.last_met, third_met ="
                + " COALESCE(learning_pattern.third_met, excluded.third_met)");
    for (String word : patterns.words()) {
      Patterns.Count count = patterns.count(word);
      Optional<Long> third =
          count.met() >= Patterns.ENOUGH ? Optional.of(now().toEpochMilli()) : Optional.empty();
      batch
          .bind("owner", owner)
          .bind("type", type)
          .bind("word", word)
          .bind("good", count.good)
          .bind("bad", count.bad)
          .bind("seconds", count.seconds)
          .bind("squared", count.squaredSeconds)
          .bind("third", third.orElse(null))
          .bind("now", now().toEpochMilli())
          .add();
    }
    int[] unused = batch.execute();
  }

  private static void write(Handle handle, String owner, Memory memory) {
    handle
        .createUpdate(
            "INSERT INTO learning_memory (owner, seen, decisions, successes, confidence, forecasts,"
                + " squared_error, squared_mean_error, since_session) VALUES (:owner, :seen,"
                + " :decisions, :successes, :confidence, :forecasts, :error, :meanError, :since) ON"
                + " CONFLICT (owner) DO UPDATE SET seen = excluded.seen, decisions ="
                + " excluded.decisions, successes = excluded.successes, confidence ="
                + " excluded.confidence, forecasts = excluded.forecasts, squared_error ="
                + " excluded.squared_error, squared_mean_error = excluded.squared_mean_error,"
                + " since_session = excluded.since_session")
        .bind("owner", owner)
        .bind("seen", memory.seen())
        .bind("decisions", memory.decisions())
        .bind("successes", memory.successes())
        .bind("confidence", memory.confidence())
        .bind("forecasts", memory.forecasts())
        .bind("error", memory.squaredError())
        .bind("meanError", memory.squaredMeanError())
        .bind("since", memory.sinceSession())
        .execute();
  }

  private static void forget(Handle handle, String owner) {
    handle
        .createUpdate(
            "DELETE FROM learning_recent WHERE owner = :owner AND position < (SELECT MIN(position)"
                + " FROM (SELECT position FROM learning_recent WHERE owner = :owner ORDER BY"
                + " position DESC LIMIT :keep) newest)")
        .bind("owner", owner)
        .bind("keep", SHORT_TERM)
        .execute();
    long words = count(handle, "SELECT COUNT(*) FROM learning_pattern WHERE owner = :owner", owner);
    if (words > LONG_TERM) {
      handle
          .createUpdate(
              "DELETE FROM learning_pattern WHERE owner = :owner AND word <> '' AND (type, word) IN"
                  + " (SELECT type, word FROM learning_pattern WHERE owner = :owner AND word <> ''"
                  + " ORDER BY last_met, word LIMIT :over)")
          .bind("owner", owner)
          .bind("over", words - LONG_TERM)
          .execute();
    }
  }

  private static long count(Handle handle, String query, String owner) {
    return handle.createQuery(query).bind("owner", owner).mapTo(Long.class).one();
  }

  private static Memory memory(Handle handle, String owner) {
    return handle
        .createQuery("SELECT * FROM learning_memory WHERE owner = :owner")
        .bind("owner", owner)
        .map(
            (row, context) ->
                new Memory(
                    row.getLong("seen"),
                    row.getLong("decisions"),
                    row.getLong("successes"),
                    row.getDouble("confidence"),
                    row.getLong("forecasts"),
                    row.getDouble("squared_error"),
                    row.getDouble("squared_mean_error"),
                    row.getLong("since_session")))
        .findOne()
        .orElse(Memory.NOTHING);
  }

  /** What was learnt from everything that has ended so far. */
  public Insight insight(String owner) {
    catchUp(owner);
    Instant midnight =
        now().atOffset(ZoneOffset.UTC).toLocalDate().atStartOfDay().toInstant(ZoneOffset.UTC);
    boolean learning =
        store.read(handle -> sessions(handle, owner, 20)).stream()
            .anyMatch(
                session ->
                    session.status().equals("started") || session.status().equals("running"));
    return store.read(
        handle -> {
          Memory memory = memory(handle, owner);
          long recent =
              count(handle, "SELECT COUNT(*) FROM learning_recent WHERE owner = :owner", owner);
          long right =
              count(
                  handle,
                  "SELECT COALESCE(SUM(right_), 0) FROM learning_recent WHERE owner = :owner",
                  owner);
          List<Integer> closer =
              handle
                  .createQuery(
                      "SELECT closer FROM learning_recent WHERE owner = :owner AND closer IS NOT"
                          + " NULL ORDER BY position DESC LIMIT :window")
                  .bind("owner", owner)
                  .bind("window", RATE_WINDOW)
                  .mapTo(Integer.class)
                  .list();
          long words =
              count(handle, "SELECT COUNT(*) FROM learning_pattern WHERE owner = :owner", owner);
          long patterns =
              count(
                  handle,
                  "SELECT COUNT(*) FROM learning_pattern WHERE owner = :owner AND word <> '' AND"
                      + " good + bad >= 3",
                  owner);
          long today =
              handle
                  .createQuery(
                      "SELECT COUNT(*) FROM learning_pattern WHERE owner = :owner AND word <> ''"
                          + " AND third_met >= :midnight")
                  .bind("owner", owner)
                  .bind("midnight", midnight.toEpochMilli())
                  .mapTo(Long.class)
                  .one();
          long decisions = memory.decisions();
          long forecasts = memory.forecasts();
          return new Insight(
              learning
                  ? Insight.Status.LEARNING
                  : decisions > 0 ? Insight.Status.ACTIVE : Insight.Status.IDLE,
              recent == 0 ? 0 : (double) right / recent,
              Math.min(100, 100.0 * memory.sinceSession() / SHORT_TERM),
              Math.min(100, 100.0 * words / LONG_TERM),
              patterns,
              today,
              closer.stream().mapToInt(Integer::intValue).average().orElse(0),
              decisions,
              memory.successes(),
              decisions == 0 ? 0 : memory.confidence() / decisions,
              forecasts,
              forecasts == 0 ? 0 : Math.sqrt(memory.squaredError() / forecasts),
              forecasts == 0 ? 0 : Math.sqrt(memory.squaredMeanError() / forecasts));
        });
  }

  /**
   * Begins a session; once this returns it is durable.
   *
   * @param type one of {@link #SESSION_TYPES}
   * @param longest how long it may take, 1 s to 1 day; it ends when everything was looked at
   * @param focusAreas types of work, or {@value #EVERYTHING}; everything when empty
   * @throws Failure INVALID, subjects {@code session_type}, {@code duration} and {@code
   *     focus_areas}; CONFLICT, subject {@code session}, when one of the owner is not over
   */
  public LearningSession begin(
      String owner, String type, Duration longest, List<String> focusAreas) {
    if (!SESSION_TYPES.contains(type)) {
      throw Failure.notAllowed("session_type", type, SESSION_TYPES);
    }
    Failure.requireInRange(
        "duration", "Duration", (double) longest.toSeconds(), 1, LONGEST_SECONDS, "seconds");
    List<String> areas = new ArrayList<>(types.get());
    areas.add(EVERYTHING);
    for (String area : focusAreas) {
      if (!areas.contains(area)) {
        throw Failure.notAllowed("focus_areas", area, areas);
      }
    }
    List<String> focus = focusAreas.stream().distinct().toList();
    Instant begun = now();
    Instant latest = begun.plus(longest);
    return store.write(
        handle -> {
          store.lock("learning:" + owner);
          for (LearningSession session : sessions(handle, owner, 1)) {
            if (session.status().equals("started") || session.status().equals("running")) {
              throw Failure.of(Failure.Reason.CONFLICT, "session", "A learning session is not over")
                  .with(Failure.PROVIDED_VALUE, session.id());
            }
          }
          String id = ids.next("learn");
          Job job = jobs.submit(KIND, new Lesson(owner, type, focus, latest), owner);
          handle
              .createUpdate(
                  "INSERT INTO learning_session (id, owner, type, focus_areas, job_id, begun_at,"
                      + " latest_end) VALUES (:id, :owner, :type, :focus, :job, :begun, :latest)")
              .bind("id", id)
              .bind("owner", owner)
              .bind("type", type)
              .bind("focus", Json.write(focus))
              .bind("job", job.id())
              .bind("begun", begun.toEpochMilli())
              .bind("latest", latest.toEpochMilli())
              .execute();
          return require(handle, owner, id);
        });
  }

  /**
   * The session of that id.
   *
   * @throws Failure NOT_FOUND, subject {@code session}
   */
  public LearningSession session(String owner, String id) {
    return store.read(handle -> require(handle, owner, id));
  }

  private LearningSession require(Handle handle, String owner, String id) {
    return handle
        .createQuery("SELECT * FROM learning_session WHERE id = :id AND owner = :owner")
        .bind("id", id)
        .bind("owner", owner)
        .map((row, context) -> read(row))
        .findOne()
        .orElseThrow(() -> Failure.notFound("session", id));
  }

  private List<LearningSession> sessions(Handle handle, String owner, int most) {
    return handle
        .createQuery(
            "SELECT * FROM learning_session WHERE owner = :owner ORDER BY begun_at DESC, id DESC"
                + " LIMIT :most")
        .bind("owner", owner)
        .bind("most", most)
        .map((row, context) -> read(row))
        .list();
  }

  private LearningSession read(ResultSet row) throws SQLException {
    Optional<Job> job = jobs.find(row.getString("job_id"));
    JobState state = job.map(Job::state).orElseGet(JobState.Queued::new);
    String status = "started";
    double progress = 0;
    if (state instanceof JobState.Running running) {
      status = "running";
      progress = running.progress();
    } else if (state.isFinal()) {
      status = state.getClass().getSimpleName().toLowerCase(Locale.ROOT);
      progress = state instanceof JobState.Completed ? 1 : 0;
    }
    return new LearningSession(
        row.getString("id"),
        row.getString("owner"),
        row.getString("type"),
        Json.readList(row.getString("focus_areas"), String.class),
        status,
        (int) Math.floor(progress * 100),
        Instant.ofEpochMilli(row.getLong("begun_at")),
        Instant.ofEpochMilli(row.getLong("latest_end")),
        job.flatMap(found -> Jobs.output(found, KIND)));
  }

  private LearningSession.Outcome study(Lesson lesson, JobContext context) {
    catchUp(lesson.owner());
    Map<String, List<Work>> byType = new TreeMap<>();
    long after = 0;
    int runs = 0;
    while (runs < MOST_RUNS && now().isBefore(lesson.latestEnd())) {
      context.throwIfCancelled();
      List<Work> part = queue.ended(lesson.owner(), after, 1_000);
      if (part.isEmpty()) {
        break;
      }
      after = part.get(part.size() - 1).endPosition();
      for (Work work : part) {
        String type = work.request().kind();
        boolean wanted =
            lesson.focusAreas().isEmpty()
                || lesson.focusAreas().contains(EVERYTHING)
                || lesson.focusAreas().contains(type);
        if (wanted && work.status() != Work.Status.CANCELLED) {
          byType.computeIfAbsent(type, unused -> new ArrayList<>()).add(work);
          runs++;
        }
      }
    }
    context.progress(0.5, "read " + runs + " runs");
    List<String> findings = new ArrayList<>();
    byType.forEach(
        (type, works) -> {
          context.throwIfCancelled();
          switch (lesson.type()) {
            case "pattern_recognition" -> recognise(type, works, findings);
            case "duration_forecast" -> findings.add(forecast(type, works));
            default -> review(type, works, findings);
          }
        });
    String owner = lesson.owner();
    store.change(
        handle ->
            handle
                .createUpdate("UPDATE learning_memory SET since_session = 0 WHERE owner = :owner")
                .bind("owner", owner)
                .execute());
    return new LearningSession.Outcome(runs, findings.stream().limit(MOST_FINDINGS).toList());
  }

  private static void recognise(String type, List<Work> works, List<String> findings) {
    Patterns patterns = new Patterns();
    for (Work work : works) {
      patterns.learn(Patterns.wordsOf(work), work.status() == Work.Status.COMPLETED, seconds(work));
    }
    for (String word : patterns.worst(10)) {
      Patterns.Count count = patterns.count(word);
      findings.add(
          String.format(
              Locale.ROOT,
              "%s: %d of %d runs with %s failed; %d of %d of all did",
              type,
              count.bad,
              count.met(),
              word,
              patterns.count("").bad,
              patterns.count("").met()));
    }
    if (patterns.worst(1).isEmpty()) {
      findings.add(type + ": no input came before failures more often than others");
    }
  }

  /** Learns from the first four fifths of the runs and is measured on the last. */
  static String forecast(String type, List<Work> works) {
    int split = works.size() * 4 / 5;
    Patterns patterns = new Patterns();
    double error = 0;
    double meanError = 0;
    int tested = 0;
    for (int i = 0; i < works.size(); i++) {
      Work work = works.get(i);
      Set<String> words = Patterns.wordsOf(work);
      double seconds = seconds(work);
      if (i < split) {
        patterns.learn(words, work.status() == Work.Status.COMPLETED, seconds);
      } else if (patterns.knows()) {
        double forecast = patterns.seconds(words) - seconds;
        double mean = patterns.count("").mean() - seconds;
        error += forecast * forecast;
        meanError += mean * mean;
        tested++;
      }
    }
    if (tested == 0) {
      return type + ": too few runs to measure a forecast";
    }
    return String.format(
        Locale.ROOT,
        "%s: on %d runs held out the forecast is off by %.3f s and the mean by %.3f s (root mean"
            + " square): it %s the mean",
        type,
        tested,
        Math.sqrt(error / tested),
        Math.sqrt(meanError / tested),
        error < meanError ? "beats" : "does not beat");
  }

  private static void review(String type, List<Work> works, List<String> findings) {
    Map<String, Patterns> byAgent = new TreeMap<>();
    for (Work work : works) {
      byAgent
          .computeIfAbsent(work.agentId().orElse(Work.LOCAL), agent -> new Patterns())
          .learn(Set.of(""), work.status() == Work.Status.COMPLETED, seconds(work));
    }
    byAgent.forEach(
        (agent, patterns) -> {
          Patterns.Count count = patterns.count("");
          findings.add(
              String.format(
                  Locale.ROOT,
                  "%s: %s ended %d runs, %d well, in %.3f s on average",
                  type,
                  agent,
                  count.met(),
                  count.good,
                  count.mean()));
        });
  }

  private static double seconds(Work work) {
    return work.duration().toMillis() / 1_000.0;
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }

  /** Stops looking for ended work. */
  @Override
  public void close() {
    ticks.cancel(false);
  }
}
