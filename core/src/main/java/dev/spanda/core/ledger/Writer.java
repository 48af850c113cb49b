package dev.spanda.core.ledger;

import dev.spanda.core.Failure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that takes what is waiting, works it into the books, commits once and only then
 * answers.
 */
final class Writer implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Writer.class);
  private static final int MOST_TRIES = 50;
  private static final int FEW = 4;

  private final Database database;
  private final Tables tables;
  private final Books books;
  private final InstantSource clock;
  private final Ledger.Settings settings;
  private final ConcurrentLinkedQueue<Request> queue = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Task> tasks = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();
  private final Thread thread;
  private final ExecutorService teller =
      Executors.newSingleThreadExecutor(
          work -> {
            Thread thread = new Thread(work, "spanda-ledger-teller");
            thread.setDaemon(true);
            return thread;
          });
  private volatile boolean parked;
  private volatile boolean closed;
  private long lastAt;

  Writer(Database database, InstantSource clock, Ledger.Settings settings) {
    this.database = database;
    this.clock = clock;
    this.settings = settings;
    this.tables =
        switch (database.dialect()) {
          case SQLITE -> new SqliteTables();
          case POSTGRESQL -> new PostgresqlTables();
        };
    this.books = new Books(tables);
    this.thread = new Thread(this::run, "spanda-ledger");
    thread.setDaemon(true);
    thread.start();
  }

  void submit(Request request) {
    if (closed) {
      throw Failure.of(Failure.Reason.UNAVAILABLE, "ledger", "The ledger is closed");
    }
    if (waiting.incrementAndGet() > settings.mostWaiting()) {
      waiting.decrementAndGet();
      throw Failure.of(
          Failure.Reason.UNAVAILABLE,
          "ledger",
          "More than " + settings.mostWaiting() + " commands wait for the ledger");
    }
    queue.add(request);
    if (parked) {
      parked = false;
      LockSupport.unpark(thread);
    }
  }

  /** Work for the writer's connection that is not a command, in a transaction of its own. */
  private record Task(Database.Work<Long> work, CompletableFuture<Long> future) {}

  CompletableFuture<Long> submit(Database.Work<Long> work) {
    Task task = new Task(work, new CompletableFuture<>());
    if (closed) {
      throw Failure.of(Failure.Reason.UNAVAILABLE, "ledger", "The ledger is closed");
    }
    tasks.add(task);
    LockSupport.unpark(thread);
    return task.future;
  }

  private void run(Task task) {
    try {
      Connection connection = database.writer();
      try {
        tables.use(database.physical(connection));
        tables.begin(books, List.of());
        long result = task.work.on(tables.connection());
        tables.commit();
        task.future.complete(result);
      } catch (SQLException | RuntimeException e) {
        tables.rollback();
        throw e;
      } finally {
        books.clear();
        database.release(connection);
      }
    } catch (SQLException | RuntimeException e) {
      task.future.completeExceptionally(
          Failure.of(Failure.Reason.FAILED, "ledger", "The database could not do the work")
              .causedBy(e));
    }
  }

  private void run() {
    List<Request> batch = new ArrayList<>();
    while (true) {
      batch.clear();
      Task task = tasks.poll();
      if (task != null) {
        run(task);
      }
      Request request;
      while (batch.size() < settings.largestBatch() && (request = queue.poll()) != null) {
        batch.add(request);
      }
      if (batch.isEmpty()) {
        if (closed && queue.isEmpty() && tasks.isEmpty()) {
          return;
        }
        parked = true;
        if (queue.isEmpty() && tasks.isEmpty() && !closed) {
          LockSupport.park(this);
        }
        parked = false;
        continue;
      }
      waiting.addAndGet(-batch.size());
      commit(batch);
    }
  }

  private void commit(List<Request> batch) {
    try {
      work(batch);
    } catch (SQLException | RuntimeException | Error e) {
      LOG.error("{} ledger commands failed", batch.size(), e);
      books.clear();
      Failure failure =
          Failure.of(
                  Failure.Reason.FAILED,
                  "ledger",
                  "The database could not complete the command; the same key may be used again")
              .causedBy(e);
      for (Request each : batch) {
        each.future.completeExceptionally(failure);
      }
      return;
    }
    if (batch.size() < FEW) {
      complete(batch);
    } else {
      // Waking many callers takes as long as a commit: another thread does it beside the next one.
      List<Request> done = List.copyOf(batch);
      teller.execute(() -> complete(done));
    }
  }

  private static void complete(List<Request> batch) {
    for (Request each : batch) {
      each.future.complete(each.outcome);
    }
  }

  private void work(List<Request> batch) throws SQLException {
    for (int tries = 1; ; tries++) {
      Connection connection = database.writer();
      try {
        tables.use(database.physical(connection));
        tables.begin(books, batch);
        // Time stands still rather than going back, so that entries and time have one order.
        lastAt = Math.max(lastAt, clock.millis());
        books.work(batch, lastAt);
        tables.commit();
        books.trim(settings.mostKept());
        return;
      } catch (SQLException | RuntimeException | Error e) {
        books.clear();
        for (Request request : batch) {
          request.outcome = null;
        }
        try {
          tables.rollback();
        } catch (SQLException | RuntimeException again) {
          e.addSuppressed(again);
        }
        if (!(e instanceof SQLException sql && tables.worthAnotherTry(sql))
            || tries == MOST_TRIES) {
          throw e;
        }
      } finally {
        database.release(connection);
      }
    }
  }

  /** Does what waits, then ends the thread. */
  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
    boolean interrupted = false;
    while (thread.isAlive()) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    teller.shutdown();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    for (Request request = queue.poll(); request != null; request = queue.poll()) {
      request.future.completeExceptionally(
          Failure.of(Failure.Reason.UNAVAILABLE, "ledger", "The ledger is closed"));
    }
  }
}
