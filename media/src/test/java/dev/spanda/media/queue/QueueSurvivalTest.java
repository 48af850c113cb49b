package dev.spanda.media.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanda.core.schedule.SettableClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Real processes that die while they publish. */
class QueueSurvivalTest {

  private static final int KILLS = 3;
  private static final int SHOWN = QueueChild.ITEMS * 2;

  @Test
  void everyItemIsPublishedOnceHoweverOftenTheProcessIsKilled(@TempDir Path folder)
      throws Exception {
    killAndFinish(folder);
    assertThat(faults(folder)).isEmpty();
    try (QueueHouse house =
        new QueueHouse(
            QueueChild.place(folder),
            SettableClock.at(QueueHouse.START),
            new Outbox(folder.resolve("outbox"), SettableClock.at(QueueHouse.START)))) {
      assertThat(
              house
                  .queue
                  .list(
                      QueueHouse.OWNER,
                      new Queue.Query(
                          Optional.of(QueueItem.Status.PUBLISHED), Optional.empty(), 100, 0))
                  .items())
          .hasSize(QueueChild.ITEMS)
          .allMatch(item -> item.results().stream().allMatch(QueueItem.Result::published));
    }
  }

  /** What proves that the trial finds what it looks for. */
  @Test
  void aPublisherThatAsksNothingIsFoundOut(@TempDir Path folder) throws Exception {
    killAndFinish(folder, "naive");
    assertThat(faults(folder)).isNotEmpty();
  }

  /** Kills the process at three places on its way and lets the next one go on to the end. */
  private static void killAndFinish(Path folder, String... further) throws Exception {
    long before = 0;
    for (int round = 1; round <= KILLS; round++) {
      try (QueueChild child = QueueChild.start(folder, further)) {
        long enough = before + SHOWN / (KILLS + 2L);
        long deadline = System.nanoTime() + Duration.ofMinutes(1).toNanos();
        while (shown(folder).size() < enough) {
          assertThat(System.nanoTime()).isLessThan(deadline);
          LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
        }
        child.kill();
      }
      long now = shown(folder).size();
      assertThat(now)
          .as("round %d goes on and does not end", round)
          .isBetween(before + 1, SHOWN - 1L);
      before = now;
    }
    try (QueueChild child = QueueChild.start(folder, further)) {
      child.awaitLine("over");
    }
  }

  /** The folders of what is shown; those under way are not among them. */
  private static List<Path> shown(Path folder) throws IOException {
    Path outbox = folder.resolve("outbox");
    if (!Files.isDirectory(outbox)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(outbox)) {
      return all.filter(path -> path.getFileName().toString().startsWith("item_")).toList();
    }
  }

  /** What is shown in parts, more than once, or not at all. */
  private static List<String> faults(Path folder) throws IOException {
    List<String> faults = new ArrayList<>();
    byte[] media = QueueChild.media();
    List<Path> shown = shown(folder);
    if (shown.size() != SHOWN) {
      faults.add(shown.size() + " shown instead of " + SHOWN);
    }
    for (Path place : shown) {
      Path film = place.resolve("media.mp4");
      if (!Files.exists(place.resolve("note.json"))
          || !Files.exists(film)
          || !Arrays.equals(Files.readAllBytes(film), media)) {
        faults.add(place.getFileName() + " is not whole");
      }
    }
    Path unfinished = folder.resolve("outbox/unfinished");
    if (Files.isDirectory(unfinished)) {
      try (Stream<Path> left = Files.list(unfinished)) {
        left.forEach(path -> faults.add(path + " is left over"));
      }
    }
    return faults;
  }
}
