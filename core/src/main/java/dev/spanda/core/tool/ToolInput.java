package dev.spanda.core.tool;

import dev.spanda.core.Failure;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One thing that a tool takes. It describes itself as a part of a JSON Schema and decides, by the
 * same rule, what fits: a value fits here exactly when a validator of draft 2020-12 says that it
 * fits the schema.
 */
public sealed interface ToolInput {

  /** The member's name, such as {@code text}. */
  String name();

  /** What it is for, in a sentence. */
  String description();

  /** Whether nothing can be made without it. */
  boolean required();

  /**
   * Text.
   *
   * @param shortest the fewest characters, in code points, ≥ 0
   * @param longest the most characters, in code points
   * @param pattern a regular expression that must be found in it, in the words that Java and ECMA
   *     262 share; empty for any text
   * @param usual what it is when it is absent; empty for nothing
   */
  record Text(
      String name,
      String description,
      boolean required,
      int shortest,
      int longest,
      Optional<String> pattern,
      Optional<String> usual)
      implements ToolInput {

    /** Text that must be there. */
    public static Text required(String name, String description, int longest) {
      return new Text(name, description, true, 1, longest, Optional.empty(), Optional.empty());
    }

    /** Text that may be absent. */
    public static Text optional(String name, String description, int longest) {
      return new Text(name, description, false, 0, longest, Optional.empty(), Optional.empty());
    }

    /** The same for text in which the pattern is found. */
    public Text matching(String regularExpression) {
      return new Text(
          name, description, required, shortest, longest, Optional.of(regularExpression), usual);
    }
  }

  /**
   * One of some words.
   *
   * @param allowed at least one; copied
   * @param usual what it is when it is absent; empty for nothing
   */
  record Choice(
      String name,
      String description,
      boolean required,
      List<String> allowed,
      Optional<String> usual)
      implements ToolInput {
    /** Copies the words. */
    public Choice {
      allowed = List.copyOf(allowed);
    }

    /** A choice that is usually the first of the words. */
    public static Choice usuallyFirst(String name, String description, List<String> allowed) {
      return new Choice(name, description, false, allowed, Optional.of(allowed.get(0)));
    }
  }

  /**
   * A number.
   *
   * @param min the smallest
   * @param max the largest
   * @param usual what it is when it is absent; empty for nothing
   */
  record Numeric(
      String name,
      String description,
      boolean required,
      double min,
      double max,
      Optional<Double> usual)
      implements ToolInput {}

  /**
   * A whole number; 1000.0 is one.
   *
   * @param min the smallest
   * @param max the largest
   * @param usual what it is when it is absent; empty for nothing
   */
  record Whole(
      String name, String description, boolean required, long min, long max, Optional<Long> usual)
      implements ToolInput {}

  /**
   * Yes or no.
   *
   * @param usual what it is when it is absent
   */
  record Flag(String name, String description, boolean usual) implements ToolInput {
    @Override
    public boolean required() {
      return false;
    }
  }

  /**
   * Colours as {@code #RGB} or {@code #RRGGBB}.
   *
   * @param most how many at most, ≥ 1
   */
  record Colours(String name, String description, int most) implements ToolInput {
    /** What a colour looks like. */
    public static final String PATTERN = "^#([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$";

    @Override
    public boolean required() {
      return false;
    }
  }

  /** A file of the caller's, by its id. */
  record FileId(String name, String description, boolean required) implements ToolInput {
    static final int LONGEST = 100;
  }

  /** A JSON Schema of an object with these members and no others. */
  static Map<String, Object> schema(List<ToolInput> inputs) {
    Map<String, Object> properties = new LinkedHashMap<>();
    List<String> required = new ArrayList<>();
    for (ToolInput input : inputs) {
      properties.put(input.name(), member(input));
      if (input.required()) {
        required.add(input.name());
      }
    }
    Map<String, Object> schema = new LinkedHashMap<>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put("required", required);
    schema.put("additionalProperties", false);
    return schema;
  }

  private static Map<String, Object> member(ToolInput input) {
    Map<String, Object> member = new LinkedHashMap<>();
    if (input instanceof Text text) {
      member.put("type", "string");
      member.put("minLength", text.shortest());
      member.put("maxLength", text.longest());
      text.pattern().ifPresent(pattern -> member.put("pattern", pattern));
      text.usual().ifPresent(usual -> member.put("default", usual));
    } else if (input instanceof Choice choice) {
      member.put("type", "string");
      member.put("enum", choice.allowed());
      choice.usual().ifPresent(usual -> member.put("default", usual));
    } else if (input instanceof Numeric numeric) {
      member.put("type", "number");
      member.put("minimum", numeric.min());
      member.put("maximum", numeric.max());
      numeric.usual().ifPresent(usual -> member.put("default", usual));
    } else if (input instanceof Whole whole) {
      member.put("type", "integer");
      member.put("minimum", whole.min());
      member.put("maximum", whole.max());
      whole.usual().ifPresent(usual -> member.put("default", usual));
    } else if (input instanceof Flag flag) {
      member.put("type", "boolean");
      member.put("default", flag.usual());
    } else if (input instanceof Colours colours) {
      member.put("type", "array");
      member.put("items", Map.of("type", "string", "pattern", Colours.PATTERN));
      member.put("maxItems", colours.most());
    } else {
      member.put("type", "string");
      member.put("minLength", 1);
      member.put("maxLength", FileId.LONGEST);
    }
    member.put("description", input.description());
    return member;
  }

  /**
   * Reads what was sent.
   *
   * @param inputs what the tool takes
   * @param given texts, numbers, truths, lists and maps by name, as JSON gives them
   * @throws Failure INVALID, subject {@code inputs.} and the name of the first input that does not
   *     fit; detail {@code problems} lists all that do not, a sentence each
   */
  static ToolInputs read(List<ToolInput> inputs, Map<String, ?> given) {
    Map<String, Object> values = new LinkedHashMap<>();
    List<Failure> problems = new ArrayList<>();
    List<String> names = inputs.stream().map(ToolInput::name).toList();
    for (ToolInput input : inputs) {
      try {
        Object value =
            given.containsKey(input.name()) ? read(input, given.get(input.name())) : usual(input);
        if (value != null) {
          values.put(input.name(), value);
        }
      } catch (Failure problem) {
        problems.add(problem);
      }
    }
    for (String name : given.keySet()) {
      if (!names.contains(name)) {
        problems.add(
            Failure.invalid(
                    "inputs", name, "inputs has no member " + name + "; it has " + listed(names))
                .with(Failure.ALLOWED_VALUES, names));
      }
    }
    if (!problems.isEmpty()) {
      throw problems
          .get(0)
          .with("problems", problems.stream().map(problem -> problem.getMessage()).toList());
    }
    return new ToolInputs(values);
  }

  private static String listed(List<String> names) {
    return names.isEmpty() ? "none" : String.join(", ", names);
  }

  private static @Nullable Object usual(ToolInput input) {
    if (input.required()) {
      throw Failure.of(
          Failure.Reason.INVALID,
          "inputs." + input.name(),
          "inputs." + input.name() + " is required");
    }
    if (input instanceof Text text) {
      return text.usual().orElse(null);
    }
    if (input instanceof Choice choice) {
      return choice.usual().orElse(null);
    }
    if (input instanceof Numeric numeric) {
      return numeric.usual().orElse(null);
    }
    if (input instanceof Whole whole) {
      return whole.usual().orElse(null);
    }
    return input instanceof Flag flag ? flag.usual() : null;
  }

  private static Object read(ToolInput input, @Nullable Object given) {
    String subject = "inputs." + input.name();
    if (input instanceof Text text) {
      String value = text(subject, given, text.shortest(), text.longest());
      if (text.pattern().isPresent()
          && !Pattern.compile(text.pattern().get()).matcher(value).find()) {
        throw Failure.invalid(subject, given, subject + " must match " + text.pattern().get());
      }
      return value;
    }
    if (input instanceof Choice choice) {
      if (given instanceof String word && choice.allowed().contains(word)) {
        return word;
      }
      throw Failure.notAllowed(subject, given, choice.allowed());
    }
    if (input instanceof Numeric numeric) {
      if (!(given instanceof Number number)) {
        throw Failure.invalid(subject, given, subject + " must be a number");
      }
      return Failure.requireInRange(
          subject, subject, number.doubleValue(), numeric.min(), numeric.max(), "");
    }
    if (input instanceof Whole whole) {
      return whole(subject, given, whole);
    }
    if (input instanceof Flag) {
      if (given instanceof Boolean truth) {
        return truth;
      }
      throw Failure.invalid(subject, given, subject + " must be true or false");
    }
    if (input instanceof Colours colours) {
      return colours(subject, given, colours);
    }
    return text(subject, given, 1, FileId.LONGEST);
  }

  private static String text(String subject, @Nullable Object given, int shortest, int longest) {
    if (!(given instanceof String text)) {
      throw Failure.invalid(subject, given, subject + " must be text");
    }
    int length = text.codePointCount(0, text.length());
    if (length < shortest || length > longest) {
      throw Failure.invalid(
          subject,
          given,
          subject + " must have " + shortest + " to " + longest + " characters; had " + length);
    }
    return text;
  }

  private static Long whole(String subject, @Nullable Object given, Whole input) {
    BigDecimal value;
    if (given instanceof Integer || given instanceof Long) {
      value = BigDecimal.valueOf(((Number) given).longValue());
    } else if (given instanceof BigInteger big) {
      value = new BigDecimal(big);
    } else if (given instanceof BigDecimal decimal) {
      value = decimal;
    } else if (given instanceof Double number && Double.isFinite(number)) {
      value = BigDecimal.valueOf(number);
    } else {
      throw Failure.invalid(subject, given, subject + " must be a whole number");
    }
    if (value.stripTrailingZeros().scale() > 0) {
      throw Failure.invalid(subject, given, subject + " must be a whole number");
    }
    if (value.compareTo(BigDecimal.valueOf(input.min())) < 0
        || value.compareTo(BigDecimal.valueOf(input.max())) > 0) {
      throw Failure.outOfRange(subject, subject, value.doubleValue(), input.min(), input.max(), "");
    }
    return value.longValueExact();
  }

  private static List<String> colours(String subject, @Nullable Object given, Colours input) {
    if (!(given instanceof List<?> list)) {
      throw Failure.invalid(subject, given, subject + " must be a list of colours");
    }
    if (list.size() > input.most()) {
      throw Failure.invalid(
          subject,
          list.size(),
          subject + " must have at most " + input.most() + " colours; had " + list.size());
    }
    List<String> colours = new ArrayList<>();
    for (Object one : list) {
      if (!(one instanceof String colour) || !colour.matches(Colours.PATTERN)) {
        throw Failure.invalid(subject, one, subject + " must hold colours as #RGB or #RRGGBB");
      }
      colours.add(colour);
    }
    return List.copyOf(colours);
  }
}
