package dev.spanda.server.craudioviz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanda.client.CraudiovizClient;
import dev.spanda.contract.craudioviz.CreditsApi;
import dev.spanda.contract.craudioviz.JobsApi;
import dev.spanda.contract.craudioviz.ToolsApi;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that die in the middle of a job. */
class CraudiovizSurvivalTest {

  private static final int ROUNDS = 3;

  @Test
  void aJobWhoseServerIsKilledIsFinishedByTheNextAndChargedOnce(@TempDir Path folder)
      throws Exception {
    String project = null;
    for (int round = 0; round < ROUNDS; round++) {
      String job;
      CreditsApi.Balance before;
      long projectItems = 0;
      try (CraudiovizChild child = CraudiovizChild.start(folder, 1_000, null);
          CraudiovizClient client = child.client(CraudiovizServer.KEY)) {
        if (project == null) {
          project = client.projects().create("Bowls").id();
        }
        projectItems = client.projects().get(project).items().size();
        before = client.credits().balance();
        // The same key after the death of the process gives the same job.
        job = begin(client, project, round).jobId();
        awaitProgress(client, job);
        child.kill();
      }
      try (CraudiovizServer again = CraudiovizServer.in(folder)) {
        CraudiovizClient client = again.client();
        assertThat(begin(client, project, round).jobId()).isEqualTo(job);
        JobsApi.Result result = client.jobs().wait(job, Duration.ofMinutes(2));
        assertThat(result.formats()).containsExactly("flac");
        assertThat(client.jobs().get(job).creditsUsed()).isEqualTo(15);
        assertThat(client.credits().balance().balance()).isEqualTo(before.balance() - 15);
        assertThat(client.projects().get(project).items()).hasSize((int) projectItems + 1);
        long charges =
            client.credits().transactions(100, null).transactions().stream()
                .filter(row -> row.type().equals("usage") && row.amount() == -15)
                .count();
        assertThat(charges).isEqualTo(round + 1);
      }
    }
  }

  static ToolsApi.Started begin(CraudiovizClient client, String project, int round) {
    return client
        .tools()
        .execute(
            "prayer_bowl",
            ToolsApi.Execution.in(
                project, Map.of("frequency", 100 + round, "duration", 600, "format", "flac")),
            "round " + round);
  }

  /** Until the job's handler has told something. */
  static void awaitProgress(CraudiovizClient client, String job) {
    long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
    while (true) {
      JobsApi.Job now = client.jobs().get(job);
      assertThat(now.status()).isEqualTo("processing");
      if (Objects.requireNonNullElse(now.progress(), 0) > 0) {
        return;
      }
      assertThat(System.nanoTime()).isLessThan(deadline);
      LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
    }
  }
}
