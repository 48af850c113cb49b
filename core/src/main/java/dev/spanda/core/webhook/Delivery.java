package dev.spanda.core.webhook;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * One event on its way to one webhook, as it stood when it was read.
 *
 * @param id begins with {@code dlv_}
 * @param eventId the event's own id, the same for all webhooks: by it a receiver knows an event
 *     that comes twice
 * @param body the JSON that is sent
 * @param createdAt in whole milliseconds
 * @param nextAt when it is tried next; empty when it is over
 * @param attempts every try so far, the oldest first; copied
 */
public record Delivery(
    String id,
    String webhookId,
    String event,
    String eventId,
    String body,
    Status status,
    Instant createdAt,
    Optional<Instant> nextAt,
    List<Attempt> attempts) {

  /** How far a delivery is. */
  public enum Status {
    /** Waits for its first or next try. */
    PENDING,
    /** Was answered with a status from 200 to 299. */
    DELIVERED,
    /** Will not be tried again. */
    FAILED
  }

  /** Copies the attempts. */
  public Delivery {
    Objects.requireNonNull(id);
    Objects.requireNonNull(status);
    attempts = List.copyOf(attempts);
  }

  /**
   * One try.
   *
   * @param number 1 for the first
   * @param at when it began
   * @param took until the answer or its absence
   * @param answer the HTTP status; empty when nobody answered
   * @param excerpt the first 500 characters of the answer, or why there was none
   */
  public record Attempt(
      int number, Instant at, Duration took, OptionalInt answer, String excerpt) {}

  /**
   * What {@link Webhooks} publishes after each try, once it is recorded.
   *
   * @param delivery after the try
   */
  public record Tried(Delivery delivery) {}
}
