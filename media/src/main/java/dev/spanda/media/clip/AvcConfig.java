package dev.spanda.media.clip;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * The parameter sets of an H.264 track, read from the box avcC of its sample entry (ISO/IEC
 * 14496-15:2017, section 5.3.3) and from the sets themselves (ITU-T H.264, sections 7.3.2.1 and
 * 7.3.2.2).
 */
final class AvcConfig {

  /** Bytes of a visual sample entry before its boxes, its header included. */
  private static final int ENTRY_FIELDS = 86;

  private static final int NAL_SLICE = 1;
  private static final int NAL_IDR = 5;
  private static final int NAL_SPS = 7;
  private static final int NAL_PPS = 8;
  private static final int HIGH = 100;
  private static final int MOST_IDS = 32;

  private final byte[] entry;
  private final int boxAt;
  private final int boxSize;
  private final int lengthSize;
  private final List<byte[]> sps = new ArrayList<>();
  private final List<byte[]> pps = new ArrayList<>();
  private final byte[] rest;

  private AvcConfig(byte[] entry, int boxAt, int boxSize) {
    this.entry = entry;
    this.boxAt = boxAt;
    this.boxSize = boxSize;
    ByteBuffer box = ByteBuffer.wrap(entry, boxAt + 8, boxSize - 8).slice();
    this.lengthSize = (box.get(4) & 3) + 1;
    box.position(5);
    take(box, box.get() & 31, sps);
    take(box, box.get() & 255, pps);
    this.rest = Boxes.bytes(box);
  }

  private static void take(ByteBuffer box, int count, List<byte[]> into) {
    for (int i = 0; i < count; i++) {
      byte[] set = new byte[box.getShort() & 0xFFFF];
      box.get(set);
      into.add(set);
    }
  }

  /**
   * The configuration in a sample entry; empty when it has none.
   *
   * @param entry with its header; not copied, not modified
   */
  static Optional<AvcConfig> in(byte[] entry) {
    int at = ENTRY_FIELDS;
    ByteBuffer bytes = ByteBuffer.wrap(entry);
    while (at + 8 <= entry.length) {
      int size = bytes.getInt(at);
      if (size < 8 || size > entry.length - at) {
        return Optional.empty();
      }
      if (Boxes.name(bytes.getInt(at + 4)).equals("avcC")) {
        return Optional.of(new AvcConfig(entry, at, size));
      }
      at += size;
    }
    return Optional.empty();
  }

  /** Why edges of this stream cannot be encoded to fit; empty when they can. */
  Optional<String> obstacle() {
    if (sps.size() != 1 || pps.isEmpty()) {
      return Optional.of("the stream has " + sps.size() + " sequence parameter sets");
    }
    if (lengthSize != 4) {
      return Optional.of("the stream counts its units with " + lengthSize + " bytes");
    }
    Bits bits = new Bits(sps.get(0), 1);
    int profile = bits.read(8);
    bits.read(16);
    bits.unsigned();
    if (profile != 66 && profile != 77 && profile != HIGH) {
      return Optional.of("the profile " + profile + " is not one of 66, 77 and 100");
    }
    if (profile == HIGH) {
      if (bits.unsigned() != 1 || bits.unsigned() != 0 || bits.unsigned() != 0) {
        return Optional.of("the colours are not 4:2:0 in 8 bits");
      }
      bits.read(1);
      if (bits.read(1) == 1) {
        return Optional.of("the stream has its own scaling matrices");
      }
    }
    bits.unsigned();
    int order = bits.unsigned();
    if (order == 0) {
      bits.unsigned();
    } else if (order == 1) {
      return Optional.of("the pictures are ordered in cycles");
    }
    bits.unsigned();
    bits.read(1);
    bits.unsigned();
    bits.unsigned();
    return bits.read(1) == 1 ? Optional.empty() : Optional.of("the pictures may be interlaced");
  }

  /** Ids that neither a sequence nor a picture parameter set has. */
  List<Integer> freeIds(int count) {
    BitSet used = new BitSet();
    for (byte[] set : sps) {
      used.set(new Bits(set, 4).unsigned());
    }
    for (byte[] set : pps) {
      Bits bits = new Bits(set, 1);
      used.set(bits.unsigned());
      used.set(bits.unsigned());
    }
    List<Integer> free = new ArrayList<>();
    for (int id = used.nextClearBit(1); free.size() < count; id = used.nextClearBit(id + 1)) {
      if (id >= MOST_IDS) {
        throw new IllegalArgumentException("No parameter set id is free");
      }
      free.add(id);
    }
    return free;
  }

  /** The sets as units of a sample, each behind its length. */
  byte[] asPrefix() {
    ByteArrayOutputStream units = new ByteArrayOutputStream();
    for (List<byte[]> sets : List.of(sps, pps)) {
      for (byte[] set : sets) {
        units.writeBytes(Boxes.words(set.length));
        units.writeBytes(set);
      }
    }
    return units.toByteArray();
  }

  /** The sample entry with the sets of others beside its own. */
  byte[] entryWith(List<AvcConfig> others) {
    List<byte[]> allSps = new ArrayList<>(sps);
    List<byte[]> allPps = new ArrayList<>(pps);
    for (AvcConfig other : others) {
      other.sps.stream().filter(set -> !holds(allSps, set)).forEach(allSps::add);
      other.pps.stream().filter(set -> !holds(allPps, set)).forEach(allPps::add);
    }
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.write(entry, boxAt + 8, 5);
    body.write(0xE0 | allSps.size());
    allSps.forEach(set -> putSet(body, set));
    body.write(allPps.size());
    allPps.forEach(set -> putSet(body, set));
    body.writeBytes(rest);
    byte[] box = Boxes.box("avcC", body.toByteArray());
    ByteBuffer merged = ByteBuffer.allocate(entry.length - boxSize + box.length);
    merged.put(entry, 0, boxAt).put(box);
    merged.put(entry, boxAt + boxSize, entry.length - boxAt - boxSize);
    merged.putInt(0, merged.capacity());
    return merged.array();
  }

  private static boolean holds(List<byte[]> sets, byte[] set) {
    return sets.stream().anyMatch(each -> java.util.Arrays.equals(each, set));
  }

  private static void putSet(ByteArrayOutputStream body, byte[] set) {
    body.write(set.length >>> 8);
    body.write(set.length);
    body.writeBytes(set);
  }

  /**
   * Whether a sample is an instantaneous decoder refresh: nothing behind it refers to anything
   * before it.
   *
   * @param sample its bytes; not modified
   */
  boolean isRefresh(byte[] sample) {
    int at = 0;
    ByteBuffer bytes = ByteBuffer.wrap(sample);
    while (at + lengthSize < sample.length) {
      int length = 0;
      for (int i = 0; i < lengthSize; i++) {
        length = length << 8 | bytes.get(at + i) & 255;
      }
      at += lengthSize;
      if (length < 1 || length > sample.length - at) {
        return false;
      }
      int type = sample[at] & 31;
      if (type >= NAL_SLICE && type <= NAL_IDR) {
        return type == NAL_IDR;
      }
      at += length;
    }
    return false;
  }

  /**
   * Whether no other frame is made of a sample's, so that the others can be decoded without it.
   *
   * @param sample its bytes; not modified
   */
  boolean isDisposable(byte[] sample) {
    int at = 0;
    boolean slices = false;
    ByteBuffer bytes = ByteBuffer.wrap(sample);
    while (lengthSize == 4 && at + 4 < sample.length) {
      int length = bytes.getInt(at);
      at += 4;
      if (length < 1 || length > sample.length - at) {
        return false;
      }
      int type = sample[at] & 31;
      if (type >= NAL_SLICE && type <= NAL_IDR) {
        slices = true;
        if ((sample[at] & 0x60) != 0) {
          return false;
        }
      }
      at += length;
    }
    return slices;
  }

  /** Whether a sample brings parameter sets along that the entry does not have. */
  boolean bringsOtherSets(byte[] sample) {
    int at = 0;
    ByteBuffer bytes = ByteBuffer.wrap(sample);
    while (lengthSize == 4 && at + 4 < sample.length) {
      int length = bytes.getInt(at);
      at += 4;
      if (length < 1 || length > sample.length - at) {
        return true;
      }
      int type = sample[at] & 31;
      byte[] unit = java.util.Arrays.copyOfRange(sample, at, at + length);
      if (type == NAL_SPS && !holds(sps, unit) || type == NAL_PPS && !holds(pps, unit)) {
        return true;
      }
      at += length;
    }
    return false;
  }

  /**
   * Reads bits of a unit, past the bytes that prevent start codes (7.3.1), and Exp-Golomb codes.
   */
  private static final class Bits {

    private final byte[] bytes;
    private int at;

    /**
     * Reads a unit.
     *
     * @param skip how many bytes are passed over first
     */
    Bits(byte[] unit, int skip) {
      ByteArrayOutputStream plain = new ByteArrayOutputStream();
      int zeros = 0;
      for (byte each : unit) {
        if (zeros >= 2 && each == 3) {
          zeros = 0;
          continue;
        }
        plain.write(each);
        zeros = each == 0 ? zeros + 1 : 0;
      }
      this.bytes = plain.toByteArray();
      this.at = skip * 8;
    }

    int read(int count) {
      int value = 0;
      for (int i = 0; i < count; i++, at++) {
        value = value << 1 | bytes[at >> 3] >> (7 - (at & 7)) & 1;
      }
      return value;
    }

    /** The code ue(v), section 9.1. */
    int unsigned() {
      int zeros = 0;
      while (read(1) == 0) {
        if (++zeros > 31) {
          throw new IllegalArgumentException("A code of more than 31 zeros");
        }
      }
      return (1 << zeros) - 1 + read(zeros);
    }
  }
}
