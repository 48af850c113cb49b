package dev.spanda.core.task;

import dev.spanda.core.Failure;
import dev.spanda.core.store.Json;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What a task is to do.
 *
 * @param name 1 to 200 characters, not blank
 * @param description at most 2 000 characters
 * @param type the word of a {@link Processor}
 * @param priority which of several runs that wait goes first
 * @param parameters what the processor is told: plain values, lists and maps of them; at most 100
 *     000 characters as JSON
 * @param schedule when it runs; empty for once and at once
 */
public record TaskPlan(
    String name,
    String description,
    String type,
    Priority priority,
    Map<String, Object> parameters,
    Optional<TaskSchedule> schedule) {

  /** Which runs go first, the last named before all others. */
  public enum Priority {
    /** After all others. */
    LOW,
    /** The usual. */
    MEDIUM,
    /** Before the usual. */
    HIGH,
    /** Before all others. */
    CRITICAL;

    /** Its name on the wire. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** Its place, 0 for the last to 3 for the first. */
    int rank() {
      return switch (this) {
        case LOW -> 0;
        case MEDIUM -> 1;
        case HIGH -> 2;
        case CRITICAL -> 3;
      };
    }

    /**
     * The priority of that name.
     *
     * @throws Failure INVALID, subject {@code priority}
     */
    public static Priority parse(String word) {
      List<String> words = Arrays.stream(values()).map(Priority::word).toList();
      if (!words.contains(word)) {
        throw Failure.notAllowed("priority", word, words);
      }
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }

  private static final int LONGEST_PARAMETERS = 100_000;

  /**
   * Checks everything but the parameters' meaning, which the processor knows.
   *
   * @throws Failure INVALID, subjects {@code name} and {@code description}; TOO_LARGE, subject
   *     {@code parameters}
   */
  public TaskPlan {
    Failure.requireText("name", "Name", name, 1, 200);
    if (name.isBlank()) {
      throw Failure.invalid("name", name, "Name must not be blank");
    }
    Failure.requireText("description", "Description", description, 0, 2_000);
    Objects.requireNonNull(priority);
    Objects.requireNonNull(schedule);
    String text = Json.write(parameters);
    int length = text.length();
    if (length > LONGEST_PARAMETERS) {
      throw Failure.of(
              Failure.Reason.TOO_LARGE,
              "parameters",
              "Parameters may have " + LONGEST_PARAMETERS + " characters as JSON; had " + length)
          .with(Failure.PROVIDED_VALUE, length)
          .with(Failure.MAX_VALUE, LONGEST_PARAMETERS);
    }
    parameters = plain(text);
  }

  @SuppressWarnings("unchecked") // written from such a map
  private static Map<String, Object> plain(String text) {
    return Collections.unmodifiableMap((Map<String, Object>) Json.read(text, Map.class));
  }

  /** A task that runs once and at once, with medium priority. */
  public static TaskPlan of(String name, String type, Map<String, Object> parameters) {
    return new TaskPlan(name, "", type, Priority.MEDIUM, parameters, Optional.empty());
  }

  /** The same with another priority. */
  public TaskPlan with(Priority other) {
    return new TaskPlan(name, description, type, other, parameters, schedule);
  }

  /** The same at other times. */
  public TaskPlan at(TaskSchedule other) {
    return new TaskPlan(name, description, type, priority, parameters, Optional.of(other));
  }
}
