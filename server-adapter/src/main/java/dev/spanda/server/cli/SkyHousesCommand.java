package dev.spanda.server.cli;

import dev.spanda.astrology.ephemeris.Ephemeris;
import dev.spanda.astrology.ephemeris.Orientation;
import dev.spanda.astrology.house.Angles;
import dev.spanda.astrology.house.HouseSystem;
import dev.spanda.astrology.house.Houses;
import dev.spanda.astrology.time.JulianDate;
import dev.spanda.core.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Houses and angles of a moment and a place, or of the rows of a file. */
@Command(
    name = "houses",
    description = "Ascendant, midheaven, vertex and the twelve cusps in fourteen house systems.",
    mixinStandardHelpOptions = true)
final class SkyHousesCommand implements Callable<Integer> {

  private static final String HEADER =
      "jd_ut1,lat_deg,lon_deg,system,ret,armc_deg,asc_deg,mc_deg,vertex_deg,equatorial_asc_deg,"
          + "c1,c2,c3,c4,c5,c6,c7,c8,c9,c10,c11,c12";

  @Spec private CommandSpec spec = CommandSpec.create();

  @Mixin private SkyOptions.When when = new SkyOptions.When();

  @Mixin private SkyOptions.Where where = new SkyOptions.Where();

  @Mixin private SkyOptions.Form form = new SkyOptions.Form();

  @Option(
      names = "--system",
      paramLabel = "NAME",
      description = "The house system, or all; ${DEFAULT-VALUE} by default.",
      defaultValue = "Placidus")
  private String system = "Placidus";

  @Option(
      names = "--in",
      paramLabel = "FILE",
      description =
          "Read rows with the header jd_ut1,lat_deg,lon_deg,system and answer each, in order, as"
              + " CSV: "
              + HEADER
              + "; ret is -1 and the cusps are empty where the system has no houses.")
  private @Nullable Path in;

  SkyHousesCommand() {}

  @Override
  public Integer call() throws IOException {
    PrintWriter screen = spec.commandLine().getOut();
    if (in != null) {
      if (form.json()) {
        throw Failure.invalid("json", "--json", "What is read with --in is answered as CSV");
      }
      try (CsvRows rows = CsvRows.open(in, "jd_ut1", "lat_deg", "lon_deg", "system")) {
        form.write(screen, out -> answer(rows, out));
      }
      return 0;
    }
    Instant at = when.moment();
    List<HouseSystem> systems =
        system.equalsIgnoreCase("all")
            ? Arrays.asList(HouseSystem.values())
            : List.of(HouseSystem.parse(system));
    Orientation earth = Ephemeris.orientation(JulianDate.of(at));
    List<Houses> found = new ArrayList<>();
    for (HouseSystem each : systems) {
      found.add(
          Houses.of(
              each,
              earth.siderealTimeDeg() + where.place().longitudeDeg(),
              earth.trueObliquityDeg(),
              where.place().latitudeDeg()));
    }
    form.write(
        screen,
        out -> {
          if (form.json()) {
            out.println(
                Report.json(
                    SkyTable.fields(
                        "date", at,
                        "place", where.fields(),
                        "houses", found.stream().map(SkyHousesCommand::fields).toList())));
          } else if (form.csv()) {
            table(found).csv(out);
          } else {
            out.println(SkyTable.moment(at) + " UTC, " + where.shown());
            for (Houses each : found) {
              show(each, out);
            }
          }
        });
    return 0;
  }

  private static void answer(CsvRows rows, PrintWriter out) throws IOException {
    out.print(HEADER + "\n");
    StringBuilder line = new StringBuilder();
    while (rows.next()) {
      double latitude = rows.number(1);
      double longitude = rows.number(2);
      Houses houses;
      try {
        Failure.requireInRange("lon_deg", "Longitude", longitude, -360, 360, "degrees");
        HouseSystem each = HouseSystem.parse(rows.text(3));
        Orientation earth = Ephemeris.orientation(JulianDate.ut1(rows.number(0)));
        houses =
            Houses.of(
                each, earth.siderealTimeDeg() + longitude, earth.trueObliquityDeg(), latitude);
      } catch (Failure e) {
        throw rows.failure(e);
      }
      line.setLength(0);
      for (int i = 0; i < 4; i++) {
        line.append(rows.text(i)).append(',');
      }
      line.append(houses instanceof Houses.Cusps ? "0" : "-1");
      Angles angles = houses.angles();
      for (double angle :
          new double[] {
            angles.armcDeg(),
            angles.ascendantDeg(),
            angles.midheavenDeg(),
            angles.vertexDeg(),
            angles.equatorialAscendantDeg()
          }) {
        line.append(',');
        SkyTable.fixed(angle, line);
      }
      for (int house = 1; house <= 12; house++) {
        line.append(',');
        if (houses instanceof Houses.Cusps cusps) {
          SkyTable.fixed(cusps.cuspDeg(house), line);
        }
      }
      out.append(line).append('\n');
    }
  }

  private static SkyTable table(List<Houses> all) {
    SkyTable table =
        new SkyTable()
            .column("system")
            .column("asc_deg")
            .column("mc_deg")
            .column("vertex_deg")
            .column("equatorial_asc_deg");
    for (int house = 1; house <= 12; house++) {
      table.column("c" + house);
    }
    for (Houses houses : all) {
      @Nullable Object[] row = new @Nullable Object[17];
      Angles angles = houses.angles();
      row[0] = houses.system().label();
      row[1] = angles.ascendantDeg();
      row[2] = angles.midheavenDeg();
      row[3] = angles.vertexDeg();
      row[4] = angles.equatorialAscendantDeg();
      if (houses instanceof Houses.Cusps cusps) {
        for (int house = 1; house <= 12; house++) {
          row[4 + house] = cusps.cuspDeg(house);
        }
      }
      table.row(row);
    }
    return table;
  }

  /** Houses for programs. */
  static Map<String, Object> fields(Houses houses) {
    Angles angles = houses.angles();
    return SkyTable.fields(
        "system", houses.system().label(),
        "armc_deg", angles.armcDeg(),
        "ascendant_deg", angles.ascendantDeg(),
        "midheaven_deg", angles.midheavenDeg(),
        "vertex_deg", angles.vertexDeg(),
        "equatorial_ascendant_deg", angles.equatorialAscendantDeg(),
        "cusps_deg", houses instanceof Houses.Cusps cusps ? cusps.cuspsDeg() : null,
        "reason", houses instanceof Houses.Undefined none ? none.reason() : null);
  }

  /** Houses for people. */
  static void show(Houses houses, PrintWriter out) {
    SkyTable table =
        new SkyTable()
            .column("point", houses.system().label())
            .column("longitude_deg", "", SkyTable::zodiac);
    table.row("Ascendant", houses.angles().ascendantDeg());
    table.row("Midheaven", houses.angles().midheavenDeg());
    table.row("Vertex", houses.angles().vertexDeg());
    if (houses instanceof Houses.Cusps cusps) {
      for (int house = 1; house <= 12; house++) {
        table.row("House " + house, cusps.cuspDeg(house));
      }
    }
    table.text(out);
    if (houses instanceof Houses.Undefined none) {
      out.println(none.reason());
    }
  }
}
