package dev.spanda.media.thumbnail;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanda.media.geometry.GeometryPlan;
import dev.spanda.media.geometry.SacredGeometry;
import dev.spanda.media.logo.LogoMaker;
import dev.spanda.media.logo.LogoPlan;
import java.awt.Font;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The platform's fonts need libfontconfig and freetype: words must never ask for them. */
class NoFontSystemTest {

  @TempDir Path folder;

  /** Draws words in all the ways there are. */
  static final class Child {
    private Child() {}

    public static void main(String[] arguments) {
      int bytes = ThumbnailMaker.png(ThumbnailPlan.of("Words", Template.GAMING)).length;
      bytes += ThumbnailMaker.jpeg(ThumbnailPlan.of("Words", Template.VLOG)).length;
      bytes += ThumbnailMaker.webp(ThumbnailPlan.of("Words", Template.TUTORIAL)).length;
      bytes += LogoMaker.draw(LogoPlan.of("Words", LogoPlan.Style.VINTAGE)).png(200).length;
      bytes +=
          SacredGeometry.draw(GeometryPlan.of(GeometryPlan.Pattern.SRI_YANTRA)).png(200).length;
      System.out.println(bytes > 10_000 ? "drawn" : "empty");
      // A class of the platform's fonts, named only to show that the log would tell of it.
      if (arguments.length > 0) {
        System.out.println(new Font("Dialog", Font.PLAIN, 12).getSize());
      }
    }
  }

  private String loaded(String... arguments) throws Exception {
    Path log = folder.resolve("classes" + arguments.length + ".txt");
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xlog:class+load:file=" + log,
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName()));
    command.addAll(List.of(arguments));
    File said = folder.resolve("said" + arguments.length + ".txt").toFile();
    Process process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(said).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readString(said.toPath())).startsWith("drawn");
    return Files.readString(log, StandardCharsets.UTF_8);
  }

  @Test
  void noClassOfThePlatformsFontsIsLoadedWhileWordsAreDrawn() throws Exception {
    assertThat(loaded())
        .contains("dev.spanda.media.canvas.Typeface")
        .doesNotContain("java.awt.Font ")
        .doesNotContain("sun.font.");
    assertThat(loaded("control")).contains("java.awt.Font ");
  }
}
