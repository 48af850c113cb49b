package dev.spanda.media.moderation;

import java.time.Instant;
import java.util.Optional;

/**
 * A message that was not allowed. What it said is not kept.
 *
 * @param id begins with {@code vio_}
 * @param kind its first flag
 * @param action what followed
 * @param scores its scores
 * @param platform where it was written, if known
 * @param channel in which channel, if known
 * @param at when it was checked
 */
public record Violation(
    String id,
    String kind,
    Verdict.Action action,
    Moderator.Scores scores,
    Optional<String> platform,
    Optional<String> channel,
    Instant at) {}
