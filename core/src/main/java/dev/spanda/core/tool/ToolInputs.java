package dev.spanda.core.tool;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Inputs that fit their schema, with the usual values where none were given. Asking for an input by
 * a name or type that the tool does not declare is an {@link IllegalArgumentException}. Immutable.
 */
public final class ToolInputs {

  private final Map<String, Object> values;

  ToolInputs(Map<String, Object> values) {
    this.values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /** A text or a choice that is there. */
  public String text(String name) {
    return require(name, String.class);
  }

  /** A text or a choice that may be absent. */
  public Optional<String> optionalText(String name) {
    return Optional.ofNullable(values.get(name)).map(String.class::cast);
  }

  /** A number, whole or not, that is there. */
  public double number(String name) {
    return require(name, Number.class).doubleValue();
  }

  /** A number, whole or not, that may be absent. */
  public Optional<Double> optionalNumber(String name) {
    return Optional.ofNullable(values.get(name)).map(value -> ((Number) value).doubleValue());
  }

  /** A whole number that is there. */
  public long whole(String name) {
    return require(name, Long.class);
  }

  /** A whole number that may be absent. */
  public Optional<Long> optionalWhole(String name) {
    return Optional.ofNullable(values.get(name)).map(Long.class::cast);
  }

  /** A yes or no. */
  public boolean flag(String name) {
    return require(name, Boolean.class);
  }

  /** A list of texts; empty when it is absent. */
  public List<String> texts(String name) {
    Object value = values.get(name);
    return value instanceof List<?> list
        ? list.stream().map(String.class::cast).toList()
        : List.of();
  }

  /** Whether the input is there. */
  public boolean has(String name) {
    return values.containsKey(name);
  }

  /** Texts, numbers, truths and lists of texts by name, in the order of the tool's inputs. */
  public Map<String, Object> values() {
    return values;
  }

  private <T> T require(String name, Class<T> type) {
    Object value = values.get(name);
    if (!type.isInstance(value)) {
      throw new IllegalArgumentException("no input " + name + " of type " + type.getSimpleName());
    }
    return type.cast(value);
  }

  @Override
  public String toString() {
    return values.toString();
  }
}
