package dev.spanda.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.zone.ZoneOffsetTransition;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Compares cron with a scanner that looks at one minute after the other. */
class CronModelTest {

  private static final int CASES = 10_000;
  private static final long SEED = 20260301;
  private static final Duration WINDOW = Duration.ofDays(3);
  private static final List<ZoneId> ZONES =
      List.of(
          ZoneId.of("Europe/Berlin"),
          ZoneId.of("America/New_York"),
          ZoneId.of("Australia/Lord_Howe"),
          ZoneOffset.UTC);

  /** The sets a line stands for, read without any code of the class under test. */
  private record Line(String text, List<Set<Integer>> sets, boolean anyDay, boolean anyWeekday) {

    boolean has(LocalDateTime time) {
      boolean day = sets.get(2).contains(time.getDayOfMonth());
      boolean weekday = sets.get(4).contains(time.getDayOfWeek().getValue() % 7);
      boolean date = (anyDay || anyWeekday) ? (day && weekday) : (day || weekday);
      return date
          && sets.get(0).contains(time.getMinute())
          && sets.get(1).contains(time.getHour())
          && sets.get(3).contains(time.getMonthValue());
    }
  }

  @Test
  void theNextDueInstantIsTheFirstThatAMinuteScannerFinds() {
    Random random = new Random(SEED);
    int found = 0;
    for (int i = 0; i < CASES; i++) {
      Line line = line(random);
      ZoneId zone = ZONES.get(random.nextInt(ZONES.size()));
      Instant from = start(random, zone);
      Optional<Instant> expected = scan(line, zone, from);
      Optional<Instant> actual = Cron.parse(line.text(), zone).nextAfter(from);
      String name = "seed " + SEED + ", case " + i + ": " + line.text() + " " + zone + " " + from;
      if (expected.isPresent()) {
        found++;
        assertThat(actual).as(name).isEqualTo(expected);
      } else {
        assertThat(actual).as(name).isPresent();
        assertThat(actual.orElseThrow()).as(name).isAfter(from.plus(WINDOW));
        assertThat(isDue(line, zone, actual.orElseThrow())).as(name).isTrue();
      }
    }
    // Most cases must have been decided by the scanner for this to say anything.
    assertThat(found).isGreaterThan(CASES * 6 / 10);
  }

  private static Optional<Instant> scan(Line line, ZoneId zone, Instant from) {
    Instant minute = from.truncatedTo(ChronoUnit.MINUTES).plus(1, ChronoUnit.MINUTES);
    for (; !minute.isAfter(from.plus(WINDOW)); minute = minute.plus(1, ChronoUnit.MINUTES)) {
      if (isDue(line, zone, minute)) {
        return Optional.of(minute);
      }
    }
    return Optional.empty();
  }

  private static boolean isDue(Line line, ZoneId zone, Instant minute) {
    ZoneOffsetTransition change = zone.getRules().previousTransition(minute.plusNanos(1));
    LocalDateTime local = LocalDateTime.ofInstant(minute, zone);
    if (change != null && change.isGap() && change.getInstant().equals(minute)) {
      LocalDateTime skipped = change.getDateTimeBefore();
      for (; skipped.isBefore(change.getDateTimeAfter()); skipped = skipped.plusMinutes(1)) {
        if (line.has(skipped)) {
          return true;
        }
      }
    }
    boolean secondTime =
        change != null && change.isOverlap() && local.isBefore(change.getDateTimeBefore());
    return !secondTime && line.has(local);
  }

  private static Instant start(Random random, ZoneId zone) {
    Instant any = Instant.parse("2024-01-01T00:00:00Z").plusSeconds(random.nextInt(126_000_000));
    if (random.nextBoolean()) {
      return any;
    }
    // Half of the cases begin within the hours before or after a clock change.
    ZoneOffsetTransition change = zone.getRules().nextTransition(any);
    return change == null ? any : change.getInstant().plusSeconds(random.nextInt(28_800) - 14_400);
  }

  private static Line line(Random random) {
    Field minute = field(random, 0, 59, 0.3);
    Field hour = field(random, 0, 23, 0.5);
    Field day = field(random, 1, 31, 0.6);
    Field month = field(random, 1, 12, 0.85);
    Field weekday = field(random, 0, 6, 0.6);
    if (weekday.text.equals("*") && !day.text.equals("*")) {
      // Only days that exist in some chosen month make a line that is ever due.
      month = new Field("*", range(1, 12, 1));
    }
    return new Line(
        String.join(" ", minute.text, hour.text, day.text, month.text, weekday.text),
        List.of(minute.values, hour.values, day.values, month.values, weekday.values),
        day.text.equals("*"),
        weekday.text.equals("*"));
  }

  private record Field(String text, Set<Integer> values) {}

  private static Field field(Random random, int min, int max, double anything) {
    if (random.nextDouble() < anything) {
      return new Field("*", range(min, max, 1));
    }
    StringBuilder text = new StringBuilder();
    Set<Integer> values = new HashSet<>();
    int items = 1 + random.nextInt(3);
    for (int i = 0; i < items; i++) {
      text.append(i == 0 ? "" : ",");
      int low = min + random.nextInt(max - min + 1);
      int high = low + random.nextInt(max - low + 1);
      int step = 2 + random.nextInt(Math.max(1, (max - min) / 2));
      switch (random.nextInt(4)) {
        case 0 -> {
          text.append(low);
          values.add(low);
        }
        case 1 -> {
          text.append(low).append('-').append(high);
          values.addAll(range(low, high, 1));
        }
        case 2 -> {
          text.append(low).append('-').append(high).append('/').append(step);
          values.addAll(range(low, high, step));
        }
        default -> {
          text.append("*/").append(step);
          values.addAll(range(min, max, step));
        }
      }
    }
    return new Field(text.toString(), values);
  }

  private static Set<Integer> range(int low, int high, int step) {
    Set<Integer> values = new HashSet<>();
    for (int value = low; value <= high; value += step) {
      values.add(value);
    }
    return values;
  }
}
