package dev.spanda.server;

import dev.spanda.core.Failure;
import dev.spanda.core.quota.Decision;
import dev.spanda.core.quota.Limiter;
import dev.spanda.core.quota.RateLimit;
import dev.spanda.core.store.Store;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Knows whether the database answers, by asking it every two seconds on a thread of its own: who
 * wants to know does not have to wait until a connection to a database that is gone has failed.
 * Thread-safe.
 */
final class StoreWatch implements AutoCloseable {

  private static final Duration PAUSE = Duration.ofSeconds(2);

  /** A question that has been open for longer has no answer. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Store store;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final Thread thread;
  private volatile boolean failed;
  private volatile long answeredAtNanos = System.nanoTime();

  /** Watches a store that answers now. */
  StoreWatch(Store store) {
    this.store = store;
    thread = new Thread(this::watch, "spanda-store-watch");
    thread.setDaemon(true);
    thread.start();
  }

  private void watch() {
    try {
      do {
        failed = !ask(store);
        if (!failed) {
          answeredAtNanos = System.nanoTime();
        }
      } while (!closing.await(PAUSE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Asks at once, and waits for the answer. */
  static boolean ask(Store store) {
    try {
      return store.read(handle -> handle.createQuery("SELECT 1").mapTo(Integer.class).one()) == 1;
    } catch (Failure e) {
      return false;
    }
  }

  /** Whether the store answered lately. */
  boolean answers() {
    long silence = System.nanoTime() - answeredAtNanos;
    return !failed && silence < PAUSE.plus(PATIENCE).toNanos();
  }

  /**
   * A limiter that counts in the database while that answers, and on this node alone while it does
   * not: so a request that needs no database, such as one after the health, has its answer.
   */
  Limiter limiter(Limiter shared, Limiter own) {
    return new Limiter() {
      @Override
      public Decision acquire(String key, RateLimit limit, int permits) {
        return (answers() ? shared : own).acquire(key, limit, permits);
      }

      @Override
      public void giveBack(String key, RateLimit limit, int permits) {
        (answers() ? shared : own).giveBack(key, limit, permits);
      }
    };
  }

  @Override
  public void close() {
    closing.countDown();
    thread.interrupt();
  }
}
