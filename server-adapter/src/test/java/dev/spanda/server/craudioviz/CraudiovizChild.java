package dev.spanda.server.craudioviz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanda.client.ClientOptions;
import dev.spanda.client.CraudiovizClient;
import dev.spanda.client.RetryPolicy;
import dev.spanda.server.Config;
import dev.spanda.server.Server;
import java.io.BufferedReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A server in a process of its own, which can be killed. */
public final class CraudiovizChild implements AutoCloseable {

  private final Process process;
  private final URI url;

  private CraudiovizChild(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /** What the process runs: a demo that says where it is and then waits. */
  public static void main(String[] arguments) throws InterruptedException {
    Server server =
        Server.start(
            new Config(
                "127.0.0.1",
                Map.of(Craudioviz.NAME, 0),
                Set.of(Craudioviz.NAME),
                Path.of(arguments[0]),
                arguments.length > 2 ? arguments[2] : null,
                true,
                Integer.parseInt(arguments[1]),
                false,
                -1,
                Set.of()));
    System.out.println(server.mounts().get(Craudioviz.NAME));
    Thread.currentThread().join();
  }

  static CraudiovizChild start(Path folder, int limits, @Nullable String database)
      throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                CraudiovizChild.class.getName(),
                folder.toString(),
                Integer.toString(limits)));
    if (database != null) {
      command.add(database);
    }
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader lines = process.inputReader();
    String line = lines.readLine();
    assertThat(line).startsWith("http://");
    return new CraudiovizChild(process, URI.create(line));
  }

  URI url() {
    return url;
  }

  CraudiovizClient client(String key) {
    return CraudiovizClient.connect(url, key, ClientOptions.DEFAULT.withRetry(RetryPolicy.NONE));
  }

  /** No goodbye: this is kill −9. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
