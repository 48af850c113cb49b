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
 * @param version how often it was written
 */
record Row(
    Origin origin,
    Words plan,
    @Nullable Goods goods,
    Trip trip,
    Due due,
    State state,
    long version) {

  /** What it is from the beginning on and always will be. */
  record Origin(
      String id,
      String owner,
      String platform,
      String account,
      boolean standIn,
      Instant createdAt) {}

  /**
   * When it is looked at next.
   *
   * @param turn the number of that look
   */
  record Due(long turn, Instant at) {}

  /**
   * Whether it is over.
   *
   * @param outcome null until it has ended
   * @param finishedAt null until it has ended
   */
  record State(
      Publication.Status status, @Nullable Outcome outcome, @Nullable Instant finishedAt) {}

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

  /**
   * What is sent.
   *
   * @param coverMillis where in the media the frame is that the cover shows; null when it shows
   *     none
   */
  record Goods(Blob media, @Nullable Blob cover, @Nullable Long coverMillis) {}

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
        new Origin(
            row.getString("id"),
            row.getString("owner"),
            row.getString("platform"),
            row.getString("account"),
            row.getInt("stand_in") != 0,
            Instant.ofEpochMilli(row.getLong("created_at"))),
        Json.read(row.getString("plan"), Words.class),
        goods == null ? null : Json.read(goods, Goods.class),
        Json.read(row.getString("trip"), Trip.class),
        new Due(row.getLong("turn"), Instant.ofEpochMilli(row.getLong("next_at"))),
        new State(
            Publication.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
            outcome == null ? null : Json.read(outcome, Outcome.class),
            open ? null : Instant.ofEpochMilli(finished)),
        row.getLong("version"));
  }

  String id() {
    return origin.id;
  }

  String owner() {
    return origin.owner;
  }

  String platform() {
    return origin.platform;
  }

  boolean isOpen() {
    return state.status == Publication.Status.PROCESSING;
  }

  Row withPlan(Words words) {
    return new Row(origin, words, goods, trip, due, state, version);
  }

  Row withGoods(Goods things) {
    return new Row(origin, plan, things, trip, due, state, version);
  }

  Row withTrip(Trip other) {
    return new Row(origin, plan, goods, other, due, state, version);
  }

  /** The same, to be looked at again then, in another turn. */
  Row later(Instant when) {
    return new Row(origin, plan, goods, trip, new Due(due.turn + 1, when), state, version);
  }

  Row ended(Publication.Status how, Outcome end, Instant now) {
    return new Row(origin, plan, goods, trip, due, new State(how, end, now), version);
  }

  Row written() {
    return new Row(origin, plan, goods, trip, due, state, version + 1);
  }

  Publication publication() {
    Outcome end = state.outcome;
    return new Publication(
        origin.id,
        origin.owner,
        plan.plan(origin.platform),
        state.status,
        origin.account,
        origin.standIn,
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
        origin.createdAt,
        due.at,
        end == null ? Optional.empty() : Optional.ofNullable(end.publishedAt()),
        Optional.ofNullable(state.finishedAt));
  }
}
