package dev.spanda.core.assistant;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.Page;
import dev.spanda.core.store.Json;
import dev.spanda.core.store.Store;
import dev.spanda.core.text.EmbeddedModel;
import dev.spanda.core.text.TextModel;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Talks with people until it knows what to make for them. It begins nothing of its own accord,
 * because beginning may cost credits: when every required input is there it says so, and begins at
 * the next message that says "go ahead", "yes" or the like. A message that gives the last input and
 * says so in one begins at once. Thread-safe; of two messages sent to one conversation at the same
 * time each is answered in turn.
 */
public final class Assistant {

  /** The name under which the assistant answers by its own rules. */
  public static final String MODEL = "spanda-assistant-1";

  private static final int LONGEST_MESSAGE = 4_000;
  private static final int MOST_MESSAGES = 400;
  private static final int LARGEST_PAGE = 100;
  private static final int LONGEST_ANSWER = 1_200;
  private static final int TRIES = 20;

  private static final Pattern BEGIN =
      Pattern.compile(
          "(?i)\\b(?:go ahead|do it|start (?:it|now|the job)|begin|proceed|go for it|make it"
              + " now|create it|generate it|let'?s go|looks good|sounds good)\\b"
              + "|^\\s*start\\s*[.!]?\\s*$");
  private static final Pattern YES =
      Pattern.compile("(?i)^\\s*(?:yes|yep|yeah|sure|ok|okay|fine|please do)\\b.*");
  private static final Pattern NOT = Pattern.compile("(?i)\\b(?:don'?t|do not|not yet|wait|no)\\b");
  private static final Pattern CANCEL =
      Pattern.compile("(?i)\\b(?:cancel|never ?mind|start over|forget it)\\b");
  private static final Pattern HELP =
      Pattern.compile("(?i)\\b(?:what can you do|help me\\s*$|^help\\b|your skills|list .*tools)");

  /** Begins what a conversation has led to. */
  @FunctionalInterface
  public interface Starter {

    /**
     * Begins a skill.
     *
     * @param owner the account
     * @param skill the skill's id
     * @param inputs by name: text, numbers and lists of text
     * @param project the project of the conversation, or null
     * @param key the same for every try of one beginning, so that it happens once
     * @return the id of the job
     * @throws Failure when it cannot begin; its message is told to the person
     */
    String start(
        String owner,
        String skill,
        Map<String, Object> inputs,
        @Nullable String project,
        String key);
  }

  /**
   * One message of a conversation.
   *
   * @param role {@code user} or {@code assistant}
   * @param model which model wrote it, null for the person's
   */
  public record Message(
      String role, String text, List<String> suggestions, @Nullable String model, Instant at) {

    /** Copies the suggestions. */
    public Message {
      suggestions = List.copyOf(suggestions);
    }
  }

  /** What is understood so far; its persisted form. */
  private record Memory(
      @Nullable String skill,
      @Nullable String subject,
      Map<String, Object> inputs,
      @Nullable String asked,
      @Nullable String beginning) {

    static final Memory NONE = new Memory(null, null, Map.of(), null, null);
  }

  private record Chat(String owner, @Nullable String project, Memory memory, long version) {}

  private record Answer(
      String text, List<String> suggestions, String model, Memory memory, boolean ready) {}

  private final Store store;
  private final InstantSource clock;
  private final Ids ids;
  private final TextModel model;
  private final Starter starter;
  private final Map<String, Skill> skills = new LinkedHashMap<>();
  private final SkillIndex index;

  /**
   * An assistant.
   *
   * @param model answers what no skill fits
   * @param skills what it can begin, at least one
   */
  public Assistant(
      Store store,
      InstantSource clock,
      Ids ids,
      TextModel model,
      List<Skill> skills,
      Starter starter) {
    this.store = store;
    this.clock = clock;
    this.ids = ids;
    this.model = model;
    this.starter = starter;
    skills.forEach(skill -> this.skills.put(skill.id(), skill));
    this.index = new SkillIndex(skills);
  }

  /**
   * Begins a conversation.
   *
   * @param project where what is made is to be put, or null
   * @throws Failure INVALID, subject {@code message}, for an empty message or one above 4000
   *     characters
   */
  public Reply open(String owner, String message, @Nullable String project) {
    require(message);
    String id = ids.next("chat");
    long now = clock.instant().toEpochMilli();
    store.change(
        handle ->
            handle
                .createUpdate(
                    "INSERT INTO assistant_chat"
                        + " (id, owner, project, memory, version, created_at, updated_at)"
                        + " VALUES (:id, :owner, :project, :memory, 0, :now, :now)")
                .bind("id", id)
                .bind("owner", owner)
                .bind("project", project)
                .bind("memory", Json.write(Memory.NONE))
                .bind("now", now)
                .execute());
    return say(owner, id, message);
  }

  /**
   * Goes on with a conversation.
   *
   * @throws Failure INVALID, subject {@code message}; NOT_FOUND, subject {@code chat}, when the
   *     owner has no such conversation; CONFLICT, subject {@code chat}, when it has 400 messages
   */
  public Reply say(String owner, String chatId, String message) {
    require(message);
    for (int tries = 0; tries < TRIES; tries++) {
      Chat chat = store.read(handle -> find(handle, owner, chatId));
      if (2 * chat.version() + 2 > MOST_MESSAGES) {
        throw Failure.of(
                Failure.Reason.CONFLICT,
                "chat",
                "A conversation has at most " + MOST_MESSAGES + " messages; begin another")
            .with(Failure.MAX_VALUE, MOST_MESSAGES);
      }
      Memory memory = chat.memory();
      String beginning = memory.beginning();
      Answer answer = answer(chat, message);
      boolean begins = answer.ready() && saysBegin(message, memory);
      if (!begins) {
        if (write(chatId, chat, message, answer)) {
          return reply(chatId, answer, Optional.empty());
        }
        continue;
      }
      // The key is stored before anything begins: after a crash the same beginning is tried again.
      String key = beginning != null ? beginning : ids.next("begin");
      Memory told = answer.memory();
      Memory marked = new Memory(told.skill(), told.subject(), told.inputs(), told.asked(), key);
      if (beginning == null && !mark(chatId, chat, marked)) {
        continue;
      }
      return begin(chatId, chat, message, marked, key);
    }
    throw Failure.of(
        Failure.Reason.CONFLICT, "chat", "Too many messages came to this conversation at once");
  }

  /**
   * The messages of a conversation, the oldest first.
   *
   * @param limit 1 to 100
   * @param offset ≥ 0
   * @throws Failure NOT_FOUND, subject {@code chat}; INVALID, subjects {@code limit} and {@code
   *     offset}
   */
  public Page<Message> history(String owner, String chatId, int limit, long offset) {
    Failure.requireInRange("limit", "Limit", limit, 1, LARGEST_PAGE, "");
    Failure.requireInRange("offset", "Offset", offset, 0, Long.MAX_VALUE, "");
    return store.read(
        handle -> {
          find(handle, owner, chatId);
          long total =
              handle
                  .createQuery("SELECT count(*) FROM assistant_message WHERE chat = :chat")
                  .bind("chat", chatId)
                  .mapTo(Long.class)
                  .one();
          List<Message> items =
              handle
                  .createQuery(
                      "SELECT * FROM assistant_message WHERE chat = :chat ORDER BY number"
                          + " LIMIT :limit OFFSET :offset")
                  .bind("chat", chatId)
                  .bind("limit", limit)
                  .bind("offset", offset)
                  .map(
                      (row, context) ->
                          new Message(
                              row.getString("role"),
                              row.getString("body"),
                              Json.readList(row.getString("suggestions"), String.class),
                              row.getString("model"),
                              Instant.ofEpochMilli(row.getLong("created_at"))))
                  .list();
          return new Page<>(items, total, limit, offset);
        });
  }

  private Reply begin(String chatId, Chat chat, String message, Memory marked, String key) {
    String skill = Objects.requireNonNull(marked.skill());
    Answer answer;
    Optional<String> job;
    try {
      String id = starter.start(chat.owner(), skill, marked.inputs(), chat.project(), key);
      job = Optional.of(id);
      answer =
          new Answer(
              "I have started the " + product(marked) + ". Its job is " + id + ".",
              List.of("Check the job", "Make another"),
              MODEL,
              Memory.NONE,
              false);
    } catch (Failure failure) {
      job = Optional.empty();
      answer =
          new Answer(
              "I could not start the " + product(marked) + ": " + failure.getMessage() + ".",
              List.of("Try again", "Cancel"),
              MODEL,
              new Memory(marked.skill(), marked.subject(), marked.inputs(), marked.asked(), null),
              true);
    }
    for (int tries = 0; tries < TRIES; tries++) {
      Chat now = store.read(handle -> find(handle, chat.owner(), chatId));
      if (write(chatId, now, message, answer)) {
        break;
      }
    }
    return new Reply(
        chatId,
        answer.text(),
        answer.suggestions(),
        answer.model(),
        Optional.of(skill),
        marked.inputs(),
        answer.ready(),
        job);
  }

  private Answer answer(Chat chat, String message) {
    Memory memory = chat.memory();
    Skill current = memory.skill() == null ? null : skills.get(memory.skill());
    if (CANCEL.matcher(message).find() && current != null) {
      return plain("All right, I have put that aside. What else can I make for you?");
    }
    if (HELP.matcher(message).find()) {
      return new Answer(list(), asks(), MODEL, memory, false);
    }
    Optional<Skill> found = index.find(message);
    Skill skill = current;
    Map<String, Object> inputs = new LinkedHashMap<>(memory.inputs());
    String subject = memory.subject();
    if (found.isPresent() && current == null) {
      skill = found.get();
    } else if (found.isPresent()
        && !found.get().equals(current)
        && message.matches("(?is).*\\b(?:create|make|draw|generate|resize|design|instead)\\b.*")) {
      skill = found.get();
      inputs.clear();
      subject = null;
    }
    if (skill == null) {
      return offTopic(message);
    }
    boolean fresh = skill != current;
    String heard = Words.subject(message);
    boolean learned = take(skill, message, fresh ? null : memory.asked(), inputs);
    if (heard != null && (fresh || subject == null)) {
      subject = heard;
    }
    Memory next = new Memory(skill.id(), subject, inputs, null, memory.beginning());
    boolean talksOn = fresh || learned || saysBegin(message, memory) || found.isPresent();
    return talksOn ? ask(skill, next, fresh) : astray(skill, next, message);
  }

  /** Takes what the words say about the skill's inputs; whether they said anything. */
  private static boolean take(
      Skill skill, String message, @Nullable String asked, Map<String, Object> inputs) {
    int before = inputs.hashCode();
    boolean heard = false;
    int[] size = Words.size(message);
    for (Skill.Input input : skill.inputs()) {
      boolean wasAsked = input.name().equals(asked);
      Object value =
          switch (input.kind()) {
            case NAME -> Words.name(message).orElse(null);
            case COLORS -> {
              List<String> colors = Words.colors(message);
              yield colors.isEmpty() ? null : colors;
            }
            case CHOICE ->
                input.choices().stream()
                    .filter(word -> Words.has(message, word))
                    .findFirst()
                    .orElse(null);
            case WIDTH -> size == null ? null : (Object) (long) size[0];
            case HEIGHT -> size == null ? null : (Object) (long) size[1];
            case NUMBER -> Words.number(message, input.unit(), wasAsked).orElse(null);
            case FILE -> Words.file(message).orElse(null);
            case TEXT -> wasAsked ? Words.answer(message).orElse(null) : null;
          };
      if (value != null) {
        inputs.put(input.name(), value);
        heard = true;
      }
    }
    if (!heard && asked != null) {
      for (Skill.Input input : skill.inputs()) {
        // A short answer to "what is its name?" is the name.
        if (input.name().equals(asked)
            && input.kind() == Skill.Kind.NAME
            && message.strip().split("\\s+").length <= 6
            && !message.contains("?")
            && !YES.matcher(message).matches()
            && !BEGIN.matcher(message).find()) {
          Words.answer(message).ifPresent(name -> inputs.put(input.name(), name));
        }
      }
    }
    return heard || inputs.hashCode() != before;
  }

  private Answer ask(Skill skill, Memory memory, boolean fresh) {
    String begin = fresh ? "I'll help you create " + article(product(memory)) + ". " : "";
    Skill.Input missing =
        skill.inputs().stream()
            .filter(input -> input.required() && !memory.inputs().containsKey(input.name()))
            .findFirst()
            .orElse(null);
    if (missing != null) {
      Memory asking =
          new Memory(
              memory.skill(),
              memory.subject(),
              memory.inputs(),
              missing.name(),
              memory.beginning());
      return new Answer(
          begin + question(missing, memory.subject()),
          suggestions(skill, memory),
          MODEL,
          asking,
          false);
    }
    List<String> suggestions = new ArrayList<>();
    suggestions.add("Go ahead");
    suggestions.addAll(suggestions(skill, memory));
    return new Answer(
        begin + "I have " + told(skill, memory) + ". Shall I go ahead?",
        suggestions,
        MODEL,
        memory,
        true);
  }

  /** Says honestly that a message was not understood, and asks again. */
  private Answer astray(Skill skill, Memory memory, String message) {
    Answer asked = ask(skill, memory, false);
    Answer other = offTopic(message);
    return new Answer(
        other.text() + " About your " + product(memory) + ": " + asked.text(),
        asked.suggestions(),
        other.model(),
        asked.memory(),
        asked.ready());
  }

  private Answer offTopic(String message) {
    if (!model.name().equals(EmbeddedModel.NAME)) {
      try {
        TextModel.Completion completion =
            model.complete(
                TextModel.Prompt.of(
                    "You are the assistant of a studio. "
                        + list()
                        + " Answer briefly. Say plainly when you do not know.",
                    message,
                    LONGEST_ANSWER));
        return new Answer(completion.text(), asks(), completion.model(), Memory.NONE, false);
      } catch (Failure failure) {
        return new Answer(
            "I cannot answer that now, because the language model does not answer. " + list(),
            asks(),
            MODEL,
            Memory.NONE,
            false);
      }
    }
    return plain("That is nothing I can help with. " + list());
  }

  private Answer plain(String text) {
    return new Answer(text, asks(), MODEL, Memory.NONE, false);
  }

  private String list() {
    StringBuilder text = new StringBuilder("Here is what I can do:");
    String before = " ";
    for (Skill skill : skills.values()) {
      text.append(before).append(skill.name()).append(" (").append(skill.description()).append(')');
      before = "; ";
    }
    return text.append('.').toString();
  }

  private List<String> asks() {
    return skills.values().stream()
        .limit(3)
        .map(skill -> "Create " + article(skill.keywords().get(0)))
        .toList();
  }

  private static List<String> suggestions(Skill skill, Memory memory) {
    List<String> suggestions = new ArrayList<>();
    for (Skill.Input input : skill.inputs()) {
      if (!memory.inputs().containsKey(input.name())) {
        suggestions.add(
            switch (input.kind()) {
              case NAME -> "Provide " + thing(input, memory.subject()) + " name";
              case COLORS -> "Choose " + input.label();
              case CHOICE ->
                  "Select " + input.label() + " (" + String.join(", ", input.choices()) + ")";
              case FILE -> "Name the file, such as file_999";
              case WIDTH -> "Give a size, such as 800x600";
              case HEIGHT -> "Give a height";
              case NUMBER, TEXT -> "Give the " + input.label();
            });
      }
    }
    if (suggestions.contains("Give a size, such as 800x600")) {
      suggestions.remove("Give a height");
    }
    return suggestions;
  }

  private static String question(Skill.Input input, @Nullable String subject) {
    return switch (input.kind()) {
      case NAME -> "What's the name of your " + thing(input, subject) + "?";
      case COLORS -> "Which colors would you like?";
      case CHOICE ->
          "Which " + input.label() + " would you like: " + String.join(", ", input.choices()) + "?";
      case WIDTH, HEIGHT -> "Which size should it have, such as 800x600?";
      case NUMBER -> "Which " + input.label() + " should it have?";
      case FILE -> "Which file should I take? Upload one and tell me its id.";
      case TEXT -> "What should the " + input.label() + " be?";
    };
  }

  /** The last word of what it is for, such as shop, or what the input calls it. */
  private static String thing(Skill.Input input, @Nullable String subject) {
    return subject == null ? input.label() : subject.substring(subject.lastIndexOf(' ') + 1);
  }

  private String product(Memory memory) {
    Skill skill = memory.skill() == null ? null : skills.get(memory.skill());
    String made = skill == null ? "job" : skill.keywords().get(0);
    return memory.subject() == null ? made : memory.subject() + " " + made;
  }

  private static String told(Skill skill, Memory memory) {
    List<String> parts = new ArrayList<>();
    for (Skill.Input input : skill.inputs()) {
      Object value = memory.inputs().get(input.name());
      if (value != null) {
        String shown =
            value instanceof List<?> list
                ? String.join(", ", list.stream().map(String::valueOf).toList())
                : value instanceof Double number && number == Math.rint(number)
                    ? Long.toString(number.longValue())
                    : value.toString();
        parts.add(
            input.kind() == Skill.Kind.NAME
                ? "the name \"" + shown + "\""
                : "the " + input.label() + " " + shown);
      }
    }
    return parts.isEmpty() ? "everything" : String.join(", ", parts);
  }

  private static String article(String noun) {
    return ("aeiou".indexOf(Character.toLowerCase(noun.charAt(0))) >= 0 ? "an " : "a ") + noun;
  }

  private static boolean saysBegin(String message, Memory memory) {
    String plain = Words.unquoted(message);
    return !NOT.matcher(plain).find()
        && (BEGIN.matcher(plain).find()
            || (memory.skill() != null && memory.asked() == null && YES.matcher(plain).matches()));
  }

  private static void require(String message) {
    if (message.isBlank() || message.length() > LONGEST_MESSAGE) {
      throw Failure.of(
              Failure.Reason.INVALID,
              "message",
              "A message must have 1 to " + LONGEST_MESSAGE + " characters")
          .with(Failure.PROVIDED_VALUE, message.length())
          .with(Failure.MAX_VALUE, LONGEST_MESSAGE);
    }
  }

  private Reply reply(String chatId, Answer answer, Optional<String> job) {
    return new Reply(
        chatId,
        answer.text(),
        answer.suggestions(),
        answer.model(),
        Optional.ofNullable(answer.memory().skill()),
        answer.memory().inputs(),
        answer.ready(),
        job);
  }

  private static Chat find(Handle handle, String owner, String id) {
    return handle
        .createQuery("SELECT * FROM assistant_chat WHERE id = :id AND owner = :owner")
        .bind("id", id)
        .bind("owner", owner)
        .map(
            (row, context) ->
                new Chat(
                    row.getString("owner"),
                    row.getString("project"),
                    Json.read(row.getString("memory"), Memory.class),
                    row.getLong("version")))
        .findOne()
        .orElseThrow(() -> Failure.notFound("chat", id));
  }

  /** Stores the key of a beginning; false when another message came in between. */
  private boolean mark(String chatId, Chat chat, Memory marked) {
    return store.write(
            handle ->
                handle
                    .createUpdate(
                        "UPDATE assistant_chat SET memory = :memory WHERE id = :id"
                            + " AND version = :version AND memory = :before")
                    .bind("memory", Json.write(marked))
                    .bind("before", Json.write(chat.memory()))
                    .bind("id", chatId)
                    .bind("version", chat.version())
                    .execute())
        == 1;
  }

  /** Adds a message and its answer; false when another message came in between. */
  private boolean write(String chatId, Chat chat, String message, Answer answer) {
    long now = clock.instant().toEpochMilli();
    return store.write(
        handle -> {
          int taken =
              handle
                  .createUpdate(
                      "UPDATE assistant_chat SET memory = :memory, version = version + 1,"
                          + " updated_at = :now WHERE id = :id AND version = :version")
                  .bind("memory", Json.write(answer.memory()))
                  .bind("now", now)
                  .bind("id", chatId)
                  .bind("version", chat.version())
                  .execute();
          if (taken == 0) {
            return false;
          }
          long number = 2 * chat.version();
          add(handle, chatId, number, new Message("user", message, List.of(), null, Instant.EPOCH));
          add(
              handle,
              chatId,
              number + 1,
              new Message(
                  "assistant", answer.text(), answer.suggestions(), answer.model(), Instant.EPOCH));
          return true;
        });
  }

  private void add(Handle handle, String chatId, long number, Message message) {
    handle
        .createUpdate(
            "INSERT INTO assistant_message"
                + " (chat, number, role, body, suggestions, model, created_at) VALUES"
                + " (:chat, :number, :role, :body, :suggestions, :model, :now)")
        .bind("chat", chatId)
        .bind("number", number)
        .bind("role", message.role())
        .bind("body", message.text())
        .bind("suggestions", Json.write(message.suggestions()))
        .bind("model", message.model())
        .bind("now", clock.instant().toEpochMilli())
        .execute();
  }
}
