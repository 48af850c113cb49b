package dev.spanda.server.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.spanda.contract.http.WireJson;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a command found, in order: lines for people, or one JSON object for programs. */
final class Report {

  private final Map<String, Object> values = new LinkedHashMap<>();

  /**
   * Adds a value.
   *
   * @param name in lower case with underscores, its unit last
   */
  Report add(String name, Object value) {
    values.put(name, value);
    return this;
  }

  void print(PrintWriter out, boolean json) {
    if (json) {
      out.println(json(values));
    } else {
      int width = values.keySet().stream().mapToInt(String::length).max().orElse(0);
      values.forEach(
          (name, value) ->
              out.printf(
                  Locale.ROOT, "%-" + width + "s  %s%n", name.replace('_', ' '), plain(value)));
    }
    out.flush();
  }

  static String json(Object value) {
    try {
      return WireJson.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static String plain(Object value) {
    if (value instanceof Double number) {
      return Math.abs(number) >= 1e6 || number == Math.rint(number)
          ? String.format(Locale.ROOT, "%.0f", number)
          : String.format(Locale.ROOT, "%.6g", number);
    }
    return value.toString();
  }
}
