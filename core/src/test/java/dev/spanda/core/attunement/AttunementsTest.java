package dev.spanda.core.attunement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AttunementsTest {

  private static final Map<BitSource.Kind, BitSource> SOURCES =
      Map.of(BitSource.Kind.SYSTEM, BitSource.system());

  private final SettableClock clock = SettableClock.at(Instant.parse("2024-01-15T10:30:00Z"));
  private final EventBus bus = new EventBus();
  private final Ids ids = new Ids(new Random(5));
  private final List<Attunement.Status> seen = new ArrayList<>();

  private Attunements attunements(Store store, Map<BitSource.Kind, BitSource> sources) {
    return new Attunements(store, clock, bus, ids, clock.executor(), sources);
  }

  private static AttunementPlan seeded(long seconds, long seed) {
    return new AttunementPlan(
        "x",
        Duration.ofSeconds(seconds),
        BitSource.Kind.SEEDED,
        OptionalDouble.empty(),
        OptionalLong.of(seed));
  }

  @ParameterizedTest
  @EnumSource
  void gathersAThousandBitsASecondToTheEnd(StoreKind kind) {
    bus.subscribe(Attunements.Event.class, event -> seen.add(event.attunement().status()));
    try (StoreKind.Place place = kind.fresh();
        Store store = Store.open(place.location());
        Attunements attunements = attunements(store, SOURCES)) {
      String id = attunements.start(seeded(10, 1)).id();
      assertThat(attunements.look(id).bits()).isZero();
      for (int i = 0; i < 4; i++) {
        clock.advance(Duration.ofSeconds(1));
      }
      assertThat(attunements.look(id).bits()).isEqualTo(4_000);
      for (int i = 0; i < 8; i++) {
        clock.advance(Duration.ofSeconds(1));
      }
      Attunement ended = attunements.find(id);
      assertThat(ended.status()).isEqualTo(Attunement.Status.COMPLETED);
      assertThat(ended.endedAt()).contains(ended.startedAt().plusSeconds(10));
      assertThat(ended.looks()).isEqualTo(2);
      assertThat(attunements.look(id).bits()).isEqualTo(10_000);
      assertThat(seen).containsExactly(Attunement.Status.RUNNING, Attunement.Status.COMPLETED);
      assertThatThrownBy(() -> attunements.stop(id))
          .isInstanceOfSatisfying(
              Failure.class, e -> assertThat(e.reason()).isEqualTo(Failure.Reason.CONFLICT));
    }
  }

  @ParameterizedTest
  @EnumSource
  void aRestartGoesOnAndDoesNotMakeUpForTheGap(StoreKind kind) {
    try (StoreKind.Place place = kind.fresh();
        Store store = Store.open(place.location())) {
      String id;
      try (Attunements before = attunements(store, SOURCES)) {
        id = before.start(seeded(100, 2)).id();
        for (int i = 0; i < 10; i++) {
          clock.advance(Duration.ofSeconds(1));
        }
      }
      clock.advance(Duration.ofSeconds(60));
      try (Attunements after = attunements(store, SOURCES)) {
        clock.advance(Duration.ofSeconds(1));
        clock.advance(Duration.ofSeconds(1));
        assertThat(after.look(id).bits()).isEqualTo(12_000);
        for (int i = 0; i < 30; i++) {
          clock.advance(Duration.ofSeconds(1));
        }
        assertThat(after.find(id).status()).isEqualTo(Attunement.Status.COMPLETED);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void twoProcessesGatherEachSecondOnce(StoreKind kind) {
    try (StoreKind.Place place = kind.fresh();
        Store store = Store.open(place.location());
        Attunements one = attunements(store, SOURCES);
        Attunements other = attunements(store, SOURCES)) {
      String id = one.start(seeded(30, 3)).id();
      for (int i = 0; i < 20; i++) {
        clock.advance(Duration.ofSeconds(1));
      }
      assertThat(other.look(id).bits()).isEqualTo(20_000);
    }
  }

  @Test
  void theSameSeedGivesTheSameReading() {
    try (Store store = Store.open(dev.spanda.core.store.StoreLocation.memory());
        Attunements attunements = attunements(store, SOURCES)) {
      String one = attunements.start(seeded(10, 4)).id();
      String same = attunements.start(seeded(10, 4)).id();
      String other = attunements.start(seeded(10, 5)).id();
      for (int i = 0; i < 12; i++) {
        clock.advance(Duration.ofSeconds(1));
      }
      assertThat(attunements.look(one)).isEqualTo(attunements.look(same));
      assertThat(attunements.look(one)).isNotEqualTo(attunements.look(other));
      assertThat(attunements.list(2, 1).total()).isEqualTo(3);
      assertThat(attunements.list(2, 1).items()).hasSize(2);
    }
  }

  @Test
  void aMissingSourceIsSaidAndReplaced() {
    try (Store store = Store.open(dev.spanda.core.store.StoreLocation.memory());
        Attunements attunements = attunements(store, SOURCES)) {
      Attunement attunement =
          attunements.start(
              new AttunementPlan(
                  "Manifestation of highest good",
                  Duration.ofSeconds(600),
                  BitSource.Kind.QUANTUM,
                  OptionalDouble.of(0.05),
                  OptionalLong.empty()));
      assertThat(attunement.source()).isEqualTo(BitSource.Kind.SYSTEM);
      assertThat(attunement.note())
          .isEqualTo("No source quantum is configured; the bits come from the source system");
      assertThat(attunements.find(attunement.id()).plan().targetDeviation()).hasValue(0.05);
    }
  }

  @Test
  void aSourceThatStaysAwayFailsTheSession() {
    BitSource broken =
        bytes -> {
          throw Failure.of(Failure.Reason.UNAVAILABLE, "source", "The device is gone");
        };
    try (Store store = Store.open(dev.spanda.core.store.StoreLocation.memory());
        Attunements attunements =
            attunements(
                store,
                Map.of(
                    BitSource.Kind.SYSTEM, BitSource.system(), BitSource.Kind.HARDWARE, broken))) {
      String id =
          attunements
              .start(
                  new AttunementPlan(
                      "",
                      Duration.ofSeconds(600),
                      BitSource.Kind.HARDWARE,
                      OptionalDouble.empty(),
                      OptionalLong.empty()))
              .id();
      for (int i = 0; i < 29; i++) {
        clock.advance(Duration.ofSeconds(1));
      }
      assertThat(attunements.find(id).status()).isEqualTo(Attunement.Status.RUNNING);
      clock.advance(Duration.ofSeconds(5));
      Attunement failed = attunements.find(id);
      assertThat(failed.status()).isEqualTo(Attunement.Status.FAILED);
      assertThat(failed.note()).isEqualTo("The device is gone");
    }
  }

  @Test
  void plansOutOfRangeAreRefusedByName() {
    assertThatThrownBy(() -> seeded(0, 1)).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> seeded(86_401, 1)).isInstanceOf(Failure.class);
    assertThatThrownBy(
            () ->
                new AttunementPlan(
                    "",
                    Duration.ofSeconds(1),
                    BitSource.Kind.SYSTEM,
                    OptionalDouble.of(0.6),
                    OptionalLong.empty()))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.subject()).isEqualTo("target_deviation"));
  }
}
