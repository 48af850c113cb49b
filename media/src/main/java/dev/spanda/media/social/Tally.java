package dev.spanda.media.social;

import java.io.ByteArrayOutputStream;
import java.time.DayOfWeek;
import java.util.BitSet;

/**
 * What a user or a channel brought, all of it: counters, first and last time, and when in the day
 * and the week, all in UTC. Not thread-safe.
 *
 * <p>Its pattern persists as variable-length numbers (seven bits a byte, lowest first): 24 counters
 * of the hours, 7 of the weekdays from Monday, the first day since 1970, the number of bytes of a
 * bit set, and that: bit n says whether something came on the n-th day after the first.
 */
final class Tally {

  static final long DAY_MILLIS = 86_400_000;
  static final long HOUR_MILLIS = 3_600_000;
  static final int HOURS = 24;
  static final int WEEKDAYS = 7;

  /** The first of January 1970 was a Thursday. */
  private static final int WEEKDAY_OF_DAY_0 = DayOfWeek.THURSDAY.getValue() - 1;

  long messages;
  long mentions;
  long emotes;
  long firstAt = Long.MAX_VALUE;
  long lastAt = Long.MIN_VALUE;
  final long[] hours = new long[HOURS];
  final long[] weekdays = new long[WEEKDAYS];
  private long firstDay;
  private BitSet days = new BitSet();

  void add(long at, int emotesMore, int mentionsMore) {
    messages++;
    emotes += emotesMore;
    mentions += mentionsMore;
    firstAt = Math.min(firstAt, at);
    lastAt = Math.max(lastAt, at);
    long day = Math.floorDiv(at, DAY_MILLIS);
    hours[(int) (Math.floorMod(at, DAY_MILLIS) / HOUR_MILLIS)]++;
    weekdays[weekday(day)]++;
    mark(day);
  }

  /** Adds another, which is left as it is. */
  void add(Tally other) {
    messages += other.messages;
    emotes += other.emotes;
    mentions += other.mentions;
    firstAt = Math.min(firstAt, other.firstAt);
    lastAt = Math.max(lastAt, other.lastAt);
    for (int i = 0; i < HOURS; i++) {
      hours[i] += other.hours[i];
    }
    for (int i = 0; i < WEEKDAYS; i++) {
      weekdays[i] += other.weekdays[i];
    }
    other.days.stream().forEach(bit -> mark(other.firstDay + bit));
  }

  /** From 0 for Monday to 6 for Sunday. */
  static int weekday(long daySince1970) {
    return (int) Math.floorMod(daySince1970 + WEEKDAY_OF_DAY_0, (long) WEEKDAYS);
  }

  private void mark(long day) {
    if (days.isEmpty()) {
      firstDay = day;
    } else if (day < firstDay) {
      BitSet moved = new BitSet();
      int by = (int) (firstDay - day);
      days.stream().forEach(bit -> moved.set(bit + by));
      days = moved;
      firstDay = day;
    }
    days.set((int) (day - firstDay));
  }

  /** On how many days something came. */
  int activeDays() {
    return days.cardinality();
  }

  /** On how many of the days up to the last one, that one included, something came. */
  int activeDaysOfLast(int count) {
    int last = days.length();
    return days.get(Math.max(0, last - count), last).cardinality();
  }

  /** How many days lie from the first to the last, both included; 0 when there is none. */
  int span() {
    return days.length();
  }

  byte[] pattern() {
    ByteArrayOutputStream out = new ByteArrayOutputStream(80);
    for (long hour : hours) {
      write(out, hour);
    }
    for (long weekday : weekdays) {
      write(out, weekday);
    }
    byte[] bits = days.toByteArray();
    write(out, firstDay);
    write(out, bits.length);
    out.writeBytes(bits);
    return out.toByteArray();
  }

  /** Reads what {@link #pattern} wrote. */
  void readPattern(byte[] pattern) {
    int[] at = {0};
    for (int i = 0; i < HOURS; i++) {
      hours[i] = read(pattern, at);
    }
    for (int i = 0; i < WEEKDAYS; i++) {
      weekdays[i] = read(pattern, at);
    }
    firstDay = read(pattern, at);
    int length = (int) read(pattern, at);
    byte[] bits = new byte[length];
    System.arraycopy(pattern, at[0], bits, 0, length);
    days = BitSet.valueOf(bits);
  }

  private static void write(ByteArrayOutputStream out, long value) {
    long left = value;
    while (left > 127) {
      out.write((int) (left & 127 | 128));
      left >>>= 7;
    }
    out.write((int) left);
  }

  private static long read(byte[] bytes, int[] at) {
    long value = 0;
    for (int shift = 0; ; shift += 7) {
      int next = bytes[at[0]++];
      value |= (long) (next & 127) << shift;
      if (next >= 0) {
        return value;
      }
    }
  }
}
