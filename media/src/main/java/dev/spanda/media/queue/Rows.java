package dev.spanda.media.queue;

import dev.spanda.core.Failure;
import dev.spanda.core.Page;
import dev.spanda.core.store.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/** The tables of a queue. */
final class Rows {

  private static final int LONGEST_MESSAGE = 500;

  private static final String PUBLISHED = "published";
  private static final String PENDING = "pending";
  private static final String TRYING = "trying";
  private static final String REFUSED = "refused";

  /**
   * What came of the last call for a platform.
   *
   * @param state published, pending, trying or refused
   * @param retryAt when a platform that has taken the item is asked again
   * @param trouble the passing failure, for trying
   */
  record Attempt(
      String state,
      String via,
      String reference,
      @Nullable String url,
      String message,
      @Nullable Instant retryAt,
      Instant at,
      Optional<Failure> trouble) {

    static Attempt published(Publisher.Published published, Instant at) {
      return new Attempt(
          PUBLISHED,
          published.via(),
          published.reference(),
          published.url().map(Object::toString).orElse(null),
          "",
          null,
          at,
          Optional.empty());
    }

    static Attempt pending(Instant at, Instant retryAt) {
      return new Attempt(
          PENDING,
          "",
          "",
          null,
          "The platform has taken it and does not show it yet",
          retryAt,
          at,
          Optional.empty());
    }

    static Attempt trying(Failure trouble, Instant at) {
      String message = Objects.requireNonNullElse(trouble.getMessage(), "");
      return new Attempt(TRYING, "", "", null, message, null, at, Optional.of(trouble));
    }

    static Attempt refused(String message, Instant at) {
      return new Attempt(REFUSED, "", "", null, message, null, at, Optional.empty());
    }

    /** Whether the platform is to be called now. */
    boolean isDue(Instant now) {
      return state.equals(TRYING)
          || (state.equals(PENDING) && (retryAt == null || !retryAt.isAfter(now)));
    }
  }

  void insert(
      Handle handle, String id, String owner, QueueItem.Draft draft, Instant now, String job) {
    handle
        .createUpdate(
            "INSERT INTO queue_item (id, owner, project_id, asset_id, title, caption, hashtags,"
                + " platforms, schedule_at, idempotency_key, status, created_at, job_id) VALUES"
                + " (:id, :owner, :project, :asset, :title, :caption, :hashtags, :platforms,"
                + " :scheduleAt, :key, 'queued', :now, :job)")
        .bind("id", id)
        .bind("owner", owner)
        .bind("project", draft.projectId())
        .bind("asset", draft.assetId())
        .bind("title", draft.title())
        .bind("caption", draft.caption())
        .bind("hashtags", Json.write(draft.hashtags()))
        .bind(
            "platforms",
            Json.write(draft.platforms().stream().map(QueueItem.Platform::word).toList()))
        .bind("scheduleAt", draft.scheduleAt().map(Instant::toEpochMilli).orElse(null))
        .bind("key", draft.idempotencyKey())
        .bind("now", now.toEpochMilli())
        .bind("job", job)
        .execute();
  }

  Optional<QueueItem> find(Handle handle, String owner, String id) {
    return handle
        .createQuery("SELECT * FROM queue_item WHERE id = :id AND owner = :owner")
        .bind("id", id)
        .bind("owner", owner)
        .map((row, context) -> item(row))
        .findOne()
        .map(item -> withResults(handle, List.of(item)).get(0));
  }

  Optional<QueueItem> withKey(Handle handle, String owner, String key) {
    return handle
        .createQuery("SELECT * FROM queue_item WHERE owner = :owner AND idempotency_key = :key")
        .bind("owner", owner)
        .bind("key", key)
        .map((row, context) -> item(row))
        .findOne();
  }

  long count(Handle handle, String owner) {
    return handle
        .createQuery("SELECT COUNT(*) FROM queue_item WHERE owner = :owner")
        .bind("owner", owner)
        .mapTo(Long.class)
        .one();
  }

  Page<QueueItem> page(Handle handle, String owner, Queue.Query query) {
    String where =
        " FROM queue_item WHERE owner = :owner"
            + (query.status().isPresent() ? " AND status = :status" : "")
            + (query.projectId().isPresent() ? " AND project_id = :project" : "");
    List<QueueItem> items =
        bound(
                handle.createQuery(
                    "SELECT *"
                        + where
                        + " ORDER BY created_at DESC, id DESC LIMIT :limit OFFSET :offset"),
                owner,
                query)
            .bind("limit", query.limit())
            .bind("offset", query.offset())
            .map((row, context) -> item(row))
            .list();
    long total =
        bound(handle.createQuery("SELECT COUNT(*)" + where), owner, query).mapTo(Long.class).one();
    return new Page<>(withResults(handle, items), total, query.limit(), query.offset());
  }

  private static <S extends SqlStatement<S>> S bound(S statement, String owner, Queue.Query query) {
    statement.bind("owner", owner);
    query.status().ifPresent(status -> statement.bind("status", status.word()));
    query.projectId().ifPresent(project -> statement.bind("project", project));
    return statement;
  }

  String job(Handle handle, String id) {
    return handle
        .createQuery("SELECT job_id FROM queue_item WHERE id = :id")
        .bind("id", id)
        .mapTo(String.class)
        .one();
  }

  /** Deletes an item that is not being published; returns whether that was done. */
  boolean delete(Handle handle, String id) {
    return handle
            .createUpdate("DELETE FROM queue_item WHERE id = :id AND status <> 'processing'")
            .bind("id", id)
            .execute()
        == 1;
  }

  /** Marks an item as being published; returns false for one that is gone or over. */
  boolean begin(Handle handle, String id, Instant now) {
    return handle
            .createUpdate(
                "UPDATE queue_item SET status = 'processing',"
                    + " begun_at = COALESCE(begun_at, :now)"
                    + " WHERE id = :id AND status IN ('queued', 'processing')")
            .bind("id", id)
            .bind("now", now.toEpochMilli())
            .execute()
        == 1;
  }

  Optional<Attempt> attempt(Handle handle, String id, QueueItem.Platform platform) {
    return handle
        .createQuery("SELECT * FROM queue_result WHERE item_id = :id AND platform = :platform")
        .bind("id", id)
        .bind("platform", platform.word())
        .map((row, context) -> attempt(row))
        .findOne();
  }

  void record(Handle handle, String id, QueueItem.Platform platform, Attempt attempt) {
    String message = attempt.message();
    Instant retryAt = attempt.retryAt();
    handle
        .createUpdate(
            "INSERT INTO queue_result (item_id, platform, state, via, reference, url, message,"
                + " retry_at, at) VALUES (:id, :platform, :state, :via, :reference, :url,"
                + " :message, :retryAt, :at) ON CONFLICT (item_id, platform) DO UPDATE SET"
                + " state = excluded.state, via = excluded.via, reference = excluded.reference,"
                + " url = excluded.url, message = excluded.message,"
                + " retry_at = excluded.retry_at, at = excluded.at")
        .bind("id", id)
        .bind("platform", platform.word())
        .bind("state", attempt.state())
        .bind("via", attempt.via())
        .bind("reference", attempt.reference())
        .bind("url", attempt.url())
        .bind(
            "message",
            message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE))
        .bind("retryAt", retryAt == null ? null : (Long) retryAt.toEpochMilli())
        .bind("at", attempt.at().toEpochMilli())
        .execute();
  }

  /** Whether the item is being published by this very job. */
  boolean isBeingPublished(Handle handle, String id, String job) {
    return handle
            .createQuery(
                "SELECT COUNT(*) FROM queue_item WHERE id = :id AND job_id = :job"
                    + " AND status IN ('queued', 'processing')")
            .bind("id", id)
            .bind("job", job)
            .mapTo(Long.class)
            .one()
        == 1;
  }

  void giveUpTrying(Handle handle, String id) {
    handle
        .createUpdate(
            "UPDATE queue_result SET state = 'refused' WHERE item_id = :id AND state = 'trying'")
        .bind("id", id)
        .execute();
  }

  /** Gives up platforms that keep an item which was begun before the instant. */
  void giveUpPending(Handle handle, String id, Instant begunBefore) {
    handle
        .createUpdate(
            "UPDATE queue_result SET state = 'refused',"
                + " message = 'The platform has taken it and did not show it in time'"
                + " WHERE item_id = :id AND state = 'pending' AND item_id IN"
                + " (SELECT id FROM queue_item WHERE id = :id AND begun_at < :before)")
        .bind("id", id)
        .bind("before", begunBefore.toEpochMilli())
        .execute();
  }

  /** When the first of the platforms that keep the item is to be asked again. */
  Optional<Instant> nextQuestion(Handle handle, String id) {
    return handle
        .createQuery(
            "SELECT MIN(retry_at) FROM queue_result WHERE item_id = :id AND state = 'pending'")
        .bind("id", id)
        .mapTo(Long.class)
        .findOne()
        .map(Instant::ofEpochMilli);
  }

  void moveTo(Handle handle, String id, String job) {
    handle
        .createUpdate("UPDATE queue_item SET job_id = :job WHERE id = :id")
        .bind("id", id)
        .bind("job", job)
        .execute();
  }

  /** Published when every platform shows it, else failed. */
  void finish(Handle handle, String id, Instant now) {
    String platforms =
        handle
            .createQuery("SELECT platforms FROM queue_item WHERE id = :id")
            .bind("id", id)
            .mapTo(String.class)
            .one();
    long shown =
        handle
            .createQuery(
                "SELECT COUNT(*) FROM queue_result WHERE item_id = :id AND state = 'published'")
            .bind("id", id)
            .mapTo(Long.class)
            .one();
    boolean everywhere = shown == Json.readList(platforms, String.class).size();
    handle
        .createUpdate("UPDATE queue_item SET status = :status, finished_at = :now WHERE id = :id")
        .bind("id", id)
        .bind("status", everywhere ? PUBLISHED : "failed")
        .bind("now", now.toEpochMilli())
        .execute();
  }

  private static List<QueueItem> withResults(Handle handle, List<QueueItem> items) {
    if (items.isEmpty()) {
      return items;
    }
    Map<String, Map<QueueItem.Platform, QueueItem.Result>> results = new LinkedHashMap<>();
    handle
        .createQuery("SELECT * FROM queue_result WHERE item_id IN (<ids>)")
        .bindList("ids", items.stream().map(QueueItem::id).toList())
        .map((row, context) -> Map.entry(row.getString("item_id"), result(row)))
        .forEach(
            entry ->
                results
                    .computeIfAbsent(entry.getKey(), id -> new LinkedHashMap<>())
                    .put(entry.getValue().platform(), entry.getValue()));
    List<QueueItem> whole = new ArrayList<>(items.size());
    for (QueueItem item : items) {
      Map<QueueItem.Platform, QueueItem.Result> known = results.getOrDefault(item.id(), Map.of());
      whole.add(
          new QueueItem(
              item.id(),
              item.owner(),
              item.draft(),
              item.status(),
              item.draft().platforms().stream().map(known::get).filter(Objects::nonNull).toList(),
              item.createdAt(),
              item.finishedAt()));
    }
    return whole;
  }

  private static QueueItem item(ResultSet row) throws SQLException {
    return new QueueItem(
        row.getString("id"),
        row.getString("owner"),
        new QueueItem.Draft(
            row.getString("project_id"),
            row.getString("asset_id"),
            row.getString("title"),
            row.getString("caption"),
            Json.readList(row.getString("hashtags"), String.class),
            Json.readList(row.getString("platforms"), String.class).stream()
                .map(QueueItem.Platform::parse)
                .toList(),
            instant(row, "schedule_at"),
            row.getString("idempotency_key")),
        QueueItem.Status.parse(row.getString("status")),
        List.of(),
        Instant.ofEpochMilli(row.getLong("created_at")),
        instant(row, "finished_at"));
  }

  private static QueueItem.Result result(ResultSet row) throws SQLException {
    return new QueueItem.Result(
        QueueItem.Platform.parse(row.getString("platform")),
        row.getString("state").equals(PUBLISHED),
        row.getString("via"),
        row.getString("reference"),
        Optional.ofNullable(row.getString("url")),
        row.getString("message"),
        Instant.ofEpochMilli(row.getLong("at")));
  }

  private static Attempt attempt(ResultSet row) throws SQLException {
    return new Attempt(
        row.getString("state"),
        row.getString("via"),
        row.getString("reference"),
        row.getString("url"),
        row.getString("message"),
        instant(row, "retry_at").orElse(null),
        Instant.ofEpochMilli(row.getLong("at")),
        Optional.empty());
  }

  private static Optional<Instant> instant(ResultSet row, String column) throws SQLException {
    long millis = row.getLong(column);
    return row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(millis));
  }
}
