package dev.spanda.core.blessing;

import dev.spanda.core.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The sentences of one language, read from a text file; the file says how it is written. */
final class Grammar {

  /** The languages whose files are here; a further language is a further file. */
  static final List<String> LANGUAGES = List.of("de", "en");

  private static final Pattern SLOT = Pattern.compile("\\{(\\p{L}[\\p{L}\\d]*)}");
  private static final Pattern NOT_LETTERS = Pattern.compile("[^\\p{L}\\d]+");

  private final Map<String, String> headers = new LinkedHashMap<>();
  private final Map<String, List<String>> themes = new LinkedHashMap<>();
  private final Map<String, List<String>> sections = new LinkedHashMap<>();
  private final Set<String> wishing;
  private final Set<String> unkind;

  private Grammar(List<String> lines) {
    String section = "";
    for (String line : lines) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith("@theme ")) {
        List<String> words = List.of(line.split(" "));
        themes.put(words.get(1), words.subList(2, words.size()));
      } else if (line.startsWith("@")) {
        int blank = line.indexOf(' ');
        headers.put(line.substring(1, blank), line.substring(blank + 1));
      } else if (line.startsWith("[")) {
        section = line.substring(1, line.length() - 1);
      } else {
        sections.computeIfAbsent(section, key -> new ArrayList<>()).add(line);
      }
    }
    wishing = Set.of(header("wishing").split(" "));
    unkind = Set.of(header("unkind").split(" "));
  }

  /** The grammar of a language of {@link #LANGUAGES}. */
  static Grammar read(String language) {
    return new Grammar(lines(language + ".txt"));
  }

  /** The lines of a file of this package. */
  static List<String> lines(String name) {
    try (InputStream in = Grammar.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  String header(String key) {
    String value = headers.get(key);
    if (value == null) {
      throw Failure.of(Failure.Reason.FAILED, "language", "The grammar has no line @" + key);
    }
    return value;
  }

  /** The themes that an intention touches, in the order of the file. */
  List<String> themes(String intention) {
    List<String> words = words(intention);
    return themes.entrySet().stream()
        .filter(
            theme ->
                theme.getValue().stream()
                    .anyMatch(stem -> words.stream().anyMatch(word -> word.startsWith(stem))))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** The lines of a section; none when there is no such section. */
  List<String> section(String name) {
    return List.copyOf(sections.getOrDefault(name, List.of()));
  }

  /**
   * A sentence made of a template, its first letter large.
   *
   * @param chooser picks one of a section's lines
   * @param given what stands for names that are no sections; it is put in as it is
   */
  String expand(
      String template, Function<List<String>, String> chooser, Map<String, String> given) {
    String text = template;
    for (Matcher slot = next(text, given); slot != null; slot = next(text, given)) {
      String chosen = chooser.apply(section(slot.group(1)));
      text = text.substring(0, slot.start()) + chosen + text.substring(slot.end());
    }
    // What the caller gave comes last and at once, so that braces in it are only braces.
    StringBuilder out = new StringBuilder();
    Matcher slots = SLOT.matcher(text);
    while (slots.find()) {
      String value = given.getOrDefault(slots.group(1), slots.group());
      slots.appendReplacement(out, Matcher.quoteReplacement(value));
    }
    slots.appendTail(out);
    int first = out.codePointAt(0);
    return Character.toString(Character.toTitleCase(first))
        + out.substring(Character.charCount(first));
  }

  private @Nullable Matcher next(String text, Map<String, String> given) {
    Matcher slots = SLOT.matcher(text);
    while (slots.find()) {
      if (!given.containsKey(slots.group(1)) && sections.containsKey(slots.group(1))) {
        return slots;
      }
    }
    return null;
  }

  boolean isWish(String word) {
    return wishing.contains(word);
  }

  boolean isUnkind(String word) {
    return unkind.contains(word);
  }

  /** The words of a text in lower case, without what is neither letter nor digit. */
  static List<String> words(String text) {
    List<String> words = new ArrayList<>();
    for (String part : text.split("\\s+")) {
      String plain = NOT_LETTERS.matcher(part).replaceAll("").toLowerCase(Locale.ROOT);
      if (!plain.isEmpty()) {
        words.add(plain);
      }
    }
    return words;
  }

  /** By this two sentences are the same. */
  static String key(String sentence) {
    return String.join(" ", words(sentence));
  }
}
