package dev.spanda.server.web;

import dev.spanda.contract.octospine.AgentsApi;
import dev.spanda.contract.octospine.AutomationsApi;
import dev.spanda.contract.octospine.ConsciousnessApi;
import dev.spanda.contract.octospine.DocumentationApi;
import dev.spanda.contract.octospine.GraphqlApi;
import dev.spanda.contract.octospine.MetricsApi;
import dev.spanda.contract.octospine.OctospineAnswer;
import dev.spanda.contract.octospine.OctospineError;
import dev.spanda.contract.octospine.SessionApi;
import dev.spanda.contract.octospine.SystemApi;
import dev.spanda.contract.octospine.TasksApi;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class OctospineOpenApiTest {

  @Test
  void theCommittedDescriptionIsThatOfTheContracts() throws IOException {
    OpenApiFiles.assertCurrent(
        "octospine",
        OpenApiWriter.write(
            "OCTOSPINE",
            "1.0.0",
            "",
            OctospineError.class,
            OctospineAnswer.class,
            List.of(
                SystemApi.class,
                SessionApi.class,
                TasksApi.class,
                AgentsApi.class,
                ConsciousnessApi.class,
                DocumentationApi.class,
                AutomationsApi.class,
                MetricsApi.class,
                GraphqlApi.class)));
  }
}
