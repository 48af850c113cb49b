package dev.spanda.astrology;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Rows of a reference table, fields by the name in its first line. */
public final class Rows {

  /** One row. */
  public record Row(Map<String, String> fields) {

    public String text(String name) {
      String text = fields.get(name);
      if (text == null) {
        throw new IllegalArgumentException("no column " + name + " in " + fields.keySet());
      }
      return text;
    }

    public double number(String name) {
      return Double.parseDouble(text(name));
    }

    public Body body(String name) {
      return Body.parse(text(name));
    }

    public Place place() {
      return Place.of(number("lat_deg"), number("lon_deg"));
    }
  }

  private Rows() {}

  public static List<Row> of(String table) {
    try (InputStream in =
        Rows.class.getResourceAsStream("/reference/swiss-ephemeris-de431/" + table)) {
      if (in == null) {
        throw new IllegalStateException("no reference table " + table);
      }
      BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
      String[] names = lines.readLine().split(",", -1);
      List<Row> rows = new ArrayList<>();
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.split(",", -1);
        Map<String, String> row = new HashMap<>();
        for (int i = 0; i < names.length; i++) {
          row.put(names[i], fields[i]);
        }
        rows.add(new Row(row));
      }
      return rows;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Distance of two angles in degrees, on the circle. */
  public static double apart(double first, double second) {
    double difference = first - second;
    return Math.abs(difference - 360 * Math.rint(difference / 360));
  }
}
