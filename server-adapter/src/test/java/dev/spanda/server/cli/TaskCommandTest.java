package dev.spanda.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.contract.http.WireJson;
import dev.spanda.server.Config;
import dev.spanda.server.Server;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TaskCommandTest {

  private record Ran(int exit, String out, String err) {
    JsonNode json() throws Exception {
      assertThat(exit).as(err).isZero();
      return WireJson.mapper().readTree(out);
    }
  }

  @TempDir private Path folder;

  private static Ran run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> all = new ArrayList<>(List.of("task"));
    all.addAll(List.of(arguments));
    int exit = Main.run(new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
    return new Ran(exit, out.toString(), err.toString());
  }

  @Test
  void aTaskIsCreatedListedShownRunAndDeleted() throws Exception {
    Config config = Config.in(folder).onFreePorts().asDemo();
    Config alone =
        new Config(
            config.host(),
            config.ports(),
            Set.of("octospine"),
            folder,
            null,
            true,
            1,
            false,
            -1,
            Set.of());
    try (Server server = Server.start(alone)) {
      Files.writeString(folder.resolve("credentials.json"), Report.json(server.credentials()));
      String data = folder.toString();
      JsonNode created =
          run(
                  "create",
                  "Copy",
                  "--parameters",
                  "{\"source\":\"inline\",\"data\":\"a\\n1\\n\"}",
                  "--every",
                  "600",
                  "--priority",
                  "high",
                  "--data",
                  data,
                  "--json")
              .json();
      String id = created.get("id").asText();
      assertThat(run("list", "--data", data).out).contains(id, "1 of 1 tasks");
      assertThat(run("run", id, "--data", data).exit).isZero();
      assertThat(run("show", id, "--data", data).out).contains("high", "average_duration");
      assertThat(run("runs", id, "--data", data, "--json").json().get("runs")).hasSize(1);
      String url = server.mounts().get("octospine").toString();
      assertThat(run("list", "--url", url, "--key", "YOUR_API_KEY", "--json").json().get("tasks"))
          .hasSize(1);
      Ran refused = run("create", "Paint", "--type", "paint", "--data", data);
      assertThat(refused.exit).isEqualTo(1);
      assertThat(refused.err).contains("VALIDATION_ERROR", "data_processing");
      assertThat(run("list", "--url", url, "--key", "wrong").err).contains("AUTHENTICATION_FAILED");
      assertThat(run("delete", id, "--data", data).exit).isZero();
      assertThat(run("show", id, "--data", data).err).contains("RESOURCE_NOT_FOUND");
    }
  }

  @Test
  void aFolderIsTheDemosOwnAndNoOther() throws Exception {
    Ran none = run("list", "--data", folder.resolve("nowhere").toString());
    assertThat(none.exit).isEqualTo(2);
    assertThat(none.err).contains("There is no folder", "nowhere").doesNotContain("\tat ");
    Ran other = run("list", "--data", folder.toString());
    assertThat(other.exit).isEqualTo(2);
    assertThat(other.err).contains("No demo", "--url and --key");
    Path file = folder.resolve("credentials.json");
    Files.writeString(file, "{");
    assertThat(run("list", "--data", folder.toString()).err).contains("is not JSON");
    // A demo of other mounts must not send its key to whatever listens at the usual address.
    Files.writeString(
        file,
        "{\"mounts\":{\"vajra\":\"http://127.0.0.1:8008\"},"
            + "\"octospine\":{\"api_key\":\"YOUR_API_KEY\"}}");
    Ran elsewhere = run("list", "--data", folder.toString());
    assertThat(elsewhere.exit).isEqualTo(2);
    assertThat(elsewhere.err).contains("does not serve octospine");
    Files.writeString(
        file,
        "{\"mounts\":{\"octospine\":\"http://127.0.0.1:1\"},"
            + "\"octospine\":{\"api_key\":\"YOUR_API_KEY\"}}");
    Ran stopped = run("list", "--data", folder.toString());
    assertThat(stopped.exit).isEqualTo(1);
    assertThat(stopped.err).contains("does not answer at http://127.0.0.1:1");
    assertThat(run("list", "--data", folder.toString(), "--key", "mine").err)
        .contains("in the place of --url and --key");
  }

  @Test
  void wrongOptionsAreRefused() {
    Ran address = run("list", "--url", "ftp://x", "--key", "k");
    assertThat(address.exit).isEqualTo(2);
    assertThat(address.err).contains("http or https").doesNotContain("\tat ");
    assertThat(run("list", "--data", folder.toString()).exit).isEqualTo(2);
    assertThat(run("create", "x", "--every", "5", "--cron", "* * * * *", "--key", "k").exit)
        .isEqualTo(2);
    assertThat(run("create", "x", "--parameters", "[1]", "--key", "k").exit).isEqualTo(2);
  }
}
