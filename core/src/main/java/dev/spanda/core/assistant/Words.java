package dev.spanda.core.assistant;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Takes names, colours, sizes, numbers and ids out of what a person writes. */
final class Words {

  private static final Pattern QUOTED =
      Pattern.compile(
          "\"([^\"]{1,200})\"|“([^”]{1,200})”|«([^»]{1,200})»"
              + "|(?<![\\p{L}\\p{N}])['‘](.{1,200}?)['’](?![\\p{L}\\p{N}])");
  private static final Pattern CALLED =
      Pattern.compile(
          "(?i)\\b(?:called|named|(?:name|title|text) (?:is|should be|will be)|it says|saying)"
              + "\\s*:?\\s+([^.,;!?\\n]{1,100})");
  private static final Pattern ENDS_NAME =
      Pattern.compile("(?i)\\s+(?:and|with|in|please|for|using|but)\\s.*|\\s+please$");
  private static final Pattern HEX =
      Pattern.compile("#([0-9a-fA-F]{6}|[0-9a-fA-F]{3})(?![0-9a-zA-Z])");
  private static final Pattern SIZE =
      Pattern.compile("(?i)(?<![\\d.])(\\d{1,5})\\s*(?:px)?\\s*(?:x|×|by)\\s*(\\d{1,5})(?![\\d.])");
  private static final Pattern SQUARE =
      Pattern.compile("(?i)(\\d{1,5})\\s*(?:px|pixels?)\\s+square");
  private static final Pattern NUMBER =
      Pattern.compile("(?<![\\w.#])(\\d{1,9}(?:\\.\\d{1,6})?)\\s*(%|[a-zA-Z]+)?");
  private static final Pattern FILE = Pattern.compile("\\bfile_[0-9a-z]{1,40}\\b");
  private static final Pattern SUBJECT =
      Pattern.compile(
          "(?i)\\bfor\\s+(?:my|our|a|an|the|his|her|their)\\s+((?:new\\s+)?[\\p{L}\\- ]{2,60})");
  private static final Pattern ENDS_SUBJECT =
      Pattern.compile("(?i)\\s+(?:called|named|with|in|and|that|which|please|using|at|on|of)\\b.*");

  private static final Map<String, String> COLORS = colors();

  private Words() {}

  /** Text in quotes, the first of it. */
  static Optional<String> quoted(String text) {
    Matcher matcher = QUOTED.matcher(text);
    while (matcher.find()) {
      for (int group = 1; group <= 4; group++) {
        if (matcher.group(group) != null && !matcher.group(group).isBlank()) {
          return Optional.of(matcher.group(group).strip());
        }
      }
    }
    return Optional.empty();
  }

  /** The same text without what stands in quotes, so that 'Blue Moon' asks for no blue. */
  static String unquoted(String text) {
    return QUOTED.matcher(text).replaceAll(" ");
  }

  /** A name in quotes or after "called". */
  static Optional<String> name(String text) {
    Optional<String> quoted = quoted(text);
    if (quoted.isPresent()) {
      return quoted;
    }
    Matcher matcher = CALLED.matcher(text);
    if (matcher.find()) {
      String name = ENDS_NAME.matcher(matcher.group(1)).replaceFirst("").strip();
      return name.isEmpty() ? Optional.empty() : Optional.of(name);
    }
    return Optional.empty();
  }

  /** A message that is the whole answer to a question, without the words around it. */
  static Optional<String> answer(String text) {
    String answer =
        text.strip()
            .replaceFirst("(?i)^(?:it'?s|it is|that'?s|that is|just|use|call it|name it)\\s+", "")
            .replaceFirst("[.!]+$", "")
            .strip();
    return answer.isEmpty() || answer.length() > 200 ? Optional.empty() : Optional.of(answer);
  }

  /** What something is for: "for my coffee shop" gives "coffee shop". */
  static @Nullable String subject(String text) {
    Matcher matcher = SUBJECT.matcher(unquoted(text));
    if (!matcher.find()) {
      return null;
    }
    String subject = ENDS_SUBJECT.matcher(matcher.group(1)).replaceFirst("").strip();
    subject = subject.replaceFirst("(?i)^new\\s+", "").toLowerCase(Locale.ROOT);
    return subject.isEmpty() || subject.split(" ").length > 4 ? null : subject;
  }

  /** Colours in the order of the text, as {@code #rrggbb}. */
  static List<String> colors(String text) {
    String plain = unquoted(text);
    Map<Integer, String> found = new java.util.TreeMap<>();
    Matcher hex = HEX.matcher(plain);
    while (hex.find()) {
      String digits = hex.group(1).toLowerCase(Locale.ROOT);
      if (digits.length() == 3) {
        digits = digits.replaceAll("(.)", "$1$1");
      }
      found.put(hex.start(), "#" + digits);
    }
    String lower = plain.toLowerCase(Locale.ROOT);
    COLORS.forEach(
        (name, value) -> {
          Matcher word = Pattern.compile("\\b" + name + "\\b").matcher(lower);
          if (word.find()) {
            found.put(word.start(), value);
          }
        });
    return List.copyOf(new LinkedHashSet<>(found.values()));
  }

  /** Width and height, or null. */
  static int @Nullable [] size(String text) {
    Matcher matcher = SIZE.matcher(unquoted(text));
    if (matcher.find()) {
      return new int[] {Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))};
    }
    Matcher square = SQUARE.matcher(unquoted(text));
    if (square.find()) {
      int side = Integer.parseInt(square.group(1));
      return new int[] {side, side};
    }
    return null;
  }

  /**
   * A number in that unit; minutes and hours count as seconds, kHz as Hz.
   *
   * @param asked whether the number was asked for, so that it may stand without its unit
   */
  static Optional<Double> number(String text, String unit, boolean asked) {
    Matcher matcher = NUMBER.matcher(unquoted(text));
    Optional<Double> bare = Optional.empty();
    while (matcher.find()) {
      double value = Double.parseDouble(matcher.group(1));
      String given = matcher.group(2) == null ? "" : matcher.group(2).toLowerCase(Locale.ROOT);
      Double factor = factor(given, unit);
      if (factor != null) {
        return Optional.of(value * factor);
      }
      if (bare.isEmpty() && asked) {
        bare = Optional.of(value);
      }
    }
    return bare;
  }

  private static @Nullable Double factor(String given, String unit) {
    return switch (unit) {
      case "s" ->
          switch (given) {
            case "s", "sec", "secs", "second", "seconds" -> 1.0;
            case "m", "min", "mins", "minute", "minutes" -> 60.0;
            case "h", "hour", "hours" -> 3600.0;
            default -> null;
          };
      case "hz" -> given.equals("hz") ? Double.valueOf(1) : given.equals("khz") ? 1000.0 : null;
      case "%" -> given.equals("%") || given.equals("percent") ? Double.valueOf(1) : null;
      case "px" -> given.startsWith("px") || given.startsWith("pixel") ? Double.valueOf(1) : null;
      default -> given.equals(unit) && !unit.isEmpty() ? Double.valueOf(1) : null;
    };
  }

  /** The id of a file. */
  static Optional<String> file(String text) {
    Matcher matcher = FILE.matcher(text);
    return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
  }

  /** Whether the word, or its plural, stands in the text. */
  static boolean has(String text, String word) {
    return Pattern.compile("(?i)(?<![\\p{L}])" + Pattern.quote(word) + "(?:e?s)?(?![\\p{L}])")
        .matcher(unquoted(text))
        .find();
  }

  /** The words of a text by their stems. */
  static List<String> stems(String text) {
    List<String> stems = new ArrayList<>();
    for (String word : text.toLowerCase(Locale.ROOT).split("[^\\p{L}\\p{N}]+", -1)) {
      if (word.length() > 1 && !FILLERS.contains(word)) {
        stems.add(stem(word));
      }
    }
    return stems;
  }

  private static String stem(String word) {
    for (String ending : List.of("ing", "ers", "er", "ed", "es", "s", "e")) {
      if (word.length() > ending.length() + 2 && word.endsWith(ending)) {
        return word.substring(0, word.length() - ending.length());
      }
    }
    return word;
  }

  private static final Set<String> FILLERS =
      Set.of(
          "a",
          "an",
          "the",
          "for",
          "my",
          "our",
          "your",
          "me",
          "to",
          "of",
          "and",
          "or",
          "in",
          "on",
          "with",
          "is",
          "it",
          "this",
          "that",
          "can",
          "could",
          "you",
          "please",
          "want",
          "need",
          "would",
          "like",
          "create",
          "make",
          "made",
          "new",
          "some",
          "do",
          "what",
          "how",
          "be",
          "are",
          "from",
          "by",
          "at",
          "as",
          "professional",
          "image",
          "use",
          "using");

  private static Map<String, String> colors() {
    Map<String, String> colors = new LinkedHashMap<>();
    String[] pairs = {
      "black",
      "#000000",
      "white",
      "#ffffff",
      "red",
      "#e53935",
      "orange",
      "#fb8c00",
      "yellow",
      "#fdd835",
      "green",
      "#43a047",
      "blue",
      "#1e88e5",
      "purple",
      "#8e24aa",
      "violet",
      "#7e57c2",
      "pink",
      "#ec407a",
      "brown",
      "#6d4c41",
      "gray",
      "#757575",
      "grey",
      "#757575",
      "silver",
      "#bdbdbd",
      "gold",
      "#d4af37",
      "beige",
      "#f5f5dc",
      "cream",
      "#fffdd0",
      "navy",
      "#001f3f",
      "teal",
      "#008080",
      "turquoise",
      "#40e0d0",
      "cyan",
      "#00bcd4",
      "magenta",
      "#d500f9",
      "maroon",
      "#800000",
      "olive",
      "#808000",
      "lime",
      "#c0ca33",
      "indigo",
      "#3f51b5",
      "coral",
      "#ff7f50",
      "crimson",
      "#dc143c",
      "lavender",
      "#b39ddb",
      "mint",
      "#98ff98",
      "tan",
      "#d2b48c"
    };
    for (int i = 0; i < pairs.length; i += 2) {
      colors.put(pairs[i], pairs[i + 1]);
    }
    return colors;
  }
}
