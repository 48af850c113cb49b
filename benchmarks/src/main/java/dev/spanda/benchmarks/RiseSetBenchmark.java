package dev.spanda.benchmarks;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Place;
import dev.spanda.astrology.event.Almanac;
import dev.spanda.astrology.event.RiseSet;
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

/**
 * What does one rising cost: a search on a few samples of the ephemeris, or one that asks the
 * ephemeris for every height?
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(1)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
public class RiseSetBenchmark {

  private static final int PLACES = 256;
  private static final double DEG = Math.PI / 180;

  /** The next passing of the disc's centre upward, jd UT1. */
  interface Rising {
    double next(Body body, Place place, double jdUt1);
  }

  /** Ways to search. */
  public enum Peer implements Rising {
    /** Ours. */
    INTERPOLATED {
      private final RiseSet riseSet = new RiseSet();

      @Override
      public double next(Body body, Place place, double jdUt1) {
        return riseSet.nextUt1(
            RiseSet.Event.RISE, body, place, jdUt1, RiseSet.Limit.CENTRE, 28 / 24.0);
      }
    },
    /** Two-hour steps and bisection to a millisecond, the ephemeris asked each time. */
    PLAIN {
      private final Almanac almanac = Almanac.standard();

      @Override
      public double next(Body body, Place place, double jdUt1) {
        double[] xyz = new double[6];
        for (double t = jdUt1; t < jdUt1 + 28 / 24.0; t += 2 / 24.0) {
          double a = t;
          double b = t + 2 / 24.0;
          if (height(body, place, a, xyz) < 0 && height(body, place, b, xyz) >= 0) {
            while (b - a > 1e-8) {
              double middle = (a + b) / 2;
              if (height(body, place, middle, xyz) < 0) {
                a = middle;
              } else {
                b = middle;
              }
            }
            return (a + b) / 2;
          }
        }
        return Double.NaN;
      }

      private double height(Body body, Place place, double jdUt1, double[] xyz) {
        almanac.equatorial(body, almanac.ttFromUt(jdUt1), xyz);
        double angle = (almanac.siderealDeg(jdUt1) + place.longitudeDeg()) * DEG;
        double lat = place.latitudeDeg() * DEG;
        double toward = xyz[0] * Math.cos(angle) + xyz[1] * Math.sin(angle);
        // The Earth as the ellipsoid of the IERS Conventions 2010, in au.
        double squash = (1 - 1 / 298.25642) * (1 - 1 / 298.25642);
        double radius =
            6378.1366
                / 149_597_870.7
                * Math.sqrt(Math.pow(Math.cos(lat), 2) + squash * Math.pow(Math.sin(lat), 2));
        return Math.cos(lat) * toward + Math.sin(lat) * xyz[2] - radius;
      }
    }
  }

  @Param public Peer peer;

  @Param({"SUN", "MOON"})
  public Body body;

  private final Place[] places = new Place[PLACES];
  private final double[] starts = new double[PLACES];
  private int next;

  /** Chooses places up to 60° of latitude and proves that both ways agree to 0.1 s. */
  @Setup
  public void prepare() {
    SplittableRandom random = new SplittableRandom(29);
    for (int i = 0; i < PLACES; i++) {
      places[i] = Place.of(random.nextDouble() * 120 - 60, random.nextDouble() * 360 - 180);
      starts[i] = 2451545 + random.nextInt(7000);
      double ours = Peer.INTERPOLATED.next(body, places[i], starts[i]);
      double plain = Peer.PLAIN.next(body, places[i], starts[i]);
      if (!(Math.abs(ours - plain) * 86_400 < 0.1)) {
        throw new IllegalStateException(
            places[i] + " from " + starts[i] + ": " + ours + ", " + plain);
      }
    }
  }

  /** One rising. */
  @Benchmark
  public double rise() {
    next = (next + 1) % PLACES;
    return peer.next(body, places[next], starts[next]);
  }
}
