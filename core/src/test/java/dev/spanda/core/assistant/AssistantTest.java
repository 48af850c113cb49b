package dev.spanda.core.assistant;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreKind;
import dev.spanda.core.store.StoreLocation;
import dev.spanda.core.text.EmbeddedModel;
import dev.spanda.core.text.TextModel;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class AssistantTest {

  private static final List<Skill> SKILLS =
      List.of(
          new Skill(
              "logo_maker",
              "Logo Maker",
              "Create professional logos",
              List.of("logo", "brand", "emblem"),
              List.of(
                  Skill.Input.required("text", Skill.Kind.NAME, "company"),
                  Skill.Input.optional("colors", Skill.Kind.COLORS, "color scheme"),
                  Skill.Input.optional("style", Skill.Kind.CHOICE, "style")
                      .choosing(List.of("modern", "vintage", "minimalist")))),
          new Skill(
              "image_resizer",
              "Image Resizer",
              "Give a picture another size",
              List.of("picture", "resize", "scale"),
              List.of(
                  Skill.Input.required("file_id", Skill.Kind.FILE, "file"),
                  Skill.Input.required("width", Skill.Kind.WIDTH, "width"),
                  Skill.Input.required("height", Skill.Kind.HEIGHT, "height"))),
          new Skill(
              "prayer_bowl",
              "Prayer Bowl",
              "Play the sound of a singing bowl",
              List.of("bowl", "sound", "tone"),
              List.of(
                  Skill.Input.required("frequency", Skill.Kind.NUMBER, "frequency").in("hz"),
                  Skill.Input.required("duration", Skill.Kind.NUMBER, "duration").in("s"))));

  private record Begun(String owner, String skill, Map<String, Object> inputs, String project) {}

  private final List<Begun> begun = new ArrayList<>();
  private final SettableClock clock = SettableClock.at(Instant.parse("2026-01-01T12:00:00Z"));
  private Store store = Store.open(StoreLocation.memory());
  private TextModel model = new EmbeddedModel();
  private boolean poor;

  @AfterEach
  void close() {
    store.close();
  }

  private Assistant assistant() {
    return new Assistant(
        store,
        clock,
        Ids.secure(),
        model,
        SKILLS,
        (owner, skill, inputs, project, key) -> {
          if (poor) {
            throw Failure.of(
                Failure.Reason.INSUFFICIENT, "credits", "You need 10 credits but have 5");
          }
          begun.add(new Begun(owner, skill, inputs, project));
          return "job_" + begun.size();
        });
  }

  @Test
  void theDocumentsDialogueEndsInALogo() {
    Assistant assistant = assistant();
    Reply first = assistant.open("user_1", "Create a logo for my coffee shop", "proj_123");
    assertThat(first.text())
        .isEqualTo("I'll help you create a coffee shop logo. What's the name of your shop?");
    assertThat(first.suggestions())
        .containsExactly(
            "Provide shop name",
            "Choose color scheme",
            "Select style (modern, vintage, minimalist)");
    assertThat(first.skill()).contains("logo_maker");
    assertThat(first.model()).isEqualTo(Assistant.MODEL);
    Reply second = assistant.say("user_1", first.chatId(), "The shop is called 'Bean There'");
    assertThat(second.inputs()).containsEntry("text", "Bean There");
    assertThat(second.ready()).isTrue();
    assertThat(second.text()).contains("Bean There", "Shall I go ahead?");
    assertThat(second.suggestions()).contains("Go ahead", "Choose color scheme");
    assertThat(begun).isEmpty();
    Reply third = assistant.say("user_1", first.chatId(), "Make it vintage, in brown and #FFF8E1");
    assertThat(third.inputs())
        .containsEntry("style", "vintage")
        .containsEntry("colors", List.of("#6d4c41", "#fff8e1"));
    Reply fourth = assistant.say("user_1", first.chatId(), "Go ahead!");
    assertThat(fourth.job()).contains("job_1");
    assertThat(begun)
        .containsExactly(
            new Begun(
                "user_1",
                "logo_maker",
                Map.of(
                    "text",
                    "Bean There",
                    "style",
                    "vintage",
                    "colors",
                    List.of("#6d4c41", "#fff8e1")),
                "proj_123"));
    assertThat(assistant.history("user_1", first.chatId(), 100, 0).items())
        .extracting(Assistant.Message::role)
        .containsExactly(
            "user", "assistant", "user", "assistant", "user", "assistant", "user", "assistant");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "The shop is called 'Bean There' | Bean There",
        "It's named Bean There | Bean There",
        "call it \"Joe's Diner\" please | Joe's Diner",
        "the name is Acme Corp, and I like blue | Acme Corp",
        "'Joe's Diner' in red | Joe's Diner",
        "“Ōm” it should be | Ōm",
        "Bean There | Bean There",
        "It's Bean There. | Bean There"
      })
  void aNameIsTakenFromTheWords(String message, String name) {
    Assistant assistant = assistant();
    String chat = assistant.open("o", "I need a logo", null).chatId();
    assertThat(assistant.say("o", chat, message).inputs()).containsEntry("text", name);
  }

  @Test
  void everythingInOneMessageWithAWordToBeginBeginsAtOnce() {
    Reply reply =
        assistant().open("o", "Make a modern logo called 'Blue Moon' in red and go ahead", null);
    assertThat(reply.job()).contains("job_1");
    assertThat(begun.get(0).inputs())
        .isEqualTo(Map.of("text", "Blue Moon", "style", "modern", "colors", List.of("#e53935")));
  }

  @Test
  void sizesFilesAndNumbersAreRead() {
    Assistant assistant = assistant();
    Reply resize = assistant.open("o", "Resize file_abc1 to 800 x 600", null);
    assertThat(resize.inputs())
        .isEqualTo(Map.of("file_id", "file_abc1", "width", 800L, "height", 600L));
    assertThat(resize.ready()).isTrue();
    Reply asks = assistant.open("o", "Please scale a picture", null);
    assertThat(asks.text()).contains("Which file should I take?");
    Reply size = assistant.say("o", asks.chatId(), "file_999");
    assertThat(size.text()).contains("Which size");
    assertThat(size.suggestions()).containsExactly("Give a size, such as 800x600");
    Reply bowl = assistant.open("o", "Play a bowl at 136.1 Hz for 2 minutes", null);
    assertThat(bowl.inputs()).isEqualTo(Map.of("frequency", 136.1, "duration", 120.0));
    Reply tone = assistant.open("o", "a bowl sound", null);
    assertThat(assistant.say("o", tone.chatId(), "528").inputs()).containsEntry("frequency", 528.0);
  }

  @Test
  void yesBeginsOnlyWhatIsReadyAndNoDoesNot() {
    Assistant assistant = assistant();
    String chat = assistant.open("o", "I want a logo", null).chatId();
    assertThat(assistant.say("o", chat, "yes").job()).isEmpty();
    assertThat(assistant.say("o", chat, "go ahead").job()).isEmpty();
    assistant.say("o", chat, "called 'A B'");
    assertThat(assistant.say("o", chat, "no, don't go ahead yet").job()).isEmpty();
    assertThat(assistant.say("o", chat, "Yes, please").job()).contains("job_1");
    assertThat(begun).hasSize(1);
  }

  @Test
  void whatCannotBeginIsToldAndCanBeTriedAgain() {
    Assistant assistant = assistant();
    String chat = assistant.open("o", "logo called 'A B'", null).chatId();
    poor = true;
    Reply refused = assistant.say("o", chat, "go ahead");
    assertThat(refused.job()).isEmpty();
    assertThat(refused.text()).contains("You need 10 credits but have 5");
    poor = false;
    assertThat(assistant.say("o", chat, "go ahead").job()).contains("job_1");
  }

  @Test
  void offTopicIsAnsweredHonestly() {
    Assistant assistant = assistant();
    Reply reply = assistant.open("o", "Who won the football match?", null);
    assertThat(reply.text()).contains("nothing I can help with", "Logo Maker", "Prayer Bowl");
    assertThat(reply.skill()).isEmpty();
    String chat = assistant.open("o", "I want a logo", null).chatId();
    Reply astray =
        assistant.say("o", chat, "By the way, what is the weather going to be like tomorrow?");
    assertThat(astray.text()).contains("nothing I can help with", "What's the name");
    assertThat(astray.inputs()).isEmpty();
    assertThat(assistant.say("o", chat, "never mind").skill()).isEmpty();
    assertThat(assistant.open("o", "What can you do?", null).text()).contains("Image Resizer");
  }

  @Test
  void anOutsideModelAnswersOffTopicUnderItsName() {
    boolean[] down = {false};
    model =
        new TextModel() {
          @Override
          public String name() {
            return "outside";
          }

          @Override
          public Completion complete(Prompt prompt) {
            if (down[0]) {
              throw Failure.of(Failure.Reason.UNAVAILABLE, "text_model", "down");
            }
            return new Completion("It rains.", "outside-2", true);
          }
        };
    Assistant assistant = assistant();
    Reply reply = assistant.open("o", "How is the weather?", null);
    assertThat(reply.text()).isEqualTo("It rains.");
    assertThat(reply.model()).isEqualTo("outside-2");
    down[0] = true;
    Reply without = assistant.say("o", reply.chatId(), "And tomorrow?");
    assertThat(without.text()).contains("does not answer");
    assertThat(without.model()).isEqualTo(Assistant.MODEL);
  }

  @Test
  void anotherSkillCanBeAskedForInTheMiddle() {
    Assistant assistant = assistant();
    String chat = assistant.open("o", "I want a logo", null).chatId();
    assertThat(assistant.say("o", chat, "Make a bowl sound instead").skill())
        .contains("prayer_bowl");
  }

  @Test
  void conversationsOfOthersAreNotFound() {
    Assistant assistant = assistant();
    String chat = assistant.open("o", "I want a logo", null).chatId();
    for (Runnable call :
        List.<Runnable>of(
            () -> assistant.say("x", chat, "hello"),
            () -> assistant.history("x", chat, 10, 0),
            () -> assistant.say("o", "chat_none", "hello"))) {
      assertThatThrownBy(call::run)
          .isInstanceOfSatisfying(
              Failure.class,
              failure -> {
                assertThat(failure.reason()).isEqualTo(Failure.Reason.NOT_FOUND);
                assertThat(failure.subject()).isEqualTo("chat");
              });
    }
  }

  @Test
  void messagesAndConversationsHaveAnEnd() {
    Assistant assistant = assistant();
    assertThatThrownBy(() -> assistant.open("o", " ", null)).isInstanceOf(Failure.class);
    assertThatThrownBy(() -> assistant.open("o", "x".repeat(4_001), null))
        .isInstanceOf(Failure.class);
    String chat = assistant.open("o", "I want a logo", null).chatId();
    for (int i = 1; i < 200; i++) {
      assistant.say("o", chat, "What?");
    }
    assertThatThrownBy(() -> assistant.say("o", chat, "What?"))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("400 messages");
    assertThat(assistant.history("o", chat, 10, 395).items()).hasSize(5);
    assertThat(assistant.history("o", chat, 10, 0).hasMore()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(StoreKind.class)
  void aConversationIsRemembered(StoreKind kind) {
    try (StoreKind.Place place = kind.fresh()) {
      store.close();
      store = Store.open(place.location());
      String chat = assistant().open("o", "A logo for my coffee shop", null).chatId();
      if (kind != StoreKind.MEMORY) {
        store.close();
        store = Store.open(place.location());
      }
      Reply reply = assistant().say("o", chat, "it's called Bean There");
      assertThat(reply.inputs()).isEqualTo(Map.of("text", "Bean There"));
      assertThat(assistant().say("o", chat, "go ahead").job()).isEqualTo(Optional.of("job_1"));
      store.close();
    }
  }

  @Test
  void theEmbeddedModelHandsBackWhatItWasTold() {
    TextModel.Prompt prompt =
        TextModel.Prompt.of(
            "Bowls sound for a minute. Logos are drawn as SVG.", "How are logos drawn?", 100);
    assertThat(new EmbeddedModel().complete(prompt))
        .isEqualTo(new TextModel.Completion("Logos are drawn as SVG.", EmbeddedModel.NAME, true));
    assertThat(new EmbeddedModel().complete(TextModel.Prompt.of("", "Why?", 5)).complete())
        .isFalse();
  }
}
