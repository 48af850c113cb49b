package dev.spanda.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class EventBusTest {

  sealed interface Weather {}

  record Rain(int millimetres) implements Weather {}

  record Sun() implements Weather {}

  record Tagged(int thread, int number) {}

  private final EventBus bus = new EventBus();
  private final List<Object> seen = new ArrayList<>();

  @Test
  void aSubscriberOfAnInterfaceReceivesEveryCase() {
    bus.subscribe(Weather.class, seen::add);
    bus.publish(new Rain(3));
    bus.publish("no weather");
    bus.publish(new Sun());
    assertThat(seen).containsExactly(new Rain(3), new Sun());
  }

  @Test
  void aSubscriberOfACaseReceivesOnlyThatCase() {
    bus.subscribe(Rain.class, seen::add);
    bus.publish(new Sun());
    bus.publish(new Rain(1));
    assertThat(seen).containsExactly(new Rain(1));
  }

  @Test
  void aSubscriberOfObjectReceivesEverything() {
    bus.subscribe(Object.class, seen::add);
    bus.publish(new Sun());
    bus.publish("text");
    assertThat(seen).containsExactly(new Sun(), "text");
  }

  @Test
  void subscribersAreCalledInTheOrderTheyCame() {
    bus.subscribe(Sun.class, sun -> seen.add("first"));
    bus.subscribe(Weather.class, weather -> seen.add("second"));
    bus.subscribe(Sun.class, sun -> seen.add("third"));
    bus.publish(new Sun());
    assertThat(seen).containsExactly("first", "second", "third");
  }

  @Test
  void aFailingSubscriberHarmsNeitherPublisherNorOthers() {
    bus.subscribe(
        Sun.class,
        sun -> {
          throw new IllegalStateException("broken");
        });
    bus.subscribe(
        Sun.class,
        sun -> {
          throw new AssertionError("broken harder");
        });
    bus.subscribe(Sun.class, seen::add);
    bus.publish(new Sun());
    assertThat(seen).containsExactly(new Sun());
  }

  @Test
  void nothingArrivesAfterTheClose() {
    Subscription subscription = bus.subscribe(Sun.class, seen::add);
    bus.publish(new Sun());
    subscription.close();
    subscription.close();
    bus.publish(new Sun());
    assertThat(seen).hasSize(1);
  }

  @Test
  void aSubscriberMayPublishSubscribeAndCloseWithinItsCall() {
    List<Subscription> own = new ArrayList<>();
    own.add(
        bus.subscribe(
            Rain.class,
            rain -> {
              own.get(0).close();
              bus.subscribe(Sun.class, seen::add);
              bus.publish(new Sun());
            }));
    bus.publish(new Rain(1));
    bus.publish(new Rain(2));
    assertThat(seen).containsExactly(new Sun());
  }

  @Test
  void everyPublishersEventsArriveInItsOrderWhileOthersComeAndGo() throws InterruptedException {
    ConcurrentLinkedQueue<Tagged> all = new ConcurrentLinkedQueue<>();
    bus.subscribe(Tagged.class, all::add);
    CountDownLatch go = new CountDownLatch(1);
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      int thread = t;
      threads.add(
          new Thread(
              () -> {
                try {
                  go.await();
                } catch (InterruptedException e) {
                  throw new IllegalStateException(e);
                }
                for (int i = 0; i < 2000; i++) {
                  Subscription passing = bus.subscribe(Object.class, event -> {});
                  bus.publish(new Tagged(thread, i));
                  passing.close();
                }
              }));
    }
    threads.forEach(Thread::start);
    go.countDown();
    for (Thread thread : threads) {
      thread.join();
    }
    for (int t = 0; t < 4; t++) {
      int thread = t;
      assertThat(all.stream().filter(e -> e.thread() == thread).map(Tagged::number).toList())
          .hasSize(2000)
          .isSorted();
    }
  }
}
