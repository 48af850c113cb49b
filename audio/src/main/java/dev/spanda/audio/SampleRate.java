package dev.spanda.audio;

import dev.spanda.core.Failure;
import java.time.Duration;

/**
 * How many frames make a second.
 *
 * @param hz frames a second, from 8 000 to 384 000
 */
public record SampleRate(int hz) {

  /** 44 100 Hz, the rate of the compact disc. */
  public static final SampleRate CD = new SampleRate(44_100);

  /** 48 000 Hz, the rate of video and of most sound cards. */
  public static final SampleRate STUDIO = new SampleRate(48_000);

  /**
   * Checks the range.
   *
   * @throws Failure INVALID when the rate is out of its range
   */
  public SampleRate {
    Failure.requireInRange("sample_rate", "Sample rate", hz, 8_000, 384_000, "Hz");
  }

  /** Half the rate: the frequency above which no partial can be represented. */
  public double nyquistHz() {
    return hz / 2.0;
  }

  /**
   * How many frames the duration holds, to the nearest frame.
   *
   * @throws ArithmeticException when the number exceeds a long
   */
  public long framesIn(Duration duration) {
    long whole = Math.multiplyExact(duration.getSeconds(), hz);
    return Math.addExact(whole, Math.round(duration.getNano() * 1e-9 * hz));
  }

  /** How long that many frames last, to the nearest nanosecond. */
  public Duration durationOf(long frames) {
    return Duration.ofSeconds(frames / hz, Math.round(frames % hz * 1e9 / hz));
  }
}
