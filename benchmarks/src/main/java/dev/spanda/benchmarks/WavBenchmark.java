package dev.spanda.benchmarks;

import dev.spanda.audio.Pcm;
import dev.spanda.audio.file.WavFormat;
import dev.spanda.audio.file.WavReader;
import dev.spanda.audio.file.WavWriter;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
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
import org.openjdk.jmh.annotations.Warmup;

/** How many million samples a second become WAV, from memory to nowhere: the conversion alone. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class WavBenchmark {

  private static final int FRAMES = 30 * 44_100;

  /** The format. */
  @Param public WavFormat format;

  /** Whether noise is added before rounding. */
  @Param({"false", "true"})
  public boolean dither;

  private Pcm sound;
  private WavWriter writer;

  /** Writes once and reads back. */
  @Setup
  public void prove() throws IOException {
    sound = SampleSounds.bowl(FRAMES, 1);
    writer = dither ? WavWriter.of(format).withDither(1) : WavWriter.of(format);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    writer.write(sound, bytes);
    float[] back =
        WavReader.read(new ByteArrayInputStream(bytes.toByteArray()), 1 << 24).channel(0);
    float[] before = sound.channel(0);
    for (int i = 0; i < FRAMES; i++) {
      if (Math.abs(back[i] - before[i]) > 1.6 / 32_768) {
        throw new IllegalStateException("sample " + i + " changed");
      }
    }
  }

  /** Writes thirty seconds. */
  @Benchmark
  @OperationsPerInvocation(FRAMES)
  public void write() throws IOException {
    writer.write(sound, OutputStream.nullOutputStream());
  }
}
