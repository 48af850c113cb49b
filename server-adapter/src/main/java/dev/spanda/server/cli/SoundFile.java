package dev.spanda.server.cli;

import dev.spanda.audio.Sound;
import dev.spanda.audio.file.FlacWriter;
import dev.spanda.audio.file.WavFormat;
import dev.spanda.audio.file.WavWriter;
import dev.spanda.core.Failure;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes a sound as a file of the chosen kind. */
interface SoundFile {

  void write(Sound sound, Path out) throws IOException;

  /**
   * The kind of file that words on the command line mean.
   *
   * @throws Failure INVALID, subject {@code format} or {@code bits}
   */
  static SoundFile of(String format, String bits, @Nullable Long ditherSeed) {
    return switch (format) {
      case "wav" -> {
        WavWriter writer = WavWriter.of(wav(bits));
        WavWriter chosen = ditherSeed == null ? writer : writer.withDither(ditherSeed);
        yield chosen::write;
      }
      case "flac" -> {
        if (!bits.equals("16") && !bits.equals("24")) {
          throw Failure.notAllowed("bits", bits, List.of("16", "24"));
        }
        FlacWriter writer = FlacWriter.of(Integer.parseInt(bits));
        FlacWriter chosen = ditherSeed == null ? writer : writer.withDither(ditherSeed);
        yield chosen::write;
      }
      default -> throw Failure.notAllowed("format", format, List.of("wav", "flac"));
    };
  }

  private static WavFormat wav(String bits) {
    return switch (bits) {
      case "16" -> WavFormat.PCM16;
      case "24" -> WavFormat.PCM24;
      case "32" -> WavFormat.PCM32;
      case "float" -> WavFormat.FLOAT32;
      default -> throw Failure.notAllowed("bits", bits, List.of("16", "24", "32", "float"));
    };
  }
}
