package dev.spanda.biofield.capture;

import dev.spanda.core.Failure;
import java.util.Locale;

/** The bytes of one picture; reading past their end is a failure, never an exception of the JDK. */
final class ByteReader {

  private final byte[] bytes;
  private final Picture.Format format;

  ByteReader(byte[] bytes, Picture.Format format) {
    this.bytes = bytes;
    this.format = format;
  }

  int length() {
    return bytes.length;
  }

  byte[] bytes() {
    return bytes;
  }

  int unsigned(int at) {
    require(at, 1);
    return bytes[at] & 0xFF;
  }

  int big16(int at) {
    require(at, 2);
    return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
  }

  int big32(int at) {
    return big16(at) << 16 | big16(at + 2);
  }

  int little16(int at) {
    require(at, 2);
    return bytes[at] & 0xFF | (bytes[at + 1] & 0xFF) << 8;
  }

  int little32(int at) {
    return little16(at) | little16(at + 2) << 16;
  }

  /** Fails unless {@code count} bytes stand at {@code at}. */
  void require(long at, long count) {
    if (at < 0 || count < 0 || at + count > bytes.length) {
      throw truncated();
    }
  }

  Failure truncated() {
    return damaged("it ends after " + bytes.length + " bytes, before the picture does");
  }

  Failure damaged(String what) {
    return Failure.of(Failure.Reason.INVALID, Pictures.SUBJECT, "Damaged " + format + ": " + what);
  }

  Failure unsupported(String what) {
    return Failure.of(
        Failure.Reason.UNSUPPORTED,
        Pictures.SUBJECT,
        format + " of a kind that is not read: " + what.toLowerCase(Locale.ROOT));
  }
}
