package dev.spanda.contract.biofield;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.spanda.contract.http.WireJson;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each example of the document goes through its record and comes out the same. */
class BiofieldDocumentTest {

  private static final String FOLDER = "/examples/biofield/";

  private final ObjectMapper mapper = WireJson.mapper();

  static Stream<Arguments> examples() {
    return Stream.of(
        Arguments.of("auth-token-request", AuthApi.Login.class),
        Arguments.of("auth-token-answer", AuthApi.Tokens.class),
        Arguments.of("auth-refresh-request", AuthApi.Refresh.class),
        Arguments.of("analysis-capture-pip-settings", AnalysisApi.PipSettings.class),
        Arguments.of("analysis-capture-answer", AnalysisApi.Analysis.class),
        Arguments.of("analysis-history-answer", AnalysisApi.History.class),
        Arguments.of("baseline-create-request", BaselineApi.Creation.class),
        Arguments.of("baseline-create-answer", BaselineApi.Baseline.class),
        Arguments.of("baseline-current-answer", BaselineApi.Current.class),
        Arguments.of("baseline-current-none-answer", BaselineApi.Current.class),
        Arguments.of("baseline-activate-answer", BaselineApi.Activated.class),
        Arguments.of("baseline-delete-answer", BaselineApi.Deleted.class),
        Arguments.of("capture-frame-answer", CaptureApi.Frame.class),
        Arguments.of("capture-batch-answer", CaptureApi.Batch.class),
        Arguments.of("export-session-answer", ExportApi.Session.class),
        Arguments.of("realtime-auth", RealtimeSocket.FromClient.class),
        Arguments.of("realtime-session-start", RealtimeSocket.FromClient.class),
        Arguments.of("realtime-frame", RealtimeSocket.FromClient.class),
        Arguments.of("realtime-session-end", RealtimeSocket.FromClient.class),
        Arguments.of("realtime-ping", RealtimeSocket.FromClient.class),
        Arguments.of("realtime-auth-success", RealtimeSocket.FromServer.class),
        Arguments.of("realtime-session-started", RealtimeSocket.FromServer.class),
        Arguments.of("realtime-metrics", RealtimeSocket.FromServer.class),
        Arguments.of("realtime-session-ended", RealtimeSocket.FromServer.class),
        Arguments.of("realtime-error", RealtimeSocket.FromServer.class),
        Arguments.of("realtime-pong", RealtimeSocket.FromServer.class),
        Arguments.of("metrics-metrics", MetricsSocket.FromServer.class),
        Arguments.of("error", BiofieldError.class),
        Arguments.of("error-invalid-image-format", BiofieldError.class),
        Arguments.of("error-analysis-failed", BiofieldError.class),
        Arguments.of("error-rate-limit", BiofieldError.class));
  }

  /** JsonNode equality tells 600 from 600.0, which is what "the same" means here. */
  @ParameterizedTest
  @MethodSource("examples")
  void anExampleReadAndWrittenLosesNothing(String name, Class<?> record) throws IOException {
    JsonNode example = example(name);
    Object value = mapper.readerFor(record).readValue(example);
    assertThat(mapper.readTree(mapper.writeValueAsBytes(value))).isEqualTo(example);
  }

  @Test
  void metricsAreReadSideBySideAndInGroups() throws IOException {
    FlatMetrics flat =
        mapper.readValue("{\"avgIntensity\":128.45,\"contourCount\":47}", FlatMetrics.class);
    assertThat(flat.value("avgIntensity")).isEqualTo(128.45);
    assertThat(flat.value("contourCount")).isEqualTo(47.0);
    assertThat(flat.value("colorEntropy")).isNull();
    AnalysisApi.Metrics groups =
        mapper.treeToValue(
            example("analysis-capture-answer").get("metrics"), AnalysisApi.Metrics.class);
    String both = mapper.writeValueAsString(FlatMetrics.of(groups, Map.of("avgIntensity", 128.45)));
    JsonNode tree = mapper.readTree(both);
    assertThat(tree.at("/basic/avgIntensity").doubleValue()).isEqualTo(128.45);
    assertThat(tree.at("/avgIntensity").doubleValue()).isEqualTo(128.45);
    FlatMetrics again = mapper.readValue(both, FlatMetrics.class);
    assertThat(again.basic()).isEqualTo(groups.basic());
    assertThat(again.value("avgIntensity")).isEqualTo(128.45);
  }

  @Test
  void aBaselineWithoutANameSaysSo() throws IOException {
    JsonNode tree =
        mapper.valueToTree(
            new BaselineApi.Baseline(
                "baseline_1",
                null,
                true,
                java.time.Instant.EPOCH,
                FlatMetrics.of(
                    new AnalysisApi.Metrics(null, null, null, null, null, null), Map.of()),
                new AnalysisApi.Scores(1.0, null, null, null, null, null),
                null,
                null,
                null));
    assertThat(tree.has("name")).isTrue();
    assertThat(tree.get("name").isNull()).isTrue();
    assertThat(tree.has("description")).isFalse();
    assertThat(mapper.treeToValue(tree, BaselineApi.Current.class))
        .isInstanceOf(BaselineApi.Baseline.class);
  }

  @Test
  void secretsAreNotShown() {
    assertThat(new AuthApi.Login("a@b", "hidden", "c").toString()).doesNotContain("hidden");
    assertThat(new AuthApi.Refresh("hidden").toString()).doesNotContain("hidden");
    assertThat(new AuthApi.Tokens("hidden", "Bearer", 1, "hidden").toString())
        .doesNotContain("hidden");
    assertThat(new RealtimeSocket.Auth("hidden").toString()).doesNotContain("hidden");
    assertThat(new MetricsSocket.Auth("hidden").toString()).doesNotContain("hidden");
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

  private JsonNode example(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(getClass().getResourceAsStream(FOLDER + name + ".json"))) {
      return mapper.readTree(in);
    }
  }
}
