package dev.spanda.core.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SlotsTest {

  private final Slots slots = new Slots(2);

  @Test
  void aKeyHoldsAtMostItsNumberAtOnce() {
    Slots.Slot first = slots.take("a").orElseThrow();
    assertThat(slots.take("a")).isPresent();
    assertThat(slots.take("a")).isEmpty();
    assertThat(slots.take("b")).isPresent();
    first.close();
    assertThat(slots.taken("a")).isEqualTo(1);
    assertThat(slots.take("a")).isPresent();
  }

  @Test
  void aSecondCloseGivesNothingBack() {
    Slots.Slot first = slots.take("a").orElseThrow();
    assertThat(slots.take("a")).isPresent();
    first.close();
    first.close();
    assertThat(slots.taken("a")).isEqualTo(1);
  }

  @Test
  void threadsNeverHoldMoreThanAllowed() throws InterruptedException {
    AtomicInteger held = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      threads.add(
          new Thread(
              () -> {
                for (int i = 0; i < 5000; i++) {
                  slots
                      .take("a")
                      .ifPresent(
                          slot -> {
                            most.accumulateAndGet(held.incrementAndGet(), Math::max);
                            held.decrementAndGet();
                            slot.close();
                          });
                }
              }));
    }
    threads.forEach(Thread::start);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(most).hasValueBetween(1, 2);
    assertThat(slots.taken("a")).isZero();
  }

  @Test
  void fewerThanOneSlotIsAProgrammingError() {
    assertThatThrownBy(() -> new Slots(0)).isInstanceOf(IllegalArgumentException.class);
  }
}
