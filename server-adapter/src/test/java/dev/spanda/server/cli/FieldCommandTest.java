package dev.spanda.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.biofield.Frame;
import dev.spanda.biofield.capture.Pictures;
import dev.spanda.contract.http.WireJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FieldCommandTest {

  private record Ran(int exit, String out, String err) {}

  @TempDir private Path folder;

  private Ran run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int exit = Main.run(new PrintWriter(out), new PrintWriter(err), arguments);
    return new Ran(exit, out.toString(), err.toString());
  }

  private Path picture() throws IOException {
    int[] pixels = new int[160 * 120];
    for (int i = 0; i < pixels.length; i++) {
      int x = i % 160;
      int y = i / 160;
      boolean lit = (x - 80) * (x - 80) + (y - 60) * (y - 60) < 1600;
      pixels[i] = lit ? 0xd09040 + x : 0x101820 + y;
    }
    return Files.write(folder.resolve("disc.png"), Pictures.png(Frame.of(160, 120, pixels)));
  }

  @Test
  void aPictureIsMeasuredAsTheDocumentNamesIt() throws IOException {
    Ran ran = run("field", "measure", picture().toString(), "--json");
    assertThat(ran.exit).as(ran.err).isZero();
    JsonNode json = WireJson.mapper().readTree(ran.out);
    assertThat(json.at("/metrics/geometric/imageArea").isInt()).isTrue();
    assertThat(json.at("/metrics/geometric/imageArea").intValue()).isEqualTo(19_200);
    assertThat(json.at("/metrics/geometric/centerOfMass")).hasSize(2);
    assertThat(json.at("/metrics/contour/contourCount").intValue()).isEqualTo(1);
    assertThat(json.at("/metrics/symmetry/verticalSymmetry").doubleValue()).isBetween(0.9, 1.0);
    assertThat(json.at("/scores")).hasSize(6);
    assertThat(json.at("/contributions/energy/0/input").textValue())
        .isEqualTo("lightQuantaDensity");
    assertThat(run("field", "measure", picture().toString(), "--json").out).isEqualTo(ran.out);
  }

  @Test
  void aPictureIsMeasuredForPeople() throws IOException {
    Ran ran = run("field", "measure", picture().toString(), "--profile", "realtime");
    assertThat(ran.exit).as(ran.err).isZero();
    assertThat(ran.out).contains("avg intensity").contains("score color balance");
  }

  @Test
  void theBenchTellsItsParts() throws IOException {
    Ran ran = run("field", "bench", picture().toString(), "--seconds", "0.1", "--json");
    assertThat(ran.exit).as(ran.err).isZero();
    JsonNode json = WireJson.mapper().readTree(ran.out);
    assertThat(json.at("/measure_full_ms").doubleValue()).isPositive();
    assertThat(json.at("/frame_realtime_ms").doubleValue()).isPositive();
  }

  @Test
  void wrongInputIsRefusedByName() throws IOException {
    Path text = Files.writeString(folder.resolve("no.jpg"), "no picture");
    Ran noPicture = run("field", "measure", text.toString());
    assertThat(noPicture.exit).isEqualTo(1);
    assertThat(noPicture.err).contains("JPEG, PNG or BMP");
    Ran missing = run("field", "measure", folder.resolve("none.png").toString());
    assertThat(missing.exit).isEqualTo(1);
    assertThat(missing.err).contains("there is no file").contains("none.png");
    Ran profile = run("field", "measure", picture().toString(), "--profile", "fast");
    assertThat(profile.exit).isEqualTo(2);
    assertThat(profile.err).contains("profile must be one of full, realtime; was fast");
    assertThat(run("field", "measure", picture().toString(), "--preset", "v3").exit).isEqualTo(2);
    assertThat(run("field", "bench", picture().toString(), "--seconds", "0").exit).isEqualTo(2);
    assertThat(run("field", "measure").exit).isEqualTo(2);
  }
}
