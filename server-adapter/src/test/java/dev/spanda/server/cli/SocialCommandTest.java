package dev.spanda.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanda.server.Config;
import dev.spanda.server.Server;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SocialCommandTest {

  private record Ran(int exit, String out, String err) {}

  @TempDir private Path folder;

  private static Ran run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> all = new ArrayList<>(List.of("social"));
    all.addAll(List.of(arguments));
    int exit = Main.run(new PrintWriter(out), new PrintWriter(err), all.toArray(String[]::new));
    return new Ran(exit, out.toString(), err.toString());
  }

  private Path file(int lines) throws Exception {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < lines; i++) {
      text.append("{\"id\":\"m")
          .append(i)
          .append(
              "\",\"platform\":\"discord\",\"channel\":{\"id\":\"c\"},\"author\":{\"id\":\"u\"},")
          .append("\"text\":\"hello\"}\n\n");
    }
    Path file = folder.resolve("messages.ndjson");
    Files.writeString(file, text);
    return file;
  }

  @Test
  void aFileIsReplayedIntoADataFolderOnce() throws Exception {
    String file = file(1_203).toString();
    String data = Files.createDirectory(folder.resolve("data")).toString();
    assertThat(run("replay", file, "--data", data).out())
        .startsWith("1203 stored, 0 known already");
    assertThat(run("replay", file, "--data", data).out())
        .startsWith("0 stored, 1203 known already");
  }

  @Test
  void aFileIsReplayedIntoAServer() throws Exception {
    String file = file(3).toString();
    try (Server server = Server.start(Config.in(folder.resolve("server")).onFreePorts().asDemo())) {
      Ran ran =
          run(
              "replay",
              file,
              "--server",
              String.valueOf(server.mounts().get("wavestack-social")),
              "--key",
              "your-api-key",
              "--organisation",
              "org_123");
      assertThat(ran.out()).as(ran.err()).startsWith("3 stored, 0 known already");
    }
  }

  @Test
  void whatCannotBeReadIsRefused() throws Exception {
    Path file = file(2);
    Files.writeString(file, "{\"id\":\"m9\"}\n");
    String data = Files.createDirectory(folder.resolve("data")).toString();
    assertThat(run("replay", file.toString(), "--data", data).exit()).isEqualTo(2);
    assertThat(run("replay", file.toString()).exit()).isEqualTo(2);
    assertThat(run("replay", "nothing.ndjson", "--data", data).err()).contains("nothing.ndjson");
    assertThat(run("bench", "--messages", "10").exit()).isEqualTo(2);
  }

  @Test
  void aSmallBenchAnswersEveryKindOfQuestion() throws Exception {
    Path json = folder.resolve("figures.json");
    // Whether it is quick enough is not asked of a machine that runs tests.
    Ran ran = run("bench", "--messages", "2000", "--questions", "3", "--json", json.toString());
    assertThat(ran.exit()).isIn(0, 1);
    assertThat(ran.out()).contains("2,000 messages", "search two words", "leaderboard");
    assertThat(Files.readString(json)).contains("\"intake_per_second\"", "\"user analytics\"");
  }
}
