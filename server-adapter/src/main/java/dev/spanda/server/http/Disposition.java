package dev.spanda.server.http;

import java.nio.charset.StandardCharsets;

/** Writes {@code Content-Disposition} so that every browser saves under a safe name. */
final class Disposition {

  private static final String PLAIN =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

  private Disposition() {}

  /**
   * The header's value, after RFC 6266, with the name once in ASCII and, if it needs more, once as
   * RFC 8187 has it.
   */
  static String attachment(String fileName) {
    String name = safe(fileName);
    StringBuilder ascii = new StringBuilder();
    StringBuilder extended = new StringBuilder();
    boolean plain = true;
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      boolean fits = c >= ' ' && c < 0x7F && c != '"' && c != '\\' && c != '%';
      ascii.append(fits ? c : '_');
      plain &= fits;
    }
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      if (b > 0 && PLAIN.indexOf((char) b) >= 0) {
        extended.append((char) b);
      } else {
        extended.append(String.format("%%%02X", b & 0xFF));
      }
    }
    return "attachment; filename=\""
        + ascii
        + "\""
        + (plain ? "" : "; filename*=UTF-8''" + extended);
  }

  /** The last part of a path, without control characters and leading dots. */
  private static String safe(String fileName) {
    String last =
        fileName.substring(Math.max(fileName.lastIndexOf('/'), fileName.lastIndexOf('\\')) + 1);
    StringBuilder name = new StringBuilder();
    for (int i = 0; i < last.length(); i++) {
      char c = last.charAt(i);
      if (!Character.isISOControl(c) && !(name.isEmpty() && c == '.')) {
        name.append(c);
      }
    }
    return name.isEmpty() ? "download" : name.toString();
  }
}
