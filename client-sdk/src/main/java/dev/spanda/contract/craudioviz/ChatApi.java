package dev.spanda.contract.craudioviz;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conversations with the assistant, whom the document calls Javari. */
@Route.Group("Assistant")
public interface ChatApi {

  /** Begins a conversation. */
  @Route(value = "POST /ai/chat", summary = "Begins a conversation.")
  Reply start(Message message);

  /** Begins a conversation without a context. */
  default Reply start(String message) {
    return start(new Message(message, null));
  }

  /** Goes on with a conversation. */
  @Route(value = "POST /ai/chat/{chat_id}/message", summary = "Goes on with a conversation.")
  Reply send(@Param.Path("chat_id") String chatId, Message message);

  /** Goes on with a conversation. */
  default Reply send(String chatId, String message) {
    return send(chatId, new Message(message, null));
  }

  /** Everything that was said, oldest first. */
  @Route(value = "GET /ai/chat/{chat_id}/history", summary = "Everything that was said.")
  History history(@Param.Path("chat_id") String chatId);

  /**
   * What is said to the assistant.
   *
   * @param message 1 to 4 000 characters
   * @param context that of the conversation's first message; absent when there is none
   */
  record Message(
      @JsonProperty(value = "message", required = true) String message,
      @JsonProperty("context") @Nullable Context context) {}

  /**
   * What a conversation is about.
   *
   * @param projectId where jobs that it begins put their results
   */
  record Context(@JsonProperty("project_id") @Nullable String projectId) {}

  /**
   * What the assistant says.
   *
   * @param suggestions what could be said next
   * @param model which model has answered; beyond the document
   * @param toolId the tool that the conversation is about, if any; beyond the document
   * @param jobId the job that this message has begun, if any; beyond the document
   */
  record Reply(
      @JsonProperty("reply") String reply,
      @JsonProperty("suggestions") List<String> suggestions,
      @JsonProperty("chat_id") String chatId,
      @JsonProperty("model") @Nullable String model,
      @JsonProperty("tool_id") @Nullable String toolId,
      @JsonProperty("job_id") @Nullable String jobId) {

    /** Copies the suggestions. */
    public Reply {
      suggestions = List.copyOf(suggestions);
    }
  }

  /** A conversation; the document shows no answer here. */
  record History(
      @JsonProperty("chat_id") String chatId, @JsonProperty("messages") List<Line> messages) {

    /** Copies the lines. */
    public History {
      messages = List.copyOf(messages);
    }
  }

  /**
   * One thing that was said.
   *
   * @param role {@code user} or {@code assistant}
   * @param model which model has said it; absent for the user's own words
   */
  record Line(
      @JsonProperty("role") String role,
      @JsonProperty("content") String content,
      @JsonProperty("created_at") Instant createdAt,
      @JsonProperty("model") @Nullable String model) {}
}
