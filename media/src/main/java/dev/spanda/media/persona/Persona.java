package dev.spanda.media.persona;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.store.Store;
import dev.spanda.core.text.EmbeddedModel;
import dev.spanda.core.text.TextModel;
import dev.spanda.media.moderation.Moderator;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * The personas of organisations, one each: taught by what a creator has said, remembering what
 * people say of themselves, answering and writing in the creator's manner.
 *
 * <p>With the {@link EmbeddedModel} it answers with what it was taught (BM25 over the prompts and
 * answers), else with words for what is wanted (advice, an opinion, thanks, a greeting), and writes
 * by templates; candidates are ordered by how much they are in the manner of the lessons (their
 * words and pairs of words). It then calls itself {@value #NAME}, makes nothing up, and the same
 * question after the same lessons has the same answer. Any other {@link TextModel} is asked with
 * the lessons and memories that fit before the question; when it cannot be reached the embedded way
 * answers instead and says so. Nothing leaves that its own {@link Moderator} finds toxic (0.5),
 * spam (0.8) or not safe for work (0.6).
 *
 * <p>At most 20 000 lessons an organisation and 200 memories a person are kept, the newest; the
 * last twenty exchanges with a person are its context. Thread-safe.
 */
public final class Persona {

  /** The name of the model when no other is configured. */
  public static final String NAME = "spanda-persona-1";

  private static final int MOST_LINES = 1_000;
  private static final int MOST_LESSONS = 20_000;
  private static final int MOST_MEMORIES = 200;
  private static final int MOST_TURNS = 20;
  private static final int MOST_INDICES = 64;
  private static final int LONGEST_MESSAGE = 4_000;
  private static final int LONGEST_ANSWER = 1_000;

  /** How much of a question what was taught has to cover. */
  private static final double LEAST_SHARE = 0.35;

  /** And how much of a message that asks nothing, which small talk may answer as well. */
  private static final double LEAST_SMALL = 0.5;

  private static final double MOST_TOXICITY = 0.5;

  /** From where on a message to the persona is answered as an unkind one. */
  private static final double UNKIND = 0.8;

  private static final double MOST_SPAM = 0.8;
  private static final double MOST_NSFW = 0.6;
  private static final double LEAST_MEMORY = 0.25;
  private static final double FOND = 0.5;
  private static final Pattern FOLLOWS =
      Pattern.compile(
          "(?i)^\\W*(?:and|but|so|then|why|how so|how come|really|what else|more|go on|which one|"
              + "what then|and then|what about (?:it|that))\\b(?:\\W+\\w+){0,3}\\W*$");
  private static final Pattern OF_MYSELF =
      Pattern.compile("(?i).*\\b(?:my|i|i'm|am i|mine)\\b.*\\?.*|(?i).*\\b(?:remember|know)\\b.*");

  /**
   * What became of lessons.
   *
   * @param samples how many lines were taken
   * @param nextTraining when they begin to count: at once, since the index is made anew for the
   *     next question
   */
  public record Learned(int samples, Instant nextTraining) {}

  /**
   * An answer.
   *
   * @param text 1 to 1 000 characters
   * @param confidence how well it fits, 0 to 1: the share of the question's BM25 weight that the
   *     best lesson or memory covers, less where the lesson answered another sort of question (when
   *     instead of what); 0.5 for advice by what the person likes and for what is remembered;
   *     without either 0.6 for small talk that was understood (a greeting, thanks, a moment to
   *     rejoice over), 0.3 for a question or a wish, else 0.2
   * @param personality how much it is in the creator's manner, 0 to 1, over its words, the mean of
   *     0.6 for a word that was taught and 0.4 for one that was taught after the word before it,
   *     each times c / (c + 0.25) with the summed weight c of its lessons; 0 before any lesson
   * @param memoryUsed whether a memory of the person stands in it, or before the model that wrote
   *     it
   * @param model which model has answered
   */
  public record Reply(
      String text, double confidence, double personality, boolean memoryUsed, String model) {}

  private record Kept(String id, String relation, String object, String category, Instant at) {
    String told() {
      return Facts.told(relation, object);
    }
  }

  private record Index(long taught, Lessons lessons) {}

  private final Store store;
  private final InstantSource clock;
  private final Ids ids;
  private final TextModel model;
  private final Moderator moderator;
  private final Sound sound;

  /** By organisation, that used longest ago first; guarded by itself. */
  private final Map<String, Index> indices = new LinkedHashMap<>(16, 0.75f, true);

  /** The personas of a store. */
  public Persona(Store store, InstantSource clock, Ids ids, TextModel model, Moderator moderator) {
    this.store = store;
    this.clock = clock;
    this.ids = ids;
    this.model = model;
    this.moderator = moderator;
    this.sound = new Sound(moderator);
  }

  /**
   * Teaches lines of a conversation. A line of the creator is an answer to the lines of others just
   * before it, or a saying of its own.
   *
   * @param lines 1 to 1 000
   * @param source where they are from, 1 to 64 characters
   * @param weight how much they count beside others, above 0 and up to 10
   * @throws Failure INVALID, subjects {@code content}, {@code source} and {@code weight}
   */
  public Learned learn(String organisation, List<Lesson> lines, String source, double weight) {
    Failure.requireInRange("content", "Number of messages", lines.size(), 1, MOST_LINES, "");
    String from = Failure.requireText("source", "Source", source.strip(), 1, 64);
    if (!(weight > 0 && weight <= 10)) {
      throw Failure.outOfRange("weight", "Weight", weight, 0, 10, "(0 excluded)");
    }
    Instant now = now();
    store.change(
        handle -> {
          store.lock("persona:" + organisation);
          long number = taught(handle, organisation);
          StringBuilder prompt = new StringBuilder();
          for (Lesson line : lines) {
            if (line.role() == Lesson.Role.USER) {
              prompt.append(prompt.isEmpty() ? "" : "\n").append(line.text());
              if (prompt.length() > LONGEST_MESSAGE) {
                prompt.delete(0, prompt.length() - LONGEST_MESSAGE);
              }
            } else {
              handle
                  .createUpdate(
                      "INSERT INTO persona_lesson (organisation, number, prompt, answer, source,"
                          + " weight, created_at) VALUES (:organisation, :number, :prompt,"
                          + " :answer, :source, :weight, :now)")
                  .bind("organisation", organisation)
                  .bind("number", ++number)
                  .bind("prompt", prompt.toString())
                  .bind("answer", line.text())
                  .bind("source", from)
                  .bind("weight", weight)
                  .bind("now", now.toEpochMilli())
                  .execute();
              prompt.setLength(0);
            }
          }
          handle
              .createUpdate(
                  "INSERT INTO persona_state (organisation, taught) VALUES (:organisation, :taught)"
                      + " ON CONFLICT (organisation) DO UPDATE SET taught = :taught")
              .bind("organisation", organisation)
              .bind("taught", number)
              .execute();
          handle
              .createUpdate(
                  "DELETE FROM persona_lesson WHERE organisation = :organisation"
                      + " AND number <= :oldest")
              .bind("organisation", organisation)
              .bind("oldest", number - MOST_LESSONS)
              .execute();
        });
    return new Learned(lines.size(), now);
  }

  /**
   * Answers a message, remembers what the person says of himself, and keeps the exchange as context
   * of the next.
   *
   * @param person 1 to 128 characters; empty for somebody unknown, of whom nothing is kept
   * @param message 1 to 4 000 characters
   * @param context such as {@code platform}, at most 20 names and values
   * @throws Failure INVALID, subjects {@code user_id}, {@code message} and {@code context}
   */
  public Reply chat(
      String organisation, Optional<String> person, String message, Map<String, String> context) {
    String said = Failure.requireText("message", "Message", message.strip(), 1, LONGEST_MESSAGE);
    person.ifPresent(Persona::requirePerson);
    ContentPlan checked =
        new ContentPlan(
            ContentPlan.Kind.REPLY,
            "context",
            context,
            Optional.empty(),
            java.util.OptionalInt.empty(),
            java.util.OptionalLong.empty());
    Lessons lessons = lessons(organisation);
    List<Kept> memories =
        person.map(id -> store.read(handle -> kept(handle, organisation, id))).orElse(List.of());
    List<String> before =
        person.map(id -> store.read(handle -> turns(handle, organisation, id))).orElse(List.of());
    Reply reply = answer(lessons, memories, before, said, checked.context());
    person.ifPresent(id -> remember(organisation, id, said, reply.text()));
    return reply;
  }

  /**
   * Writes something.
   *
   * @return it with two alternatives at least
   */
  public Content generate(String organisation, ContentPlan plan) {
    Lessons lessons = lessons(organisation);
    List<String> written = new ArrayList<>();
    String author = NAME;
    if (!(model instanceof EmbeddedModel)) {
      Optional<TextModel.Completion> completion = ask(writingPrompt(lessons, plan));
      if (completion.isPresent()) {
        for (String line : completion.get().text().split("\\n+", -1)) {
          String bare = line.replaceFirst("^\\s*(?:\\d+[.)]|[-*])\\s*", "").strip();
          if (!bare.isEmpty() && passes(bare)) {
            written.add(fit(plan, bare));
          }
        }
        author = written.isEmpty() ? NAME : completion.get().model();
      }
    }
    long seed =
        plan.seed()
            .orElse(
                31L * plan.topic().hashCode() + plan.context().hashCode() + plan.kind().ordinal());
    List<String> forms = new ArrayList<>(Templates.texts(plan, new Random(seed)));
    List<String> own = new ArrayList<>();
    String wanted =
        Templates.said(plan)
            ? Speech.of(plan.topic()).core()
            : plan.topic() + " " + String.join(" ", plan.context().values());
    List<Lessons.Candidate> taught = lessons.answersTo(wanted, "", 3);
    taught = taught.stream().filter(one -> one.share() >= LEAST_SHARE).toList();
    if (plan.kind() == ContentPlan.Kind.REPLY && Templates.said(plan)) {
      // Something was said, and a reply answers it as the chat would.
      forms.clear();
      taught.forEach(candidate -> own.add(fit(plan, candidate.pair().answer())));
      SmallTalk.answers(
              moderated(Speech.of(plan.topic()), plan.topic()), "", false, new Random(seed))
          .forEach(answer -> forms.add(answer.text()));
    } else if (plan.kind() != ContentPlan.Kind.TITLE) {
      // A saying of the creator's that fits the topic makes it sound like the creator.
      for (Lessons.Candidate candidate : taught) {
        String answer = candidate.pair().answer();
        if (Templates.asks(plan)) {
          own.add(fit(plan, Templates.capital(Templates.what(plan)) + " " + answer));
        } else if (!forms.isEmpty()) {
          own.add(fit(plan, forms.remove(0) + " " + answer));
        }
      }
    }
    forms.forEach(text -> own.add(fit(plan, text)));
    own.removeIf(text -> !passes(text));
    for (String text : Templates.plain(plan)) {
      // The plainest words, for what makes every template sound like an advertisement.
      if (own.size() < 3 && passes(text)) {
        own.add(fit(plan, text));
      }
    }
    if (own.isEmpty()) {
      // The topic itself does not pass.
      throw Failure.of(
          Failure.Reason.INVALID, "topic", "The topic does not pass the persona's own moderation");
    }
    // What had to be cut comes last; the order of equals is that of the seed.
    own.sort(
        Comparator.comparing((String text) -> text.contains("\u2026"))
            .thenComparingDouble(text -> -Math.round(lessons.manner(text) * 20)));
    Set<String> texts = new LinkedHashSet<>(written);
    texts.addAll(own);
    List<String> best = texts.stream().limit(3).toList();
    return new Content(best.get(0), best.subList(1, best.size()), sound.of(best.get(0)), author);
  }

  /** How a text sounds. */
  public Content.Tone tone(String text) {
    return sound.of(text);
  }

  /**
   * What is remembered of a person.
   *
   * @param question only what shares a word with it, the most relevant first; everything, the
   *     newest first, when empty
   * @param limit 1 to 100
   * @throws Failure INVALID, subjects {@code user_id}, {@code limit} and {@code q}
   */
  public List<Memory> memories(
      String organisation, String person, Optional<String> question, int limit) {
    requirePerson(person);
    Failure.requireInRange("limit", "Limit", limit, 1, 100, "");
    question.ifPresent(
        text -> {
          String unused = Failure.requireText("q", "Question", text, 1, 500);
        });
    List<Kept> kept = store.read(handle -> kept(handle, organisation, person));
    List<Memory> memories = new ArrayList<>();
    if (question.isPresent()) {
      for (Bm25.Hit hit : search(kept, question.get())) {
        memories.add(memory(kept.get(hit.text()), hit.share()));
      }
      memories.sort(
          Comparator.comparingDouble(Memory::relevance).reversed().thenComparing(Memory::id));
    } else {
      for (Kept one : kept) {
        double days = Duration.between(one.at(), now()).toMillis() / 86_400_000.0;
        memories.add(memory(one, StrictMath.pow(0.5, Math.max(0, days) / 180)));
      }
    }
    return List.copyOf(memories.size() > limit ? memories.subList(0, limit) : memories);
  }

  /**
   * Forgets one thing of a person.
   *
   * @throws Failure NOT_FOUND, subject {@code memory}, when this organisation has none of that id
   */
  public void forget(String organisation, String memoryId) {
    int gone =
        store.write(
            handle ->
                handle
                    .createUpdate(
                        "DELETE FROM persona_memory WHERE organisation = :organisation AND id ="
                            + " :id")
                    .bind("organisation", organisation)
                    .bind("id", memoryId)
                    .execute());
    if (gone == 0) {
      throw Failure.notFound("memory", memoryId);
    }
  }

  /**
   * Forgets a person: every memory and every exchange.
   *
   * @return how many memories there were
   */
  public int forgetPerson(String organisation, String person) {
    requirePerson(person);
    return store.write(
        handle -> {
          int unused = delete(handle, "persona_turn", organisation, person);
          return delete(handle, "persona_memory", organisation, person);
        });
  }

  private static int delete(Handle handle, String table, String organisation, String person) {
    return handle
        .createUpdate(
            "DELETE FROM " + table + " WHERE organisation = :organisation AND person = :person")
        .bind("organisation", organisation)
        .bind("person", person)
        .execute();
  }

  private Reply answer(
      Lessons lessons,
      List<Kept> memories,
      List<String> before,
      String message,
      Map<String, String> context) {
    String platform = context.getOrDefault("platform", "");
    Speech speech = moderated(Speech.of(message), message);
    List<Bm25.Hit> recalled = new ArrayList<>(search(memories, speech.core()));
    recalled.sort(Comparator.comparingDouble(Bm25.Hit::share).reversed());
    List<Lessons.Candidate> candidates = lessons.answersTo(speech.core(), platform, 8);
    if (candidates.isEmpty() && !before.isEmpty() && FOLLOWS.matcher(speech.core()).matches()) {
      // A message such as "and then?" is about what was said before.
      candidates = lessons.answersTo(Speech.of(before.get(0)).core(), platform, 8);
    }
    if (!(model instanceof EmbeddedModel)) {
      Optional<TextModel.Completion> completion =
          ask(chatPrompt(candidates, memories, recalled, before, message));
      if (completion.isPresent() && passes(completion.get().text())) {
        String text = completion.get().text().strip();
        double share = candidates.isEmpty() ? 0 : candidates.get(0).share();
        double memory = recalled.isEmpty() ? 0 : recalled.get(0).share();
        return new Reply(
            text,
            Math.max(share, memory),
            lessons.manner(text),
            !memories.isEmpty(),
            completion.get().model());
      }
    }
    Optional<Reply> fond = fromWhatTheyLike(lessons, memories, speech);
    boolean taught = !candidates.isEmpty() && candidates.get(0).share() >= LEAST_SHARE;
    if (fond.isPresent() && !taught) {
      return fond.get();
    }
    if (speech.intent() == Speech.Intent.REMEMBRANCE && !memories.isEmpty()) {
      Kept kept = memories.get(0);
      String text = "Of course, " + Facts.addressed(kept.relation(), kept.object()) + "!";
      if (passes(text)) {
        return new Reply(text, FOND, lessons.manner(text), true, NAME);
      }
    }
    if (!recalled.isEmpty()
        && speech.intent() != Speech.Intent.ADVICE
        && OF_MYSELF.matcher(message).matches()) {
      Bm25.Hit hit = recalled.get(0);
      Kept kept = memories.get(hit.text());
      String text = Templates.capital(Facts.addressed(kept.relation(), kept.object())) + ".";
      boolean better = candidates.isEmpty() || candidates.get(0).share() <= hit.share() + 0.25;
      if (better && hit.share() >= LEAST_MEMORY && passes(text)) {
        return new Reply(text, hit.share(), lessons.manner(text), true, NAME);
      }
    }
    double least = speech.intent().question() ? LEAST_SHARE : LEAST_SMALL;
    for (Lessons.Candidate candidate : candidates) {
      String text = cut(candidate.pair().answer(), LONGEST_ANSWER);
      if (candidate.share() >= least && passes(text)) {
        return new Reply(text, candidate.share(), lessons.manner(text), false, NAME);
      }
    }
    String name =
        memories.stream()
            .filter(kept -> kept.relation().equals("name"))
            .map(Kept::object)
            .filter(this::passes)
            .findFirst()
            .orElse("");
    List<SmallTalk.Small> answers =
        SmallTalk.answers(
            speech, name, !Facts.of(message).isEmpty(), new Random(message.hashCode()));
    SmallTalk.Small small =
        answers.stream()
            .filter(answer -> passes(answer.text()))
            .findFirst()
            .orElse(answers.get(answers.size() - 1));
    return new Reply(
        small.text(),
        small.confidence(),
        lessons.manner(small.text()),
        !name.isEmpty() && small.text().contains(name),
        NAME);
  }

  /** What hurts or advertises is answered as that. */
  private Speech moderated(Speech speech, String message) {
    Moderator.Scores scores = moderator.score(message);
    boolean unkind = scores.toxicity() >= UNKIND;
    return unkind || scores.spam() >= MOST_SPAM
        ? new Speech(
            unkind ? Speech.Intent.UNKIND : Speech.Intent.PLUG,
            Speech.Asked.NOTHING,
            false,
            message,
            "")
        : speech;
  }

  /** Advice on what to play, watch, eat and so on, by what the person likes. */
  private Optional<Reply> fromWhatTheyLike(Lessons lessons, List<Kept> memories, Speech speech) {
    if (speech.intent() != Speech.Intent.ADVICE) {
      return Optional.empty();
    }
    List<String> asked = Sound.Terms.telling(speech.core());
    for (Kept kept : memories) {
      Optional<String> fond = Facts.fondOf(kept.relation(), kept.object(), asked);
      if (fond.isPresent()) {
        String hello = speech.greeted() ? "Hey! " : "";
        String text =
            hello
                + Templates.capital(Facts.addressed(kept.relation(), kept.object()))
                + ", so how about "
                + fond.get()
                + "?";
        if (passes(text)) {
          return Optional.of(new Reply(text, FOND, lessons.manner(text), true, NAME));
        }
      }
    }
    return Optional.empty();
  }

  private Optional<TextModel.Completion> ask(TextModel.Prompt prompt) {
    try {
      return Optional.of(model.complete(prompt));
    } catch (Failure failure) {
      // The persona answers by itself, under its own name.
      return Optional.empty();
    }
  }

  private static TextModel.Prompt chatPrompt(
      List<Lessons.Candidate> candidates,
      List<Kept> memories,
      List<Bm25.Hit> recalled,
      List<String> before,
      String message) {
    StringBuilder system =
        new StringBuilder("Answer as the creator would, in one or two friendly sentences.");
    for (Lessons.Candidate candidate : candidates) {
      system.append("\nAsked: ").append(cut(candidate.pair().prompt(), 500));
      system.append("\nThe creator said: ").append(cut(candidate.pair().answer(), 500));
    }
    Set<Kept> known = new LinkedHashSet<>();
    recalled.stream().limit(5).forEach(hit -> known.add(memories.get(hit.text())));
    memories.stream().limit(5).forEach(known::add);
    known.forEach(kept -> system.append('\n').append(kept.told()).append('.'));
    List<TextModel.Turn> turns = new ArrayList<>();
    turns.add(new TextModel.Turn(TextModel.Role.SYSTEM, system.toString()));
    for (int i = Math.min(before.size(), 8) - 2; i >= 0; i -= 2) {
      turns.add(new TextModel.Turn(TextModel.Role.USER, before.get(i)));
      turns.add(new TextModel.Turn(TextModel.Role.ASSISTANT, before.get(i + 1)));
    }
    turns.add(new TextModel.Turn(TextModel.Role.USER, message));
    return new TextModel.Prompt(turns, LONGEST_ANSWER);
  }

  private static TextModel.Prompt writingPrompt(Lessons lessons, ContentPlan plan) {
    StringBuilder system =
        new StringBuilder("Write in the manner of the creator. Examples of the creator's words:");
    lessons
        .answersTo(plan.topic() + " " + String.join(" ", plan.context().values()), "", 8)
        .forEach(candidate -> system.append('\n').append(cut(candidate.pair().answer(), 300)));
    String question =
        "Write three versions of a "
            + plan.kind().name().toLowerCase(Locale.ROOT)
            + " about "
            + plan.topic()
            + ", one a line, each of at most "
            + plan.most()
            + " characters, without tags. What is known: "
            + plan.context();
    return TextModel.Prompt.of(
        system.toString(), question, Math.min(20_000, 3 * plan.most() + 200));
  }

  private boolean passes(String text) {
    Moderator.Scores scores = moderator.score(text);
    return scores.toxicity() < MOST_TOXICITY
        && scores.spam() < MOST_SPAM
        && scores.nsfw() < MOST_NSFW;
  }

  /** Cuts to the plan's length and adds the tags that have room. */
  private static String fit(ContentPlan plan, String text) {
    int most = plan.most();
    StringBuilder whole = new StringBuilder(cut(text, most));
    if (plan.wantsTags()) {
      for (String tag : Templates.tags(plan)) {
        if (length(whole) + 1 + length(tag) <= most) {
          whole.append(' ').append(tag);
        }
      }
    }
    return whole.toString();
  }

  private static int length(CharSequence text) {
    return Character.codePointCount(text, 0, text.length());
  }

  /** At most so many characters, cut between words where there is a blank. */
  private static String cut(String text, int most) {
    if (length(text) <= most) {
      return text;
    }
    String part = text.substring(0, text.offsetByCodePoints(0, most - 1));
    int blank = part.lastIndexOf(' ');
    return (blank > most / 2 ? part.substring(0, blank) : part).stripTrailing() + "…";
  }

  private static List<Bm25.Hit> search(List<Kept> memories, String question) {
    if (memories.isEmpty()) {
      return List.of();
    }
    // The word mentioned stands in all of them and says nothing.
    return new Bm25(
            memories.stream()
                .map(kept -> kept.told().substring("User mentioned ".length()) + " " + hint(kept))
                .toList())
        .find(question);
  }

  /** Words that a question for it may have. */
  private static String hint(Kept kept) {
    return switch (kept.relation()) {
      case "from", "lives" -> "where from country city";
      case "name" -> "name who called";
      case "age" -> "old age";
      case "works" -> "work job do";
      case "has" -> "own pet";
      case "likes", "dislikes" -> "like love hate prefer";
      case "does" -> "hobby game play stream watch";
      default -> "";
    };
  }

  private static Memory memory(Kept kept, double relevance) {
    return new Memory(kept.id(), kept.told(), kept.category(), kept.at(), relevance);
  }

  private Lessons lessons(String organisation) {
    long taught = store.read(handle -> taught(handle, organisation));
    synchronized (indices) {
      Index known = indices.get(organisation);
      if (known != null && known.taught() == taught) {
        return known.lessons();
      }
    }
    List<Lessons.Pair> pairs =
        store.read(
            handle ->
                handle
                    .createQuery(
                        "SELECT * FROM persona_lesson WHERE organisation = :organisation"
                            + " ORDER BY number")
                    .bind("organisation", organisation)
                    .map(
                        (row, rows) ->
                            new Lessons.Pair(
                                row.getString("prompt"),
                                row.getString("answer"),
                                row.getString("source"),
                                row.getDouble("weight")))
                    .list());
    Lessons lessons = new Lessons(pairs);
    synchronized (indices) {
      Index unused = indices.put(organisation, new Index(taught, lessons));
      if (indices.size() > MOST_INDICES) {
        indices.remove(indices.keySet().iterator().next());
      }
    }
    return lessons;
  }

  private static long taught(Handle handle, String organisation) {
    return handle
        .createQuery("SELECT taught FROM persona_state WHERE organisation = :organisation")
        .bind("organisation", organisation)
        .mapTo(Long.class)
        .findOne()
        .orElse(0L);
  }

  private static List<Kept> kept(Handle handle, String organisation, String person) {
    return handle
        .createQuery(
            "SELECT * FROM persona_memory WHERE organisation = :organisation AND person = :person"
                + " ORDER BY created_at DESC, id DESC")
        .bind("organisation", organisation)
        .bind("person", person)
        .map(
            (row, context) ->
                new Kept(
                    row.getString("id"),
                    row.getString("relation"),
                    row.getString("object"),
                    row.getString("category"),
                    Instant.ofEpochMilli(row.getLong("created_at"))))
        .list();
  }

  /** Messages and answers in turn, the newest exchange first. */
  private static List<String> turns(Handle handle, String organisation, String person) {
    List<String> turns = new ArrayList<>();
    handle
        .createQuery(
            "SELECT message, answer FROM persona_turn WHERE organisation = :organisation"
                + " AND person = :person ORDER BY number DESC")
        .bind("organisation", organisation)
        .bind("person", person)
        .map((row, context) -> List.of(row.getString("message"), row.getString("answer")))
        .forEach(turns::addAll);
    return turns;
  }

  private void remember(String organisation, String person, String message, String answer) {
    List<Facts.Fact> facts = Facts.of(message);
    long now = now().toEpochMilli();
    store.change(
        handle -> {
          store.lock("persona:" + organisation + ":" + person);
          for (Facts.Fact fact : facts) {
            handle
                .createUpdate(
                    "DELETE FROM persona_memory WHERE organisation = :organisation"
                        + " AND person = :person AND relation = :relation"
                        + " AND (:object = '' OR object = :object)")
                .bind("organisation", organisation)
                .bind("person", person)
                .bind("relation", fact.relation())
                .bind("object", fact.single() ? "" : fact.object())
                .execute();
            handle
                .createUpdate(
                    "INSERT INTO persona_memory (id, organisation, person, relation, object,"
                        + " category, created_at) VALUES (:id, :organisation, :person, :relation,"
                        + " :object, :category, :now)")
                .bind("id", ids.next("mem"))
                .bind("organisation", organisation)
                .bind("person", person)
                .bind("relation", fact.relation())
                .bind("object", fact.object())
                .bind("category", fact.category())
                .bind("now", now)
                .execute();
          }
          if (!facts.isEmpty()) {
            handle
                .createUpdate(
                    "DELETE FROM persona_memory WHERE id IN (SELECT id FROM persona_memory"
                        + " WHERE organisation = :organisation AND person = :person"
                        + " ORDER BY created_at DESC, id DESC LIMIT 1000 OFFSET :most)")
                .bind("organisation", organisation)
                .bind("person", person)
                .bind("most", MOST_MEMORIES)
                .execute();
          }
          long number =
              1
                  + handle
                      .createQuery(
                          "SELECT COALESCE(MAX(number), 0) FROM persona_turn"
                              + " WHERE organisation = :organisation AND person = :person")
                      .bind("organisation", organisation)
                      .bind("person", person)
                      .mapTo(Long.class)
                      .one();
          handle
              .createUpdate(
                  "INSERT INTO persona_turn (organisation, person, number, message, answer,"
                      + " created_at) VALUES (:organisation, :person, :number, :message, :answer,"
                      + " :now)")
              .bind("organisation", organisation)
              .bind("person", person)
              .bind("number", number)
              .bind("message", message)
              .bind("answer", answer)
              .bind("now", now)
              .execute();
          handle
              .createUpdate(
                  "DELETE FROM persona_turn WHERE organisation = :organisation"
                      + " AND person = :person AND number <= :oldest")
              .bind("organisation", organisation)
              .bind("person", person)
              .bind("oldest", number - MOST_TURNS)
              .execute();
        });
  }

  private static void requirePerson(String person) {
    String unused = Failure.requireText("user_id", "User id", person, 1, 128);
  }

  private Instant now() {
    return Instant.ofEpochMilli(clock.millis());
  }
}
