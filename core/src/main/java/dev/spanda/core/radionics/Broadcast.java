package dev.spanda.core.radionics;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A timed run in which a rate is played as a tone.
 *
 * @param carrierHz the tone: {@code 110 · 2^(rate / 25)}, from 110 to 1 760 Hz
 * @param hardwareLevel 1 to 5: how many octaves, the carrier included, sound together
 * @param population the population that it is counted for
 * @param endedAt empty while it runs
 */
public record Broadcast(
    String id,
    double rate,
    double carrierHz,
    String intention,
    int hardwareLevel,
    Optional<String> population,
    Status status,
    Instant startedAt,
    Duration duration,
    Optional<Instant> endedAt) {

  /** Where a broadcast stands. */
  public enum Status {
    /** It sounds. */
    RUNNING,
    /** Its time is over. */
    COMPLETED,
    /** It was ended by hand. */
    STOPPED;

    /** The name in lower case, as on the wire. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** When it ends by itself. */
  public Instant endsAt() {
    return startedAt.plus(duration);
  }

  /** How long it has run at an instant, at most its duration. */
  public Duration elapsed(Instant at) {
    Duration ran = Duration.between(startedAt, endedAt.orElse(at));
    if (ran.isNegative()) {
      return Duration.ZERO;
    }
    return ran.compareTo(duration) > 0 ? duration : ran;
  }

  /** The carrier of a rate, in Hz. */
  public static double carrierHz(double rate) {
    return 110 * Math.pow(2, rate / 25);
  }
}
