package dev.spanda.core.schedule;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.concurrent.ScheduledExecutorService;

/**
 * A clock that stands still until it is set or advanced: the clock for tests. All copies made by
 * {@link #withZone} show the same instant. Thread-safe.
 *
 * <pre>{@code
 * SettableClock clock = SettableClock.at(Instant.parse("2026-03-01T06:00:00Z"));
 * ScheduledExecutorService timer = clock.executor();
 * timer.schedule(() -> System.out.println("due"), 30, TimeUnit.MINUTES);
 * clock.advance(Duration.ofMinutes(30)); // prints "due"
 * }</pre>
 */
public final class SettableClock extends Clock {

  private final Hand hand;
  private final ZoneId zone;

  private SettableClock(Hand hand, ZoneId zone) {
    this.hand = hand;
    this.zone = zone;
  }

  /** A clock in UTC that shows the given instant. */
  public static SettableClock at(Instant instant) {
    return new SettableClock(new Hand(instant), ZoneOffset.UTC);
  }

  /**
   * Shows another instant, earlier or later, and runs what has become due on {@link #executor}.
   *
   * @param instant what the clock shows from now on
   */
  public void set(Instant instant) {
    hand.set(instant);
  }

  /**
   * Moves the clock and runs what has become due on {@link #executor}.
   *
   * @param step how far; a negative step goes back
   */
  public void advance(Duration step) {
    hand.set(instant().plus(step));
  }

  /**
   * An executor whose delays are measured on this clock. Work that is due at once runs before the
   * submitting call returns; delayed work runs inside {@link #set} and {@link #advance}, on their
   * thread, in the order in which it falls due, and sees the instant that the clock was moved to.
   * Every call returns the same executor; shutting it down drops what has not yet run.
   */
  public ScheduledExecutorService executor() {
    return hand.executor;
  }

  @Override
  public ZoneId getZone() {
    return zone;
  }

  @Override
  public Clock withZone(ZoneId other) {
    return new SettableClock(hand, other);
  }

  @Override
  public Instant instant() {
    return hand.instant;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof SettableClock clock && clock.hand == hand && clock.zone.equals(zone);
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(hand) * 31 + zone.hashCode();
  }

  @Override
  public String toString() {
    return "SettableClock[" + instant() + "," + zone + "]";
  }

  /** What all copies share. */
  static final class Hand {
    private volatile Instant instant;
    private final ClockExecutor executor = new ClockExecutor(this);

    Hand(Instant instant) {
      this.instant = Objects.requireNonNull(instant);
    }

    Instant instant() {
      return instant;
    }

    void set(Instant next) {
      instant = Objects.requireNonNull(next);
      executor.runDue();
    }
  }
}
