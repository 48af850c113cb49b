package dev.spanda.core.tool;

import dev.spanda.core.store.Json;
import dev.spanda.core.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The table of uses. Every method may be called inside or outside of a transaction. */
final class RunTable {

  /** What an output has become. */
  record Kept(String format, String fileId) {}

  /** What a run has made, as it is stored. */
  record Made(String type, String name, List<Kept> files) {}

  /** A use as it stands in the table. */
  record Row(
      String id,
      String owner,
      String request,
      String tool,
      Optional<String> projectId,
      String inputs,
      String note,
      Optional<String> purse,
      long price,
      long estimateSeconds,
      String status,
      boolean settled,
      Optional<String> jobId,
      OptionalLong hold,
      long required,
      long available,
      Optional<Made> made,
      Optional<String> itemId,
      Optional<String> error,
      Instant createdAt,
      Optional<Instant> finishedAt) {}

  /** How many of the newest runs tell how long the next one takes. */
  private static final int MEASURED_RUNS = 20;

  private final Store store;

  RunTable(Store store) {
    this.store = store;
  }

  /** Writes a use that is not there yet; gives what is there. */
  Row open(
      String id,
      String key,
      Tools.Order order,
      String request,
      String inputs,
      long price,
      long estimateSeconds,
      Instant now) {
    return store.write(
        handle -> {
          handle
              .createUpdate(
                  "INSERT INTO tool_run (id, owner, idempotency_key, request, tool, project_id,"
                      + " inputs, note, purse, price, estimate_seconds, status, created_at) VALUES (:id, :owner,"
                      + " :key, :request, :tool, :project, :inputs, :note, :purse, :price,"
                      + " :estimate, 'open', :now) ON CONFLICT (owner, idempotency_key) DO NOTHING")
              .bind("id", id)
              .bind("owner", order.owner())
              .bind("key", key)
              .bind("request", request)
              .bind("tool", order.toolId())
              .bind("project", order.projectId().orElse(null))
              .bind("inputs", inputs)
              .bind("note", order.note())
              .bind("purse", order.purse().orElse(null))
              .bind("price", price)
              .bind("estimate", estimateSeconds)
              .bind("now", now.toEpochMilli())
              .execute();
          return byKey(order.owner(), key).orElseThrow();
        });
  }

  Optional<Row> byKey(String owner, String key) {
    return store.read(
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM tool_run WHERE owner = :owner AND idempotency_key = :key")
                .bind("owner", owner)
                .bind("key", key)
                .map((rows, context) -> read(rows))
                .findOne());
  }

  Optional<Row> byId(String id) {
    return one("SELECT * FROM tool_run WHERE id = :id", id);
  }

  Optional<Row> byJob(String jobId) {
    return one("SELECT * FROM tool_run WHERE job_id = :id", jobId);
  }

  private Optional<Row> one(String sql, String id) {
    return store.read(
        handle ->
            handle.createQuery(sql).bind("id", id).map((rows, context) -> read(rows)).findOne());
  }

  List<Row> ofOwner(String owner, int limit, long offset) {
    return store.read(
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM tool_run WHERE owner = :owner AND job_id IS NOT NULL"
                        + " ORDER BY created_at DESC, id DESC LIMIT :limit OFFSET :offset")
                .bind("owner", owner)
                .bind("limit", limit)
                .bind("offset", offset)
                .map((rows, context) -> read(rows))
                .list());
  }

  long countOf(String owner) {
    return store.read(
        handle ->
            handle
                .createQuery(
                    "SELECT COUNT(*) FROM tool_run WHERE owner = :owner AND job_id IS NOT NULL")
                .bind("owner", owner)
                .mapTo(Long.class)
                .one());
  }

  /** Turns an open use into a refused one. */
  void refuse(String id, long required, long available) {
    store.change(
        handle ->
            handle
                .createUpdate(
                    "UPDATE tool_run SET status = 'refused', settled = 1, required = :required,"
                        + " available = :available WHERE id = :id AND status = 'open'")
                .bind("required", required)
                .bind("available", available)
                .bind("id", id)
                .execute());
  }

  /** Turns an open use into a queued one; false when it is no longer open. */
  boolean queue(Handle handle, String id, OptionalLong hold) {
    return handle
            .createUpdate(
                "UPDATE tool_run SET status = 'queued', hold_id = :hold"
                    + " WHERE id = :id AND status = 'open'")
            .bind("hold", hold.isPresent() ? hold.getAsLong() : null)
            .bind("id", id)
            .execute()
        == 1;
  }

  void job(Handle handle, String id, String jobId) {
    handle
        .createUpdate("UPDATE tool_run SET job_id = :job WHERE id = :id")
        .bind("job", jobId)
        .bind("id", id)
        .execute();
  }

  /** Keeps what was made; false when an earlier run has made it. */
  boolean made(Handle handle, String id, Made made, long millis) {
    return handle
            .createUpdate(
                "UPDATE tool_run SET made = :made, run_millis = :millis"
                    + " WHERE id = :id AND made IS NULL")
            .bind("made", Json.write(made))
            .bind("millis", millis)
            .bind("id", id)
            .execute()
        == 1;
  }

  /** Records the end. */
  void end(
      Handle handle,
      String id,
      String status,
      @Nullable String item,
      @Nullable String error,
      Instant now) {
    handle
        .createUpdate(
            "UPDATE tool_run SET status = :status, item_id = :item, error = :error,"
                + " finished_at = :now WHERE id = :id")
        .bind("status", status)
        .bind("item", item)
        .bind("error", error)
        .bind("now", now.toEpochMilli())
        .bind("id", id)
        .execute();
  }

  /** Marks a use as settled; false when it was before. */
  boolean settle(Handle handle, String id) {
    return handle
            .createUpdate("UPDATE tool_run SET settled = 1 WHERE id = :id AND settled = 0")
            .bind("id", id)
            .execute()
        == 1;
  }

  /** Gives up the uses that were opened before and never queued. */
  void abandon(Instant before) {
    store.change(
        handle ->
            handle
                .createUpdate(
                    "UPDATE tool_run SET status = 'abandoned'"
                        + " WHERE settled = 0 AND status = 'open' AND created_at < :before")
                .bind("before", before.toEpochMilli())
                .execute());
  }

  /** Uses that are over and whose hold may still stand. */
  List<String> unsettled() {
    return store.read(
        handle ->
            handle
                .createQuery(
                    "SELECT id FROM tool_run WHERE settled = 0 AND status IN ('abandoned',"
                        + " 'completed', 'failed', 'cancelled') ORDER BY created_at LIMIT 1000")
                .mapTo(String.class)
                .list());
  }

  /** How long the newest completed runs took, in ms. */
  List<Long> lately(String tool) {
    return store.read(
        handle ->
            handle
                .createQuery(
                    "SELECT run_millis FROM tool_run WHERE tool = :tool AND status = 'completed'"
                        + " AND run_millis IS NOT NULL ORDER BY finished_at DESC LIMIT :most")
                .bind("tool", tool)
                .bind("most", MEASURED_RUNS)
                .mapTo(Long.class)
                .list());
  }

  private static Row read(ResultSet row) throws SQLException {
    long hold = row.getLong("hold_id");
    OptionalLong holdId = row.wasNull() ? OptionalLong.empty() : OptionalLong.of(hold);
    long finished = row.getLong("finished_at");
    Optional<Instant> finishedAt =
        row.wasNull() ? Optional.empty() : Optional.of(Instant.ofEpochMilli(finished));
    return new Row(
        row.getString("id"),
        row.getString("owner"),
        row.getString("request"),
        row.getString("tool"),
        Optional.ofNullable(row.getString("project_id")),
        row.getString("inputs"),
        row.getString("note"),
        Optional.ofNullable(row.getString("purse")),
        row.getLong("price"),
        row.getLong("estimate_seconds"),
        row.getString("status"),
        row.getInt("settled") != 0,
        Optional.ofNullable(row.getString("job_id")),
        holdId,
        row.getLong("required"),
        row.getLong("available"),
        Optional.ofNullable(row.getString("made")).map(text -> Json.read(text, Made.class)),
        Optional.ofNullable(row.getString("item_id")),
        Optional.ofNullable(row.getString("error")),
        Instant.ofEpochMilli(row.getLong("created_at")),
        finishedAt);
  }
}
