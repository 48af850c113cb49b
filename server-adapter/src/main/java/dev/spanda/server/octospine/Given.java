package dev.spanda.server.octospine;

import dev.spanda.contract.octospine.Pagination;
import dev.spanda.core.Failure;
import dev.spanda.core.Page;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what tasks are told, and what lists are asked for. */
final class Given {

  static final int USUAL_LIMIT = 10;

  private final Map<String, Object> values;

  /**
   * Parameters of a task.
   *
   * @throws Failure INVALID, subject the name, when one is none of those allowed
   */
  Given(Map<String, Object> values, String... allowed) {
    this.values = values;
    List<String> names = List.of(allowed);
    for (String name : values.keySet()) {
      if (!names.contains(name)) {
        throw Failure.invalid(name, name, "There is no parameter " + name + "; there are " + names)
            .with(Failure.ALLOWED_VALUES, names);
      }
    }
  }

  double number(String name, double usual, double min, double max, String unit) {
    Object value = values.get(name);
    if (value == null) {
      return usual;
    }
    if (!(value instanceof Number number)) {
      throw Failure.invalid(name, value, name + " must be a number");
    }
    return Failure.requireInRange(name, name, number.doubleValue(), min, max, unit);
  }

  Optional<String> text(String name) {
    Object value = values.get(name);
    if (value == null) {
      return Optional.empty();
    }
    if (!(value instanceof String text) || text.isBlank()) {
      throw Failure.invalid(name, value, name + " must be a text that is not blank");
    }
    return Optional.of(text);
  }

  String required(String name) {
    return text(name)
        .orElseThrow(() -> Failure.invalid(name, null, "The parameter " + name + " is needed"));
  }

  String choice(String name, String usual, List<String> allowed) {
    String word = text(name).orElse(usual);
    if (!allowed.contains(word)) {
      throw Failure.notAllowed(name, word, allowed);
    }
    return word;
  }

  static int limit(@Nullable Integer limit) {
    return limit == null ? USUAL_LIMIT : limit;
  }

  static long offset(@Nullable Long offset) {
    return offset == null ? 0 : offset;
  }

  static Pagination pagination(Page<?> page) {
    return new Pagination(page.total(), page.limit(), page.offset(), page.hasMore());
  }

  static Instant seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS);
  }
}
