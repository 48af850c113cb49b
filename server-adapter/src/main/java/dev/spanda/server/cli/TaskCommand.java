package dev.spanda.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.client.ApiException;
import dev.spanda.client.OctospineClient;
import dev.spanda.contract.http.WireJson;
import dev.spanda.contract.octospine.TasksApi;
import dev.spanda.core.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** Tasks of an OCTOSPINE server. */
@Command(
    name = "task",
    description =
        "Create, list, show, run and delete tasks of an OCTOSPINE server that runs: at --url with"
            + " --key, or the demo whose data folder is --data.",
    mixinStandardHelpOptions = true)
final class TaskCommand implements Runnable {

  private static final String KEY_VARIABLE = "SPANDA_OCTOSPINE_KEY";
  private static final URI USUAL = URI.create("http://127.0.0.1:8000");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--url",
      paramLabel = "URL",
      scope = ScopeType.INHERIT,
      description = "Where the server is; http://127.0.0.1:8000 by default.")
  private @Nullable URI url;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      scope = ScopeType.INHERIT,
      description = "An API key; by default what the environment names " + KEY_VARIABLE + ".")
  private @Nullable String key;

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      scope = ScopeType.INHERIT,
      description =
          "The data folder of a demo that runs, as serve --demo prints it: its credentials.json"
              + " tells URL and key, in the place of --url and --key.")
  private @Nullable Path data;

  @Option(names = "--json", scope = ScopeType.INHERIT, description = "Print one JSON object.")
  private boolean json;

  TaskCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  private interface Call {
    Object on(TasksApi tasks);
  }

  /** Makes the call and prints what came back. */
  private int call(Call call) throws IOException {
    Access access = data == null ? given() : ofDemo(data);
    try (OctospineClient client = OctospineClient.connect(access.url(), access.key())) {
      print(call.on(client.tasks()));
      return 0;
    } catch (ApiException e) {
      if (data != null && e.code().equals(ApiException.NO_ANSWER)) {
        throw Failure.of(
                Failure.Reason.UNAVAILABLE,
                "data",
                "The demo of the folder " + data + " does not answer at " + access.url())
            .causedBy(e);
      }
      spec.commandLine().getErr().println(e.code() + ": " + e.getMessage());
      spec.commandLine().getErr().flush();
      return 1;
    }
  }

  /** Where a server is and what lets one in. */
  private record Access(URI url, String key) {}

  private Access given() {
    String secret = key == null ? System.getenv(KEY_VARIABLE) : key;
    if (secret == null || secret.isEmpty()) {
      throw Failure.of(
          Failure.Reason.INVALID,
          "key",
          "A key is needed: --key, --data or the environment's " + KEY_VARIABLE);
    }
    return new Access(address("url", url == null ? USUAL : url), secret);
  }

  /** A demo's own; never another server's address with its key or its address with another's. */
  private Access ofDemo(Path folder) throws IOException {
    if (url != null || key != null) {
      throw Failure.of(
          Failure.Reason.INVALID, "data", "--data stands in the place of --url and --key");
    }
    Path file = folder.resolve("credentials.json");
    if (!Files.isRegularFile(file)) {
      throw Failure.invalid(
          "data",
          folder,
          Files.isDirectory(folder)
              ? "No demo has written credentials.json to the folder "
                  + folder
                  + ": another server is reached by --url and --key"
              : "There is no folder " + folder);
    }
    JsonNode known;
    try {
      known = WireJson.mapper().readTree(Files.readAllBytes(file));
    } catch (JsonProcessingException e) {
      throw Failure.invalid("data", folder, "The file " + file + " is not JSON").causedBy(e);
    }
    JsonNode mount = known.at("/mounts/octospine");
    JsonNode secret = known.at("/octospine/api_key");
    if (!mount.isTextual() || !secret.isTextual()) {
      throw Failure.invalid(
          "data", folder, "The demo of the folder " + folder + " does not serve octospine");
    }
    return new Access(address("data", URI.create(mount.asText())), secret.asText());
  }

  private static URI address(String option, URI url) {
    String scheme = url.getScheme();
    if (url.getHost() == null || !("http".equals(scheme) || "https".equals(scheme))) {
      throw Failure.invalid(
          option, url, "--" + option + " must be http or https with a host; was " + url);
    }
    return url;
  }

  private void print(Object answer) {
    PrintWriter out = spec.commandLine().getOut();
    if (!json && answer instanceof TasksApi.Listing listing) {
      for (TasksApi.Summary task : listing.tasks()) {
        out.printf(
            "%-26s %-9s %3d %%  %-8s %-16s %s%n",
            task.id(), task.status(), task.progress(), task.priority(), task.type(), task.name());
      }
      out.printf("%d of %d tasks%n", listing.tasks().size(), listing.pagination().total());
      out.flush();
      return;
    }
    Report report = new Report();
    Map<String, Object> fields =
        WireJson.mapper()
            .convertValue(answer, new TypeReference<LinkedHashMap<String, Object>>() {});
    fields.forEach(
        (name, value) -> {
          if (value != null) {
            report.add(name, value);
          }
        });
    report.print(out, json);
  }

  @Command(
      name = "create",
      description = "Create a task; without --every, --cron and --at it runs once, now.",
      mixinStandardHelpOptions = true)
  int create(
      @Parameters(paramLabel = "NAME", description = "1 to 200 characters.") String name,
      @Option(
              names = "--type",
              defaultValue = "data_processing",
              description =
                  "data_processing, generate_audio, measure_image, cut_clip or webhook;"
                      + " ${DEFAULT-VALUE} by default.")
          String type,
      @Option(names = "--description", description = "At most 2000 characters.")
          @Nullable String description,
      @Option(names = "--priority", description = "critical, high, medium or low.")
          @Nullable String priority,
      @Option(
              names = "--parameters",
              paramLabel = "JSON",
              description = "What the type is told, as a JSON object.")
          @Nullable String parameters,
      @Option(names = "--every", paramLabel = "SECONDS", description = "Run again and again.")
          @Nullable Long every,
      @Option(names = "--cron", paramLabel = "LINE", description = "Run by a cron line, in UTC.")
          @Nullable String cron,
      @Option(names = "--at", paramLabel = "INSTANT", description = "Run once, at an instant.")
          @Nullable String at)
      throws IOException {
    int schedules = (every == null ? 0 : 1) + (cron == null ? 0 : 1) + (at == null ? 0 : 1);
    if (schedules > 1) {
      throw Failure.of(
          Failure.Reason.INVALID, "schedule", "--every, --cron and --at exclude each other");
    }
    TasksApi.Schedule schedule = null;
    if (every != null) {
      schedule = new TasksApi.Schedule("interval", every);
    } else if (cron != null) {
      schedule = new TasksApi.Schedule("cron", cron);
    } else if (at != null) {
      schedule = new TasksApi.Schedule("once", at);
    }
    TasksApi.NewTask task =
        new TasksApi.NewTask(
            name,
            description,
            type,
            priority,
            parameters == null ? null : object(parameters),
            schedule);
    return call(tasks -> tasks.create(task));
  }

  private static Map<String, Object> object(String text) {
    try {
      return WireJson.mapper()
          .readValue(text, new TypeReference<LinkedHashMap<String, Object>>() {});
    } catch (JsonProcessingException e) {
      throw Failure.invalid("parameters", text, "parameters must be a JSON object").causedBy(e);
    }
  }

  @Command(
      name = "list",
      description = "List tasks, the newest first.",
      mixinStandardHelpOptions = true)
  int list(
      @Option(
              names = "--status",
              description = "active, created, scheduled, running, completed or failed.")
          @Nullable String status,
      @Option(names = "--type", description = "Only those.") @Nullable String type,
      @Option(
              names = "--limit",
              defaultValue = "20",
              description = "1 to 100; ${DEFAULT-VALUE} by default.")
          int limit)
      throws IOException {
    return call(tasks -> tasks.list(status, type, null, limit, null));
  }

  @Command(name = "show", description = "Show a task.", mixinStandardHelpOptions = true)
  int show(@Parameters(paramLabel = "ID", description = "task_…") String id) throws IOException {
    return call(tasks -> tasks.get(id));
  }

  @Command(name = "run", description = "Begin a run now.", mixinStandardHelpOptions = true)
  int run(@Parameters(paramLabel = "ID", description = "task_…") String id) throws IOException {
    return call(tasks -> tasks.run(id));
  }

  @Command(
      name = "runs",
      description = "Show the newest runs of a task.",
      mixinStandardHelpOptions = true)
  int runs(@Parameters(paramLabel = "ID", description = "task_…") String id) throws IOException {
    return call(tasks -> tasks.runs(id, null, null));
  }

  @Command(
      name = "delete",
      description = "Delete a task and its runs.",
      mixinStandardHelpOptions = true)
  int delete(@Parameters(paramLabel = "ID", description = "task_…") String id) throws IOException {
    return call(tasks -> tasks.delete(id));
  }
}
