package dev.spanda.benchmarks;

import dev.spanda.audio.SampleRate;
import dev.spanda.audio.file.WavFormat;
import dev.spanda.audio.file.WavWriter;
import dev.spanda.audio.synth.Partial;
import dev.spanda.audio.synth.PartialBank;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
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
 * How many samples a microsecond go into a 16-bit WAV file of ten minutes and eight partials,
 * beside programs of the machine. Their start counts, a few hundredths of a second. csound's
 * partials decay like ours; those of sox, which has no decay of its own for each, do not.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
public class SoundToolBenchmark {

  private static final int SECONDS = 600;
  private static final int SAMPLES = SECONDS * 44_100;
  private static final double[] BOWL_HZ = {221, 614, 1145, 1804, 2577, 3456, 4419, 5480};

  /** Who writes the file. */
  public enum Peer {
    /** Ours. */
    SPANDA {
      @Override
      void write(Path folder) throws IOException {
        PartialBank.Builder bank = PartialBank.lasting(Duration.ofSeconds(SECONDS), SampleRate.CD);
        for (double hz : BOWL_HZ) {
          bank.add(Partial.of(hz, 0.1).withT60Seconds(1000));
        }
        WavWriter.of(WavFormat.PCM16).write(bank.build(), folder.resolve("spanda.wav"));
      }
    },
    /** {@code sox synth}, when it is installed. */
    SOX {
      @Override
      void write(Path folder) throws IOException {
        List<Object> arguments =
            new ArrayList<>(
                List.of("-D", "-n", "-r", 44_100, "-b", 16, folder.resolve("sox.wav"), "synth"));
        arguments.add(SECONDS);
        for (double hz : BOWL_HZ) {
          arguments.add("sine");
          arguments.add(hz);
        }
        arguments.add("remix");
        arguments.add("-");
        Tool.succeed("sox", arguments.toArray());
      }
    },
    /** csound with one {@code poscil} and one {@code expon} a partial, when it is installed. */
    CSOUND {
      @Override
      void write(Path folder) throws IOException {
        Path program = folder.resolve("bank.csd");
        Files.writeString(program, csound());
        Tool.succeed(
            "csound", "-d", "-m0", "-W", "-s", "-o", folder.resolve("csound.wav"), program);
      }
    };

    abstract void write(Path folder) throws IOException;

    private static String csound() {
      StringBuilder notes = new StringBuilder();
      for (double hz : BOWL_HZ) {
        notes.append(String.format(Locale.ROOT, "i1 0 %d %.3f%n", SECONDS, hz));
      }
      return """
      <CsoundSynthesizer>
      <CsInstruments>
      sr = 44100
      ksmps = 64
      nchnls = 1
      0dbfs = 1
      instr 1
      aenv expon 0.1, p3, 0.0016
      asig poscil aenv, p4
      out asig
      endin
      </CsInstruments>
      <CsScore>
      """
          + notes
          + "e\n</CsScore>\n</CsoundSynthesizer>\n";
    }
  }

  /** The peer to be measured; one that is not installed fails and the others go on. */
  @Param public Peer peer;

  private Path folder = Path.of("");

  /** Writes once and proves that a file of the right length came about. */
  @Setup
  public void prove() throws IOException {
    folder = Files.createTempDirectory("spanda-bench");
    peer.write(folder);
    Path wav = folder.resolve(peer.name().toLowerCase(Locale.ROOT) + ".wav");
    if (Math.abs(Files.size(wav) - 2L * SAMPLES) > 4096) {
      throw new IllegalStateException(wav + " has " + Files.size(wav) + " bytes");
    }
  }

  /** One file. */
  @Benchmark
  @OperationsPerInvocation(SAMPLES)
  public void samples() throws IOException {
    peer.write(folder);
  }

  /** Removes the files. */
  @TearDown
  public void clean() throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.delete(file);
      }
    }
    Files.delete(folder);
  }
}
