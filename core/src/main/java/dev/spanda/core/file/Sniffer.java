package dev.spanda.core.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.Set;

/**
 * Tells the type of a content that passes by: the first 4096 bytes are looked at for the marks of
 * formats, all of them for being UTF-8 text. Each mark is the one that the format's own
 * specification gives; where that is short (BMP, MP3) the fields after it must make sense too.
 */
final class Sniffer {

  private static final int HEAD = 4096;

  /** ISO base media files that browsers play; HEIC, AVIF and QuickTime have other brands. */
  private static final Set<String> MP4_BRANDS =
      Set.of(
          "isom", "iso2", "iso3", "iso4", "iso5", "iso6", "iso7", "iso8", "iso9", "mp41", "mp42",
          "mp71", "avc1", "dash", "M4A ", "M4B ", "M4V ", "MSNV", "f4v ", "3gp4", "3gp5", "3gp6");

  private static final Set<Integer> BMP_HEADERS = Set.of(12, 40, 52, 56, 64, 108, 124);

  private final byte[] head = new byte[HEAD];
  private int headLength;
  private boolean text = true;

  /** How many bytes of the character that has begun are still to come. */
  private int missing;

  /** What the next of those bytes must lie between. */
  private int least;

  private int most;
  private int lastVisible;

  void take(byte[] bytes, int from, int length) {
    int kept = Math.min(length, HEAD - headLength);
    System.arraycopy(bytes, from, head, headLength, kept);
    headLength += kept;
    for (int i = from; text && i < from + length; i++) {
      text = takeText(bytes[i] & 0xFF);
    }
  }

  /** Follows the table of well-formed UTF-8 (Unicode 15, table 3-7), without control characters. */
  private boolean takeText(int value) {
    if (missing > 0) {
      if (value < least || value > most) {
        return false;
      }
      missing--;
      least = 0x80;
      most = 0xBF;
      return true;
    }
    if (value < 0x80) {
      if (value > ' ') {
        lastVisible = value;
      }
      return (value >= ' ' && value != 0x7F)
          || value == '\t'
          || value == '\n'
          || value == '\r'
          || value == '\f';
    }
    lastVisible = value;
    least = value == 0xE0 ? 0xA0 : value == 0xF0 ? 0x90 : 0x80;
    most = value == 0xED ? 0x9F : value == 0xF4 ? 0x8F : 0xBF;
    missing = value >= 0xF0 ? 3 : value >= 0xE0 ? 2 : 1;
    return value >= 0xC2 && value <= 0xF4;
  }

  FileType type() {
    FileType marked = marked();
    if (marked != FileType.OCTET_STREAM || headLength == 0 || !text || missing > 0) {
      return marked;
    }
    String start = new String(head, 0, headLength, UTF_8);
    if (start.startsWith("\uFEFF")) {
      start = start.substring(1);
    }
    if (isSvg(start)) {
      return FileType.SVG;
    }
    return isJson(start.stripLeading()) ? FileType.JSON : FileType.TEXT;
  }

  private FileType marked() {
    if (at(0, "\u0089PNG\r\n\u001A\n")) {
      return FileType.PNG;
    }
    if (at(0, "\u00FF\u00D8\u00FF")) {
      return FileType.JPEG;
    }
    if (at(0, "GIF87a") || at(0, "GIF89a")) {
      return FileType.GIF;
    }
    if (at(0, "RIFF") && at(8, "WEBP")) {
      return FileType.WEBP;
    }
    if ((at(0, "RIFF") || at(0, "RF64")) && at(8, "WAVE")) {
      return FileType.WAV;
    }
    if (at(0, "BM") && headLength >= 26 && BMP_HEADERS.contains(littleEndian(14))) {
      return FileType.BMP;
    }
    if (at(0, "%PDF-")) {
      return FileType.PDF;
    }
    if (at(0, "fLaC")) {
      return FileType.FLAC;
    }
    if (at(0, "OggS")) {
      return FileType.OGG;
    }
    if (at(0, "ID3") && headLength >= 10 || isMpegLayer3()) {
      return FileType.MP3;
    }
    if (at(4, "ftyp") && headLength >= 12 && MP4_BRANDS.contains(latin(8, 4))) {
      return FileType.MP4;
    }
    // EBML, whose document type stands near the beginning; Matroska has the same mark.
    if (at(0, "\u001A\u0045\u00DF\u00A3") && latin(0, 64).contains("\u0042\u0082\u0084webm")) {
      return FileType.WEBM;
    }
    if (at(0, "PK\u0003\u0004") || at(0, "PK\u0005\u0006")) {
      return FileType.ZIP;
    }
    return FileType.OCTET_STREAM;
  }

  private boolean at(int offset, String mark) {
    if (headLength < offset + mark.length()) {
      return false;
    }
    byte[] bytes = mark.getBytes(ISO_8859_1);
    return Arrays.equals(head, offset, offset + bytes.length, bytes, 0, bytes.length);
  }

  private String latin(int offset, int length) {
    return new String(head, offset, Math.min(length, headLength - offset), ISO_8859_1);
  }

  private int littleEndian(int offset) {
    return (head[offset] & 0xFF)
        | (head[offset + 1] & 0xFF) << 8
        | (head[offset + 2] & 0xFF) << 16
        | (head[offset + 3] & 0xFF) << 24;
  }

  /** A frame header of layer III (ISO/IEC 11172-3, 2.4.2.3) none of whose fields is reserved. */
  private boolean isMpegLayer3() {
    if (headLength < 4 || (head[0] & 0xFF) != 0xFF || (head[1] & 0xE0) != 0xE0) {
      return false;
    }
    int version = (head[1] >> 3) & 3;
    int layer = (head[1] >> 1) & 3;
    int bitRate = (head[2] >> 4) & 15;
    int sampleRate = (head[2] >> 2) & 3;
    return version != 1 && layer == 1 && bitRate != 0 && bitRate != 15 && sampleRate != 3;
  }

  /** Whether the first element, after declarations and comments, is {@code svg}. */
  private static boolean isSvg(String start) {
    String rest = start.stripLeading();
    while (true) {
      String end;
      if (rest.startsWith("<?")) {
        end = "?>";
      } else if (rest.startsWith("<!--")) {
        end = "-->";
      } else if (rest.startsWith("<!DOCTYPE")) {
        int bracket = rest.indexOf('[');
        int close = rest.indexOf('>');
        end = bracket >= 0 && bracket < close ? "]" : ">";
      } else {
        break;
      }
      int found = rest.indexOf(end);
      if (found < 0) {
        return false;
      }
      rest = rest.substring(found + end.length()).stripLeading();
      if (end.equals("]") && rest.startsWith(">")) {
        rest = rest.substring(1).stripLeading();
      }
    }
    if (rest.startsWith("<svg:svg")) {
      rest = "<" + rest.substring("<svg:".length());
    }
    return rest.startsWith("<svg")
        && rest.length() > 4
        && (Character.isWhitespace(rest.charAt(4))
            || rest.charAt(4) == '>'
            || rest.charAt(4) == '/');
  }

  private boolean isJson(String start) {
    if (start.startsWith("{") && lastVisible == '}') {
      String next = start.substring(1).stripLeading();
      return next.startsWith("\"") || next.startsWith("}");
    }
    if (start.startsWith("[") && lastVisible == ']') {
      String next = start.substring(1).stripLeading();
      return !next.isEmpty()
          && ("\"{[]-0123456789".indexOf(next.charAt(0)) >= 0
              || next.startsWith("true")
              || next.startsWith("false")
              || next.startsWith("null"));
    }
    return false;
  }
}
