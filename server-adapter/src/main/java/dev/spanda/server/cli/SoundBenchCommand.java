package dev.spanda.server.cli;

import com.sun.management.OperatingSystemMXBean;
import dev.spanda.audio.SampleRate;
import dev.spanda.audio.Sound;
import dev.spanda.audio.bowl.BowlSynth;
import dev.spanda.audio.bowl.ToneSettings;
import dev.spanda.audio.file.WavFormat;
import dev.spanda.audio.file.WavWriter;
import dev.spanda.audio.synth.Partial;
import dev.spanda.audio.synth.PartialBank;
import dev.spanda.audio.synth.Precision;
import dev.spanda.core.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Times the synthesis on this machine. */
@Command(
    name = "bench",
    description =
        "Time the synthesis of decaying partials beside a loop of Math.sin and Math.exp. For"
            + " figures to publish use the benchmarks module.",
    mixinStandardHelpOptions = true)
final class SoundBenchCommand implements Callable<Integer> {

  private static final int BLOCK = 1 << 14;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Option(
      names = "--partials",
      description = "How many partials sound together, 1 to 256; ${DEFAULT-VALUE} by default.",
      defaultValue = "8")
  private int partials = 8;

  @Option(
      names = "--seconds",
      description = "How long each is timed, 0.1 to 60; ${DEFAULT-VALUE} by default.",
      defaultValue = "2")
  private double seconds = 2;

  @Option(
      names = "--half-hour",
      paramLabel = "FILE.wav",
      description =
          "Instead, render 30 minutes of a bowl to this 16-bit file in a cold virtual machine and"
              + " tell processor time and heap growth.")
  private @Nullable Path halfHour;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  SoundBenchCommand() {}

  @Override
  public Integer call() throws IOException {
    Failure.requireInRange("partials", "Partials", partials, 1, 256, "");
    Failure.requireInRange("seconds", "Seconds", seconds, 0.1, 60, "");
    PrintWriter screen = spec.commandLine().getOut();
    if (halfHour != null) {
      renderHalfHour(halfHour).print(screen, json);
      return 0;
    }
    List<Partial> voices = voices();
    float[][] block = new float[1][BLOCK];
    double fast = measure(bank(voices, Precision.FAST), block);
    double precise = measure(bank(voices, Precision.PRECISE), block);
    double naive = time(first -> naive(voices, first, block[0]), BLOCK);
    new Report()
        .add("partials", partials)
        .add("fast_million_samples_per_second", fast / 1e6)
        .add("precise_million_samples_per_second", precise / 1e6)
        .add("naive_million_samples_per_second", naive / 1e6)
        .add("fast_times_naive", fast / naive)
        .print(screen, json);
    return 0;
  }

  /**
   * Processor time of all threads, compiler and collector included, and the highest use of heap.
   */
  private static Report renderHalfHour(Path file) throws IOException {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    List<MemoryPoolMXBean> heap =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();
    Runtime.getRuntime().gc();
    heap.forEach(MemoryPoolMXBean::resetPeakUsage);
    long before = heap.stream().mapToLong(pool -> pool.getUsage().getUsed()).sum();
    long began = System.nanoTime();
    long processor = system.getProcessCpuTime();
    BowlSynth sound = BowlSynth.from(ToneSettings.of(136.1, Duration.ofMinutes(30)), SampleRate.CD);
    WavWriter.of(WavFormat.PCM16).write(sound, file);
    processor = system.getProcessCpuTime() - processor;
    double seconds = (System.nanoTime() - began) / 1e9;
    long peak = heap.stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
    return new Report()
        .add("frames", sound.frames())
        .add("processor_seconds", processor / 1e9)
        .add("wall_seconds", seconds)
        .add("heap_growth_mib", (peak - before) / 1048576.0);
  }

  private interface Block {
    void fill(long firstFrame);
  }

  private double measure(Sound sound, float[][] block) {
    return time(first -> sound.read(first, block, 0, BLOCK), BLOCK);
  }

  /** Samples a second, after as long a warm-up. */
  private double time(Block block, int samples) {
    run(block, samples, seconds / 2);
    return run(block, samples, seconds);
  }

  private double run(Block block, int samples, double atLeastSeconds) {
    long began = System.nanoTime();
    long end = began + (long) (atLeastSeconds * 1e9);
    long first = 0;
    do {
      block.fill(first);
      first += samples;
    } while (System.nanoTime() < end);
    return first * 1e9 / (System.nanoTime() - began);
  }

  private List<Partial> voices() {
    List<Partial> voices = new ArrayList<>();
    for (int i = 0; i < partials; i++) {
      voices.add(Partial.of(100 + 67.3 * i, 0.9 / partials).withT60Seconds(4_000.0 / (1 + i % 8)));
    }
    return voices;
  }

  private static PartialBank bank(List<Partial> voices, Precision precision) {
    return PartialBank.lasting(Duration.ofHours(24), SampleRate.CD)
        .precision(precision)
        .addAll(voices)
        .build();
  }

  private static void naive(List<Partial> voices, long first, float[] block) {
    for (int i = 0; i < block.length; i++) {
      double t = (first + i) / 44_100.0;
      double sum = 0;
      for (Partial voice : voices) {
        sum +=
            voice.amplitude()
                * Math.exp(-6.907755278982137 / voice.t60Seconds() * t)
                * Math.sin(2 * Math.PI * voice.frequencyHz() * t);
      }
      block[i] = (float) sum;
    }
  }
}
