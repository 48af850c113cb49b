package dev.spanda.core.automation;

import dev.spanda.core.Failure;
import dev.spanda.core.schedule.Cron;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a workflow is to do, and when.
 *
 * @param name 1 to 200 characters that are not all blank
 * @param trigger what begins its runs
 * @param steps what is done in each, one after the other; 1 to 20; copied
 * @param stopOnFailure whether the steps after one that fails are left out
 * @param missedRuns what is done about due times at which no process ran
 */
public record WorkflowPlan(
    String name, Trigger trigger, List<Step> steps, boolean stopOnFailure, MissedRuns missedRuns) {

  /** What begins a workflow's runs. */
  public sealed interface Trigger {

    /** Runs by a cron line that is read in a time zone, as {@link Cron} describes. */
    static Trigger cron(String schedule, ZoneId zone) {
      return new Timetable(schedule, zone.getId());
    }

    /** The first due time after the instant; empty when there is none. */
    Optional<Instant> nextAfter(Instant instant);
  }

  /**
   * Due by a cron line.
   *
   * @param schedule five fields; kept with single blanks
   * @param timeZone such as {@code Europe/Berlin}
   */
  public record Timetable(String schedule, String timeZone) implements Trigger {

    /**
     * Reads both.
     *
     * @throws Failure INVALID, subject {@code schedule} or {@code time_zone}
     */
    public Timetable {
      schedule = Cron.parse(schedule, zone(timeZone)).text();
    }

    @Override
    public Optional<Instant> nextAfter(Instant instant) {
      return Cron.parse(schedule, zone(timeZone)).nextAfter(instant);
    }

    private static ZoneId zone(String name) {
      try {
        return ZoneId.of(name);
      } catch (DateTimeException e) {
        throw Failure.invalid(
                "time_zone",
                name,
                "Time zone must be a name of the tz database such as Europe/Berlin, or UTC")
            .causedBy(e);
      }
    }
  }

  /**
   * One thing to do.
   *
   * @param type names an {@link Action}
   * @param params what it needs; copied
   */
  public record Step(String type, Map<String, Object> params) {

    /** Copies the parameters. */
    public Step {
      Objects.requireNonNull(type);
      params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    }
  }

  /** What is done about due times that passed by more than {@link Workflows#LATEST}. */
  public enum MissedRuns {
    /** Nothing: the next run is at the next due time. */
    SKIP,
    /** One run for all of them, as soon as a process is there. */
    ONCE
  }

  private static final int LONGEST_NAME = 200;
  private static final int MOST_STEPS = 20;

  /**
   * Checks the name and the number of steps.
   *
   * @throws Failure INVALID, subject {@code name} or {@code actions}
   */
  public WorkflowPlan {
    Objects.requireNonNull(trigger);
    Objects.requireNonNull(missedRuns);
    String unused = Failure.requireText("name", "Name", name, 1, LONGEST_NAME);
    if (name.isBlank()) {
      throw Failure.invalid("name", name, "Name must not be blank");
    }
    steps = List.copyOf(steps);
    Failure.requireInRange("actions", "Number of actions", steps.size(), 1, MOST_STEPS, "");
  }
}
