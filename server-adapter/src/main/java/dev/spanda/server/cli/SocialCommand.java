package dev.spanda.server.cli;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.spanda.client.ClientOptions;
import dev.spanda.client.WavestackClient;
import dev.spanda.contract.http.WireJson;
import dev.spanda.contract.wavestack.SocialApi;
import dev.spanda.core.Failure;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import dev.spanda.core.store.trial.ScratchFolder;
import dev.spanda.media.social.Message;
import dev.spanda.media.social.Platform;
import dev.spanda.media.social.SocialFeed;
import dev.spanda.media.social.trial.SocialBench;
import dev.spanda.media.social.trial.SocialKillTrial;
import dev.spanda.server.wire.Json;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Messages of an audience: replayed, timed, and killed in the middle. */
@Command(
    name = "social",
    description = "Replay messages of an audience, time the feed, or kill it in the middle.",
    mixinStandardHelpOptions = true)
final class SocialCommand implements Runnable {

  private static final int AT_ONCE = 500;
  private static final int LONGEST_LINE = 100_000;

  @Spec private CommandSpec spec = CommandSpec.create();

  SocialCommand() {}

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /** Where messages go, some at a time. */
  private interface Target {
    SocialApi.Taken take(List<SocialApi.NewMessage> messages);
  }

  @Command(
      name = "replay",
      description =
          "Send a file of messages, one JSON object a line as POST /api/v1/messages takes it, to a"
              + " server or into the data folder of one that does not run.",
      mixinStandardHelpOptions = true)
  int replay(
      @Parameters(paramLabel = "FILE", description = "The file, NDJSON in UTF-8.") Path file,
      @Option(
              names = "--server",
              paramLabel = "URL",
              description = "The Social Ingest of a server, such as http://localhost:8100.")
          @Nullable URI server,
      @Option(
              names = "--key",
              paramLabel = "KEY",
              description = "An API key for the server; the variable SPANDA_API_KEY when absent.")
          @Nullable String key,
      @Option(
              names = "--data",
              paramLabel = "FOLDER",
              description = "A data folder, instead of a server.")
          @Nullable Path data,
      @Option(
              names = "--organisation",
              paramLabel = "ORG",
              defaultValue = "local",
              description = "Whose messages they are; ${DEFAULT-VALUE} by default.")
          String organisation)
      throws IOException {
    if ((server == null) == (data == null)) {
      throw Failure.of(
          Failure.Reason.INVALID, "server", "One of --server and --data must be given");
    }
    if (!Files.isRegularFile(file)) {
      throw Failure.invalid("file", file, "There is no file " + file);
    }
    if (server != null) {
      String secret = key == null ? System.getenv().getOrDefault("SPANDA_API_KEY", "") : key;
      try (WavestackClient client = client(server, secret, organisation)) {
        return send(file, client.social()::take);
      }
    }
    Path folder = Objects.requireNonNull(data);
    if (!Files.isDirectory(folder)) {
      throw Failure.invalid("data", folder, "There is no folder " + folder);
    }
    try (Store store = Store.open(StoreLocation.folder(folder));
        SocialFeed feed =
            new SocialFeed(store, Clock.systemUTC(), new EventBus(), SocialFeed.Settings.DEFAULT)) {
      return send(file, messages -> take(feed, organisation, messages));
    }
  }

  private static WavestackClient client(URI server, String secret, String organisation) {
    Map<String, URI> mounts = new HashMap<>();
    mounts.put(WavestackClient.CORE, server);
    mounts.put("wavestack-social", server);
    if (secret.isEmpty()) {
      throw Failure.of(
          Failure.Reason.INVALID, "key", "--key or SPANDA_API_KEY must name an API key");
    }
    return WavestackClient.connect(mounts, secret, organisation, ClientOptions.DEFAULT);
  }

  private static SocialApi.Taken take(
      SocialFeed feed, String organisation, List<SocialApi.NewMessage> messages) {
    List<Message> all = new ArrayList<>();
    for (SocialApi.NewMessage each : messages) {
      SocialApi.Author author = each.author();
      all.add(
          Message.of(
              Platform.parse(each.platform()),
              each.id(),
              new Message.Channel(
                  each.channel().id(), Objects.requireNonNullElse(each.channel().name(), "")),
              new Message.Author(
                  author.id(),
                  Objects.requireNonNullElse(author.name(), ""),
                  Objects.requireNonNullElse(author.role(), "member"),
                  Boolean.TRUE.equals(author.isMod())),
              each.text(),
              Objects.requireNonNullElseGet(each.ts(), Clock.systemUTC()::instant)));
    }
    try {
      SocialFeed.Receipt receipt = feed.take(organisation, all).join();
      return new SocialApi.Taken(receipt.stored(), receipt.duplicates(), receipt.expired());
    } catch (CompletionException e) {
      throw e.getCause() instanceof Failure failure ? failure : e;
    }
  }

  private int send(Path file, Target target) throws IOException {
    ObjectReader reader = WireJson.mapper().readerFor(SocialApi.NewMessage.class);
    List<SocialApi.NewMessage> some = new ArrayList<>();
    int[] sums = new int[3];
    int number = 0;
    try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        number++;
        if (line.isBlank()) {
          continue;
        }
        if (line.length() > LONGEST_LINE) {
          throw Failure.of(
              Failure.Reason.TOO_LARGE,
              "line",
              "Line " + number + " has more than " + LONGEST_LINE + " characters");
        }
        try {
          some.add((SocialApi.NewMessage) Json.read(reader, line, "line"));
        } catch (Failure failure) {
          throw failure.with("line", number);
        }
        if (some.size() == AT_ONCE) {
          add(sums, target.take(some));
          some.clear();
        }
      }
    }
    if (!some.isEmpty()) {
      add(sums, target.take(some));
    }
    spec.commandLine()
        .getOut()
        .println(
            sums[0] + " stored, " + sums[1] + " known already, " + sums[2] + " older than is kept");
    return 0;
  }

  private static void add(int[] sums, SocialApi.Taken taken) {
    sums[0] += taken.stored();
    sums[1] += taken.duplicates();
    sums[2] += taken.expired();
  }

  @Command(
      name = "bench",
      description =
          "Fill a new feed with made-up messages, then time searches, leaderboards and analytics;"
              + " exit code 1 when intake is below 20 000 a second or a 99th percentile not below"
              + " 20 ms.",
      mixinStandardHelpOptions = true)
  int bench(
      @Option(
              names = "--messages",
              defaultValue = "1000000",
              description = "How many, 1000 to 10000000; ${DEFAULT-VALUE} by default.")
          int messages,
      @Option(
              names = "--questions",
              defaultValue = "1000",
              description = "How many of each kind, 1 to 100000; ${DEFAULT-VALUE} by default.")
          int questions,
      @Option(names = "--seed", defaultValue = "1", description = "Makes the messages.") long seed,
      @Option(names = "--json", paramLabel = "FILE", description = "Where to keep the figures.")
          @Nullable Path json)
      throws IOException {
    Failure.requireInRange("messages", "Messages", messages, 1_000, 10_000_000, "");
    Failure.requireInRange("questions", "Questions", questions, 1, 100_000, "");
    SocialBench.Result result;
    try (ScratchFolder folder = ScratchFolder.named("spanda-social")) {
      result =
          SocialBench.run(
              new SocialBench.Options(
                  StoreLocation.folder(folder.path()), messages, questions, seed));
    }
    PrintWriter out = spec.commandLine().getOut();
    result.lines().forEach(out::println);
    if (json != null) {
      Files.writeString(json, result.json());
    }
    return result.passed() ? 0 : 1;
  }

  @Command(
      name = "kill-test",
      description =
          "Kill processes while they take messages and look for what they had acknowledged; then"
              + " the same with a control that acknowledges too early and must be caught.",
      mixinStandardHelpOptions = true)
  int killTest(
      @Option(
              names = "--rounds",
              defaultValue = "10",
              description = "How many processes to kill, 1 to 1000; ${DEFAULT-VALUE} by default.")
          int rounds,
      @Option(names = "--seed", defaultValue = "1", description = "Decides when.") long seed) {
    return KillTests.run(
        spec.commandLine().getOut(),
        new KillTests.Plan(SocialKillTrial::run, rounds, seed),
        "Nothing acknowledged was lost; the control was caught");
  }
}
