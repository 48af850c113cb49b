package dev.spanda.server.vajra;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Small conversions between engines' values and the document's numbers. */
final class Wire {

  /** What {@code status} of every successful answer says. */
  static final String SUCCESS = "success";

  private Wire() {}

  /** Seconds since 1970, to the millisecond. */
  static double epochSeconds(Instant instant) {
    return instant.toEpochMilli() / 1e3;
  }

  /** Seconds, to the millisecond. */
  static double seconds(Duration duration) {
    return duration.toMillis() / 1e3;
  }

  /**
   * A duration of so many seconds, to the nanosecond; NaN and infinity become longer than allowed.
   */
  static Duration duration(double seconds) {
    if (!(Math.abs(seconds) < 1e9)) {
      return Duration.ofSeconds(seconds < 0 ? -1_000_000_000 : 1_000_000_000);
    }
    return Duration.ofNanos(Math.round(seconds * 1e9));
  }

  /** The number as the document writes it: 60, not 60.0, and 0.5. */
  static Number plain(double value) {
    if (value == Math.rint(value) && Math.abs(value) < 1e15) {
      return (long) value;
    }
    return value;
  }

  /** The value, or what stands for it when it is absent. */
  static <T> T or(@Nullable T value, T fallback) {
    return value == null ? fallback : value;
  }
}
