package dev.spanda.media.moderation;

import java.util.List;
import java.util.Optional;

/**
 * What is to be done with a message.
 *
 * @param allowed whether nothing was found against it
 * @param scores those of {@link Moderator}, spam raised by the rules of {@link Automod}
 * @param flags what was found, the gravest first: {@code blocklist}, {@code toxicity}, {@code
 *     spam}, {@code nsfw}; copied
 * @param action what follows; empty when it is allowed
 * @param reason the first flag in words; empty when it is allowed
 */
public record Verdict(
    boolean allowed,
    Moderator.Scores scores,
    List<String> flags,
    Optional<Action> action,
    Optional<String> reason) {

  /** What follows, from the mildest. */
  public enum Action {
    /** The person is told. */
    WARN,
    /** The message goes. */
    DELETE,
    /** The message goes, and the person for a while. */
    TIMEOUT,
    /** The message goes, and the person for good. */
    BAN;

    /** The word on the wire and in the store. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /** Checks that it hangs together and copies. */
  public Verdict {
    flags = List.copyOf(flags);
    if (allowed != flags.isEmpty() || allowed != action.isEmpty() || allowed != reason.isEmpty()) {
      throw new IllegalArgumentException(flags + ", " + action + ", " + reason);
    }
  }
}
