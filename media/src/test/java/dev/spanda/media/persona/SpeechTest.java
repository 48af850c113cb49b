package dev.spanda.media.persona;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanda.media.moderation.Moderator;
import dev.spanda.media.persona.Speech.Asked;
import dev.spanda.media.persona.Speech.Intent;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SpeechTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hello! | GREETING",
        "hey Luna! | GREETING",
        "HELLO CHAT | GREETING",
        "good morning everyone | GREETING",
        "hi everyone how's it going | WELLBEING",
        "what's up | WELLBEING",
        "thanks for the tip! | THANKS",
        "love your streams! | PRAISE",
        "good night everyone, gotta go | FAREWELL",
        "back | RETURN",
        "i'm lurking | LURK",
        "LETS GOOOO | HYPE",
        "that clutch was insane | HYPE",
        "gg | GOOD_GAME",
        "lol | LAUGHTER",
        "i lost my ranked game today | SORROW",
        "tell me a joke | JOKE",
        "hey, are you a bot? | IDENTITY",
        "hey can I ask you something | PERMISSION",
        "Should I play Tetris or Celeste? | CHOICE",
        "coffee or tea? | OPINION",
        "Do you prefer cats or dogs? | OPINION",
        "how do i join the discord | QUESTION",
        "can i be a mod | REQUEST",
        "do you remember me? | REMEMBRANCE",
        "I'm new here | WELCOME",
        "it's my birthday today! | BIRTHDAY",
        "gl hf | LUCK",
        "your mic is too quiet | FAULT",
        "ok | NOD",
        "\ud83d\udc4b | GREETING",
        "W stream | PRAISE",
        "Should I quit my job to stream full time? | WHETHER",
        "how do I get better at aim? | METHOD",
        "Hey, what should I stream? | ADVICE",
        "yo what's your favourite game? | FAVOURITE",
        "Hello! What do you think about the new patch? | OPINION",
        "when is the next stream | TIME",
        "Hi, which mouse do you use? | SELF",
        "thanks! and what is the capital of France? | QUESTION",
        "Can you play Minecraft next? | REQUEST",
        "I think you're cheating | CRITICISM",
        "I just finished my exams | NEWS",
        "the sky is green over here | STATEMENT",
      })
  void aMessageIsUnderstoodByItsWording(String message, Intent intent) {
    assertThat(Speech.of(message).intent()).isEqualTo(intent);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "should I buy a new mic or a new camera? | a new mic or a new camera",
        "what do you think about my aim? | your aim",
        "Hey, thoughts on the new patch? | the new patch",
        "what's your favourite snack? | snack",
        "any tips for growing on twitch? | growing on twitch",
      })
  void whatAMessageIsAboutIsSaidToTheOneWhoAsked(String message, String about) {
    assertThat(Speech.of(message).about()).isEqualTo(about);
  }

  @Test
  void sortsOfQuestionsAreToldApart() {
    assertThat(Speech.askedBy("Hey, what should I stream?")).isEqualTo(Asked.ADVICE);
    assertThat(Speech.askedBy("When is the next stream?")).isEqualTo(Asked.WHEN);
    assertThat(Speech.askedBy("how old are you")).isEqualTo(Asked.MEASURE);
    assertThat(Speech.askedBy("do you have a dog?")).isEqualTo(Asked.WHETHER);
    assertThat(Speech.askedBy("what a day. I like it")).isEqualTo(Asked.WHAT);
    assertThat(Speech.askedBy("I like it")).isEqualTo(Asked.NOTHING);
    for (Asked one : Asked.values()) {
      assertThat(one.fits(one)).isEqualTo(1);
      for (Asked other : Asked.values()) {
        assertThat(one.fits(other)).isEqualTo(other.fits(one)).isBetween(0.4, 1.0);
      }
    }
  }

  /** Whatever is wanted, what is said passes the persona's own moderation and has no gap left. */
  @ParameterizedTest
  @EnumSource
  void everyAnswerWithoutLessonsCanBeSaid(Intent intent) {
    Moderator moderator = Moderator.packaged();
    Set<String> seen = new HashSet<>();
    for (String about : List.of("", "aim", "coffee or tea")) {
      for (boolean greeted : new boolean[] {true, false}) {
        Speech speech = new Speech(intent, Asked.NOTHING, greeted, "x", about);
        for (SmallTalk.Small small : SmallTalk.answers(speech, "Ada", false, new Random(3))) {
          assertThat(small.text()).doesNotContain("{").doesNotContain("}").doesNotContain("  ");
          assertThat(small.text()).matches("(?s)[A-Z\ud83d\ude02].*");
          assertThat(small.confidence()).isBetween(0.2, 0.6);
          assertThat(moderator.score(small.text()).toxicity()).as(small.text()).isLessThan(0.5);
          assertThat(moderator.score(small.text()).spam()).as(small.text()).isLessThan(0.8);
          seen.add(small.text());
        }
      }
    }
    assertThat(seen).hasSizeGreaterThanOrEqualTo(3);
  }

  @Test
  void whatFillsAGapIsNoGapItself() {
    assertThat(SmallTalk.fill("a {x} b {y}", java.util.Map.of("{x}", "{y}", "{y}", "2")))
        .isEqualTo("a {y} b 2");
  }
}
