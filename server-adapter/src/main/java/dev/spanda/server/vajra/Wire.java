package dev.spanda.server.vajra;

import dev.spanda.core.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
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

  /**
   * The constant whose name in lower case is the word, in any case.
   *
   * @throws Failure INVALID, with the words that are allowed
   */
  static <E extends Enum<E>> E word(String subject, String word, Class<E> type) {
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(word.strip())) {
        return constant;
      }
    }
    throw Failure.notAllowed(
        subject,
        word,
        Arrays.stream(type.getEnumConstants())
            .map(constant -> constant.name().toLowerCase(Locale.ROOT))
            .toList());
  }

  /**
   * The list, or an empty one when it is absent.
   *
   * @throws Failure INVALID when a row of it is null
   */
  static <T> List<T> list(String subject, @Nullable List<T> list) {
    if (list == null) {
      return List.of();
    }
    if (list.stream().anyMatch(Objects::isNull)) {
      throw Failure.invalid(subject, null, subject + " must not hold null");
    }
    return list;
  }
}
