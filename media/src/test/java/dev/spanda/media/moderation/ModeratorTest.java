package dev.spanda.media.moderation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModeratorTest {

  private static final ModerationPolicy.Thresholds LIMITS = ModerationPolicy.DEFAULT.thresholds();

  private final Moderator moderator = Moderator.packaged();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HELLO EVERYONE",
        "classic assessment",
        "Scunthorpe",
        "Have a look at https://github.com/openjdk/jdk",
        "check out https://github.com/openjdk/jdk",
        "Check this out: https://en.wikipedia.org/wiki/Singing_bowl",
        "Hey, what's up?",
        "Hey, what should I stream today?",
        "Message to check",
        "Thanks for the stream, it was great",
        "My new car is black",
        "GG WP",
        "1v4 clutch was insane",
        "the cocktail party in Essex starts at 19:30",
        "this is a damn good game",
        "the weather is nice",
        "12345",
        "?",
        ""
      })
  void whatIsHarmlessPasses(String message) {
    Moderator.Scores scores = moderator.score(message);
    assertThat(scores.toxicity()).isLessThan(LIMITS.toxicity());
    assertThat(scores.spam()).isLessThan(LIMITS.spam());
    assertThat(scores.nsfw()).isLessThan(LIMITS.nsfw());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "i will kill you tonight",
        "I'm going to find you and murder you",
        "kill yourself",
        "you are an idiot",
        "f.u.c.k you",
        "F U C K  Y O U",
        "f\u0441ck y\u043eu",
        "f\u200bu\u200cc\u2060k you b\u200bi\u200bt\u200bc\u200bh",
        "you are a b1tch",
        "\uff59\uff4f\uff55\u3000\uff41\uff53\uff53\uff48\uff4f\uff4c\uff45",
        "fuuuuuuck you",
        "you @$$h0le"
      })
  void whatHurtsDoesNotHoweverItIsSpelled(String message) {
    assertThat(moderator.score(message).toxicity()).isGreaterThan(LIMITS.toxicity());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "FREE FREE FREE click here http://win.example",
        "subscribe to my channel please, check out my new video",
        "check out github.com/foo and win free money at http://win.example",
        "Buy now!!! cheap viagra http://spam.example.com",
        "Congratulations! You have won a prize, call 09061701461 to claim now"
      })
  void advertisementsAreSpam(String message) {
    assertThat(moderator.score(message).spam()).isGreaterThan(LIMITS.spam());
  }

  /** Every attack on every sentence leaves the words that are read as they were. */
  @ParameterizedTest
  @EnumSource(
      value = Attack.class,
      names = {
        "LOOKALIKE",
        "ZERO_WIDTH",
        "SPACING",
        "EVEN_SPACING",
        "SEPARATORS",
        "FULL_WIDTH",
        "MARKS",
        "CASE",
        "REPEATS",
        "TRIPLE"
      })
  void anAttackChangesNoWord(Attack attack) {
    Random random = new Random(5);
    for (String text : List.of("you are good people", "this game is hard", "they will kill you")) {
      assertThat(moderator.words(attack.on(text, random)))
          .as(attack + " on " + text)
          .isEqualTo(moderator.words(text));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "t h i s i s a g o o d g a m e | this is a good game",
        "y o u a r e a n i d i o t , k i l l y o u r s e l f | you are an idiot kill yourself",
        "you are s.t.u.p.i.d and u-g-l-y | you are stupid and ugly",
        "this is sooo fuuunnyy | this is so funny",
        "whaaat is thiiis | what is this",
        "aaalll ooofff uuusss | all of us",
        "aaasss ssssssooooooooonnnnnn | as soon",
        "I d0n'7 11k3 7h3 v1d30 | i dont like the video",
      })
  void wordsAreFoundAgain(String message, String words) {
    assertThat(String.join(" ", moderator.words(message))).isEqualTo(words);
  }

  @Test
  void linksAndNamesSetApartAreStillLinksAndNames() {
    assertThat(moderator.words("s e e   h t t p : / / x . e x a m p l e / a"))
        .containsExactly("see", "<url>");
    assertThat(moderator.words("c h e c k h t t p : / / w w w . s h o p . c o m / 1 2"))
        .containsExactly("check", "<url>");
    assertThat(moderator.words("l o o k   a t   g i t h u b . c o m / a / b 1"))
        .containsExactly("look", "at", "<site>");
    assertThat(moderator.words("w r i t e   m e @ m a i l . c o m"))
        .containsExactly("write", "<mail>");
    assertThat(moderator.words("\uff06\uff03\uff18\uff12\uff12\uff10\uff1b hi"))
        .containsExactly("hi");
  }

  @Test
  void readsDigitsAndSignsAsLetters() {
    assertThat(moderator.words("y0u 4r3 4n 1d10t")).containsExactly("you", "are", "an", "idiot");
    assertThat(moderator.words("$h!t h@ppens")).containsExactly("shit", "happens");
  }

  @Test
  void numbersLinksAndNamesStayWhatTheyAre() {
    assertThat(moderator.words("in 2015 @somebody sent 12, see http://x.example/a"))
        .containsExactly("in", "<d4>", "<at>", "sent", "<d2>", "see", "<url>");
    assertThat(moderator.words("write to somebody@example.com"))
        .containsExactly("write", "to", "<mail>");
  }

  /** Golden scores of the weights in the jar: they change only with the tables. */
  @ParameterizedTest
  @CsvSource({"HELLO EVERYONE, 0.02724601314983045", "you are an idiot, 0.9712754687340546"})
  void theTablesAreThoseThatWereMeasured(String message, double toxicity) {
    assertThat(moderator.score(message).toxicity()).isCloseTo(toxicity, within(1e-9));
  }

  @Test
  void sexualWordsAreCountedBySeverity() {
    assertThat(moderator.score("the weather is nice").nsfw()).isZero();
    double one = moderator.score("asshole").nsfw();
    double two = moderator.score("asshole, cock").nsfw();
    assertThat(one).isBetween(0.28, 0.87);
    assertThat(two).isGreaterThan(one).isLessThan(1);
  }

  @Test
  void aLongMessageIsReadToItsLimitAndInTime() {
    String long1 = "a\ud83d\ude00".repeat(200_000);
    Moderator.Scores scores = moderator.score(long1);
    assertThat(scores.toxicity()).isBetween(0.0, 1.0);
    for (String hard :
        List.of(
            "a ".repeat(5_000),
            "1!".repeat(5_000),
            "aab".repeat(3_333),
            "w w w . x . ".repeat(800),
            "h t t p : / / a / 1 ".repeat(500),
            "a.b-".repeat(2_500),
            "a . - @ ".repeat(1_250))) {
      long start = System.nanoTime();
      Moderator.Scores unused = moderator.score(hard);
      assertThat(System.nanoTime() - start).isLessThan(2_000_000_000L);
    }
  }

  @Test
  void theSameTextHasTheSameScoresOnEveryThread() throws Exception {
    Moderator.Scores expected = moderator.score("you are a b1tch, subscribe to http://x.example");
    ExecutorService pool = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Moderator.Scores>> calls = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        calls.add(() -> moderator.score("you are a b1tch, subscribe to http://x.example"));
      }
      for (Future<Moderator.Scores> future : pool.invokeAll(calls)) {
        assertThat(future.get()).isEqualTo(expected);
      }
    } finally {
      pool.shutdownNow();
    }
  }

  @Test
  void anyTextHasScoresInTheirRange() {
    Random random = new Random(3);
    for (int i = 0; i < 2_000; i++) {
      StringBuilder text = new StringBuilder();
      for (int k = random.nextInt(60); k > 0; k--) {
        text.append(
            (char) (random.nextInt(4) == 0 ? random.nextInt(0x10000) : random.nextInt(128)));
      }
      Moderator.Scores scores = moderator.score(text.toString());
      assertThat(scores.toxicity() + scores.spam() + scores.nsfw()).as("seed 3, " + i).isNotNaN();
    }
  }
}
