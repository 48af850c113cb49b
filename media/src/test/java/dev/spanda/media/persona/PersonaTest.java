package dev.spanda.media.persona;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import dev.spanda.core.text.EmbeddedModel;
import dev.spanda.core.text.TextModel;
import dev.spanda.media.moderation.Moderator;
import dev.spanda.media.persona.ContentPlan.Kind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PersonaTest {

  private static final String ORG = "wavestack:org_123";
  private static final Optional<String> USER = Optional.of("user_123");
  private static final List<Lesson> LESSONS =
      List.of(
          new Lesson(Lesson.Role.USER, "Which mouse do you use?"),
          new Lesson(
              Lesson.Role.CREATOR, "I use a light mouse with the lowest sensitivity, always!"),
          new Lesson(Lesson.Role.USER, "When is the next stream?"),
          new Lesson(Lesson.Role.CREATOR, "Every Friday at eight, snacks ready, let's go!"));

  @TempDir Path folder;
  private final SettableClock clock = SettableClock.at(Instant.parse("2026-01-10T08:00:00Z"));
  private Store store;
  private Persona persona;

  @BeforeEach
  void open() {
    store = Store.open(StoreLocation.folder(folder));
    persona = persona(new EmbeddedModel());
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Persona persona(TextModel model) {
    return new Persona(store, clock, new Ids(new Random(2)), model, Moderator.packaged());
  }

  private Persona.Reply chat(String message) {
    return persona.chat(ORG, USER, message, Map.of("platform", "discord"));
  }

  private static ContentPlan plan(Kind kind, int longest, boolean tags) {
    return new ContentPlan(
        kind,
        "streaming highlight",
        Map.of("game", "Valorant", "moment", "clutch 1v4"),
        Optional.of(tags),
        OptionalInt.of(longest),
        OptionalLong.empty());
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
  void answersWithWhatItWasTaughtAtOnce() {
    Persona.Reply before = chat("Which mouse do you use?");
    assertThat(before.personality()).isZero();
    assertThat(before.confidence()).isEqualTo(0.3);
    Persona.Learned learned = persona.learn(ORG, LESSONS, "discord", 1);
    assertThat(learned.samples()).isEqualTo(4);
    assertThat(learned.nextTraining()).isEqualTo(clock.instant());
    Persona.Reply after = chat("Which mouse do you use?");
    assertThat(after.text()).isEqualTo(LESSONS.get(1).text());
    assertThat(after.confidence()).isGreaterThan(0.9);
    assertThat(after.personality()).isGreaterThan(0.7);
    assertThat(after.model()).isEqualTo(Persona.NAME);
    Persona.Reply partly = chat("Is there a stream on tuesday morning in winter?");
    assertThat(partly.confidence()).isLessThan(after.confidence());
    assertThat(persona.chat("other", USER, "Which mouse do you use?", Map.of()).text())
        .isNotEqualTo(after.text());
  }

  @Test
  void ofTwoAnswersTheHeavierAndThatOfTheSamePlatformWins() {
    persona.learn(
        ORG,
        List.of(
            new Lesson(Lesson.Role.USER, "best map?"), new Lesson(Lesson.Role.CREATOR, "Ascent")),
        "twitch",
        1);
    persona.learn(
        ORG,
        List.of(
            new Lesson(Lesson.Role.USER, "best map?"), new Lesson(Lesson.Role.CREATOR, "Haven")),
        "discord",
        1);
    assertThat(persona.chat(ORG, USER, "best map?", Map.of("platform", "twitch")).text())
        .isEqualTo("Ascent");
    assertThat(persona.chat(ORG, USER, "best map?", Map.of("platform", "discord")).text())
        .isEqualTo("Haven");
    persona.learn(
        ORG,
        List.of(new Lesson(Lesson.Role.USER, "best map?"), new Lesson(Lesson.Role.CREATOR, "Bind")),
        "forum",
        5);
    assertThat(persona.chat(ORG, USER, "best map?", Map.of("platform", "discord")).text())
        .isEqualTo("Bind");
  }

  @Test
  void remembersWhatPeopleSayOfThemselvesAndUsesIt() {
    assertThat(chat("Hi, my name is Ada and I'm from Canada. I love pineapple pizza!").memoryUsed())
        .isFalse();
    List<Memory> memories = persona.memories(ORG, "user_123", Optional.empty(), 10);
    assertThat(memories)
        .extracting(Memory::content)
        .containsExactlyInAnyOrder(
            "User mentioned their name is Ada",
            "User mentioned they're from Canada",
            "User mentioned they like pineapple pizza");
    assertThat(memories).allSatisfy(memory -> assertThat(memory.relevance()).isEqualTo(1));
    Persona.Reply reply = chat("Do you remember where I am from?");
    assertThat(reply.text()).isEqualTo("You told me you're from Canada.");
    assertThat(reply.memoryUsed()).isTrue();
    assertThat(chat("Hello!").text()).contains("Ada");
    Memory found = persona.memories(ORG, "user_123", Optional.of("pizza"), 10).get(0);
    assertThat(found.category()).isEqualTo("preference");
    assertThat(found.relevance()).isBetween(0.3, 1.0);
    clock.advance(Duration.ofDays(180));
    assertThat(persona.memories(ORG, "user_123", Optional.empty(), 10).get(0).relevance())
        .isEqualTo(0.5);
    assertThat(persona.memories("other", "user_123", Optional.empty(), 10)).isEmpty();
    assertThat(persona.memories(ORG, "user_456", Optional.empty(), 10)).isEmpty();
  }

  @Test
  void aNewHomeTakesThePlaceOfTheOldOne() {
    chat("I'm from Canada");
    chat("I am from Norway");
    assertThat(persona.memories(ORG, "user_123", Optional.empty(), 10))
        .extracting(Memory::content)
        .containsExactly("User mentioned they're from Norway");
  }

  @Test
  void whatIsForgottenIsGone() {
    chat("I'm from Canada and I love tea");
    List<Memory> memories = persona.memories(ORG, "user_123", Optional.empty(), 10);
    assertThat(memories).hasSize(2);
    assertThatThrownBy(() -> persona.forget("other", memories.get(0).id()))
        .isInstanceOf(Failure.class);
    persona.forget(ORG, memories.get(0).id());
    assertThat(persona.memories(ORG, "user_123", Optional.empty(), 10)).hasSize(1);
    assertThat(persona.forgetPerson(ORG, "user_123")).isEqualTo(1);
    assertThat(persona.memories(ORG, "user_123", Optional.empty(), 10)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "I live in Berlin, you know | User mentioned they live in Berlin",
        "my favourite game is Tetris. | User mentioned their favourite game is Tetris",
        "I don't like mondays | User mentioned they don't like mondays",
        "I play Valorant every day | User mentioned they play Valorant every day",
        "I have a dog | User mentioned they have a dog",
      })
  void extractsFacts(String message, String memory) {
    chat(message);
    assertThat(persona.memories(ORG, "user_123", Optional.empty(), 10))
        .extracting(Memory::content)
        .containsExactly(memory);
  }

  @ParameterizedTest
  @CsvSource({
    "I like it",
    "What do you like?",
    "call me 0123456789",
    "the weather is nice",
    "what should I play next?",
    "would you laugh if I play badly"
  })
  void whatIsNoFactIsNotKept(String message) {
    chat(message);
    assertThat(persona.memories(ORG, "user_123", Optional.empty(), 10)).isEmpty();
  }

  @Test
  void everythingOutlivesTheProcess() {
    persona.learn(ORG, LESSONS, "discord", 1);
    chat("I'm from Canada");
    store.close();
    open();
    assertThat(chat("Which mouse do you use?").text()).isEqualTo(LESSONS.get(1).text());
    assertThat(persona.memories(ORG, "user_123", Optional.empty(), 10)).hasSize(1);
  }

  @Test
  void neverSaysWhatItsOwnModerationForbids() {
    persona.learn(
        ORG,
        List.of(
            new Lesson(Lesson.Role.USER, "What do you think of my aim?"),
            new Lesson(Lesson.Role.CREATOR, "you are a stupid bitch")),
        "discord",
        10);
    Persona.Reply reply = chat("What do you think of my aim?");
    assertThat(Moderator.packaged().score(reply.text()).toxicity()).isLessThan(0.5);
    assertRefused(
        "topic", () -> persona.generate(ORG, ContentPlan.of(Kind.TITLE, "you stupid bitch")));
  }

  @ParameterizedTest
  @EnumSource
  void writesWithinItsLimitsAndTheSameTextAgain(Kind kind) {
    for (int longest : new int[] {20, 60, kind.longest()}) {
      Content content = persona.generate(ORG, plan(kind, longest, true));
      assertThat(content.alternatives()).hasSizeGreaterThanOrEqualTo(longest < 60 ? 1 : 2);
      assertThat(new HashSet<>(content.alternatives())).hasSize(content.alternatives().size());
      assertThat(content.alternatives()).doesNotContain(content.text());
      for (String text : content.alternatives()) {
        assertThat(text.codePointCount(0, text.length())).isLessThanOrEqualTo(longest);
      }
      assertThat(content.text().codePointCount(0, content.text().length()))
          .isLessThanOrEqualTo(longest);
      assertThat(persona.generate(ORG, plan(kind, longest, true))).isEqualTo(content);
    }
  }

  @Test
  void tagsComeFromTheContext() {
    Content with = persona.generate(ORG, plan(Kind.TWEET, 280, true));
    assertThat(with.text()).contains("#Valorant").contains("clutch 1v4");
    assertThat(with.tone().sentiment()).isEqualTo("positive");
    assertThat(with.model()).isEqualTo(Persona.NAME);
    assertThat(persona.generate(ORG, plan(Kind.TWEET, 280, false)).text()).doesNotContain("#");
  }

  @Test
  void theToneMovesWithTheText() {
    assertThat(persona.tone("What a great win, I love it").sentiment()).isEqualTo("positive");
    assertThat(persona.tone("That was a terrible, sad defeat").sentiment()).isEqualTo("negative");
    assertThat(persona.tone("This is not good").sentiment()).isEqualTo("negative");
    assertThat(persona.tone("The stream starts at eight").sentiment()).isEqualTo("neutral");
    assertThat(persona.tone("LETS GO!!! INSANE!").energy()).isEqualTo("high");
    assertThat(persona.tone("The stream starts at eight").energy()).isEqualTo("low");
    double calm = persona.tone("We bake bread").controversy();
    double loud = persona.tone("The election was a fraud, and religion is to blame").controversy();
    assertThat(loud).isGreaterThan(calm + 0.3);
  }

  @Test
  void anotherModelIsAskedWithLessonsAndMemories() {
    persona.learn(ORG, LESSONS, "discord", 1);
    chat("I'm from Canada");
    StringBuilder seen = new StringBuilder();
    Persona other =
        persona(
            new TextModel() {
              @Override
              public String name() {
                return "big-1";
              }

              @Override
              public Completion complete(Prompt prompt) {
                prompt.turns().forEach(turn -> seen.append(turn.text()).append('\n'));
                return new Completion("One from the model\nTwo from it\nThree", "big-1", true);
              }
            });
    Persona.Reply reply = other.chat(ORG, USER, "Which mouse do you use?", Map.of());
    assertThat(reply.model()).isEqualTo("big-1");
    assertThat(reply.memoryUsed()).isTrue();
    assertThat(seen).contains("lowest sensitivity").contains("they're from Canada");
    Content content = other.generate(ORG, plan(Kind.TWEET, 280, false));
    assertThat(content.text()).isEqualTo("One from the model");
    assertThat(content.model()).isEqualTo("big-1");
  }

  @Test
  void aModelThatIsAwayIsReplacedAndTheAnswerSaysSo() {
    Persona alone =
        persona(
            new TextModel() {
              @Override
              public String name() {
                return "away";
              }

              @Override
              public Completion complete(Prompt prompt) {
                throw Failure.of(Failure.Reason.UNAVAILABLE, "text_model", "away");
              }
            });
    assertThat(alone.chat(ORG, USER, "Hello!", Map.of()).model()).isEqualTo(Persona.NAME);
    assertThat(alone.generate(ORG, plan(Kind.TWEET, 280, false)).model()).isEqualTo(Persona.NAME);
  }

  @Test
  void wrongInputIsNamed() {
    assertRefused("message", () -> chat(" "));
    assertRefused("message", () -> chat("a".repeat(4_001)));
    assertRefused("user_id", () -> persona.chat(ORG, Optional.of(""), "hi", Map.of()));
    assertRefused("context", () -> persona.chat(ORG, USER, "hi", Map.of("platform", "")));
    assertRefused("content", () -> persona.learn(ORG, List.of(), "discord", 1));
    assertRefused("source", () -> persona.learn(ORG, LESSONS, " ", 1));
    assertRefused("weight", () -> persona.learn(ORG, LESSONS, "discord", 0));
    assertRefused("limit", () -> persona.memories(ORG, "user_123", Optional.empty(), 101));
    assertRefused("content_type", () -> Kind.parse("poem"));
    assertRefused("topic", () -> ContentPlan.of(Kind.TWEET, " "));
    assertRefused("max_length", () -> plan(Kind.TWEET, 281, true));
    assertRefused("max_length", () -> plan(Kind.TWEET, 19, true));
  }

  /** Thirty lines of a creator. */
  private void teach() {
    List<Lesson> lines = new ArrayList<>();
    for (List<String> pair :
        List.of(
            List.of("which mouse do you use?", "A light wireless one, as slow as I can stand."),
            List.of("when do you stream?", "Fridays at eight and Sundays after lunch!"),
            List.of("what's your favorite game?", "Stardew Valley, I could farm forever."),
            List.of("what are your pc specs?", "Nothing wild, a mid-range card."),
            List.of("do you have a discord?", "We do, the link is on the about page!"),
            List.of("how did you start streaming?", "I borrowed a webcam from my sister."),
            List.of("what should I stream?", "The game you'd play anyway on your day off."),
            List.of("how do I get better at aim?", "Twenty minutes of slow tracking a day."),
            List.of("any tips for new streamers?", "Talk even when nobody is there."),
            List.of("good night", "Sleep well, drink some water, see you Friday!"),
            List.of("thanks for the stream", "Thank YOU for hanging out, couch crew!"),
            List.of("thoughts on the new patch?", "Nerfing the rifles was overdue."),
            List.of("coffee or tea?", "Tea. Coffee makes my hands shake."),
            List.of("where are you from?", "A tiny town by the sea."),
            List.of("who edits your videos?", "My friend Sam does, all credit to him."))) {
      lines.add(new Lesson(Lesson.Role.USER, pair.get(0)));
      lines.add(new Lesson(Lesson.Role.CREATOR, pair.get(1)));
    }
    assertThat(persona.learn(ORG, lines, "twitch", 1).samples()).isEqualTo(30);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Hey, what should I stream?",
        "hello! which mouse do you use?",
        "Hi chat, when is the next stream",
        "yo what's your favourite game?",
        "good evening, what do you think about the new patch?",
        "Hey there! How do I get better at aim?",
      })
  void aQuestionBehindAGreetingIsAnsweredAsAQuestion(String message) {
    Persona.Reply reply = chat(message);
    assertThat(Speech.of(message).intent().question()).isTrue();
    assertThat(reply.confidence()).as("nothing was taught").isEqualTo(0.3);
    assertThat(reply.text())
        .doesNotContainPattern("(?i)what('s| is| are) (going on|you up to)|how's your day|welcome")
        .hasSizeGreaterThan(20);
    teach();
    Persona.Reply taught = chat(message);
    assertThat(taught.confidence()).isGreaterThan(0.4);
    assertThat(taught.text()).isNotEqualTo(reply.text());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Hey, what should I stream? | The game you'd play anyway on your day off.",
        "hi! what mouse do you use? | A light wireless one, as slow as I can stand.",
        "what's your favourite game? | Stardew Valley, I could farm forever.",
        "pc specs? | Nothing wild, a mid-range card.",
        "when are you live next week? | Fridays at eight and Sundays after lunch!",
        "Hello, where are you from? | A tiny town by the sea.",
        "what do you think about the new patch? | Nerfing the rifles was overdue.",
        "good night everyone, gotta go | Sleep well, drink some water, see you Friday!",
        "thank you so much! | Thank YOU for hanging out, couch crew!",
        "tea or coffee? | Tea. Coffee makes my hands shake.",
      })
  void whatWasTaughtIsFoundInOtherWords(String message, String answer) {
    teach();
    Persona.Reply reply = chat(message);
    assertThat(reply.text()).isEqualTo(answer);
    assertThat(reply.confidence()).isGreaterThan(0.35);
    assertThat(chat(message)).isEqualTo(reply);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "what is the capital of France?",
        "how tall are you",
        "why did you stop playing football?",
        "Should I quit my job?",
        "do you like pineapple on pizza?"
      })
  void whatWasNotTaughtIsAnsweredWithLittleConfidence(String message) {
    teach();
    Persona.Reply reply = chat(message);
    assertThat(reply.confidence()).isEqualTo(0.3);
    assertThat(reply.memoryUsed()).isFalse();
  }

  @Test
  void anAnswerToAnotherSortOfQuestionIsNotGiven() {
    persona.learn(ORG, LESSONS, "discord", 1);
    assertThat(chat("Hey, what should I stream?").text()).isNotEqualTo(LESSONS.get(3).text());
    assertThat(chat("When do you stream?").text()).isEqualTo(LESSONS.get(3).text());
  }

  @Test
  void thanksAreNoFollowingQuestion() {
    persona.learn(ORG, LESSONS, "discord", 1);
    String answer = chat("Which mouse do you use?").text();
    assertThat(chat("thanks!").text()).isNotEqualTo(answer);
    assertThat(chat("Which mouse do you use?").text()).isEqualTo(answer);
    assertThat(chat("really?").text()).isEqualTo(answer);
  }

  @Test
  void adviceIsOfWhatThePersonLikes() {
    chat("Hey! My name is Ada and I play Stardew Valley a lot");
    Persona.Reply reply = chat("Hey, what should I stream tonight?");
    assertThat(reply.text()).contains("how about Stardew Valley?");
    assertThat(reply.memoryUsed()).isTrue();
    assertThat(reply.confidence()).isEqualTo(0.5);
    chat("my favourite food is ramen");
    assertThat(chat("what food should I cook?").text()).contains("how about ramen?");
    assertThat(chat("what should I wear?").text()).doesNotContain("how about");
  }

  @Test
  void itSaysWhatItRemembersOfSomebody() {
    assertThat(chat("do you remember me?").memoryUsed()).isFalse();
    chat("I love horror games");
    assertThat(chat("hey, do you remember me?").text())
        .isEqualTo("Of course, you told me you like horror games!");
    assertThat(chat("what game should I play next?").text())
        .isEqualTo("You told me you like horror games, so how about one of those?");
    assertThat(chat("do you love me?").memoryUsed()).isFalse();
  }

  @Test
  void whatHurtsOrAdvertisesIsAnsweredAsThat() {
    assertThat(chat("you are a stupid bitch").text()).containsPattern("kind|chat|nicely");
    assertThat(chat("sub to my channel please, free gift cards http://x.example").text())
        .containsPattern("plugs|ads|promotion");
  }

  @Test
  void alternativesDifferInTheirWordsAndNoGapIsLeft() {
    teach();
    for (Kind kind : Kind.values()) {
      for (String topic :
          List.of(
              "my first win in ranked",
              "we lost the finals",
              "What mouse do you use?",
              "I love your stream!",
              "new merch",
              "{what} and {Facts}")) {
        for (long seed = 0; seed < 5; seed++) {
          Content content =
              persona.generate(
                  ORG,
                  new ContentPlan(
                      kind,
                      topic,
                      Map.of("note", "{What}"),
                      Optional.empty(),
                      OptionalInt.empty(),
                      OptionalLong.of(seed)));
          List<String> all = new ArrayList<>(content.alternatives());
          all.add(content.text());
          assertThat(all).hasSize(3).noneMatch(text -> text.contains("{") || text.contains("}"));
          assertThat(all)
              .noneMatch(text -> text.matches("(?s).*(?:[?!.][.,:]|[,:][?!.]|\\?\\?).*"));
          // Without the tags too.
          assertThat(all.stream().map(text -> text.replaceAll(" #\\S+", "")).distinct())
              .as(kind + " " + topic)
              .hasSize(3);
        }
      }
    }
  }

  @Test
  void aReplyToAQuestionAnswersIt() {
    teach();
    assertThat(persona.generate(ORG, ContentPlan.of(Kind.REPLY, "What mouse do you use?")).text())
        .isEqualTo("A light wireless one, as slow as I can stand.");
    assertThat(persona.generate(ORG, ContentPlan.of(Kind.REPLY, "my new setup")).text())
        .containsIgnoringCase("your new setup");
  }
}
