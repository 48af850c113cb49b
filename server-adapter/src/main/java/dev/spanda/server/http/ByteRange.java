package dev.spanda.server.http;

import dev.spanda.core.Failure;
import org.jspecify.annotations.Nullable;

/**
 * A single range of bytes, after RFC 9110, section 14.
 *
 * @param first ≥ 0
 * @param count ≥ 1
 */
record ByteRange(long first, long count) {

  /**
   * The range that a header asks for; null for a header that is to be ignored: of another unit,
   * malformed, or with several ranges.
   *
   * @throws Failure INVALID for a range beyond the end
   */
  static @Nullable ByteRange parse(@Nullable String header, long length) {
    if (header == null || !header.startsWith("bytes=") || header.indexOf(',') >= 0) {
      return null;
    }
    String range = header.substring("bytes=".length()).strip();
    int dash = range.indexOf('-');
    if (dash < 0 || !range.matches("\\d{0,18}-\\d{0,18}") || range.length() == 1) {
      return null;
    }
    if (dash == 0) {
      long suffix = Math.min(Long.parseLong(range.substring(1)), length);
      if (suffix == 0) {
        throw beyond(header, length);
      }
      return new ByteRange(length - suffix, suffix);
    }
    long first = Long.parseLong(range.substring(0, dash));
    long last =
        dash == range.length() - 1 ? Long.MAX_VALUE : Long.parseLong(range.substring(dash + 1));
    if (last < first) {
      return null;
    }
    if (first >= length) {
      throw beyond(header, length);
    }
    return new ByteRange(first, Math.min(last, length - 1) - first + 1);
  }

  private static Failure beyond(String header, long length) {
    return Failure.invalid(
            Dialect.RANGE, header, "The range lies beyond the end at " + length + " bytes")
        .with(Failure.MAX_VALUE, length);
  }
}
