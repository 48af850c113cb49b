package dev.spanda.core.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class JsonTest {

  enum Mood {
    CALM,
    BRIGHT
  }

  sealed interface Shape {
    default boolean isRound() {
      return this instanceof Disc;
    }
  }

  record Disc(double radius) implements Shape {}

  record Plate(double width, double height) implements Shape {}

  @SuppressWarnings("ArrayRecordComponent") // That it comes back is what is tested.
  record Everything(
      String text,
      int whole,
      long large,
      double real,
      boolean yes,
      @Nullable Integer absent,
      Mood mood,
      byte[] bytes,
      Instant instant,
      Duration duration,
      List<Shape> shapes,
      Map<String, Mood> moods,
      Shape shape) {}

  record Range(int low, int high) {
    Range {
      if (low > high) {
        throw new IllegalArgumentException("low above high");
      }
    }
  }

  private static final Everything EVERYTHING =
      new Everything(
          "ü \"quoted\" \u2028",
          -3,
          Long.MAX_VALUE,
          0.1,
          true,
          null,
          Mood.BRIGHT,
          new byte[] {0, -1, 127},
          Instant.parse("2026-01-02T03:04:05.678901234Z"),
          Duration.ofMillis(1500),
          List.of(new Disc(2), new Plate(1, 3)),
          Map.of("a", Mood.CALM),
          new Disc(0.5));

  @Test
  void everyKindOfComponentComesBackAsItWas() {
    Everything back = Json.read(Json.write(EVERYTHING), Everything.class);
    assertThat(back).usingRecursiveComparison().isEqualTo(EVERYTHING);
  }

  @Test
  void aRecordIsItsComponentsAndNothingElse() {
    assertThat(Json.write(new Range(1, 2))).isEqualTo("{\"low\":1,\"high\":2}");
    assertThat(Json.write(new Disc(2))).isEqualTo("{\"type\":\"Disc\",\"radius\":2.0}");
  }

  @Test
  void aCaseIsReadAsItselfAndAsItsInterface() {
    String text = Json.write(new Plate(1, 2));
    assertThat(Json.read(text, Shape.class)).isEqualTo(new Plate(1, 2));
    assertThat(Json.read(text, Plate.class)).isEqualTo(new Plate(1, 2));
  }

  @Test
  void listsKeepTheTypeOfTheirCases() {
    List<Shape> shapes = List.of(new Disc(1), new Plate(2, 3));
    record Box(List<Shape> shapes) {}
    assertThat(Json.read(Json.write(new Box(shapes)), Box.class).shapes()).isEqualTo(shapes);
    assertThat(Json.readList(Json.write(List.of("a", "b")), String.class))
        .containsExactly("a", "b");
  }

  @Test
  void unknownMembersAreIgnoredAndMissingOnesAreAbsent() {
    assertThat(Json.read("{\"low\":1,\"high\":2,\"colour\":\"red\"}", Range.class))
        .isEqualTo(new Range(1, 2));
    assertThat(Json.read("{\"high\":2}", Range.class)).isEqualTo(new Range(0, 2));
  }

  @Test
  void textThatIsNoSuchRecordIsAFailureOfTheStore() {
    for (String text : List.of("", "[", "null", "{\"low\":\"x\"}", "{\"low\":3,\"high\":2}")) {
      assertThatThrownBy(() -> Json.read(text, Range.class))
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> {
                assertThat(failure.reason()).isEqualTo(Failure.Reason.FAILED);
                assertThat(failure.subject()).isEqualTo("store");
              });
    }
  }
}
