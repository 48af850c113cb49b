package dev.spanda.server.vajra;

import static dev.spanda.server.vajra.Wire.SUCCESS;

import dev.spanda.contract.vajra.BlessingsApi;
import dev.spanda.core.blessing.Blessings;
import dev.spanda.core.blessing.Compassion;
import dev.spanda.core.blessing.Liberation;
import dev.spanda.core.blessing.NarrativePlan;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The chapter Blessings. */
final class BlessingsEndpoints implements BlessingsApi {

  private static final String ENGLISH = "en";
  private static final List<String> USUAL_QUALITIES = List.of("love", "peace", "healing");
  private static final int USUAL_SECONDS = 60;
  private static final String USUAL_SCOPE = "global";
  private static final String USUAL_LINEAGE = "Tibetan";
  private static final long USUAL_PRACTICE_SECONDS = 300;

  private final Blessings blessings;
  private final InstantSource clock;
  private final Announcer announcer;

  BlessingsEndpoints(Blessings blessings, InstantSource clock, Announcer announcer) {
    this.blessings = blessings;
    this.clock = clock;
    this.announcer = announcer;
  }

  @Override
  public Narrative generateNarrative(NarrativeRequest request) {
    dev.spanda.core.blessing.Narrative narrative =
        blessings.narrative(
            new NarrativePlan(
                request.intention(),
                Optional.ofNullable(request.target()),
                request.style() == null
                    ? NarrativePlan.Style.COMPASSIONATE
                    : NarrativePlan.Style.parse(request.style()),
                request.length() == null
                    ? NarrativePlan.Length.MEDIUM
                    : NarrativePlan.Length.parse(request.length()),
                Wire.or(request.language(), ENGLISH),
                seed(request.seed()),
                Optional.ofNullable(request.sessionId())));
    announce("narrative", request.sessionId(), request.intention(), narrative.readingTime());
    return new Narrative(
        SUCCESS,
        narrative.text(),
        narrative.wordCount(),
        narrative.readingTime().toSeconds(),
        narrative.model(),
        narrative.note().orElse(null));
  }

  @Override
  public CompassionateAnswer compassionateBlessing(CompassionateRequest request) {
    Compassion blessing =
        blessings.compassionate(
            request.recipient(),
            request.qualities() == null
                ? USUAL_QUALITIES
                : Wire.list("qualities", request.qualities()),
            Duration.ofSeconds(Wire.or(request.duration(), USUAL_SECONDS)),
            seed(request.seed()));
    announce("compassionate", null, request.recipient(), blessing.readingTime());
    return new CompassionateAnswer(
        SUCCESS,
        new CompassionateBlessing(
            blessing.text(),
            blessing.qualities(),
            blessing.energy().signature(),
            blessing.wordCount(),
            blessing.readingTime().toSeconds()));
  }

  @Override
  public LiberationAnswer massLiberation(LiberationRequest request) {
    Liberation blessing =
        blessings.massLiberation(
            Wire.or(request.scope(), USUAL_SCOPE),
            Wire.or(request.lineage(), USUAL_LINEAGE),
            Duration.ofSeconds(Wire.or(request.duration(), USUAL_PRACTICE_SECONDS)));
    announce("mass_liberation", null, blessing.scope(), blessing.duration());
    return new LiberationAnswer(
        SUCCESS,
        new LiberationBlessing(
            "mass_liberation",
            blessing.scope(),
            blessing.mantra(),
            blessing.dedication(),
            blessing.lineage(),
            blessing.repetitions(),
            blessing.malas(),
            blessing.duration().toSeconds()));
  }

  private void announce(
      String type, @Nullable String session, String intention, Duration duration) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("type", type);
    if (session != null) {
      payload.put("session_id", session);
    }
    payload.put("intention", intention);
    payload.put("duration", duration.toSeconds());
    payload.put("started_at", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    announcer.announce("BLESSING_STARTED", payload);
  }

  private static OptionalLong seed(@Nullable Long seed) {
    return seed == null ? OptionalLong.empty() : OptionalLong.of(seed);
  }
}
