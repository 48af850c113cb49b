package dev.spanda.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** A film that ffmpeg draws for a test. */
public final class DrawnFilm {

  private DrawnFilm() {}

  /**
   * Draws one, or skips the test where there is no ffmpeg that can.
   *
   * @param options all of ffmpeg's but the file, with blanks between
   * @return the file
   */
  public static Path draw(Path file, String options) throws IOException, InterruptedException {
    Assumptions.assumeTrue(isDrawn(file, options), "needs an ffmpeg that draws films");
    return file;
  }

  /** The same; false where there is no ffmpeg that can. */
  public static boolean isDrawn(Path file, String options)
      throws IOException, InterruptedException {
    if (!Files.isExecutable(Path.of("/usr/bin/ffmpeg"))) {
      return false;
    }
    List<String> command = new ArrayList<>(List.of("/usr/bin/ffmpeg", "-v", "error", "-y"));
    command.addAll(List.of(options.split(" ", -1)));
    command.add(file.toString());
    Process process = new ProcessBuilder(command).inheritIO().start();
    if (!process.waitFor(2, TimeUnit.MINUTES)) {
      process.destroyForcibly();
      throw new AssertionError("ffmpeg draws for too long");
    }
    return process.exitValue() == 0;
  }
}
