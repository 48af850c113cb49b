package dev.spanda.benchmarks;

import dev.spanda.audio.SampleRate;
import dev.spanda.audio.Sound;
import dev.spanda.audio.synth.Partial;
import dev.spanda.audio.synth.PartialBank;
import dev.spanda.audio.synth.Precision;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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

/** How many samples a microsecond a bank of decaying partials gives, beside the plain loop. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class PartialBankBenchmark {

  private static final int BLOCK = 4096;
  private static final long LAST = 30L * 60 * 44_100 - 2 * BLOCK;
  private static final double[] BOWL_HZ = {221, 614, 1145, 1804, 2577, 3456, 4419, 5480};

  /** Who computes. */
  public enum Peer {
    /** {@link Math#sin} and {@link Math#exp} for each sample of each partial. */
    NAIVE {
      @Override
      Renderer of(List<Partial> partials) {
        return (first, out) -> naive(partials, first, out);
      }
    },
    /** Ours in float. */
    FAST {
      @Override
      Renderer of(List<Partial> partials) {
        return bank(partials, Precision.FAST);
      }
    },
    /** Ours in double. */
    PRECISE {
      @Override
      Renderer of(List<Partial> partials) {
        return bank(partials, Precision.PRECISE);
      }
    };

    abstract Renderer of(List<Partial> partials);
  }

  /** Fills a block from a frame on. */
  interface Renderer {
    void render(long firstFrame, float[] out);
  }

  /** The peer to be measured. */
  @Param public Peer peer;

  /** How many partials. */
  @Param({"8", "64"})
  public int partials;

  private final float[] out = new float[BLOCK];
  private Renderer renderer = (first, into) -> {};
  private long frame;

  /** Proves that all agree within 2·10⁻⁷ of full scale, then chooses one. */
  @Setup
  public void prove() {
    List<Partial> list = partials(partials);
    float[] expected = new float[BLOCK];
    for (long first : new long[] {0, 100_000, 1_323_000}) {
      Peer.NAIVE.of(list).render(first, expected);
      for (Peer each : Peer.values()) {
        each.of(list).render(first, out);
        for (int i = 0; i < BLOCK; i++) {
          if (!(Math.abs(out[i] - expected[i]) <= 2e-7)) {
            throw new IllegalStateException(each + " differs at frame " + (first + i));
          }
        }
      }
    }
    renderer = peer.of(list);
  }

  /** One block of 4 096 frames; the figure is samples. */
  @Benchmark
  @OperationsPerInvocation(BLOCK)
  public float[] samples() {
    renderer.render(frame, out);
    frame = frame < LAST ? frame + BLOCK : 0;
    return out;
  }

  private static List<Partial> partials(int count) {
    List<Partial> list = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int mode = i / 2 % BOWL_HZ.length;
      double split = i % 2 == 0 ? 0.999 : 1.001;
      double hz = BOWL_HZ[mode] * split * (1 + 0.013 * Math.floorDiv(i, 16));
      // The decay is slow enough that no partial dies within the half hour.
      list.add(Partial.of(hz, 0.8 / count).withT60Seconds(2000.0 / (1 + mode)));
    }
    return list;
  }

  private static Renderer bank(List<Partial> partials, Precision precision) {
    Sound bank =
        PartialBank.lasting(Duration.ofMinutes(30), SampleRate.CD)
            .addAll(partials)
            .precision(precision)
            .build();
    float[][] channels = new float[1][];
    return (first, out) -> {
      channels[0] = out;
      bank.read(first, channels, 0, out.length);
    };
  }

  private static void naive(List<Partial> partials, long first, float[] out) {
    double[] omega = new double[partials.size()];
    double[] decay = new double[partials.size()];
    double[] amplitude = new double[partials.size()];
    for (int k = 0; k < omega.length; k++) {
      omega[k] = 2 * Math.PI * partials.get(k).frequencyHz();
      decay[k] = Math.log(1000) / partials.get(k).t60Seconds();
      amplitude[k] = partials.get(k).amplitude();
    }
    for (int i = 0; i < out.length; i++) {
      double t = (first + i) / 44_100.0;
      double sum = 0;
      for (int k = 0; k < omega.length; k++) {
        sum += amplitude[k] * Math.exp(-decay[k] * t) * Math.sin(omega[k] * t);
      }
      out[i] = (float) sum;
    }
  }
}
