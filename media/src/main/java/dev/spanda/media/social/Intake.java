package dev.spanda.media.social;

import dev.spanda.core.Failure;
import dev.spanda.core.store.Store;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One thread that takes what is waiting, writes it in one transaction and answers once that is
 * durable. Who brings more than may wait is held up, then refused.
 */
final class Intake implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Intake.class);

  /** 64 MB of 4 096 bytes each. */
  private static final int WAL_PAGES = 16_384;

  /** What a text holds. */
  record Seen(int emotes, int mentions, Set<String> words) {
    static Seen in(String text) {
      return new Seen(
          Words.emotes(text), Words.mentions(text), new LinkedHashSet<>(Words.of(text)));
    }
  }

  /** Messages that came together. */
  static final class Request {
    final String organisation;
    final List<Message> messages;
    final int expired;
    final List<Seen> seen;
    final CompletableFuture<SocialFeed.Receipt> future = new CompletableFuture<>();
    private final List<Message> heard = new ArrayList<>();
    private int duplicates;

    Request(String organisation, List<Message> messages, int expired) {
      this.organisation = organisation;
      this.messages = messages;
      this.expired = expired;
      // Here, by whoever brings them, so that the one thread that writes has less to do.
      this.seen = messages.stream().map(message -> Seen.in(message.text())).toList();
    }

    void begin() {
      heard.clear();
      duplicates = 0;
    }

    void stored(Message message) {
      heard.add(message);
    }

    void duplicate() {
      duplicates++;
    }

    SocialFeed.Receipt receipt() {
      return new SocialFeed.Receipt(heard.size(), duplicates, expired);
    }
  }

  private final Store store;
  private final SocialFeed.Settings settings;
  private final Consumer<SocialFeed.Heard> listener;
  private final BatchWriter writer;
  private final Semaphore room;
  private final ConcurrentLinkedQueue<Request> queue = new ConcurrentLinkedQueue<>();
  private final Thread thread;
  private volatile boolean closed;

  Intake(Store store, SocialFeed.Settings settings, Consumer<SocialFeed.Heard> listener) {
    this.store = store;
    this.settings = settings;
    this.listener = listener;
    this.writer = new BatchWriter(store.dialect());
    this.room = new Semaphore(settings.mostWaiting());
    if (store.dialect() == Store.Dialect.SQLITE) {
      keepWalLonger(store);
    }
    this.thread = new Thread(this::run, "spanda-social-intake");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * A large transaction touches more pages than SQLite lets the log grow to by itself; it would
   * write each of them to its place after every commit.
   */
  private static void keepWalLonger(Store store) {
    try (Connection connection = store.dataSource().getConnection();
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_autocheckpoint = " + WAL_PAGES);
    } catch (SQLException e) {
      throw Failure.of(Failure.Reason.FAILED, "store", "The log could not be set up").causedBy(e);
    }
  }

  CompletableFuture<SocialFeed.Receipt> submit(Request request) {
    int size = request.messages.size();
    boolean admitted;
    try {
      admitted = room.tryAcquire(size, settings.patience().toNanos(), TimeUnit.NANOSECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(Failure.Reason.UNAVAILABLE, "messages", "The wait was interrupted")
          .causedBy(e);
    }
    if (!admitted) {
      throw Failure.of(
              Failure.Reason.UNAVAILABLE,
              "messages",
              settings.mostWaiting() + " messages wait to be stored; send these again later")
          .with(Failure.PROVIDED_VALUE, size)
          .with(Failure.MAX_VALUE, settings.mostWaiting())
          .with("retry_after", 1);
    }
    if (closed) {
      room.release(size);
      throw shut();
    }
    queue.add(request);
    LockSupport.unpark(thread);
    if (closed && !thread.isAlive()) {
      refuseAll();
    }
    return request.future;
  }

  private static Failure shut() {
    return Failure.of(Failure.Reason.UNAVAILABLE, "messages", "The feed is closed");
  }

  private void run() {
    while (true) {
      List<Request> batch = new ArrayList<>();
      int size = 0;
      for (Request next = queue.peek();
          next != null
              && (batch.isEmpty() || size + next.messages.size() <= settings.largestBatch());
          next = queue.peek()) {
        queue.remove();
        batch.add(next);
        size += next.messages.size();
      }
      if (batch.isEmpty()) {
        if (closed) {
          return;
        }
        LockSupport.park(this);
      } else {
        write(batch, size);
      }
    }
  }

  private void write(List<Request> batch, int size) {
    try {
      store.change(
          handle -> {
            try {
              writer.write(handle.getConnection(), batch);
            } catch (SQLException e) {
              throw new IllegalStateException(e);
            }
          });
    } catch (RuntimeException | Error e) {
      writer.forget();
      LOG.error("{} messages could not be stored", size, e);
      Failure failure =
          Failure.of(Failure.Reason.FAILED, "store", "The messages could not be stored")
              .causedBy(e);
      room.release(size);
      batch.forEach(request -> request.future.completeExceptionally(failure));
      return;
    }
    room.release(size);
    for (Request request : batch) {
      // Told before the receipt: what a caller records after it is heard after it.
      if (!request.heard.isEmpty()) {
        listener.accept(new SocialFeed.Heard(request.organisation, request.heard));
      }
      request.future.complete(request.receipt());
    }
  }

  private void refuseAll() {
    for (Request request = queue.poll(); request != null; request = queue.poll()) {
      request.future.completeExceptionally(shut());
    }
  }

  /** Writes what waits, then ends. */
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
    refuseAll();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
