package dev.spanda.media.publish;

import dev.spanda.core.Failure;
import dev.spanda.core.store.Json;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A publication as it is stored.
 *
 * @param goods null until the media was fetched
 * @param outcome null until it has ended
 */
record Row(
    String id,
    String owner,
    String platform,
    String account,
    boolean standIn,
    Publication.Status status,
    Words plan,
    @Nullable Goods goods,
    Trip trip,
    @Nullable Outcome outcome,
    long turn,
    long version,
    Instant nextAt,
    Instant createdAt,
    @Nullable Instant finishedAt) {

  /** The plan's stored form. */
  record Words(
      Publication.Kind kind,
      String source,
      String title,
      String text,
      List<String> tags,
      Publication.Privacy privacy,
      @Nullable Instant scheduledAt,
      Publication.Extras extras) {

    static Words of(Publication.Plan plan) {
      return new Words(
          plan.kind(),
          plan.source(),
          plan.title(),
          plan.text(),
          plan.tags(),
          plan.privacy(),
          plan.scheduledAt().orElse(null),
          plan.extras());
    }

    Publication.Plan plan(String platform) {
      return new Publication.Plan(
          platform,
          kind,
          source,
          title,
          text,
          tags,
          privacy,
          Optional.ofNullable(scheduledAt),
          extras);
    }
  }

  /** A content of the engine's blob store. */
  record Blob(String name, String type, long size) {}

  /** What is sent. */
  record Goods(Blob media, @Nullable Blob cover) {}

  /**
   * How far the way to the platform has been gone.
   *
   * @param notes the platform's, sealed; empty before the first step
   * @param sent bytes that the platform has
   * @param attemptedAt when a step was begun that commits and whose outcome is not known
   * @param faults tries in a row that came to nothing
   * @param sendingMillis how long the steps took that sent anything
   */
  record Trip(
      String notes, long sent, @Nullable Instant attemptedAt, int faults, long sendingMillis) {
    static final Trip NONE = new Trip("", 0, null, 0, 0);

    Trip attempting(Instant now) {
      return new Trip(notes, sent, now, faults, sendingMillis);
    }

    Trip went(String others, long bytes, long millis) {
      return new Trip(others, bytes, null, 0, sendingMillis + millis);
    }

    Trip faulted(boolean known) {
      return new Trip(notes, sent, known ? null : attemptedAt, faults + 1, sendingMillis);
    }
  }

  /** How it ended. */
  record Outcome(
      String remoteId,
      String url,
      String note,
      @Nullable Instant publishedAt,
      Failure.@Nullable Reason reason,
      @Nullable String message,
      boolean uncertain) {}

  static Row read(ResultSet row) throws SQLException {
    String goods = row.getString("goods");
    String outcome = row.getString("outcome");
    long finished = row.getLong("finished_at");
    boolean open = row.wasNull();
    return new Row(
        row.getString("id"),
        row.getString("owner"),
        row.getString("platform"),
        row.getString("account"),
        row.getInt("stand_in") != 0,
        Publication.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
        Json.read(row.getString("plan"), Words.class),
        goods == null ? null : Json.read(goods, Goods.class),
        Json.read(row.getString("trip"), Trip.class),
        outcome == null ? null : Json.read(outcome, Outcome.class),
        row.getLong("turn"),
        row.getLong("version"),
        Instant.ofEpochMilli(row.getLong("next_at")),
        Instant.ofEpochMilli(row.getLong("created_at")),
        open ? null : Instant.ofEpochMilli(finished));
  }

  Row withPlan(Words words) {
    return new Row(
        id,
        owner,
        platform,
        account,
        standIn,
        status,
        words,
        goods,
        trip,
        outcome,
        turn,
        version,
        nextAt,
        createdAt,
        finishedAt);
  }

  Row withGoods(Goods things) {
    return new Row(
        id,
        owner,
        platform,
        account,
        standIn,
        status,
        plan,
        things,
        trip,
        outcome,
        turn,
        version,
        nextAt,
        createdAt,
        finishedAt);
  }

  Row withTrip(Trip other) {
    return new Row(
        id,
        owner,
        platform,
        account,
        standIn,
        status,
        plan,
        goods,
        other,
        outcome,
        turn,
        version,
        nextAt,
        createdAt,
        finishedAt);
  }

  /** The same, to be looked at again then, in another turn. */
  Row later(Instant when) {
    return new Row(
        id,
        owner,
        platform,
        account,
        standIn,
        status,
        plan,
        goods,
        trip,
        outcome,
        turn + 1,
        version,
        when,
        createdAt,
        finishedAt);
  }

  Row ended(Publication.Status how, Outcome end, Instant now) {
    return new Row(
        id, owner, platform, account, standIn, how, plan, goods, trip, end, turn, version, nextAt,
        createdAt, now);
  }

  Row written() {
    return new Row(
        id,
        owner,
        platform,
        account,
        standIn,
        status,
        plan,
        goods,
        trip,
        outcome,
        turn,
        version + 1,
        nextAt,
        createdAt,
        finishedAt);
  }

  Publication publication() {
    Outcome end = outcome;
    return new Publication(
        id,
        owner,
        plan.plan(platform),
        status,
        account,
        standIn,
        trip.sent(),
        goods == null ? OptionalLong.empty() : OptionalLong.of(goods.media().size()),
        end == null ? "" : end.remoteId(),
        end == null ? "" : end.url(),
        end == null ? "" : end.note(),
        end == null || end.reason() == null
            ? Optional.empty()
            : Optional.of(
                new Publication.Trouble(
                    end.reason(), end.message() == null ? "" : end.message(), end.uncertain())),
        trip.faults(),
        createdAt,
        nextAt,
        end == null ? Optional.empty() : Optional.ofNullable(end.publishedAt()),
        Optional.ofNullable(finishedAt));
  }
}
