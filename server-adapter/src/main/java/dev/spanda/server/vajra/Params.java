package dev.spanda.server.vajra;

import dev.spanda.core.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The parameters of an action: only known ones, each of its kind. A null is an absent one. */
final class Params {

  private final Map<String, Object> values;

  /**
   * Checks the names.
   *
   * @throws Failure INVALID, its subject the first parameter that is not known
   */
  Params(Map<String, Object> values, List<String> known) {
    for (String name : values.keySet()) {
      if (!known.contains(name)) {
        throw Failure.invalid(
                name,
                values.get(name),
                "There is no parameter " + name + "; there are " + String.join(", ", known))
            .with(Failure.ALLOWED_VALUES, known);
      }
    }
    this.values = values;
  }

  /**
   * A text.
   *
   * @throws Failure INVALID when it is something else, as all of these do
   */
  @Nullable String text(String name) {
    Object value = values.get(name);
    if (value == null || value instanceof String) {
      return (String) value;
    }
    throw notA("a text", name, value);
  }

  /** A text that must be there. */
  String requiredText(String name) {
    String text = text(name);
    if (text == null) {
      throw Failure.of(Failure.Reason.INVALID, name, name + " is required");
    }
    return text;
  }

  @Nullable Double number(String name) {
    Object value = values.get(name);
    if (value == null) {
      return null;
    }
    if (value instanceof Number number) {
      return number.doubleValue();
    }
    throw notA("a number", name, value);
  }

  /** A whole number, which may be written 60.0. */
  @Nullable Long whole(String name) {
    Double value = number(name);
    if (value == null) {
      return null;
    }
    if (value == Math.rint(value) && Math.abs(value) <= 1L << 53) {
      return (long) (double) value;
    }
    throw notA("a whole number", name, value);
  }

  /** A small whole number, or what stands for it when it is absent. */
  int count(String name, int fallback) {
    Long value = whole(name);
    if (value == null) {
      return fallback;
    }
    if (value != (int) (long) value) {
      throw notA("a small whole number", name, value);
    }
    return (int) (long) value;
  }

  @Nullable Boolean truth(String name) {
    Object value = values.get(name);
    if (value == null || value instanceof Boolean) {
      return (Boolean) value;
    }
    throw notA("true or false", name, value);
  }

  @Nullable List<String> texts(String name) {
    Object value = values.get(name);
    if (value == null) {
      return null;
    }
    if (value instanceof List<?> list) {
      List<String> texts = new ArrayList<>();
      for (Object each : list) {
        if (!(each instanceof String text)) {
          throw notA("a list of texts", name, value);
        }
        texts.add(text);
      }
      return texts;
    }
    throw notA("a list of texts", name, value);
  }

  private static Failure notA(String kind, String name, Object value) {
    return Failure.invalid(name, value, name + " must be " + kind);
  }
}
