package dev.spanda.media.thumbnail;

import dev.spanda.core.Failure;
import dev.spanda.media.canvas.Paint;
import dev.spanda.media.canvas.Typeface;
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
    /** A gradient, nothing else. */
    PLAIN
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

  /** Checks the slant. */
  public Template {
    Failure.requireInRange("slant", "Slant", slantDeg, -20, 20, "degrees");
    Paint.colour(accent);
  }

  /**
   * The ready template of a name in any case: gaming, vlog, tutorial or reaction.
   *
   * @throws Failure INVALID when there is none
   */
  public static Template parse(String name) {
    return switch (name.strip().toLowerCase(Locale.ROOT)) {
      case "gaming" -> GAMING;
      case "vlog" -> VLOG;
      case "tutorial" -> TUTORIAL;
      case "reaction" -> REACTION;
      default ->
          throw Failure.notAllowed(
              "style", name, List.of("gaming", "vlog", "tutorial", "reaction"));
    };
  }

  /** A copy with another font. */
  public Template withTypeface(Typeface typeface) {
    return new Template(scenery, typeface, capitals, slantDeg, title, stroke, ground, accent);
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
