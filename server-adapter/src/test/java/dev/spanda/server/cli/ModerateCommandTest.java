package dev.spanda.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.contract.http.WireJson;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModerateCommandTest {

  @TempDir Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
  }

  @Test
  void scoresAMessage() throws Exception {
    assertThat(run("moderate", "you are an idiot", "--json")).isZero();
    JsonNode scores = WireJson.mapper().readTree(out.toString());
    assertThat(scores.get("toxicity").asDouble()).isGreaterThan(0.7);
    assertThat(scores.get("spam").asDouble()).isLessThan(0.5);
    assertThat(scores.get("content").asText()).isEqualTo("you are an idiot");
  }

  @Test
  void scoresEveryLineOfAFile() throws Exception {
    Path file = folder.resolve("lines.txt");
    Files.write(file, List.of("HELLO EVERYONE", "f u c k you"));
    assertThat(run("moderate", "--file", file.toString())).isZero();
    assertThat(out.toString().lines())
        .hasSize(2)
        .allSatisfy(line -> assertThat(line).startsWith("toxicity "));
  }

  @Test
  void saysWhatIsMissing() {
    assertThat(run("moderate", "--file", folder.resolve("none").toString())).isNotZero();
    assertThat(err.toString()).contains("none");
    assertThat(run("moderate", "evaluate", "--data", folder.toString())).isNotZero();
    assertThat(err.toString()).contains("davidson.csv");
  }
}
