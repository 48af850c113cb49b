package dev.spanda.server.web;

import dev.spanda.contract.craudioviz.AccountApi;
import dev.spanda.contract.craudioviz.ChatApi;
import dev.spanda.contract.craudioviz.CraudiovizError;
import dev.spanda.contract.craudioviz.CreditsApi;
import dev.spanda.contract.craudioviz.FilesApi;
import dev.spanda.contract.craudioviz.JobsApi;
import dev.spanda.contract.craudioviz.ProjectsApi;
import dev.spanda.contract.craudioviz.ToolsApi;
import dev.spanda.contract.craudioviz.WebhooksApi;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CraudiovizOpenApiTest {

  @Test
  void theCommittedDescriptionIsThatOfTheContracts() throws IOException {
    OpenApiFiles.assertCurrent(
        "craudioviz",
        "CRAudioViz",
        "1.0.0",
        "/v1",
        CraudiovizError.class,
        List.of(
            AccountApi.class,
            CreditsApi.class,
            ProjectsApi.class,
            ToolsApi.class,
            JobsApi.class,
            ChatApi.class,
            FilesApi.class,
            WebhooksApi.class));
  }
}
