package dev.spanda.core.attunement;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * A stretch of time in which bits are gathered.
 *
 * @param source the source that is used
 * @param note why it is not the one that the plan wants, or why gathering failed; empty when there
 *     is nothing to say
 * @param endsAt when gathering ends by itself
 * @param endedAt when it ended; empty while it runs
 * @param looks how many readings were taken
 */
public record Attunement(
    String id,
    AttunementPlan plan,
    BitSource.Kind source,
    String note,
    Status status,
    Instant startedAt,
    Instant endsAt,
    Optional<Instant> endedAt,
    long looks) {

  /** Where gathering stands. */
  public enum Status {
    /** Bits are gathered. */
    RUNNING,
    /** The time is over. */
    COMPLETED,
    /** It was ended by hand. */
    STOPPED,
    /** The source gave no bits for half a minute. */
    FAILED;

    /** The word on the wire: the name in lower case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
