package dev.spanda.media.canvas;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * By how much two neighbours move together or apart: the pair adjustments of a font's GPOS table
 * under its feature {@code kern}. OpenType 1.9, "GPOS — Glyph Positioning Table", lookup types 2
 * and 9.
 */
final class Kerning {

  private static final int KERN = 0x6b65726e;

  /** One subtable: whether it speaks of a pair, and what it says. */
  private interface Pairs {
    /** Units of the font, or {@link Integer#MIN_VALUE} when the next subtable is to be asked. */
    int between(int left, int right);
  }

  private final ByteBuffer data;
  private final List<List<Pairs>> lookups = new ArrayList<>();

  /** Reads a GPOS table; an empty array has no pairs. */
  Kerning(byte[] table) {
    data = ByteBuffer.wrap(table);
    if (table.length == 0) {
      return;
    }
    int features = u16(6);
    int list = u16(8);
    TreeSet<Integer> indexes = new TreeSet<>();
    for (int feature = 0; feature < u16(features); feature++) {
      int record = features + 2 + 6 * feature;
      if (data.getInt(record) == KERN) {
        int at = features + u16(record + 4);
        for (int lookup = 0; lookup < u16(at + 2); lookup++) {
          indexes.add(u16(at + 4 + 2 * lookup));
        }
      }
    }
    for (int index : indexes) {
      lookups.add(lookup(list + u16(list + 2 + 2 * index)));
    }
  }

  /** The change of the left glyph's advance, in units of the font; below 0 is closer. */
  int between(int left, int right) {
    int sum = 0;
    for (List<Pairs> lookup : lookups) {
      for (Pairs pairs : lookup) {
        int value = pairs.between(left, right);
        if (value != Integer.MIN_VALUE) {
          sum += value;
          break;
        }
      }
    }
    return sum;
  }

  private List<Pairs> lookup(int at) {
    List<Pairs> subtables = new ArrayList<>();
    int type = u16(at);
    for (int subtable = 0; subtable < u16(at + 4); subtable++) {
      int start = at + u16(at + 6 + 2 * subtable);
      int kind = type;
      if (kind == 9) {
        kind = u16(start + 2);
        start += data.getInt(start + 4);
      }
      if (kind == 2) {
        subtables.add(u16(start) == 1 ? singles(start) : classes(start));
      }
    }
    return subtables;
  }

  private Pairs singles(int at) {
    Map<Integer, Integer> coverage = coverage(at + u16(at + 2));
    int firstFormat = u16(at + 4);
    int secondFormat = u16(at + 6);
    int step = 2 + 2 * Integer.bitCount(firstFormat) + 2 * Integer.bitCount(secondFormat);
    Map<Long, Integer> values = new HashMap<>();
    coverage.forEach(
        (glyph, index) -> {
          int set = at + u16(at + 10 + 2 * index);
          for (int pair = 0; pair < u16(set); pair++) {
            int record = set + 2 + pair * step;
            values.put(key(glyph, u16(record)), advance(record + 2, firstFormat));
          }
        });
    return (left, right) -> values.getOrDefault(key(left, right), Integer.MIN_VALUE);
  }

  private Pairs classes(int at) {
    Map<Integer, Integer> coverage = coverage(at + u16(at + 2));
    int firstFormat = u16(at + 4);
    int secondFormat = u16(at + 6);
    int valueSize = 2 * Integer.bitCount(firstFormat) + 2 * Integer.bitCount(secondFormat);
    Map<Integer, Integer> leftClasses = classDefinition(at + u16(at + 8));
    Map<Integer, Integer> rightClasses = classDefinition(at + u16(at + 10));
    int rights = u16(at + 14);
    return (left, right) -> {
      if (!coverage.containsKey(left)) {
        return Integer.MIN_VALUE;
      }
      int row = leftClasses.getOrDefault(left, 0);
      int column = rightClasses.getOrDefault(right, 0);
      return advance(at + 16 + (row * rights + column) * valueSize, firstFormat);
    };
  }

  private static long key(int left, int right) {
    return (long) left << 16 | right;
  }

  /** The change of the advance in a value record; it stands after the moves in x and in y. */
  private int advance(int at, int format) {
    return (format & 4) == 0 ? 0 : data.getShort(at + 2 * Integer.bitCount(format & 3));
  }

  private Map<Integer, Integer> coverage(int at) {
    Map<Integer, Integer> indexes = new HashMap<>();
    int count = u16(at + 2);
    if (u16(at) == 1) {
      for (int index = 0; index < count; index++) {
        indexes.put(u16(at + 4 + 2 * index), index);
      }
    } else {
      for (int range = 0; range < count; range++) {
        int record = at + 4 + 6 * range;
        for (int glyph = u16(record); glyph <= u16(record + 2); glyph++) {
          indexes.put(glyph, u16(record + 4) + glyph - u16(record));
        }
      }
    }
    return indexes;
  }

  private Map<Integer, Integer> classDefinition(int at) {
    Map<Integer, Integer> classes = new HashMap<>();
    if (u16(at) == 1) {
      int first = u16(at + 2);
      for (int index = 0; index < u16(at + 4); index++) {
        classes.put(first + index, u16(at + 6 + 2 * index));
      }
    } else {
      for (int range = 0; range < u16(at + 2); range++) {
        int record = at + 4 + 6 * range;
        for (int glyph = u16(record); glyph <= u16(record + 2); glyph++) {
          classes.put(glyph, u16(record + 4));
        }
      }
    }
    return classes;
  }

  private int u16(int at) {
    return data.getShort(at) & 0xFFFF;
  }
}
