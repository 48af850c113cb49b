package dev.spanda.benchmarks;

import dev.spanda.media.geometry.GeometryPlan;
import dev.spanda.media.geometry.GeometryPlan.Pattern;
import dev.spanda.media.geometry.SacredGeometry;
import dev.spanda.media.rothko.Rothko;
import dev.spanda.media.rothko.RothkoPlan;
import dev.spanda.media.thumbnail.Template;
import dev.spanda.media.thumbnail.ThumbnailMaker;
import dev.spanda.media.thumbnail.ThumbnailPlan;
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

/** How long pictures take, from the plan to the file. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 5, time = 1)
public class PictureBenchmark {

  private final RothkoPlan field = RothkoPlan.of(RothkoPlan.Palette.EMBER);
  private final GeometryPlan flower =
      GeometryPlan.of(Pattern.FLOWER_OF_LIFE)
          .withComplexity(6)
          .withScheme(GeometryPlan.Scheme.CHAKRA);
  private final GeometryPlan yantra = GeometryPlan.of(Pattern.SRI_YANTRA);
  private final ThumbnailPlan thumbnail =
      ThumbnailPlan.of("100 days in one block", Template.GAMING)
          .withSubtitle("You won't believe this!")
          .withBadge("EP 12");

  /** Checks what is drawn. */
  @Setup
  public void prove() {
    SacredGeometry drawn = SacredGeometry.draw(flower);
    if (drawn.circles().size() != 127
        || drawn.residual() >= 1e-9
        || SacredGeometry.draw(yantra).residual() >= 1e-9
        || ThumbnailMaker.draw(thumbnail).getWidth() != 1280) {
      throw new IllegalStateException("Something else was drawn");
    }
  }

  /** A colour field of 1920×1080, blur 50, as PNG in Base64. */
  @Benchmark
  public String rothko() {
    return Rothko.base64(field);
  }

  /** 127 circles as SVG. */
  @Benchmark
  public String flowerOfLife() {
    return SacredGeometry.draw(flower).svg();
  }

  /** The whole Sri Yantra as SVG; the figure was solved when its class was loaded. */
  @Benchmark
  public String sriYantra() {
    return SacredGeometry.draw(yantra).svg();
  }

  /** A thumbnail with title, subtitle and badge as PNG. */
  @Benchmark
  public byte[] thumbnailPng() {
    return ThumbnailMaker.png(thumbnail);
  }

  /** The same as JPEG. */
  @Benchmark
  public byte[] thumbnailJpeg() {
    return ThumbnailMaker.jpeg(thumbnail);
  }

  /** The same as lossless WebP. */
  @Benchmark
  public byte[] thumbnailWebp() {
    return ThumbnailMaker.webp(thumbnail);
  }
}
