package dev.spanda.astrology.time;

import java.time.Instant;
import java.util.Objects;

/**
 * An instant as a Julian date in one of four scales.
 *
 * <p>One double holds it: the step between neighbours is 40 microseconds, in which the Moon moves
 * 0.00002″.
 *
 * @param day days from noon of 1 January 4713 BC, finite
 * @param scale the clock that counts them
 */
public record JulianDate(double day, TimeScale scale) {

  private static final double UNIX_EPOCH = 2440587.5;
  private static final double DAY = 86400;
  private static final double TT_MINUS_TAI = 32.184;

  /** The last leap second so far took effect on this day, 1 January 2017. */
  private static final double LAST_LEAP = 2457754.5;

  /** Days on which TAI − UTC grew, from 10 s on the first: IERS Bulletin C. */
  private static final double[] LEAPS = {
    2441317.5, 2441499.5, 2441683.5, 2442048.5, 2442413.5, 2442778.5, 2443144.5, 2443509.5,
    2443874.5, 2444239.5, 2444786.5, 2445151.5, 2445516.5, 2446247.5, 2447161.5, 2447892.5,
    2448257.5, 2448804.5, 2449169.5, 2449534.5, 2450083.5, 2450630.5, 2451179.5, 2453736.5,
    2454832.5, 2456109.5, 2457204.5, LAST_LEAP
  };

  /** Checks that the number is finite. */
  public JulianDate {
    Objects.requireNonNull(scale, "scale");
    if (!Double.isFinite(day)) {
      throw new IllegalArgumentException("a Julian date must be finite, was " + day);
    }
  }

  /** The instant in UTC; {@link Instant} knows no leap seconds, so that the day has 86 400 s. */
  public static JulianDate of(Instant instant) {
    long seconds = instant.getEpochSecond();
    long days = Math.floorDiv(seconds, 86400L);
    double inDay = Math.floorMod(seconds, 86400L) + instant.getNano() * 1e-9;
    return new JulianDate(UNIX_EPOCH + days + inDay / DAY, TimeScale.UTC);
  }

  /** A date in terrestrial time. */
  public static JulianDate tt(double day) {
    return new JulianDate(day, TimeScale.TT);
  }

  /** A date in UT1. */
  public static JulianDate ut1(double day) {
    return new JulianDate(day, TimeScale.UT1);
  }

  /** The same instant in another scale. */
  public JulianDate to(TimeScale other) {
    if (other == scale) {
      return this;
    }
    double tt =
        switch (scale) {
          case TT -> day;
          case TDB -> day - tdbMinusTt(day) / DAY;
          case UT1 -> day + DeltaT.seconds(day) / DAY;
          case UTC -> utcToTt(day);
        };
    double result =
        switch (other) {
          case TT -> tt;
          case TDB -> tt + tdbMinusTt(tt) / DAY;
          case UT1 -> ttToUt1(tt);
          case UTC -> ttToUtc(tt);
        };
    return new JulianDate(result, other);
  }

  /** The instant, to the microsecond. */
  public Instant toInstant() {
    double utc = to(TimeScale.UTC).day;
    double days = Math.floor(utc - UNIX_EPOCH);
    double micros = Math.rint((utc - UNIX_EPOCH - days) * DAY * 1e6);
    return Instant.ofEpochSecond(((long) days) * 86400L).plusNanos(((long) micros) * 1000L);
  }

  private static double utcToTt(double utc) {
    double atomic = atomicMinusTt(utc);
    return Double.isNaN(atomic) ? utc + DeltaT.seconds(utc) / DAY : utc + atomic / DAY;
  }

  private static double ttToUtc(double tt) {
    double utc = ttToUt1(tt);
    for (int i = 0; i < 3; i++) {
      double atomic = atomicMinusTt(utc);
      utc = Double.isNaN(atomic) ? ttToUt1(tt) : tt - atomic / DAY;
    }
    return utc;
  }

  private static double ttToUt1(double tt) {
    double ut1 = tt - DeltaT.seconds(tt) / DAY;
    return tt - DeltaT.seconds(ut1) / DAY;
  }

  /** TT − UTC by leap seconds, or NaN where UTC is taken to be UT1. */
  private static double atomicMinusTt(double utc) {
    if (utc < LEAPS[0]) {
      return Double.NaN;
    }
    int count = 0;
    while (count < LEAPS.length && utc >= LEAPS[count]) {
      count++;
    }
    double difference = TT_MINUS_TAI + 9 + count;
    boolean far = utc > LAST_LEAP && Math.abs(DeltaT.seconds(utc) - difference) > 1;
    return far ? Double.NaN : difference;
  }

  /** The largest two terms, to 0.00003 s: Astronomical Almanac, page B7. */
  private static double tdbMinusTt(double tt) {
    double days = tt - 2451545.0;
    double anomaly = Math.toRadians(357.53 + 0.98560028 * days);
    double jupiter = Math.toRadians(246.11 + 0.90251792 * days);
    return 0.001657 * Math.sin(anomaly) + 0.000022 * Math.sin(jupiter);
  }
}
