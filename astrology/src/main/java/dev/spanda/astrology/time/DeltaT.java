package dev.spanda.astrology.time;

import dev.spanda.core.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * ΔT = TT − UT1 in seconds.
 *
 * <p>A table with one value a Julian year from 1600 to 2400 and one each ten years from −3000 to
 * 5000, read off by the cubic through four neighbours. Its sources: F. R. Stephenson, L. V.
 * Morrison and C. Y. Hohenkerk, "Measurement of the Earth's rotation: 720 BC to AD 2015", Proc. R.
 * Soc. A 472 (2016) before 1955, with its parabola before 720 BC; observed values of the IERS after
 * that; predictions and the parabola of the same paper, joined smoothly, for the future. The values
 * are those that Swiss Ephemeris 2.10.03 prints, and agree with it between the table's years to
 * 0.03 s from 1600 to 2400 and to 0.3 s outside.
 *
 * <p>What ΔT was in the year −500 is known to some 200 s, in −2000 to half an hour; what it will be
 * in 2100 nobody knows to better than tens of seconds, in 3000 to better than an hour.
 */
public final class DeltaT {

  private static final double YEAR = 365.25;
  private static final double NEAR_START = 2305447.5;
  private static final double NEAR_END = 2597641.5;

  /** The first table begins two years early, the others ten years before they are needed. */
  private static final double[] NEAR = read("delta-t.txt");

  private static final double[] BEFORE = read("delta-t-before.txt");
  private static final double[] AFTER = read("delta-t-after.txt");

  private DeltaT() {}

  /**
   * ΔT in seconds; before the year −3000 and after 5000, the value there.
   *
   * @param dayUt1 Julian date in UT1
   */
  public static double seconds(double dayUt1) {
    if (dayUt1 < NEAR_START) {
      return cubic(BEFORE, BEFORE.length - 2 - (NEAR_START - dayUt1) / (10 * YEAR));
    }
    if (dayUt1 > NEAR_END) {
      return cubic(AFTER, 1 + (dayUt1 - NEAR_END) / (10 * YEAR));
    }
    return cubic(NEAR, 2 + (dayUt1 - NEAR_START) / YEAR);
  }

  private static double cubic(double[] values, double place) {
    if (!(place > 1)) {
      return values[1];
    }
    int index = (int) place;
    if (index >= values.length - 2) {
      return values[values.length - 2];
    }
    double p = place - index;
    double below = p - 1;
    double above = p + 1;
    double far = p - 2;
    return -p * below * far / 6 * values[index - 1]
        + above * below * far / 2 * values[index]
        - above * p * far / 2 * values[index + 1]
        + above * p * below / 6 * values[index + 2];
  }

  private static double[] read(String name) {
    try (InputStream in = DeltaT.class.getResourceAsStream(name)) {
      if (in == null) {
        throw missing();
      }
      BufferedReader lines =
          new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
      return lines.lines().mapToDouble(Double::parseDouble).toArray();
    } catch (IOException e) {
      throw missing().causedBy(e);
    }
  }

  private static Failure missing() {
    return Failure.of(Failure.Reason.UNAVAILABLE, "delta_t", "The table of ΔT is missing");
  }
}
