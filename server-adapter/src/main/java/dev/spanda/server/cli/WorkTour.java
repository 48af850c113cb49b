package dev.spanda.server.cli;

import dev.spanda.client.OctospineClient;
import dev.spanda.contract.octospine.SystemApi;
import dev.spanda.contract.octospine.TasksApi;
import java.io.PrintWriter;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The chapter of the tour about work that is done by itself: a task, its run, GraphQL. */
final class WorkTour {

  private static final int PATIENCE_TENTHS = 300;

  private WorkTour() {}

  /** Walks it against a demo at the address. */
  static void walk(PrintWriter screen, URI url) throws InterruptedException {
    screen.println();
    screen.println("OCTOSPINE");
    try (OctospineClient client = OctospineClient.connect(url, "YOUR_API_KEY")) {
      SystemApi.Status status = client.system().getStatus();
      TourCommand.say(
          screen,
          "System",
          "processor %.1f %%, memory %.1f %%, %d applications run",
          status.system().cpuUsage(),
          status.system().memoryUsage(),
          status.applications().running());
      TasksApi.Created task =
          client
              .tasks()
              .create(
                  new TasksApi.NewTask(
                      "Tour",
                      null,
                      "data_processing",
                      "high",
                      Map.of(
                          "source",
                          "inline",
                          "rows",
                          List.of(Map.of("name", " Ada ", "age", 36), Map.of("name", "Alan")),
                          "transformations",
                          List.of("clean")),
                      null));
      TasksApi.Task done = client.tasks().get(task.id());
      CountDownLatch never = new CountDownLatch(1);
      for (int i = 0; i < PATIENCE_TENTHS && done.statistics().totalRuns() == 0; i++) {
        boolean unused = never.await(100, TimeUnit.MILLISECONDS);
        done = client.tasks().get(task.id());
      }
      TourCommand.say(
          screen,
          "Task",
          "%s: %s after %d of %d runs succeeded",
          done.type(),
          done.status(),
          done.statistics().successfulRuns(),
          done.statistics().totalRuns());
      TourCommand.say(
          screen,
          "GraphQL",
          "{ health { status } } answers %s",
          client.graphql().query("{ health { status } }", Map.class));
    }
  }
}
