package dev.spanda.core.data;

import dev.spanda.core.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes plain values as JSON (RFC 8259), strictly: nothing follows the value, members
 * have one name each, and depth is limited. Whole numbers become {@link Long} when they fit, other
 * numbers {@link Double}; a number too large for that is refused.
 */
final class PlainJson {

  private final String text;
  private final int deepest;
  private int at;

  private PlainJson(String text, int deepest) {
    this.text = text;
    this.deepest = deepest;
  }

  /**
   * The value that the text holds.
   *
   * @param deepest how deep lists and objects may stand in one another
   */
  static @Nullable Object parse(String text, int deepest) {
    PlainJson parser = new PlainJson(text, deepest);
    Object value = parser.value(0);
    parser.blanks();
    if (parser.at < text.length()) {
      throw parser.trouble("nothing may follow the value");
    }
    return value;
  }

  private @Nullable Object value(int depth) {
    blanks();
    char c = peek();
    return switch (c) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      case 't' -> word("true", true);
      case 'f' -> word("false", false);
      case 'n' -> word("null", null);
      default -> number();
    };
  }

  private Map<String, Object> object(int depth) {
    enter(depth);
    Map<String, Object> members = new LinkedHashMap<>();
    blanks();
    if (peek() == '}') {
      at++;
      return members;
    }
    while (true) {
      blanks();
      if (peek() != '"') {
        throw trouble("a member's name in quotes is expected");
      }
      int start = at;
      String name = string();
      if (members.containsKey(name)) {
        at = start;
        throw trouble("the member " + name + " stands twice");
      }
      blanks();
      expect(':');
      members.put(name, value(depth + 1));
      blanks();
      if (peek() == '}') {
        at++;
        return members;
      }
      expect(',');
    }
  }

  private List<Object> array(int depth) {
    enter(depth);
    List<Object> elements = new ArrayList<>();
    blanks();
    if (peek() == ']') {
      at++;
      return elements;
    }
    while (true) {
      elements.add(value(depth + 1));
      blanks();
      if (peek() == ']') {
        at++;
        return elements;
      }
      expect(',');
    }
  }

  private void enter(int depth) {
    if (depth >= deepest) {
      throw Rows.tooDeep(deepest);
    }
    at++;
  }

  private String string() {
    at++;
    StringBuilder out = new StringBuilder();
    while (true) {
      char c = peek();
      at++;
      if (c == '"') {
        return out.toString();
      }
      if (c < 0x20) {
        at--;
        throw trouble("a control character stands unescaped in a text");
      }
      if (c != '\\') {
        out.append(c);
        continue;
      }
      char escape = peek();
      at++;
      switch (escape) {
        case '"', '\\', '/' -> out.append(escape);
        case 'b' -> out.append('\b');
        case 'f' -> out.append('\f');
        case 'n' -> out.append('\n');
        case 'r' -> out.append('\r');
        case 't' -> out.append('\t');
        case 'u' -> out.append(unit());
        default -> {
          at--;
          throw trouble("\\" + escape + " is no escape");
        }
      }
    }
  }

  private char unit() {
    int value = 0;
    for (int i = 0; i < 4; i++) {
      int digit = Character.digit(peek(), 16);
      if (digit < 0 || peek() > 'f') {
        throw trouble("four hexadecimal digits are expected after \\u");
      }
      value = value * 16 + digit;
      at++;
    }
    return (char) value;
  }

  private @Nullable Object word(String word, @Nullable Object meaning) {
    if (!text.startsWith(word, at)) {
      throw trouble("a value is expected");
    }
    at += word.length();
    return meaning;
  }

  private Object number() {
    int start = at;
    while (at < text.length() && "+-.eE0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    Object number = number(text.substring(start, at));
    if (number == null) {
      at = start;
      throw trouble("a value is expected");
    }
    return number;
  }

  /** The number that a text of JSON's form means; null when it has another form or is too large. */
  static @Nullable Object number(String text) {
    int length = text.length();
    int i = 0;
    if (length > 40 || length == 0) {
      return null;
    }
    if (text.charAt(0) == '-') {
      i++;
    }
    int whole = i;
    i = digits(text, i);
    if (i == whole || (text.charAt(whole) == '0' && i - whole > 1)) {
      return null;
    }
    boolean integer = true;
    if (i < length && text.charAt(i) == '.') {
      int fraction = i + 1;
      i = digits(text, fraction);
      if (i == fraction) {
        return null;
      }
      integer = false;
    }
    if (i < length && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
      i++;
      if (i < length && (text.charAt(i) == '+' || text.charAt(i) == '-')) {
        i++;
      }
      int exponent = i;
      i = digits(text, exponent);
      if (i == exponent) {
        return null;
      }
      integer = false;
    }
    if (i != length) {
      return null;
    }
    if (integer && length <= 18) {
      return Long.parseLong(text);
    }
    if (integer) {
      try {
        return Long.parseLong(text);
      } catch (NumberFormatException e) {
        // Wider than 64 bits: a double is what is left.
        return Double.parseDouble(text);
      }
    }
    double value = Double.parseDouble(text);
    return Double.isFinite(value) ? (Object) value : null;
  }

  private static int digits(String text, int from) {
    int i = from;
    while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
      i++;
    }
    return i;
  }

  private void blanks() {
    while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw trouble("the text ends too early");
    }
    return text.charAt(at);
  }

  private void expect(char wanted) {
    if (peek() != wanted) {
      throw trouble("'" + wanted + "' is expected");
    }
    at++;
  }

  private Failure trouble(String why) {
    int line =
        1
            + (int)
                text.substring(0, Math.min(at, text.length()))
                    .chars()
                    .filter(c -> c == '\n')
                    .count();
    return Failure.of(
            Failure.Reason.INVALID,
            "data",
            "The JSON text is broken at character " + at + " (line " + line + "): " + why)
        .with(
            Failure.PROVIDED_VALUE,
            text.substring(Math.min(at, text.length()), Math.min(text.length(), at + 20)))
        .with("position", at)
        .with("line", line);
  }

  /** Appends the shortest JSON form. */
  static void write(@Nullable Object value, StringBuilder out) {
    if (value instanceof String string) {
      quote(string, out);
    } else if (value instanceof Map<?, ?> map) {
      char before = '{';
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        out.append(before);
        quote(entry.getKey().toString(), out);
        out.append(':');
        write(entry.getValue(), out);
        before = ',';
      }
      out.append(before == '{' ? "{}" : "}");
    } else if (value instanceof Iterable<?> list) {
      char before = '[';
      for (Object element : list) {
        out.append(before);
        write(element, out);
        before = ',';
      }
      out.append(before == '[' ? "[]" : "]");
    } else {
      out.append(value);
    }
  }

  static String write(@Nullable Object value) {
    StringBuilder out = new StringBuilder();
    write(value, out);
    return out.toString();
  }

  private static void quote(String text, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20 || c == 0x7F || (Character.isSurrogate(c) && !paired(text, i))) {
            out.append(String.format("\\u%04x", (int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  private static boolean paired(String text, int i) {
    char c = text.charAt(i);
    return Character.isHighSurrogate(c)
        ? i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))
        : i > 0 && Character.isHighSurrogate(text.charAt(i - 1));
  }
}
