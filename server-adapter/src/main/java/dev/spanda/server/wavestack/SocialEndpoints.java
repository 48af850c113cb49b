package dev.spanda.server.wavestack;

import dev.spanda.contract.wavestack.SocialApi;
import dev.spanda.core.Failure;
import dev.spanda.media.social.FeedAnswer;
import dev.spanda.media.social.FeedQuery;
import dev.spanda.media.social.Platform;
import dev.spanda.media.social.PlatformEvent;
import dev.spanda.media.social.SocialFeed;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.TextStyle;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** The chapter Social Ingest. */
final class SocialEndpoints implements SocialApi {

  private static final int USUAL_PLACES = 10;

  private final SocialFeed feed;
  private final InstantSource clock;
  private final String organisation;

  SocialEndpoints(SocialFeed feed, InstantSource clock, Organisation organisation) {
    this.feed = feed;
    this.clock = clock;
    this.organisation = organisation.id();
  }

  @Override
  public Messages messages(
      @Nullable String platform,
      @Nullable String channelId,
      @Nullable String userId,
      @Nullable Instant since,
      @Nullable Instant until,
      @Nullable Integer limit,
      @Nullable String cursor) {
    FeedAnswer.Messages found =
        feed.messages(
            organisation,
            new FeedQuery.Messages(
                platform(platform), channelId, userId, since, until, limit(limit), cursor));
    return new Messages(
        found.items().stream().map(SocialEndpoints::wire).toList(),
        found.total(),
        found.hasMore(),
        found.next().orElse(null));
  }

  static @Nullable Platform platform(@Nullable String word) {
    return word == null ? null : Platform.parse(word);
  }

  private static int limit(@Nullable Integer limit) {
    return limit == null ? FeedQuery.USUAL_LIMIT : limit;
  }

  private static SocialApi.Message wire(dev.spanda.media.social.Message message) {
    return new SocialApi.Message(
        message.id(),
        message.platform().word(),
        new Channel(message.channel().id(), message.channel().name()),
        new Author(
            message.author().id(),
            message.author().name(),
            message.author().role(),
            message.author().isMod()),
        message.text(),
        message.at(),
        new Meta(message.emotes() > 0, message.mentionsCreator()));
  }

  @Override
  public Taken take(List<NewMessage> messages) {
    List<dev.spanda.media.social.Message> all = new ArrayList<>(messages.size());
    for (int i = 0; i < messages.size(); i++) {
      all.add(read(messages.get(i), i));
    }
    requireSome("messages", all);
    try {
      SocialFeed.Receipt receipt = feed.take(organisation, all).join();
      return new Taken(receipt.stored(), receipt.duplicates(), receipt.expired());
    } catch (CompletionException e) {
      throw e.getCause() instanceof Failure failure ? failure : e;
    }
  }

  private static void requireSome(String field, List<?> all) {
    if (all.isEmpty()) {
      throw Failure.of(Failure.Reason.INVALID, field, field + " is required");
    }
  }

  private dev.spanda.media.social.Message read(@Nullable NewMessage line, int index) {
    NewMessage message = requireLine(line, "messages", index);
    try {
      Meta meta = message.meta();
      Author author = message.author();
      return new dev.spanda.media.social.Message(
          Platform.parse(message.platform()),
          message.id(),
          new dev.spanda.media.social.Message.Channel(
              message.channel().id(), orEmpty(message.channel().name())),
          new dev.spanda.media.social.Message.Author(
              author.id(),
              orEmpty(author.name()),
              author.role() == null ? "member" : author.role(),
              Boolean.TRUE.equals(author.isMod())),
          message.text(),
          message.ts() == null ? clock.instant() : message.ts(),
          meta != null && Boolean.TRUE.equals(meta.hasEmotes()) ? 1 : 0,
          0,
          meta != null && Boolean.TRUE.equals(meta.mentionsCreator()));
    } catch (Failure failure) {
      throw ofMessage(failure).with("index", index);
    }
  }

  /** In a message the channel's id stands in its channel; as a parameter it is channel_id. */
  private static Failure ofMessage(Failure failure) {
    if (!failure.subject().equals("channel_id")) {
      return failure;
    }
    Failure named =
        Failure.of(
            failure.reason(),
            "channel.id",
            Objects.requireNonNullElse(failure.getMessage(), failure.subject()));
    for (Map.Entry<String, Object> detail : failure.details().entrySet()) {
      named = named.with(detail.getKey(), detail.getValue());
    }
    return named;
  }

  private static <T> T requireLine(@Nullable T line, String field, int index) {
    if (line == null) {
      throw Failure.invalid(field, null, "Each of the " + field + " must be an object")
          .with("index", index);
    }
    return line;
  }

  private static String orEmpty(@Nullable String text) {
    return Objects.requireNonNullElse(text, "");
  }

  @Override
  @SuppressWarnings("NullAway") // It does not see the annotation on a nested type of a record.
  public Events events(
      @Nullable String platform,
      @Nullable String type,
      @Nullable Instant since,
      @Nullable Instant until,
      @Nullable Integer limit) {
    FeedAnswer.Events found =
        feed.events(
            organisation,
            new FeedQuery.Events(
                platform(platform),
                type == null ? null : PlatformEvent.Type.parse(type),
                since,
                until,
                limit(limit)));
    return new Events(
        found.items().stream()
            .map(
                event ->
                    new Event(
                        event.id(),
                        event.platform().word(),
                        event.type().word(),
                        event.data(),
                        event.at()))
            .toList(),
        found.total(),
        found.items().size() < found.total());
  }

  @Override
  public Taken record(List<NewEvent> events) {
    List<PlatformEvent> all = new ArrayList<>(events.size());
    for (int i = 0; i < events.size(); i++) {
      NewEvent event = requireLine(events.get(i), "events", i);
      try {
        all.add(
            new PlatformEvent(
                Platform.parse(event.platform()),
                event.id(),
                PlatformEvent.Type.parse(event.type()),
                event.data() == null ? Map.of() : event.data(),
                event.ts() == null ? clock.instant() : event.ts()));
      } catch (Failure failure) {
        throw failure.with("index", i);
      }
    }
    requireSome("events", all);
    SocialFeed.Receipt receipt = feed.record(organisation, all);
    return new Taken(receipt.stored(), receipt.duplicates(), receipt.expired());
  }

  @Override
  public UserAnalytics user(String userId) {
    FeedAnswer.UserActivity user = feed.user(organisation, userId);
    Map<String, UserOnPlatform> platforms = new LinkedHashMap<>();
    user.platforms()
        .forEach(
            (platform, there) ->
                platforms.put(
                    platform.word(),
                    new UserOnPlatform(
                        there.messages(),
                        there.firstSeen(),
                        there.lastActive(),
                        there.engagementScore())));
    return new UserAnalytics(user.userId(), platforms, user.messages(), wire(user.pattern()));
  }

  @Override
  public ChannelAnalytics channel(String channelId) {
    FeedAnswer.ChannelActivity channel = feed.channel(organisation, channelId);
    Map<String, ChannelOnPlatform> platforms = new LinkedHashMap<>();
    channel
        .platforms()
        .forEach(
            (platform, there) ->
                platforms.put(
                    platform.word(),
                    new ChannelOnPlatform(
                        there.name(),
                        there.messages(),
                        there.users(),
                        there.mentions(),
                        there.emotes(),
                        there.firstMessage(),
                        there.lastMessage())));
    return new ChannelAnalytics(
        channel.channelId(), platforms, channel.messages(), wire(channel.pattern()));
  }

  private static Pattern wire(FeedAnswer.Pattern pattern) {
    return new Pattern(
        pattern.peakHour(),
        pattern.peakDay().getDisplayName(TextStyle.FULL, Locale.ENGLISH),
        Math.round(pattern.averagePerDay() * 10) / 10.0);
  }

  @Override
  public Found search(String q, @Nullable String platform, @Nullable Integer limit) {
    FeedAnswer.Hits hits =
        feed.search(organisation, new FeedQuery.Search(q, platform(platform), limit(limit)));
    return new Found(
        hits.items().stream()
            .map(
                hit ->
                    new Hit(
                        hit.message().id(),
                        hit.message().text(),
                        hit.message().author().name(),
                        hit.message().platform().word(),
                        hit.message().at(),
                        Math.round(hit.relevance() * 100) / 100.0))
            .toList(),
        hits.total(),
        hits.isExact());
  }

  @Override
  public Leaderboard leaderboard(
      @Nullable String platform, @Nullable String metric, @Nullable Integer limit) {
    FeedQuery.Metric counted =
        metric == null ? FeedQuery.Metric.MESSAGES : FeedQuery.Metric.parse(metric);
    return new Leaderboard(
        feed
            .leaderboard(
                organisation,
                new FeedQuery.Leaderboard(
                    platform(platform), counted, limit == null ? USUAL_PLACES : limit))
            .stream()
            .map(
                place ->
                    new Standing(
                        place.rank(),
                        place.userId(),
                        place.name(),
                        place.value(),
                        counted.word(),
                        place.platform().word()))
            .toList());
  }

  @Override
  public Creators creators() {
    return new Creators(List.copyOf(feed.creators(organisation)));
  }

  @Override
  public Creators setCreators(Creators creators) {
    feed.setCreators(organisation, new LinkedHashSet<>(creators.names()));
    return creators();
  }
}
