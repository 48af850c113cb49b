package dev.spanda.client;

import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Asks a server how far something is until it is over. */
final class Waiting {

  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(2);

  private Waiting() {}

  /**
   * Asks at first every 100 ms, in the end every 2 s.
   *
   * @param what for the message when the patience is over, such as {@code Upload up_1}
   * @param progress sees each answer, on this thread
   * @return the last answer
   */
  static <T> T until(
      Pace pace,
      String what,
      Supplier<? extends T> ask,
      Predicate<? super T> isOver,
      Duration patience,
      Consumer<? super T> progress) {
    long begin = pace.nanoTime();
    Duration pause = FIRST_PAUSE;
    while (true) {
      T now = ask.get();
      progress.accept(now);
      if (isOver.test(now)) {
        return now;
      }
      Duration left = patience.minusNanos(pace.nanoTime() - begin);
      if (left.isNegative() || left.isZero()) {
        throw ApiException.of(
            0, ApiException.NO_ANSWER, what + " was not over after " + patience, null);
      }
      try {
        pace.pause(pause.compareTo(left) < 0 ? pause : left);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw ApiException.of(0, ApiException.CANCELLED, "The waiting was broken off", e);
      }
      Duration next = pause.multipliedBy(3).dividedBy(2);
      pause = next.compareTo(LONGEST_PAUSE) < 0 ? next : LONGEST_PAUSE;
    }
  }
}
