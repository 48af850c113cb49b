package dev.spanda.server.biofield;

import dev.spanda.contract.biofield.BiofieldError;
import dev.spanda.core.Failure;
import dev.spanda.server.http.Dialect;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;

/**
 * The errors of Biofield. Its table of statuses has no 413, yet that is the one a picture that is
 * too large has everywhere else, so {@code IMAGE_TOO_LARGE} comes with it. What the table of codes
 * leaves out stands at {@link BiofieldError}. An overload, and a part that does not answer, is 503.
 */
final class BiofieldDialect implements Dialect {

  /** Subject: pictures, one or several. */
  static final String IMAGE = "image";

  /** Subject: pictures of a batch. */
  static final String IMAGES = "images";

  /** Subject: a picture that could not be measured. */
  static final String ANALYSIS = "analysis";

  /** Subject: a call that needs a token and has none. */
  static final String AUTHORIZATION = "authorization";

  private static final String UNAUTHENTICATED = "Bearer realm=\"biofield\"";

  /** A longer value is not repeated to who has sent it. */
  private static final int LONGEST_VALUE = 100;

  private final InstantSource clock;

  BiofieldDialect(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Answer error(Failure failure, String requestId) {
    int status = status(failure);
    Object seconds = failure.details().get(RETRY_AFTER);
    String detail = text(failure);
    if (failure.reason() == Failure.Reason.RATE_LIMITED && seconds != null) {
      detail = "Rate limit exceeded. Try again in " + seconds + " seconds.";
    }
    BiofieldError body =
        new BiofieldError(
            status,
            detail,
            code(failure),
            clock.instant().truncatedTo(ChronoUnit.MILLIS),
            requestId,
            seconds instanceof Number number ? Long.valueOf(number.longValue()) : null);
    return status == 401
        ? new Answer(status, body, Map.of("WWW-Authenticate", UNAUTHENTICATED))
        : new Answer(status, body);
  }

  /** The message with the value that was provided: the document's bodies have no other place. */
  static String text(Failure failure) {
    String message = failure.getMessage() == null ? failure.subject() : failure.getMessage();
    Object provided = failure.details().get(Failure.PROVIDED_VALUE);
    if (failure.reason() != Failure.Reason.INVALID || provided == null) {
      return message;
    }
    String value =
        provided instanceof Double number && number == Math.rint(number) && Math.abs(number) < 1e15
            ? String.valueOf(number.longValue())
            : String.valueOf(provided);
    if (value.isEmpty() || value.length() > LONGEST_VALUE || message.endsWith("was " + value)) {
      return message;
    }
    return message + "; was " + value;
  }

  @Override
  public Class<?> errorType() {
    return BiofieldError.class;
  }

  private static int status(Failure failure) {
    return switch (failure.reason()) {
      case UNSUPPORTED -> isOfImage(failure) ? 400 : Dialect.usualStatus(failure);
      case TIMED_OUT -> failure.subject().equals(REQUEST) ? 408 : 503;
      default -> Dialect.usualStatus(failure);
    };
  }

  /** The code of a failure, for bodies and for messages of the sockets. */
  static String code(Failure failure) {
    String subject = failure.subject();
    return switch (failure.reason()) {
      case UNAUTHENTICATED -> subject.equals(AUTHORIZATION) ? "AUTH_REQUIRED" : "AUTH_INVALID";
      case FORBIDDEN -> subject.equals(ORIGIN) ? "WEBSOCKET_ERROR" : "FORBIDDEN";
      case NOT_FOUND ->
          switch (subject) {
            case "baseline" -> "BASELINE_NOT_FOUND";
            case "session" -> "SESSION_NOT_FOUND";
            case ANALYSIS -> "ANALYSIS_NOT_FOUND";
            case "frame" -> "FRAME_NOT_FOUND";
            case "batch" -> "BATCH_NOT_FOUND";
            default -> "NOT_FOUND";
          };
      case RATE_LIMITED -> "RATE_LIMIT_EXCEEDED";
      case TOO_LARGE -> isOfImage(failure) ? "IMAGE_TOO_LARGE" : "VALIDATION_ERROR";
      case UNSUPPORTED, INVALID ->
          subject.equals(UPGRADE)
              ? "WEBSOCKET_ERROR"
              : isOfImage(failure) ? "INVALID_IMAGE_FORMAT" : "VALIDATION_ERROR";
      case CONFLICT, INSUFFICIENT -> "VALIDATION_ERROR";
      case UNAVAILABLE, TIMED_OUT -> "SERVICE_UNAVAILABLE";
      case FAILED -> subject.equals(ANALYSIS) ? "ANALYSIS_FAILED" : "INTERNAL_ERROR";
    };
  }

  /** Whether a picture is to blame, and not the number of pictures or the name of its field. */
  private static boolean isOfImage(Failure failure) {
    Map<String, Object> details = failure.details();
    if (failure.reason() == Failure.Reason.TOO_LARGE && failure.subject().equals(BODY)) {
      // Only forms may be this large.
      return details.get(Failure.MAX_VALUE) instanceof Number most
          && most.longValue() >= BiofieldMount.LARGEST_FORM;
    }
    boolean counted =
        failure.reason() == Failure.Reason.INVALID && details.containsKey(Failure.MIN_VALUE);
    return !counted && (failure.subject().equals(IMAGE) || failure.subject().equals(IMAGES));
  }
}
