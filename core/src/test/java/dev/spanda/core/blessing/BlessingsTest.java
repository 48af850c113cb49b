package dev.spanda.core.blessing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import dev.spanda.core.blessing.NarrativePlan.Length;
import dev.spanda.core.blessing.NarrativePlan.Style;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class BlessingsTest {

  private static final List<String> INTENTIONS =
      List.of(
          "healing",
          "Peace and healing for all beings",
          "protection",
          "prosperity",
          "wisdom",
          "love",
          "a gentle passage for those who die",
          "the oceans",
          "Global Harmony.",
          "my daughter's examination");

  /** Twice the same word, other than in a mantra, whose own words repeat. */
  private static final Pattern STUTTER = Pattern.compile("(?iu)\\b(\\p{L}+) \\1\\b");

  private static final Pattern WRONG_ARTICLE =
      Pattern.compile("\\b(?:a [aeio]|an [^aeiouh])", Pattern.CASE_INSENSITIVE);

  private static Blessings blessings() {
    return new Blessings(new Random(1), Optional.empty());
  }

  private static NarrativePlan plan(
      String intention, Style style, Length length, String language, long seed, String session) {
    return new NarrativePlan(
        intention,
        Optional.empty(),
        style,
        length,
        language,
        OptionalLong.of(seed),
        session.isEmpty() ? Optional.empty() : Optional.of(session));
  }

  private static List<String> sentences(String text) {
    return List.of(text.split("(?<=[.!?]) |\\n\\n"));
  }

  private static void assertRefused(String subject, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(Failure.Reason.INVALID);
              assertThat(failure.subject()).isEqualTo(subject);
            });
  }

  @Test
  void everyStyleLengthAndIntentionGivesWholeSentencesOfTheLengthAskedFor() {
    Blessings blessings = blessings();
    for (String language : blessings.languages()) {
      for (Style style : Style.values()) {
        for (Length length : Length.values()) {
          for (String intention : INTENTIONS) {
            for (long seed = 0; seed < 4; seed++) {
              Narrative narrative =
                  blessings.narrative(plan(intention, style, length, language, seed, ""));
              String text = narrative.text();
              String name = language + " " + style + " " + length + ":\n" + text;
              assertThat((double) narrative.wordCount())
                  .as(name)
                  .isBetween(length.words() * 0.9, length.words() * 1.1);
              assertThat(narrative.wordCount()).isEqualTo(Grammar.words(text).size());
              assertThat(narrative.readingTime().toMillis())
                  .isBetween(narrative.wordCount() * 500L, narrative.wordCount() * 500L + 999);
              assertThat(text).as(name).doesNotContain("{", "}", "  ", "..", ",,", " ,", " .");
              assertThat(sentences(text)).as(name).doesNotHaveDuplicates();
              assertThat(sentences(text))
                  .allSatisfy(
                      sentence -> assertThat(sentence).as(name).matches("(?us)\\p{Lu}.*\\."));
              for (String sentence : sentences(text)) {
                if (!sentence.contains("Shanti")
                    && !sentence.contains("Gate Gate")
                    && !sentence.contains("Bekandze")) {
                  assertThat(STUTTER.matcher(sentence).find()).as(name).isFalse();
                }
                if (language.equals("en")) {
                  assertThat(WRONG_ARTICLE.matcher(sentence).find()).as(sentence).isFalse();
                }
              }
            }
          }
        }
      }
    }
  }

  @Test
  void theSamePlanGivesTheSameTextAndAnotherSeedAnother() {
    NarrativePlan plan = plan("healing", Style.POETIC, Length.LONG, "en", 7, "");
    assertThat(blessings().narrative(plan)).isEqualTo(blessings().narrative(plan));
    assertThat(blessings().narrative(plan("healing", Style.POETIC, Length.LONG, "en", 8, "")))
        .isNotEqualTo(blessings().narrative(plan));
    OptionalLong seed = OptionalLong.of(7);
    assertThat(blessings().compassionate("Earth", List.of("love"), Duration.ofMinutes(1), seed))
        .isEqualTo(
            blessings().compassionate("Earth", List.of("love"), Duration.ofMinutes(1), seed));
  }

  @Test
  void textsOfASessionShareNoSentence() {
    Blessings blessings = blessings();
    Set<String> said = new HashSet<>();
    List<String> again = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      Narrative narrative =
          blessings.narrative(plan("healing", Style.SIMPLE, Length.LONG, "en", 7, "evening"));
      assertThat((double) narrative.wordCount()).isBetween(540.0, 660.0);
      for (String sentence : sentences(narrative.text())) {
        if (!said.add(sentence)) {
          again.add(sentence);
        }
      }
    }
    assertThat(again).isEmpty();
    NarrativePlan other = plan("healing", Style.SIMPLE, Length.LONG, "en", 7, "morning");
    assertThat(blessings.narrative(other)).isEqualTo(blessings().narrative(other));
  }

  @Test
  void whatTheCallerGivesIsPutInAsItIs() {
    NarrativePlan plan =
        new NarrativePlan(
            "rest for {gift}\nand $1",
            Optional.of("my {image} \\ mother"),
            Style.SIMPLE,
            Length.MEDIUM,
            "en",
            OptionalLong.of(1),
            Optional.empty());
    assertThat(blessings().narrative(plan).text())
        .contains("“rest for {gift} and $1”")
        .contains("my {image} \\ mother");
  }

  @Test
  void compassionNamesEveryQualityAndLastsAsLongAsAskedFor() {
    Blessings blessings = blessings();
    List<String> qualities = List.of("love", "peace", "healing");
    for (int seconds : new int[] {60, 300, 1_800, 3_600}) {
      Compassion compassion =
          blessings.compassionate(
              "Earth and all its inhabitants",
              qualities,
              Duration.ofSeconds(seconds),
              OptionalLong.of(seconds));
      assertThat(compassion.text()).startsWith("May ").contains(qualities);
      assertThat(compassion.text()).contains("Earth and all its inhabitants");
      assertThat((double) compassion.readingTime().toSeconds())
          .isBetween(seconds * 0.9, seconds * 1.1);
      assertThat(sentences(compassion.text())).doesNotHaveDuplicates();
      assertThat(compassion.qualities()).isEqualTo(qualities);
    }
    Compassion dense =
        blessings.compassionate("all", qualities, Duration.ofSeconds(10), OptionalLong.of(1));
    assertThat(dense.energy().signature()).isEqualTo("compassion_high");
    assertThat(dense.text()).contains(qualities);
  }

  @Test
  void aLiberationCountsWhatFitsIntoItsTime() {
    Liberation five = blessings().massLiberation("global", "tibetan", Duration.ofSeconds(300));
    assertThat(five.lineage()).isEqualTo("Tibetan");
    assertThat(five.mantra()).isEqualTo("OM MANI PADME HUM");
    assertThat(five.dedication()).startsWith("May all beings attain liberation");
    assertThat(five.repetitions()).isEqualTo(100);
    assertThat(five.malas()).isZero();
    assertThat(five.dedications()).isEqualTo(4);
    Liberation round = blessings().massLiberation("global", "Tibetan", Duration.ofSeconds(324));
    assertThat(round.repetitions()).isEqualTo(108);
    assertThat(round.malas()).isEqualTo(1);
    assertThat(round.dedications()).isEqualTo(6);
    for (String lineage : blessings().lineages()) {
      Liberation day = blessings().massLiberation("x", lineage, Duration.ofDays(1));
      assertThat(day.perRecitation().multipliedBy(day.repetitions()))
          .isLessThanOrEqualTo(Duration.ofDays(1))
          .isGreaterThan(Duration.ofDays(1).minus(day.perRecitation()));
      assertThat(day.dedication()).endsWith(".");
    }
    assertThat(blessings().lineages())
        .contains("Tibetan", "Pure Land", "Zen", "Theravada", "Interfaith");
  }

  private static Narrative written(Writer writer) {
    return new Blessings(new Random(1), Optional.of(writer))
        .narrative(plan("healing", Style.SIMPLE, Length.SHORT, "en", 3, ""));
  }

  @Test
  void aWritersTextIsTakenWhenItIsLongAndKindEnough() {
    List<String> prompts = new ArrayList<>();
    StringBuilder good = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      good.append("May house number ").append(i).append(" be full of peace. ");
    }
    Narrative narrative =
        written(
            (prompt, maxWords) -> {
              prompts.add(prompt + " " + maxWords);
              return good.toString();
            });
    assertThat(narrative.model()).isEqualTo("writer");
    assertThat(narrative.note()).isEmpty();
    assertThat(narrative.text()).isEqualTo(good.toString().strip());
    assertThat(prompts.get(0))
        .contains("all sentient beings", "healing", "simple", "80 words", " 104");
  }

  @Test
  void aWritersTextThatIsNotTakenIsReplacedAndTheNoteSaysWhy() {
    Narrative expected =
        blessings().narrative(plan("healing", Style.SIMPLE, Length.SHORT, "en", 3, ""));
    assertReplaced(expected, (p, m) -> "May you be well.", "4 words, 56 to 104 are allowed");
    assertReplaced(expected, (p, m) -> "stone ".repeat(80), "0 words that wish well among 80");
    assertReplaced(expected, (p, m) -> "May you hate. ".repeat(25), "unkind");
    assertReplaced(expected, (p, m) -> "May you be well. ".repeat(20), "says a sentence again");
    assertReplaced(
        expected,
        (p, m) -> {
          throw Failure.of(Failure.Reason.TIMED_OUT, "model", "No answer after 30 s");
        },
        "No answer after 30 s");
    assertReplaced(
        expected,
        (p, m) -> {
          throw new IllegalStateException("secret");
        },
        "The writer failed");
  }

  private static void assertReplaced(Narrative expected, Writer writer, String note) {
    Narrative narrative = written(writer);
    assertThat(narrative.text()).isEqualTo(expected.text());
    assertThat(narrative.model()).isEqualTo("grammar");
    assertThat(narrative.note().orElseThrow())
        .contains(note)
        .endsWith("the grammar wrote instead")
        .doesNotContain("secret");
  }

  @Test
  void whatIsOutOfRangeIsRefusedWithItsSubject() {
    Blessings blessings = blessings();
    Duration minute = Duration.ofMinutes(1);
    OptionalLong seed = OptionalLong.empty();
    assertRefused("intention", () -> NarrativePlan.of(" "));
    assertRefused("intention", () -> NarrativePlan.of("x".repeat(501)));
    assertRefused("style", () -> Style.parse("loud"));
    assertRefused("length", () -> Length.parse("endless"));
    assertRefused(
        "language", () -> blessings.narrative(plan("x", Style.SIMPLE, Length.SHORT, "tlh", 1, "")));
    assertRefused("recipient", () -> blessings.compassionate("", List.of("love"), minute, seed));
    assertRefused("qualities", () -> blessings.compassionate("x", List.of(), minute, seed));
    assertRefused("qualities", () -> blessings.compassionate("x", List.of(" "), minute, seed));
    assertRefused(
        "duration",
        () -> blessings.compassionate("x", List.of("love"), Duration.ofSeconds(9), seed));
    assertRefused("lineage", () -> blessings.massLiberation("global", "Jedi", minute));
    assertRefused("scope", () -> blessings.massLiberation("", "Zen", minute));
    assertRefused(
        "duration", () -> blessings.massLiberation("global", "Zen", Duration.ofSeconds(59)));
    assertThat(Style.parse(" Poetic ")).isEqualTo(Style.POETIC);
  }
}
