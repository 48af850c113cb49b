package dev.spanda.server.cli;

import dev.spanda.astrology.Place;
import dev.spanda.astrology.hour.PlanetaryDay;
import dev.spanda.astrology.hour.PlanetaryHour;
import dev.spanda.astrology.hour.PlanetaryHours;
import dev.spanda.core.Failure;
import dev.spanda.server.wire.SkyWords;
import java.io.IOException;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The planetary hours of a day. */
@Command(
    name = "hours",
    description = "The 24 planetary hours of the day that holds a moment, from sunrise on.",
    mixinStandardHelpOptions = true)
final class SkyHoursCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private SkyOptions.When when = new SkyOptions.When();

  @Mixin private SkyOptions.Where where = new SkyOptions.Where();

  @Mixin private SkyOptions.Form form = new SkyOptions.Form();

  SkyHoursCommand() {}

  @Override
  public Integer call() throws IOException {
    Instant at = when.moment();
    Place place = where.place();
    PlanetaryHours hours = new PlanetaryHours();
    PlanetaryDay day =
        SkyWords.withinYears("at", when.said(), () -> hours.dayAt(at, place))
            .orElseThrow(
                () ->
                    Failure.invalid(
                        "place",
                        where.shown(),
                        "place must be where the Sun rises and sets around "
                            + at
                            + "; it does not at latitude "
                            + place.latitudeDeg()
                            + ", so there are no planetary hours"));
    SkyTable table =
        new SkyTable()
            .column("number", "Hour")
            .column("ruler", "Ruler")
            .column("start", "From")
            .column("end", "To")
            .column("quality", "Quality")
            .column("attributes", "Words")
            .column("current", "", value -> Boolean.TRUE.equals(value) ? "←" : "");
    for (PlanetaryHour hour : day.hours()) {
      table.row(
          hour.number(),
          hour.ruler().label(),
          hour.start(),
          hour.end(),
          hour.quality().name().toLowerCase(Locale.ROOT),
          String.join(" ", hour.attributes()),
          hour.contains(at));
    }
    form.write(
        spec.commandLine().getOut(),
        out -> {
          if (form.json()) {
            out.println(
                Report.json(
                    SkyTable.fields(
                        "date", at,
                        "place", where.fields(),
                        "day_ruler", day.ruler().label(),
                        "sunrise", day.sunrise(),
                        "sunset", day.sunset(),
                        "next_sunrise", day.nextSunrise(),
                        "hours", table.objects())));
          } else if (form.csv()) {
            table.csv(out);
          } else {
            out.println(
                "Day of "
                    + day.ruler().label()
                    + ", "
                    + where.shown()
                    + "; times are UTC, ← holds "
                    + SkyTable.moment(at));
            table.text(out);
          }
        });
    return 0;
  }
}
