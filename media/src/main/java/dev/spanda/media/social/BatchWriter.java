package dev.spanda.media.social;

import dev.spanda.core.store.Json;
import dev.spanda.core.store.Store;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Writes many messages in one transaction, with all that is counted of them. For one thread.
 *
 * <p>On SQLite, where nobody else writes, it remembers the users and channels it has met; on
 * PostgreSQL it reads them anew in each transaction, which another node's waits for.
 */
final class BatchWriter {

  /** In the table of hours, in the place of a channel. */
  static final long ALL_CHANNELS = 0;

  private static final int MOST_REMEMBERED = 20_000;

  private static final String MESSAGE =
      "INSERT INTO social_message (key, organisation, platform, id, channel, author, role,"
          + " moderator, text, at, emotes, mentions, creator%s)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?%s) ON CONFLICT DO NOTHING";

  private static final String SELECT =
      "SELECT key, name, messages, mentions, emotes, first_at, last_at, pattern, %s AS users"
          + " FROM %s WHERE organisation = ? AND %s = ? AND platform = ?";

  private static final String UPSERT =
      "INSERT INTO %1$s (key, organisation, platform, %2$s, name, messages, mentions, emotes,"
          + " active_days, first_at, last_at, pattern%3$s)"
          + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?%4$s) ON CONFLICT (key) DO UPDATE SET"
          + " name = excluded.name, messages = excluded.messages, mentions = excluded.mentions,"
          + " emotes = excluded.emotes, active_days = excluded.active_days,"
          + " first_at = excluded.first_at, last_at = excluded.last_at,"
          + " pattern = excluded.pattern%5$s";

  /** A user or a channel. */
  private static final class Somebody {
    final long key;
    final long organisation;
    final Platform platform;
    final String id;
    final Tally tally;
    String name;
    long users;

    Somebody(
        long key,
        long organisation,
        Platform platform,
        String id,
        String name,
        long users,
        Tally tally) {
      this.key = key;
      this.organisation = organisation;
      this.platform = platform;
      this.id = id;
      this.name = name;
      this.users = users;
      this.tally = tally;
    }

    void add(Message message, String nameThen) {
      long at = message.at().toEpochMilli();
      if (at >= tally.lastAt && !nameThen.isEmpty()) {
        name = nameThen;
      }
      tally.add(at, message.emotes(), message.mentions());
    }
  }

  private record Id(long organisation, Platform platform, String id) {}

  private record Pair(long channel, long author) {}

  private record Hour(long organisation, Platform platform, long hour, long channel) {}

  private record Organisation(long key, Set<String> creators) {}

  private record Line(
      Intake.Request request,
      Message message,
      Set<String> words,
      long key,
      Organisation organisation,
      Somebody channel,
      Somebody author) {}

  private static final class Memory<K, V> extends LinkedHashMap<K, V> {
    private static final long serialVersionUID = 1L;

    Memory() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
      return size() > MOST_REMEMBERED;
    }
  }

  private final Store.Dialect dialect;
  private final Map<Id, Somebody> users = new Memory<>();
  private final Map<Id, Somebody> channels = new Memory<>();
  private long nextKey;

  BatchWriter(Store.Dialect dialect) {
    this.dialect = dialect;
  }

  /** Forgets what it remembers: after a transaction that was rolled back. */
  void forget() {
    users.clear();
    channels.clear();
  }

  /** Writes the batch and sets what became of each request. */
  void write(Connection connection, List<Intake.Request> batch) throws SQLException {
    if (dialect == Store.Dialect.POSTGRESQL) {
      forget();
    }
    int count = 0;
    for (Intake.Request request : batch) {
      request.begin();
      count += request.messages.size();
    }
    // One block: the messages first, so that they lie side by side.
    long firstKey = reserve(connection, 3L * count);
    nextKey = firstKey + count;
    List<Line> lines = lines(connection, batch, firstKey, count);
    boolean[] isNew = insert(connection, lines);
    List<Line> fresh = new ArrayList<>(count);
    for (int i = 0; i < isNew.length; i++) {
      Line line = lines.get(i);
      if (isNew[i]) {
        line.request.stored(line.message);
        fresh.add(line);
      } else {
        line.request.duplicate();
      }
    }
    count(connection, fresh);
  }

  private long reserve(Connection connection, long count) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "UPDATE social_counter SET next_key = next_key + ? WHERE id = 1"
                + " RETURNING next_key")) {
      statement.setLong(1, count);
      try (ResultSet rows = statement.executeQuery()) {
        if (!rows.next()) {
          throw new SQLException("The table social_counter has no row");
        }
        return rows.getLong(1) - count;
      }
    }
  }

  private List<Line> lines(
      Connection connection, List<Intake.Request> batch, long firstKey, int count)
      throws SQLException {
    List<Line> lines = new ArrayList<>(count);
    Map<String, Organisation> organisations = new LinkedHashMap<>();
    long key = firstKey;
    try (PreparedStatement selectUser =
            connection.prepareStatement(String.format(SELECT, "0", "social_user", "user_id"));
        PreparedStatement selectChannel =
            connection.prepareStatement(
                String.format(SELECT, "users", "social_channel", "channel_id"))) {
      for (Intake.Request request : batch) {
        Organisation organisation = organisations.get(request.organisation);
        if (organisation == null) {
          organisation = organisation(connection, request.organisation);
          organisations.put(request.organisation, organisation);
        }
        for (int i = 0; i < request.messages.size(); i++) {
          Message each = request.messages.get(i);
          Intake.Seen seen = request.seen.get(i);
          Message message =
              each.seen(
                  seen.emotes(),
                  seen.mentions(),
                  Words.mentionsAny(each.text(), organisation.creators));
          lines.add(
              new Line(
                  request,
                  message,
                  seen.words(),
                  key++,
                  organisation,
                  somebody(
                      selectChannel,
                      channels,
                      new Id(organisation.key, each.platform(), each.channel().id()),
                      each.channel().name()),
                  somebody(
                      selectUser,
                      users,
                      new Id(organisation.key, each.platform(), each.author().id()),
                      each.author().name())));
        }
      }
    }
    return lines;
  }

  private Somebody somebody(PreparedStatement select, Map<Id, Somebody> memory, Id id, String name)
      throws SQLException {
    Somebody known = memory.get(id);
    if (known == null) {
      known = read(select, id);
      if (known == null) {
        known = new Somebody(nextKey++, id.organisation, id.platform, id.id, name, 0, new Tally());
      }
      memory.put(id, known);
    }
    return known;
  }

  private static @Nullable Somebody read(PreparedStatement select, Id id) throws SQLException {
    select.setLong(1, id.organisation);
    select.setString(2, id.id);
    select.setInt(3, id.platform.number());
    try (ResultSet rows = select.executeQuery()) {
      if (!rows.next()) {
        return null;
      }
      return new Somebody(
          rows.getLong("key"),
          id.organisation,
          id.platform,
          id.id,
          rows.getString("name"),
          rows.getLong("users"),
          tally(rows));
    }
  }

  /** The counters of a row of a user or a channel. */
  static Tally tally(ResultSet rows) throws SQLException {
    Tally tally = new Tally();
    tally.messages = rows.getLong("messages");
    tally.mentions = rows.getLong("mentions");
    tally.emotes = rows.getLong("emotes");
    tally.firstAt = rows.getLong("first_at");
    tally.lastAt = rows.getLong("last_at");
    tally.readPattern(rows.getBytes("pattern"));
    return tally;
  }

  private static Organisation organisation(Connection connection, String id) throws SQLException {
    try (PreparedStatement insert =
            connection.prepareStatement(
                "INSERT INTO social_organisation (id, creators) VALUES (?, '[]')"
                    + " ON CONFLICT DO NOTHING");
        PreparedStatement select =
            connection.prepareStatement(
                "SELECT key, creators FROM social_organisation WHERE id = ?")) {
      insert.setString(1, id);
      insert.executeUpdate();
      select.setString(1, id);
      try (ResultSet rows = select.executeQuery()) {
        if (!rows.next()) {
          throw new SQLException("The organisation was not kept");
        }
        Set<String> creators =
            Json.readList(rows.getString(2), String.class).stream()
                .map(name -> name.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        return new Organisation(rows.getLong(1), creators);
      }
    }
  }

  /** Returns for each line whether the message is new. */
  private boolean[] insert(Connection connection, List<Line> lines) throws SQLException {
    boolean postgresql = dialect == Store.Dialect.POSTGRESQL;
    boolean[] isNew = new boolean[lines.size()];
    String sql =
        String.format(
            MESSAGE, postgresql ? ", words" : "", postgresql ? ", array_to_tsvector(?)" : "");
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      for (Line line : lines) {
        Message message = line.message;
        insert.setLong(1, line.key);
        insert.setLong(2, line.organisation.key);
        insert.setInt(3, message.platform().number());
        insert.setString(4, message.id());
        insert.setLong(5, line.channel.key);
        insert.setLong(6, line.author.key);
        insert.setString(7, message.author().role());
        insert.setInt(8, message.author().isMod() ? 1 : 0);
        insert.setString(9, message.text());
        insert.setLong(10, message.at().toEpochMilli());
        insert.setInt(11, message.emotes());
        insert.setInt(12, message.mentions());
        insert.setInt(13, message.mentionsCreator() ? 1 : 0);
        if (postgresql) {
          insert.setArray(14, connection.createArrayOf("text", words(line)));
        }
        insert.addBatch();
      }
      int[] counts = insert.executeBatch();
      for (int i = 0; i < counts.length; i++) {
        isNew[i] = counts[i] == 1;
      }
    }
    return isNew;
  }

  /** Each word of the line's message behind the mark of its platform and organisation. */
  private static Object[] words(Line line) {
    String mark = Words.mark(line.message.platform(), line.organisation.key);
    return line.words.stream().map(word -> mark + word).toArray();
  }

  /** The same with spaces between. */
  private static String marked(Line line) {
    String mark = Words.mark(line.message.platform(), line.organisation.key);
    StringBuilder text = new StringBuilder(line.message.text().length() * 2);
    for (String word : line.words) {
      text.append(mark).append(word).append(' ');
    }
    return text.toString();
  }

  private void count(Connection connection, List<Line> fresh) throws SQLException {
    if (dialect == Store.Dialect.SQLITE) {
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO social_word (rowid, words) VALUES (?, ?)")) {
        for (Line line : fresh) {
          insert.setLong(1, line.key);
          insert.setString(2, marked(line));
          insert.addBatch();
        }
        insert.executeBatch();
      }
    }
    Set<Somebody> touchedUsers = new LinkedHashSet<>();
    Set<Somebody> touchedChannels = new LinkedHashSet<>();
    Set<Pair> pairs = new HashSet<>();
    List<Line> pairLines = new ArrayList<>();
    Map<Hour, Integer> hours = new LinkedHashMap<>();
    for (Line line : fresh) {
      Message message = line.message;
      line.author.add(message, message.author().name());
      line.channel.add(message, message.channel().name());
      touchedUsers.add(line.author);
      touchedChannels.add(line.channel);
      if (pairs.add(new Pair(line.channel.key, line.author.key))) {
        pairLines.add(line);
      }
      long hour = Math.floorDiv(message.at().toEpochMilli(), Tally.HOUR_MILLIS);
      for (long channel : new long[] {ALL_CHANNELS, line.channel.key}) {
        hours.merge(
            new Hour(line.organisation.key, message.platform(), hour, channel), 1, Integer::sum);
      }
    }
    members(connection, pairLines);
    hours(connection, hours);
    upsert(connection, "social_user", "user_id", false, touchedUsers);
    upsert(connection, "social_channel", "channel_id", true, touchedChannels);
  }

  private static void members(Connection connection, List<Line> lines) throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO social_member (channel, author) VALUES (?, ?) ON CONFLICT DO NOTHING")) {
      for (Line line : lines) {
        insert.setLong(1, line.channel.key);
        insert.setLong(2, line.author.key);
        insert.addBatch();
      }
      int[] counts = insert.executeBatch();
      for (int i = 0; i < counts.length; i++) {
        lines.get(i).channel.users += counts[i] == 1 ? 1 : 0;
      }
    }
  }

  private static void hours(Connection connection, Map<Hour, Integer> hours) throws SQLException {
    try (PreparedStatement upsert =
        connection.prepareStatement(
            "INSERT INTO social_hour (organisation, platform, hour, channel, messages)"
                + " VALUES (?, ?, ?, ?, ?)"
                + " ON CONFLICT (organisation, platform, channel, hour)"
                + " DO UPDATE SET messages = social_hour.messages + excluded.messages")) {
      for (Map.Entry<Hour, Integer> entry : hours.entrySet()) {
        Hour hour = entry.getKey();
        upsert.setLong(1, hour.organisation);
        upsert.setInt(2, hour.platform.number());
        upsert.setLong(3, hour.hour);
        upsert.setLong(4, hour.channel);
        upsert.setLong(5, entry.getValue());
        upsert.addBatch();
      }
      upsert.executeBatch();
    }
  }

  private static void upsert(
      Connection connection, String table, String id, boolean withUsers, Set<Somebody> touched)
      throws SQLException {
    String sql =
        String.format(
            UPSERT,
            table,
            id,
            withUsers ? ", users" : "",
            withUsers ? ", ?" : "",
            withUsers ? ", users = excluded.users" : "");
    try (PreparedStatement upsert = connection.prepareStatement(sql)) {
      for (Somebody each : touched) {
        Tally tally = each.tally;
        upsert.setLong(1, each.key);
        upsert.setLong(2, each.organisation);
        upsert.setInt(3, each.platform.number());
        upsert.setString(4, each.id);
        upsert.setString(5, each.name);
        upsert.setLong(6, tally.messages);
        upsert.setLong(7, tally.mentions);
        upsert.setLong(8, tally.emotes);
        upsert.setLong(9, tally.activeDays());
        upsert.setLong(10, tally.firstAt);
        upsert.setLong(11, tally.lastAt);
        upsert.setBytes(12, tally.pattern());
        if (withUsers) {
          upsert.setLong(13, each.users);
        }
        upsert.addBatch();
      }
      upsert.executeBatch();
    }
  }
}
