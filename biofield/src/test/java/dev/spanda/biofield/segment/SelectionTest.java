package dev.spanda.biofield.segment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.biofield.Frame;
import dev.spanda.biofield.Mask;
import dev.spanda.core.Failure;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {

  private static final Frame FRAME = Frame.of(100, 80, new int[8000]);

  /** A face of 10×12 at (20, 10); a body that is a triangle below row 15. */
  private record Person(boolean hasFace, boolean hasBody) implements Segmenter {

    @Override
    public Optional<Box> face(Frame frame) {
      return hasFace ? Optional.of(new Box(20, 10, 10, 12, 0.9)) : Optional.empty();
    }

    @Override
    public Mask body(Frame frame) {
      boolean[] pixels = new boolean[frame.area()];
      for (int i = 0; hasBody && i < pixels.length; i++) {
        int x = i % 100;
        int y = i / 100;
        pixels[i] = y >= 15 && x >= 25 && x - 25 <= y - 15;
      }
      return Mask.of(100, 80, pixels);
    }
  }

  private static final Optional<Person> PERSON = Optional.of(new Person(true, true));

  @ParameterizedTest
  @CsvSource({
    "fullBody, full, 8000, true",
    "fullBody, face, 120, true",
    "fullBody, body, 4225, true",
    "face, full, 120, true",
    "face, face, 120, true",
    "face, body, 25, false",
    "segmented, full, 2145, false",
    "segmented, face, 25, false",
    "segmented, body, 2145, false"
  })
  void theTableIsKept(String mode, String region, int count, boolean rectangle) {
    Mask mask = Selection.parse(mode, region).mask(FRAME, PERSON);
    assertThat(mask.count()).isEqualTo(count);
    assertThat(mask.isRectangle()).isEqualTo(rectangle);
  }

  @Test
  void everyPixelNeedsNoSegmenter() {
    assertThat(Selection.EVERYTHING.needsSegmenter()).isFalse();
    assertThat(Selection.EVERYTHING.mask(FRAME, Optional.empty()).isFull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "fullBody, face",
    "fullBody, body",
    "face, full",
    "face, face",
    "face, body",
    "segmented, full",
    "segmented, face",
    "segmented, body"
  })
  void nothingElseIsPretendedWithoutOne(String mode, String region) {
    Selection selection = Selection.parse(mode, region);
    assertThat(selection.needsSegmenter()).isTrue();
    assertFailed(selection, Optional.empty(), "add org.openpnp:opencv:4.9.0-0");
  }

  @Test
  void aFaceThatIsNotFoundIsAFailure() {
    Optional<Person> faceless = Optional.of(new Person(false, true));
    assertFailed(Selection.parse("face", "full"), faceless, "no face found");
    assertFailed(Selection.parse("fullBody", "face"), faceless, "no face found");
    assertFailed(Selection.parse("segmented", "face"), faceless, "no face found");
    assertThat(Selection.parse("segmented", "full").mask(FRAME, faceless).count()).isEqualTo(2145);
  }

  @Test
  void aBodyThatIsNotFoundIsAFailure() {
    Optional<Person> mirage = Optional.of(new Person(true, false));
    assertFailed(Selection.parse("segmented", "full"), mirage, "no body found");
    assertFailed(Selection.parse("fullBody", "body"), mirage, "no body found");
    assertFailed(Selection.parse("face", "body"), mirage, "no body found");
  }

  private static void assertFailed(
      Selection selection, Optional<? extends Segmenter> segmenter, String words) {
    assertThatThrownBy(() -> selection.mask(FRAME, segmenter))
        .hasMessageContaining(words)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(Failure.Reason.FAILED);
              assertThat(failure.subject()).isEqualTo("analysis");
            });
  }

  @ParameterizedTest
  @CsvSource({"mode, body, full", "mode, FACE, full", "region, face, hand", "region, face, ''"})
  void otherWordsAreRefused(String subject, String mode, String region) {
    assertThatThrownBy(() -> Selection.parse(mode, region))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(Failure.Reason.INVALID);
              assertThat(failure.subject()).isEqualTo(subject);
            });
  }
}
