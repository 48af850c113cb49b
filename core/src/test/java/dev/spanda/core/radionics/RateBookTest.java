package dev.spanda.core.radionics;

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
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RateBookTest {

  private final SettableClock clock = SettableClock.at(Instant.parse("2024-01-15T10:30:00Z"));

  @ParameterizedTest
  @EnumSource
  void theBookComesWithAHundredAndFiftyRatesThatCanBeSearched(StoreKind kind) {
    try (StoreKind.Place place = kind.fresh();
        Store store = Store.open(place.location())) {
      RateBook book = new RateBook(store, clock);
      assertThat(book.find(Optional.empty(), "", 500, 0).total()).isGreaterThanOrEqualTo(150);
      List<RateBook.Entry> health = book.find(Optional.of("Health"), "", 500, 0).items();
      assertThat(health).hasSizeGreaterThan(9).allMatch(entry -> entry.category().equals("health"));
      RateBook.Entry first = book.find(Optional.empty(), "vital", 5, 0).items().get(0);
      assertThat(first)
          .isEqualTo(
              new RateBook.Entry(
                  47.5,
                  "General Vitality",
                  "health",
                  "Enhances overall physical vitality",
                  List.of("energy", "healing", "wellness")));
      assertThat(book.find(Optional.empty(), "heart", 500, 0).items().get(0).name())
          .contains("Heart");
      assertThat(book.find(Optional.empty(), "heart zebra", 500, 0).total()).isZero();
      assertThat(book.find(Optional.empty(), "", 10, 10).items())
          .hasSize(10)
          .doesNotContainAnyElementsOf(book.find(Optional.empty(), "", 10, 0).items());
      assertThatThrownBy(() -> book.find(Optional.of("magic"), "", 10, 0))
          .isInstanceOfSatisfying(
              Failure.class,
              e ->
                  assertThat(e.details().get(Failure.ALLOWED_VALUES).toString()).contains("sleep"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void addedRatesStayAndNoNameComesTwice(StoreKind kind) {
    try (StoreKind.Place place = kind.fresh();
        Store store = Store.open(place.location())) {
      RateBook book = new RateBook(store, clock);
      book.add(new RateBook.Entry(12.3, "Rainy Évening", "Weather", "d", List.of("rain")));
      assertThat(new RateBook(store, clock).find(Optional.of("weather"), "evening", 5, 0).items())
          .hasSize(1);
      assertThatThrownBy(() -> book.add(new RateBook.Entry(1, "rainy evening", "x", "", List.of())))
          .isInstanceOfSatisfying(
              Failure.class, e -> assertThat(e.reason()).isEqualTo(Failure.Reason.CONFLICT));
      String csv =
          "name,category,description,applications,rate\r\n"
              + "\"Fog, thick\",weather,\"He said \"\"where\"\"\",fog|night,\n"
              + "Hail,weather,,,99.9\n";
      assertThat(book.load(csv)).isEqualTo(2);
      assertThat(book.find(Optional.of("weather"), "fog", 5, 0).items().get(0).description())
          .isEqualTo("He said \"where\"");
      assertThatThrownBy(() -> book.load(csv.replace("Hail", "Dew").replace("99.9", "101")))
          .hasMessageContaining("Row 2");
      assertThat(book.find(Optional.of("weather"), "", 5, 0).total()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @EnumSource
  void broadcastsRunTheirTimeAndSurviveARestart(StoreKind kind) {
    EventBus bus = new EventBus();
    List<Broadcast.Status> seen = new ArrayList<>();
    bus.subscribe(Broadcasts.Event.class, event -> seen.add(event.broadcast().status()));
    Ids ids = new Ids(new Random(3));
    try (StoreKind.Place place = kind.fresh();
        Store store = Store.open(place.location())) {
      String stopped;
      String over;
      try (Broadcasts broadcasts = new Broadcasts(store, clock, bus, ids, clock.executor())) {
        over =
            broadcasts
                .start(47.5, Duration.ofSeconds(300), "Healing", 2, Optional.of("pop_1"))
                .id();
        stopped = broadcasts.start(0, Duration.ofSeconds(600), "", 1, Optional.empty()).id();
        assertThat(broadcasts.find(stopped).carrierHz()).isEqualTo(110);
        clock.advance(Duration.ofSeconds(10));
        assertThat(broadcasts.stop(stopped).elapsed(clock.instant()))
            .isEqualTo(Duration.ofSeconds(10));
        assertThatThrownBy(() -> broadcasts.stop(stopped)).hasMessageContaining("is stopped");
        assertThat(broadcasts.list(Optional.of(Broadcast.Status.RUNNING), 10, 0).total())
            .isEqualTo(1);
      }
      clock.advance(Duration.ofSeconds(1_000));
      try (Broadcasts broadcasts = new Broadcasts(store, clock, bus, ids, clock.executor())) {
        Broadcast ended = broadcasts.find(over);
        assertThat(ended.status()).isEqualTo(Broadcast.Status.COMPLETED);
        assertThat(ended.endedAt()).contains(ended.startedAt().plusSeconds(300));
        assertThat(seen)
            .containsExactly(
                Broadcast.Status.RUNNING,
                Broadcast.Status.RUNNING,
                Broadcast.Status.STOPPED,
                Broadcast.Status.COMPLETED);
        assertThatThrownBy(() -> broadcasts.find("none"))
            .isInstanceOfSatisfying(
                Failure.class, e -> assertThat(e.reason()).isEqualTo(Failure.Reason.NOT_FOUND));
        assertThatThrownBy(
                () -> broadcasts.start(101, Duration.ofSeconds(1), "", 1, Optional.empty()))
            .hasMessageContaining("Rate");
        assertThatThrownBy(
                () -> broadcasts.start(1, Duration.ofSeconds(1), "", 6, Optional.empty()))
            .hasMessageContaining("Hardware level");
      }
    }
  }
}
