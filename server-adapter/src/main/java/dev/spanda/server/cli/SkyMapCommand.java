package dev.spanda.server.cli;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Place;
import dev.spanda.astrology.map.AstroMap;
import dev.spanda.astrology.map.MapDrawing;
import dev.spanda.astrology.map.MapLine;
import dev.spanda.astrology.map.Paran;
import dev.spanda.core.Failure;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The lines and parans of a moment, and their map. */
@Command(
    name = "map",
    description = "Where on the Earth each body was on an angle: lines and parans; a world map.",
    mixinStandardHelpOptions = true)
final class SkyMapCommand implements Callable<Integer> {

  private static final int PARANS_SHOWN = 12;

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private SkyOptions.When when = new SkyOptions.When();

  @Mixin private SkyOptions.Where where = new SkyOptions.Where();

  @Mixin private SkyOptions.Which which = new SkyOptions.Which();

  @Mixin private SkyOptions.Form form = new SkyOptions.Form();

  @Option(
      names = "--latitudes",
      paramLabel = "DEG",
      split = ",",
      description =
          "Latitudes at which the lines' longitudes are read, such as -60,-30,0,30,60; that of the"
              + " place by default.")
  private List<Double> latitudes = new ArrayList<>();

  @Option(
      names = "--zodiacal",
      description = "Lines of the bodies' degrees on the ecliptic, not of the bodies themselves.")
  private boolean zodiacal;

  @Option(names = "--parans", description = "With --csv: print the parans instead of the lines.")
  private boolean parans;

  @Option(names = "--svg", paramLabel = "FILE", description = "Draw the map.")
  private @Nullable Path svg;

  SkyMapCommand() {}

  @Override
  public Integer call() throws IOException {
    Instant at = when.moment();
    Place place = where.place();
    for (double latitude : latitudes) {
      Failure.requireInRange("latitudes", "Latitude", latitude, -90, 90, "degrees");
    }
    List<Body> bodies = which.bodies(Body.planets());
    AstroMap map = zodiacal ? AstroMap.zodiacalAt(at, bodies) : AstroMap.at(at, bodies);
    if (svg != null) {
      try (Writer file = SkyOptions.open(svg)) {
        file.write(where.isGiven() ? MapDrawing.svg(map, place) : MapDrawing.svg(map));
      }
    }
    SkyTable lines = lines(map, place);
    List<Paran> meetings = new ArrayList<>(map.parans());
    meetings.sort(Comparator.comparingDouble((Paran each) -> each.strengthAt(place)).reversed());
    form.write(
        spec.commandLine().getOut(),
        out -> {
          if (form.json()) {
            out.println(
                Report.json(
                    SkyTable.fields(
                        "date", at,
                        "place", where.fields(),
                        "projection", zodiacal ? "zodiacal" : "mundo",
                        "sidereal_time_deg", map.siderealTimeDeg(),
                        "lines", lines.objects(),
                        "parans", parans(meetings, place).objects())));
          } else if (form.csv()) {
            (parans ? parans(meetings, place) : lines).csv(out);
          } else {
            out.println(SkyTable.moment(at) + " UTC, lines felt at " + where.shown());
            lines.text(out);
            out.println();
            parans(meetings.subList(0, Math.min(PARANS_SHOWN, meetings.size())), place).text(out);
            if (svg != null) {
              out.println();
              out.println("Map: " + svg);
            }
          }
        });
    return 0;
  }

  private SkyTable lines(AstroMap map, Place place) {
    List<Double> chosen = latitudes.isEmpty() ? List.of(place.latitudeDeg()) : latitudes;
    SkyTable table =
        new SkyTable()
            .column("body", "Body")
            .column("angle", "Angle")
            .column("lat_deg", "Latitude", SkyTable.rounded(4, "°"))
            .column("lon_deg", "Longitude", SkyTable.rounded(4, "°"))
            .column("distance_deg", "Distance", SkyTable.rounded(1, "°"))
            .column("strength", "Strength", SkyTable.rounded(3, ""))
            .column("quality", "Quality")
            .column("ra_deg")
            .column("dec_deg");
    for (MapLine line : map.lines()) {
      for (double latitude : chosen) {
        OptionalDouble longitude = line.longitudeAt(latitude);
        table.row(
            line.body().label(),
            line.angle().name(),
            latitude,
            longitude.isPresent() ? longitude.getAsDouble() : null,
            line.distanceDeg(place),
            line.strengthAt(place),
            line.quality().name().toLowerCase(Locale.ROOT),
            line.rightAscensionDeg(),
            line.declinationDeg());
      }
    }
    return table;
  }

  private static SkyTable parans(List<Paran> parans, Place place) {
    SkyTable table =
        new SkyTable()
            .column("body1", "Paran")
            .column("angle1", "")
            .column("body2", "")
            .column("angle2", "")
            .column("lat_deg", "Latitude", SkyTable.rounded(4, "°"))
            .column("lon_deg", "Longitude", SkyTable.rounded(4, "°"))
            .column("lst_deg")
            .column("strength", "Strength", SkyTable.rounded(3, ""));
    for (Paran paran : parans) {
      table.row(
          paran.first().label(),
          paran.firstAngle().name(),
          paran.second().label(),
          paran.secondAngle().name(),
          paran.latitudeDeg(),
          paran.longitudeDeg(),
          paran.siderealTimeDeg(),
          paran.strengthAt(place));
    }
    return table;
  }
}
