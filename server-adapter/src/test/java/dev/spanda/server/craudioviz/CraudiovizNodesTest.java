package dev.spanda.server.craudioviz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanda.client.ApiException;
import dev.spanda.client.CraudiovizClient;
import dev.spanda.client.RateLimitedException;
import dev.spanda.contract.craudioviz.CreditsApi;
import dev.spanda.contract.craudioviz.JobsApi;
import dev.spanda.contract.craudioviz.ToolsApi;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two server processes on one PostgreSQL. */
class CraudiovizNodesTest {

  @Test
  void twoNodesShareJobsCreditsAndLimits(@TempDir Path folder) throws Exception {
    try (EmbeddedPostgres database = EmbeddedPostgres.start()) {
      String url = database.getJdbcUrl("postgres", "postgres");
      try (CraudiovizChild first = CraudiovizChild.start(folder, 1, url)) {
        String job;
        long before;
        try (CraudiovizClient client = first.client(CraudiovizServer.KEY)) {
          String project = client.projects().create("Bowls").id();
          before = client.credits().balance().balance();
          job = CraudiovizSurvivalTest.begin(client, project, 1).jobId();
          // Only the first node is there, so it is the one that works on it.
          CraudiovizSurvivalTest.awaitProgress(client, job);
        }
        try (CraudiovizChild second = CraudiovizChild.start(folder, 1, url)) {
          first.kill();
          finishesOnTheOtherAndIsChargedOnce(second, job, before);
          try (CraudiovizChild third = CraudiovizChild.start(folder, 1, url)) {
            racingSpendsNeverOverdraw(second, third);
            limitsAreShared(second, third);
          }
        }
      }
    }
  }

  private static void finishesOnTheOtherAndIsChargedOnce(
      CraudiovizChild node, String job, long before) {
    try (CraudiovizClient client = node.client(CraudiovizServer.KEY)) {
      JobsApi.Result result = client.jobs().wait(job, Duration.ofMinutes(3));
      assertThat(client.files().download(result.fileIds().get("flac")).length())
          .isGreaterThan(1_000_000);
      assertThat(client.credits().balance().balance()).isEqualTo(before - 15);
      assertThat(
              client.credits().transactions(100, null).transactions().stream()
                  .filter(row -> row.amount() == -15))
          .hasSize(1);
    }
  }

  /** 5 and 100 credits are there; a chart costs 12, so eight of forty calls can be paid. */
  private static void racingSpendsNeverOverdraw(CraudiovizChild one, CraudiovizChild other)
      throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try (CraudiovizClient here = one.client(CraudiovizServer.LOW_KEY);
        CraudiovizClient there = other.client(CraudiovizServer.LOW_KEY)) {
      here.credits().purchase(new CreditsApi.Order(100L, "tok_1"));
      List<Callable<Integer>> calls = new ArrayList<>();
      for (int call = 0; call < 40; call++) {
        CraudiovizClient client = call % 2 == 0 ? here : there;
        calls.add(
            () -> {
              try {
                client
                    .tools()
                    .execute(
                        "birth_chart",
                        ToolsApi.Execution.of(
                            Map.of(
                                "date_time", "2000-01-01T12:00Z", "latitude", 1, "longitude", 2)));
                return 200;
              } catch (ApiException e) {
                return e.status();
              }
            });
      }
      List<Integer> answers = new ArrayList<>();
      for (Future<Integer> call : threads.invokeAll(calls)) {
        answers.add(call.get());
      }
      assertThat(answers).containsOnly(200, 402);
      assertThat(answers.stream().filter(status -> status == 200)).hasSize(8);
      for (JobsApi.Job job : there.jobs().list(100, null).jobs()) {
        there.jobs().wait(job.id(), Duration.ofMinutes(2));
      }
      assertThat(there.credits().balance().balance()).isEqualTo(105 - 8 * 12);
      assertThat(here.credits().balance().balance()).isEqualTo(105 - 8 * 12);
    } finally {
      threads.shutdown();
    }
  }

  /** The plan Free has a hundred an hour, of which the race has used half or more. */
  private static void limitsAreShared(CraudiovizChild one, CraudiovizChild other) {
    try (CraudiovizClient here = one.client(CraudiovizServer.LOW_KEY);
        CraudiovizClient there = other.client(CraudiovizServer.LOW_KEY)) {
      int calls = 0;
      while (answers(here)) {
        assertThat(calls++).isLessThan(100);
      }
      // A permit comes back every 36 s; two of them cannot.
      boolean once = answers(there);
      assertThat(once && answers(there)).isFalse();
    }
  }

  private static boolean answers(CraudiovizClient client) {
    try {
      return !client.account().profile().id().isEmpty();
    } catch (RateLimitedException e) {
      return false;
    }
  }
}
