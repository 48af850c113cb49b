package dev.spanda.media.clip;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A sample entry of sound whose packets can be copied: AAC (ISO/IEC 14496-14, section 5.6) or Opus
 * (Encapsulation of Opus in ISO BMFF, section 4.3).
 *
 * @param entry of version 0, with its header
 * @param preroll how many packets before the first one that is heard the decoder needs
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over, never compared.
record SoundEntry(byte[] entry, int preroll) {

  private static final int FIELDS = 36;

  /** Sound of one packet is made with that of the packet before; two are safe with SBR as well. */
  private static final int AAC_PREROLL = 2;

  /** RFC 7845, section 4.6, asks for 80 ms; packets have 20 ms, and twice as many are closer. */
  private static final int OPUS_PREROLL = 8;

  /** The entry of a track; empty when its packets are not copied. */
  static Optional<SoundEntry> of(Track sound) {
    return switch (sound.codec()) {
      case "Opus" -> Optional.of(new SoundEntry(sound.entry, OPUS_PREROLL));
      case "mp4a" -> aac(sound.entry);
      default -> Optional.empty();
    };
  }

  private static Optional<SoundEntry> aac(byte[] entry) {
    ByteBuffer bytes = ByteBuffer.wrap(entry);
    int fields =
        switch (bytes.getShort(16)) {
          case 0 -> FIELDS;
          case 1 -> FIELDS + 16;
          default -> -1;
        };
    if (fields < 0) {
      return Optional.empty();
    }
    byte[] esds = find(bytes.slice(fields, entry.length - fields));
    if (esds == null || objectType(esds) != 0x40) {
      return Optional.empty();
    }
    byte[] plain = new byte[FIELDS - 8];
    System.arraycopy(entry, 8, plain, 0, plain.length);
    plain[8] = 0;
    plain[9] = 0;
    return Optional.of(
        new SoundEntry(Boxes.box("mp4a", plain, Boxes.box("esds", esds)), AAC_PREROLL));
  }

  private static byte @Nullable [] find(ByteBuffer boxes) {
    byte[][] found = new byte[1][];
    Boxes.each(
        boxes,
        (type, body) -> {
          if (type.equals("esds")) {
            found[0] = Boxes.bytes(body);
          } else if (type.equals("wave")) {
            byte[] inner = find(body);
            if (inner != null) {
              found[0] = inner;
            }
          }
        });
    return found[0];
  }

  /** ISO/IEC 14496-1, section 7.2.6: the object type in the decoder's configuration. */
  private static int objectType(byte[] esds) {
    int at = 4;
    while (at < esds.length) {
      int tag = esds[at++] & 255;
      while (at < esds.length && (esds[at] & 0x80) != 0) {
        at++;
      }
      at++;
      if (tag == 4) {
        return at < esds.length ? esds[at] & 255 : -1;
      }
      if (tag != 3) {
        return -1;
      }
      // The stream's descriptor: an id, flags, and what the flags announce.
      int flags = esds[at + 2];
      at += 3;
      at += (flags & 0x80) != 0 ? 2 : 0;
      at += (flags & 0x40) != 0 ? 1 + (esds[at] & 255) : 0;
      at += (flags & 0x20) != 0 ? 2 : 0;
    }
    return -1;
  }
}
