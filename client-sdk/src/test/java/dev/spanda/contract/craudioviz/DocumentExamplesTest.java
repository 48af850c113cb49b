package dev.spanda.contract.craudioviz;

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

  private static final String FOLDER = "/examples/craudioviz/";

  private final ObjectMapper mapper = WireJson.mapper();

  static Stream<Arguments> examples() {
    return Stream.of(
        Arguments.of("account-profile-answer", AccountApi.Profile.class),
        Arguments.of("credits-check-balance-answer", CreditsApi.Balance.class),
        Arguments.of("credits-purchase-credits-request", CreditsApi.Order.class),
        Arguments.of("credits-purchase-credits-answer", CreditsApi.Purchased.class),
        Arguments.of("credits-transaction-history-answer", CreditsApi.Transactions.class),
        Arguments.of("projects-create-project-request", ProjectsApi.NewProject.class),
        Arguments.of("projects-create-project-answer", ProjectsApi.Created.class),
        Arguments.of("projects-list-projects-answer", ProjectsApi.Listing.class),
        Arguments.of("projects-get-project-answer", ProjectsApi.Project.class),
        Arguments.of("projects-update-project-request", ProjectsApi.Changes.class),
        Arguments.of("projects-delete-project-answer", ProjectsApi.Deleted.class),
        Arguments.of("tools-list-available-tools-answer", ToolsApi.Listing.class),
        Arguments.of("tools-use-tool-request", ToolsApi.Execution.class),
        Arguments.of("tools-use-tool-answer", ToolsApi.Started.class),
        Arguments.of("jobs-processing-answer", JobsApi.Job.class),
        Arguments.of("jobs-complete-answer", JobsApi.Job.class),
        Arguments.of("chat-send-message-request", ChatApi.Message.class),
        Arguments.of("chat-send-message-answer", ChatApi.Reply.class),
        Arguments.of("chat-continue-conversation-request", ChatApi.Message.class),
        Arguments.of("files-upload-file-answer", FilesApi.Stored.class),
        Arguments.of("webhooks-configure-webhook-request", WebhooksApi.NewWebhook.class),
        Arguments.of("webhooks-job-completed-event", WebhooksApi.JobCompleted.class),
        Arguments.of("webhooks-credits-low-event", WebhooksApi.CreditsLow.class),
        Arguments.of("error", CraudiovizError.class));
  }

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
