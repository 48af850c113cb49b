package dev.spanda.media.social;

import dev.spanda.core.Failure;
import dev.spanda.core.store.Json;
import dev.spanda.core.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DayOfWeek;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/** Answers questions from the tables and the counters beside them. Thread-safe. */
final class FeedReader {

  /** How many of the newest hits are ranked. */
  static final int RANKED = 200;

  /** How many hits are counted. */
  static final int MOST_COUNTED = 10_000;

  private static final double K1 = 1.2;
  private static final double B = 0.75;
  private static final double USUAL_WORDS = 12;
  private static final int REGULAR_DAYS = 30;
  private static final double HALF_VOLUME = 50;

  private static final String SELECT =
      "SELECT m.key AS message_key, m.platform AS platform, m.id AS id, c.channel_id AS channel_id,"
          + " c.name AS channel_name, u.user_id AS user_id, u.name AS user_name, m.role AS role,"
          + " m.moderator AS moderator, m.text AS text, m.at AS at, m.emotes AS emotes,"
          + " m.mentions AS mentions, m.creator AS creator"
          + " FROM social_message m JOIN social_channel c ON c.key = m.channel"
          + " JOIN social_user u ON u.key = m.author WHERE ";

  private record Row(long key, Message message) {}

  /** Rows that lie together: those of a platform, a channel or a user. */
  private record Source(String condition, Map<String, Object> values) {}

  /** Where a message stands in the order of time. */
  private record Cursor(long at, long key) {
    static final Comparator<Cursor> NEWEST_FIRST =
        Comparator.comparingLong(Cursor::at).thenComparingLong(Cursor::key).reversed();

    String text() {
      return Long.toString(at, 36) + "-" + Long.toString(key, 36);
    }

    static Cursor parse(String text) {
      int dash = text.lastIndexOf('-');
      try {
        return new Cursor(
            Long.parseLong(text.substring(0, Math.max(0, dash)), 36),
            Long.parseLong(text.substring(dash + 1), 36));
      } catch (NumberFormatException e) {
        throw Failure.invalid("cursor", text, "The cursor is not one that an answer named");
      }
    }
  }

  private final Store store;

  FeedReader(Store store) {
    this.store = store;
  }

  private static @Nullable Long organisation(Handle handle, String id) {
    return handle
        .createQuery("SELECT key FROM social_organisation WHERE id = :id")
        .bind("id", id)
        .mapTo(Long.class)
        .findOne()
        .orElse(null);
  }

  private static List<Platform> platforms(@Nullable Platform only) {
    return only == null ? List.of(Platform.values()) : List.of(only);
  }

  FeedAnswer.Messages messages(String organisationId, FeedQuery.Messages query) {
    Cursor cursor = query.cursor() == null ? null : Cursor.parse(query.cursor());
    return store.read(
        handle -> {
          Long organisation = organisation(handle, organisationId);
          if (organisation == null) {
            return new FeedAnswer.Messages(List.of(), 0, Optional.empty());
          }
          long since = query.since() == null ? Long.MIN_VALUE : ceilMillis(query.since());
          long until = query.until() == null ? Long.MAX_VALUE : ceilMillis(query.until());
          List<Cursor> places = new ArrayList<>();
          for (Source source : sources(handle, organisation, query)) {
            places.addAll(places(handle, source, since, until, cursor, query.limit() + 1));
          }
          places.sort(Cursor.NEWEST_FIRST);
          boolean more = places.size() > query.limit();
          List<Cursor> page = more ? places.subList(0, query.limit()) : places;
          Map<Long, Message> messages = whole(handle, page.stream().map(Cursor::key).toList());
          return new FeedAnswer.Messages(
              page.stream().flatMap(at -> Stream.ofNullable(messages.get(at.key))).toList(),
              total(handle, organisation, query, since, until),
              more ? Optional.of(page.get(page.size() - 1).text()) : Optional.empty());
        });
  }

  /** Messages are kept to the millisecond; a bound between two belongs to the later one. */
  private static long ceilMillis(Instant at) {
    long millis = at.toEpochMilli();
    return Instant.ofEpochMilli(millis).equals(at) ? millis : millis + 1;
  }

  private static List<Source> sources(Handle handle, long organisation, FeedQuery.Messages query) {
    List<Source> sources = new ArrayList<>();
    if (query.userId() != null) {
      List<Long> channels =
          query.channelId() == null
              ? List.of()
              : keys(handle, "channel", organisation, query.channelId(), query.platform());
      if (query.channelId() != null && channels.isEmpty()) {
        return List.of();
      }
      String more =
          channels.isEmpty()
              ? ""
              : " AND m.channel IN ("
                  + channels.stream().map(String::valueOf).collect(Collectors.joining(","))
                  + ")";
      for (long user : keys(handle, "user", organisation, query.userId(), query.platform())) {
        sources.add(new Source("m.author = :source" + more, Map.of("source", user)));
      }
    } else if (query.channelId() != null) {
      for (long channel :
          keys(handle, "channel", organisation, query.channelId(), query.platform())) {
        sources.add(new Source("m.channel = :source", Map.of("source", channel)));
      }
    } else {
      for (Platform platform : platforms(query.platform())) {
        sources.add(source(organisation, platform));
      }
    }
    return sources;
  }

  private static Source source(long organisation, Platform platform) {
    return new Source(
        "m.organisation = :organisation AND m.platform = :platform",
        Map.of("organisation", organisation, "platform", platform.number()));
  }

  private static List<Long> keys(
      Handle handle, String what, long organisation, String id, @Nullable Platform platform) {
    return handle
        .createQuery(
            String.format(
                "SELECT key FROM social_%1$s WHERE organisation = :organisation AND %1$s_id ="
                    + " :id%2$s",
                what, platform == null ? "" : " AND platform = " + platform.number()))
        .bind("organisation", organisation)
        .bind("id", id)
        .mapTo(Long.class)
        .list();
  }

  private static List<Cursor> places(
      Handle handle, Source source, long since, long until, @Nullable Cursor cursor, int limit) {
    String sql =
        "SELECT m.at, m.key FROM social_message m WHERE "
            + source.condition
            + " AND m.at >= :since AND m.at < :until"
            + (cursor == null ? "" : " AND (m.at < :cursorAt OR m.key < :cursorKey)")
            + " ORDER BY m.at DESC, m.key DESC LIMIT :limit";
    Query query =
        handle
            .createQuery(sql)
            .bindMap(source.values)
            .bind("since", since)
            .bind("until", cursor == null ? until : Math.min(until, cursor.at + 1))
            .bind("limit", limit);
    if (cursor != null) {
      query.bind("cursorAt", cursor.at).bind("cursorKey", cursor.key);
    }
    return query.map((rows, context) -> new Cursor(rows.getLong(1), rows.getLong(2))).list();
  }

  private static Row row(ResultSet rows) throws SQLException {
    return new Row(
        rows.getLong("message_key"),
        new Message(
            Platform.ofNumber(rows.getInt("platform")),
            rows.getString("id"),
            new Message.Channel(rows.getString("channel_id"), rows.getString("channel_name")),
            new Message.Author(
                rows.getString("user_id"),
                rows.getString("user_name"),
                rows.getString("role"),
                rows.getInt("moderator") == 1),
            rows.getString("text"),
            Instant.ofEpochMilli(rows.getLong("at")),
            rows.getInt("emotes"),
            rows.getInt("mentions"),
            rows.getInt("creator") == 1));
  }

  private static long total(
      Handle handle, long organisation, FeedQuery.Messages query, long since, long until) {
    long total = 0;
    if (query.userId() != null) {
      for (Source source : sources(handle, organisation, query)) {
        total += counted(handle, source, since, until);
      }
    } else if (query.channelId() != null) {
      for (long channel :
          keys(handle, "channel", organisation, query.channelId(), query.platform())) {
        total +=
            inHours(
                handle,
                new Source("m.channel = :source", Map.of("source", channel)),
                organisation,
                query.platform(),
                channel,
                since,
                until);
      }
    } else {
      for (Platform platform : platforms(query.platform())) {
        Source source = source(organisation, platform);
        total += inHours(handle, source, organisation, platform, null, since, until);
      }
    }
    return total;
  }

  /** How many messages of a platform lie in [from, until). */
  long count(String organisationId, Platform platform, Instant from, Instant until) {
    return store.read(
        handle -> {
          Long organisation = organisation(handle, organisationId);
          return organisation == null
              ? 0L
              : total(
                  handle,
                  organisation,
                  FeedQuery.Messages.ALL.on(platform),
                  ceilMillis(from),
                  ceilMillis(until));
        });
  }

  /** Whole hours from their counters, what is left at both ends row by row. */
  private static long inHours(
      Handle handle,
      Source source,
      long organisation,
      @Nullable Platform platform,
      @Nullable Long channel,
      long since,
      long until) {
    long firstHour =
        since == Long.MIN_VALUE ? Long.MIN_VALUE : -Math.floorDiv(-since, Tally.HOUR_MILLIS);
    long endHour =
        until == Long.MAX_VALUE ? Long.MAX_VALUE : Math.floorDiv(until, Tally.HOUR_MILLIS);
    if (firstHour > endHour) {
      return counted(handle, source, since, until);
    }
    long total = 0;
    for (Platform each : platforms(platform)) {
      total +=
          handle
              .createQuery(
                  "SELECT COALESCE(SUM(messages), 0) FROM social_hour WHERE organisation ="
                      + " :organisation AND platform = :platform AND hour >= :first AND hour < :end"
                      + " AND channel = :channel")
              .bind("organisation", organisation)
              .bind("platform", each.number())
              .bind("channel", channel == null ? BatchWriter.ALL_CHANNELS : channel)
              .bind("first", firstHour)
              .bind("end", endHour)
              .mapTo(Long.class)
              .one();
    }
    if (since != Long.MIN_VALUE && since < firstHour * Tally.HOUR_MILLIS) {
      total += counted(handle, source, since, firstHour * Tally.HOUR_MILLIS);
    }
    if (until != Long.MAX_VALUE && endHour * Tally.HOUR_MILLIS < until) {
      total += counted(handle, source, endHour * Tally.HOUR_MILLIS, until);
    }
    return total;
  }

  private static long counted(Handle handle, Source source, long since, long until) {
    return handle
        .createQuery(
            "SELECT COUNT(*) FROM social_message m WHERE "
                + source.condition
                + " AND m.at >= :since AND m.at < :until")
        .bindMap(source.values)
        .bind("since", since)
        .bind("until", until)
        .mapTo(Long.class)
        .one();
  }

  FeedAnswer.Events events(String organisationId, FeedQuery.Events query) {
    return store.read(
        handle -> {
          Long organisation = organisation(handle, organisationId);
          if (organisation == null) {
            return new FeedAnswer.Events(List.of(), 0);
          }
          PlatformEvent.Type type = query.type();
          Platform platform = query.platform();
          String where =
              " FROM social_event WHERE organisation = :organisation AND at >= :since AND at <"
                  + " :until"
                  + (platform == null ? "" : " AND platform = " + platform.number())
                  + (type == null ? "" : " AND type = '" + type.word() + "'");
          long since = query.since() == null ? Long.MIN_VALUE : ceilMillis(query.since());
          long until = query.until() == null ? Long.MAX_VALUE : ceilMillis(query.until());
          List<PlatformEvent> rows =
              handle
                  .createQuery("SELECT *" + where + " ORDER BY at DESC, key DESC LIMIT :limit")
                  .bind("organisation", organisation)
                  .bind("since", since)
                  .bind("until", until)
                  .bind("limit", query.limit())
                  .map((row, context) -> event(row))
                  .list();
          long total =
              handle
                  .createQuery("SELECT COUNT(*)" + where)
                  .bind("organisation", organisation)
                  .bind("since", since)
                  .bind("until", until)
                  .mapTo(Long.class)
                  .one();
          return new FeedAnswer.Events(rows, total);
        });
  }

  private static PlatformEvent event(ResultSet rows) throws SQLException {
    Map<?, ?> kept = Json.read(rows.getString("data"), Map.class);
    Map<String, Object> data = new LinkedHashMap<>();
    kept.forEach((name, value) -> data.put(name.toString(), value));
    return new PlatformEvent(
        Platform.ofNumber(rows.getInt("platform")),
        rows.getString("id"),
        PlatformEvent.Type.parse(rows.getString("type")),
        data,
        Instant.ofEpochMilli(rows.getLong("at")));
  }

  FeedAnswer.Hits search(String organisationId, FeedQuery.Search query) {
    List<String> words = Words.of(query.text()).stream().distinct().toList();
    return store.read(
        handle -> {
          Long organisation = organisation(handle, organisationId);
          if (organisation == null) {
            return new FeedAnswer.Hits(List.of(), 0, true);
          }
          boolean sqlite = store.dialect() == Store.Dialect.SQLITE;
          String quote = sqlite ? "\"" : "'";
          String match =
              platforms(query.platform()).stream()
                  .map(
                      platform -> {
                        String mark = Words.mark(platform, organisation);
                        return words.stream()
                            .map(word -> quote + mark + word + quote)
                            .collect(Collectors.joining(sqlite ? " AND " : " & ", "(", ")"));
                      })
                  .collect(Collectors.joining(sqlite ? " OR " : " | "));
          String found =
              sqlite
                  ? " FROM social_word WHERE social_word MATCH :match"
                  : " FROM social_message WHERE words @@ CAST(:match AS tsquery)";
          String key = sqlite ? "rowid" : "key";
          long total =
              handle
                  .createQuery(
                      "SELECT COUNT(*) FROM (SELECT 1"
                          + found
                          + " LIMIT "
                          + (MOST_COUNTED + 1)
                          + ") counted")
                  .bind("match", match)
                  .mapTo(Long.class)
                  .one();
          List<Ranked> ranked =
              handle
                  .createQuery(
                      "SELECT key, at, text FROM social_message WHERE key IN (SELECT "
                          + key
                          + found
                          + " ORDER BY "
                          + key
                          + " DESC LIMIT "
                          + RANKED
                          + ")")
                  .bind("match", match)
                  .map(
                      (rows, context) ->
                          new Ranked(
                              rows.getLong(1),
                              rows.getLong(2),
                              relevance(rows.getString(3), words)))
                  .list();
          List<Ranked> best =
              ranked.stream().sorted(Ranked.BEST_FIRST).limit(query.limit()).toList();
          Map<Long, Message> messages = whole(handle, best.stream().map(Ranked::key).toList());
          List<FeedAnswer.Hit> hits = new ArrayList<>();
          for (Ranked each : best) {
            Message message = messages.get(each.key);
            if (message != null) {
              hits.add(new FeedAnswer.Hit(message, each.relevance));
            }
          }
          return new FeedAnswer.Hits(hits, Math.min(total, MOST_COUNTED), total <= MOST_COUNTED);
        });
  }

  private record Ranked(long key, long at, double relevance) {
    static final Comparator<Ranked> BEST_FIRST =
        Comparator.comparingDouble(Ranked::relevance)
            .thenComparingLong(Ranked::at)
            .thenComparingLong(Ranked::key)
            .reversed();
  }

  /** The messages with these keys. */
  private static Map<Long, Message> whole(Handle handle, List<Long> keys) {
    if (keys.isEmpty()) {
      return Map.of();
    }
    String list = keys.stream().map(String::valueOf).collect(Collectors.joining(","));
    Map<Long, Message> messages = new HashMap<>();
    handle
        .createQuery(SELECT + "m.key IN (" + list + ")")
        .map((rows, context) -> row(rows))
        .forEach(row -> messages.put(row.key, row.message));
    return messages;
  }

  static double relevance(String text, List<String> words) {
    List<String> all = Words.of(text);
    double sum = 0;
    for (String word : words) {
      int times = Collections.frequency(all, word);
      sum += times / (times + K1 * (1 - B + B * all.size() / USUAL_WORDS));
    }
    return sum / words.size();
  }

  List<FeedAnswer.Standing> leaderboard(String organisationId, FeedQuery.Leaderboard query) {
    record Place(long key, Platform platform, String userId, String name, long value) {}
    String column = query.metric().column();
    List<Place> places = new ArrayList<>();
    store.read(
        handle -> {
          Long organisation = organisation(handle, organisationId);
          if (organisation != null) {
            for (Platform platform : platforms(query.platform())) {
              places.addAll(
                  handle
                      .createQuery(
                          String.format(
                              "SELECT key, user_id, name, %1$s AS value FROM social_user WHERE"
                                  + " organisation = :organisation AND platform = :platform AND"
                                  + " %1$s > 0 ORDER BY %1$s DESC, key LIMIT :limit",
                              column))
                      .bind("organisation", organisation)
                      .bind("platform", platform.number())
                      .bind("limit", query.limit())
                      .map(
                          (rows, context) ->
                              new Place(
                                  rows.getLong("key"),
                                  platform,
                                  rows.getString("user_id"),
                                  rows.getString("name"),
                                  rows.getLong("value")))
                      .list());
            }
          }
          return true;
        });
    places.sort(Comparator.comparingLong(Place::value).reversed().thenComparing(Place::key));
    List<FeedAnswer.Standing> standings = new ArrayList<>();
    for (Place place : places.subList(0, Math.min(query.limit(), places.size()))) {
      int position = standings.size();
      boolean tied = position > 0 && standings.get(position - 1).value() == place.value;
      standings.add(
          new FeedAnswer.Standing(
              tied ? standings.get(position - 1).rank() : position + 1,
              place.platform,
              place.userId,
              place.name,
              place.value));
    }
    return standings;
  }

  private record Counted(Platform platform, String name, long users, Tally tally) {}

  private List<Counted> counted(String organisationId, String what, String id) {
    return store.read(
        handle -> {
          Long organisation = organisation(handle, organisationId);
          if (organisation == null) {
            return List.<Counted>of();
          }
          return handle
              .createQuery(
                  String.format(
                      "SELECT * FROM social_%1$s WHERE organisation = :organisation AND %1$s_id ="
                          + " :id AND messages > 0 ORDER BY platform",
                      what))
              .bind("organisation", organisation)
              .bind("id", id)
              .map(
                  (rows, context) ->
                      new Counted(
                          Platform.ofNumber(rows.getInt("platform")),
                          rows.getString("name"),
                          what.equals("channel") ? rows.getLong("users") : 0,
                          BatchWriter.tally(rows)))
              .list();
        });
  }

  FeedAnswer.UserActivity user(String organisationId, String userId) {
    List<Counted> rows = counted(organisationId, "user", userId);
    if (rows.isEmpty()) {
      throw Failure.notFound("user", userId);
    }
    Map<Platform, FeedAnswer.UserOnPlatform> platforms = new EnumMap<>(Platform.class);
    Tally all = new Tally();
    for (Counted row : rows) {
      Tally tally = row.tally;
      all.add(tally);
      platforms.put(
          row.platform,
          new FeedAnswer.UserOnPlatform(
              row.name,
              tally.messages,
              Instant.ofEpochMilli(tally.firstAt),
              Instant.ofEpochMilli(tally.lastAt),
              engagement(tally)));
    }
    return new FeedAnswer.UserActivity(userId, platforms, all.messages, pattern(all));
  }

  FeedAnswer.ChannelActivity channel(String organisationId, String channelId) {
    List<Counted> rows = counted(organisationId, "channel", channelId);
    if (rows.isEmpty()) {
      throw Failure.notFound("channel", channelId);
    }
    Map<Platform, FeedAnswer.ChannelOnPlatform> platforms = new EnumMap<>(Platform.class);
    Tally all = new Tally();
    for (Counted row : rows) {
      Tally tally = row.tally;
      all.add(tally);
      platforms.put(
          row.platform,
          new FeedAnswer.ChannelOnPlatform(
              row.name,
              tally.messages,
              row.users,
              tally.mentions,
              tally.emotes,
              Instant.ofEpochMilli(tally.firstAt),
              Instant.ofEpochMilli(tally.lastAt)));
    }
    return new FeedAnswer.ChannelActivity(channelId, platforms, all.messages, pattern(all));
  }

  static int engagement(Tally tally) {
    double messages = tally.messages;
    double volume = messages / (messages + HALF_VOLUME);
    double regularity =
        tally.activeDaysOfLast(REGULAR_DAYS) / (double) Math.min(REGULAR_DAYS, tally.span());
    double interaction = Math.min(1, (tally.emotes + tally.mentions) / messages);
    return (int) Math.round(100 * (0.4 * volume + 0.4 * regularity + 0.2 * interaction));
  }

  private static FeedAnswer.Pattern pattern(Tally tally) {
    return new FeedAnswer.Pattern(
        largest(tally.hours),
        DayOfWeek.of(largest(tally.weekdays) + 1),
        tally.messages / (double) tally.span());
  }

  private static int largest(long[] counts) {
    int largest = 0;
    for (int i = 1; i < counts.length; i++) {
      if (counts[i] > counts[largest]) {
        largest = i;
      }
    }
    return largest;
  }
}
