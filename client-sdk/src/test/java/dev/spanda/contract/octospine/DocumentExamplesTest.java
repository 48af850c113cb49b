package dev.spanda.contract.octospine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.type.TypeFactory;
import dev.spanda.contract.http.WireJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each example of the document goes through its record and comes out the same. */
class DocumentExamplesTest {

  private static final String FOLDER = "/examples/octospine/";

  private final ObjectMapper mapper = WireJson.mapper();

  static Stream<Arguments> answers() {
    return Stream.of(
        Arguments.of("answer", Object.class),
        Arguments.of("system-health-answer", SystemApi.Health.class),
        Arguments.of("system-status-answer", SystemApi.Status.class),
        Arguments.of("system-config-answer", SystemApi.Configuration.class),
        Arguments.of("metrics-system-answer", MetricsApi.SystemMetrics.class),
        Arguments.of("metrics-applications-answer", MetricsApi.ApplicationMetrics.class),
        Arguments.of("tasks-create-answer", TasksApi.Created.class),
        Arguments.of("tasks-list-answer", TasksApi.Listing.class),
        Arguments.of("tasks-get-answer", TasksApi.Task.class),
        Arguments.of("agents-create-answer", AgentsApi.Created.class),
        Arguments.of("agents-list-answer", AgentsApi.Listing.class),
        Arguments.of("agents-get-answer", AgentsApi.Agent.class),
        Arguments.of("consciousness-status-answer", ConsciousnessApi.Status.class),
        Arguments.of("consciousness-learn-answer", ConsciousnessApi.Started.class),
        Arguments.of("documentation-generate-answer", DocumentationApi.Begun.class),
        Arguments.of("documentation-status-answer", DocumentationApi.Status.class),
        Arguments.of("documentation-search-answer", DocumentationApi.SearchAnswer.class),
        Arguments.of("automations-create-answer", AutomationsApi.Automation.class),
        Arguments.of("automations-list-answer", AutomationsApi.Listing.class));
  }

  static Stream<Arguments> plain() {
    return Stream.of(
        Arguments.of("error", OctospineError.class),
        Arguments.of("socket-system-status", OctospineSocket.FromServer.class),
        Arguments.of("socket-task-progress", OctospineSocket.FromServer.class),
        Arguments.of("socket-alert-new", OctospineSocket.FromServer.class),
        Arguments.of("socket-log-entry", OctospineSocket.FromServer.class),
        Arguments.of("socket-subscribe-system-status", OctospineSocket.FromClient.class),
        Arguments.of("socket-subscribe-task-progress", OctospineSocket.FromClient.class),
        Arguments.of("tasks-create-request", TasksApi.NewTask.class),
        Arguments.of("tasks-update-request", TasksApi.Change.class),
        Arguments.of("agents-create-request", AgentsApi.NewAgent.class),
        Arguments.of("consciousness-learn-request", ConsciousnessApi.Lesson.class),
        Arguments.of("documentation-generate-request", DocumentationApi.Plan.class),
        Arguments.of("automations-create-request", AutomationsApi.Plan.class));
  }

  @ParameterizedTest
  @MethodSource("answers")
  void anAnswerReadAndWrittenLosesNothing(String name, Class<?> data) throws IOException {
    TypeFactory types = mapper.getTypeFactory();
    losesNothing(name, types.constructParametricType(OctospineAnswer.class, data));
  }

  @ParameterizedTest
  @MethodSource("plain")
  void anExampleReadAndWrittenLosesNothing(String name, Class<?> record) throws IOException {
    losesNothing(name, mapper.constructType(record));
  }

  private void losesNothing(String name, JavaType type) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(getClass().getResourceAsStream(FOLDER + name + ".json"), name)) {
      JsonNode example = mapper.readTree(in);
      Object value = mapper.readerFor(type).readValue(example);
      assertThat(mapper.readTree(mapper.writeValueAsBytes(value))).isEqualTo(example);
    }
  }
}
