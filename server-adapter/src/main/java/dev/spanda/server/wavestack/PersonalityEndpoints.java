package dev.spanda.server.wavestack;

import dev.spanda.contract.wavestack.PersonalityApi;
import dev.spanda.core.Failure;
import dev.spanda.media.persona.ContentPlan;
import dev.spanda.media.persona.Lesson;
import dev.spanda.media.persona.Persona;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** The chapter AI Personality. */
final class PersonalityEndpoints implements PersonalityApi {

  private static final int USUAL_LIMIT = 10;
  private static final String CHAT_HISTORY = "chat_history";

  private final Persona persona;
  private final String owner;

  PersonalityEndpoints(Persona persona, String owner) {
    this.persona = persona;
    this.owner = owner;
  }

  @Override
  public Reply chat(Message message) {
    requireGiven("message", message.message());
    Persona.Reply reply =
        persona.chat(
            owner,
            Optional.ofNullable(message.userId()),
            message.message(),
            context(message.context()));
    return new Reply(
        reply.text(),
        AutomodEndpoints.rounded(reply.confidence()),
        AutomodEndpoints.rounded(reply.personality()),
        reply.memoryUsed(),
        reply.model());
  }

  @Override
  public Content generate(Plan plan) {
    requireGiven("topic", plan.topic());
    Options options = Objects.requireNonNullElse(plan.options(), new Options(null, null, null));
    Integer longest = options.maxLength();
    Long seed = options.seed();
    dev.spanda.media.persona.Content content =
        persona.generate(
            owner,
            new ContentPlan(
                ContentPlan.Kind.parse(plan.contentType()),
                plan.topic(),
                context(plan.context()),
                Optional.ofNullable(options.includeHashtags()),
                longest == null ? OptionalInt.empty() : OptionalInt.of(longest),
                seed == null ? OptionalLong.empty() : OptionalLong.of(seed)));
    return new Content(
        content.text(),
        content.alternatives(),
        new Metadata(
            content.tone().sentiment(),
            content.tone().energy(),
            AutomodEndpoints.rounded(content.tone().controversy()),
            content.model()));
  }

  @Override
  public Learned learn(Lessons lessons) {
    if (!lessons.dataType().equals(CHAT_HISTORY)) {
      throw Failure.notAllowed("data_type", lessons.dataType(), List.of(CHAT_HISTORY));
    }
    List<Lesson> lines = new ArrayList<>();
    for (Line line : lessons.content()) {
      lines.add(new Lesson(role(line.role()), line.message()));
    }
    Persona.Learned learned =
        persona.learn(
            owner,
            lines,
            Objects.requireNonNullElse(lessons.source(), "api"),
            Objects.requireNonNullElse(lessons.weight(), 1.0));
    return new Learned("accepted", learned.samples(), learned.nextTraining());
  }

  @Override
  public Memories memories(String userId, @Nullable Integer limit, @Nullable String query) {
    return new Memories(
        persona
            .memories(
                owner,
                userId,
                Optional.ofNullable(query),
                Objects.requireNonNullElse(limit, USUAL_LIMIT))
            .stream()
            .map(
                memory ->
                    new Memory(
                        memory.id(),
                        memory.content(),
                        memory.category(),
                        memory.at(),
                        AutomodEndpoints.rounded(memory.relevance())))
            .toList());
  }

  @Override
  public Forgotten forgetUser(String userId) {
    return new Forgotten(persona.forgetPerson(owner, userId));
  }

  @Override
  public Forgotten forget(String id) {
    persona.forget(owner, id);
    return new Forgotten(1);
  }

  private static Lesson.Role role(String word) {
    return switch (word) {
      case "user" -> Lesson.Role.USER;
      case "creator" -> Lesson.Role.CREATOR;
      default -> throw Failure.notAllowed("role", word, List.of("user", "creator"));
    };
  }

  private static Map<String, String> context(@Nullable Map<String, String> given) {
    return given == null ? Map.of() : given;
  }

  private static void requireGiven(String field, String text) {
    if (text.isBlank()) {
      throw Failure.of(Failure.Reason.INVALID, field, field + " is required");
    }
  }
}
