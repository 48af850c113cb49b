package dev.spanda.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import java.util.List;
import org.junit.jupiter.api.Test;

class FailureTest {

  @Test
  void outOfRangeNamesValueRangeAndUnit() {
    Failure failure = Failure.outOfRange("frequency", "Frequency", -5, 0.1, 20000, "Hz");
    assertThat(failure).hasMessage("Frequency must be between 0.1 and 20000 Hz");
    assertThat(failure.reason()).isEqualTo(Failure.Reason.INVALID);
    assertThat(failure.details())
        .containsExactly(
            entry(Failure.PROVIDED_VALUE, -5.0),
            entry(Failure.MIN_VALUE, 0.1),
            entry(Failure.MAX_VALUE, 20000.0));
  }

  @Test
  void notANumberIsOutOfEveryRangeAndIsSpelledOut() {
    assertThatThrownBy(() -> Failure.requireInRange("volume", "Volume", Double.NaN, 0, 1, ""))
        .isInstanceOfSatisfying(
            Failure.class,
            failure ->
                assertThat(failure.details()).contains(entry(Failure.PROVIDED_VALUE, "NaN")));
  }

  @Test
  void anEdgeOfTheRangeIsAllowed() {
    assertThat(Failure.requireInRange("volume", "Volume", 1, 0, 1, "")).isEqualTo(1);
  }

  @Test
  void aTextIsMeasuredInWholeCharactersAndHoldsOnlyWhatCanBeKept() {
    assertThat(Failure.requireText("name", "Name", "😀😀", 1, 2)).isEqualTo("😀😀");
    assertThatThrownBy(() -> Failure.requireText("name", "Name", "😀😀😀", 1, 2))
        .hasMessage("Name must have between 1 and 2 characters; had 3");
    assertThatThrownBy(() -> Failure.requireText("name", "Name", "\0", 1, 2))
        .hasMessage("Name must not hold NUL characters or broken surrogates");
  }

  @Test
  void aLongValueIsEchoedInPart() {
    Failure failure = Failure.notAllowed("pattern", "x".repeat(5000), List.of("schumann"));
    assertThat(failure.getMessage()).hasSizeLessThan(300).contains("schumann");
  }

  @Test
  void withKeepsCauseAndEarlierDetails() {
    IllegalStateException cause = new IllegalStateException("inner");
    Failure failure =
        Failure.notFound("session", "sess_1").causedBy(cause).with("hint", "list them");
    assertThat(failure).hasCause(cause);
    assertThat(failure.details()).containsKeys(Failure.PROVIDED_VALUE, "hint");
  }
}
