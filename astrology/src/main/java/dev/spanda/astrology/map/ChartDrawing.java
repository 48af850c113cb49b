package dev.spanda.astrology.map;

import dev.spanda.astrology.Chart;
import dev.spanda.astrology.Position;
import dev.spanda.astrology.Sign;
import dev.spanda.astrology.aspect.Aspect;
import dev.spanda.astrology.aspect.AspectKind;
import dev.spanda.astrology.house.Angles;
import dev.spanda.astrology.house.Houses;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Draws a {@link Chart} as a wheel in SVG, 900 by 900 units: signs and degrees outside, houses and
 * bodies inside, aspect lines in the middle, the ascendant on the left. Bodies that stand close are
 * moved apart and point to their true degree. All signs and digits are drawn as strokes, so that
 * the picture needs no font. Immutable and thread-safe.
 */
public final class ChartDrawing {

  private static final double SIZE = 900;
  private static final double CENTRE = SIZE / 2;
  private static final double OUTER = 400;
  private static final double SIGNS = 350;
  private static final double BODIES = 304;
  private static final double HOUSES = 206;
  private static final double INNER = 184;
  private static final double CLOSEST_DEG = 6.6;
  private static final String INK = "#35324a";
  private static final String PAPER = "#fbf8f0";
  private static final String GOLD = "#a98743";
  private static final String[] ELEMENT_FILL = {"#f3d2c1", "#dfe3bd", "#f6e8b8", "#c9dfe6"};
  private static final String[] ELEMENT_INK = {"#b0442a", "#5c7a2e", "#a67c00", "#2c6c8c"};

  private ChartDrawing() {}

  /** The wheel as a complete SVG document. */
  public static String svg(Chart chart) {
    Svg svg = new Svg(SIZE, SIZE, "Chart wheel");
    Angles angles = chart.houses().angles();
    double left = angles.ascendantDeg();
    svg.element("rect", "width", "100%", "height", "100%", "fill", PAPER);
    zodiac(svg, left);
    circle(svg, SIGNS, "#fffdf8", INK, 1);
    degrees(svg, left);
    houses(svg, chart.houses(), left);
    circle(svg, HOUSES, "#f7f1e2", GOLD, 0.8);
    houseNumbers(svg, chart.houses(), left);
    circle(svg, INNER, "#fffefb", GOLD, 1);
    aspects(svg, chart, left);
    axes(svg, angles, left);
    bodies(svg, chart.positions(), left);
    return svg.finish();
  }

  private static double x(double longitude, double left, double radius) {
    return CENTRE - radius * Math.cos(Math.toRadians(longitude - left));
  }

  private static double y(double longitude, double left, double radius) {
    return CENTRE + radius * Math.sin(Math.toRadians(longitude - left));
  }

  private static String at(double longitude, double left, double radius) {
    return Svg.number(x(longitude, left, radius)) + "," + Svg.number(y(longitude, left, radius));
  }

  /** Fire, earth, air, water. */
  private static int element(Sign sign) {
    return (int) (sign.startDeg() / 30) % 4;
  }

  private static void circle(Svg svg, double radius, String fill, String stroke, double width) {
    svg.element(
        "circle",
        "cx",
        Svg.number(CENTRE),
        "cy",
        Svg.number(CENTRE),
        "r",
        Svg.number(radius),
        "fill",
        fill,
        "stroke",
        stroke,
        "stroke-width",
        Svg.number(width));
  }

  private static void zodiac(Svg svg, double left) {
    circle(svg, OUTER + 5, "none", GOLD, 0.8);
    for (Sign sign : Sign.values()) {
      double from = sign.startDeg();
      double to = from + 30;
      int element = element(sign);
      svg.path(
          "M"
              + at(from, left, OUTER)
              + " A400,400 0 0 0 "
              + at(to, left, OUTER)
              + " L"
              + at(to, left, SIGNS)
              + " A350,350 0 0 1 "
              + at(from, left, SIGNS)
              + " Z",
          "fill",
          ELEMENT_FILL[element],
          "stroke",
          INK,
          "stroke-width",
          "0.9");
      double middle = (OUTER + SIGNS) / 2;
      svg.openTitled(sign.label());
      svg.glyph(
          Glyphs.of(sign),
          x(from + 15, left, middle),
          y(from + 15, left, middle),
          30,
          ELEMENT_INK[element],
          2);
      svg.close();
    }
  }

  private static void degrees(Svg svg, double left) {
    StringBuilder small = new StringBuilder();
    StringBuilder large = new StringBuilder();
    for (int degree = 0; degree < 360; degree++) {
      double length = degree % 30 == 0 ? 14 : degree % 10 == 0 ? 12 : degree % 5 == 0 ? 9 : 5;
      StringBuilder data = degree % 5 == 0 ? large : small;
      data.append('M')
          .append(at(degree, left, SIGNS))
          .append(" L")
          .append(at(degree, left, SIGNS - length));
    }
    svg.path(small.toString(), "stroke", "#8a8798", "stroke-width", "0.6", "fill", "none");
    svg.path(large.toString(), "stroke", INK, "stroke-width", "0.9", "fill", "none");
  }

  private static void houses(Svg svg, Houses houses, double left) {
    if (houses instanceof Houses.Cusps cusps) {
      for (int house = 1; house <= 12; house++) {
        double cusp = cusps.cuspDeg(house);
        svg.line(
            x(cusp, left, INNER),
            y(cusp, left, INNER),
            x(cusp, left, SIGNS),
            y(cusp, left, SIGNS),
            "stroke",
            "#b9b3a2",
            "stroke-width",
            "0.9");
      }
    }
  }

  private static void houseNumbers(Svg svg, Houses houses, double left) {
    if (houses instanceof Houses.Cusps cusps) {
      for (int house = 1; house <= 12; house++) {
        double from = cusps.cuspDeg(house);
        double width = cusps.cuspDeg(house % 12 + 1) - from;
        width -= 360 * Math.rint(width / 360);
        double middle = from + width / 2;
        double radius = (HOUSES + INNER) / 2;
        svg.line(
            x(from, left, INNER),
            y(from, left, INNER),
            x(from, left, HOUSES),
            y(from, left, HOUSES),
            "stroke",
            GOLD,
            "stroke-width",
            "0.9");
        svg.letters(
            Integer.toString(house),
            x(middle, left, radius),
            y(middle, left, radius),
            8.5,
            "#7b6434",
            1.1);
      }
    }
  }

  private static void axes(Svg svg, Angles angles, double left) {
    axis(svg, angles.ascendantDeg(), left, "AC");
    axis(svg, angles.ascendantDeg() + 180, left, "DC");
    axis(svg, angles.midheavenDeg(), left, "MC");
    axis(svg, angles.midheavenDeg() + 180, left, "IC");
  }

  private static void axis(Svg svg, double longitude, double left, String label) {
    String[] style = {"stroke", INK, "stroke-width", "2"};
    svg.line(
        x(longitude, left, INNER),
        y(longitude, left, INNER),
        x(longitude, left, SIGNS),
        y(longitude, left, SIGNS),
        style);
    svg.line(
        x(longitude, left, OUTER),
        y(longitude, left, OUTER),
        x(longitude, left, OUTER + 14),
        y(longitude, left, OUTER + 14),
        style);
    svg.letters(
        label, x(longitude, left, OUTER + 28), y(longitude, left, OUTER + 28), 12, INK, 1.7);
  }

  private static void aspects(Svg svg, Chart chart, double left) {
    for (Aspect aspect : chart.aspects()) {
      Position first = chart.position(aspect.first()).orElseThrow();
      Position second = chart.position(aspect.second()).orElseThrow();
      if (aspect.kind() == AspectKind.CONJUNCTION) {
        continue;
      }
      svg.openTitled(aspect.describe());
      svg.line(
          x(first.longitudeDeg(), left, INNER - 3),
          y(first.longitudeDeg(), left, INNER - 3),
          x(second.longitudeDeg(), left, INNER - 3),
          y(second.longitudeDeg(), left, INNER - 3),
          "stroke",
          colour(aspect.kind()),
          "stroke-width",
          Svg.number(aspect.kind().major() ? 0.7 + 1.5 * aspect.strength() : 0.8),
          "stroke-opacity",
          Svg.number(0.45 + 0.5 * aspect.strength()),
          "stroke-dasharray",
          aspect.kind().major() ? "none" : "4 4",
          "stroke-linecap",
          "round");
      svg.close();
    }
    for (Position position : chart.positions()) {
      svg.element(
          "circle",
          "cx",
          Svg.number(x(position.longitudeDeg(), left, INNER - 3)),
          "cy",
          Svg.number(y(position.longitudeDeg(), left, INNER - 3)),
          "r",
          "2.6",
          "fill",
          Svg.colour(position.body()));
    }
  }

  private static String colour(AspectKind kind) {
    return switch (kind) {
      case SQUARE, OPPOSITION -> "#c0392b";
      case TRINE, SEXTILE -> "#2a6fb0";
      case SEMISQUARE, SESQUIQUADRATE -> "#c77b4a";
      case QUINTILE, BIQUINTILE -> "#8a5aa8";
      default -> "#5c9a72";
    };
  }

  private static void bodies(Svg svg, List<Position> positions, double left) {
    List<Position> sorted = new ArrayList<>(positions);
    sorted.sort(Comparator.comparingDouble(Position::longitudeDeg));
    double[] shown = apart(sorted);
    for (int i = 0; i < shown.length; i++) {
      Position position = sorted.get(i);
      double longitude = position.longitudeDeg();
      double place = shown[i];
      String colour = Svg.colour(position.body());
      svg.openTitled(position.body().label());
      svg.path(
          "M"
              + at(longitude, left, SIGNS)
              + " L"
              + at(longitude, left, SIGNS - 12)
              + " L"
              + at(place, left, BODIES + 19),
          "fill",
          "none",
          "stroke",
          colour,
          "stroke-width",
          "1.2");
      // Discs in the colour of the ground keep axes and cusps off the signs.
      for (double reach = BODIES; reach > BODIES - 75; reach -= 17) {
        svg.element(
            "circle",
            "cx",
            Svg.number(x(place, left, reach)),
            "cy",
            Svg.number(y(place, left, reach)),
            "r",
            reach == BODIES ? "15" : "10",
            "fill",
            "#fffdf8");
      }
      svg.glyph(
          Glyphs.of(position.body()),
          x(place, left, BODIES),
          y(place, left, BODIES),
          27,
          colour,
          2);
      double into = Sign.degreesInto(longitude);
      int minutes = (int) (into * 60);
      svg.letters(
          minutes / 60 + "\u00b0",
          x(place, left, BODIES - 30) + 2,
          y(place, left, BODIES - 30),
          9.5,
          INK,
          1.25);
      svg.glyph(
          Glyphs.of(position.sign()),
          x(place, left, BODIES - 51),
          y(place, left, BODIES - 51),
          13,
          ELEMENT_INK[element(position.sign())],
          1.2);
      String rest = (minutes % 60 < 10 ? "0" : "") + minutes % 60 + "\u2032";
      svg.letters(
          rest, x(place, left, BODIES - 69), y(place, left, BODIES - 69), 7.5, "#6a6779", 1);
      if (position.retrograde()) {
        svg.letters(
            "R", x(place, left, BODIES - 85), y(place, left, BODIES - 85), 7, "#c0392b", 1.1);
      }
      svg.close();
    }
  }

  /** Display longitudes, neighbours at least {@link #CLOSEST_DEG} apart, each near its own. */
  private static double[] apart(List<Position> sorted) {
    int n = sorted.size();
    double[] shown = new double[n];
    double gap = n == 0 ? 0 : Math.min(CLOSEST_DEG, 350.0 / n);
    for (int i = 0; i < n; i++) {
      shown[i] = sorted.get(i).longitudeDeg();
    }
    for (int round = 0; round < 200; round++) {
      boolean moved = false;
      for (int i = 0; i < n && n > 1; i++) {
        int next = (i + 1) % n;
        double distance = shown[next] - shown[i] + (next == 0 ? 360 : 0);
        if (distance < gap - 1e-6) {
          double push = (gap - distance) / 2;
          shown[i] -= push;
          shown[next] += push;
          moved = true;
        }
      }
      if (!moved) {
        break;
      }
    }
    return shown;
  }
}
