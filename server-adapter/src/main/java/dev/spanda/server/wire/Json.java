package dev.spanda.server.wire;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.InvalidNullException;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.spanda.core.Failure;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads JSON for a contract and says in the API's own words what is wrong with it. */
public final class Json {

  private Json() {}

  /**
   * Reads a value.
   *
   * @param subject what a failure is about when it lies in no field
   * @throws Failure INVALID, named for the field in its spelling on the wire
   */
  public static Object read(ObjectReader reader, byte[] json, String subject) {
    return read(reader, () -> reader.createParser(json), subject);
  }

  /** The same for a text. */
  public static Object read(ObjectReader reader, String json, String subject) {
    return read(reader, () -> reader.createParser(json), subject);
  }

  private interface Source {
    JsonParser open() throws IOException;
  }

  private static Object read(ObjectReader reader, Source source, String subject) {
    // The parser stays open while a problem is told: it knows the value that was provided.
    try (JsonParser parser = source.open()) {
      Object value = value(reader, parser, subject);
      if (value == null) {
        throw Failure.invalid(subject, null, "The " + subject + " must not be null");
      }
      return value;
    } catch (IOException e) {
      throw Failure.of(Failure.Reason.INVALID, subject, "The " + subject + " cannot be read")
          .causedBy(e);
    }
  }

  private static @Nullable Object value(ObjectReader reader, JsonParser parser, String subject)
      throws IOException {
    try {
      return reader.readValue(parser);
    } catch (JsonProcessingException e) {
      throw failure(e, subject);
    }
  }

  /**
   * What a problem of Jackson is to the sender: no name of a Java class stands in it.
   *
   * @param subject what the failure is about when the problem lies in no field
   */
  public static Failure failure(JsonProcessingException problem, String subject) {
    for (Throwable cause = problem.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof Failure failure) {
        return failure;
      }
    }
    if (problem instanceof StreamConstraintsException) {
      return Failure.of(
              Failure.Reason.INVALID,
              subject,
              "The " + subject + " is nested too deep, or has too long a number or text")
          .causedBy(problem);
    }
    if (problem instanceof JsonMappingException mapping && !isSyntax(mapping)) {
      return mapping(mapping, subject);
    }
    JsonLocation at = problem.getLocation();
    String where = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
    return Failure.of(Failure.Reason.INVALID, subject, "The " + subject + " is not JSON" + where)
        .causedBy(problem);
  }

  /** The spellings of an enum's constants on the wire: their names in lower case. */
  public static List<String> spellings(Class<?> choice) {
    List<String> names = new ArrayList<>();
    for (Object constant : choice.getEnumConstants()) {
      names.add(((Enum<?>) constant).name().toLowerCase(Locale.ROOT));
    }
    return names;
  }

  private static boolean isSyntax(JsonMappingException mapping) {
    // A syntax error within a record arrives wrapped.
    return mapping.getCause() instanceof JsonProcessingException cause
        && !(cause instanceof JsonMappingException);
  }

  private static Failure mapping(JsonMappingException problem, String subject) {
    if (problem.getCause() instanceof StreamConstraintsException constraints) {
      return failure(constraints, subject);
    }
    StringBuilder path = new StringBuilder();
    String field = subject;
    for (JsonMappingException.Reference step : problem.getPath()) {
      if (step.getFieldName() != null) {
        field = step.getFieldName();
        path.append(path.isEmpty() ? "" : ".").append(field);
      } else {
        path.append('[').append(step.getIndex()).append(']');
      }
    }
    String name = path.isEmpty() ? "The " + subject : path.toString();
    if (problem instanceof InvalidTypeIdException type) {
      return typeId(type, path.isEmpty() ? "" : path + ".");
    }
    if (problem instanceof MismatchedInputException mismatch) {
      if (isMissing(mismatch)) {
        return Failure.of(Failure.Reason.INVALID, field, name + " is required").causedBy(problem);
      }
      Class<?> target = mismatch.getTargetType();
      if (target != null && target.isEnum()) {
        return Failure.notAllowed(field, provided(mismatch), spellings(target)).causedBy(problem);
      }
      String expected = target == null ? "of another kind" : kind(target, mismatch);
      return Failure.invalid(field, provided(mismatch), name + " must be " + expected)
          .causedBy(problem);
    }
    return Failure.of(Failure.Reason.INVALID, field, name + " is not valid").causedBy(problem);
  }

  private static boolean isMissing(MismatchedInputException problem) {
    if (problem instanceof InvalidNullException) {
      return true;
    }
    String message = problem.getOriginalMessage();
    return message != null
        && (message.startsWith("Missing required creator property")
            || message.startsWith("Null value for creator property"));
  }

  private static Failure typeId(InvalidTypeIdException problem, String prefix) {
    List<String> allowed = new ArrayList<>();
    String property = "type";
    Class<?> base = problem.getBaseType().getRawClass();
    JsonTypeInfo info = base.getAnnotation(JsonTypeInfo.class);
    if (info != null && !info.property().isEmpty()) {
      property = info.property();
    }
    JsonSubTypes types = base.getAnnotation(JsonSubTypes.class);
    if (types != null) {
      for (JsonSubTypes.Type type : types.value()) {
        allowed.add(type.name());
      }
    }
    if (problem.getTypeId() == null) {
      return Failure.of(Failure.Reason.INVALID, property, prefix + property + " is required")
          .with(Failure.ALLOWED_VALUES, List.copyOf(allowed))
          .causedBy(problem);
    }
    return Failure.notAllowed(property, problem.getTypeId(), allowed).causedBy(problem);
  }

  private static @Nullable Object provided(MismatchedInputException problem) {
    if (problem instanceof InvalidFormatException format) {
      Object value = format.getValue();
      return value instanceof Number || value instanceof String || value instanceof Boolean
          ? value
          : String.valueOf(value);
    }
    if (problem.getProcessor() instanceof JsonParser parser && parser.currentToken() != null) {
      try {
        return switch (parser.currentToken()) {
          case START_OBJECT, END_OBJECT, FIELD_NAME -> "an object";
          case START_ARRAY, END_ARRAY -> "a list";
          case VALUE_TRUE -> true;
          case VALUE_FALSE -> false;
          case VALUE_NULL -> null;
          default -> parser.getText();
        };
      } catch (IOException e) {
        return "something unreadable";
      }
    }
    return "something else";
  }

  private static String kind(Class<?> target, MismatchedInputException problem) {
    if (target == Long.class
        || target == Integer.class
        || target == long.class
        || target == int.class) {
      return "a whole number";
    }
    if (target == boolean.class || target == Boolean.class) {
      return "true or false";
    }
    if (Number.class.isAssignableFrom(target) || target.isPrimitive()) {
      return "a number";
    }
    if (target == String.class) {
      return "text";
    }
    if (target == Instant.class) {
      return "an ISO 8601 time with offset";
    }
    if (Collection.class.isAssignableFrom(target) || target.isArray()) {
      return "a list";
    }
    if (target.isRecord() || target.isInterface() || Map.class.isAssignableFrom(target)) {
      String message = problem.getOriginalMessage();
      return message != null && message.startsWith("Trailing token")
          ? "one JSON value"
          : "an object";
    }
    return "of another kind";
  }
}
