package dev.spanda.core.quota;

import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Counts what a key holds open at the same time, such as the sockets of one address. Only keys that
 * hold something take memory. Thread-safe.
 */
public final class Slots {

  private final int most;
  private final ConcurrentHashMap<String, Integer> open = new ConcurrentHashMap<>();

  /**
   * At most so many at once for each key.
   *
   * @param most ≥ 1
   */
  public Slots(int most) {
    if (most < 1) {
      throw new IllegalArgumentException("most must be at least 1; was " + most);
    }
    this.most = most;
  }

  /** Takes a slot of this key, or nothing when all are taken. */
  public Optional<Slot> take(String key) {
    return take(key, most);
  }

  /**
   * Takes a slot of a key that has a number of its own, or nothing when all are taken.
   *
   * @param ofThisKey how many slots this key has, ≥ 0
   */
  public Optional<Slot> take(String key, int ofThisKey) {
    boolean[] taken = {false};
    open.compute(
        key,
        (k, count) -> {
          int now = count == null ? 0 : count;
          if (now >= ofThisKey) {
            return count;
          }
          taken[0] = true;
          return now + 1;
        });
    return taken[0] ? Optional.of(new Slot(this, key)) : Optional.empty();
  }

  /** How many slots of this key are taken, ≥ 0. */
  public int taken(String key) {
    return open.getOrDefault(key, 0);
  }

  /** How many slots a key has that has no number of its own, ≥ 1. */
  public int most() {
    return most;
  }

  @SuppressWarnings("NullAway") // A null result removes the mapping.
  private void release(String key) {
    open.computeIfPresent(key, (k, count) -> count == 1 ? null : Integer.valueOf(count - 1));
  }

  /** A taken slot; closing it gives it back, a second close does nothing. */
  public static final class Slot implements AutoCloseable {
    private final Slots slots;
    private final String key;
    private final AtomicBoolean closed = new AtomicBoolean();

    private Slot(Slots slots, String key) {
      this.slots = slots;
      this.key = key;
    }

    @Override
    public void close() {
      if (closed.compareAndSet(false, true)) {
        slots.release(key);
      }
    }
  }
}
