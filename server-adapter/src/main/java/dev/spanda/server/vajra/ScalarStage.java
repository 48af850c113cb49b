package dev.spanda.server.vajra;

import dev.spanda.audio.SampleRate;
import dev.spanda.audio.Sound;
import dev.spanda.audio.scalar.BreathingCycle;
import dev.spanda.audio.scalar.ScalarPattern;
import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * The waves and breathing pacers that run now. Each ends by itself at its time; beginning, end and
 * every phase of a breath are announced. At most {@value #MOST} run at once. They live as long as
 * the process. Thread-safe.
 */
final class ScalarStage {

  static final int MOST = 100;

  private static final String BREATHING = "breathing";

  private final InstantSource clock;
  private final Ids ids;
  private final ScheduledExecutorService timer;
  private final Announcer announcer;
  private final ConcurrentHashMap<String, Run> runs = new ConcurrentHashMap<>();

  /**
   * Something that runs.
   *
   * @param sound what is heard of it; absent for a pacer
   * @param timers what is still to come: its end, and for a pacer the next phase
   */
  record Run(
      String id,
      String pattern,
      Instant startedAt,
      Duration duration,
      Optional<Sound> sound,
      Map<String, Future<?>> timers) {

    Duration elapsed(Instant now) {
      Duration elapsed = Duration.between(startedAt, now);
      return elapsed.compareTo(duration) > 0 ? duration : elapsed;
    }
  }

  ScalarStage(InstantSource clock, Ids ids, ScheduledExecutorService timer, Announcer announcer) {
    this.clock = clock;
    this.ids = ids;
    this.timer = timer;
    this.announcer = announcer;
  }

  /**
   * Starts a wave.
   *
   * @throws Failure INVALID when a setting is out of its range; CONFLICT when too many run
   */
  Run start(
      ScalarPattern pattern,
      double frequencyHz,
      double amplitude,
      Duration duration,
      long seed,
      String intention) {
    Sound sound =
        pattern.sound(
            new ScalarPattern.Wave(frequencyHz, amplitude, duration, SampleRate.CD, seed));
    Run run = enter(pattern.id(), duration, Optional.of(sound));
    Map<String, Object> payload = named(run);
    payload.put("frequency", frequencyHz);
    payload.put("duration", Wire.plain(Wire.seconds(duration)));
    payload.put("intention", intention);
    announcer.announce("SCALAR_WAVE_STARTED", payload);
    endLater(run);
    return run;
  }

  /**
   * Starts a pacer.
   *
   * @throws Failure CONFLICT when too many run
   */
  Run start(BreathingCycle breathing) {
    Run run = enter(BREATHING, breathing.totalDuration(), Optional.empty());
    Map<String, Object> payload = named(run);
    payload.put("cycles", breathing.cycles());
    payload.put("duration", Wire.plain(Wire.seconds(breathing.totalDuration())));
    announcer.announce("BREATHING_STARTED", payload);
    phases(run, breathing.timeline(), 0);
    endLater(run);
    return run;
  }

  /** What runs now, oldest first. */
  List<Run> running() {
    List<Run> rows = new ArrayList<>(runs.values());
    rows.sort(Comparator.comparing(Run::startedAt).thenComparing(Run::id));
    return rows;
  }

  /**
   * A run by its name.
   *
   * @throws Failure NOT_FOUND when nothing of that name runs
   */
  Run find(String id) {
    Run run = runs.get(id);
    if (run == null) {
      throw Failure.notFound("wave", id);
    }
    return run;
  }

  /**
   * Ends a run before its time.
   *
   * @throws Failure NOT_FOUND when nothing of that name runs
   */
  void stop(String id) {
    end(find(id), "STOPPED");
  }

  private Run enter(String pattern, Duration duration, Optional<Sound> sound) {
    if (runs.size() >= MOST) {
      throw Failure.of(
              Failure.Reason.CONFLICT, "wave", "At most " + MOST + " waves run at the same time")
          .with(Failure.MAX_VALUE, MOST);
    }
    Run run =
        new Run(
            ids.next("sw"), pattern, clock.instant(), duration, sound, new ConcurrentHashMap<>());
    runs.put(run.id(), run);
    return run;
  }

  private void endLater(Run run) {
    run.timers()
        .put(
            "end",
            timer.schedule(
                () -> end(run, "COMPLETED"), run.duration().toMillis(), TimeUnit.MILLISECONDS));
  }

  /** Announces this phase and, when its time has come, the next: one timer at a time a pacer. */
  private void phases(Run run, List<BreathingCycle.Step> steps, int index) {
    if (!runs.containsKey(run.id())) {
      return;
    }
    BreathingCycle.Step step = steps.get(index);
    Map<String, Object> payload = named(run);
    payload.put("phase", step.phase().name().toLowerCase(Locale.ROOT));
    payload.put("cycle", step.cycle());
    payload.put("duration", Wire.plain(Wire.seconds(step.duration())));
    announcer.announce("BREATHING_PHASE", payload);
    if (index + 1 < steps.size()) {
      Instant due = run.startedAt().plus(steps.get(index + 1).start());
      long wait = Math.max(0, Duration.between(clock.instant(), due).toMillis());
      run.timers()
          .put(
              "phase",
              timer.schedule(() -> phases(run, steps, index + 1), wait, TimeUnit.MILLISECONDS));
    }
  }

  private void end(Run run, String how) {
    if (runs.remove(run.id()) != null) {
      run.timers().values().forEach(pending -> pending.cancel(false));
      String kind = run.pattern().equals(BREATHING) ? "BREATHING_" : "SCALAR_WAVE_";
      announcer.announce(kind + how, named(run));
    }
  }

  private static Map<String, Object> named(Run run) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("wave_id", run.id());
    payload.put("pattern", run.pattern());
    return payload;
  }
}
