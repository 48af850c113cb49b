package dev.spanda.biofield.export;

/** What is safe to put into a spreadsheet's cell. */
final class Cells {

  private Cells() {}

  /**
   * Text that no spreadsheet takes for a formula: one that begins with {@code = + - @}, their
   * full-width forms, tab, carriage return or line feed gets an apostrophe in front (OWASP, CSV
   * Injection). Spaces before such a character do not hide it.
   */
  static String text(String text) {
    int first = 0;
    while (first < text.length() && text.charAt(first) == ' ') {
      first++;
    }
    return first < text.length() && "=+-@\t\r\n＝＋－＠".indexOf(text.charAt(first)) >= 0
        ? "'" + text
        : text;
  }

  /** A number with a point and no grouping; empty for what is not finite. */
  static String number(double value) {
    if (!Double.isFinite(value)) {
      return "";
    }
    return value == Math.rint(value) && Math.abs(value) < 1e15
        ? Long.toString((long) value)
        : Double.toString(value);
  }
}
