package dev.spanda.core.blessing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Puts one text together, no sentence of which was said before. */
final class Composer {

  private static final int TRIES = 40;
  private static final int SENTENCES_A_PARAGRAPH = 4;

  private final Grammar grammar;
  private final RandomGenerator random;
  private final Set<String> before;
  private final Map<String, String> given;
  private final Set<String> said = new HashSet<>();
  private final List<String> order = new ArrayList<>();
  private final Map<String, List<String>> decks = new HashMap<>();

  /** The last choices from each list, so that one word is not heard twice in a row. */
  private final Map<List<String>, List<String>> recent = new HashMap<>();

  Composer(Grammar grammar, RandomGenerator random, Set<String> before, Map<String, String> given) {
    this.grammar = grammar;
    this.random = random;
    this.before = before;
    this.given = new LinkedHashMap<>(given);
  }

  /** The sentences in the order in which they were made, by their keys. */
  List<String> said() {
    return List.copyOf(order);
  }

  /** A narrative after the order of loving-kindness practice. */
  String narrative(NarrativePlan plan, List<String> themes) {
    int words = plan.length().words();
    boolean brief = plan.length() == NarrativePlan.Length.SHORT;
    List<String> opening = new ArrayList<>();
    List<String> wishes = new ArrayList<>();
    add(opening, "opening " + plan.style().word());
    if (brief) {
      add(wishes, "four");
    } else {
      add(opening, "naming");
      for (String wish : List.of("safe", "well", "calm", "ease")) {
        add(wishes, wish);
      }
    }
    String intention = draw(List.of("intend"));
    List<String> close = new ArrayList<>();
    add(close, "share");
    List<String> mantras = new ArrayList<>(grammar.section("mantra"));
    for (String theme : themes) {
      mantras.addAll(0, grammar.section("mantra " + theme));
    }
    boolean own = mantras.size() > grammar.section("mantra").size() && !brief;
    given.put("mantra", own ? mantras.get(0) : pick(grammar.section("mantra")));
    List<String> sound = new ArrayList<>();
    add(sound, "say");
    List<String> end = new ArrayList<>();
    add(end, "dedication");

    int fixed =
        count(opening)
            + count(wishes)
            + count(close)
            + count(sound)
            + count(end)
            + (intention == null ? 0 : Grammar.words(intention).size());
    List<String> pools = new ArrayList<>();
    pools.add("body " + plan.style().word());
    pools.add("body");
    for (String theme : themes) {
      pools.add("body " + theme);
    }
    if (plan.length() == NarrativePlan.Length.LONG) {
      // Enough templates for the whole text, so that none has to come twice.
      boolean warm = plan.style() == NarrativePlan.Style.COMPASSIONATE;
      pools.add(warm ? "body poetic" : "body compassionate");
      if (themes.isEmpty()) {
        pools.add("body love");
      }
    }
    List<String> body = body(pools, words - fixed);
    if (intention != null) {
      body.add(0, intention);
    }
    List<String> paragraphs = new ArrayList<>();
    paragraphs.add(String.join(" ", opening));
    paragraphs.add(String.join(" ", wishes));
    paragraphs.addAll(paragraphs(body));
    paragraphs.add(String.join(" ", close));
    paragraphs.add(String.join(" ", sound));
    paragraphs.add(String.join(" ", end));
    paragraphs.removeIf(String::isEmpty);
    return String.join("\n\n", paragraphs);
  }

  /** Wishes of given qualities. */
  String compassion(List<String> qualities, List<String> themes, int words) {
    List<String> body = new ArrayList<>();
    List<String> end = new ArrayList<>();
    add(body, words < 40 ? "four" : "safe");
    if (words >= 40) {
      add(end, "dedication");
    }
    int left = words - count(body) - count(end);
    int next = 0;
    int missed = 0;
    List<String> pools = new ArrayList<>(List.of("body compassionate", "body"));
    for (String theme : themes) {
      pools.add("body " + theme);
    }
    while ((left > 4 || next < qualities.size()) && missed < qualities.size() + 3) {
      // After each has been named, every third sentence is one of the others, for the ear's sake.
      boolean ofQuality = next < qualities.size() || next % 3 != 2;
      given.put("quality", qualities.get(next % qualities.size()));
      String sentence =
          ofQuality
              ? best(List.of("quality"), left)
              : best(List.of(pools.get(next % pools.size())), left);
      next++;
      if (sentence == null) {
        missed++;
        continue;
      }
      missed = 0;
      int size = Grammar.words(sentence).size();
      if (size > left + size / 2 && next > qualities.size()) {
        forget(sentence);
        break;
      }
      left -= size;
      body.add(sentence);
    }
    List<String> paragraphs = new ArrayList<>(paragraphs(body));
    if (!end.isEmpty()) {
      paragraphs.add(String.join(" ", end));
    }
    return String.join("\n\n", paragraphs);
  }

  /** Sentences of about so many words, taken from one pool after the other. */
  private List<String> body(List<String> pools, int words) {
    List<String> body = new ArrayList<>();
    int left = words;
    int missed = 0;
    int turn = -1;
    while (left > 4 && missed < pools.size()) {
      turn++;
      for (int i = 1; i < pools.size() && isSpent(pools.get(turn % pools.size())); i++) {
        turn++;
      }
      String sentence = best(List.of(pools.get(turn % pools.size())), left);
      if (sentence == null) {
        missed++;
        continue;
      }
      missed = 0;
      int size = Grammar.words(sentence).size();
      if (size > left + size / 2) {
        forget(sentence);
        break;
      }
      left -= size;
      body.add(sentence);
    }
    return body;
  }

  /** Near the end of the room that is left, the sentence of a few that fills it best. */
  private @Nullable String best(List<String> pools, int left) {
    if (left > 25) {
      return draw(pools);
    }
    String best = null;
    for (int i = 0; i < 6; i++) {
      String other = draw(pools);
      if (other == null) {
        break;
      }
      if (best == null || miss(other, left) < miss(best, left)) {
        if (best != null) {
          forget(best);
        }
        best = other;
      } else {
        forget(other);
      }
    }
    return best;
  }

  private static int miss(String sentence, int left) {
    return Math.abs(Grammar.words(sentence).size() - left);
  }

  private void forget(String sentence) {
    String key = Grammar.key(sentence);
    said.remove(key);
    order.remove(key);
  }

  private void add(List<String> to, String pool) {
    String sentence = draw(List.of(pool));
    if (sentence != null) {
      to.add(sentence);
    }
  }

  /** A sentence that was not said before; null when none is found. */
  private @Nullable String draw(List<String> pools) {
    for (int i = 0; i < TRIES; i++) {
      String sentence = grammar.expand(template(pools.get(0)), this::pick, given);
      String key = Grammar.key(sentence);
      if (!before.contains(key) && said.add(key)) {
        order.add(key);
        return sentence;
      }
    }
    return null;
  }

  /** The templates of a pool come in a shuffled order, each once before one comes again. */
  private String template(String pool) {
    List<String> deck = decks.computeIfAbsent(pool, key -> new ArrayList<>());
    if (deck.isEmpty()) {
      deck.addAll(grammar.section(pool));
    }
    return deck.remove(random.nextInt(deck.size()));
  }

  /** Whether every template of a pool was used; it begins anew only when no other is left. */
  private boolean isSpent(String pool) {
    List<String> deck = decks.get(pool);
    return deck != null && deck.isEmpty();
  }

  private String pick(List<String> lines) {
    List<String> latest = recent.computeIfAbsent(lines, key -> new ArrayList<>());
    String line = lines.get(random.nextInt(lines.size()));
    for (int i = 0; i < TRIES && latest.contains(line); i++) {
      line = lines.get(random.nextInt(lines.size()));
    }
    latest.add(line);
    if (latest.size() > lines.size() / 2) {
      latest.remove(0);
    }
    return line;
  }

  private static int count(List<String> sentences) {
    return sentences.stream().mapToInt(sentence -> Grammar.words(sentence).size()).sum();
  }

  private static List<String> paragraphs(List<String> sentences) {
    List<String> paragraphs = new ArrayList<>();
    for (int from = 0; from < sentences.size(); from += SENTENCES_A_PARAGRAPH) {
      int to = Math.min(sentences.size(), from + SENTENCES_A_PARAGRAPH);
      paragraphs.add(String.join(" ", sentences.subList(from, to)));
    }
    return paragraphs;
  }
}
