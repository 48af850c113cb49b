package dev.spanda.contract.wavestack;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Speaks and writes as a creator taught it. */
@Route.Group("AI Personality")
public interface PersonalityApi {

  /** Answers a message, and remembers what the user says of himself. */
  @Route(value = "POST /api/v1/chat", summary = "Answers a message.")
  Reply chat(Message message);

  /** Answers a message of somebody unknown, of whom nothing is remembered. */
  default Reply chat(String message) {
    return chat(new Message(null, message, null));
  }

  /** Writes something for a platform. */
  @Route(value = "POST /api/v1/generate", summary = "Writes a post, a title or a reply.")
  Content generate(Plan plan);

  /** Teaches lines of a conversation. */
  @Route(value = "POST /api/v1/learn", summary = "Teaches lines of a conversation.")
  Learned learn(Lessons lessons);

  /**
   * What is remembered of a user.
   *
   * @param limit 1 to 100; 10 by default
   * @param query only what shares a word with it, the most relevant first; the newest first without
   *     one; beyond the document
   */
  @Route(value = "GET /api/v1/memory", summary = "What is remembered of a user.")
  Memories memories(
      @Param.Query("user_id") String userId,
      @Param.Query("limit") @Nullable Integer limit,
      @Param.Query("q") @Nullable String query);

  /** What is remembered of a user, the newest ten. */
  default Memories memories(String userId) {
    return memories(userId, null, null);
  }

  /** Forgets everything of a user; beyond the document. */
  @Route(value = "DELETE /api/v1/memory", summary = "Forgets everything of a user.")
  Forgotten forgetUser(@Param.Query("user_id") String userId);

  /** Forgets one memory; beyond the document. */
  @Route(value = "DELETE /api/v1/memory/{id}", summary = "Forgets one memory.")
  Forgotten forget(@Param.Path("id") String id);

  /**
   * What is said.
   *
   * @param userId who says it, 1 to 128 characters; absent for somebody unknown
   * @param message 1 to 4 000 characters
   * @param context such as {@code platform} and {@code channel}, at most 20 names and values
   */
  record Message(
      @JsonProperty("user_id") @Nullable String userId,
      @JsonProperty(value = "message", required = true) String message,
      @JsonProperty("context") @Nullable Map<String, String> context) {}

  /**
   * An answer.
   *
   * @param confidence how well it fits, 0 to 1: the share of the message's weight that what was
   *     taught covers
   * @param personalityScore how much it is in the creator's manner, 0 to 1; 0 before any lesson
   * @param memoryUsed whether something remembered of the user went into it
   * @param model which model has answered; beyond the document
   */
  record Reply(
      @JsonProperty("response") String response,
      @JsonProperty("confidence") double confidence,
      @JsonProperty("personality_score") double personalityScore,
      @JsonProperty("memory_used") boolean memoryUsed,
      @JsonProperty("model") @Nullable String model) {}

  /**
   * What is to be written.
   *
   * @param contentType {@code tweet}, {@code caption}, {@code description}, {@code title} or {@code
   *     reply}
   * @param topic 1 to 200 characters
   * @param context what is known of it, at most 20 names and values
   */
  record Plan(
      @JsonProperty(value = "content_type", required = true) String contentType,
      @JsonProperty(value = "topic", required = true) String topic,
      @JsonProperty("context") @Nullable Map<String, String> context,
      @JsonProperty("options") @Nullable Options options) {}

  /**
   * How it is to be written.
   *
   * @param includeHashtags whether tags are added; for tweets and captions alone when absent
   * @param maxLength 20 to the most of the kind: 280 for a tweet, 2 200 for a caption, 5 000 for a
   *     description, 100 for a title, 500 for a reply
   * @param seed the same seed gives the same text; beyond the document
   */
  record Options(
      @JsonProperty("include_hashtags") @Nullable Boolean includeHashtags,
      @JsonProperty("max_length") @Nullable Integer maxLength,
      @JsonProperty("seed") @Nullable Long seed) {}

  /** What was written. */
  record Content(
      @JsonProperty("content") String content,
      @JsonProperty("alternatives") List<String> alternatives,
      @JsonProperty("metadata") Metadata metadata) {

    /** Copies the list. */
    public Content {
      alternatives = List.copyOf(alternatives);
    }
  }

  /**
   * How it sounds.
   *
   * @param sentiment {@code positive}, {@code neutral} or {@code negative}
   * @param energy {@code high}, {@code medium} or {@code low}
   * @param controversyScore 0 to 1
   * @param model which model has written it; beyond the document
   */
  record Metadata(
      @JsonProperty("sentiment") String sentiment,
      @JsonProperty("energy") String energy,
      @JsonProperty("controversy_score") double controversyScore,
      @JsonProperty("model") @Nullable String model) {}

  /**
   * What is taught.
   *
   * @param dataType {@code chat_history}
   * @param content 1 to 1 000 lines in the order in which they were said
   * @param source where they are from, 1 to 64 characters; {@code api} when absent
   * @param weight how much they count, above 0 and up to 10; 1 when absent
   */
  record Lessons(
      @JsonProperty(value = "data_type", required = true) String dataType,
      @JsonSetter(contentNulls = Nulls.FAIL) @JsonProperty(value = "content", required = true)
          List<Line> content,
      @JsonProperty("source") @Nullable String source,
      @JsonProperty("weight") @Nullable Double weight) {

    /** Copies the lines. */
    public Lessons {
      content = List.copyOf(content);
    }
  }

  /**
   * A line of a conversation.
   *
   * @param role {@code user} or {@code creator}
   * @param message 1 to 4 000 characters
   */
  record Line(
      @JsonProperty(value = "role", required = true) String role,
      @JsonProperty(value = "message", required = true) String message) {}

  /**
   * What became of the lessons.
   *
   * @param status {@code accepted}
   * @param nextTraining when they begin to count: at once
   */
  record Learned(
      @JsonProperty("status") String status,
      @JsonProperty("samples_processed") int samplesProcessed,
      @JsonProperty("next_training") Instant nextTraining) {}

  /** What is remembered. */
  record Memories(@JsonProperty("memories") List<Memory> memories) {

    /** Copies the list. */
    public Memories {
      memories = List.copyOf(memories);
    }
  }

  /**
   * One thing that is remembered.
   *
   * @param category {@code personal_info}, {@code preference} or {@code interest}
   * @param relevanceScore 0 to 1: how much of the query it covers, or without one how fresh it is
   */
  record Memory(
      @JsonProperty("id") String id,
      @JsonProperty("content") String content,
      @JsonProperty("category") String category,
      @JsonProperty("created_at") Instant createdAt,
      @JsonProperty("relevance_score") double relevanceScore) {}

  /** How many memories were forgotten. */
  record Forgotten(@JsonProperty("forgotten") int forgotten) {}
}
