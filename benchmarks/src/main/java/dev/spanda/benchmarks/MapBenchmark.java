package dev.spanda.benchmarks;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.map.AstroMap;
import dev.spanda.astrology.map.MapLine;
import dev.spanda.astrology.map.Paran;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * What do the lines of ten bodies (longitudes at 181 latitudes) and all their parans cost, in
 * closed form and by scanning latitudes for crossings of lines?
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class MapBenchmark {

  /** Latitudes of all parans. */
  interface Parans {
    List<Double> latitudes(AstroMap map);
  }

  /** Ways to find parans. */
  public enum Peer implements Parans {
    /** Ours. */
    CLOSED_FORM {
      @Override
      public List<Double> latitudes(AstroMap map) {
        return map.parans().stream().map(Paran::latitudeDeg).sorted().toList();
      }
    },
    /** Every half degree of latitude, then bisection, for each two lines of different bodies. */
    SCANNED {
      @Override
      public List<Double> latitudes(AstroMap map) {
        List<MapLine> lines = map.lines();
        List<Double> found = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
          for (int j = i + 1; j < lines.size(); j++) {
            if (lines.get(i).body() != lines.get(j).body()
                && !(lines.get(i).angle().meridian() && lines.get(j).angle().meridian())) {
              scan(lines.get(i), lines.get(j), found);
            }
          }
        }
        return found.stream().sorted().toList();
      }
    };

    private static void scan(MapLine first, MapLine second, List<Double> found) {
      double limit = Math.min(first.latitudeLimitDeg(), second.latitudeLimitDeg()) - 1e-9;
      int steps = 360;
      double before = apart(first, second, -limit);
      for (int k = 1; k <= steps; k++) {
        double to = -limit + 2 * limit * k / steps;
        double at = apart(first, second, to);
        if (before < 0 != at < 0 && Math.abs(before - at) < 90) {
          double low = to - 2 * limit / steps;
          double high = to;
          for (int n = 0; n < 40; n++) {
            double middle = (low + high) / 2;
            if (apart(first, second, middle) < 0 == before < 0) {
              low = middle;
            } else {
              high = middle;
            }
          }
          found.add(low);
        }
        before = at;
      }
    }

    private static double apart(MapLine first, MapLine second, double latitude) {
      double difference =
          first.longitudeAt(latitude).orElse(0) - second.longitudeAt(latitude).orElse(0);
      return difference - 360 * Math.rint(difference / 360);
    }
  }

  @Param public Peer peer;

  private AstroMap map;

  /** Ten bodies near the ecliptic; proves that what the scan finds is among the closed form's. */
  @Setup
  public void prepare() {
    SplittableRandom random = new SplittableRandom(31);
    List<AstroMap.Point> points = new ArrayList<>();
    for (Body body : Body.planets()) {
      points.add(AstroMap.Point.zodiacal(body, random.nextDouble() * 360, 23.44));
    }
    map = AstroMap.of(123.4, points);
    List<Double> closed = Peer.CLOSED_FORM.latitudes(map);
    List<Double> scanned = Peer.SCANNED.latitudes(map);
    for (double latitude : scanned) {
      if (closed.stream().noneMatch(other -> Math.abs(other - latitude) < 1e-6)) {
        throw new IllegalStateException("scanned only: " + latitude);
      }
    }
    if (scanned.size() < closed.size() * 9 / 10) {
      throw new IllegalStateException("scanned " + scanned.size() + " of " + closed.size());
    }
  }

  /** Lines and parans. */
  @Benchmark
  public void map(Blackhole hole) {
    for (MapLine line : map.lines()) {
      for (int latitude = -90; latitude <= 90; latitude++) {
        hole.consume(line.longitudeAt(latitude));
      }
    }
    hole.consume(peer.latitudes(map));
  }
}
