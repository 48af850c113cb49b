package dev.spanda.server.craudioviz;

import dev.spanda.contract.craudioviz.CraudiovizError;
import dev.spanda.core.Failure;
import dev.spanda.server.http.Dialect;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The errors of CRAudioViz. The document's table has six codes, and stands for a missing thing by
 * its project; other things are named in the same style. A failure that the table has no word for
 * gets one of its own, with the status that HTTP gives it.
 */
final class CraudiovizDialect implements Dialect {

  @Override
  public Answer error(Failure failure, String requestId) {
    int status = isDecline(failure) ? 402 : Dialect.usualStatus(failure);
    CraudiovizError body =
        new CraudiovizError(
            new CraudiovizError.Detail(
                code(failure),
                Objects.requireNonNullElse(failure.getMessage(), failure.subject()),
                details(failure)));
    return status == 401
        ? new Answer(status, body, Map.of("WWW-Authenticate", "Bearer"))
        : new Answer(status, body);
  }

  @Override
  public Class<?> errorType() {
    return CraudiovizError.class;
  }

  /** What was wrong with which field; the documented details of other errors stay as they are. */
  private static @Nullable Map<String, Object> details(Failure failure) {
    if (failure.reason() != Failure.Reason.INVALID || isDecline(failure)) {
      return failure.details().isEmpty() ? null : failure.details();
    }
    Map<String, Object> details = new LinkedHashMap<>();
    details.put("field", failure.subject());
    details.putAll(failure.details());
    return details;
  }

  private static boolean isDecline(Failure failure) {
    return failure.details().containsKey("decline_code");
  }

  static String code(Failure failure) {
    String subject = failure.subject();
    return switch (failure.reason()) {
      case UNAUTHENTICATED -> "invalid_api_key";
      case RATE_LIMITED -> "rate_limit_exceeded";
      case INSUFFICIENT -> "insufficient_credits";
      case NOT_FOUND -> subject.equals(ROUTE) ? "not_found" : subject + "_not_found";
      case INVALID -> isDecline(failure) ? "payment_declined" : "invalid_input";
      case UNSUPPORTED ->
          switch (subject) {
            case VERB -> "method_not_allowed";
            case MEDIA_TYPE -> "unsupported_media_type";
            default -> "invalid_input";
          };
      case TOO_LARGE -> subject.equals("storage") ? "storage_full" : "too_large";
      case CONFLICT ->
          subject.equals("idempotency_key") ? "idempotency_conflict" : subject + "_conflict";
      case FORBIDDEN -> "forbidden";
      case UNAVAILABLE -> "service_unavailable";
      case TIMED_OUT, FAILED -> "server_error";
    };
  }
}
