package dev.spanda.server.http;

import dev.spanda.core.Failure;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * How one API says what went wrong, and how it wraps what went well. One for each documented API;
 * thread-safe.
 *
 * <p>Besides the failures of engines a dialect gets those of the wire, which carry one of the
 * subjects named here: {@link #ROUTE} with NOT_FOUND when no operation has the path, {@link #VERB}
 * with UNSUPPORTED when the path has other verbs (details list them), {@link #BODY}, {@link
 * #MEDIA_TYPE}, {@link #HEADERS}, {@link #URI}, {@link #RANGE}, {@link #REQUEST}, {@link #ORIGIN},
 * {@link #UPGRADE} and {@link #SERVER}. {@link #usualStatus} knows the status of each.
 */
public interface Dialect {

  /** Subject: the path, which leads nowhere. */
  String ROUTE = "route";

  /** Subject: the verb, which the path does not have. */
  String VERB = "verb";

  /** Subject: the body as a whole. */
  String BODY = "body";

  /** Subject: the media type of the body. */
  String MEDIA_TYPE = "content_type";

  /** Subject: the headers as a whole. */
  String HEADERS = "headers";

  /** Subject: the request's target. */
  String URI = "uri";

  /** Subject: the range of bytes that was asked for. */
  String RANGE = "range";

  /** Subject: the request as a whole. */
  String REQUEST = "request";

  /** Subject: the page that a browser sent the request for. */
  String ORIGIN = "origin";

  /** Subject: the server itself, when it failed in a way it did not foresee. */
  String SERVER = "server";

  /** Subject: the way from HTTP to a socket, which the request did not ask for. */
  String UPGRADE = "upgrade";

  /** Detail key: seconds, rounded up, after which the same request may succeed. */
  String RETRY_AFTER = "retry_after";

  /**
   * An error.
   *
   * @param status 400 to 599
   * @param body a record that becomes the JSON body
   * @param headers further headers by name; copied
   */
  record Answer(int status, Object body, Map<String, String> headers) {

    /** Checks the status and copies the headers. */
    public Answer {
      if (status < 400 || status > 599) {
        throw new IllegalArgumentException("not the status of an error: " + status);
      }
      headers = Map.copyOf(headers);
    }

    /** An error without further headers. */
    public Answer(int status, Object body) {
      this(status, body, Map.of());
    }
  }

  /**
   * The error that tells of a failure.
   *
   * @param requestId the name of the request, for dialects whose errors carry it
   */
  Answer error(Failure failure, String requestId);

  /** The type of every error's body, for the API description. */
  Class<?> errorType();

  /**
   * What is written for a successful answer; the result itself unless the API wraps its answers.
   *
   * @param result what the endpoint returned, null for an operation without result
   * @return null for an answer without body
   */
  default @Nullable Object success(@Nullable Object result, String requestId) {
    return result;
  }

  /**
   * The status that HTTP's own rules give a failure: 400 for INVALID, 404, 409, 401, 403, 429, 402
   * for INSUFFICIENT, 413 for TOO_LARGE (431 for headers, 414 for the target), 405 for a verb, 415
   * for a media type, 416 for a range, 426 for an upgrade, 503 for UNAVAILABLE, 504 for TIMED_OUT
   * (408 for a request that came too slowly), 500 for FAILED.
   */
  static int usualStatus(Failure failure) {
    String subject = failure.subject();
    return switch (failure.reason()) {
      case INVALID -> subject.equals(RANGE) ? 416 : 400;
      case NOT_FOUND -> 404;
      case CONFLICT -> 409;
      case UNAUTHENTICATED -> 401;
      case FORBIDDEN -> 403;
      case RATE_LIMITED -> 429;
      case INSUFFICIENT -> 402;
      case TOO_LARGE -> subject.equals(HEADERS) ? 431 : subject.equals(URI) ? 414 : 413;
      case UNSUPPORTED ->
          switch (subject) {
            case VERB -> 405;
            case MEDIA_TYPE -> 415;
            case UPGRADE -> 426;
            case REQUEST -> 505;
            default -> 400;
          };
      case UNAVAILABLE -> 503;
      case TIMED_OUT -> subject.equals(REQUEST) ? 408 : 504;
      case FAILED -> 500;
    };
  }
}
