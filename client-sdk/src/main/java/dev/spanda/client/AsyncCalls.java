package dev.spanda.client;

import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs blocking calls on daemon threads, at most 64 at a time; more of them wait in order. */
final class AsyncCalls implements AutoCloseable {

  private static final int MOST_THREADS = 64;
  private static final long IDLE_SECONDS = 10;

  private final ExecutorService executor;
  private final Set<Running<?>> open = ConcurrentHashMap.newKeySet();

  AsyncCalls() {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            MOST_THREADS,
            MOST_THREADS,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(task, "spanda-client-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    executor = pool;
  }

  <T> CompletableFuture<T> submit(Supplier<T> call) {
    Running<T> running = new Running<>();
    open.add(running);
    try {
      running.worker = executor.submit(() -> running.run(call));
    } catch (RejectedExecutionException e) {
      open.remove(running);
      throw new IllegalStateException("the client is closed", e);
    }
    // A future that ended before this line is taken out here, a later one by itself.
    if (running.isDone()) {
      open.remove(running);
    }
    return running;
  }

  /** Cancels what runs and what waits. */
  @Override
  public void close() {
    executor.shutdownNow();
    for (Running<?> running : List.copyOf(open)) {
      running.cancel(true);
    }
  }

  /** A future that takes its call down with it, whoever ends it early and however. */
  private final class Running<T> extends CompletableFuture<T> {
    private final Cancellation cancellation = new Cancellation();
    private volatile @Nullable Future<?> worker;

    void run(Supplier<T> call) {
      cancellation.run(
          () -> {
            try {
              if (!isDone()) {
                complete(call.get());
              }
            } catch (RuntimeException | Error e) {
              completeExceptionally(e);
            } finally {
              open.remove(this);
            }
          });
    }

    @Override
    public boolean complete(T value) {
      return super.complete(value) && breakOff();
    }

    @Override
    public boolean completeExceptionally(Throwable failure) {
      return super.completeExceptionally(failure) && breakOff();
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      return super.cancel(mayInterruptIfRunning) && breakOff();
    }

    private boolean breakOff() {
      if (Cancellation.current() != cancellation) {
        open.remove(this);
        cancellation.cancel();
        Future<?> running = worker;
        if (running != null) {
          running.cancel(true);
        }
      }
      return true;
    }
  }
}
