package dev.spanda.server.outbound;

import dev.spanda.media.clip.Cutter;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The program that cuts films, as this machine is set up: ffmpeg is looked for unless the property
 * {@code spanda.ffmpeg} or the variable {@code SPANDA_FFMPEG} names it.
 */
public final class Encoder {

  private static final String PROPERTY = "spanda.ffmpeg";
  private static final String VARIABLE = "SPANDA_FFMPEG";

  private Encoder() {}

  /**
   * A cutter that uses the program.
   *
   * @param limits what a film may cost
   */
  public static Cutter cutter(Cutter.Limits limits) {
    String named = System.getProperty(PROPERTY, System.getenv().getOrDefault(VARIABLE, ""));
    return new Cutter(named.isBlank() ? Optional.empty() : Optional.of(Path.of(named)), limits);
  }
}
