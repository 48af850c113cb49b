package dev.spanda.server.cli;

import dev.spanda.server.Config;
import dev.spanda.server.Server;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Serves the documented APIs until it is told to stop. */
@Command(
    name = "serve",
    description = "Serves the documented APIs until it is told to stop (Ctrl-C or SIGTERM).",
    mixinStandardHelpOptions = true)
final class ServeCommand implements Callable<Integer> {

  private static final int USUAL_ADMIN_PORT = 9464;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--demo",
      description =
          "Know the documents' example credentials, in a fresh data folder, on loopback only; they"
              + " are written to credentials.json there.")
  private boolean demo;

  @Option(
      names = "--only",
      paramLabel = "NAME",
      description = "Serve this mount only; may be given more than once.")
  private Set<String> only = Set.of();

  @Option(
      names = "--port",
      paramLabel = "NAME=N",
      description = "Port of a mount; 0 takes any free one.")
  private Map<String, Integer> ports = Map.of();

  @Option(
      names = "--host",
      description = "Address to bind, ${DEFAULT-VALUE} by default.",
      defaultValue = "127.0.0.1")
  private String host = "127.0.0.1";

  @Option(
      names = "--data",
      paramLabel = "FOLDER",
      description = "Where records and files are kept; spanda-data by default.")
  private @Nullable Path data;

  @Option(
      names = "--database",
      paramLabel = "URL",
      description =
          "A jdbc:postgresql: URL instead of SQLite in the data folder; user and password are"
              + " read from SPANDA_DATABASE_USER and SPANDA_DATABASE_PASSWORD.")
  private @Nullable String database;

  @Option(
      names = "--output",
      paramLabel = "virtual|card",
      description = "Where playback goes: a paced, silent output (the default) or a sound card.",
      defaultValue = "virtual")
  private Output output = Output.virtual;

  @Option(
      names = "--limits",
      paramLabel = "N",
      description = "Multiply every documented rate limit by N.",
      defaultValue = "1")
  private int limits = 1;

  @Option(
      names = "--admin-port",
      paramLabel = "N",
      description =
          "Port of /metrics on loopback: 9464 by default, or any free one where that is taken; 0"
              + " takes any free one, -1 none.")
  private @Nullable Integer adminPort;

  @Option(
      names = "--allow-private",
      paramLabel = "HOST[:PORT]",
      description =
          "Let the server call this address of its own machine or network, for webhooks and"
              + " models; may be given more than once.")
  private Set<String> allowPrivate = Set.of();

  @Option(
      names = "--ready-file",
      paramLabel = "FILE",
      description = "Written with each mount's URL when the server is ready.")
  private @Nullable Path readyFile;

  /** Where playback goes. */
  @SuppressWarnings("EnumOrdinal")
  enum Output {
    /** A paced, silent output. */
    virtual,
    /** A sound card. */
    card
  }

  ServeCommand() {}

  @Override
  public Integer call() throws IOException, InterruptedException {
    Path folder =
        data != null
            ? data
            : demo ? Files.createTempDirectory("spanda-demo-") : Path.of("spanda-data");
    Config config =
        new Config(
            host,
            ports,
            only,
            folder,
            database,
            demo,
            limits,
            output == Output.card,
            adminPort == null ? usualAdminPort() : adminPort,
            allowPrivate);
    Server server = Server.start(config);
    CountDownLatch stopped = new CountDownLatch(1);
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  server.close();
                  stopped.countDown();
                },
                "stop"));
    if (demo) {
      keep(folder.resolve("credentials.json"), Report.json(server.credentials()));
    }
    PrintWriter out = spec.commandLine().getOut();
    StringBuilder ready = new StringBuilder();
    server.mounts().forEach((name, url) -> ready.append(name).append(' ').append(url).append('\n'));
    out.print(ready);
    server.metrics().ifPresent(url -> out.println("metrics " + url));
    out.println("Ready; data in " + folder.toAbsolutePath());
    out.flush();
    if (readyFile != null) {
      Path part = readyFile.resolveSibling(readyFile.getFileName() + ".part");
      Files.writeString(part, ready);
      Files.move(part, readyFile, StandardCopyOption.ATOMIC_MOVE);
    }
    stopped.await();
    return 0;
  }

  /** Writes what nobody else on this machine is to read. */
  private static void keep(Path file, String secrets) throws IOException {
    Files.deleteIfExists(file);
    FileAttribute<?>[] ownersAlone =
        file.getFileSystem().supportedFileAttributeViews().contains("posix")
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[] {};
    Path unused = Files.createFile(file, ownersAlone);
    Files.writeString(file, secrets);
  }

  /** The usual port of Prometheus exporters, or any free one when another server has it. */
  private static int usualAdminPort() {
    try (ServerSocket probe = new ServerSocket()) {
      probe.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), USUAL_ADMIN_PORT));
      return USUAL_ADMIN_PORT;
    } catch (IOException taken) {
      return 0;
    }
  }
}
