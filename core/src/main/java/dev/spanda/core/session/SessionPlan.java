package dev.spanda.core.session;

import dev.spanda.core.Failure;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * What a session is to be.
 *
 * @param name 1 to 200 characters that are not all blank
 * @param duration 1 s to 24 h; kept to the millisecond
 * @param intention 0 to 2000 characters
 * @param frequencyHz of its carrier, 0.1 to 20000 Hz; empty when it has none
 * @param modalities what it consists of, such as {@code scalar_waves}, {@code radionics}, {@code
 *     blessing}, {@code audio}; at most 16 words of 1 to 64 characters; copied
 */
public record SessionPlan(
    String name,
    Duration duration,
    String intention,
    OptionalDouble frequencyHz,
    List<String> modalities) {

  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_INTENTION = 2000;
  private static final int LONGEST_MODALITY = 64;
  private static final int MOST_MODALITIES = 16;
  private static final double LONGEST_SECONDS = 86_400;

  /**
   * Checks every part.
   *
   * @throws Failure INVALID, with subject {@code name}, {@code duration}, {@code intention}, {@code
   *     frequency} or {@code modalities}
   */
  public SessionPlan {
    Objects.requireNonNull(frequencyHz);
    requireLength("name", "Name", name, 1, LONGEST_NAME);
    if (name.isBlank()) {
      throw Failure.invalid("name", name, "Name must not be blank");
    }
    requireLength("intention", "Intention", intention, 0, LONGEST_INTENTION);
    double seconds = duration.getSeconds() + duration.getNano() / 1e9;
    Failure.requireInRange("duration", "Duration", seconds, 1, LONGEST_SECONDS, "s");
    duration = Duration.ofMillis(duration.toMillis());
    if (frequencyHz.isPresent()) {
      Failure.requireInRange(
          "frequency", "Frequency", frequencyHz.getAsDouble(), 0.1, 20_000, "Hz");
    }
    modalities = List.copyOf(modalities);
    Failure.requireInRange(
        "modalities", "Number of modalities", modalities.size(), 0, MOST_MODALITIES, "");
    for (String modality : modalities) {
      requireLength("modalities", "Modality", modality, 1, LONGEST_MODALITY);
    }
  }

  /** A plan without carrier and modalities. */
  public static SessionPlan of(String name, Duration duration, String intention) {
    return new SessionPlan(name, duration, intention, OptionalDouble.empty(), List.of());
  }

  private static void requireLength(
      String subject, String label, String text, int least, int most) {
    String unused = Failure.requireText(subject, label, text, least, most);
  }
}
