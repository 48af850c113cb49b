package dev.spanda.server.cli;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Chart;
import dev.spanda.astrology.Charts;
import dev.spanda.astrology.Position;
import dev.spanda.astrology.aspect.Aspect;
import dev.spanda.astrology.aspect.Dignities;
import dev.spanda.astrology.house.HouseSystem;
import dev.spanda.astrology.house.Lot;
import dev.spanda.astrology.map.ChartDrawing;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A chart: positions, houses, aspects, dignities and lots, and its wheel. */
@Command(
    name = "chart",
    description = "A chart of a moment and a place: positions, houses, aspects, lots; its wheel.",
    mixinStandardHelpOptions = true)
final class SkyChartCommand implements Callable<Integer> {

  private static final List<Body> USUAL =
      List.of(
          Body.SUN,
          Body.MOON,
          Body.MERCURY,
          Body.VENUS,
          Body.MARS,
          Body.JUPITER,
          Body.SATURN,
          Body.URANUS,
          Body.NEPTUNE,
          Body.PLUTO,
          Body.CHIRON,
          Body.TRUE_NODE);

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private SkyOptions.When when = new SkyOptions.When();

  @Mixin private SkyOptions.Where where = new SkyOptions.Where();

  @Mixin private SkyOptions.Which which = new SkyOptions.Which();

  @Mixin private SkyOptions.Form form = new SkyOptions.Form();

  @Option(
      names = "--houses",
      paramLabel = "SYSTEM",
      description = "The house system; ${DEFAULT-VALUE} by default.",
      defaultValue = "Placidus")
  private String houses = "Placidus";

  @Option(names = "--svg", paramLabel = "FILE", description = "Draw the wheel.")
  private @Nullable Path svg;

  SkyChartCommand() {}

  @Override
  public Integer call() throws IOException {
    Instant at = when.moment();
    Chart chart =
        Charts.standard()
            .withBodies(which.bodies(USUAL))
            .withHouses(HouseSystem.parse(houses))
            .at(at, where.place());
    if (svg != null) {
      try (Writer file = SkyOptions.open(svg)) {
        file.write(ChartDrawing.svg(chart));
      }
    }
    SkyTable positions = positions(chart);
    SkyTable aspects = aspects(chart);
    SkyTable lots = lots(chart);
    form.write(
        spec.commandLine().getOut(),
        out -> {
          if (form.json()) {
            out.println(
                Report.json(
                    SkyTable.fields(
                        "date", at,
                        "place", where.fields(),
                        "sect", lower(chart.sect()),
                        "positions", positions.objects(),
                        "houses", SkyHousesCommand.fields(chart.houses()),
                        "aspects", aspects.objects(),
                        "lots", lots == null ? null : lots.objects())));
          } else if (form.csv()) {
            positions.csv(out);
          } else {
            show(at, chart, List.of(positions, aspects), lots, out);
          }
        });
    return 0;
  }

  private void show(
      Instant at, Chart chart, List<SkyTable> tables, @Nullable SkyTable lots, PrintWriter out) {
    out.println(
        SkyTable.moment(at) + " UTC, " + where.shown() + ", a chart of the " + lower(chart.sect()));
    for (SkyTable table : tables) {
      table.text(out);
      out.println();
    }
    SkyHousesCommand.show(chart.houses(), out);
    if (lots != null) {
      out.println();
      lots.text(out);
    }
    if (svg != null) {
      out.println();
      out.println("Wheel: " + svg);
    }
  }

  private static SkyTable positions(Chart chart) {
    SkyTable table =
        new SkyTable()
            .column("body", "Body")
            .column("longitude_deg", "Longitude", SkyTable::zodiac)
            .column("latitude_deg", "Latitude", SkyTable.rounded(4, "°"))
            .column("distance_au")
            .column("longitude_speed_deg_day", "Speed a day", SkyTable.rounded(4, "°"))
            .column("retrograde")
            .column("sign")
            .column("house", "House")
            .column("dignities", "Dignities");
    for (Position position : chart.positions()) {
      Optional<Dignities> dignities =
          Dignities.of(position.body(), position.longitudeDeg(), chart.sect());
      table.row(
          position.body().label(),
          position.longitudeDeg(),
          position.latitudeDeg(),
          position.distanceAu(),
          position.longitudeSpeedDegPerDay(),
          position.retrograde(),
          position.sign().label(),
          chart.houseOf(position.body()).orElse(null),
          dignities
              .map(
                  each ->
                      each.held().stream()
                          .sorted()
                          .map(SkyChartCommand::lower)
                          .collect(Collectors.joining(" ")))
              .orElse(null));
    }
    return table;
  }

  private static SkyTable aspects(Chart chart) {
    SkyTable table =
        new SkyTable()
            .column("body1", "Aspect")
            .column("aspect", "")
            .column("body2", "")
            .column("orb_deg", "Orb", SkyTable.rounded(2, "°"))
            .column("separation_deg")
            .column("strength")
            .column(
                "applying", "", value -> Boolean.TRUE.equals(value) ? "applying" : "separating");
    for (Aspect aspect : chart.aspects()) {
      table.row(
          aspect.first().label(),
          aspect.kind().label(),
          aspect.second().label(),
          aspect.orbDeg(),
          aspect.separationDeg(),
          aspect.strength(),
          aspect.applying());
    }
    return table;
  }

  /** The lots, when the chart has the seven bodies that they need. */
  private static @Nullable SkyTable lots(Chart chart) {
    for (Body body : USUAL.subList(0, 7)) {
      if (chart.position(body).isEmpty()) {
        return null;
      }
    }
    SkyTable table =
        new SkyTable()
            .column("lot", "Lot", value -> "Lot of " + value)
            .column("longitude_deg", "Longitude", SkyTable::zodiac);
    for (Lot lot : Lot.values()) {
      String name = lot.name();
      table.row(name.charAt(0) + name.substring(1).toLowerCase(Locale.ROOT), chart.lotDeg(lot));
    }
    return table;
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
