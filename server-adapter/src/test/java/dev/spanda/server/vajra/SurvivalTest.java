package dev.spanda.server.vajra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.client.VajraClient;
import dev.spanda.contract.vajra.SessionsApi;
import dev.spanda.core.Failure;
import dev.spanda.server.Config;
import dev.spanda.server.Server;
import java.io.BufferedReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that die in the middle. */
class SurvivalTest {

  /** What the child process runs: a server that says where it is and then waits. */
  public static final class Child {
    private Child() {}

    public static void main(String[] arguments) throws InterruptedException {
      Server server = Server.start(Config.in(Path.of(arguments[0])).onFreePorts());
      System.out.println(server.mounts().get(VajraMount.NAME));
      Thread.currentThread().join();
    }
  }

  @Test
  void aSessionThatRunsWhenTheProcessIsKilledRunsAfterTheRestart(@TempDir Path folder)
      throws Exception {
    String created;
    String started;
    Process child = child(folder);
    try (VajraClient client = VajraClient.connect(url(child))) {
      created =
          client
              .sessions()
              .create(new SessionsApi.Plan("Planned", 600L, null, null, null))
              .sessionId();
      started =
          client
              .sessions()
              .create(
                  new SessionsApi.Plan("Long sitting", 1800L, "stay", 136.1, List.of("blessing")))
              .sessionId();
      client.sessions().start(started);
      // No goodbye: this is kill −9.
      child.destroyForcibly().waitFor();
    }
    try (VajraServer again = VajraServer.in(folder)) {
      SessionsApi.SessionState running = again.client().sessions().status(started).session();
      assertThat(running.status()).isEqualTo("running");
      assertThat(running.name()).isEqualTo("Long sitting");
      assertThat(running.modalities()).containsExactly("blessing");
      assertThat(running.elapsed() + running.remaining()).isEqualTo(1800);
      assertThat(again.client().sessions().status(created).session().status()).isEqualTo("created");
      assertThat(again.client().sessions().stop(started).sessionId()).isEqualTo(started);
    }
  }

  @Test
  void aSecondServerOnTheSameFolderIsRefused(@TempDir Path folder) throws Exception {
    Process child = child(folder);
    try {
      url(child);
      assertThatThrownBy(() -> Server.start(Config.in(folder).onFreePorts()))
          .isInstanceOfSatisfying(
              Failure.class,
              refusal -> assertThat(refusal.getMessage()).contains(folder.toString()));
    } finally {
      child.destroyForcibly().waitFor();
    }
  }

  private static Process child(Path folder) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            Child.class.getName(),
            folder.toString())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private static URI url(Process child) throws Exception {
    BufferedReader lines = child.inputReader();
    String line = lines.readLine();
    assertThat(line).startsWith("http://");
    return URI.create(line);
  }
}
