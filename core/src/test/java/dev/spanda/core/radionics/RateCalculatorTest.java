package dev.spanda.core.radionics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RateCalculatorTest {

  /** Sums that stand in printed tables of gematria and isopsephy. */
  @ParameterizedTest
  @CsvSource({
    "ORDINAL, LOVE, 54",
    "ORDINAL, Wisdom, 83",
    "ORDINAL, hello, 52",
    "ORDINAL, Jesus, 74",
    "PYTHAGOREAN, LOVE, 18",
    "PYTHAGOREAN, hello, 25",
    "PYTHAGOREAN, Jesus, 11",
    "REVERSE, God, 55",
    "REVERSE, love, 54",
    "HEBREW, חי, 18",
    "HEBREW, אהבה, 13",
    "HEBREW, אלהים, 86",
    "HEBREW, שלום, 376",
    "HEBREW, ישראל, 541",
    "HEBREW, בראשית, 913",
    "HEBREW_FINALS, אלהים, 646",
    "HEBREW_FINALS, שלום, 936",
    "GREEK, Ἰησοῦς, 888",
    "GREEK, Χριστός, 1480",
    "GREEK, λόγος, 373",
    "GREEK, ἀγάπη, 93",
    "GREEK, Θεός, 284",
    "GREEK, σταυρός, 1271",
  })
  void sumsAreThoseOfTheTables(LetterTable table, String word, long sum) {
    assertThat(table.sum(word)).isEqualTo(sum);
  }

  /** From the instructions of the National Archives for the Soundex indexes of the census. */
  @ParameterizedTest
  @CsvSource({
    "washington, W252",
    "lee, L000",
    "gutierrez, G362",
    "pfister, P236",
    "jackson, J250",
    "tymczak, T522",
    "ashcraft, A261",
    "vandeusen, V532",
  })
  void soundexIsThatOfTheCensus(String name, String code) {
    assertThat(RateCalculator.soundex(name)).isEqualToIgnoringCase(code);
  }

  private static Rate rate(String intention, String name, RateCalculator.Method method) {
    return RateCalculator.calculate(intention, name, method, Optional.empty());
  }

  @Test
  void theRateOfGematriaIsTheSumInTenths() {
    // LOVE 54, ANN 29
    Rate rate = rate("Love", "Ann", RateCalculator.Method.GEMATRIA);
    assertThat(rate.rate()).isEqualTo(8.3);
    assertThat(rate.balancing()).isEqualTo(91.7);
    // l-o-v-e-a-n-n dealt out: 12+5+14, 15+1, 22+14
    assertThat(rate.dials()).containsExactly(31, 16, 36);
    assertThat(rate.unread()).isEmpty();
  }

  @Test
  void theNameCountsAndTheSameWordsGiveTheSameRate() {
    for (RateCalculator.Method method : RateCalculator.Method.values()) {
      Rate john = rate("Physical healing and vitality", "John Doe", method);
      assertThat(john).isEqualTo(rate("Physical healing and vitality", "John Doe", method));
      assertThat(john.rate())
          .isNotEqualTo(rate("Physical healing and vitality", "Jane Roe", method).rate());
      assertThat(john.rate()).isBetween(0.0, 100.0);
      assertThat(john.confidence()).isBetween(0.0, 1.0);
      assertThat(john.dials()).hasSize(3).allMatch(dial -> dial >= 0 && dial <= 100);
    }
  }

  @Test
  void confidenceFallsWithWhatCannotBeRead() {
    Rate whole = rate("healing", "", RateCalculator.Method.GEMATRIA);
    Rate half = rate("healing исцелен", "", RateCalculator.Method.GEMATRIA);
    assertThat(half.unread()).isEqualTo("исцелн");
    assertThat(half.confidence()).isLessThan(0.51);
    assertThat(whole.confidence()).isGreaterThanOrEqualTo(0.5);
  }

  @Test
  void agreementIsOneWhereAllMethodsMeet() {
    // c · (1 + a) / 2 with c = 1 lies between one half and one.
    for (String word : new String[] {"peace", "rain", "a", "compassion for all"}) {
      assertThat(rate(word, "", RateCalculator.Method.HASH).confidence()).isBetween(0.5, 1.0);
    }
  }

  @Test
  void theAlphabetChoosesTheTable() {
    assertThat(rate("שלום", "", RateCalculator.Method.GEMATRIA).rate()).isEqualTo(37.6);
    assertThat(rate("λόγος", "", RateCalculator.Method.GEMATRIA).rate()).isEqualTo(37.3);
  }

  @Test
  void textsThatCannotBeReadAreRefused() {
    assertThatThrownBy(() -> rate(" ", "x", RateCalculator.Method.HASH))
        .isInstanceOfSatisfying(Failure.class, e -> assertThat(e.subject()).isEqualTo("intention"));
    assertThatThrownBy(() -> rate("12345", "", RateCalculator.Method.GEMATRIA))
        .hasMessageContaining("can read no letter");
    assertThat(rate("12345", "", RateCalculator.Method.HASH).rate()).isNotNegative();
    assertThatThrownBy(() -> rate("x".repeat(2_001), "", RateCalculator.Method.HASH))
        .hasMessageContaining("2000");
    assertThatThrownBy(() -> rate("x", "y".repeat(201), RateCalculator.Method.HASH))
        .isInstanceOfSatisfying(
            Failure.class, e -> assertThat(e.subject()).isEqualTo("target_name"));
  }
}
