package dev.spanda.server.http;

import dev.spanda.core.Failure;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes a request's target apart: segments of the path and parameters of the query. */
final class Target {

  private static final String[] ROOT = {};

  private Target() {}

  /**
   * The decoded segments of a path; a slash at the end makes no difference.
   *
   * @throws Failure INVALID when a segment is a dot segment, holds an encoded slash or is not UTF-8
   */
  static String[] segments(String rawPath) {
    int end = rawPath.length();
    if (end > 1 && rawPath.charAt(end - 1) == '/') {
      end--;
    }
    if (end <= 1) {
      return ROOT;
    }
    List<String> segments = new ArrayList<>(8);
    int start = 1;
    for (int i = 1; i <= end; i++) {
      if (i == end || rawPath.charAt(i) == '/') {
        segments.add(segment(rawPath.substring(start, i)));
        start = i + 1;
      }
    }
    return segments.toArray(ROOT);
  }

  private static String segment(String raw) {
    String decoded = decode(raw, false);
    if (decoded.equals(".") || decoded.equals("..") || decoded.indexOf('/') >= 0) {
      throw Failure.invalid(Dialect.URI, raw, "The path has an ambiguous segment");
    }
    return decoded;
  }

  /**
   * The parameters of a query, in the order of their first occurrence.
   *
   * @throws Failure INVALID when a name or value is not UTF-8
   */
  static Map<String, List<String>> query(@Nullable String rawQuery) {
    if (rawQuery == null || rawQuery.isEmpty()) {
      return Map.of();
    }
    Map<String, List<String>> query = new LinkedHashMap<>();
    int start = 0;
    for (int i = 0; i <= rawQuery.length(); i++) {
      if (i == rawQuery.length() || rawQuery.charAt(i) == '&') {
        if (i > start) {
          String pair = rawQuery.substring(start, i);
          int equals = pair.indexOf('=');
          String name = decode(equals < 0 ? pair : pair.substring(0, equals), true);
          String value = equals < 0 ? "" : decode(pair.substring(equals + 1), true);
          query.computeIfAbsent(name, key -> new ArrayList<>(1)).add(value);
        }
        start = i + 1;
      }
    }
    return query;
  }

  /** Percent-decodes strictly as UTF-8; a plus is a space in queries only. */
  static String decode(String raw, boolean plusIsSpace) {
    boolean plain = true;
    for (int i = 0; i < raw.length() && plain; i++) {
      char c = raw.charAt(i);
      plain = c != '%' && c < 0x80 && !(plusIsSpace && c == '+');
    }
    if (plain) {
      return raw;
    }
    byte[] bytes = new byte[raw.length() * 3];
    int count = 0;
    for (int i = 0; i < raw.length(); i++) {
      char c = raw.charAt(i);
      if (c == '%') {
        int high = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 1), 16) : -1;
        int low = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 2), 16) : -1;
        if (high < 0 || low < 0) {
          throw Failure.invalid(Dialect.URI, raw, "The request's target is badly percent-encoded");
        }
        bytes[count++] = (byte) (high << 4 | low);
        i += 2;
      } else if (plusIsSpace && c == '+') {
        bytes[count++] = ' ';
      } else {
        for (byte b : String.valueOf(c).getBytes(StandardCharsets.UTF_8)) {
          bytes[count++] = b;
        }
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, 0, count))
          .toString();
    } catch (CharacterCodingException e) {
      throw Failure.invalid(Dialect.URI, raw, "The request's target is not UTF-8").causedBy(e);
    }
  }
}
