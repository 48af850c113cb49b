package dev.spanda.server.http;

import dev.spanda.core.Failure;
import dev.spanda.core.Failure.Reason;
import dev.spanda.core.quota.Decision;
import java.util.List;
import java.util.Set;
import org.eclipse.jetty.http.HttpException;
import org.jspecify.annotations.Nullable;

/** The failures of the wire itself. */
final class Refusals {

  private Refusals() {}

  static Failure noRoute() {
    return Failure.of(Reason.NOT_FOUND, Dialect.ROUTE, "No operation has this path");
  }

  static Failure wrongVerb(String verb, Set<String> allowed) {
    return Failure.of(
            Reason.UNSUPPORTED,
            Dialect.VERB,
            "This path has " + String.join(", ", allowed) + "; not " + shown(verb))
        .with(Failure.PROVIDED_VALUE, shown(verb))
        .with(Failure.ALLOWED_VALUES, List.copyOf(allowed));
  }

  static Failure bodyTooLarge(long most) {
    return Failure.of(
            Reason.TOO_LARGE, Dialect.BODY, "The body may have at most " + most + " bytes")
        .with(Failure.MAX_VALUE, most);
  }

  static Failure mediaType(String given, String allowed) {
    return Failure.of(
            Reason.UNSUPPORTED,
            Dialect.MEDIA_TYPE,
            "The body must be " + allowed + "; not " + shown(given))
        .with(Failure.PROVIDED_VALUE, shown(given))
        .with(Failure.ALLOWED_VALUES, List.of(allowed));
  }

  static Failure tooOften(Decision decision) {
    long seconds = seconds(decision);
    return Failure.of(
            Reason.RATE_LIMITED,
            Dialect.REQUEST,
            "More than "
                + decision.limit()
                + " requests came in too short a time; the next may come in "
                + seconds
                + " s")
        .with(Dialect.RETRY_AFTER, seconds);
  }

  static long seconds(Decision decision) {
    return Math.max(1, decision.retryAfter().plusMillis(999).toSeconds());
  }

  static Failure tooManySockets(int most) {
    return Failure.of(
            Reason.RATE_LIMITED,
            "sockets",
            "A caller may hold at most " + most + " sockets open at once")
        .with(Failure.MAX_VALUE, most);
  }

  static Failure unforeseen() {
    return Failure.of(Reason.FAILED, Dialect.SERVER, "The server could not answer this request");
  }

  /** The failure that a status of the HTTP layer stands for. */
  static Failure ofStatus(int status) {
    return switch (status) {
      case 401 ->
          Failure.of(Reason.UNAUTHENTICATED, "credentials", "This operation needs credentials");
      case 403 -> Failure.of(Reason.FORBIDDEN, Dialect.REQUEST, "This is not allowed");
      case 404 -> noRoute();
      case 405, 501 ->
          Failure.of(Reason.UNSUPPORTED, Dialect.VERB, "The server does not know this verb");
      case 408 -> Failure.of(Reason.TIMED_OUT, Dialect.REQUEST, "The request did not come in time");
      case 413 -> Failure.of(Reason.TOO_LARGE, Dialect.BODY, "The body is too large");
      case 414 -> Failure.of(Reason.TOO_LARGE, Dialect.URI, "The request's target is too long");
      case 415 ->
          Failure.of(Reason.UNSUPPORTED, Dialect.MEDIA_TYPE, "The body's media type is not read");
      case 426 ->
          Failure.of(Reason.UNSUPPORTED, Dialect.UPGRADE, "The upgrade that was asked for fails");
      case 431 -> Failure.of(Reason.TOO_LARGE, Dialect.HEADERS, "The headers are too large");
      case 503 -> Failure.of(Reason.UNAVAILABLE, Dialect.SERVER, "The server stops");
      case 505 ->
          Failure.of(Reason.UNSUPPORTED, Dialect.REQUEST, "The server speaks HTTP/1.1 and 1.0");
      default ->
          status >= 500
              ? unforeseen()
              : Failure.of(Reason.INVALID, Dialect.REQUEST, "The request is malformed");
    };
  }

  /** The failure within what an endpoint or the HTTP layer threw; null for anything unforeseen. */
  static @Nullable Failure within(Throwable problem) {
    for (Throwable cause = problem; cause != null; cause = cause.getCause()) {
      if (cause instanceof Failure failure) {
        return failure;
      }
      if (cause instanceof HttpException http) {
        return ofStatus(http.getCode());
      }
    }
    return null;
  }

  /** A word of the sender, cut short. */
  private static String shown(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
