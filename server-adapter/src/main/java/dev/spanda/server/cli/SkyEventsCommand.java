package dev.spanda.server.cli;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Place;
import dev.spanda.astrology.Sign;
import dev.spanda.astrology.event.EclipseFinder;
import dev.spanda.astrology.event.Passing;
import dev.spanda.astrology.event.RiseSet;
import dev.spanda.astrology.event.SkyEvent;
import dev.spanda.astrology.event.ZodiacEvents;
import dev.spanda.astrology.moon.MoonCalendar;
import dev.spanda.astrology.moon.MoonPhase;
import dev.spanda.astrology.moon.VoidOfCourse;
import dev.spanda.core.Failure;
import dev.spanda.server.wire.SkyWords;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What happens in the sky from one moment to another. */
@Command(
    name = "events",
    description =
        "Rise, set and twilights at a place; phases, stations, ingresses, void of course,"
            + " eclipses.",
    mixinStandardHelpOptions = true)
final class SkyEventsCommand implements Callable<Integer> {

  private static final List<String> KINDS =
      List.of(
          "rise-set", "twilights", "phases", "stations", "ingresses", "void-of-course", "eclipses");

  private static final Duration USUAL_SPAN = Duration.ofDays(30);
  private static final Duration LONGEST = Duration.ofDays(366 * 200);
  private static final Duration LONGEST_AT_A_PLACE = Duration.ofDays(3_660);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private SkyOptions.Where where = new SkyOptions.Where();

  @Mixin private SkyOptions.Which which = new SkyOptions.Which();

  @Mixin private SkyOptions.Form form = new SkyOptions.Form();

  @Option(
      names = "--kind",
      paramLabel = "KIND,…",
      split = ",",
      description =
          "rise-set, twilights, phases, stations, ingresses, void-of-course, eclipses; by default"
              + " all that happen everywhere, and with --place rise-set too.")
  private List<String> kinds = new ArrayList<>();

  @Option(names = "--from", paramLabel = "DATE", description = "The beginning; now by default.")
  private @Nullable String from;

  @Option(
      names = "--to",
      paramLabel = "DATE",
      description =
          "The end, at most 200 years later (10 for rise-set and twilights); 30 days by"
              + " default.")
  private @Nullable String to;

  private record Row(
      Instant at,
      String kind,
      Body body,
      String event,
      @Nullable Sign sign,
      @Nullable Double longitudeDeg,
      @Nullable Instant until) {}

  private final List<Row> found = new ArrayList<>();

  SkyEventsCommand() {}

  @Override
  public Integer call() throws IOException {
    Instant begin =
        from == null
            ? Clock.systemUTC().instant().truncatedTo(ChronoUnit.SECONDS)
            : SkyWords.instant("from", from);
    Instant end = to == null ? begin.plus(USUAL_SPAN) : SkyWords.instant("to", to);
    List<String> chosen = chosen();
    boolean local = chosen.contains("rise-set") || chosen.contains("twilights");
    Duration longest = local ? LONGEST_AT_A_PLACE : LONGEST;
    if (!begin.isBefore(end) || Duration.between(begin, end).compareTo(longest) > 0) {
      throw Failure.invalid(
          "to",
          end.toString(),
          "to must be later than from ("
              + begin
              + ") by at most "
              + longest.toDays()
              + " days; was "
              + end);
    }
    SkyWords.withinYears(
        from == null ? "to" : "from",
        from == null ? end.toString() : from,
        () -> {
          chosen.forEach(kind -> find(kind, begin, end));
          return true;
        });
    found.sort(Comparator.comparing(Row::at));
    SkyTable table = table();
    form.write(
        spec.commandLine().getOut(),
        out -> {
          if (form.json()) {
            out.println(
                Report.json(
                    SkyTable.fields(
                        "from",
                        begin,
                        "to",
                        end,
                        "place",
                        local ? where.fields() : null,
                        "events",
                        table.objects())));
          } else if (form.csv()) {
            table.csv(out);
          } else {
            out.println(
                SkyTable.moment(begin)
                    + " to "
                    + SkyTable.moment(end)
                    + " UTC"
                    + (local ? ", " + where.shown() : ""));
            table.text(out);
          }
        });
    return 0;
  }

  private List<String> chosen() {
    List<String> chosen = new ArrayList<>();
    for (String kind : kinds) {
      String plain = kind.strip().toLowerCase(Locale.ROOT).replace('_', '-');
      if (!KINDS.contains(plain)) {
        throw Failure.notAllowed("kind", kind, KINDS);
      }
      chosen.add(plain);
    }
    if (chosen.isEmpty()) {
      chosen.addAll(KINDS.subList(2, KINDS.size()));
      if (where.isGiven()) {
        chosen.add("rise-set");
      }
    }
    return chosen;
  }

  private void find(String kind, Instant begin, Instant end) {
    ZodiacEvents zodiac = new ZodiacEvents();
    switch (kind) {
      case "rise-set" -> {
        for (Body body : which.bodies(List.of(Body.SUN, Body.MOON))) {
          for (RiseSet.Event event : RiseSet.Event.values()) {
            String word = event.name().toLowerCase(Locale.ROOT);
            passings(kind, body, event, RiseSet.Limit.UPPER_LIMB, word, begin, end);
          }
        }
      }
      case "twilights" -> {
        for (RiseSet.Limit limit :
            List.of(RiseSet.Limit.CIVIL, RiseSet.Limit.NAUTICAL, RiseSet.Limit.ASTRONOMICAL)) {
          String word = limit.name().toLowerCase(Locale.ROOT);
          passings(kind, Body.SUN, RiseSet.Event.RISE, limit, word + "_dawn", begin, end);
          passings(kind, Body.SUN, RiseSet.Event.SET, limit, word + "_dusk", begin, end);
        }
      }
      case "phases" -> {
        MoonCalendar calendar = new MoonCalendar();
        for (MoonPhase phase :
            List.of(
                MoonPhase.NEW_MOON,
                MoonPhase.FIRST_QUARTER,
                MoonPhase.FULL_MOON,
                MoonPhase.LAST_QUARTER)) {
          Instant at = calendar.next(phase, begin);
          while (!at.isAfter(end)) {
            String word = phase.name().toLowerCase(Locale.ROOT);
            found.add(new Row(at, kind, Body.MOON, word, null, null, null));
            at = calendar.next(phase, at.plus(Duration.ofDays(20)));
          }
        }
      }
      case "stations" -> {
        List<Body> planets = Body.planets().subList(2, 10);
        for (Body body : which.bodies(planets)) {
          for (SkyEvent.Station each : zodiac.stations(body, begin, end)) {
            String word = each.retrograde() ? "station_retrograde" : "station_direct";
            double longitude = each.longitudeDeg();
            found.add(new Row(each.at(), kind, body, word, Sign.of(longitude), longitude, null));
          }
        }
      }
      case "ingresses" -> {
        for (Body body : which.bodies(Body.planets())) {
          for (SkyEvent.Ingress each : zodiac.ingresses(body, begin, end)) {
            String word = each.direct() ? "enters" : "enters_retrograde";
            found.add(new Row(each.at(), kind, body, word, each.sign(), null, null));
          }
        }
      }
      case "void-of-course" -> voids(kind, begin, end);
      default -> {
        for (Body body : List.of(Body.SUN, Body.MOON)) {
          for (SkyEvent.Eclipse each : new EclipseFinder().eclipses(body, begin, end)) {
            String word = each.kind().label() + (body == Body.SUN ? "_solar" : "_lunar");
            found.add(new Row(each.at(), kind, body, word, null, null, null));
          }
        }
      }
    }
  }

  /** In steps of ten years, which is half of what the calendar takes at once. */
  private void voids(String kind, Instant begin, Instant end) {
    MoonCalendar calendar = new MoonCalendar();
    Instant at = begin;
    while (at.isBefore(end)) {
      Instant step = at.plus(LONGEST_AT_A_PLACE);
      Instant until = step.isBefore(end) ? step : end;
      for (VoidOfCourse each : calendar.voidsOfCourse(at, until)) {
        // One that spans the edge of two steps was found before.
        if (at.equals(begin) || !each.start().isBefore(at)) {
          found.add(
              new Row(
                  each.start(), kind, Body.MOON, "void_of_course", each.sign(), null, each.end()));
        }
      }
      at = until;
    }
  }

  private void passings(
      String kind,
      Body body,
      RiseSet.Event event,
      RiseSet.Limit limit,
      String word,
      Instant begin,
      Instant end) {
    RiseSet finder = new RiseSet();
    Place place = where.place();
    Instant at = begin;
    while (Duration.between(at, end).compareTo(Duration.ofMinutes(1)) >= 0) {
      Duration left = Duration.between(at, end);
      Duration within = left.compareTo(RiseSet.LONGEST) < 0 ? left : RiseSet.LONGEST;
      Passing passing = finder.next(event, body, place, at, limit, within);
      if (passing instanceof Passing.At time) {
        if (!time.at().isAfter(end)) {
          found.add(new Row(time.at(), kind, body, word, null, null, null));
        }
        at = time.at().plus(Duration.ofMinutes(1));
      } else {
        // It stays above or below all the time: look on from there.
        at = at.plus(within);
      }
    }
  }

  private SkyTable table() {
    SkyTable table =
        new SkyTable()
            .column("at", "At (UTC)")
            .column("kind", "Kind")
            .column("body", "Body")
            .column("event", "Event", value -> value.toString().replace('_', ' '))
            .column("sign", "Sign")
            .column("longitude_deg", "Longitude", SkyTable::zodiac)
            .column("until", "Until");
    for (Row row : found) {
      table.row(
          row.at,
          row.kind,
          row.body.label(),
          row.event,
          row.sign == null ? null : row.sign.label(),
          row.longitudeDeg,
          row.until);
    }
    return table;
  }
}
