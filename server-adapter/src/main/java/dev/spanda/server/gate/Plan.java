package dev.spanda.server.gate;

import dev.spanda.core.quota.RateLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What an account may do how often. A request needs a permit of every window: a plan with an hour
 * and a day refuses when either is empty, and then takes from neither.
 *
 * @param name as in the document, in lower case
 * @param windows shortest first, whatever the order they were given in; empty for an unlimited plan
 * @param sockets how many sockets the account may hold open at once, 0 for any number; counted by
 *     each process for itself
 */
public record Plan(String name, List<Window> windows, int sockets) {

  /** Any number of sockets. */
  public static final int ANY_NUMBER = 0;

  /** Sorts the windows. */
  public Plan {
    List<Window> sorted = new ArrayList<>(windows);
    sorted.sort(Comparator.comparing(Window::length));
    windows = List.copyOf(sorted);
    if (sockets < 0) {
      throw new IllegalArgumentException("sockets must not be negative; was " + sockets);
    }
  }

  /** A plan that limits neither requests nor sockets. */
  public static Plan unlimited(String name) {
    return new Plan(name, List.of(), ANY_NUMBER);
  }

  /** A plan with these windows and any number of sockets. */
  public static Plan of(String name, Window... windows) {
    return new Plan(name, List.of(windows), ANY_NUMBER);
  }

  /** The same plan with so many sockets, 0 for any number. */
  public Plan withSockets(int most) {
    return new Plan(name, windows, most);
  }

  /** The same plan with every window and the sockets multiplied. */
  Plan times(int factor) {
    return new Plan(
        name,
        windows.stream().map(window -> window.times(factor)).toList(),
        (int) Math.min(Integer.MAX_VALUE, (long) sockets * factor));
  }

  /**
   * One window.
   *
   * @param permits how many requests it allows on the long run; the limit that headers tell
   * @param length how long it is
   * @param burst how many requests may come at once, ≥ 1; {@code permits} unless the document names
   *     a burst of its own
   */
  public record Window(int permits, Duration length, int burst) {

    /** Checks the ranges. */
    public Window {
      if (permits < 1 || burst < 1) {
        throw new IllegalArgumentException("permits " + permits + ", burst " + burst);
      }
      rate(permits, length, burst);
    }

    /** So many an hour. */
    public static Window perHour(int permits) {
      return new Window(permits, Duration.ofHours(1), permits);
    }

    /** So many in 24 hours. */
    public static Window perDay(int permits) {
      return new Window(permits, Duration.ofDays(1), permits);
    }

    /** So many a minute. */
    public static Window perMinute(int permits) {
      return new Window(permits, Duration.ofMinutes(1), permits);
    }

    /** So many a minute, and this many at once after a time of silence. */
    public static Window perMinute(int permits, int burst) {
      return new Window(permits, Duration.ofMinutes(1), burst);
    }

    /** The window as the limiter reads it: the burst at once, the permits on the long run. */
    RateLimit rate() {
      return rate(permits, length, burst);
    }

    private static RateLimit rate(int permits, Duration length, int burst) {
      return new RateLimit(
          burst, burst == permits ? length : length.multipliedBy(burst).dividedBy(permits));
    }

    private Window times(int factor) {
      RateLimit most = new RateLimit(permits, length).times(factor);
      RateLimit atOnce = new RateLimit(burst, length).times(factor);
      return new Window(most.permits(), length, atOnce.permits());
    }
  }
}
