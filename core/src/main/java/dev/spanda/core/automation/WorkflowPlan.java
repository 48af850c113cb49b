package dev.spanda.core.automation;

import dev.spanda.core.Failure;
import dev.spanda.core.schedule.Cron;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * What a workflow is to do, and when.
 *
 * @param name 1 to 200 characters that are not all blank
 * @param description up to 2 000 characters
 * @param triggers what begins its runs, each of them by itself; 1 to 10; copied
 * @param steps what is done in each, one after the other; 1 to 20; copied
 * @param stopOnFailure whether the steps after one that fails are left out
 * @param missedRuns what is done about due times at which no process ran
 */
public record WorkflowPlan(
    String name,
    String description,
    List<Trigger> triggers,
    List<Step> steps,
    boolean stopOnFailure,
    MissedRuns missedRuns) {

  /** What begins a workflow's runs. */
  public sealed interface Trigger {

    /** Runs by a cron line that is read in a time zone, as {@link Cron} describes. */
    static Trigger cron(String schedule, ZoneId zone) {
      return new Timetable(schedule, zone.getId());
    }

    /** Runs when something happens, as {@link OnEvent} describes. */
    static Trigger event(String name) {
      return new OnEvent(name);
    }

    /** The first due time after the instant; empty when there is none. */
    Optional<Instant> nextAfter(Instant instant);
  }

  /**
   * Due when something happens that is told by {@link Workflows#signal}.
   *
   * @param event its name, such as {@code data_source.updated}: 1 to 100 letters, digits, {@code .
   *     _ : -}
   */
  public record OnEvent(String event) implements Trigger {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._:-]{1,100}");

    /**
     * Checks the name.
     *
     * @throws Failure INVALID, subject {@code event}
     */
    public OnEvent {
      if (!NAME.matcher(event).matches()) {
        throw Failure.invalid(
            "event", event, "An event is named by 1 to 100 letters, digits, and . _ : -");
      }
    }

    @Override
    public Optional<Instant> nextAfter(Instant instant) {
      return Optional.empty();
    }
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
   * @param name what people call it, up to 100 characters; may be empty
   */
  public record Step(String type, Map<String, Object> params, String name) {

    private static final int LONGEST_NAME = 100;

    /** Copies the parameters. Steps that were stored without a name have none. */
    public Step {
      Objects.requireNonNull(type);
      name = Objects.requireNonNullElse(name, "");
      String unused = Failure.requireText("name", "Name of a step", name, 0, LONGEST_NAME);
      params = Collections.unmodifiableMap(new LinkedHashMap<>(params));
    }

    /** A step without a name. */
    public Step(String type, Map<String, Object> params) {
      this(type, params, "");
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
  private static final int LONGEST_DESCRIPTION = 2_000;
  private static final int MOST_STEPS = 20;
  private static final int MOST_TRIGGERS = 10;

  /** Actions that handle rows; a workflow with one of them is of the kind {@value #DATA_KIND}. */
  private static final Set<String> DATA = Set.of("extract", "transform", "store");

  private static final String DATA_KIND = "data_processing";

  /**
   * Checks the texts and the numbers of triggers and steps.
   *
   * @throws Failure INVALID, subject {@code name}, {@code description}, {@code triggers} or {@code
   *     actions}
   */
  public WorkflowPlan {
    Objects.requireNonNull(missedRuns);
    String unused = Failure.requireText("name", "Name", name, 1, LONGEST_NAME);
    if (name.isBlank()) {
      throw Failure.invalid("name", name, "Name must not be blank");
    }
    String unusedDescription =
        Failure.requireText("description", "Description", description, 0, LONGEST_DESCRIPTION);
    triggers = List.copyOf(triggers);
    Failure.requireInRange("triggers", "Number of triggers", triggers.size(), 1, MOST_TRIGGERS, "");
    steps = List.copyOf(steps);
    Failure.requireInRange("actions", "Number of steps", steps.size(), 1, MOST_STEPS, "");
  }

  /** A plan with one trigger and no description. */
  public WorkflowPlan(
      String name,
      Trigger trigger,
      List<Step> steps,
      boolean stopOnFailure,
      MissedRuns missedRuns) {
    this(name, "", List.of(trigger), steps, stopOnFailure, missedRuns);
  }

  /** The first trigger. */
  public Trigger trigger() {
    return triggers.get(0);
  }

  /** The first due time of any trigger after the instant; empty when only events begin runs. */
  public Optional<Instant> nextAfter(Instant instant) {
    return triggers.stream()
        .flatMap(trigger -> trigger.nextAfter(instant).stream())
        .min(Comparator.naturalOrder());
  }

  /** The names of the events that begin runs, each once. */
  public Set<String> events() {
    Set<String> events = new TreeSet<>();
    for (Trigger trigger : triggers) {
      if (trigger instanceof OnEvent on) {
        events.add(on.event());
      }
    }
    return events;
  }

  /**
   * What sort of workflow it is, derived from its steps: {@value #DATA_KIND} when one of them
   * extracts, transforms or stores rows, else the type of its first step.
   */
  public String kind() {
    return steps.stream().anyMatch(step -> DATA.contains(step.type()))
        ? DATA_KIND
        : steps.get(0).type();
  }
}
