package dev.spanda.server.vajra;

import dev.spanda.contract.vajra.VajraError;
import dev.spanda.core.Failure;
import dev.spanda.server.http.Dialect;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/**
 * The errors of Vajra.Stream. The document's table has eight codes and its example a ninth, {@code
 * INVALID_FREQUENCY}, which is used for a frequency out of range. It gives no statuses, so HTTP's
 * own rules decide them. A conflict is told as {@code INVALID_PARAMETER}; a fault of the server
 * itself, for which the table has no word, as {@code INTERNAL_ERROR}.
 */
final class VajraDialect implements Dialect {

  private final InstantSource clock;

  VajraDialect(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Answer error(Failure failure, String requestId) {
    return new Answer(Dialect.usualStatus(failure), body(failure));
  }

  @Override
  public Class<?> errorType() {
    return VajraError.class;
  }

  /** Whether a message could not even be read, so that no field of it is to blame. */
  boolean isOfTheWire(Failure failure) {
    return failure.subject().equals(BODY) || failure.subject().equals(REQUEST);
  }

  VajraError body(Failure failure) {
    String message = failure.getMessage();
    return new VajraError(
        "error",
        code(failure),
        message == null ? failure.subject() : message,
        failure.details(),
        clock.instant().truncatedTo(ChronoUnit.SECONDS));
  }

  private static String code(Failure failure) {
    if (failure.subject().equals(SERVER)) {
      return "INTERNAL_ERROR";
    }
    return switch (failure.reason()) {
      case NOT_FOUND ->
          failure.subject().equals("session") ? "SESSION_NOT_FOUND" : "RESOURCE_NOT_FOUND";
      case RATE_LIMITED -> "RATE_LIMIT_EXCEEDED";
      case UNAVAILABLE ->
          failure.subject().equals("audio_output") || failure.subject().equals("source")
              ? "HARDWARE_ERROR"
              : "DATABASE_ERROR";
      case FAILED, TIMED_OUT ->
          failure.subject().equals("store") ? "DATABASE_ERROR" : "AUDIO_GENERATION_FAILED";
      case INVALID ->
          failure.subject().equals("frequency") ? "INVALID_FREQUENCY" : "INVALID_PARAMETER";
      default -> "INVALID_PARAMETER";
    };
  }
}
