package dev.spanda.server.wavestack;

import dev.spanda.contract.wavestack.WavestackError;
import dev.spanda.core.Failure;
import dev.spanda.server.http.Dialect;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The errors of WaveStack. The document's table has seven codes; a failure that it has no word for
 * gets one of its own in the same style, with the status that HTTP gives it. An invalid request
 * names the field and the constraint it breaks: {@code required}, {@code one_of}, {@code range},
 * {@code length}, {@code max_size}, or {@code format} for everything else, unless the failure says
 * its {@code constraint} itself.
 */
final class WavestackDialect implements Dialect {

  private static final String FIELD = "field";
  private static final String CONSTRAINT = "constraint";
  private static final Pattern PLAIN_BEGINNING = Pattern.compile("^[a-z]+ ");

  private final Map<String, String> spellings;

  /**
   * The words of a service.
   *
   * @param spellings how fields are spelled on the wire, by the engines' word, where that differs
   */
  WavestackDialect(Map<String, String> spellings) {
    this.spellings = Map.copyOf(spellings);
  }

  @Override
  public Answer error(Failure failure, String requestId) {
    int status = Dialect.usualStatus(failure);
    WavestackError body =
        new WavestackError(
            new WavestackError.Detail(
                code(failure),
                sentence(Objects.requireNonNullElse(failure.getMessage(), failure.subject())),
                details(failure)));
    return status == 401
        ? new Answer(status, body, Map.of("WWW-Authenticate", "Bearer"))
        : new Answer(status, body);
  }

  @Override
  public Class<?> errorType() {
    return WavestackError.class;
  }

  private @Nullable Map<String, Object> details(Failure failure) {
    Map<String, Object> details = new LinkedHashMap<>();
    switch (failure.reason()) {
      case INVALID, UNSUPPORTED, TOO_LARGE -> {
        details.put(FIELD, field(failure));
        details.put(CONSTRAINT, constraint(failure));
      }
      case NOT_FOUND, CONFLICT, FORBIDDEN -> details.put(FIELD, field(failure));
      default -> {}
    }
    failure
        .details()
        .forEach((name, value) -> details.put(spellings.getOrDefault(name, name), plain(value)));
    return details.isEmpty() ? null : details;
  }

  /** As the document writes it: a field at the beginning that is a plain word has a capital. */
  private static String sentence(String message) {
    return PLAIN_BEGINNING.matcher(message).find()
        ? Character.toUpperCase(message.charAt(0)) + message.substring(1)
        : message;
  }

  /** A whole number without the zero behind its point. */
  private static Object plain(Object value) {
    return value instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15
        ? (Object) number.longValue()
        : value;
  }

  private String field(Failure failure) {
    return spellings.getOrDefault(failure.subject(), failure.subject());
  }

  private static String constraint(Failure failure) {
    Map<String, Object> details = failure.details();
    String message = failure.getMessage();
    if (details.get(CONSTRAINT) instanceof String said) {
      return said;
    }
    if (failure.reason() == Failure.Reason.TOO_LARGE) {
      return "max_size";
    }
    if (details.containsKey(Failure.ALLOWED_VALUES)) {
      return "one_of";
    }
    if (details.containsKey("length")) {
      return "length";
    }
    if (details.containsKey(Failure.MIN_VALUE) || details.containsKey(Failure.MAX_VALUE)) {
      return "range";
    }
    return message != null && message.endsWith(" is required") ? "required" : "format";
  }

  private static String code(Failure failure) {
    return switch (failure.reason()) {
      case UNAUTHENTICATED -> "UNAUTHORIZED";
      case FORBIDDEN -> "FORBIDDEN";
      case NOT_FOUND -> "NOT_FOUND";
      case CONFLICT -> "CONFLICT";
      case RATE_LIMITED -> "RATE_LIMITED";
      case INVALID ->
          failure.subject().equals(RANGE) ? "RANGE_NOT_SATISFIABLE" : "VALIDATION_ERROR";
      case UNSUPPORTED ->
          switch (failure.subject()) {
            case VERB -> "METHOD_NOT_ALLOWED";
            case MEDIA_TYPE -> "UNSUPPORTED_MEDIA_TYPE";
            case UPGRADE -> "UPGRADE_REQUIRED";
            default -> "VALIDATION_ERROR";
          };
      case TOO_LARGE -> "TOO_LARGE";
      case INSUFFICIENT -> "INSUFFICIENT_FUNDS";
      case UNAVAILABLE -> "SERVICE_UNAVAILABLE";
      case TIMED_OUT -> "TIMEOUT";
      case FAILED -> "INTERNAL_ERROR";
    };
  }
}
