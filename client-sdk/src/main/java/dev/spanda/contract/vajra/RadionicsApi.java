package dev.spanda.contract.vajra;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rates: numbers that are made of words by stated rules, kept in a book, and played as a tone. They
 * are a practice's own symbols and measure nothing.
 */
@Route.Group("Radionics")
public interface RadionicsApi {

  /** The rate of an intention. */
  @Route(
      value = "POST /api/v1/radionics/calculate-rate",
      summary = "The rate that a method makes of an intention and a name.")
  Calculated calculateRate(RateRequest request);

  /**
   * Begins to play a rate as a tone, for as long as it is asked; beyond a restart of the server it
   * goes on where it was.
   */
  @Route(value = "POST /api/v1/radionics/broadcast", summary = "Begins to play a rate as a tone.")
  BroadcastStarted broadcast(BroadcastRequest request);

  /** The broadcasts, newest first; beyond the document. */
  @Route(value = "GET /api/v1/radionics/broadcasts", summary = "The broadcasts, newest first.")
  Broadcasts broadcasts(
      @Param.Query("status") @Nullable String status,
      @Param.Query("limit") @Nullable Integer limit,
      @Param.Query("offset") @Nullable Integer offset);

  /** Where a broadcast stands; beyond the document. */
  @Route(
      value = "GET /api/v1/radionics/broadcasts/{broadcast_id}",
      summary = "Where a broadcast stands.")
  BroadcastStatus broadcastStatus(@Param.Path("broadcast_id") String broadcastId);

  /** Ends a broadcast; beyond the document. */
  @Route(
      value = "POST /api/v1/radionics/broadcasts/{broadcast_id}/stop",
      summary = "Ends a broadcast.")
  BroadcastStatus stopBroadcast(@Param.Path("broadcast_id") String broadcastId);

  /**
   * Rates of the book, those that fit best first.
   *
   * @param category one of the book's categories, all when absent
   * @param search words that the name, the description or the applications hold
   * @param limit 1 to 500, beyond the document; 200 when absent
   * @param offset 0 or more, beyond the document
   */
  @Route(value = "GET /api/v1/radionics/rates", summary = "Rates of the book.")
  Rates rates(
      @Param.Query("category") @Nullable String category,
      @Param.Query("search") @Nullable String search,
      @Param.Query("limit") @Nullable Integer limit,
      @Param.Query("offset") @Nullable Integer offset);

  /** Adds a rate to the book; beyond the document. */
  @Route(value = "POST /api/v1/radionics/rates", status = 201, summary = "Adds a rate to the book.")
  RateAdded addRate(BookRate rate);

  /**
   * What to make a rate of.
   *
   * @param intention 1 to 2 000 characters
   * @param targetName up to 200 characters; a name changes the rate
   * @param method {@code gematria}, {@code hash}, {@code phonetic} or {@code mixed}; gematria when
   *     absent
   * @param table for gematria, beyond the document: {@code ordinal}, {@code pythagorean}, {@code
   *     reverse}, {@code hebrew} or {@code greek}; when absent the table of the alphabet that most
   *     letters belong to
   */
  record RateRequest(
      @JsonProperty(value = "intention", required = true) String intention,
      @JsonProperty("target_name") @Nullable String targetName,
      @JsonProperty("method") @Nullable String method,
      @JsonProperty("table") @Nullable String table) {}

  /**
   * A rate.
   *
   * @param rate 0 to 100 in steps of a tenth
   * @param confidence 0 to 1: how much of the text the method could read, and how near the other
   *     methods come; it says nothing about any effect
   * @param dials the three dials of an instrument, 0 to 100; beyond the document
   * @param balancingRate the rate that makes a hundred with this one; beyond the document
   * @param unread letters that no table reads; beyond the document
   */
  record Calculated(
      @JsonProperty("status") String status,
      @JsonProperty("rate") double rate,
      @JsonProperty("intention") String intention,
      @JsonProperty("method") String method,
      @JsonProperty("confidence") double confidence,
      @JsonProperty("dials") @Nullable List<Integer> dials,
      @JsonProperty("balancing_rate") @Nullable Double balancingRate,
      @JsonProperty("unread") @Nullable String unread) {}

  /**
   * What to broadcast.
   *
   * @param rate 0 to 100; when absent the rate of the intention
   * @param duration whole seconds, 1 to 86 400
   * @param intention up to 2 000 characters
   * @param hardwareLevel 1 to 5; 1 when absent. Each level adds an octave above the carrier
   * @param populationId a population that the broadcast is counted for; beyond the document
   */
  record BroadcastRequest(
      @JsonProperty("rate") @Nullable Double rate,
      @JsonProperty(value = "duration", required = true) Long duration,
      @JsonProperty("intention") @Nullable String intention,
      @JsonProperty("hardware_level") @Nullable Integer hardwareLevel,
      @JsonProperty("population_id") @Nullable String populationId) {}

  /** A broadcast that has begun. */
  record BroadcastStarted(
      @JsonProperty("status") String status,
      @JsonProperty("message") String message,
      @JsonProperty("rate") double rate,
      @JsonProperty("duration") long duration,
      @JsonProperty("broadcast_id") String broadcastId,
      @JsonProperty("carrier_frequency") @Nullable Double carrierFrequency) {}

  /** A page of broadcasts. */
  record Broadcasts(
      @JsonProperty("status") String status,
      @JsonProperty("broadcasts") List<BroadcastState> broadcasts,
      @JsonProperty("total") long total,
      @JsonProperty("limit") int limit,
      @JsonProperty("offset") long offset) {

    /** Copies the rows. */
    public Broadcasts {
      broadcasts = List.copyOf(broadcasts);
    }
  }

  /** Where a broadcast stands. */
  record BroadcastStatus(
      @JsonProperty("status") String status, @JsonProperty("broadcast") BroadcastState broadcast) {}

  /**
   * A broadcast.
   *
   * @param status {@code running}, {@code completed} or {@code stopped}
   * @param carrierFrequency Hz
   * @param elapsed whole seconds
   * @param endedAt absent while it runs
   */
  record BroadcastState(
      @JsonProperty("id") String id,
      @JsonProperty("status") String status,
      @JsonProperty("rate") double rate,
      @JsonProperty("carrier_frequency") double carrierFrequency,
      @JsonProperty("intention") String intention,
      @JsonProperty("hardware_level") int hardwareLevel,
      @JsonProperty("population_id") @Nullable String populationId,
      @JsonProperty("duration") long duration,
      @JsonProperty("elapsed") long elapsed,
      @JsonProperty("started_at") Instant startedAt,
      @JsonProperty("ended_at") @Nullable Instant endedAt) {}

  /**
   * Rates of the book.
   *
   * @param count how many fit in all, of which {@code rates} may be a part
   */
  record Rates(
      @JsonProperty("status") String status,
      @JsonProperty("rates") List<BookRate> rates,
      @JsonProperty("count") long count) {

    /** Copies the rows. */
    public Rates {
      rates = List.copyOf(rates);
    }
  }

  /**
   * A rate of the book.
   *
   * @param rate 0 to 100 in steps of a tenth
   * @param name 1 to 100 characters, each name once
   * @param category 1 to 50 characters
   * @param description up to 1 000 characters
   * @param applications up to 20 words
   */
  record BookRate(
      @JsonProperty(value = "rate", required = true) Double rate,
      @JsonProperty(value = "name", required = true) String name,
      @JsonProperty(value = "category", required = true) String category,
      @JsonProperty("description") @Nullable String description,
      @JsonProperty("applications") @Nullable List<String> applications) {}

  /** A rate that was added. */
  record RateAdded(@JsonProperty("status") String status, @JsonProperty("rate") BookRate rate) {}
}
