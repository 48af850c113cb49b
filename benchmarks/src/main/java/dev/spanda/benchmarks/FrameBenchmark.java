package dev.spanda.benchmarks;

import dev.spanda.biofield.Analysis;
import dev.spanda.biofield.Analyzer;
import dev.spanda.biofield.Frame;
import dev.spanda.biofield.Mask;
import dev.spanda.biofield.capture.Picture;
import dev.spanda.biofield.capture.Pictures;
import dev.spanda.biofield.fractal.BoxCount;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long a frame of 1280×720 pixels takes on one core, from its JPEG bytes to metrics and scores.
 * With {@code -prof gc} also how much each allocates.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class FrameBenchmark {

  private final Analyzer full = new Analyzer(Analyzer.Profile.FULL);
  private final Analyzer realtime = new Analyzer(Analyzer.Profile.REALTIME);
  private Analyzer.Stream stream = realtime.stream();
  private byte[] bytes = new byte[0];
  private Frame frame = Frame.of(1, 1, new int[1]);
  private long[] rows = new long[0];

  /** Reads the frame, and checks that both profiles see the same picture. */
  @Setup
  public void prove() throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            FrameBenchmark.class.getResourceAsStream(
                "/reference/field/photo_hd_1280x720_q80.jpg"))) {
      bytes = in.readAllBytes();
    }
    frame = Pictures.decode(bytes).frame();
    double whole = full.analyze(frame).metrics().basic().avgIntensity();
    double half = realtime.analyze(frame).metrics().basic().avgIntensity();
    if (frame.width() != 1280 || frame.height() != 720 || Math.abs(whole - half) > 0.5) {
      throw new IllegalStateException(
          frame.width() + "×" + frame.height() + " of mean " + whole + " and " + half);
    }
    stream = realtime.stream();
    rows = new long[20 * 720];
    for (int i = 0; i < frame.area(); i++) {
      if ((frame.pixels()[i] >> 8 & 255) > 98) {
        rows[i / 1280 * 20 + i % 1280 / 64] |= 1L << (i % 1280);
      }
    }
  }

  /** JPEG bytes to pixels. */
  @Benchmark
  public Picture decode() {
    return Pictures.decode(bytes);
  }

  /** Pixels to metrics and scores, everything at full size. */
  @Benchmark
  public Analysis measureFull() {
    return full.analyze(frame);
  }

  /** Pixels to metrics and scores as in a live session. */
  @Benchmark
  public Analysis measureRealtime() {
    return realtime.analyze(frame);
  }

  /** The left half of the frame. */
  @Benchmark
  public Analysis measureLeftHalf() {
    return full.analyze(frame, Mask.full(frame).rectangle(0, 0, 640, 720));
  }

  /** JPEG bytes to metrics and scores, everything at full size. */
  @Benchmark
  public Analysis frameFull() {
    return full.analyze(Pictures.decode(bytes).frame());
  }

  /** JPEG bytes to metrics and scores as in a live session. */
  @Benchmark
  public Analysis frameRealtime() {
    return realtime.analyze(Pictures.decode(bytes).frame());
  }

  /** The same with what a session adds. */
  @Benchmark
  public Analysis frameInSession() {
    Frame next = Pictures.decode(bytes).frame();
    return stream.next(next, Mask.full(next));
  }

  /** Box counts of a set of 1280×720 pixels in both bases. */
  @Benchmark
  public BoxCount.Result boxes() {
    return BoxCount.measure(rows, 20, 720);
  }
}
