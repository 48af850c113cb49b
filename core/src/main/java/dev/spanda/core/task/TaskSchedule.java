package dev.spanda.core.task;

import dev.spanda.core.Failure;
import dev.spanda.core.schedule.Cron;
import dev.spanda.core.schedule.Schedule;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a task runs.
 *
 * @param type {@code interval}, {@code cron} or {@code once}
 * @param value of an interval, whole seconds, 1 to 315 360 000, the first run one interval after
 *     the creation; of cron, a line as at {@link Cron}, in UTC; of once, an ISO 8601 instant with
 *     offset
 */
public record TaskSchedule(String type, String value) {

  private static final List<String> TYPES = List.of("interval", "cron", "once");
  private static final long LONGEST_SECONDS = 315_360_000;

  /**
   * Checks both.
   *
   * @throws Failure INVALID, subjects {@code schedule.type} and {@code schedule.value}
   */
  public TaskSchedule {
    if (!TYPES.contains(type)) {
      throw Failure.notAllowed("schedule.type", type, TYPES);
    }
    Schedule unused = parse(type, value, Instant.EPOCH);
  }

  /**
   * A schedule as it travels.
   *
   * @param value a number of seconds or a text
   * @throws Failure INVALID, subjects {@code schedule.type} and {@code schedule.value}
   */
  public static TaskSchedule of(@Nullable String type, @Nullable Object value) {
    if (type == null) {
      throw Failure.notAllowed("schedule.type", null, TYPES);
    }
    if (value instanceof Number number && number.doubleValue() == number.longValue()) {
      return new TaskSchedule(type, Long.toString(number.longValue()));
    }
    if (value instanceof String text) {
      return new TaskSchedule(type, text);
    }
    throw Failure.invalid(
        "schedule.value", value, "A schedule's value must be a whole number or a text");
  }

  /** The value as it travels: a number for an interval, a text otherwise. */
  public Object wireValue() {
    return type.equals("interval") ? (Object) Long.valueOf(value) : value;
  }

  /**
   * When it is due next.
   *
   * @param anchor when an interval began to be counted
   */
  public Optional<Instant> nextAfter(Instant instant, Instant anchor) {
    return parse(type, value, anchor).nextAfter(instant);
  }

  private static Schedule parse(String type, String value, Instant anchor) {
    try {
      return switch (type) {
        case "interval" -> new Schedule.Every(seconds(Long.parseLong(value)), anchor);
        case "cron" -> Cron.parse(value, ZoneOffset.UTC);
        default -> Schedule.once(OffsetDateTime.parse(value).toInstant());
      };
    } catch (NumberFormatException e) {
      throw Failure.invalid(
              "schedule.value", value, "An interval must be a whole number of seconds")
          .causedBy(e);
    } catch (DateTimeException e) {
      throw Failure.invalid(
              "schedule.value",
              value,
              "The time of a single run must be an instant such as 2024-01-01T00:00:00Z")
          .causedBy(e);
    } catch (Failure e) {
      if (e.subject().equals("schedule")) {
        throw Failure.invalid(
                "schedule.value", value, java.util.Objects.requireNonNull(e.getMessage()))
            .causedBy(e);
      }
      throw e;
    }
  }

  private static Duration seconds(long given) {
    if (given < 1 || given > LONGEST_SECONDS) {
      throw Failure.outOfRange(
          "schedule.value", "An interval", (double) given, 1, LONGEST_SECONDS, "seconds");
    }
    return Duration.ofSeconds(given);
  }
}
