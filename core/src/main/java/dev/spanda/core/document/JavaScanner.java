package dev.spanda.core.document;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the documented declarations of a Java source without a compiler: every documentation
 * comment with what it stands before, up to the brace or semicolon that begins or ends it. Comments
 * and texts within code are told apart, so that neither a brace in a text nor a comment in a
 * comment leads astray; annotations before a declaration are left out. What has no documentation
 * comment is not found.
 */
final class JavaScanner {

  /**
   * A documented declaration.
   *
   * @param declaration in one line
   * @param comment its text without stars and tags
   */
  record Member(String declaration, String comment) {}

  private static final Pattern PACKAGE = Pattern.compile("(?m)^\\s*package\\s+([\\w.]+)\\s*;");
  private static final int LONGEST_DECLARATION = 2_000;

  private JavaScanner() {}

  static String packageName(String source) {
    Matcher matcher = PACKAGE.matcher(source);
    return matcher.find() ? matcher.group(1) : "";
  }

  static List<Member> members(String source) {
    List<Member> members = new ArrayList<>();
    int at = 0;
    while (at < source.length()) {
      char here = source.charAt(at);
      if (source.startsWith("/**", at) && !source.startsWith("/**/", at)) {
        int end = source.indexOf("*/", at + 3);
        if (end < 0) {
          break;
        }
        String declaration = declaration(source, end + 2);
        if (!declaration.isEmpty()) {
          members.add(new Member(declaration, comment(source.substring(at + 3, end))));
        }
        at = end + 2;
      } else {
        at = here == '"' || here == '\'' || here == '/' ? skipped(source, at) : at + 1;
      }
    }
    return members;
  }

  /** The place behind the text, character or comment that begins here, or one further. */
  private static int skipped(String source, int at) {
    if (source.startsWith("\"\"\"", at)) {
      int end = source.indexOf("\"\"\"", at + 3);
      return end < 0 ? source.length() : end + 3;
    }
    if (source.startsWith("//", at)) {
      int end = source.indexOf('\n', at);
      return end < 0 ? source.length() : end + 1;
    }
    if (source.startsWith("/*", at)) {
      int end = source.indexOf("*/", at + 2);
      return end < 0 ? source.length() : end + 2;
    }
    char quote = source.charAt(at);
    if (quote != '"' && quote != '\'') {
      return at + 1;
    }
    for (int end = at + 1; end < source.length(); end++) {
      char here = source.charAt(end);
      if (here == '\\') {
        end++;
      } else if (here == quote || here == '\n') {
        return end + 1;
      }
    }
    return source.length();
  }

  /** What stands from here to the brace, semicolon or sign of equality outside of parentheses. */
  private static String declaration(String source, int from) {
    StringBuilder declaration = new StringBuilder();
    int depth = 0;
    int at = from;
    while (at < source.length() && declaration.length() < LONGEST_DECLARATION) {
      char here = source.charAt(at);
      if (here == '"'
          || here == '\''
          || source.startsWith("//", at)
          || source.startsWith("/*", at)) {
        int end = skipped(source, at);
        declaration.append(here == '/' ? " " : source.substring(at, end));
        at = end;
        continue;
      }
      if (here == '@' && depth == 0 && !source.startsWith("@interface", at)) {
        at = behindAnnotation(source, at + 1);
        continue;
      }
      if (here == '(') {
        depth++;
      } else if (here == ')') {
        depth--;
      }
      if (depth == 0 && (here == '{' || here == ';' || here == '=' || here == '}')) {
        break;
      }
      declaration.append(here);
      at++;
    }
    return declaration.toString().replaceAll("\\s+", " ").strip();
  }

  private static int behindAnnotation(String source, int from) {
    int at = from;
    while (at < source.length()
        && (Character.isJavaIdentifierPart(source.charAt(at)) || source.charAt(at) == '.')) {
      at++;
    }
    if (at >= source.length() || source.charAt(at) != '(') {
      return at;
    }
    int depth = 0;
    while (at < source.length()) {
      char here = source.charAt(at);
      if (here == '"' || here == '\'') {
        at = skipped(source, at);
        continue;
      }
      depth += here == '(' ? 1 : here == ')' ? -1 : 0;
      at++;
      if (depth == 0) {
        return at;
      }
    }
    return at;
  }

  /** The words of a comment: no stars, no braces of tags, no marks of HTML. */
  private static String comment(String raw) {
    String text =
        raw.lines()
            .map(line -> line.strip().replaceFirst("^\\*\\s?", ""))
            .reduce("", (one, other) -> one + "\n" + other);
    return text.replaceAll("\\{@(?:code|link|linkplain|value|literal)\\s*([^}]*)}", "$1")
        .replaceAll("</?[a-zA-Z][^>]*>", " ")
        .replaceAll("[ \\t]+", " ")
        .replaceAll("\\s*\\n\\s*", "\n")
        .strip();
  }
}
