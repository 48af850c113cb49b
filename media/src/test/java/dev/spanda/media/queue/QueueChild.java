package dev.spanda.media.queue;

import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.store.StoreLocation;
import dev.spanda.media.queue.QueueItem.Platform;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** A queue in a process of its own, which can be killed. */
public final class QueueChild implements AutoCloseable {

  static final int ITEMS = 30;
  static final int BYTES = 512 << 10;

  private final Process process;
  private final BufferedReader lines;

  private QueueChild(Process process) {
    this.process = process;
    this.lines = process.inputReader();
  }

  /**
   * What the process runs: it puts items into an empty queue, publishes until all are over and says
   * so.
   *
   * @param arguments the folder, and the word {@code naive} for a publisher that is not safe
   */
  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    SettableClock clock = SettableClock.at(QueueHouse.START);
    Publisher publisher =
        arguments.length > 1
            ? new Naive(folder.resolve("outbox"))
            : new Outbox(folder.resolve("outbox"), clock);
    Publisher slow =
        work ->
            publisher.publish(
                new Publisher.Work(
                    work.item(),
                    work.platform(),
                    work.idempotencyKey(),
                    work.asset(),
                    (offset, length) -> slowly(work.content().open(offset, length)),
                    work.progress()));
    QueueHouse house = new QueueHouse(place(folder), clock, slow);
    house.assets.put(QueueHouse.OWNER, "asset_789", media());
    if (house.queue.list(QueueHouse.OWNER, Queue.Query.DEFAULT).total() == 0) {
      String project = house.project(QueueHouse.OWNER);
      for (int i = 0; i < ITEMS; i++) {
        house.queue.create(
            QueueHouse.OWNER,
            QueueHouse.draft(
                project, "key " + i, Optional.empty(), Platform.YOUTUBE, Platform.LOCAL));
      }
    }
    house.jobs.start();
    System.out.println("begun");
    while (unfinished(house.queue) > 0) {
      LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
    }
    System.out.println("over");
    Thread.currentThread().join();
  }

  static StoreLocation place(Path folder) {
    return StoreLocation.folder(folder.resolve("data"));
  }

  static long unfinished(Queue queue) {
    long finished = 0;
    for (QueueItem.Status status : List.of(QueueItem.Status.PUBLISHED, QueueItem.Status.FAILED)) {
      finished +=
          queue
              .list(QueueHouse.OWNER, new Queue.Query(Optional.of(status), Optional.empty(), 1, 0))
              .total();
    }
    return ITEMS - finished;
  }

  static byte[] media() {
    byte[] media = new byte[BYTES];
    for (int i = 0; i < media.length; i++) {
      media[i] = (byte) (i * 31 + (i >> 8));
    }
    return media;
  }

  /** The same bytes, a little at a time, so that a death finds work under way. */
  private static InputStream slowly(InputStream in) {
    return new InputStream() {
      @Override
      public int read() throws IOException {
        return in.read();
      }

      @Override
      public int read(byte[] into, int from, int length) throws IOException {
        LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        return in.read(into, from, Math.min(length, 16 << 10));
      }
    };
  }

  /** Publishes straight into the folder and asks nothing: the control, which must not pass. */
  private static final class Naive implements Publisher {
    private final Path folder;
    private final AtomicLong count = new AtomicLong(System.nanoTime());

    Naive(Path folder) {
      this.folder = folder;
    }

    @Override
    public Outcome publish(Work work) throws IOException {
      String name = work.item().id() + "-" + work.platform().word();
      Path place = Files.createDirectories(folder.resolve(name + "-" + count.incrementAndGet()));
      try (InputStream in = work.content().open()) {
        Files.copy(in, place.resolve("media.mp4"));
      }
      Files.writeString(place.resolve("note.json"), "{}");
      return new Published("naive", name, Optional.empty());
    }
  }

  static QueueChild start(Path folder, String... further) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                QueueChild.class.getName(),
                folder.toString()));
    command.addAll(List.of(further));
    QueueChild child =
        new QueueChild(
            new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
    child.awaitLine("begun");
    return child;
  }

  /** Waits until the process says this. */
  void awaitLine(String word) throws IOException {
    String line = lines.readLine();
    if (!word.equals(line)) {
      throw new AssertionError("said " + line + " instead of " + word);
    }
  }

  /** No goodbye: this is kill −9. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
