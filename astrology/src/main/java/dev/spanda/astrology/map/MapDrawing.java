package dev.spanda.astrology.map;

import dev.spanda.astrology.Place;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Draws an {@link AstroMap} on the coastlines of the world as SVG, 1440 by 860 units:
 * equirectangular projection, 30° grid, one colour a body; MC lines drawn through, IC dashed, ASC
 * drawn through, DSC dotted. All signs are drawn as strokes, so that the picture needs no font.
 *
 * <p>Coastlines: Natural Earth 1:110m, public domain. Immutable and thread-safe.
 */
public final class MapDrawing {

  private static final double WIDTH = 1440;
  private static final double HEIGHT = 880;
  private static final double LEFT = 40;
  private static final double TOP = 84;
  private static final double SCALE = (WIDTH - 2 * LEFT) / 360;
  private static final double BOTTOM = TOP + 180 * SCALE;
  private static final String INK = "#35324a";
  private static final String PAPER = "#fbf8f0";
  private static final int STEPS = 181;

  /** Latitudes where the label of a horizon line may sit, best first. */
  private static final double[] LABEL_LATITUDES = {
    52, -48, 40, -36, 60, -56, 28, -24, 16, -12, 4, 64, -62
  };

  private MapDrawing() {}

  /** The map as a complete SVG document. */
  public static String svg(AstroMap map) {
    return draw(map, null);
  }

  /** The map with a mark at a place, such as that of a birth. */
  public static String svg(AstroMap map, Place marked) {
    return draw(map, marked);
  }

  private static String draw(AstroMap map, @Nullable Place marked) {
    Svg svg = new Svg(WIDTH, HEIGHT, "Astrocartography");
    svg.element("rect", "width", "100%", "height", "100%", "fill", PAPER);
    frame(svg, "fill", "#e3edf2");
    svg.open("clipPath", "id", "frame");
    frame(svg);
    svg.close();
    svg.path(
        Coast.DATA,
        "fill",
        "#f1ead8",
        "stroke",
        "#b5a887",
        "stroke-width",
        "0.8",
        "stroke-linejoin",
        "round",
        "clip-path",
        "url(#frame)");
    grid(svg);
    List<MapLine> lines = map.lines();
    for (MapLine line : lines) {
      line(svg, line);
    }
    frame(svg, "fill", "none", "stroke", INK, "stroke-width", "1.2");
    labels(svg, lines);
    if (marked != null) {
      mark(svg, marked);
    }
    legend(svg);
    return svg.finish();
  }

  private static void frame(Svg svg, String... style) {
    String[] all = new String[style.length + 8];
    String[] place = {"x", Svg.number(LEFT), "y", Svg.number(TOP)};
    String[] size = {"width", Svg.number(360 * SCALE), "height", Svg.number(180 * SCALE)};
    System.arraycopy(place, 0, all, 0, 4);
    System.arraycopy(size, 0, all, 4, 4);
    System.arraycopy(style, 0, all, 8, style.length);
    svg.element("rect", all);
  }

  private static double x(double longitudeDeg) {
    return LEFT + (longitudeDeg + 180) * SCALE;
  }

  private static double y(double latitudeDeg) {
    return TOP + (90 - latitudeDeg) * SCALE;
  }

  private static void grid(Svg svg) {
    svg.open("g", "stroke", "#8fa3b0", "stroke-width", "0.6", "stroke-opacity", "0.55");
    for (int longitude = -150; longitude <= 150; longitude += 30) {
      svg.line(x(longitude), TOP, x(longitude), BOTTOM);
    }
    for (int latitude = -60; latitude <= 60; latitude += 30) {
      svg.line(LEFT, y(latitude), WIDTH - LEFT, y(latitude));
    }
    svg.close();
    for (double latitude : new double[] {23.44, -23.44, 66.56, -66.56}) {
      svg.line(
          LEFT,
          y(latitude),
          WIDTH - LEFT,
          y(latitude),
          "stroke",
          "#8fa3b0",
          "stroke-width",
          "0.6",
          "stroke-dasharray",
          "2 6");
    }
    for (int latitude = -60; latitude <= 60; latitude += 30) {
      String text = Math.abs(latitude) + "\u00b0" + (latitude == 0 ? "" : latitude > 0 ? "N" : "S");
      svg.letters(text, LEFT - 19, y(latitude), 7, "#7c8791", 0.9);
      svg.letters(text, WIDTH - LEFT + 19, y(latitude), 7, "#7c8791", 0.9);
    }
    for (int longitude = -150; longitude <= 150; longitude += 30) {
      String text =
          Math.abs(longitude) + "\u00b0" + (longitude == 0 ? "" : longitude > 0 ? "E" : "W");
      svg.letters(text, x(longitude), BOTTOM + 12, 7, "#7c8791", 0.9);
    }
  }

  private static void line(Svg svg, MapLine line) {
    StringBuilder data = new StringBuilder(STEPS * 14);
    double before = 0;
    double beforeLatitude = 0;
    boolean first = true;
    for (Place place : line.path(line.angle().meridian() ? 2 : STEPS)) {
      double longitude = place.longitudeDeg();
      double latitude = place.latitudeDeg();
      if (first) {
        point(data, 'M', longitude, latitude);
      } else if (!line.angle().meridian() && Math.abs(longitude - before) > 180) {
        double edge = before > 0 ? 180 : -180;
        double whole = longitude + 2 * edge;
        double part = whole == before ? 0 : (edge - before) / (whole - before);
        double crossing = beforeLatitude + part * (latitude - beforeLatitude);
        point(data, 'L', edge, crossing);
        point(data, 'M', -edge, crossing);
        point(data, 'L', longitude, latitude);
      } else {
        point(data, 'L', line.angle().meridian() ? before : longitude, latitude);
      }
      before = first || !line.angle().meridian() ? longitude : before;
      beforeLatitude = latitude;
      first = false;
    }
    svg.openTitled(line.body().label() + " " + line.angle());
    svg.path(
        data.toString(),
        "fill",
        "none",
        "stroke",
        Svg.colour(line.body()),
        "stroke-width",
        line.angle().meridian() ? "1.5" : "1.9",
        "stroke-linecap",
        "round",
        "stroke-dasharray",
        dashes(line.angle()));
    svg.close();
  }

  private static String dashes(Angle angle) {
    return switch (angle) {
      case MC, ASC -> "none";
      case IC -> "9 6";
      case DSC -> "1.5 5";
    };
  }

  private static void point(StringBuilder data, char command, double longitude, double latitude) {
    data.append(command)
        .append(Svg.number(x(longitude)))
        .append(',')
        .append(Svg.number(y(latitude)))
        .append(' ');
  }

  private static void labels(Svg svg, List<MapLine> lines) {
    List<double[]> taken = new ArrayList<>();
    for (MapLine line : lines) {
      if (line.angle().meridian()) {
        double at = x(line.longitudeAt(0).orElse(0));
        boolean top = line.angle() == Angle.MC;
        // Three rows above the frame for MC and three below it for IC keep neighbours apart.
        for (int row = 0; row < 3; row++) {
          double y = top ? TOP - 15 - 22 * row : BOTTOM + 31 + 22 * row;
          if (free(taken, at, y) || row == 2) {
            double foot = top ? TOP : BOTTOM + 18;
            svg.line(
                at,
                foot,
                at,
                top ? y + 10 : y - 10,
                "stroke",
                Svg.colour(line.body()),
                "stroke-width",
                "0.8",
                "stroke-opacity",
                "0.6");
            badge(svg, line, at, y);
            taken.add(new double[] {at, y});
            break;
          }
        }
        continue;
      }
      for (double latitude : LABEL_LATITUDES) {
        double at = x(line.longitudeAt(latitude).orElse(Double.NaN));
        double y = y(latitude);
        if (at > LEFT + 26 && at < WIDTH - LEFT - 26 && free(taken, at, y)) {
          badge(svg, line, at, y);
          taken.add(new double[] {at, y});
          break;
        }
      }
    }
  }

  private static boolean free(List<double[]> taken, double x, double y) {
    for (double[] other : taken) {
      if (Math.abs(other[0] - x) < 47 && Math.abs(other[1] - y) < 20) {
        return false;
      }
    }
    return true;
  }

  private static void badge(Svg svg, MapLine line, double x, double y) {
    String colour = Svg.colour(line.body());
    svg.element(
        "rect",
        "x",
        Svg.number(x - 21),
        "y",
        Svg.number(y - 9),
        "width",
        "42",
        "height",
        "18",
        "rx",
        "9",
        "fill",
        PAPER,
        "fill-opacity",
        "0.94",
        "stroke",
        colour,
        "stroke-width",
        "0.9");
    svg.glyph(Glyphs.of(line.body()), x - 10, y, 12.5, colour, 1.2);
    svg.letters(name(line.angle()), x + 8, y, 6.4, colour, 1.0);
  }

  private static String name(Angle angle) {
    return switch (angle) {
      case MC -> "MC";
      case IC -> "IC";
      case ASC -> "AC";
      case DSC -> "DC";
    };
  }

  private static void mark(Svg svg, Place place) {
    double x = x(place.longitudeDeg());
    double y = y(place.latitudeDeg());
    ring(svg, x, y, "9", "none", PAPER, "4");
    ring(svg, x, y, "9", "none", INK, "1.6");
    ring(svg, x, y, "3.4", INK, PAPER, "1");
  }

  private static void ring(
      Svg svg, double x, double y, String radius, String fill, String stroke, String width) {
    svg.element(
        "circle",
        "cx",
        Svg.number(x),
        "cy",
        Svg.number(y),
        "r",
        radius,
        "fill",
        fill,
        "stroke",
        stroke,
        "stroke-width",
        width);
  }

  private static void legend(Svg svg) {
    double y = HEIGHT - 8 - 10;
    double x = WIDTH / 2 - 200;
    for (Angle angle : Angle.values()) {
      svg.line(
          x,
          y,
          x + 44,
          y,
          "stroke",
          INK,
          "stroke-width",
          angle.meridian() ? "1.5" : "1.9",
          "stroke-linecap",
          "round",
          "stroke-dasharray",
          dashes(angle));
      svg.letters(name(angle), x + 60, y, 8, INK, 1.1);
      x += 100;
    }
  }

  /** Coastlines as SVG path data, read once. */
  private static final class Coast {

    static final String DATA = read();

    private Coast() {}

    private static String read() {
      try (InputStream in = MapDrawing.class.getResourceAsStream("coastlines.txt")) {
        if (in == null) {
          throw new IllegalStateException("coastlines.txt is missing from the jar");
        }
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII));
        StringBuilder data = new StringBuilder(1 << 16);
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          String[] numbers = line.split(" ", -1);
          int longitude = 0;
          int latitude = 0;
          for (int i = 0; i + 1 < numbers.length; i += 2) {
            longitude += Integer.parseInt(numbers[i]);
            latitude += Integer.parseInt(numbers[i + 1]);
            point(data, i == 0 ? 'M' : 'L', longitude / 100.0, latitude / 100.0);
          }
          data.append('Z');
        }
        return data.toString();
      } catch (IOException e) {
        throw new UncheckedIOException("coastlines.txt cannot be read", e);
      }
    }
  }
}
