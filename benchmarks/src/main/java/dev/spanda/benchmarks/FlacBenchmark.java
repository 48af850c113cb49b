package dev.spanda.benchmarks;

import dev.spanda.audio.Pcm;
import dev.spanda.audio.file.FlacWriter;
import dev.spanda.audio.file.WavFormat;
import dev.spanda.audio.file.WavReader;
import dev.spanda.audio.file.WavWriter;
import dev.spanda.core.store.trial.ScratchFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many million samples a second become FLAC, from memory to a file in the temporary folder, and
 * beside us the {@code flac} tool at its default level, whose start and reading of the WAV file
 * count. The setup prints both sizes.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FlacBenchmark {

  private static final int SAMPLES = 30 * 44_100;

  /** Who encodes. */
  public enum Encoder {
    /** {@link FlacWriter}. */
    SPANDA {
      @Override
      void encode(Pcm sound, Path wav, Path flac) throws IOException {
        FlacWriter.of(16).write(sound, flac);
      }
    },
    /** The reference encoder, level 5. */
    FLAC {
      @Override
      void encode(Pcm sound, Path wav, Path flac) throws IOException {
        Tool.succeed("flac", "-s", "-5", "-f", "--no-padding", wav, "-o", flac);
      }
    };

    abstract void encode(Pcm sound, Path wav, Path flac) throws IOException;
  }

  /** The encoder. */
  @Param public Encoder encoder;

  /** How many channels share the samples. */
  @Param({"1", "2"})
  public int channels;

  private Pcm sound;
  private ScratchFolder scratch;
  private Path wav;
  private Path flac;

  /** Encodes with both, and lets the reference decoder compare the samples of ours. */
  @Setup
  public void prove() throws IOException {
    if (encoder == Encoder.FLAC && !Tool.present("flac")) {
      throw new IllegalStateException("the flac tool is not installed");
    }
    sound = SampleSounds.bowl(SAMPLES / channels, channels);
    scratch = ScratchFolder.named("flac-benchmark");
    Path folder = scratch.path();
    wav = folder.resolve("in.wav");
    flac = folder.resolve("out.flac");
    WavWriter.of(WavFormat.PCM16).write(sound, wav);
    encoder.encode(sound, wav, flac);
    System.out.println("# " + encoder + " wrote " + Files.size(flac) + " bytes");
    if (Tool.present("flac")) {
      Path back = folder.resolve("back.wav");
      Tool.succeed("flac", "-s", "-d", "-f", flac, "-o", back);
      Pcm decoded = WavReader.read(back);
      Pcm original = WavReader.read(wav);
      for (int channel = 0; channel < channels; channel++) {
        if (!Arrays.equals(decoded.channel(channel), original.channel(channel))) {
          throw new IllegalStateException(encoder + " changed a sample");
        }
      }
    }
  }

  /** Encodes 1 323 000 samples: thirty seconds of one channel or fifteen of two. */
  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public void encode() throws IOException {
    encoder.encode(sound, wav, flac);
  }

  /** Removes the files. */
  @TearDown
  public void clean() throws IOException {
    scratch.close();
  }
}
