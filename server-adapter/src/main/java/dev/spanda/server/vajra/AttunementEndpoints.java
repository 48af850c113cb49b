package dev.spanda.server.vajra;

import static dev.spanda.server.vajra.Wire.SUCCESS;

import dev.spanda.contract.vajra.AttunementApi;
import dev.spanda.core.Page;
import dev.spanda.core.attunement.Attunement;
import dev.spanda.core.attunement.AttunementPlan;
import dev.spanda.core.attunement.Attunements;
import dev.spanda.core.attunement.BitSource;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The chapter RNG Attunement. */
final class AttunementEndpoints implements AttunementApi {

  private static final int USUAL_LIMIT = 50;

  private final Attunements attunements;

  AttunementEndpoints(Attunements attunements) {
    this.attunements = attunements;
  }

  @Override
  public Created create(Plan plan) {
    Attunement attunement =
        attunements.start(
            new AttunementPlan(
                plan.intention(),
                Duration.ofSeconds(plan.duration()),
                plan.source() == null
                    ? BitSource.Kind.SYSTEM
                    : Wire.word("source", plan.source(), BitSource.Kind.class),
                plan.targetDeviation() == null
                    ? OptionalDouble.empty()
                    : OptionalDouble.of(plan.targetDeviation()),
                plan.seed() == null ? OptionalLong.empty() : OptionalLong.of(plan.seed())));
    return new Created(
        SUCCESS,
        attunement.id(),
        attunement.plan().intention(),
        seconds(attunement.startedAt()),
        seconds(attunement.endsAt()),
        attunement.source().word(),
        attunement.note().isEmpty() ? null : attunement.note());
  }

  @Override
  public Answer reading(String sessionId) {
    dev.spanda.core.attunement.Reading reading = attunements.look(sessionId);
    Attunement attunement = attunements.find(sessionId);
    return new Answer(
        SUCCESS, sessionId, row(reading), interpretation(attunement, reading), row(attunement));
  }

  @Override
  public Listing list(@Nullable Integer limit, @Nullable Integer offset) {
    Page<Attunement> page = attunements.list(Wire.or(limit, USUAL_LIMIT), Wire.or(offset, 0));
    return new Listing(
        SUCCESS,
        page.items().stream().map(AttunementEndpoints::row).toList(),
        page.total(),
        page.limit(),
        page.offset());
  }

  @Override
  public Answer stop(String sessionId) {
    Attunement unused = attunements.stop(sessionId);
    return reading(sessionId);
  }

  /** A reading as the wire shows it. */
  static Reading row(dev.spanda.core.attunement.Reading reading) {
    return new Reading(
        reading.deviation(),
        reading.pValue(),
        reading.significance().word(),
        reading.bits(),
        reading.trend().word(),
        new Tests(
            number(reading.monobitZ()),
            number(reading.runsPValue()),
            number(reading.chiSquare()),
            number(reading.chiSquarePValue()),
            number(reading.serialCorrelation()),
            number(reading.serialCorrelationPValue())),
        reading.cumulativeDeviation());
  }

  /** What the numbers are worth, where the bits came from, and what was hoped for. */
  private static String interpretation(
      Attunement attunement, dev.spanda.core.attunement.Reading reading) {
    StringBuilder text = new StringBuilder(reading.interpretation(attunement.looks()));
    if (attunement.plan().targetDeviation().isPresent()) {
      text.append(
          String.format(
              Locale.ROOT,
              " The deviation that was hoped for is %+.4f, the one that came is %+.4f.",
              attunement.plan().targetDeviation().getAsDouble(),
              reading.deviation()));
    }
    if (!attunement.note().isEmpty()) {
      text.append(' ').append(attunement.note()).append('.');
    }
    return text.toString();
  }

  private static State row(Attunement attunement) {
    OptionalDouble target = attunement.plan().targetDeviation();
    return new State(
        attunement.id(),
        attunement.status().word(),
        attunement.plan().intention(),
        attunement.source().word(),
        attunement.plan().source().word(),
        number(target),
        seconds(attunement.startedAt()),
        seconds(attunement.endsAt()),
        attunement.endedAt().map(AttunementEndpoints::seconds).orElse(null));
  }

  private static @Nullable Double number(OptionalDouble value) {
    return value.isPresent() ? Double.valueOf(value.getAsDouble()) : null;
  }

  private static Instant seconds(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS);
  }
}
