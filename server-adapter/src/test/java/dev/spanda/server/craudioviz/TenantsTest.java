package dev.spanda.server.craudioviz;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.client.CraudiovizClient;
import dev.spanda.contract.craudioviz.AccountApi;
import dev.spanda.contract.craudioviz.ChatApi;
import dev.spanda.contract.craudioviz.CreditsApi;
import dev.spanda.contract.craudioviz.FilesApi;
import dev.spanda.contract.craudioviz.JobsApi;
import dev.spanda.contract.craudioviz.ProjectsApi;
import dev.spanda.contract.craudioviz.ToolsApi;
import dev.spanda.contract.craudioviz.WebhooksApi;
import dev.spanda.contract.http.Operation;
import dev.spanda.contract.http.Upload;
import dev.spanda.contract.http.WireJson;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever operation there is: what belongs to another account is not there. */
class TenantsTest {

  private static final List<Class<?>> CONTRACTS =
      List.of(
          AccountApi.class,
          CreditsApi.class,
          ProjectsApi.class,
          ToolsApi.class,
          JobsApi.class,
          ChatApi.class,
          FilesApi.class,
          WebhooksApi.class);

  @Test
  void anothersRecordIsNotFoundByAnyOperation(@TempDir Path folder) throws Exception {
    try (CraudiovizServer server = CraudiovizServer.in(folder)) {
      CraudiovizClient owner = server.client();
      Map<String, String> ids = new HashMap<>();
      ids.put("project_id", owner.projects().create("Mine").id());
      ids.put(
          "file_id",
          owner
              .files()
              .upload(Upload.of(Upload.Part.of("file", "a.txt", "text/plain", new byte[] {65})))
              .id());
      ids.put(
          "webhook_id",
          owner
              .webhooks()
              .create(
                  new WebhooksApi.NewWebhook(
                      "https://example.com/hook", List.of("job.completed"), "a long secret"))
              .id());
      ids.put("key_id", owner.account().keys().apiKeys().get(0).id());
      ids.put("chat_id", owner.chat().start("Hello").chatId());
      ids.put(
          "job_id",
          owner
              .tools()
              .execute(
                  "birth_chart",
                  ToolsApi.Execution.of(
                      Map.of("date_time", "2000-01-01T12:00Z", "latitude", 1, "longitude", 2)))
              .id());
      owner.jobs().wait(ids.get("job_id"));
      List<String> tried = new ArrayList<>();
      for (Class<?> contract : CONTRACTS) {
        for (Operation operation : Operation.of(contract)) {
          if (operation.pathVariables().isEmpty()
              || operation.pathVariables().contains("tool_id")) {
            continue;
          }
          String path = operation.path();
          for (String variable : operation.pathVariables()) {
            assertThat(ids).as(operation.path()).containsKey(variable);
            path = path.replace("{" + variable + "}", ids.get(variable));
          }
          Object body = operation.body() == null ? null : Map.of("message", "Hi", "name", "X");
          HttpResponse<String> answer =
              server.send(server.live(), CraudiovizServer.LOW_KEY, operation.verb(), path, body);
          assertThat(answer.statusCode()).as(operation.verb() + " " + path).isEqualTo(404);
          JsonNode error = WireJson.mapper().readTree(answer.body());
          String variable = operation.pathVariables().iterator().next();
          assertThat(error.at("/error/code").asText())
              .isEqualTo(variable.replace("_id", "_not_found"));
          tried.add(operation.verb() + " " + operation.path());
        }
      }
      assertThat(tried).hasSizeGreaterThanOrEqualTo(14);
      // What stands in a body or beside a form is looked at as well.
      for (Object body :
          List.of(
              Map.of("project_id", ids.get("project_id"), "inputs", Map.of("text", "A")),
              Map.of("inputs", Map.of("text", "A", "colors", List.of())))) {
        HttpResponse<String> answer =
            server.send(
                server.live(), CraudiovizServer.LOW_KEY, "POST", "/tools/logo_maker/execute", body);
        assertThat(answer.statusCode()).isIn(402, 404);
      }
      HttpResponse<String> file =
          server.send(
              server.live(),
              CraudiovizServer.LOW_KEY,
              "POST",
              "/tools/image_resizer/execute",
              Map.of("inputs", Map.of("file_id", ids.get("file_id"), "width", 1, "height", 1)));
      assertThat(file.statusCode()).isEqualTo(404);
      // And all of it is still there for its owner.
      assertThat(owner.projects().get(ids.get("project_id")).name()).isEqualTo("Mine");
      assertThat(owner.webhooks().list().webhooks()).hasSize(1);
      assertThat(owner.files().download(ids.get("file_id")).bytes()).containsExactly(65);
    }
  }
}
