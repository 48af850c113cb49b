package dev.spanda.server.cli;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Position;
import dev.spanda.astrology.ephemeris.Axes;
import dev.spanda.astrology.ephemeris.Ayanamsa;
import dev.spanda.astrology.ephemeris.Centre;
import dev.spanda.astrology.ephemeris.Ephemeris;
import dev.spanda.astrology.ephemeris.Light;
import dev.spanda.astrology.time.JulianDate;
import dev.spanda.astrology.time.TimeScale;
import dev.spanda.core.Failure;
import dev.spanda.server.wire.SkyWords;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Positions of bodies at one moment, or at the moments of a file. */
@Command(
    name = "positions",
    description =
        "Longitude, latitude, distance and their speeds. Apparent, geocentric, ecliptic and true"
            + " equinox of date unless told otherwise.",
    mixinStandardHelpOptions = true)
final class SkyPositionsCommand implements Callable<Integer> {

  private static final String HEADER =
      "jd_tt,body,longitude_deg,latitude_deg,distance_au,longitude_speed_deg_day,"
          + "latitude_speed_deg_day,distance_speed_au_day";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private SkyOptions.When when = new SkyOptions.When();

  @Mixin private SkyOptions.Which which = new SkyOptions.Which();

  @Mixin private SkyOptions.Form form = new SkyOptions.Form();

  @Option(
      names = "--place",
      paramLabel = "LAT,LON[,ELEVATION]",
      description = "Seen from this place on the Earth instead of its centre.")
  private @Nullable String place;

  @Option(
      names = "--centre",
      description = "geocentre, heliocentre or barycentre; ${DEFAULT-VALUE} by default.",
      defaultValue = "geocentre")
  private String centre = "geocentre";

  @Option(
      names = "--light",
      description = "apparent, astrometric or true; ${DEFAULT-VALUE} by default.",
      defaultValue = "apparent")
  private String light = "apparent";

  @Option(
      names = "--axes",
      description =
          "ecliptic_of_date, equator_of_date, ecliptic_j2000 or equator_icrs; ${DEFAULT-VALUE} by"
              + " default. On an equator the longitude is the right ascension, the latitude the"
              + " declination.",
      defaultValue = "ecliptic_of_date")
  private String axes = "ecliptic_of_date";

  @Option(
      names = "--ayanamsa",
      paramLabel = "NAME",
      description = "Sidereal zodiac by this ayanamsa, such as Lahiri.")
  private @Nullable String ayanamsa;

  @Option(
      names = "--in",
      paramLabel = "FILE",
      description =
          "Read rows with the header jd_tt,body and answer each, in order, as CSV: " + HEADER + ".")
  private @Nullable Path in;

  SkyPositionsCommand() {}

  @Override
  public Integer call() throws IOException {
    PrintWriter screen = spec.commandLine().getOut();
    Ephemeris ephemeris = ephemeris();
    if (in != null) {
      if (form.json()) {
        throw Failure.invalid("json", "--json", "What is read with --in is answered as CSV");
      }
      try (CsvRows rows = CsvRows.open(in, "jd_tt", "body")) {
        form.write(screen, out -> answer(ephemeris, rows, out));
      }
      return 0;
    }
    Instant at = when.moment();
    JulianDate date = JulianDate.of(at);
    double jdTt = date.to(TimeScale.TT).day();
    List<Body> bodies = which.bodies(Body.planets());
    SkyTable table = table(ephemeris.axes());
    for (Body body : bodies) {
      Position position = ephemeris.position(body, date);
      table.row(
          jdTt,
          body.label(),
          position.longitudeDeg(),
          position.latitudeDeg(),
          position.distanceAu(),
          position.longitudeSpeedDegPerDay(),
          position.latitudeSpeedDegPerDay(),
          position.distanceSpeedAuPerDay());
    }
    form.write(
        screen,
        out -> {
          if (form.json()) {
            out.println(
                Report.json(
                    SkyTable.fields(
                        "date", at,
                        "jd_tt", jdTt,
                        "centre", lower(ephemeris.centre()),
                        "light", lower(ephemeris.light()),
                        "axes", lower(ephemeris.axes()),
                        "ayanamsa", ephemeris.ayanamsa().map(Enum::name).orElse(null),
                        "positions", table.objects())));
          } else if (form.csv()) {
            table.csv(out);
          } else {
            out.println(SkyTable.moment(at) + " UTC, " + lower(ephemeris.light()));
            table.text(out);
          }
        });
    return 0;
  }

  private static SkyTable table(Axes axes) {
    boolean zodiac = axes == Axes.ECLIPTIC_OF_DATE || axes == Axes.ECLIPTIC_J2000;
    return new SkyTable()
        .column("jd_tt")
        .column("body", "Body")
        .column(
            "longitude_deg",
            zodiac ? "Longitude" : "Right ascension",
            zodiac ? SkyTable::zodiac : SkyTable.rounded(6, "°"))
        .column("latitude_deg", zodiac ? "Latitude" : "Declination", SkyTable.rounded(4, "°"))
        .column("distance_au", "Distance", SkyTable.rounded(6, " au"))
        .column("longitude_speed_deg_day", "Speed a day", SkyTable.rounded(4, "°"))
        .column("latitude_speed_deg_day")
        .column("distance_speed_au_day");
  }

  private static void answer(Ephemeris ephemeris, CsvRows rows, PrintWriter out)
      throws IOException {
    out.print(HEADER + "\n");
    StringBuilder line = new StringBuilder();
    double[] six = new double[6];
    while (rows.next()) {
      double jdTt = rows.number(0);
      String name = rows.text(1);
      try {
        ephemeris.into(SkyWords.body("body", name), jdTt, six);
      } catch (Failure e) {
        throw rows.failure(e);
      }
      line.setLength(0);
      // What was given comes back as it was written, so that rows can be matched.
      line.append(rows.text(0)).append(',').append(name);
      for (double value : six) {
        line.append(',');
        SkyTable.fixed(value, line);
      }
      out.append(line).append('\n');
    }
  }

  private Ephemeris ephemeris() {
    Centre seenFrom = choice("centre", Centre.class, centre);
    Ephemeris ephemeris =
        Ephemeris.standard()
            .withLight(choice("light", Light.class, light))
            .withAxes(choice("axes", Axes.class, axes));
    if (ayanamsa != null) {
      ephemeris = ephemeris.withAyanamsa(Ayanamsa.parse(ayanamsa));
    }
    if (place != null) {
      return ephemeris.withPlace(SkyWords.place("place", place));
    }
    if (seenFrom == Centre.TOPOCENTRE) {
      throw Failure.invalid("centre", centre, "A topocentre needs --place");
    }
    return ephemeris.withCentre(seenFrom);
  }

  private static <E extends Enum<E>> E choice(String field, Class<E> type, String word) {
    String wanted = word.replace('-', '_');
    for (E constant : type.getEnumConstants()) {
      if (constant.name().equalsIgnoreCase(wanted)) {
        return constant;
      }
    }
    throw Failure.notAllowed(
        field,
        word,
        Arrays.stream(type.getEnumConstants()).map(SkyPositionsCommand::lower).toList());
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
