package dev.spanda.server.http;

import dev.spanda.core.Failure;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads parameters of paths, queries and headers as the types that contracts use. */
final class Values {

  private Values() {}

  /** Reads one value. */
  @FunctionalInterface
  interface Reader {
    /**
     * The value of a parameter.
     *
     * @throws Failure INVALID, named for the parameter, when the text is not of the type
     */
    Object read(String name, String text);
  }

  /** Whether the type takes every occurrence of a parameter. */
  static boolean isList(Type type) {
    return type instanceof ParameterizedType list && list.getRawType() == List.class;
  }

  /**
   * What reads a type.
   *
   * @throws IllegalArgumentException when no parameter can be of this type
   */
  static Reader of(Type type) {
    if (type instanceof ParameterizedType list && list.getRawType() == List.class) {
      return of(list.getActualTypeArguments()[0]);
    }
    if (type == String.class) {
      return (name, text) -> text;
    }
    if (type == Integer.class || type == int.class) {
      return (name, text) -> number(name, text, "a whole number", Integer::valueOf);
    }
    if (type == Long.class || type == long.class) {
      return (name, text) -> number(name, text, "a whole number", Long::valueOf);
    }
    if (type == Double.class || type == double.class) {
      return Values::decimal;
    }
    if (type == Boolean.class || type == boolean.class) {
      return Values::truth;
    }
    if (type == Instant.class) {
      return Values::time;
    }
    if (type instanceof Class<?> choice && choice.isEnum()) {
      return choice(choice);
    }
    throw new IllegalArgumentException("no parameter can be a " + type.getTypeName());
  }

  private interface Parse {
    @Nullable Object parse(String text);
  }

  private static Object number(String name, String text, String kind, Parse parse) {
    try {
      Object value = parse.parse(text.strip());
      if (value != null) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Falls through to the failure.
    }
    throw Failure.invalid(name, text, name + " must be " + kind);
  }

  private static Object decimal(String name, String text) {
    // Double.valueOf also takes NaN, hexadecimal digits and the suffixes of Java's literals.
    return number(
        name,
        text,
        "a number",
        trimmed ->
            trimmed.matches("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?")
                ? Double.valueOf(trimmed)
                : null);
  }

  private static Object truth(String name, String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> throw Failure.notAllowed(name, text, List.of("true", "false"));
    };
  }

  private static Object time(String name, String text) {
    try {
      // A plus that was sent unencoded arrives as a space.
      return OffsetDateTime.parse(text.replace(' ', '+')).toInstant();
    } catch (DateTimeParseException e) {
      throw Failure.invalid(name, text, name + " must be an ISO 8601 time with offset").causedBy(e);
    }
  }

  private static Reader choice(Class<?> choice) {
    Map<String, Object> constants = new LinkedHashMap<>();
    for (Object constant : choice.getEnumConstants()) {
      constants.put(((Enum<?>) constant).name().toLowerCase(Locale.ROOT), constant);
    }
    List<String> spellings = List.copyOf(constants.keySet());
    return (name, text) -> {
      Object constant = constants.get(text.toLowerCase(Locale.ROOT));
      if (constant == null) {
        throw Failure.notAllowed(name, text, spellings);
      }
      return constant;
    };
  }
}
