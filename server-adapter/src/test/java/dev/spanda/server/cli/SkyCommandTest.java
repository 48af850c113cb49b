package dev.spanda.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.contract.http.WireJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SkyCommandTest {

  private record Ran(int exit, String out, String err) {}

  @TempDir private Path folder;

  @Test
  void positionsOfAFileAreAnsweredRowForRow() throws IOException {
    Path in = folder.resolve("in.csv");
    Files.writeString(
        in,
        """
        jd_tt,body
        2536720.784504112,Sun
        2536720.784504112,Moon
        2536720.784504112,MeanNode
        2305447.5,OscuLilith
        """);
    Path out = folder.resolve("out.csv");
    Ran ran = run("positions", "--in", in.toString(), "--csv", "--out", out.toString());
    assertThat(ran.exit).as(ran.err).isZero();
    List<String> lines = Files.readAllLines(out);
    assertThat(lines).hasSize(5);
    assertThat(lines.get(0))
        .isEqualTo(
            "jd_tt,body,longitude_deg,latitude_deg,distance_au,longitude_speed_deg_day,"
                + "latitude_speed_deg_day,distance_speed_au_day");
    assertThat(lines.get(1)).matches("2536720\\.784504112,Sun(,-?\\d+\\.\\d{12}){6}");
    assertThat(lines.get(4)).startsWith("2305447.5,OscuLilith,");
    // Swiss Ephemeris 2.10.03 on DE431; 0.002″ and, for the Moon, 0.3 km.
    double[] sun = numbers(lines.get(1));
    assertThat(sun[0]).isCloseTo(355.518700427, within(0.002 / 3600));
    assertThat(sun[2]).isCloseTo(0.99372054438, within(1e-7));
    double[] moon = numbers(lines.get(2));
    assertThat(moon[0]).isCloseTo(45.880037252, within(0.002 / 3600));
    assertThat(moon[1]).isCloseTo(4.754384290, within(0.002 / 3600));
    assertThat(moon[2]).isCloseTo(0.00271135663, within(2e-9));
  }

  @Test
  void otherColumnsMayStandBesideTheTwo() throws IOException {
    Path in = folder.resolve("in.csv");
    Files.writeString(in, "set,body,jd_tt\r\nA,Mars,2451545.0\r\n\r\nA,ceres,2451545\r\n");
    Ran ran = run("positions", "--in", in.toString());
    assertThat(ran.exit).as(ran.err).isZero();
    assertThat(ran.out.lines().toList()).hasSize(3);
    assertThat(ran.out.lines().toList().get(2)).startsWith("2451545,ceres,");
  }

  @Test
  void aWrongRowIsToldWithItsLine() throws IOException {
    Path in = folder.resolve("in.csv");
    Files.writeString(in, "jd_tt,body\n2451545.0,Sun\n2451545.0,Vulcan\n");
    refused("line 3", "positions", "--in", in.toString(), "--csv");
    Files.writeString(in, "jd_tt,body\nnoon,Sun\n");
    refused("noon", "positions", "--in", in.toString(), "--csv");
    Files.writeString(in, "jd_tt,body\n1.5,Sun\n");
    refused("years -2999 to 4999", "positions", "--in", in.toString(), "--csv");
    Files.writeString(in, "jd,body\n1.5,Sun\n");
    refused("jd_tt,body", "positions", "--in", in.toString(), "--csv");
    refused("no file", "positions", "--in", folder.resolve("none.csv").toString());
  }

  @Test
  void housesOfAFileAreAnsweredRowForRow() throws IOException {
    Path in = folder.resolve("in.csv");
    Files.writeString(
        in,
        """
        jd_ut1,lat_deg,lon_deg,system
        2469523.833969907,-43.7460,-134.7448,Placidus
        2469523.833969907,80,0,Koch
        """);
    Ran ran = run("houses", "--in", in.toString(), "--csv");
    assertThat(ran.exit).as(ran.err).isZero();
    List<String> lines = ran.out.lines().toList();
    assertThat(lines).hasSize(3);
    String[] cells = lines.get(1).split(",");
    assertThat(cells).hasSize(22);
    assertThat(Double.parseDouble(cells[7])).isCloseTo(165.595358623, within(0.005 / 3600));
    assertThat(lines.get(2)).startsWith("2469523.833969907,80,0,Koch,-1,").endsWith(",,,,,,,,,,,,");
  }

  @Test
  void wrongInputNamesFieldValueAndWhatIsAllowed() {
    refused("at must be", "positions", "--at", "noon");
    refused("Vulcan", "positions", "--bodies", "Vulcan");
    refused("place", "chart", "--place", "91,0");
    refused("Placidus", "houses", "--system", "Feng");
    refused("eclipses", "events", "--kind", "comets");
    refused("later than from", "events", "--from", "2024-02-01", "--to", "2024-01-01");
    refused("no planetary hours", "hours", "--place", "70,20", "--at", "2024-06-21");
    refused("Latitude", "map", "--latitudes", "0,95");
    refused("heliocentre", "positions", "--centre", "moon");
    refused("--json", "moon", "--json", "--csv");
  }

  @Test
  void everyCommandPrintsTableJsonAndCsv() throws IOException {
    for (String command :
        List.of("positions", "chart", "houses", "moon", "hours", "map", "events")) {
      assertThat(run(command).out).as(command).isNotBlank();
      JsonNode json = WireJson.mapper().readTree(run(command, "--json").out);
      assertThat(json.isObject()).as(command).isTrue();
      List<String> lines = run(command, "--csv").out.lines().toList();
      assertThat(lines.size()).as(command).isGreaterThan(1);
      assertThat(lines.get(0)).as(command).matches("[a-z0-9_]+(,[a-z0-9_]+)*");
    }
  }

  @Test
  void chartAndMapAreDrawn() throws IOException {
    Path wheel = folder.resolve("chart.svg");
    Path map = folder.resolve("map.svg");
    String at = "1990-01-15T14:30:00Z";
    assertThat(run("chart", "--at", at, "--svg", wheel.toString()).exit).isZero();
    assertThat(run("map", "--at", at, "--place", "37,-122", "--svg", map.toString()).exit).isZero();
    assertThat(Files.readString(wheel)).contains("<svg").contains("</svg>");
    assertThat(Files.readString(map)).contains("<svg").contains("</svg>");
  }

  @Test
  void eventsOfAMonthAreFound() throws IOException {
    Ran ran =
        run(
            "events",
            "--from",
            "2024-04-01",
            "--to",
            "2024-04-30",
            "--kind",
            "eclipses,stations,phases",
            "--json");
    JsonNode events = WireJson.mapper().readTree(ran.out).get("events");
    assertThat(events.findValuesAsText("event"))
        .contains("total_solar", "station_retrograde", "station_direct", "new_moon", "full_moon");
    Ran polar =
        run(
            "events",
            "--from",
            "2024-05-01",
            "--to",
            "2024-08-15",
            "--kind",
            "rise-set",
            "--bodies",
            "Sun",
            "--place",
            "70,20",
            "--csv");
    // The midnight sun: no set for weeks, and the year goes on after it.
    long sets = polar.out.lines().filter(line -> line.contains(",set,")).count();
    assertThat(sets).isBetween(25L, 45L);
  }

  private static double[] numbers(String line) {
    String[] cells = line.split(",");
    double[] numbers = new double[6];
    for (int i = 0; i < 6; i++) {
      numbers[i] = Double.parseDouble(cells[i + 2]);
    }
    return numbers;
  }

  private static void refused(String told, String... arguments) {
    Ran ran = run(arguments);
    assertThat(ran.exit).as(ran.out).isEqualTo(2);
    assertThat(ran.err).contains(told);
  }

  private static Ran run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] all = new String[arguments.length + 1];
    all[0] = "sky";
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    int exit = Main.run(new PrintWriter(out, true), new PrintWriter(err, true), all);
    return new Ran(exit, out.toString(), err.toString());
  }
}
