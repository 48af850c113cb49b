package dev.spanda.media.clip;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Reads and writes the boxes of ISO/IEC 14496-12, section 4.2. */
final class Boxes {

  /** Takes one box. */
  interface Visitor {
    /**
     * Takes a box.
     *
     * @param type four letters
     * @param body the box without its header
     */
    void box(String type, ByteBuffer body);
  }

  private Boxes() {}

  /**
   * Shows the boxes that stand one behind the other in a buffer, which is not moved.
   *
   * @throws IllegalArgumentException when a box ends behind the buffer
   */
  static void each(ByteBuffer boxes, Visitor visitor) {
    int at = 0;
    while (at + 8 <= boxes.limit()) {
      long size = boxes.getInt(at) & 0xFFFFFFFFL;
      int header = 8;
      if (size == 1) {
        size = boxes.getLong(at + 8);
        header = 16;
      } else if (size == 0) {
        size = boxes.limit() - at;
      }
      if (size < header || size > boxes.limit() - at) {
        throw new IllegalArgumentException("A box of " + size + " bytes at " + at);
      }
      visitor.box(name(boxes.getInt(at + 4)), boxes.slice(at + header, (int) size - header));
      at += (int) size;
    }
  }

  /** Four letters of a number. */
  static String name(int code) {
    return new String(ByteBuffer.allocate(4).putInt(code).array(), StandardCharsets.ISO_8859_1);
  }

  /** The bytes of a buffer, which is not moved. */
  static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return bytes;
  }

  /** A box of parts. */
  static byte[] box(String type, byte[]... parts) {
    int size = 8;
    for (byte[] part : parts) {
      size = Math.addExact(size, part.length);
    }
    ByteBuffer box = ByteBuffer.allocate(size);
    box.putInt(size).put(type.getBytes(StandardCharsets.ISO_8859_1));
    for (byte[] part : parts) {
      box.put(part);
    }
    return box.array();
  }

  /** Numbers of 32 bits each, of which the upper half is dropped. */
  static byte[] words(long... values) {
    ByteBuffer words = ByteBuffer.allocate(values.length * 4);
    for (long value : values) {
      words.putInt((int) value);
    }
    return words.array();
  }

  /** Sixteen bits at a place. */
  static int unsignedShort(byte[] bytes, int at) {
    return (bytes[at] & 255) << 8 | bytes[at + 1] & 255;
  }

  static byte[] letters(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
