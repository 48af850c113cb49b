package dev.spanda.media.moderation;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.store.Json;
import dev.spanda.core.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Checks messages by the policy of an organisation and remembers who wrote what was not allowed.
 *
 * <p>Spam is the model's score raised by rules, each of which multiplies what the score lacks to 1:
 * more than three links by 0.5; one word eight times in a row by 0.3; one character more than
 * fifteen times in a row by 0.8; forty letters and more of which nine in ten are capitals by 0.8; a
 * flood ({@link ModerationPolicy.Flood}) by 0.1. Whoever wrote is unknown to a flood when no person
 * is given, and nothing is then remembered of the message.
 *
 * <p>Violations belong to an organisation; the newest 1 000 of a person are kept, without their
 * words. Floods are watched in the memory of one process. Thread-safe.
 */
public final class Automod {

  /** What stands in place of the words of a violation. */
  public static final String REDACTED = "[REDACTED]";

  private static final int MOST_VIOLATIONS = 1_000;
  private static final int LONGEST_NAME = 128;
  private static final String BLOCKLIST = "blocklist";

  /**
   * A message to be checked.
   *
   * @param content 1 to 10 000 characters
   * @param person who wrote it, 1 to 128 characters, if known
   * @param platform where, 1 to 128 characters, if known
   * @param channel in which channel, 1 to 128 characters, if known
   */
  public record Message(
      String content,
      Optional<String> person,
      Optional<String> platform,
      Optional<String> channel) {

    /**
     * Checks the lengths.
     *
     * @throws Failure INVALID, subjects {@code content}, {@code user_id}, {@code platform} and
     *     {@code channel_id}
     */
    public Message {
      content = Failure.requireText("content", "Content", content, 1, Moderator.LONGEST);
      requireName("user_id", "User id", person);
      requireName("platform", "Platform", platform);
      requireName("channel_id", "Channel id", channel);
    }

    /** A message of whom nothing is known. */
    public static Message of(String content) {
      return new Message(content, Optional.empty(), Optional.empty(), Optional.empty());
    }
  }

  /** How somebody stands. */
  public enum Status {
    /** No violation counts any more. */
    GOOD,
    /** Some do, fewer than lead to a timeout. */
    WARNING,
    /** As many as lead to a timeout. */
    RESTRICTED,
    /** As many as lead to a ban. */
    BANNED
  }

  /**
   * What is remembered of somebody.
   *
   * @param violations the newest, newest first; copied
   * @param total how many are kept, at most 1 000
   * @param status by those within the memory of the policy
   */
  public record History(List<Violation> violations, long total, Status status) {

    /** Copies. */
    public History {
      violations = List.copyOf(violations);
    }
  }

  private final Store store;
  private final InstantSource clock;
  private final Ids ids;
  private final Moderator moderator;
  private final FloodWatch watch = new FloodWatch();

  /** The moderation of a store's organisations. */
  public Automod(Store store, InstantSource clock, Ids ids, Moderator moderator) {
    this.store = store;
    this.clock = clock;
    this.ids = ids;
    this.moderator = moderator;
  }

  /** The policy of an organisation: what it has set, or {@link ModerationPolicy#DEFAULT}. */
  public ModerationPolicy policy(String organisation) {
    return store.read(handle -> policy(handle, organisation));
  }

  /** Sets the policy of an organisation; from the next message on it holds. */
  public void setPolicy(String organisation, ModerationPolicy policy) {
    store.change(
        handle ->
            handle
                .createUpdate(
                    "INSERT INTO moderation_policy (organisation, policy, updated_at)"
                        + " VALUES (:organisation, :policy, :now) ON CONFLICT (organisation)"
                        + " DO UPDATE SET policy = :policy, updated_at = :now")
                .bind("organisation", organisation)
                .bind("policy", Json.write(policy))
                .bind("now", clock.millis())
                .execute());
  }

  /**
   * Checks a message, and remembers it when it is not allowed and its writer is known.
   *
   * @param organisation whose policy holds and whose people are counted
   */
  public Verdict check(String organisation, Message message) {
    ModerationPolicy policy = policy(organisation);
    Findings findings = findings(organisation, policy, message);
    if (findings.flags().isEmpty()) {
      return new Verdict(true, findings.scores(), List.of(), Optional.empty(), Optional.empty());
    }
    Verdict.Action first = firstAction(policy, findings);
    if (message.person().isEmpty()) {
      return refused(findings, first);
    }
    return store.write(
        handle -> {
          String person = message.person().get();
          store.lock("moderation:" + organisation + ":" + person);
          Instant now = clock.instant();
          long count = 1 + counted(handle, organisation, person, policy, now);
          Verdict.Action action =
              count >= policy.ladder().banFrom()
                  ? Verdict.Action.BAN
                  : count >= policy.ladder().timeoutFrom() ? Verdict.Action.TIMEOUT : first;
          insert(handle, organisation, person, message, findings, action, now);
          return refused(findings, action);
        });
  }

  /**
   * What is remembered of somebody; nothing, and GOOD, for a person who is not known.
   *
   * @param limit how many violations are shown, 1 to 1 000
   * @throws Failure INVALID, subjects {@code limit} and {@code user_id}
   */
  public History history(String organisation, String person, int limit) {
    Failure.requireInRange("limit", "Limit", limit, 1, MOST_VIOLATIONS, "");
    requireName("user_id", "User id", Optional.of(person));
    return store.read(
        handle -> {
          ModerationPolicy policy = policy(handle, organisation);
          List<Violation> violations =
              handle
                  .createQuery(
                      "SELECT * FROM moderation_violation WHERE organisation = :organisation"
                          + " AND person = :person ORDER BY created_at DESC, id DESC LIMIT :limit")
                  .bind("organisation", organisation)
                  .bind("person", person)
                  .bind("limit", limit)
                  .map((row, context) -> read(row))
                  .list();
          long total =
              handle
                  .createQuery(
                      "SELECT COUNT(*) FROM moderation_violation"
                          + " WHERE organisation = :organisation AND person = :person")
                  .bind("organisation", organisation)
                  .bind("person", person)
                  .mapTo(Long.class)
                  .one();
          long counted = counted(handle, organisation, person, policy, clock.instant());
          return new History(violations, total, status(policy, counted));
        });
  }

  /**
   * Forgets the violations of somebody.
   *
   * @return how many there were
   */
  public int forget(String organisation, String person) {
    return store.write(
        handle ->
            handle
                .createUpdate(
                    "DELETE FROM moderation_violation WHERE organisation = :organisation"
                        + " AND person = :person")
                .bind("organisation", organisation)
                .bind("person", person)
                .execute());
  }

  private record Findings(
      Moderator.Scores scores, List<String> flags, String reason, double worst) {}

  private Findings findings(String organisation, ModerationPolicy policy, Message message) {
    Moderator.Weighed weighed = moderator.weigh(message.content(), policy.allowed());
    boolean flooded =
        message.person().isPresent()
            && watch.floods(
                organisation + "\n" + message.person().get(),
                message.content(),
                clock.instant(),
                policy.flood());
    double missing = (1 - weighed.scores().spam()) * weighed.shape() * (flooded ? 0.1 : 1);
    Moderator.Scores scores =
        new Moderator.Scores(weighed.scores().toxicity(), 1 - missing, weighed.scores().nsfw());
    List<String> flags = new ArrayList<>();
    String reason = "";
    double worst = 0;
    if (moderator.mentions(message.content(), policy.blocked())) {
      flags.add(BLOCKLIST);
      reason = "Blocked phrase";
      worst = 1;
    }
    // Each with how far its score is on the way from the threshold to 1.
    List<Double> ways = new ArrayList<>();
    List<String> exceeded = new ArrayList<>();
    String[] names = {"toxicity", "spam", "nsfw"};
    double[] given = {scores.toxicity(), scores.spam(), scores.nsfw()};
    ModerationPolicy.Thresholds limits = policy.thresholds();
    double[] allowed = {limits.toxicity(), limits.spam(), limits.nsfw()};
    for (int i = 0; i < names.length; i++) {
      if (given[i] >= allowed[i]) {
        double way = (given[i] - allowed[i]) / Math.max(1e-9, 1 - allowed[i]);
        int at = 0;
        while (at < ways.size() && ways.get(at) >= way) {
          at++;
        }
        ways.add(at, way);
        exceeded.add(at, names[i]);
        worst = Math.max(worst, given[i]);
      }
    }
    flags.addAll(exceeded);
    if (reason.isEmpty() && !flags.isEmpty()) {
      reason =
          flooded && flags.get(0).equals("spam") ? "Flood limit exceeded" : words(flags.get(0));
    }
    return new Findings(scores, flags, reason, worst);
  }

  private static String words(String flag) {
    String name =
        flag.equals("nsfw")
            ? "NSFW"
            : flag.substring(0, 1).toUpperCase(Locale.ROOT) + flag.substring(1);
    return name + " threshold exceeded";
  }

  private static Verdict.Action firstAction(ModerationPolicy policy, Findings findings) {
    return findings.worst() >= policy.ladder().deleteFrom()
        ? Verdict.Action.DELETE
        : Verdict.Action.WARN;
  }

  private static Verdict refused(Findings findings, Verdict.Action action) {
    return new Verdict(
        false,
        findings.scores(),
        findings.flags(),
        Optional.of(action),
        Optional.of(findings.reason()));
  }

  private static Status status(ModerationPolicy policy, long counted) {
    if (counted == 0) {
      return Status.GOOD;
    }
    return counted >= policy.ladder().banFrom()
        ? Status.BANNED
        : counted >= policy.ladder().timeoutFrom() ? Status.RESTRICTED : Status.WARNING;
  }

  private static ModerationPolicy policy(Handle handle, String organisation) {
    return handle
        .createQuery("SELECT policy FROM moderation_policy WHERE organisation = :organisation")
        .bind("organisation", organisation)
        .mapTo(String.class)
        .findOne()
        .map(text -> Json.read(text, ModerationPolicy.class))
        .orElse(ModerationPolicy.DEFAULT);
  }

  private static long counted(
      Handle handle, String organisation, String person, ModerationPolicy policy, Instant now) {
    return handle
        .createQuery(
            "SELECT COUNT(*) FROM moderation_violation WHERE organisation = :organisation"
                + " AND person = :person AND created_at > :since")
        .bind("organisation", organisation)
        .bind("person", person)
        .bind("since", now.minus(policy.ladder().memory()).toEpochMilli())
        .mapTo(Long.class)
        .one();
  }

  private void insert(
      Handle handle,
      String organisation,
      String person,
      Message message,
      Findings findings,
      Verdict.Action action,
      Instant now) {
    handle
        .createUpdate(
            "INSERT INTO moderation_violation (id, organisation, person, platform, channel, kind,"
                + " action, toxicity, spam, nsfw, created_at) VALUES (:id, :organisation, :person,"
                + " :platform, :channel, :kind, :action, :toxicity, :spam, :nsfw, :now)")
        .bind("id", ids.next("vio"))
        .bind("organisation", organisation)
        .bind("person", person)
        .bind("platform", message.platform().orElse(null))
        .bind("channel", message.channel().orElse(null))
        .bind("kind", findings.flags().get(0))
        .bind("action", action.word())
        .bind("toxicity", findings.scores().toxicity())
        .bind("spam", findings.scores().spam())
        .bind("nsfw", findings.scores().nsfw())
        .bind("now", now.toEpochMilli())
        .execute();
    handle
        .createUpdate(
            "DELETE FROM moderation_violation WHERE id IN (SELECT id FROM moderation_violation"
                + " WHERE organisation = :organisation AND person = :person"
                + " ORDER BY created_at DESC, id DESC LIMIT 1000 OFFSET :most)")
        .bind("organisation", organisation)
        .bind("person", person)
        .bind("most", MOST_VIOLATIONS)
        .execute();
  }

  private static Violation read(ResultSet row) throws SQLException {
    return new Violation(
        row.getString("id"),
        row.getString("kind"),
        Verdict.Action.valueOf(row.getString("action").toUpperCase(Locale.ROOT)),
        new Moderator.Scores(
            row.getDouble("toxicity"), row.getDouble("spam"), row.getDouble("nsfw")),
        Optional.ofNullable(row.getString("platform")),
        Optional.ofNullable(row.getString("channel")),
        Instant.ofEpochMilli(row.getLong("created_at")));
  }

  private static void requireName(String subject, String label, Optional<String> name) {
    if (name.isPresent()) {
      String unused = Failure.requireText(subject, label, name.get(), 1, LONGEST_NAME);
    }
  }
}
