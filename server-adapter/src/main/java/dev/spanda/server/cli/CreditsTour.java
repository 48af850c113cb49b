package dev.spanda.server.cli;

import dev.spanda.client.CraudiovizClient;
import dev.spanda.contract.craudioviz.CreditsApi;
import dev.spanda.contract.craudioviz.JobsApi;
import dev.spanda.contract.craudioviz.ToolsApi;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;

/** The tour's chapter on credits: a project, a logo, a bowl, and what they cost. */
final class CreditsTour {

  private static final String KEY = "YOUR_API_KEY";

  private CreditsTour() {}

  /** Walks it against a demo at the address. */
  static void walk(PrintWriter screen, URI url, Path out) throws IOException {
    screen.println();
    screen.println("CRAudioViz");
    try (CraudiovizClient client = CraudiovizClient.connect(url, KEY)) {
      CreditsApi.Balance before = client.credits().balance();
      TourCommand.say(screen, "Credits", "%d on the plan %s", before.balance(), before.plan());
      String project = client.projects().create("Tour").id();
      make(
          screen,
          client,
          "logo_maker",
          ToolsApi.Execution.in(project, Map.of("text", "Bean There", "style", "vintage")),
          "png",
          out.resolve("logo.png"));
      make(
          screen,
          client,
          "prayer_bowl",
          ToolsApi.Execution.in(project, Map.of("frequency", 136.1, "duration", 20)),
          "flac",
          out.resolve("bowl-20s.flac"));
      CreditsApi.Transaction newest = client.credits().transactions(1, null).transactions().get(0);
      TourCommand.say(
          screen,
          "Charged",
          "%d for %s; %d left of %d",
          -newest.amount(),
          Objects.requireNonNullElse(newest.description(), newest.type()),
          client.credits().balance().balance(),
          before.balance());
      TourCommand.say(
          screen,
          "Project",
          "%s holds %d items",
          project,
          client.projects().get(project).items().size());
    }
  }

  private static void make(
      PrintWriter screen,
      CraudiovizClient client,
      String tool,
      ToolsApi.Execution execution,
      String format,
      Path file)
      throws IOException {
    long began = System.nanoTime();
    ToolsApi.Started job = client.tools().execute(tool, execution);
    JobsApi.Result result = client.jobs().wait(job.id());
    double millis = (System.nanoTime() - began) / 1e6;
    String id = Objects.requireNonNull(result.fileIds()).get(format);
    Files.write(file, client.files().download(Objects.requireNonNull(id)).bytes());
    TourCommand.say(
        screen,
        "Job",
        "%s made %s in %.0f ms; %s, %d bytes",
        tool,
        String.join(", ", result.formats()),
        millis,
        file,
        Files.size(file));
  }
}
