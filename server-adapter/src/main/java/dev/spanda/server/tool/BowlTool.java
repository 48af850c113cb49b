package dev.spanda.server.tool;

import dev.spanda.audio.SampleRate;
import dev.spanda.audio.bowl.BowlSynth;
import dev.spanda.audio.bowl.ToneSettings;
import dev.spanda.audio.file.FlacWriter;
import dev.spanda.audio.file.WavFormat;
import dev.spanda.audio.file.WavWriter;
import dev.spanda.core.tool.Tool;
import dev.spanda.core.tool.ToolContext;
import dev.spanda.core.tool.ToolInput;
import dev.spanda.core.tool.ToolInputs;
import dev.spanda.core.tool.ToolResult;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A struck singing bowl as a sound file. */
final class BowlTool implements Tool {

  private static final double BITS = 16;
  private static final List<String> FORMATS = List.of("flac", "wav");

  @Override
  public String id() {
    return "prayer_bowl";
  }

  @Override
  public String name() {
    return "Prayer Bowl";
  }

  @Override
  public String category() {
    return "audio";
  }

  @Override
  public long creditsPerUse() {
    return 15;
  }

  @Override
  public String description() {
    return "Render a struck singing bowl as a lossless sound file";
  }

  @Override
  public Duration usualTime() {
    return Duration.ofSeconds(2);
  }

  @Override
  public List<ToolInput> inputs() {
    return List.of(
        new ToolInput.Numeric(
            "frequency", "Fundamental in Hz", false, 20, 2_000, Optional.of(136.1)),
        new ToolInput.Numeric("duration", "Length in seconds", false, 1, 600, Optional.of(30.0)),
        new ToolInput.Numeric("volume", "Linear gain", false, 0, 1, Optional.of(0.8)),
        ToolInput.Choice.usuallyFirst("format", "Kind of file, 16 bits a sample", FORMATS));
  }

  @Override
  public ToolResult run(ToolInputs inputs, ToolContext context) {
    double frequency = inputs.number("frequency");
    Duration length = Duration.ofNanos(Math.round(inputs.number("duration") * 1e9));
    context.progress(0.05, "Tuning the bowl...");
    BowlSynth bowl =
        BowlSynth.from(
            ToneSettings.of(frequency, length).withVolume(inputs.number("volume")), SampleRate.CD);
    String format = inputs.text("format");
    String name = "bowl-" + BigDecimal.valueOf(frequency).stripTrailingZeros().toPlainString();
    boolean flac = format.equals("flac");
    // A FLAC is encoded twice, for its header and for its bytes; neither is longer than a WAV.
    double bytes = bowl.frames() * bowl.channels() * BITS / 8;
    return new ToolResult(
        "audio",
        "Bowl " + name.substring(name.indexOf('-') + 1) + " Hz",
        List.of(
            new ToolResult.Output(
                format,
                name + "." + format,
                flac ? "audio/flac" : "audio/wav",
                out -> {
                  OutputStream watched = new Watched(out, context, bytes);
                  if (flac) {
                    FlacWriter.of((int) BITS).write(bowl.fork(), watched);
                  } else {
                    WavWriter.of(WavFormat.PCM16).write(bowl.fork(), watched);
                  }
                })));
  }

  /** Tells progress by the bytes that pass, and ends the writing when the run should end. */
  private static final class Watched extends FilterOutputStream {
    private static final long STEP = 1 << 18;
    private final ToolContext context;
    private final double expected;
    private long passed;
    private long next;

    Watched(OutputStream out, ToolContext context, double expected) {
      super(out);
      this.context = context;
      this.expected = expected;
    }

    @Override
    public void write(int value) throws IOException {
      out.write(value);
      count(1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      out.write(bytes, offset, length);
      count(length);
    }

    private void count(int more) {
      passed += more;
      if (passed >= next) {
        next = passed + STEP;
        context.throwIfCancelled();
        context.progress(Math.min(1, 0.1 + 0.9 * passed / expected), "Rendering the bowl...");
      }
    }
  }
}
