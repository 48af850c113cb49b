package dev.spanda.astrology.event;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** What became of waiting for a body to pass the horizon or the meridian. */
public sealed interface Passing {

  /**
   * It passes.
   *
   * @param at when
   */
  record At(Instant at) implements Passing {
    /** Checks that nothing is missing. */
    public At {
      Objects.requireNonNull(at);
    }
  }

  /** It does not pass during the time that was searched. */
  record Never(Why why) implements Passing {
    /** Checks that nothing is missing. */
    public Never {
      Objects.requireNonNull(why);
    }
  }

  /** Why there was no passing. */
  enum Why {
    /** The body stays above the limit all the time. */
    ALWAYS_ABOVE,
    /** The body stays below the limit all the time. */
    ALWAYS_BELOW,
    /** The body passes in the other direction only, as at the beginning of a polar night. */
    OTHER_DIRECTION_ONLY
  }

  /** The moment, when there is one. */
  default Optional<Instant> time() {
    return this instanceof At at ? Optional.of(at.at()) : Optional.empty();
  }
}
