package dev.spanda.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.contract.http.WireJson;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MainTest {

  @TempDir private Path folder;

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int run(String... arguments) {
    return Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
  }

  @Test
  void aRenderedBowlHasTheLengthThatWasAskedFor() throws Exception {
    Path wav = folder.resolve("bowl.wav");
    assertThat(run("sound", "render", "--duration", "2", "--out", wav.toString(), "--json"))
        .isZero();
    JsonNode report = WireJson.mapper().readTree(out.toString());
    assertThat(report.get("frames").asLong()).isEqualTo(88_200);
    assertThat(Files.size(wav)).isEqualTo(44 + 2 * 88_200);
  }

  @Test
  void theSameCommandWritesTheSameBytes() throws Exception {
    Path one = folder.resolve("one.flac");
    Path two = folder.resolve("two.flac");
    for (Path file : new Path[] {one, two}) {
      String[] command = {
        "sound",
        "render",
        "--duration",
        "1",
        "--seed",
        "5",
        "--bits",
        "24",
        "--out",
        file.toString()
      };
      assertThat(run(command)).isZero();
    }
    assertThat(Files.mismatch(one, two)).isEqualTo(-1);
  }

  @Test
  void everyCarrierAndEveryBowlCanBeRendered() {
    for (String[] more :
        new String[][] {
          {"--plain"},
          {"--freq", "7.83", "--carrier", "am=200"},
          {"--freq", "7.83", "--carrier", "isochronic=200"},
          {"--freq", "7.83", "--carrier", "binaural=200"},
          {"--bowl", "ring", "--stereo"},
          {"--bowl", "heavy-180mm", "--rub", "--precise"}
        }) {
      String[] command = {
        "sound", "render", "--duration", "0.5", "--out", folder.resolve("x.wav").toString()
      };
      String[] all = new String[command.length + more.length];
      System.arraycopy(command, 0, all, 0, command.length);
      System.arraycopy(more, 0, all, command.length, more.length);
      assertThat(run(all)).as(String.join(" ", more) + err).isZero();
    }
  }

  @Test
  void whatIsFoundInARecordingIsTheBowlThatWasStruck() throws Exception {
    Path wav = folder.resolve("mine.wav");
    run(
        "sound",
        "render",
        "--bowl",
        "freesound-202017",
        "--freq",
        "317.25",
        "--harmonics",
        "1",
        "--modulation",
        "0",
        "--duration",
        "10",
        "--out",
        wav.toString(),
        "--bits",
        "float");
    out.getBuffer().setLength(0);
    assertThat(run("sound", "fit", wav.toString(), "--json")).as(err.toString()).isZero();
    JsonNode first = WireJson.mapper().readTree(out.toString()).get("modes").get(0);
    assertThat(first.get("frequency_hz").asDouble()).isBetween(317.25 - 0.02, 317.25 + 0.02);
  }

  @Test
  void aSpectrumIsPrintedAndDrawn() throws Exception {
    Path wav = folder.resolve("a.wav");
    run(
        "sound",
        "render",
        "--duration",
        "2",
        "--plain",
        "--freq",
        "1000",
        "--volume",
        "0.5",
        "--modulation",
        "0",
        "--out",
        wav.toString());
    out.getBuffer().setLength(0);
    assertThat(run("sound", "spectrum", wav.toString(), "--json")).isZero();
    double largest = 0;
    for (JsonNode band : WireJson.mapper().readTree(out.toString()).get("bands")) {
      largest = Math.max(largest, band.get("amplitude").asDouble());
    }
    // 0.1 dB of one half.
    assertThat(largest).isBetween(0.4943, 0.5058);
    Path png = folder.resolve("a.png");
    assertThat(run("sound", "spectrum", wav.toString(), "--out", png.toString())).isZero();
    assertThat(Files.size(png)).isGreaterThan(1_000);
  }

  @Test
  void seededNumbersRepeat() throws Exception {
    Path one = folder.resolve("one.txt");
    Path two = folder.resolve("two.txt");
    run("sound", "scalar", "--count", "500", "--seed", "3", "--out", one.toString());
    run("sound", "scalar", "--count", "500", "--seed", "3", "--out", two.toString());
    assertThat(Files.readAllLines(one)).hasSize(500).isEqualTo(Files.readAllLines(two));
  }

  @Test
  void wrongInputNamesTheValueAndWhatIsAllowed() {
    assertThat(run("sound", "render", "--freq", "-1")).isEqualTo(2);
    assertThat(err.toString()).contains("Frequency must be between 0.1 and 20000 Hz; was -1.0");
    assertThat(run("sound", "render", "--bowl", "teapot")).isEqualTo(2);
    assertThat(err.toString()).contains("teapot").contains("heavy-180mm");
    assertThat(run("sound", "render", "--duration", "nonsense")).isEqualTo(2);
    assertThat(run("sound", "scalar", "--method", "dice")).isEqualTo(2);
    assertThat(err.toString()).contains("kuramoto");
    assertThat(run("sound", "spectrum", folder.resolve("none.wav").toString())).isEqualTo(1);
    assertThat(run("serve", "--port", "teapot=1")).isEqualTo(2);
    assertThat(run("serve", "--demo", "--host", "0.0.0.0")).isEqualTo(1);
    assertThat(err.toString()).contains("loopback");
    assertThat(err.toString()).doesNotContain("\tat ");
  }
}
