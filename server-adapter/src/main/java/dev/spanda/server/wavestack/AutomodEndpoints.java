package dev.spanda.server.wavestack;

import dev.spanda.contract.wavestack.AutomodApi;
import dev.spanda.core.Failure;
import dev.spanda.media.moderation.Automod;
import dev.spanda.media.moderation.ModerationPolicy;
import dev.spanda.media.moderation.Moderator;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/** The chapter Auto-Mod. */
final class AutomodEndpoints implements AutomodApi {

  private static final int PAGE = 100;

  private final Automod automod;
  private final String owner;

  AutomodEndpoints(Automod automod, String owner) {
    this.automod = automod;
    this.owner = owner;
  }

  @Override
  public Verdict check(Message message) {
    if (message.content().isEmpty()) {
      throw Failure.of(Failure.Reason.INVALID, "content", "content is required");
    }
    dev.spanda.media.moderation.Verdict verdict =
        automod.check(
            owner,
            new Automod.Message(
                message.content(),
                Optional.ofNullable(message.userId()),
                Optional.ofNullable(message.platform()),
                Optional.ofNullable(message.channelId())));
    Moderator.Scores scores = verdict.scores();
    return new Verdict(
        verdict.allowed(),
        new Scores(rounded(scores.toxicity()), rounded(scores.spam()), rounded(scores.nsfw())),
        verdict.flags(),
        verdict.action().map(dev.spanda.media.moderation.Verdict.Action::word).orElse(null),
        verdict.reason().orElse(null));
  }

  @Override
  public Violations violations(String userId) {
    Automod.History history = automod.history(owner, userId, PAGE);
    return new Violations(
        userId,
        history.violations().stream()
            .map(
                one ->
                    new Violation(
                        one.id(), one.kind(), Automod.REDACTED, one.action().word(), one.at()))
            .toList(),
        history.total(),
        history.status().name().toLowerCase(Locale.ROOT));
  }

  @Override
  public Forgotten forget(String userId) {
    return new Forgotten(userId, automod.forget(owner, userId));
  }

  @Override
  public Policy policy() {
    return wire(automod.policy(owner));
  }

  @Override
  public Policy setPolicy(Policy given) {
    ModerationPolicy before = automod.policy(owner);
    Thresholds thresholds =
        Objects.requireNonNullElse(given.thresholds(), new Thresholds(null, null, null));
    Ladder ladder = Objects.requireNonNullElse(given.ladder(), new Ladder(null, null, null, null));
    Flood flood = Objects.requireNonNullElse(given.flood(), new Flood(null, null, null));
    ModerationPolicy policy =
        new ModerationPolicy(
            new ModerationPolicy.Thresholds(
                or(thresholds.toxicity(), before.thresholds().toxicity()),
                or(thresholds.spam(), before.thresholds().spam()),
                or(thresholds.nsfw(), before.thresholds().nsfw())),
            new ModerationPolicy.Ladder(
                or(ladder.deleteFrom(), before.ladder().deleteFrom()),
                or(ladder.timeoutFrom(), before.ladder().timeoutFrom()),
                or(ladder.banFrom(), before.ladder().banFrom()),
                Duration.ofSeconds(
                    or(ladder.memorySeconds(), before.ladder().memory().toSeconds()))),
            new ModerationPolicy.Flood(
                or(flood.messages(), before.flood().messages()),
                Duration.ofSeconds(
                    or(flood.withinSeconds(), (int) before.flood().within().toSeconds())),
                or(flood.repeats(), before.flood().repeats())),
            or(given.allowed(), before.allowed()),
            or(given.blocked(), before.blocked()));
    automod.setPolicy(owner, policy);
    return wire(policy);
  }

  private static <T> T or(@org.jspecify.annotations.Nullable T given, T before) {
    return given == null ? before : given;
  }

  private static Policy wire(ModerationPolicy policy) {
    return new Policy(
        new Thresholds(
            policy.thresholds().toxicity(), policy.thresholds().spam(), policy.thresholds().nsfw()),
        new Ladder(
            policy.ladder().deleteFrom(),
            policy.ladder().timeoutFrom(),
            policy.ladder().banFrom(),
            policy.ladder().memory().toSeconds()),
        new Flood(
            policy.flood().messages(),
            (int) policy.flood().within().toSeconds(),
            policy.flood().repeats()),
        List.copyOf(policy.allowed()),
        List.copyOf(policy.blocked()));
  }

  /** To four places. */
  static double rounded(double value) {
    return Math.rint(value * 10_000) / 10_000;
  }
}
