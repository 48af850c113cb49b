package dev.spanda.server.cli;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Position;
import dev.spanda.astrology.aspect.AspectKind;
import dev.spanda.astrology.ephemeris.Ephemeris;
import dev.spanda.astrology.moon.MoonCalendar;
import dev.spanda.astrology.moon.MoonState;
import dev.spanda.astrology.moon.VoidOfCourse;
import dev.spanda.astrology.time.JulianDate;
import dev.spanda.server.wire.SkyWords;
import java.io.IOException;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** The Moon at a moment. */
@Command(
    name = "moon",
    description =
        "The Moon's phase, light, age, distance and place, the next new and full Moon, and when it"
            + " is void of course.",
    mixinStandardHelpOptions = true)
final class SkyMoonCommand implements Callable<Integer> {

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private SkyOptions.When when = new SkyOptions.When();

  @Mixin private SkyOptions.Form form = new SkyOptions.Form();

  SkyMoonCommand() {}

  @Override
  public Integer call() throws IOException {
    Instant at = when.moment();
    MoonCalendar calendar = new MoonCalendar();
    MoonState state = SkyWords.withinYears("at", when.said(), () -> calendar.state(at));
    VoidOfCourse empty = SkyWords.withinYears("at", when.said(), () -> calendar.voidOfCourse(at));
    Position moon = Ephemeris.standard().position(Body.MOON, JulianDate.of(at));
    SkyTable table =
        new SkyTable()
            .column("date")
            .column("phase")
            .column("illumination")
            .column("age_days")
            .column("distance_km")
            .column("elongation_deg")
            .column("longitude_deg")
            .column("latitude_deg")
            .column("previous_new_moon")
            .column("next_new_moon")
            .column("next_full_moon")
            .column("void_of_course_start")
            .column("void_of_course_end")
            .column("void_of_course_last_aspect")
            .row(
                at,
                state.phase().label(),
                state.illumination(),
                state.ageDays(),
                state.distanceKm(),
                state.elongationDeg(),
                moon.longitudeDeg(),
                moon.latitudeDeg(),
                state.previousNew(),
                state.nextNew(),
                state.nextFull(),
                empty.start(),
                empty.end(),
                lastAspect(empty));
    form.write(
        spec.commandLine().getOut(),
        out -> {
          if (form.json()) {
            out.println(Report.json(table.objects().get(0)));
          } else if (form.csv()) {
            table.csv(out);
          } else {
            new SkyTable()
                .column("what", "Moon")
                .column("value", SkyTable.moment(at) + " UTC")
                .row("Phase", state.phase().label())
                .row("Lit", SkyTable.number(100 * state.illumination(), 1) + " %")
                .row("Age", SkyTable.number(state.ageDays(), 2) + " days")
                .row("Distance", SkyTable.number(state.distanceKm(), 0) + " km")
                .row("Longitude", SkyTable.zodiac(moon.longitudeDeg()).strip())
                .row("Previous new", SkyTable.moment(state.previousNew()))
                .row("Next new", SkyTable.moment(state.nextNew()))
                .row("Next full", SkyTable.moment(state.nextFull()))
                .row(
                    "Void of course",
                    SkyTable.moment(empty.start())
                        + " to "
                        + SkyTable.moment(empty.end())
                        + ", leaving "
                        + empty.sign().label())
                .text(out);
          }
        });
    return 0;
  }

  private static String lastAspect(VoidOfCourse empty) {
    return empty.lastAspect().map(AspectKind::label).orElse("none")
        + empty.lastBody().map(body -> " " + body.label()).orElse("");
  }
}
