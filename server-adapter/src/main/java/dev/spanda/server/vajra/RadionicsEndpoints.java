package dev.spanda.server.vajra;

import static dev.spanda.server.vajra.Wire.SUCCESS;

import dev.spanda.contract.vajra.RadionicsApi;
import dev.spanda.core.Failure;
import dev.spanda.core.Page;
import dev.spanda.core.population.Populations;
import dev.spanda.core.radionics.Broadcast;
import dev.spanda.core.radionics.LetterTable;
import dev.spanda.core.radionics.Rate;
import dev.spanda.core.radionics.RateBook;
import dev.spanda.core.radionics.RateCalculator;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The chapter Radionics. */
final class RadionicsEndpoints implements RadionicsApi {

  private static final int USUAL_LIMIT = 50;
  private static final int USUAL_RATES = 200;
  private static final int USUAL_LEVEL = 1;

  private final RateBook book;
  private final dev.spanda.core.radionics.Broadcasts broadcasts;
  private final Populations populations;
  private final InstantSource clock;

  RadionicsEndpoints(
      RateBook book,
      dev.spanda.core.radionics.Broadcasts broadcasts,
      Populations populations,
      InstantSource clock) {
    this.book = book;
    this.broadcasts = broadcasts;
    this.populations = populations;
    this.clock = clock;
  }

  @Override
  public Calculated calculateRate(RateRequest request) {
    Rate rate =
        RateCalculator.calculate(
            request.intention(),
            Wire.or(request.targetName(), ""),
            request.method() == null
                ? RateCalculator.Method.GEMATRIA
                : Wire.word("method", request.method(), RateCalculator.Method.class),
            request.table() == null
                ? Optional.empty()
                : Optional.of(Wire.word("table", request.table(), LetterTable.class)));
    return new Calculated(
        SUCCESS,
        rate.rate(),
        request.intention(),
        rate.method().word(),
        rate.confidence(),
        rate.dials(),
        rate.balancing(),
        rate.unread().isEmpty() ? null : rate.unread());
  }

  @Override
  public BroadcastStarted broadcast(BroadcastRequest request) {
    if (request.populationId() != null) {
      // Asked for its failure when there is none.
      Object unused = populations.find(request.populationId());
    }
    String intention = Wire.or(request.intention(), "");
    Broadcast broadcast =
        broadcasts.start(
            request.rate() == null ? rateOf(intention) : request.rate(),
            Duration.ofSeconds(request.duration()),
            intention,
            Wire.or(request.hardwareLevel(), USUAL_LEVEL),
            Optional.ofNullable(request.populationId()));
    return new BroadcastStarted(
        SUCCESS,
        "Radionics broadcast started",
        broadcast.rate(),
        broadcast.duration().toSeconds(),
        broadcast.id(),
        broadcast.carrierHz());
  }

  @Override
  public Broadcasts broadcasts(
      @Nullable String status, @Nullable Integer limit, @Nullable Integer offset) {
    Page<Broadcast> page =
        broadcasts.list(
            status == null
                ? Optional.empty()
                : Optional.of(Wire.word("status", status, Broadcast.Status.class)),
            Wire.or(limit, USUAL_LIMIT),
            Wire.or(offset, 0));
    return new Broadcasts(
        SUCCESS,
        page.items().stream().map(this::row).toList(),
        page.total(),
        page.limit(),
        page.offset());
  }

  @Override
  public BroadcastStatus broadcastStatus(String broadcastId) {
    return new BroadcastStatus(SUCCESS, row(broadcasts.find(broadcastId)));
  }

  @Override
  public BroadcastStatus stopBroadcast(String broadcastId) {
    return new BroadcastStatus(SUCCESS, row(broadcasts.stop(broadcastId)));
  }

  @Override
  public Rates rates(
      @Nullable String category,
      @Nullable String search,
      @Nullable Integer limit,
      @Nullable Integer offset) {
    Page<RateBook.Entry> page =
        book.find(
            Optional.ofNullable(category),
            Wire.or(search, ""),
            Wire.or(limit, USUAL_RATES),
            Wire.or(offset, 0));
    return new Rates(
        SUCCESS, page.items().stream().map(RadionicsEndpoints::entry).toList(), page.total());
  }

  @Override
  public RateAdded addRate(BookRate rate) {
    RateBook.Entry entry =
        new RateBook.Entry(
            rate.rate(),
            rate.name(),
            rate.category(),
            Wire.or(rate.description(), ""),
            Wire.list("applications", rate.applications()));
    book.add(entry);
    return new RateAdded(SUCCESS, entry(entry));
  }

  /**
   * The rate of an intention: by gematria, or by hash when no table reads a letter of it.
   *
   * @throws Failure INVALID, subject {@code rate}, when there is no intention either
   */
  static double rateOf(String intention) {
    if (intention.isBlank()) {
      throw Failure.invalid(
          "rate", null, "A broadcast needs a rate between 0 and 100 or an intention to make it of");
    }
    RateCalculator.Method method =
        LetterTable.of(intention).sum(intention) > 0
            ? RateCalculator.Method.GEMATRIA
            : RateCalculator.Method.HASH;
    return RateCalculator.calculate(intention, "", method, Optional.empty()).rate();
  }

  private static BookRate entry(RateBook.Entry entry) {
    return new BookRate(
        entry.rate(), entry.name(), entry.category(), entry.description(), entry.applications());
  }

  private BroadcastState row(Broadcast broadcast) {
    return new BroadcastState(
        broadcast.id(),
        broadcast.status().word(),
        broadcast.rate(),
        broadcast.carrierHz(),
        broadcast.intention(),
        broadcast.hardwareLevel(),
        broadcast.population().orElse(null),
        broadcast.duration().toSeconds(),
        broadcast.elapsed(clock.instant()).toSeconds(),
        broadcast.startedAt().truncatedTo(ChronoUnit.SECONDS),
        broadcast.endedAt().map(at -> at.truncatedTo(ChronoUnit.SECONDS)).orElse(null));
  }
}
