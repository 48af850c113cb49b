package dev.spanda.astrology.election;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Place;
import dev.spanda.core.Failure;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ElectionsTest {

  private static final Place GREENWICH = Place.of(51.48, 0);
  private final Elections elections = new Elections();

  @Test
  void theWindowsOfADayFollowWithoutGaps() {
    List<Window> windows =
        elections.on(Activity.MEDITATION, LocalDate.of(2024, 1, 15), ZoneOffset.UTC, GREENWICH);
    assertThat(windows.get(0).start()).isEqualTo(Instant.parse("2024-01-15T00:00:00Z"));
    assertThat(windows.get(windows.size() - 1).end())
        .isEqualTo(Instant.parse("2024-01-16T00:00:00Z"));
    assertThat(windows).hasSizeBetween(24, 34);
    for (int i = 1; i < windows.size(); i++) {
      assertThat(windows.get(i).start()).isEqualTo(windows.get(i - 1).end());
    }
  }

  @Test
  void everyWindowSaysWhyAndItsScoreIsTheSum() {
    for (Window window :
        elections.on(Activity.HEALING, LocalDate.of(2024, 5, 3), ZoneOffset.UTC, GREENWICH)) {
      assertThat(window.reasons()).isNotEmpty();
      double sum = window.reasons().stream().mapToDouble(Window.Reason::points).sum();
      assertThat(window.score()).isCloseTo(Math.max(0, Math.min(100, sum)), within(1e-9));
      assertThat(window.quality())
          .isEqualTo(
              window.score() >= 80
                  ? Window.Quality.EXCELLENT
                  : window.score() >= 65
                      ? Window.Quality.GOOD
                      : window.score() >= 40 ? Window.Quality.FAIR : Window.Quality.POOR);
    }
  }

  @Test
  void anExcellentWindowIsAnHourThatSuitsTheActivity() {
    for (Activity activity : Activity.values()) {
      List<Window> windows =
          elections.between(
              activity,
              Instant.parse("2024-01-01T00:00:00Z"),
              Instant.parse("2024-01-31T00:00:00Z"),
              GREENWICH);
      Set<Window.Quality> seen = EnumSet.noneOf(Window.Quality.class);
      for (Window window : windows) {
        seen.add(window.quality());
        if (window.quality() == Window.Quality.EXCELLENT) {
          assertThat(activity.favourable()).contains(window.hourRuler().orElseThrow());
        }
      }
      assertThat(seen).as(activity.label()).containsExactlyInAnyOrder(Window.Quality.values());
    }
  }

  @Test
  void aVoidMoonCostsPoints() {
    List<Window> windows =
        elections.between(
            Activity.CREATIVITY,
            Instant.parse("2024-01-01T00:00:00Z"),
            Instant.parse("2024-01-10T00:00:00Z"),
            GREENWICH);
    assertThat(windows)
        .anySatisfy(
            window ->
                assertThat(window.reasons())
                    .contains(new Window.Reason("Moon is void of course", -10)));
  }

  @Test
  void wherePlanetaryHoursDoNotExistTheWindowsSaySo() {
    List<Window> windows =
        elections.on(
            Activity.PROTECTION, LocalDate.of(2024, 12, 21), ZoneOffset.UTC, Place.of(80, 0));
    assertThat(windows).hasSizeGreaterThanOrEqualTo(24);
    assertThat(windows)
        .allSatisfy(
            window -> {
              assertThat(window.hourRuler()).isEmpty();
              assertThat(window.reasons())
                  .anySatisfy(reason -> assertThat(reason.text()).contains("no planetary hours"));
            });
  }

  @Test
  void theBestWindowsOfSeveralPlacesComeByScore() {
    List<Window> best =
        elections.best(
            Activity.BLESSING,
            Instant.parse("2024-01-15T00:00:00Z"),
            Instant.parse("2024-01-18T00:00:00Z"),
            List.of(GREENWICH, Place.of(-33.9, 151.2)),
            5);
    assertThat(best).hasSize(5);
    for (int i = 1; i < best.size(); i++) {
      assertThat(best.get(i).score()).isLessThanOrEqualTo(best.get(i - 1).score());
    }
  }

  @Test
  void anUnknownActivityIsRefusedWithTheAllowedOnes() {
    assertThatThrownBy(() -> Activity.parse("gardening"))
        .isInstanceOfSatisfying(
            Failure.class,
            failure ->
                assertThat(failure.details().get(Failure.ALLOWED_VALUES).toString())
                    .contains("meditation", "healing", "blessing", "manifestation"));
    assertThat(Activity.parse("Healing").favourable()).contains(Body.SUN);
  }

  @Test
  void anEmptyStretchIsRefused() {
    assertThatThrownBy(
            () -> elections.between(Activity.HEALING, Instant.EPOCH, Instant.EPOCH, GREENWICH))
        .isInstanceOf(Failure.class);
  }
}
