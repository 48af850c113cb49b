package dev.spanda.benchmarks;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Chart;
import dev.spanda.astrology.Charts;
import dev.spanda.astrology.Place;
import dev.spanda.astrology.Position;
import dev.spanda.astrology.aspect.AspectKind;
import dev.spanda.astrology.event.Almanac;
import dev.spanda.astrology.house.Houses;
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

/** What does a chart of twelve bodies with Placidus houses and aspects cost? */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class ChartBenchmark {

  private static final int MOMENTS = 256;
  private static final double DEG = Math.PI / 180;

  /** Number of aspects plus cusp 11: enough to see that both did the work. */
  interface Caster {
    double cast(double jdUt1, double jdTt, Place place);
  }

  /** Ways to cast. */
  public enum Peer implements Caster {
    /** Ours. */
    CHARTS {
      private final Charts charts = Charts.standard();

      @Override
      public double cast(double jdUt1, double jdTt, Place place) {
        Chart chart = charts.of(jdUt1, jdTt, place);
        return chart.aspects().size() + ((Houses.Cusps) chart.houses()).cuspDeg(11);
      }
    },
    /** The plain way: every pair against every aspect, Placidus by repeated substitution. */
    PLAIN {
      private final Almanac almanac = Almanac.standard();

      @Override
      public double cast(double jdUt1, double jdTt, Place place) {
        List<Position> positions = almanac.positions(BODIES, jdTt);
        int aspects = 0;
        for (int i = 0; i < positions.size(); i++) {
          for (int j = i + 1; j < positions.size(); j++) {
            double apart =
                Math.abs(positions.get(i).longitudeDeg() - positions.get(j).longitudeDeg());
            apart = Math.min(apart, 360 - apart);
            for (AspectKind kind : AspectKind.values()) {
              if (Math.abs(apart - kind.exactDeg()) <= kind.standardOrbDeg()) {
                aspects++;
              }
            }
          }
        }
        double armc = almanac.siderealDeg(jdUt1) + place.longitudeDeg();
        double eps = almanac.obliquityDeg(jdTt) * DEG;
        double eleventh = 0;
        for (double[] house : HOUSES) {
          double ra = (armc + house[0]) * DEG;
          double base = ra;
          for (int n = 0; n < 60; n++) {
            ra =
                base
                    + house[1]
                        * Math.asin(
                            Math.tan(place.latitudeDeg() * DEG) * Math.tan(eps) * Math.sin(ra));
          }
          double cusp = Math.atan2(Math.sin(ra), Math.cos(ra) * Math.cos(eps)) / DEG;
          if (house[0] == 30) {
            eleventh = cusp < 0 ? cusp + 360 : cusp;
          }
        }
        return aspects + eleventh;
      }
    };

    private static final double[][] HOUSES = {
      {30, 1 / 3.0}, {60, 2 / 3.0}, {120, 2 / 3.0}, {150, 1 / 3.0}
    };
  }

  private static final List<Body> BODIES =
      List.of(
          Body.SUN,
          Body.MOON,
          Body.MERCURY,
          Body.VENUS,
          Body.MARS,
          Body.JUPITER,
          Body.SATURN,
          Body.URANUS,
          Body.NEPTUNE,
          Body.PLUTO,
          Body.CHIRON,
          Body.TRUE_NODE);

  @Param public Peer peer;

  private final double[] ut = new double[MOMENTS];
  private final double[] tt = new double[MOMENTS];
  private final Place[] places = new Place[MOMENTS];
  private int next;

  /** Births of the 20th century below 60° of latitude; both ways must agree to 1e-6. */
  @Setup
  public void prepare() {
    SplittableRandom random = new SplittableRandom(37);
    for (int i = 0; i < MOMENTS; i++) {
      ut[i] = 2415021 + random.nextDouble() * 36_500;
      tt[i] = Almanac.standard().ttFromUt(ut[i]);
      places[i] = Place.of(random.nextDouble() * 120 - 60, random.nextDouble() * 360 - 180);
      double ours = Peer.CHARTS.cast(ut[i], tt[i], places[i]);
      double plain = Peer.PLAIN.cast(ut[i], tt[i], places[i]);
      if (Math.abs(ours - plain) > 1e-6) {
        throw new IllegalStateException(ut[i] + " " + places[i] + ": " + ours + ", " + plain);
      }
    }
  }

  /** One chart. */
  @Benchmark
  public double chart() {
    next = (next + 1) % MOMENTS;
    return peer.cast(ut[next], tt[next], places[next]);
  }
}
