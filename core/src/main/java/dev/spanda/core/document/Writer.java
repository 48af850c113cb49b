package dev.spanda.core.document;

import java.util.List;

/**
 * Writes a document as Markdown or HTML, and the same words without marks for the search. Not
 * thread-safe.
 */
final class Writer {

  private final DocumentPlan.Format format;
  private final String title;
  private final StringBuilder text = new StringBuilder();
  private final StringBuilder words = new StringBuilder();

  Writer(DocumentPlan.Format format, String title) {
    this.format = format;
    this.title = title;
    if (html()) {
      text.append("<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>")
          .append(escaped(title))
          .append("</title>\n</head>\n<body>\n");
    }
    heading(1, title);
  }

  private boolean html() {
    return format == DocumentPlan.Format.HTML;
  }

  Writer heading(int level, String line) {
    say(line);
    text.append(
        html()
            ? "<h" + level + ">" + escaped(line) + "</h" + level + ">\n"
            : "#".repeat(level) + " " + marked(line) + "\n\n");
    return this;
  }

  Writer paragraph(String paragraph) {
    if (!paragraph.isBlank()) {
      say(paragraph);
      text.append(
          html() ? "<p>" + escaped(paragraph) + "</p>\n" : marked(paragraph.strip()) + "\n\n");
    }
    return this;
  }

  /** Code as it stands, in a language such as {@code json}. */
  Writer code(String language, String code) {
    say(code);
    String fence = code.contains("```") ? "````" : "```";
    text.append(
        html()
            ? "<pre><code class=\"language-" + language + "\">" + escaped(code) + "</code></pre>\n"
            : fence + language + "\n" + code.strip() + "\n" + fence + "\n\n");
    return this;
  }

  Writer table(List<String> heads, List<List<String>> rows) {
    if (rows.isEmpty()) {
      return this;
    }
    if (html()) {
      text.append("<table>\n<tr>");
      heads.forEach(head -> text.append("<th>").append(escaped(head)).append("</th>"));
      text.append("</tr>\n");
    } else {
      text.append("| ").append(String.join(" | ", heads)).append(" |\n");
      text.append("|").append(" --- |".repeat(heads.size())).append("\n");
    }
    for (List<String> row : rows) {
      say(String.join(" ", row));
      if (html()) {
        text.append("<tr>");
        row.forEach(cell -> text.append("<td>").append(escaped(cell)).append("</td>"));
        text.append("</tr>\n");
      } else {
        text.append("| ")
            .append(String.join(" | ", row.stream().map(Writer::cell).toList()))
            .append(" |\n");
      }
    }
    text.append(html() ? "</table>\n" : "\n");
    return this;
  }

  private void say(String line) {
    words.append(line).append('\n');
  }

  String title() {
    return title;
  }

  String words() {
    return words.toString();
  }

  String text() {
    return html() ? text + "</body>\n</html>\n" : text.toString().strip() + "\n";
  }

  private static String cell(String text) {
    return marked(text).replace("|", "\\|").replace("\n", " ");
  }

  /** Text in which nothing is taken for a mark. */
  private static String marked(String text) {
    return text.replaceAll("([\\\\`*_<>\\[\\]#])", "\\\\$1");
  }

  private static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
