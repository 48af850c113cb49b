package dev.spanda.core;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an engine throws when the input is wrong, a thing is missing or a part of the machine cannot
 * serve. A failure carries a {@link Reason}, the name of its subject and machine-readable details;
 * only the server adapter knows which status and which wire code they become.
 *
 * <p>Programming errors are not failures: they stay {@link IllegalArgumentException} and {@link
 * NullPointerException}. Immutable and thread-safe.
 */
public final class Failure extends RuntimeException {

  /** Why an operation was not done. */
  public enum Reason {
    /** The input is malformed or out of its range. */
    INVALID,
    /** No record of that name exists for this caller. */
    NOT_FOUND,
    /** The record is in a state, or has a twin, that forbids the operation. */
    CONFLICT,
    /** The caller is not known. */
    UNAUTHENTICATED,
    /** The caller is known and may not do this. */
    FORBIDDEN,
    /** The caller has asked too often; details say when to come back. */
    RATE_LIMITED,
    /** The purse does not hold what the operation costs. */
    INSUFFICIENT,
    /** The input is larger than the limit. */
    TOO_LARGE,
    /** The input's kind is not one this operation reads. */
    UNSUPPORTED,
    /** Something the operation needs is absent here: a device, a program, a network service. */
    UNAVAILABLE,
    /** The operation did not end within its time. */
    TIMED_OUT,
    /** The operation was begun and could not be completed. */
    FAILED
  }

  /** Detail key: the value that was given. */
  public static final String PROVIDED_VALUE = "provided_value";

  /** Detail key: the smallest value that is allowed. */
  public static final String MIN_VALUE = "min_value";

  /** Detail key: the largest value that is allowed. */
  public static final String MAX_VALUE = "max_value";

  /** Detail key: the list of values that are allowed. */
  public static final String ALLOWED_VALUES = "allowed_values";

  private static final int LONGEST_ECHO = 120;

  private final Reason reason;
  private final String subject;
  private final transient Map<String, Object> details;

  private Failure(
      Reason reason,
      String subject,
      String message,
      Map<String, Object> details,
      @Nullable Throwable cause) {
    super(message, cause);
    this.reason = Objects.requireNonNull(reason);
    this.subject = Objects.requireNonNull(subject);
    this.details = Collections.unmodifiableMap(new LinkedHashMap<>(details));
  }

  /**
   * A failure without details.
   *
   * @param subject the field, record kind or part that the failure is about, in lower case with
   *     underscores, such as {@code frequency} or {@code session}
   * @param message what was given and what is allowed, in which unit
   */
  public static Failure of(Reason reason, String subject, String message) {
    return new Failure(reason, subject, message, Map.of(), null);
  }

  /** Input that is malformed, with the value that was given. */
  public static Failure invalid(String subject, @Nullable Object provided, String message) {
    return of(Reason.INVALID, subject, message).with(PROVIDED_VALUE, echo(provided));
  }

  /**
   * A number outside its closed range; one that ends beyond the whole numbers of 64 bits has no
   * end.
   *
   * @param label the subject as a sentence begins with it, such as {@code Frequency}
   * @param unit the unit after the range, or the empty string
   */
  public static Failure outOfRange(
      String subject, String label, double provided, double min, double max, String unit) {
    String suffix = unit.isEmpty() ? "" : " " + unit;
    boolean open = max >= Long.MAX_VALUE;
    String range =
        open
            ? plain(min) + suffix + " or more"
            : "between " + plain(min) + " and " + plain(max) + suffix;
    Failure failure =
        of(Reason.INVALID, subject, label + " must be " + range)
            .with(PROVIDED_VALUE, Double.isFinite(provided) ? provided : Double.toString(provided))
            .with(MIN_VALUE, min);
    return open ? failure : failure.with(MAX_VALUE, max);
  }

  /** A word that is none of those allowed. */
  public static Failure notAllowed(
      String subject, @Nullable Object provided, List<String> allowed) {
    return of(
            Reason.INVALID,
            subject,
            subject + " must be one of " + String.join(", ", allowed) + "; was " + echo(provided))
        .with(PROVIDED_VALUE, echo(provided))
        .with(ALLOWED_VALUES, List.copyOf(allowed));
  }

  /** A record that does not exist for this caller. */
  public static Failure notFound(String subject, String id) {
    return of(Reason.NOT_FOUND, subject, "No " + subject + " with id " + echo(id))
        .with(PROVIDED_VALUE, echo(id));
  }

  /**
   * Returns {@code value} when it lies in the closed range.
   *
   * @throws Failure INVALID when it does not, or is not a number
   */
  public static double requireInRange(
      String subject, String label, double value, double min, double max, String unit) {
    if (!(value >= min && value <= max)) {
      throw outOfRange(subject, label, value, min, max, unit);
    }
    return value;
  }

  /**
   * Returns {@code text} when its length, counted in code points, lies in the closed range and
   * every database can keep it.
   *
   * @param label the subject as a sentence begins with it, such as {@code Name}
   * @throws Failure INVALID when it is too short or too long, or holds a NUL or half a character
   */
  public static String requireText(String subject, String label, String text, int min, int max) {
    int length = text.codePointCount(0, text.length());
    if (length < min || length > max) {
      throw invalid(
              subject,
              text,
              label + " must have between " + min + " and " + max + " characters; had " + length)
          .with("length", length);
    }
    if (text.indexOf(0) >= 0 || text.codePoints().anyMatch(c -> c >= 0xD800 && c <= 0xDFFF)) {
      throw of(
          Reason.INVALID, subject, label + " must not hold NUL characters or broken surrogates");
    }
    return text;
  }

  /** A copy with one more detail; {@code null} stays a detail whose value is absent. */
  public Failure with(String key, @Nullable Object value) {
    Map<String, Object> more = new LinkedHashMap<>(details);
    more.put(key, value == null ? "null" : value);
    Failure copy = new Failure(reason, subject, messageText(), more, getCause());
    copy.setStackTrace(getStackTrace());
    return copy;
  }

  /** A copy that names what led to it. */
  public Failure causedBy(Throwable cause) {
    return new Failure(reason, subject, messageText(), details, cause);
  }

  public Reason reason() {
    return reason;
  }

  /** The field, record kind or part that the failure is about. */
  public String subject() {
    return subject;
  }

  /** Numbers, strings, booleans and lists of them by name, in the order they were added. */
  public Map<String, Object> details() {
    return details;
  }

  private String messageText() {
    return Objects.requireNonNullElse(getMessage(), "");
  }

  private static Object echo(@Nullable Object provided) {
    if (provided == null) {
      return "null";
    }
    if (provided instanceof Number || provided instanceof Boolean) {
      return provided;
    }
    String text = provided.toString();
    return text.length() <= LONGEST_ECHO ? text : text.substring(0, LONGEST_ECHO) + "…";
  }

  private static String plain(double value) {
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
