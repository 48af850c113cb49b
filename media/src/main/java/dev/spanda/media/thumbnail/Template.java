package dev.spanda.media.thumbnail;

import dev.spanda.core.Failure;
import dev.spanda.media.canvas.Paint;
import dev.spanda.media.canvas.Typeface;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * How a thumbnail looks: four that are ready, and as many as one likes by {@code with…}.
 *
 * @param scenery what is drawn behind
 * @param typeface of the title; Inter Bold takes its place for letters that it lacks
 * @param capitals whether the title is set in capitals
 * @param slantDeg by how much the title is turned against the clock, from −20 to 20
 * @param title upper and lower colour of the letters
 * @param stroke colour and width (px, from 0 to 40) of the line around the letters
 * @param ground first and second colour of the ground
 * @param accent colour of ornaments and the badge, as {@code #RRGGBB} like all the others
 */
public record Template(
    Scenery scenery,
    Typeface typeface,
    boolean capitals,
    double slantDeg,
    Pair title,
    Line stroke,
    Pair ground,
    String accent) {

  /** What is drawn behind a title. */
  public enum Scenery {
    /** Slanted blades of light. */
    BLADES,
    /** A low sun and hills. */
    SUNSET,
    /** A grid and a panel. */
    PANEL,
    /** Rays from one point. */
    RAYS,
    /** A soft gradient with a light in it. */
    GRADIENT,
    /** One colour, a little darker towards the corners. */
    SOLID;

    /**
     * The scenery of a name in any case: blades, sunset, panel, rays, gradient or solid.
     *
     * @throws Failure INVALID, its subject {@code background}, when there is none
     */
    public static Scenery parse(String name) {
      for (Scenery scenery : values()) {
        if (scenery.name().equalsIgnoreCase(name.strip())) {
          return scenery;
        }
      }
      throw Failure.notAllowed(
          "background",
          name,
          Arrays.stream(values()).map(one -> one.name().toLowerCase(Locale.ROOT)).toList());
    }
  }

  /** Two colours, as {@code #RRGGBB}. */
  public record Pair(String first, String second) {
    /** Checks the colours. */
    public Pair {
      Paint.colour(first);
      Paint.colour(second);
    }
  }

  /**
   * A line around letters.
   *
   * @param color as {@code #RRGGBB}
   * @param widthPx from 0 to 40
   */
  public record Line(String color, double widthPx) {
    /** Checks both. */
    public Line {
      Paint.colour(color);
      Failure.requireInRange("stroke", "Width of the stroke", widthPx, 0, 40, "px");
    }
  }

  /** Yellow comic letters on neon blades. */
  public static final Template GAMING =
      new Template(
          Scenery.BLADES,
          Typeface.BANGERS,
          true,
          5,
          new Pair("#FFF04A", "#FF8A00"),
          new Line("#120428", 22),
          new Pair("#3A0CA3", "#0B0420"),
          "#00E5FF");

  /** White letters before a low sun. */
  public static final Template VLOG =
      new Template(
          Scenery.SUNSET,
          Typeface.ANTON,
          false,
          0,
          new Pair("#FFFFFF", "#FFF1DC"),
          new Line("#5A1846", 10),
          new Pair("#FF9A5A", "#C2336F"),
          "#FFD166");

  /** Clear letters beside a panel. */
  public static final Template TUTORIAL =
      new Template(
          Scenery.PANEL,
          Typeface.INTER_BOLD,
          false,
          0,
          new Pair("#FFFFFF", "#FFFFFF"),
          new Line("#0B1F3A", 0),
          new Pair("#123A6B", "#0B1F3A"),
          "#3DDC97");

  /** Heavy letters on rays. */
  public static final Template REACTION =
      new Template(
          Scenery.RAYS,
          Typeface.ANTON,
          true,
          3,
          new Pair("#FFFFFF", "#FFE9E9"),
          new Line("#B00020", 20),
          new Pair("#FFD60A", "#FF9F00"),
          "#E10600");

  /** Slim capitals on a quiet gradient, where custom templates begin. */
  public static final Template CUSTOM =
      new Template(
          Scenery.GRADIENT,
          Typeface.BEBAS,
          true,
          0,
          new Pair("#FFFFFF", "#E8ECF4"),
          new Line("#14161F", 8),
          new Pair("#39415F", "#14161F"),
          "#FF5D5D");

  private static final int MOST_COLOURS = 4;

  /** Checks the slant. */
  public Template {
    Failure.requireInRange("slant", "Slant", slantDeg, -20, 20, "degrees");
    Paint.colour(accent);
  }

  /**
   * The ready template of a name in any case: gaming, vlog, tutorial, reaction or custom.
   *
   * @throws Failure INVALID, its subject {@code style}, when there is none
   */
  public static Template parse(String name) {
    return switch (name.strip().toLowerCase(Locale.ROOT)) {
      case "gaming" -> GAMING;
      case "vlog" -> VLOG;
      case "tutorial" -> TUTORIAL;
      case "reaction" -> REACTION;
      case "custom" -> CUSTOM;
      default ->
          throw Failure.notAllowed(
              "style", name, List.of("gaming", "vlog", "tutorial", "reaction", "custom"));
    };
  }

  /** A copy with another font. */
  public Template withTypeface(Typeface typeface) {
    return new Template(scenery, typeface, capitals, slantDeg, title, stroke, ground, accent);
  }

  /** A copy on another scenery in the same colours. */
  public Template withScenery(Scenery scenery) {
    return new Template(scenery, typeface, capitals, slantDeg, title, stroke, ground, accent);
  }

  /**
   * A copy in other colours: of the ground, of its other end, of ornaments, of the letters, as many
   * as are given. One colour alone gets a darker one of its own as the other end. The line around
   * the letters turns black or white where it would be hard to tell from them.
   *
   * @param colors from 1 to 4, as {@code #RRGGBB}
   * @throws Failure INVALID, its subject {@code colors}
   */
  public Template withColors(List<String> colors) {
    if (colors.isEmpty() || colors.size() > MOST_COLOURS) {
      throw Failure.outOfRange(
          "colors", "The number of colours", colors.size(), 1, MOST_COLOURS, "");
    }
    int[] argb = colors.stream().mapToInt(color -> Paint.colour("colors", color)).toArray();
    String first = Paint.hex(argb[0]);
    String second = Paint.hex(argb.length > 1 ? argb[1] : Paint.mix(argb[0], 0xFF000000, 0.6));
    String ornament = argb.length > 2 ? Paint.hex(argb[2]) : accent;
    Pair letters =
        argb.length > 3
            ? new Pair(Paint.hex(argb[3]), Paint.hex(Paint.mix(argb[3], 0xFF000000, 0.12)))
            : title;
    int upper = Paint.colour(letters.first());
    String line = stroke.color();
    if (Paint.contrast(upper, Paint.colour(line)) < 3) {
      line = Paint.luminance(upper) > 0.18 ? "#0A0A0A" : "#FFFFFF";
    }
    return new Template(
        scenery,
        typeface,
        capitals,
        slantDeg,
        letters,
        new Line(line, Math.max(stroke.widthPx(), 8)),
        new Pair(first, second),
        ornament);
  }

  /** A copy with letters of other colours. */
  public Template withTitle(Pair title) {
    return new Template(scenery, typeface, capitals, slantDeg, title, stroke, ground, accent);
  }

  /** A copy with another line around the letters. */
  public Template withStroke(Line stroke) {
    return new Template(scenery, typeface, capitals, slantDeg, title, stroke, ground, accent);
  }

  /** A copy on another ground. */
  public Template withGround(Scenery scenery, Pair ground, String accent) {
    return new Template(scenery, typeface, capitals, slantDeg, title, stroke, ground, accent);
  }
}
