package dev.spanda.media.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.store.StoreLocation;
import dev.spanda.media.social.Databases;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Queues of two nodes on one PostgreSQL database. */
class QueueNodesTest {

  private static final int ITEMS = 40;

  @Test
  void eachItemIsPublishedOnceByOneOfTheNodes() throws Exception {
    StoreLocation place = Databases.postgresql();
    SettableClock clock = SettableClock.at(QueueHouse.START);
    Map<String, AtomicInteger> shown = new ConcurrentHashMap<>();
    Set<String> busy = ConcurrentHashMap.newKeySet();
    try (QueueHouse one = new QueueHouse(place, clock, publisher("one", shown, busy));
        QueueHouse two = new QueueHouse(place, clock, publisher("two", shown, busy))) {
      String project = one.project(QueueHouse.OWNER);
      Set<String> ids = new HashSet<>();
      for (int i = 0; i < ITEMS; i++) {
        QueueHouse asked = i % 2 == 0 ? one : two;
        QueueItem.Draft draft =
            QueueHouse.draft(
                project,
                "key-" + i,
                Optional.empty(),
                QueueItem.Platform.YOUTUBE,
                QueueItem.Platform.TIKTOK);
        ids.add(asked.queue.create(QueueHouse.OWNER, draft).id());
      }
      QueueHouse unused = one.started();
      unused = two.started();
      Set<String> published = new HashSet<>();
      long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
      while (!published.equals(ids)) {
        assertThat(System.nanoTime()).as("published %s", published).isLessThan(end);
        for (QueueHouse house : new QueueHouse[] {one, two}) {
          QueueItem item = house.changes.poll(10, TimeUnit.MILLISECONDS);
          if (item != null && item.status() == QueueItem.Status.PUBLISHED) {
            assertThat(published.add(item.id())).as(item.id()).isTrue();
          }
        }
      }
      assertThat(shown).hasSize(2 * ITEMS);
      assertThat(shown.values()).allMatch(times -> times.get() == 1);
      // Both took part, else nothing was tried here.
      assertThat(busy).containsExactlyInAnyOrder("one", "two");
    }
  }

  private static Publisher publisher(
      String node, Map<String, AtomicInteger> shown, Set<String> busy) {
    return work -> {
      busy.add(node);
      shown
          .computeIfAbsent(
              work.item().id() + ":" + work.platform().word(), key -> new AtomicInteger())
          .incrementAndGet();
      return new Publisher.Published(work.platform().word(), work.item().id(), Optional.empty());
    };
  }
}
