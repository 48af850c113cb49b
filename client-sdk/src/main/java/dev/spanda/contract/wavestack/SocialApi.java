package dev.spanda.contract.wavestack;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an audience writes and does. A platform is {@code discord}, {@code twitch}, {@code youtube}
 * or {@code twitter}; a limit is 1 to 100. All that is counted is counted in UTC.
 */
@Route.Group("Social Ingest")
public interface SocialApi {

  /**
   * Messages, newest first.
   *
   * @param since the earliest time, included
   * @param until the latest time, not included
   * @param limit 50 when absent
   * @param cursor beyond the document: what {@link Messages#next} said, to go on after it
   */
  @Route(value = "GET /api/v1/messages", summary = "Messages, newest first.")
  Messages messages(
      @Param.Query("platform") @Nullable String platform,
      @Param.Query("channel_id") @Nullable String channelId,
      @Param.Query("user_id") @Nullable String userId,
      @Param.Query("since") @Nullable Instant since,
      @Param.Query("until") @Nullable Instant until,
      @Param.Query("limit") @Nullable Integer limit,
      @Param.Query("cursor") @Nullable String cursor);

  /** The newest messages of a platform. */
  default Messages messages(String platform, int limit) {
    return messages(platform, null, null, null, null, limit, null);
  }

  /**
   * Beyond the document: takes messages from anywhere, one as a JSON object or many as a JSON array
   * or, with the media type {@code application/x-ndjson}, one a line; at most 10 000 and 1 MiB. The
   * answer says that they are durable. One that is known already changes nothing.
   */
  @Route(value = "POST /api/v1/messages", status = 201, summary = "Takes messages, one or many.")
  Taken take(List<NewMessage> messages);

  /**
   * Events, newest first.
   *
   * @param type {@code subscription}, {@code raid}, {@code cheer}, {@code follow}, {@code
   *     stream_start} or {@code stream_end}
   * @param since beyond the document, as what follows: the earliest time, included
   * @param until the latest time, not included
   * @param limit 50 when absent
   */
  @Route(value = "GET /api/v1/events", summary = "Events of platforms, newest first.")
  Events events(
      @Param.Query("platform") @Nullable String platform,
      @Param.Query("type") @Nullable String type,
      @Param.Query("since") @Nullable Instant since,
      @Param.Query("until") @Nullable Instant until,
      @Param.Query("limit") @Nullable Integer limit);

  /** The newest events of a kind. */
  default Events events(String platform, String type) {
    return events(platform, type, null, null, null);
  }

  /** Beyond the document: takes at most 1 000 events, in the forms of {@link #take}. */
  @Route(value = "POST /api/v1/events", status = 201, summary = "Takes events, one or many.")
  Taken record(List<NewEvent> events);

  /** What a user did, on every platform where a user has that id. */
  @Route(value = "GET /api/v1/analytics/user/{userId}", summary = "What a user did.")
  UserAnalytics user(@Param.Path("userId") String userId);

  /** What happened in a channel, on every platform where a channel has that id. */
  @Route(value = "GET /api/v1/analytics/channel/{channelId}", summary = "What happened there.")
  ChannelAnalytics channel(@Param.Path("channelId") String channelId);

  /**
   * Messages that hold all of the words, in any order and case.
   *
   * @param q 1 to 200 characters with 1 to 10 different words
   * @param limit beyond the document; 50 when absent
   */
  @Route(value = "GET /api/v1/search", summary = "Messages that hold all of the words.")
  Found search(
      @Param.Query("q") String q,
      @Param.Query("platform") @Nullable String platform,
      @Param.Query("limit") @Nullable Integer limit);

  /** Messages of all platforms that hold all of the words. */
  default Found search(String q) {
    return search(q, null, null);
  }

  /**
   * Who brought most.
   *
   * @param metric {@code messages} (when absent), {@code mentions}, {@code emotes} or {@code
   *     active_days}
   * @param limit 10 when absent
   */
  @Route(value = "GET /api/v1/leaderboard", summary = "Who brought most.")
  Leaderboard leaderboard(
      @Param.Query("platform") @Nullable String platform,
      @Param.Query("metric") @Nullable String metric,
      @Param.Query("limit") @Nullable Integer limit);

  /** Beyond the document: under which names {@code mentionsCreator} sees the creators. */
  @Route(value = "GET /api/v1/creators", summary = "The names of the creators.")
  Creators creators();

  /** Beyond the document: says those names, from the next message on; at most 50. */
  @Route(value = "PUT /api/v1/creators", summary = "Says the names of the creators.")
  Creators setCreators(Creators creators);

  /** A page of messages. */
  record Messages(
      @JsonProperty("messages") List<Message> messages,
      @JsonProperty("total") long total,
      @JsonProperty("hasMore") boolean hasMore,
      @JsonProperty("next") @Nullable String next) {

    /**
     * Copies the rows.
     *
     * @param total how many the filters let pass
     * @param next beyond the document: the cursor of what follows; absent at the end
     */
    public Messages {
      messages = List.copyOf(messages);
    }
  }

  /**
   * A message.
   *
   * @param id the platform's own
   * @param author by the name they had last
   */
  record Message(
      @JsonProperty("id") String id,
      @JsonProperty("platform") String platform,
      @JsonProperty("channel") Channel channel,
      @JsonProperty("author") Author author,
      @JsonProperty("text") String text,
      @JsonProperty("ts") Instant ts,
      @JsonProperty("meta") Meta meta) {}

  /** A channel, by the name it had last. */
  record Channel(
      @JsonProperty(value = "id", required = true) String id,
      @JsonProperty("name") @Nullable String name) {}

  /** Who wrote a message. */
  record Author(
      @JsonProperty(value = "id", required = true) String id,
      @JsonProperty("name") @Nullable String name,
      @JsonProperty("role") @Nullable String role,
      @JsonProperty("isMod") @Nullable Boolean isMod) {}

  /**
   * What is seen in a message.
   *
   * @param hasEmotes emoji, emotes of the platform, or names between colons
   * @param mentionsCreator {@code @} and one of {@link Creators#names}
   */
  record Meta(
      @JsonProperty("hasEmotes") @Nullable Boolean hasEmotes,
      @JsonProperty("mentionsCreator") @Nullable Boolean mentionsCreator) {}

  /**
   * A message to take.
   *
   * @param id 1 to 128 characters; with the platform it says which message this is
   * @param text at most 4 000 characters
   * @param ts now when absent; at most a day in the future
   * @param meta what the sender knows; what the text shows counts as well
   */
  record NewMessage(
      @JsonProperty(value = "id", required = true) String id,
      @JsonProperty(value = "platform", required = true) String platform,
      @JsonProperty(value = "channel", required = true) Channel channel,
      @JsonProperty(value = "author", required = true) Author author,
      @JsonProperty(value = "text", required = true) String text,
      @JsonProperty("ts") @Nullable Instant ts,
      @JsonProperty("meta") @Nullable Meta meta) {}

  /**
   * What became of what was sent.
   *
   * @param expired older than what is kept, and left out
   */
  record Taken(
      @JsonProperty("stored") int stored,
      @JsonProperty("duplicates") int duplicates,
      @JsonProperty("expired") int expired) {}

  /**
   * Events.
   *
   * @param total beyond the document, as what follows: how many the filters let pass
   */
  record Events(
      @JsonProperty("events") List<Event> events,
      @JsonProperty("total") @Nullable Long total,
      @JsonProperty("hasMore") @Nullable Boolean hasMore) {

    /** Copies the rows. */
    public Events {
      events = List.copyOf(events);
    }
  }

  /** An event. */
  record Event(
      @JsonProperty("id") String id,
      @JsonProperty("platform") String platform,
      @JsonProperty("type") String type,
      @JsonProperty("data") Map<String, Object> data,
      @JsonProperty("ts") Instant ts) {

    /** Copies the data, keeping its order. */
    public Event {
      data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
    }
  }

  /**
   * An event to take.
   *
   * @param data texts, numbers and truth values, at most 50
   * @param ts now when absent; at most a day in the future
   */
  record NewEvent(
      @JsonProperty(value = "id", required = true) String id,
      @JsonProperty(value = "platform", required = true) String platform,
      @JsonProperty(value = "type", required = true) String type,
      @JsonProperty("data") @Nullable Map<String, Object> data,
      @JsonProperty("ts") @Nullable Instant ts) {}

  /** What a user did. */
  record UserAnalytics(
      @JsonProperty("user_id") String userId,
      @JsonProperty("platforms") Map<String, UserOnPlatform> platforms,
      @JsonProperty("total_messages") long totalMessages,
      @JsonProperty("activity_pattern") Pattern activityPattern) {

    /** Copies the platforms, keeping their order. */
    public UserAnalytics {
      platforms = Collections.unmodifiableMap(new LinkedHashMap<>(platforms));
    }
  }

  /**
   * A user on one platform.
   *
   * @param engagementScore 0 to 100: 40 parts how much they write (m / (m + 50)), 40 parts on what
   *     share of their last 30 days, 20 parts emotes and mentions a message
   */
  record UserOnPlatform(
      @JsonProperty("message_count") long messageCount,
      @JsonProperty("first_seen") Instant firstSeen,
      @JsonProperty("last_active") Instant lastActive,
      @JsonProperty("engagement_score") int engagementScore) {}

  /**
   * When something comes, in UTC.
   *
   * @param peakHour 0 to 23
   * @param peakDay such as {@code Saturday}
   * @param avgMessagesPerDay over all days from the first message to the last, to one decimal
   */
  record Pattern(
      @JsonProperty("peak_hour") int peakHour,
      @JsonProperty("peak_day") String peakDay,
      @JsonProperty("avg_messages_per_day") double avgMessagesPerDay) {}

  /** What happened in a channel; the document shows no answer. */
  record ChannelAnalytics(
      @JsonProperty("channel_id") String channelId,
      @JsonProperty("platforms") Map<String, ChannelOnPlatform> platforms,
      @JsonProperty("total_messages") long totalMessages,
      @JsonProperty("activity_pattern") Pattern activityPattern) {

    /** Copies the platforms, keeping their order. */
    public ChannelAnalytics {
      platforms = Collections.unmodifiableMap(new LinkedHashMap<>(platforms));
    }
  }

  /** A channel on one platform. */
  record ChannelOnPlatform(
      @JsonProperty("name") String name,
      @JsonProperty("message_count") long messageCount,
      @JsonProperty("unique_users") long uniqueUsers,
      @JsonProperty("mentions") long mentions,
      @JsonProperty("emotes") long emotes,
      @JsonProperty("first_message") Instant firstMessage,
      @JsonProperty("last_message") Instant lastMessage) {}

  /**
   * What a search found, the most relevant first; of the 200 that came last.
   *
   * @param total how many there are, counted up to 1 000
   * @param totalIsExact beyond the document: false when there are more than that
   */
  record Found(
      @JsonProperty("results") List<Hit> results,
      @JsonProperty("total") long total,
      @JsonProperty("total_is_exact") @Nullable Boolean totalIsExact) {

    /** Copies the rows. */
    public Found {
      results = List.copyOf(results);
    }
  }

  /**
   * A message that was found.
   *
   * @param author by name
   * @param relevance 0 to 1, to two decimals: the share of the most that BM25 can give, for a
   *     message of its length with the words as often as it has them
   */
  record Hit(
      @JsonProperty("id") String id,
      @JsonProperty("text") String text,
      @JsonProperty("author") String author,
      @JsonProperty("platform") String platform,
      @JsonProperty("ts") Instant ts,
      @JsonProperty("relevance") double relevance) {}

  /** Who brought most. */
  record Leaderboard(@JsonProperty("leaderboard") List<Standing> leaderboard) {
    /** Copies the rows. */
    public Leaderboard {
      leaderboard = List.copyOf(leaderboard);
    }
  }

  /**
   * A place.
   *
   * @param rank equal values share one
   * @param platform beyond the document
   */
  record Standing(
      @JsonProperty("rank") int rank,
      @JsonProperty("user_id") String userId,
      @JsonProperty("username") String username,
      @JsonProperty("value") long value,
      @JsonProperty("metric") String metric,
      @JsonProperty("platform") @Nullable String platform) {}

  /** The names under which creators are mentioned, without {@code @}. */
  record Creators(
      @JsonSetter(contentNulls = Nulls.FAIL) @JsonProperty(value = "names", required = true)
          List<String> names) {
    /** Copies the names. */
    public Creators {
      names = List.copyOf(names);
    }
  }
}
