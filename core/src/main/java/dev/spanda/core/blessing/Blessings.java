package dev.spanda.core.blessing;

import dev.spanda.core.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes blessings, by a grammar or by a {@link Writer}.
 *
 * <p>The grammar is deterministic: the same plan with the same seed gives the same text, as long as
 * its session has not said some of it already. No text says a sentence twice, nor do two texts of a
 * session. What a session has said is kept in memory: the latest {@value #KEPT_SENTENCES} sentences
 * of the {@value #KEPT_SESSIONS} sessions that were used last.
 *
 * <p>A writer's text is taken when it has 0.7 to 1.3 times the words that were asked for, none of
 * the language's unkind words, at least two words in a hundred that wish well, and no sentence
 * twice or again in its session. Otherwise the grammar writes, and the note says why. Thread-safe.
 */
public final class Blessings {

  /** The pace at which texts are read aloud, with pauses. */
  public static final int WORDS_PER_MINUTE = 120;

  /** How many sentences of a session are remembered. */
  public static final int KEPT_SENTENCES = 4_000;

  /** How many sessions are remembered. */
  public static final int KEPT_SESSIONS = 500;

  private static final Logger LOG = LoggerFactory.getLogger(Blessings.class);
  private static final String GRAMMAR = "grammar";
  private static final String ENGLISH = "en";
  private static final int LONGEST_TARGET = 200;
  private static final int LONGEST_QUALITY = 60;
  private static final int MOST_QUALITIES = 12;
  private static final int LONGEST_SCOPE = 100;
  private static final int COMPOSITIONS = 40;

  /** Keeps the generators of neighbouring seeds apart. */
  private static final long GOLDEN = 0x9E3779B97F4A7C15L;

  private static final double CLOSE_ENOUGH = 0.03;
  private static final double FEWEST_WISHES = 0.02;

  /** A text of the grammar with the keys of its sentences. */
  private record Composed(String text, List<String> said) {}

  private final RandomGenerator random;
  private final Optional<Writer> writer;
  private final Map<String, Grammar> grammars = new TreeMap<>();
  private final List<Lineage> lineages = Lineage.read();

  /** What was said in each session; the session that was used longest ago stands first. */
  private final Map<String, LinkedHashSet<String>> sessions = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Blessings in all {@link #languages}.
   *
   * @param random draws a seed where none is given; safe for several threads
   * @param writer may write instead of the grammar
   */
  public Blessings(RandomGenerator random, Optional<Writer> writer) {
    this.random = random;
    this.writer = writer;
    for (String language : Grammar.LANGUAGES) {
      grammars.put(language, Grammar.read(language));
    }
  }

  /** The languages of narratives, each by two letters. */
  public List<String> languages() {
    return List.copyOf(grammars.keySet());
  }

  /** The lineages of {@link #massLiberation}. */
  public List<String> lineages() {
    return lineages.stream().map(Lineage::name).toList();
  }

  /**
   * A text to be read aloud: an opening, four wishes, the intention, further wishes, a share for
   * everyone, a mantra and a dedication. The grammar's number of words is within a tenth of the
   * plan's when intention and target together have no more than twenty.
   *
   * @throws Failure INVALID, subject {@code language}
   */
  public Narrative narrative(NarrativePlan plan) {
    Grammar grammar = grammar(plan.language());
    String target = plan.target().orElse(grammar.header("all"));
    Map<String, String> given = given(target, plan.intention());
    Set<String> before = remembered(plan.session());
    List<String> notes = new ArrayList<>();
    if (writer.isPresent()) {
      given.put("style", plan.style().word());
      String text =
          written(writer.get(), grammar, "prompt", given, plan.length().words(), before, notes);
      if (text != null) {
        remember(plan.session(), sentenceKeys(text));
        return narrative(text, writer.get().name(), notes);
      }
      given.remove("style");
    }
    List<String> themes = grammar.themes(plan.intention());
    long seed = plan.seed().isPresent() ? plan.seed().getAsLong() : random.nextLong();
    // Plans that differ get different texts even from the same seed.
    for (String part :
        List.of(plan.intention(), target, plan.style().word(), plan.length().word())) {
      seed = seed * 31 + part.hashCode();
    }
    Composed best = null;
    for (int i = 0; i < COMPOSITIONS; i++) {
      Composer composer =
          new Composer(grammar, new SplittableRandom(seed + i * GOLDEN), before, given);
      Composed composed = new Composed(composer.narrative(plan, themes), composer.said());
      double miss = miss(composed, plan.length().words());
      if (best == null || miss < miss(best, plan.length().words())) {
        best = composed;
      }
      if (miss <= CLOSE_ENOUGH) {
        break;
      }
    }
    Composed text = Objects.requireNonNull(best);
    remember(plan.session(), text.said());
    return narrative(text.text(), GRAMMAR, notes);
  }

  /**
   * Wishes for one recipient in English.
   *
   * @param recipient 1 to 200 characters that are not all blank
   * @param qualities what is wished, 1 to 12 words or short phrases of up to 60 characters
   * @param duration of reading the text aloud, 10 s to 1 h; the text has as many words as the pace
   *     gives, but at least a sentence for each quality
   * @param seed as in {@link NarrativePlan}
   * @throws Failure INVALID, subjects {@code recipient}, {@code qualities} and {@code duration}
   */
  public Compassion compassionate(
      String recipient, List<String> qualities, Duration duration, OptionalLong seed) {
    String target = NarrativePlan.line("recipient", "Recipient", recipient, LONGEST_TARGET);
    Failure.requireInRange(
        "qualities", "Number of qualities", qualities.size(), 1, MOST_QUALITIES, "");
    List<String> wanted = new ArrayList<>();
    for (String quality : qualities) {
      wanted.add(NarrativePlan.line("qualities", "Quality", quality, LONGEST_QUALITY));
    }
    Failure.requireInRange("duration", "Duration", duration.getSeconds(), 10, 3_600, "s");
    int words = (int) (duration.getSeconds() * WORDS_PER_MINUTE / 60);
    Grammar grammar = grammar(ENGLISH);
    Map<String, String> given = given(target, String.join(", ", wanted));
    List<String> notes = new ArrayList<>();
    if (writer.isPresent()) {
      String text =
          written(writer.get(), grammar, "compassionprompt", given, words, Set.of(), notes);
      if (text != null) {
        return compassion(grammar, text, wanted, writer.get().name(), notes);
      }
    }
    long start = seed.isPresent() ? seed.getAsLong() : random.nextLong();
    Composer composer = new Composer(grammar, new SplittableRandom(start), Set.of(), given);
    String text = composer.compassion(wanted, grammar.themes(String.join(" ", wanted)), words);
    return compassion(grammar, text, wanted, GRAMMAR, notes);
  }

  /**
   * A mantra for many, with how often it is said and the words that dedicate the merit.
   *
   * @param scope for whom, 1 to 100 characters that are not all blank
   * @param lineage one of {@link #lineages}, in any case
   * @param duration 60 s to 24 h
   * @throws Failure INVALID, subjects {@code scope}, {@code lineage} and {@code duration}
   */
  public Liberation massLiberation(String scope, String lineage, Duration duration) {
    String plain = NarrativePlan.line("scope", "Scope", scope, LONGEST_SCOPE);
    Lineage found =
        lineages.stream()
            .filter(
                each ->
                    each.name()
                        .toLowerCase(Locale.ROOT)
                        .equals(lineage.strip().toLowerCase(Locale.ROOT)))
            .findFirst()
            .orElseThrow(() -> Failure.notAllowed("lineage", lineage, lineages()));
    Failure.requireInRange("duration", "Duration", duration.getSeconds(), 60, 86_400, "s");
    long repetitions = duration.toMillis() / found.pace().toMillis();
    long malas = repetitions / Liberation.MALA;
    long dedications =
        malas * (Liberation.MALA / Liberation.DEDICATED_EVERY + 1)
            + repetitions % Liberation.MALA / Liberation.DEDICATED_EVERY;
    return new Liberation(
        plain,
        found.name(),
        found.mantra(),
        found.pace(),
        duration,
        repetitions,
        malas,
        found.dedication(),
        dedications);
  }

  private Grammar grammar(String language) {
    Grammar grammar = grammars.get(language.strip().toLowerCase(Locale.ROOT));
    if (grammar == null) {
      throw Failure.notAllowed("language", language, languages());
    }
    return grammar;
  }

  private static Map<String, String> given(String target, String intention) {
    Map<String, String> given = new LinkedHashMap<>();
    given.put("target", target.replaceAll("[.!?\\s]+$", ""));
    given.put("intention", intention.replaceAll("[.\\s]+$", ""));
    return given;
  }

  /** The writer's text, or null with a note of what was wrong with it. */
  private static @Nullable String written(
      Writer writer,
      Grammar grammar,
      String prompt,
      Map<String, String> given,
      int words,
      Set<String> before,
      List<String> notes) {
    Map<String, String> all = new LinkedHashMap<>(given);
    all.put("words", Integer.toString(words));
    int most = words * 13 / 10;
    int least = words * 7 / 10;
    try {
      String text =
          writer.write(grammar.expand(grammar.header(prompt), lines -> "", all), most).strip();
      String wrong = wrong(grammar, text, least, most, before);
      if (wrong == null) {
        return text;
      }
      notes.add(wrong + "; the grammar wrote instead");
    } catch (Failure e) {
      notes.add("The writer gave no text: " + e.getMessage() + "; the grammar wrote instead");
    } catch (RuntimeException e) {
      LOG.warn("The writer {} failed", writer.name(), e);
      notes.add("The writer failed; the grammar wrote instead");
    }
    return null;
  }

  private static @Nullable String wrong(
      Grammar grammar, String text, int least, int most, Set<String> before) {
    List<String> words = Grammar.words(text);
    if (words.size() < least || words.size() > most) {
      return "The writer's text has "
          + words.size()
          + " words, "
          + least
          + " to "
          + most
          + " are allowed";
    }
    if (words.stream().anyMatch(grammar::isUnkind)) {
      return "The writer's text has a word that is unkind";
    }
    long wishes = words.stream().filter(grammar::isWish).count();
    if (wishes < words.size() * FEWEST_WISHES) {
      return "The writer's text has " + wishes + " words that wish well among " + words.size();
    }
    List<String> keys = sentenceKeys(text);
    if (new HashSet<>(keys).size() < keys.size() || keys.stream().anyMatch(before::contains)) {
      return "The writer's text says a sentence again";
    }
    return null;
  }

  private static List<String> sentenceKeys(String text) {
    List<String> keys = new ArrayList<>();
    for (String sentence : text.split("(?<=[.!?])\\s+|\\n+", -1)) {
      String key = Grammar.key(sentence);
      if (!key.isEmpty()) {
        keys.add(key);
      }
    }
    return keys;
  }

  private static double miss(Composed composed, int words) {
    return Math.abs(Grammar.words(composed.text()).size() - words) / (double) words;
  }

  private static Narrative narrative(String text, String model, List<String> notes) {
    int words = Grammar.words(text).size();
    return new Narrative(text, words, readingTime(words), model, notes.stream().findFirst());
  }

  private static Compassion compassion(
      Grammar grammar, String text, List<String> qualities, String model, List<String> notes) {
    List<String> words = Grammar.words(text);
    Set<String> named = new HashSet<>(Grammar.words(String.join(" ", qualities)));
    long wishes =
        words.stream().filter(word -> grammar.isWish(word) || named.contains(word)).count();
    double density = wishes / (double) Math.max(1, words.size());
    Compassion.Energy energy =
        density < 0.06
            ? Compassion.Energy.LOW
            : density < 0.10 ? Compassion.Energy.MEDIUM : Compassion.Energy.HIGH;
    return new Compassion(
        text,
        qualities,
        energy,
        words.size(),
        readingTime(words.size()),
        model,
        notes.stream().findFirst());
  }

  private static Duration readingTime(int words) {
    return Duration.ofSeconds((words * 60L + WORDS_PER_MINUTE - 1) / WORDS_PER_MINUTE);
  }

  private Set<String> remembered(Optional<String> session) {
    if (session.isEmpty()) {
      return Set.of();
    }
    synchronized (sessions) {
      LinkedHashSet<String> said = sessions.get(session.get());
      return said == null ? Set.of() : Set.copyOf(said);
    }
  }

  private void remember(Optional<String> session, List<String> keys) {
    if (session.isEmpty()) {
      return;
    }
    synchronized (sessions) {
      LinkedHashSet<String> said =
          sessions.computeIfAbsent(session.get(), key -> new LinkedHashSet<>());
      said.addAll(keys);
      dropFirst(said.iterator(), said.size() - KEPT_SENTENCES);
      dropFirst(sessions.keySet().iterator(), sessions.size() - KEPT_SESSIONS);
    }
  }

  private static void dropFirst(Iterator<String> oldest, int count) {
    for (int i = 0; i < count; i++) {
      String unused = oldest.next();
      oldest.remove();
    }
  }
}
