package dev.spanda.astrology.ephemeris;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.time.DeltaT;
import dev.spanda.astrology.time.JulianDate;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Holds positions against the tables in reference/swiss-ephemeris-de431. */
class EphemerisReferenceTest {

  /** What one column of differences comes to. */
  private static final class Spread {
    double most;
    double squares;
    int count;

    void add(double difference) {
      most = Math.max(most, Math.abs(difference));
      squares += difference * difference;
      count++;
    }

    double rms() {
      return Math.sqrt(squares / count);
    }
  }

  private static List<String[]> rows(String name) {
    String path = "/reference/swiss-ephemeris-de431/" + name;
    try (BufferedReader in =
        new BufferedReader(
            new InputStreamReader(
                EphemerisReferenceTest.class.getResourceAsStream(path), StandardCharsets.UTF_8))) {
      return in.lines().skip(1).map(line -> line.split(",")).toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Stream<String[]> positions(Body body) {
    return rows("positions.csv").stream()
        .filter(row -> row[6].equals(body.label()))
        // Behind the disc of the Sun, where the reference damps the deflection.
        .filter(row -> !(row[0].equals("B") && row[1].equals("40") && body == Body.VENUS));
  }

  private static double turn(double degrees) {
    return Math.IEEEremainder(degrees, 360);
  }

  @ParameterizedTest
  @EnumSource(
      value = Body.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"EARTH"})
  void positionsMeetTheReference(Body body) {
    Spread longitude = new Spread();
    Spread latitude = new Spread();
    Spread distance = new Spread();
    double[] six = new double[6];
    positions(body)
        .forEach(
            row -> {
              Ephemeris.standard().into(body, Double.parseDouble(row[4]), six);
              longitude.add(turn(six[0] - Double.parseDouble(row[7])) * 3600);
              latitude.add((six[1] - Double.parseDouble(row[8])) * 3600);
              distance.add(six[2] - Double.parseDouble(row[9]));
            });
    assertThat(longitude.count).isGreaterThan(290);
    // Seconds of arc. The quanta of the pack are worth 0.0002″ at the nearest approach; the rest is
    // the rounding of the table. The osculating apogee magnifies an error of the Moon 1/e ≈ 18
    // times.
    double most = body == Body.OSCULATING_LILITH ? 0.05 : body == Body.TRUE_NODE ? 0.01 : 0.001;
    double rms = body == Body.OSCULATING_LILITH ? 0.01 : 0.0005;
    assertThat(longitude.most).isLessThan(most);
    assertThat(longitude.rms()).isLessThan(rms);
    assertThat(latitude.most).isLessThan(most);
    assertThat(latitude.rms()).isLessThan(rms);
    // Astronomical units; quanta of 1e-9 and less.
    assertThat(distance.most).isLessThan(1e-8);
  }

  @ParameterizedTest
  @EnumSource(
      value = Body.class,
      mode = EnumSource.Mode.EXCLUDE,
      names = {"EARTH"})
  void speedsMeetTheReferenceAsFarAsItIsSmooth(Body body) {
    Spread longitude = new Spread();
    Spread latitude = new Spread();
    double[] six = new double[6];
    positions(body)
        .forEach(
            row -> {
              Ephemeris.standard().into(body, Double.parseDouble(row[4]), six);
              longitude.add(six[3] - Double.parseDouble(row[10]));
              latitude.add(six[4] - Double.parseDouble(row[11]));
            });
    // Degrees a day. The README beside the table says what is not a derivative there.
    boolean lunar = body == Body.MOON || body == Body.OSCULATING_LILITH;
    assertThat(longitude.most).isLessThan(lunar ? 8e-5 : 1.3e-5);
    assertThat(latitude.most).isLessThan(2.5e-5);
  }

  @Test
  void framesMeetTheReference() {
    for (String[] row : rows("frames.csv")) {
      Orientation at = Ephemeris.orientation(JulianDate.tt(Double.parseDouble(row[3])));
      // Degrees; the table has nine decimals, and nutation is read off a cubic good to 5e-9.
      assertThat(at.trueObliquityDeg()).isCloseTo(Double.parseDouble(row[4]), within(2e-8));
      assertThat(at.meanObliquityDeg()).isCloseTo(Double.parseDouble(row[5]), within(2e-9));
      assertThat(at.nutationLongitudeDeg()).isCloseTo(Double.parseDouble(row[6]), within(2e-8));
      assertThat(at.nutationObliquityDeg()).isCloseTo(Double.parseDouble(row[7]), within(2e-8));
      // 0.001″: the table's UT1 is rounded to 1e-9 day, which is 0.0013″ of the Earth's turn.
      double sidereal =
          Ephemeris.orientation(JulianDate.ut1(Double.parseDouble(row[2]))).siderealTimeDeg();
      assertThat(turn(sidereal - Double.parseDouble(row[8])) * 3600).isCloseTo(0, within(0.0015));
    }
  }

  @Test
  void allAyanamsasMeetTheReference() {
    List<String[]> rows = rows("ayanamsas.csv");
    assertThat(rows.stream().map(row -> row[0]).distinct()).hasSize(47);
    for (String[] row : rows) {
      int number = Integer.parseInt(row[0]);
      Ayanamsa which =
          Arrays.stream(Ayanamsa.values())
              .filter(each -> each.number() == number)
              .findFirst()
              .orElseThrow();
      JulianDate date = JulianDate.tt(Double.parseDouble(row[row.length - 3]));
      double expected = Double.parseDouble(row[row.length - 2]);
      // Seconds of arc; zeta Piscium (True Revati) comes nearer, which its proper motion here
      // ignores.
      assertThat(turn(Ephemeris.ayanamsaDeg(which, date) - expected) * 3600)
          .as(which.label())
          .isCloseTo(0, within(0.006));
    }
  }

  @Test
  void deltaTMeetsTheReference() {
    for (String[] row : rows("deltat_swe.csv")) {
      // Seconds; a cubic through yearly values.
      assertThat(DeltaT.seconds(Double.parseDouble(row[0])))
          .isCloseTo(Double.parseDouble(row[2]), within(0.001));
    }
  }

  @Test
  void civilTimeBecomesTerrestrialTimeAsInTheReference() {
    positions(Body.SUN)
        .forEach(
            row -> {
              JulianDate tt =
                  JulianDate.of(java.time.Instant.parse(row[2]))
                      .to(dev.spanda.astrology.time.TimeScale.TT);
              // Seconds: ΔT between its yearly values is within 0.03 s.
              assertThat((tt.day() - Double.parseDouble(row[4])) * 86400)
                  .as(row[2])
                  .isCloseTo(0, within(0.03));
            });
  }

  private static org.assertj.core.data.Offset<Double> within(double tolerance) {
    return org.assertj.core.data.Offset.offset(tolerance);
  }
}
