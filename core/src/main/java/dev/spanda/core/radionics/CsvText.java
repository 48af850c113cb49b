package dev.spanda.core.radionics;

import dev.spanda.core.Failure;
import java.util.ArrayList;
import java.util.List;

/** Reads comma-separated values as RFC 4180 has them. */
final class CsvText {

  private CsvText() {}

  /** The rows with their fields; blank lines are left out. */
  static List<List<String>> rows(String csv) {
    List<List<String>> rows = new ArrayList<>();
    List<String> row = new ArrayList<>();
    StringBuilder field = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i <= csv.length(); i++) {
      char c = i < csv.length() ? csv.charAt(i) : '\n';
      if (quoted && i == csv.length()) {
        throw Failure.invalid("csv", "", "A quoted field does not end");
      }
      if (quoted) {
        if (c != '"') {
          field.append(c);
        } else if (i + 1 < csv.length() && csv.charAt(i + 1) == '"') {
          field.append('"');
          i++;
        } else {
          quoted = false;
        }
      } else if (c == '"' && field.isEmpty()) {
        quoted = true;
      } else if (c == ',') {
        row.add(field.toString());
        field.setLength(0);
      } else if (c == '\n') {
        row.add(field.toString());
        field.setLength(0);
        if (row.size() > 1 || !row.get(0).isBlank()) {
          rows.add(List.copyOf(row));
        }
        row.clear();
      } else if (c != '\r') {
        field.append(c);
      }
    }
    return rows;
  }
}
