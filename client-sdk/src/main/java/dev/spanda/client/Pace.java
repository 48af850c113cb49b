package dev.spanda.client;

import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

/** Time and chance as the retries see them; tests bring their own. Thread-safe. */
interface Pace {

  /** The wall clock, for dates in answers. */
  Clock clock();

  /** A monotonic time in nanoseconds, for durations. */
  long nanoTime();

  /** Lets the time pass. */
  void pause(Duration duration) throws InterruptedException;

  /** The source of jitter. */
  RandomGenerator random();

  /** The machine's clock and the calling thread's own random source. */
  static Pace system() {
    return new Pace() {
      @Override
      public Clock clock() {
        return Clock.systemUTC();
      }

      @Override
      public long nanoTime() {
        return System.nanoTime();
      }

      @Override
      public void pause(Duration duration) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(duration.toNanos());
      }

      @Override
      public RandomGenerator random() {
        return ThreadLocalRandom.current();
      }
    };
  }
}
