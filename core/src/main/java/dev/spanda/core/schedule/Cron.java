package dev.spanda.core.schedule;

import dev.spanda.core.Failure;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A schedule by a cron line of five fields in a time zone. Immutable and thread-safe.
 *
 * <p>The dialect, after POSIX {@code crontab} with the usual additions:
 *
 * <ul>
 *   <li>Fields, parted by blanks: minute 0–59, hour 0–23, day of month 1–31, month 1–12 or {@code
 *       JAN}–{@code DEC}, day of week 0–7 or {@code SUN}–{@code SAT}, where 0 and 7 are Sunday.
 *       Names are three letters in any case.
 *   <li>A field is a list, parted by commas, of {@code *}, a value, or a range {@code a-b} with
 *       {@code a ≤ b} (in the last field a range may end in Sunday: {@code FRI-SUN}). Each may have
 *       a step, as in {@code 8-18/2}; a star may too, and {@code a/n} means from a to the field's
 *       largest value.
 *   <li>When day of month and day of week are both given, that is, neither is {@code *}, a day
 *       counts when either of them matches.
 *   <li>When clocks go forward, a time inside the gap is due at the first instant after the gap;
 *       several such times are due once. When clocks go back, a time that occurs twice is due at
 *       its first occurrence only.
 * </ul>
 *
 * <p>Source: The Open Group Base Specifications Issue 7, {@code crontab}; the rules for clock
 * changes are our own.
 */
public final class Cron implements Schedule {

  private static final String ALLOWED =
      "five fields are allowed: minute 0-59, hour 0-23, day of month 1-31, month 1-12 or JAN-DEC,"
          + " day of week 0-7 or SUN-SAT; each a list of *, values and ranges, with /step";
  private static final List<String> MONTHS =
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
  private static final List<String> DAYS = List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");
  private static final int[] LONGEST_MONTH = {0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  private static final int LONGEST_TEXT = 512;

  /** February 29 is at most eight years away, around a century that is not a leap year. */
  private static final int DAYS_AHEAD = 9 * 366;

  private final String text;
  private final ZoneId zone;
  private final long minutes;
  private final long hours;
  private final long daysOfMonth;
  private final long months;
  private final long daysOfWeek;
  private final boolean everyDayOfMonth;
  private final boolean everyDayOfWeek;

  private Cron(String text, ZoneId zone, String[] fields) {
    this.text = text;
    this.zone = zone;
    minutes = field(fields[0], 0, 59, List.of(), 0);
    hours = field(fields[1], 0, 23, List.of(), 0);
    daysOfMonth = field(fields[2], 1, 31, List.of(), 0);
    months = field(fields[3], 1, 12, MONTHS, 1);
    long week = field(fields[4], 0, 7, DAYS, 0);
    daysOfWeek = (week | week >>> 7) & 0x7F;
    everyDayOfMonth = fields[2].equals("*") || fields[2].equals("*/1");
    everyDayOfWeek = fields[4].equals("*") || fields[4].equals("*/1");
    if (everyDayOfWeek && !everyDayOfMonth && !someMonthIsLongEnough()) {
      throw refuse("No chosen month has such a day, the schedule is never due");
    }
  }

  /**
   * Reads a cron line.
   *
   * @param text five fields as the class describes; at most 512 characters
   * @param zone in whose local time the fields are read
   * @throws Failure INVALID, subject {@code schedule}, when the text is no such line or names only
   *     days that do not exist, such as February 30
   */
  public static Cron parse(String text, ZoneId zone) {
    String plain = text.strip();
    String[] fields = plain.split("\\s+");
    if (plain.length() > LONGEST_TEXT || fields.length != 5) {
      throw Failure.invalid(
          "schedule",
          text,
          "Cron text has "
              + (plain.isEmpty() ? 0 : fields.length)
              + " fields and "
              + plain.length()
              + " characters; "
              + ALLOWED);
    }
    return new Cron(String.join(" ", fields), zone, fields);
  }

  /** The line this schedule was read from, with single blanks. */
  public String text() {
    return text;
  }

  /** The zone in whose local time the fields are read. */
  public ZoneId zone() {
    return zone;
  }

  @Override
  public Optional<Instant> nextAfter(Instant instant) {
    LocalDateTime start = LocalDateTime.ofInstant(instant, zone);
    LocalDate date = start.toLocalDate();
    int fromHour = start.getHour();
    int fromMinute = start.getMinute();
    for (int day = 0; day < DAYS_AHEAD; day++) {
      if (matches(date)) {
        for (int hour = next(hours, fromHour); hour >= 0; hour = next(hours, hour + 1)) {
          int first = hour == fromHour ? fromMinute : 0;
          for (int minute = next(minutes, first); minute >= 0; minute = next(minutes, minute + 1)) {
            Instant candidate = resolve(date.atTime(hour, minute));
            // In the hour that is lived twice the first occurrence may already be over.
            if (candidate.isAfter(instant)) {
              return Optional.of(candidate);
            }
          }
        }
      }
      date = date.plusDays(1);
      fromHour = 0;
      fromMinute = 0;
    }
    return Optional.empty();
  }

  boolean matches(LocalDate date) {
    if ((months >>> date.getMonthValue() & 1) == 0) {
      return false;
    }
    boolean inMonth = (daysOfMonth >>> date.getDayOfMonth() & 1) != 0;
    boolean inWeek = (daysOfWeek >>> date.getDayOfWeek().getValue() % 7 & 1) != 0;
    if (everyDayOfMonth || everyDayOfWeek) {
      return inMonth && inWeek;
    }
    return inMonth || inWeek;
  }

  /** The instant at which a local time is due: see the class on clock changes. */
  private Instant resolve(LocalDateTime local) {
    List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
    if (!offsets.isEmpty()) {
      return local.toInstant(offsets.get(0));
    }
    ZoneOffsetTransition gap = zone.getRules().getTransition(local);
    return gap.getInstant();
  }

  private boolean someMonthIsLongEnough() {
    int earliest = Long.numberOfTrailingZeros(daysOfMonth);
    for (int month = 1; month <= 12; month++) {
      if ((months >>> month & 1) != 0 && earliest <= LONGEST_MONTH[month]) {
        return true;
      }
    }
    return false;
  }

  /** The lowest set bit at or above {@code from}, or −1. */
  private static int next(long bits, int from) {
    long rest = from > 63 ? 0 : bits & (-1L << from);
    return rest == 0 ? -1 : Long.numberOfTrailingZeros(rest);
  }

  private long field(String field, int min, int max, List<String> names, int firstName) {
    long bits = 0;
    for (String item : field.split(",", -1)) {
      bits |= item(item, min, max, names, firstName);
    }
    return bits;
  }

  private long item(String item, int min, int max, List<String> names, int firstName) {
    int slash = item.indexOf('/');
    String range = slash < 0 ? item : item.substring(0, slash);
    int step = 1;
    if (slash >= 0) {
      step = number(item.substring(slash + 1), item);
      if (step < 1 || step > max) {
        throw refuse("Step in " + item + " must be between 1 and " + max);
      }
    }
    int low;
    int high;
    int dash = range.indexOf('-');
    if (range.equals("*")) {
      low = min;
      // Sunday has two numbers; a step over all days must meet it once.
      high = max == 7 ? 6 : max;
    } else if (dash >= 0) {
      low = value(range.substring(0, dash), item, min, max, names, firstName);
      high = value(range.substring(dash + 1), item, min, max, names, firstName);
      if (max == 7 && high == 0 && low > 0) {
        high = 7;
      }
      if (low > high) {
        throw refuse("Range " + item + " runs backwards");
      }
    } else {
      low = value(range, item, min, max, names, firstName);
      high = slash >= 0 ? (max == 7 ? 6 : max) : low;
      if (low > high) {
        high = low;
      }
    }
    long bits = 0;
    for (int value = low; value <= high; value += step) {
      bits |= 1L << value;
    }
    return bits;
  }

  private int value(String word, String item, int min, int max, List<String> names, int firstName) {
    int named = names.indexOf(word.toUpperCase(Locale.ROOT));
    int value = named >= 0 ? named + firstName : number(word, item);
    if (value < min || value > max) {
      throw refuse("Value in " + item + " must be between " + min + " and " + max);
    }
    return value;
  }

  private int number(String digits, String item) {
    if (digits.isEmpty() || digits.length() > 2) {
      throw refuse("Cannot read " + (item.isEmpty() ? "an empty item" : item));
    }
    int number = 0;
    for (int i = 0; i < digits.length(); i++) {
      char c = digits.charAt(i);
      if (c < '0' || c > '9') {
        throw refuse("Cannot read " + item);
      }
      number = number * 10 + (c - '0');
    }
    return number;
  }

  private Failure refuse(String why) {
    return Failure.invalid("schedule", text, why + "; " + ALLOWED);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Cron cron && cron.text.equals(text) && cron.zone.equals(zone);
  }

  @Override
  public int hashCode() {
    return text.hashCode() * 31 + zone.hashCode();
  }

  @Override
  public String toString() {
    return "Cron[" + text + ", " + zone + "]";
  }
}
