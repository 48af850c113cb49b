package dev.spanda.server.octospine;

import dev.spanda.audio.SampleRate;
import dev.spanda.audio.bowl.BowlSynth;
import dev.spanda.audio.bowl.ToneSettings;
import dev.spanda.audio.file.FlacWriter;
import dev.spanda.audio.file.WavFormat;
import dev.spanda.audio.file.WavWriter;
import dev.spanda.core.file.StoredFile;
import dev.spanda.core.task.Processor;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A struck singing bowl as a file of the account. Parameters: {@code frequency}, 20 to 2 000 Hz, by
 * default 136.1; {@code duration}, 1 to 600 s, by default 30; {@code volume}, 0 to 1, by default
 * 0.8; {@code format}, {@code flac} (the default) or {@code wav}, 16 bits a sample.
 */
final class AudioProcessor implements Processor {

  private static final int BITS = 16;

  private final dev.spanda.core.file.Files files;

  AudioProcessor(dev.spanda.core.file.Files files) {
    this.files = files;
  }

  private record Tone(double frequencyHz, double seconds, double volume, String format) {
    static Tone of(Map<String, Object> parameters) {
      Given given = new Given(parameters, "frequency", "duration", "volume", "format");
      return new Tone(
          given.number("frequency", 136.1, 20, 2_000, "Hz"),
          given.number("duration", 30, 1, 600, "seconds"),
          given.number("volume", 0.8, 0, 1, ""),
          given.choice("format", "flac", List.of("flac", "wav")));
    }
  }

  @Override
  public String type() {
    return "generate_audio";
  }

  @Override
  public String description() {
    return "Renders a struck singing bowl as a sound file.";
  }

  @Override
  public List<String> needs(Map<String, Object> parameters) {
    return List.of("audio_generation");
  }

  @Override
  public void check(Map<String, Object> parameters) {
    Tone unused = Tone.of(parameters);
  }

  @Override
  public Map<String, Object> run(Map<String, Object> parameters, Context context)
      throws IOException {
    Tone tone = Tone.of(parameters);
    BowlSynth bowl =
        BowlSynth.from(
            ToneSettings.of(tone.frequencyHz(), Duration.ofNanos(Math.round(tone.seconds() * 1e9)))
                .withVolume(tone.volume()),
            SampleRate.CD);
    context.progress(0.1, "Rendering the bowl");
    Path rendered = Files.createTempFile("spanda-bowl", "." + tone.format());
    try {
      if (tone.format().equals("flac")) {
        FlacWriter.of(BITS).write(bowl, rendered);
      } else {
        WavWriter.of(WavFormat.PCM16).write(bowl, rendered);
      }
      context.throwIfCancelled();
      context.progress(0.8, "Keeping the file");
      try (InputStream in = Files.newInputStream(rendered)) {
        StoredFile file =
            files.save(
                context.owner(),
                StoredFile.Plan.of("bowl." + tone.format()).withId(fileId(context.key())),
                in);
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("file_id", file.id());
        result.put("bytes", file.size());
        result.put("format", tone.format());
        result.put("seconds", tone.seconds());
        return result;
      }
    } finally {
      Files.deleteIfExists(rendered);
    }
  }

  /** The name of what a run makes, so that a run which is repeated makes it once. */
  static String fileId(String key) {
    return "file_" + key.substring(key.indexOf('_') + 1);
  }
}
