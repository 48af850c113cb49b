package dev.spanda.server.octospine;

import dev.spanda.contract.octospine.GraphqlApi;
import dev.spanda.contract.octospine.OctospineAnswer;
import dev.spanda.contract.octospine.OctospineError;
import dev.spanda.core.Failure;
import dev.spanda.server.http.Dialect;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The answers of OCTOSPINE: {@code success}, {@code data}, {@code message}, {@code timestamp} and
 * {@code request_id} around every result, and the errors of the document's table. What HTTP itself
 * refuses (a verb, a media type, a body that is no JSON or too large) is {@code INVALID_REQUEST}
 * with the status that HTTP gives it; a conflict is {@code RESOURCE_CONFLICT}, the one code beyond
 * the table.
 */
final class OctospineDialect implements Dialect {

  private static final String FIELD = "field";
  private static final String VALUE = "value";
  private static final String ALLOWED = "allowed";

  private final InstantSource clock;

  OctospineDialect(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Object success(@Nullable Object result, String requestId) {
    if (result instanceof GraphqlApi.Answer) {
      // It has all of this already, beside what GraphQL prescribes.
      return result;
    }
    return new OctospineAnswer<>(true, result, OctospineAnswer.DONE, now(), requestId);
  }

  @Override
  public Answer error(Failure failure, String requestId) {
    int status = Dialect.usualStatus(failure);
    OctospineError body = new OctospineError(false, detail(failure), now(), requestId);
    return status == 401
        ? new Answer(status, body, Map.of("WWW-Authenticate", "Bearer"))
        : new Answer(status, body);
  }

  @Override
  public Class<?> errorType() {
    return OctospineError.class;
  }

  /** The error's inner part, as REST, socket and GraphQL tell it. */
  static OctospineError.Detail detail(Failure failure) {
    return new OctospineError.Detail(
        code(failure),
        Objects.requireNonNullElse(failure.getMessage(), failure.subject()),
        details(failure));
  }

  private static String code(Failure failure) {
    String subject = failure.subject();
    return switch (failure.reason()) {
      case INVALID ->
          switch (subject) {
            case BODY, REQUEST, URI, HEADERS, RANGE, "message" -> "INVALID_REQUEST";
            default -> "VALIDATION_ERROR";
          };
      case UNSUPPORTED ->
          switch (subject) {
            case VERB, MEDIA_TYPE, UPGRADE, REQUEST, "message" -> "INVALID_REQUEST";
            default -> "VALIDATION_ERROR";
          };
      case TOO_LARGE ->
          switch (subject) {
            case BODY, HEADERS, URI, "message" -> "INVALID_REQUEST";
            default -> "VALIDATION_ERROR";
          };
      case UNAUTHENTICATED -> "AUTHENTICATION_FAILED";
      case FORBIDDEN -> "AUTHORIZATION_DENIED";
      case NOT_FOUND -> "RESOURCE_NOT_FOUND";
      case CONFLICT -> "RESOURCE_CONFLICT";
      case RATE_LIMITED, INSUFFICIENT -> "RATE_LIMIT_EXCEEDED";
      case UNAVAILABLE -> "SERVICE_UNAVAILABLE";
      case TIMED_OUT -> subject.equals(REQUEST) ? "INVALID_REQUEST" : "SERVICE_UNAVAILABLE";
      case FAILED -> "INTERNAL_ERROR";
    };
  }

  private static Map<String, Object> details(Failure failure) {
    Map<String, Object> details = new LinkedHashMap<>();
    details.put(FIELD, failure.subject());
    Map<String, Object> range = new LinkedHashMap<>();
    failure
        .details()
        .forEach(
            (name, value) -> {
              switch (name) {
                case Failure.PROVIDED_VALUE -> details.put(VALUE, whole(value));
                case Failure.ALLOWED_VALUES -> details.put(ALLOWED, copy(value));
                case Failure.MIN_VALUE -> range.put("min", whole(value));
                case Failure.MAX_VALUE -> range.put("max", whole(value));
                default -> details.put(name, value);
              }
            });
    if (!range.isEmpty()) {
      details.putIfAbsent(ALLOWED, range);
    }
    return details;
  }

  /** A number without a part behind the point is told without one. */
  private static Object whole(Object value) {
    return value instanceof Double number
            && number == Math.rint(number)
            && Math.abs(number) < 1L << 53
        ? (Object) number.longValue()
        : value;
  }

  private static Object copy(Object value) {
    return value instanceof List<?> list ? new ArrayList<>(list) : value;
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }
}
