package dev.spanda.contract.wavestack;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Checks messages and remembers who wrote what was not allowed. */
@Route.Group("Auto-Mod")
public interface AutomodApi {

  /**
   * Checks a message by the policy of the organisation. One that is not allowed becomes a violation
   * of its user, when the user is given.
   */
  @Route(value = "POST /api/v1/check", summary = "Checks a message.")
  Verdict check(Message message);

  /** Checks a message of whom nothing is known. */
  default Verdict check(String content) {
    return check(new Message(content, null, null, null));
  }

  /** The violations of a user, the newest 100, and how the user stands. */
  @Route(value = "GET /api/v1/violations/{userId}", summary = "The violations of a user.")
  Violations violations(@Param.Path("userId") String userId);

  /** Forgets the violations of a user; beyond the document. */
  @Route(value = "DELETE /api/v1/violations/{userId}", summary = "Forgets a user's violations.")
  Forgotten forget(@Param.Path("userId") String userId);

  /** What the organisation allows; beyond the document. */
  @Route(value = "GET /api/v1/policy", summary = "What the organisation allows.")
  Policy policy();

  /**
   * Sets what the organisation allows; parts that are absent stay as they are; beyond the document.
   */
  @Route(value = "PUT /api/v1/policy", summary = "Sets what the organisation allows.")
  Policy setPolicy(Policy policy);

  /**
   * A message.
   *
   * @param content 1 to 10 000 characters
   * @param userId who wrote it, 1 to 128 characters; without one nothing is remembered
   * @param platform where, 1 to 128 characters
   * @param channelId in which channel, 1 to 128 characters
   */
  record Message(
      @JsonProperty(value = "content", required = true) String content,
      @JsonProperty("user_id") @Nullable String userId,
      @JsonProperty("platform") @Nullable String platform,
      @JsonProperty("channel_id") @Nullable String channelId) {}

  /**
   * What is to be done with it.
   *
   * @param allowed whether nothing was found against it
   * @param flags {@code blocklist}, {@code toxicity}, {@code spam}, {@code nsfw}, the gravest first
   * @param action {@code warn}, {@code delete}, {@code timeout} or {@code ban}; null when allowed
   * @param reason the first flag in words; absent when allowed
   */
  record Verdict(
      @JsonProperty("allowed") boolean allowed,
      @JsonProperty("scores") Scores scores,
      @JsonProperty("flags") List<String> flags,
      @JsonProperty("action") @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String action,
      @JsonProperty("reason") @Nullable String reason) {

    /** Copies the flags. */
    public Verdict {
      flags = List.copyOf(flags);
    }
  }

  /**
   * Probabilities from 0 to 1, to four places. Toxicity and spam are models trained on English
   * messages and calibrated where every second message is of that kind; nsfw is a list of rated
   * words.
   */
  record Scores(
      @JsonProperty("toxicity") double toxicity,
      @JsonProperty("spam") double spam,
      @JsonProperty("nsfw") double nsfw) {}

  /**
   * How a user stands.
   *
   * @param status {@code good}, {@code warning}, {@code restricted} or {@code banned}, by the
   *     violations that the policy still counts
   */
  record Violations(
      @JsonProperty("user_id") String userId,
      @JsonProperty("violations") List<Violation> violations,
      @JsonProperty("total_violations") long totalViolations,
      @JsonProperty("status") String status) {

    /** Copies the list. */
    public Violations {
      violations = List.copyOf(violations);
    }
  }

  /**
   * A message that was not allowed.
   *
   * @param type its first flag
   * @param content always {@code [REDACTED]}: what it said is not kept
   */
  record Violation(
      @JsonProperty("id") String id,
      @JsonProperty("type") String type,
      @JsonProperty("content") String content,
      @JsonProperty("action_taken") String actionTaken,
      @JsonProperty("ts") Instant ts) {}

  /** How many violations were forgotten. */
  record Forgotten(
      @JsonProperty("user_id") String userId, @JsonProperty("forgotten") int forgotten) {}

  /**
   * What an organisation allows.
   *
   * @param thresholds from which score on something is not allowed
   * @param ladder which action follows
   * @param flood how much one user may write at once
   * @param allowed phrases that are not weighed, and hosts whose links are not, at most 500
   * @param blocked phrases that are never allowed, at most 500
   */
  record Policy(
      @JsonProperty("thresholds") @Nullable Thresholds thresholds,
      @JsonProperty("ladder") @Nullable Ladder ladder,
      @JsonProperty("flood") @Nullable Flood flood,
      @JsonProperty("allowed") @Nullable List<String> allowed,
      @JsonProperty("blocked") @Nullable List<String> blocked) {}

  /** Each above 0 and up to 1. */
  record Thresholds(
      @JsonProperty("toxicity") @Nullable Double toxicity,
      @JsonProperty("spam") @Nullable Double spam,
      @JsonProperty("nsfw") @Nullable Double nsfw) {}

  /**
   * Which action follows.
   *
   * @param deleteFrom the score from which on a message is deleted rather than warned of
   * @param timeoutFrom from which violation on the user is sent away for a while
   * @param banFrom from which violation on for good
   * @param memorySeconds how far back violations count
   */
  record Ladder(
      @JsonProperty("delete_from") @Nullable Double deleteFrom,
      @JsonProperty("timeout_from") @Nullable Integer timeoutFrom,
      @JsonProperty("ban_from") @Nullable Integer banFrom,
      @JsonProperty("memory_seconds") @Nullable Long memorySeconds) {}

  /**
   * How much one user may write at once.
   *
   * @param messages how many messages, 1 to 100
   * @param withinSeconds within which time, 1 to 600
   * @param repeats how often the same message within six times that time, 2 to 100
   */
  record Flood(
      @JsonProperty("messages") @Nullable Integer messages,
      @JsonProperty("within_seconds") @Nullable Integer withinSeconds,
      @JsonProperty("repeats") @Nullable Integer repeats) {}
}
