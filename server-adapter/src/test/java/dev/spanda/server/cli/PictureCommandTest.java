package dev.spanda.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PictureCommandTest {

  @TempDir Path folder;
  private final StringWriter said = new StringWriter();

  private int run(String... arguments) {
    PrintWriter out = new PrintWriter(said);
    return Main.run(out, out, arguments);
  }

  @Test
  void aColourFieldIsWritten() throws Exception {
    Path file = folder.resolve("field.png");
    assertThat(
            run(
                "picture",
                "rothko",
                "--colors",
                "#FF6B6B,#4ECDC4",
                "--width",
                "320",
                "--height",
                "180",
                "--out",
                file.toString()))
        .isZero();
    assertThat(ImageIO.read(file.toFile()).getWidth()).isEqualTo(320);
    assertThat(run("picture", "rothko", "--colors", "red", "--out", file.toString())).isEqualTo(2);
    assertThat(said.toString()).contains("#RRGGBB");
  }

  @Test
  void aPatternIsWrittenAsItsFileEnds() throws Exception {
    Path svg = folder.resolve("yantra.svg");
    Path png = folder.resolve("yantra.png");
    assertThat(run("picture", "geometry", "sri-yantra", "--out", svg.toString(), "--json"))
        .isZero();
    assertThat(said.toString()).contains("\"residual\"");
    assertThat(Files.readString(svg)).contains("sri yantra");
    assertThat(run("picture", "geometry", "sri-yantra", "--size", "200", "--out", png.toString()))
        .isZero();
    assertThat(ImageIO.read(png.toFile()).getHeight()).isEqualTo(200);
    assertThat(run("picture", "geometry", "blob", "--out", png.toString())).isEqualTo(2);
    assertThat(run("picture", "geometry", "torus", "--out", folder + "/a.gif")).isEqualTo(2);
    assertThat(said.toString()).contains("*.svg, *.png");
  }

  @Test
  void aThumbnailIsWritten() throws Exception {
    Path png = folder.resolve("one.png");
    Path webp = folder.resolve("two.webp");
    assertThat(
            run(
                "picture",
                "thumbnail",
                "Hello",
                "--style",
                "vlog",
                "--subtitle",
                "again",
                "--badge",
                "EP 1",
                "--out",
                png.toString()))
        .isZero();
    assertThat(ImageIO.read(png.toFile()).getWidth()).isEqualTo(1280);
    assertThat(
            run(
                "picture",
                "thumbnail",
                "Hello",
                "--picture",
                png.toString(),
                "--background",
                "solid",
                "--colors",
                "#123,#456",
                "--out",
                webp.toString()))
        .isZero();
    assertThat(Files.readAllBytes(webp)).startsWith('R', 'I', 'F', 'F');
    assertThat(run("picture", "thumbnail", "Hello", "--style", "horror", "--out", png.toString()))
        .isEqualTo(2);
    assertThat(run("picture", "thumbnail", "Hello", "--out", folder + "/none/a.png")).isEqualTo(2);
    assertThat(said.toString()).contains("There is no folder");
  }
}
