package dev.spanda.server.vajra;

import dev.spanda.audio.play.HardwareProfile;
import dev.spanda.contract.vajra.AudioApi;
import dev.spanda.core.Failure;
import dev.spanda.core.automation.Action;
import dev.spanda.core.blessing.Blessings;
import dev.spanda.core.population.Population;
import dev.spanda.core.population.Populations;
import dev.spanda.core.radionics.Broadcast;
import dev.spanda.core.radionics.Broadcasts;
import dev.spanda.core.session.Session;
import dev.spanda.core.session.SessionPlan;
import dev.spanda.core.session.Sessions;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** What the workflows of Vajra.Stream can do. */
final class PracticeActions {

  private PracticeActions() {}

  /**
   * Synthesises with the given settings, as the operation of that name does, and plays the sound
   * when asked to.
   */
  record GenerateAudio(Studio studio) implements Action {

    private static final List<String> NAMES =
        List.of(
            "frequency",
            "duration",
            "volume",
            "prayer_bowl_mode",
            "harmonic_strength",
            "modulation_depth",
            "play",
            "hardware_level");
    private static final int USUAL_LEVEL = 2;

    @Override
    public String type() {
      return "generate_audio";
    }

    @Override
    public void check(Map<String, Object> params) {
      Params given = new Params(params, NAMES);
      studio.check(settings(given));
      boolean unused = plays(given);
      HardwareProfile unusedProfile = HardwareProfile.ofLevel(level(given));
    }

    @Override
    public Result run(Map<String, Object> params, Context context) {
      Params given = new Params(params, NAMES);
      Studio.Take take = studio.generate(settings(given));
      boolean plays = plays(given);
      if (plays) {
        Studio.Take unused = studio.play(level(given), null);
      }
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("frequency", take.settings().frequencyHz());
      values.put("duration", Wire.plain(Wire.seconds(take.settings().duration())));
      values.put("samples", take.sound().frames());
      values.put("max_amplitude", take.peak());
      values.put("playing", plays);
      return new Result("Audio generation completed", values);
    }

    private static AudioApi.Settings settings(Params params) {
      return new AudioApi.Settings(
          params.number("frequency"),
          params.number("duration"),
          params.number("volume"),
          params.truth("prayer_bowl_mode"),
          params.number("harmonic_strength"),
          params.number("modulation_depth"));
    }

    private static boolean plays(Params params) {
      return Wire.or(params.truth("play"), false);
    }

    private static int level(Params params) {
      return params.count("hardware_level", USUAL_LEVEL);
    }
  }

  /** Creates and starts a session, for a population when one is given. */
  record StartSession(Sessions sessions, Populations populations) implements Action {

    private static final List<String> NAMES =
        List.of("name", "intention", "duration", "frequency", "modalities", "population_id");
    private static final long USUAL_SECONDS = 1_800;

    @Override
    public String type() {
      return "start_session";
    }

    @Override
    public void check(Map<String, Object> params) {
      Params given = new Params(params, NAMES);
      SessionPlan unused = plan(given);
      requirePopulation(populations, given.text("population_id"));
    }

    @Override
    public Result run(Map<String, Object> params, Context context) {
      Params given = new Params(params, NAMES);
      String population = given.text("population_id");
      requirePopulation(populations, population);
      Session created = sessions.create(plan(given));
      Session session = sessions.start(created.id());
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("session_id", session.id());
      if (population != null) {
        populations.assign(population, Populations.Work.SESSION, session.id());
        values.put("population_id", population);
      }
      return new Result("Session started", values);
    }

    private static SessionPlan plan(Params params) {
      return SessionsEndpoints.plan(
          Wire.or(params.text("name"), "Automated session"),
          Wire.or(params.whole("duration"), USUAL_SECONDS),
          params.text("intention"),
          params.number("frequency"),
          params.texts("modalities"));
    }
  }

  /**
   * Makes a blessing for a population and broadcasts the rate of its intention, so that the
   * population counts it.
   */
  record BroadcastBlessing(
      Blessings blessings, Broadcasts broadcasts, Populations populations, Announcer announcer)
      implements Action {

    private static final List<String> NAMES =
        List.of("population_id", "intention", "duration", "rate", "hardware_level", "qualities");
    private static final long USUAL_SECONDS = 300;
    private static final int USUAL_LEVEL = 1;
    private static final List<String> USUAL_QUALITIES = List.of("love", "peace", "healing");
    private static final int MOST_QUALITIES = 12;
    private static final int LONGEST_QUALITY = 60;
    private static final Duration SPOKEN = Duration.ofSeconds(60);

    @Override
    public String type() {
      return "broadcast_blessing";
    }

    @Override
    public void check(Map<String, Object> params) {
      Params given = new Params(params, NAMES);
      Population population = populations.find(given.requiredText("population_id"));
      Order order = order(given, population);
      Broadcasts.check(order.rate(), order.duration(), order.intention(), order.level());
      Failure.requireInRange(
          "qualities", "Number of qualities", order.qualities().size(), 1, MOST_QUALITIES, "");
      for (String quality : order.qualities()) {
        String unused = Failure.requireText("qualities", "Quality", quality, 1, LONGEST_QUALITY);
      }
    }

    @Override
    public Result run(Map<String, Object> params, Context context) {
      Params given = new Params(params, NAMES);
      Population population = populations.find(given.requiredText("population_id"));
      Order order = order(given, population);
      // The same text for every attempt at this step of this run.
      String text =
          blessings
              .compassionate(
                  population.plan().name(),
                  order.qualities(),
                  SPOKEN,
                  OptionalLong.of(context.key().hashCode()))
              .text();
      Broadcast broadcast =
          broadcasts.start(
              order.rate(),
              order.duration(),
              order.intention(),
              order.level(),
              Optional.of(population.id()));
      Map<String, Object> payload = new LinkedHashMap<>();
      payload.put("broadcast_id", broadcast.id());
      payload.put("population_id", population.id());
      payload.put("intention", order.intention());
      payload.put("started_at", broadcast.startedAt().truncatedTo(ChronoUnit.SECONDS).toString());
      announcer.announce("BLESSING_STARTED", payload);
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("broadcast_id", broadcast.id());
      values.put("population_id", population.id());
      values.put("rate", broadcast.rate());
      values.put("duration", broadcast.duration().toSeconds());
      values.put("blessing", text);
      return new Result("Blessing broadcast for " + population.plan().name(), values);
    }

    private record Order(
        double rate, Duration duration, String intention, int level, List<String> qualities) {}

    private static Order order(Params params, Population population) {
      String own = population.plan().intention();
      String intention =
          Wire.or(params.text("intention"), own.isBlank() ? population.plan().name() : own);
      Double rate = params.number("rate");
      return new Order(
          rate == null ? RadionicsEndpoints.rateOf(intention) : rate,
          Duration.ofSeconds(Wire.or(params.whole("duration"), USUAL_SECONDS)),
          intention,
          params.count("hardware_level", USUAL_LEVEL),
          Wire.or(params.texts("qualities"), USUAL_QUALITIES));
    }
  }

  private static void requirePopulation(Populations populations, @Nullable String id) {
    if (id != null) {
      Population unused = populations.find(id);
    }
  }
}
