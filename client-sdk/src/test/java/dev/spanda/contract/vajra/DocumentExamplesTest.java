package dev.spanda.contract.vajra;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.spanda.contract.http.WireJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each example of the document goes through its record and comes out the same. */
class DocumentExamplesTest {

  private static final String FOLDER = "/examples/vajra/";

  private final ObjectMapper mapper = WireJson.mapper();

  static Stream<Arguments> examples() {
    return Stream.of(
        Arguments.of("core-health-check-answer", CoreApi.Health.class),
        Arguments.of("core-api-root-answer", CoreApi.Root.class),
        Arguments.of("core-websocket-statistics-answer", CoreApi.SocketStatistics.class),
        Arguments.of("audio-generate-audio-request", AudioApi.Settings.class),
        Arguments.of("audio-generate-audio-answer", AudioApi.Generated.class),
        Arguments.of("audio-play-audio-request", AudioApi.PlayRequest.class),
        Arguments.of("audio-play-audio-answer", AudioApi.Playback.class),
        Arguments.of("audio-stop-audio-answer", AudioApi.Message.class),
        Arguments.of("audio-get-audio-status-answer", AudioApi.AudioStatus.class),
        Arguments.of("audio-get-audio-spectrum-answer", AudioApi.Spectrum.class),
        Arguments.of("audio-get-audio-presets-answer", AudioApi.Presets.class),
        Arguments.of("audio-get-frequency-ranges-answer", AudioApi.Ranges.class),
        Arguments.of("sessions-create-session-request", SessionsApi.Plan.class),
        Arguments.of("sessions-create-session-answer", SessionsApi.Created.class),
        Arguments.of("sessions-start-session-answer", SessionsApi.Started.class),
        Arguments.of("sessions-stop-session-answer", SessionsApi.Stopped.class),
        Arguments.of("sessions-get-session-status-answer", SessionsApi.Status.class),
        Arguments.of("astrology-get-current-astrological-data-answer", AstrologyApi.Current.class),
        Arguments.of("astrology-get-planetary-positions-answer", AstrologyApi.Positions.class),
        Arguments.of("astrology-get-moon-phase-answer", AstrologyApi.MoonPhase.class),
        Arguments.of(
            "astrology-calculate-astrocartography-lines-request", AstrologyApi.Birth.class),
        Arguments.of("astrology-calculate-astrocartography-lines-answer", AstrologyApi.Lines.class),
        Arguments.of("astrology-get-auspicious-times-answer", AstrologyApi.AuspiciousTimes.class),
        Arguments.of("astrology-get-planetary-hours-answer", AstrologyApi.PlanetaryHours.class),
        Arguments.of("scalar-generate-scalar-waves-request", ScalarApi.WaveRequest.class),
        Arguments.of("scalar-generate-scalar-waves-answer", ScalarApi.Wave.class),
        Arguments.of(
            "scalar-scalar-wave-breathing-cycle-request", ScalarApi.BreathingRequest.class),
        Arguments.of("scalar-scalar-wave-breathing-cycle-answer", ScalarApi.Breathing.class),
        Arguments.of("scalar-benchmark-scalar-waves-answer", ScalarApi.Benchmark.class),
        Arguments.of("radionics-calculate-radionics-rate-request", RadionicsApi.RateRequest.class),
        Arguments.of("radionics-calculate-radionics-rate-answer", RadionicsApi.Calculated.class),
        Arguments.of(
            "radionics-broadcast-radionics-rate-request", RadionicsApi.BroadcastRequest.class),
        Arguments.of(
            "radionics-broadcast-radionics-rate-answer", RadionicsApi.BroadcastStarted.class),
        Arguments.of("radionics-get-radionics-database-answer", RadionicsApi.Rates.class),
        Arguments.of(
            "blessings-generate-blessing-narrative-request", BlessingsApi.NarrativeRequest.class),
        Arguments.of("blessings-generate-blessing-narrative-answer", BlessingsApi.Narrative.class),
        Arguments.of(
            "blessings-compassionate-blessing-request", BlessingsApi.CompassionateRequest.class),
        Arguments.of(
            "blessings-compassionate-blessing-answer", BlessingsApi.CompassionateAnswer.class),
        Arguments.of(
            "blessings-mass-liberation-blessing-request", BlessingsApi.LiberationRequest.class),
        Arguments.of(
            "blessings-mass-liberation-blessing-answer", BlessingsApi.LiberationAnswer.class),
        Arguments.of("attunement-create-rng-session-request", AttunementApi.Plan.class),
        Arguments.of("attunement-create-rng-session-answer", AttunementApi.Created.class),
        Arguments.of("attunement-get-rng-reading-answer", AttunementApi.Answer.class),
        Arguments.of("populations-create-population-request", PopulationsApi.Plan.class),
        Arguments.of("populations-create-population-answer", PopulationsApi.Created.class),
        Arguments.of("populations-get-population-answer", PopulationsApi.Answer.class),
        Arguments.of("populations-list-populations-answer", PopulationsApi.Listing.class),
        Arguments.of("automation-create-automation-workflow-request", AutomationApi.Plan.class),
        Arguments.of("automation-create-automation-workflow-answer", AutomationApi.Created.class),
        Arguments.of("automation-list-workflows-answer", AutomationApi.Listing.class),
        Arguments.of(
            "visualization-generate-rothko-visualization-request",
            VisualizationApi.FieldRequest.class),
        Arguments.of(
            "visualization-generate-rothko-visualization-answer", VisualizationApi.Field.class),
        Arguments.of(
            "visualization-generate-sacred-geometry-request",
            VisualizationApi.PatternRequest.class),
        Arguments.of(
            "visualization-generate-sacred-geometry-answer", VisualizationApi.Pattern.class),
        Arguments.of("socket-real-time-data", VajraSocket.FromServer.class),
        Arguments.of("socket-heartbeat", VajraSocket.FromServer.class),
        Arguments.of("socket-connection-status", VajraSocket.FromServer.class),
        Arguments.of("socket-domain-events", VajraSocket.FromServer.class),
        Arguments.of("socket-pong", VajraSocket.FromServer.class),
        Arguments.of("socket-start-session", VajraSocket.FromClient.class),
        Arguments.of("socket-update-settings", VajraSocket.FromClient.class),
        Arguments.of("socket-ping", VajraSocket.FromClient.class),
        Arguments.of("error", VajraError.class));
  }

  /** JsonNode equality tells 1800 from 1800.0, which is what "the same" means here. */
  @ParameterizedTest
  @MethodSource("examples")
  void anExampleReadAndWrittenLosesNothing(String name, Class<?> record) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(getClass().getResourceAsStream(FOLDER + name + ".json"))) {
      JsonNode example = mapper.readTree(in);
      Object value = mapper.readerFor(record).readValue(example);
      assertThat(mapper.readTree(mapper.writeValueAsBytes(value))).isEqualTo(example);
    }
  }

  @Test
  void noExampleIsLeftOut() throws IOException, URISyntaxException {
    Path folder =
        Path.of(Objects.requireNonNull(getClass().getResource(FOLDER + "error.json")).toURI());
    Set<String> named = new TreeSet<>();
    examples().forEach(row -> named.add(row.get()[0] + ".json"));
    try (Stream<Path> files = Files.list(Objects.requireNonNull(folder.getParent()))) {
      Set<String> kept = new TreeSet<>();
      files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".json"))
          .forEach(kept::add);
      assertThat(kept).isEqualTo(named);
    }
  }
}
