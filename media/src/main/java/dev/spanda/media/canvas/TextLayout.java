package dev.spanda.media.canvas;

import dev.spanda.core.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Words as shapes: a font in a size, with kerning, extra space between letters and lines, on
 * straight lines, in boxes that they fill, or on arcs.
 *
 * @param typeface the font
 * @param size the em in units of the canvas, above 0
 * @param tracking extra space between letters in em, from −0.5 to 5; default 0
 * @param leading from baseline to baseline in em, from 0.5 to 5; default 1.2
 * @param align where short lines stand among long ones; default {@link Align#CENTRE}
 */
public record TextLayout(
    Typeface typeface, double size, double tracking, double leading, Align align) {

  /** Where a line stands among longer ones. */
  public enum Align {
    /** All lines begin together. */
    LEFT,
    /** All lines have one middle. */
    CENTRE,
    /** All lines end together. */
    RIGHT
  }

  /**
   * Lines that were set.
   *
   * @param outline the shapes; the first baseline begins at (0, 0) when aligned left, is centred
   *     there when centred, ends there when aligned right
   * @param lines the text of each line
   * @param size the em that was chosen
   */
  public record Block(Outline outline, List<String> lines, double size) {
    /** Copies the lines. */
    public Block {
      lines = List.copyOf(lines);
    }

    /** The shapes moved so that the middle of what is seen is the middle of a box. */
    public Outline centredIn(Outline.Box box) {
      Outline.Box own = outline.bounds();
      return outline.translate(box.centreX() - own.centreX(), box.centreY() - own.centreY());
    }
  }

  /** Checks the ranges. */
  public TextLayout {
    Failure.requireInRange("size", "Size", size, 1e-6, 1e6, "units");
    Failure.requireInRange("tracking", "Tracking", tracking, -0.5, 5, "em");
    Failure.requireInRange("leading", "Leading", leading, 0.5, 5, "em");
  }

  /** A font in a size, everything else by default. */
  public static TextLayout of(Typeface typeface, double size) {
    return new TextLayout(typeface, size, 0, 1.2, Align.CENTRE);
  }

  /** A copy in another size. */
  public TextLayout withSize(double size) {
    return new TextLayout(typeface, size, tracking, leading, align);
  }

  /** A copy with other space between letters, in em. */
  public TextLayout withTracking(double tracking) {
    return new TextLayout(typeface, size, tracking, leading, align);
  }

  /** A copy with other distance of the baselines, in em. */
  public TextLayout withLeading(double leading) {
    return new TextLayout(typeface, size, tracking, leading, align);
  }

  /** A copy aligned otherwise. */
  public TextLayout withAlign(Align align) {
    return new TextLayout(typeface, size, tracking, leading, align);
  }

  /**
   * How far a line reaches from the first letter's origin to the end of the last letter, kerning
   * and space between letters included, in units of the canvas.
   *
   * @throws Failure INVALID when the font lacks a character
   */
  public double width(String line) {
    Line set = new Line(line);
    return set.count == 0 ? 0 : set.end;
  }

  /**
   * One line, beginning at (0, 0) on its baseline.
   *
   * @throws Failure INVALID when the font lacks a character
   */
  public Outline line(String line) {
    Line set = new Line(line);
    Outline.Builder builder = Outline.builder();
    for (int at = 0; at < set.count; at++) {
      builder.add(typeface.outline(set.glyphs[at]).transform(size, 0, 0, size, set.starts[at], 0));
    }
    return builder.build();
  }

  /**
   * Lines as the text breaks them ({@code \n}).
   *
   * @throws Failure INVALID when the font lacks a character
   */
  public Block block(String text) {
    return block(List.of(text.split("\n", -1)));
  }

  private Block block(List<String> lines) {
    Outline.Builder builder = Outline.builder();
    for (int at = 0; at < lines.size(); at++) {
      double width = width(lines.get(at));
      double x =
          switch (align) {
            case LEFT -> 0;
            case CENTRE -> -width / 2;
            case RIGHT -> -width;
          };
      builder.add(line(lines.get(at)).translate(x, at * leading * size));
    }
    return new Block(builder.build(), lines, size);
  }

  /**
   * The text as large as a box lets it be, broken between words where that makes it larger.
   *
   * @param width of the box in units, above 0
   * @param height of the box in units, above 0
   * @param mostLines how many lines it may take, from 1; lines broken by {@code \n} stay broken
   * @param largest the largest em
   * @throws Failure INVALID when the font lacks a character or there is nothing to set
   */
  public Block fit(String text, double width, double height, int mostLines, double largest) {
    List<String> paragraphs =
        text.lines()
            .map(line -> line.strip().replaceAll("\\s+", " "))
            .filter(line -> !line.isEmpty())
            .toList();
    if (paragraphs.isEmpty()) {
      throw Failure.invalid("text", text, "A text must have at least one letter");
    }
    TextLayout unit = withSize(1);
    List<List<String>> choices = new ArrayList<>();
    if (paragraphs.size() > 1) {
      choices.add(paragraphs);
    } else {
      List<String> words = List.of(paragraphs.get(0).split(" "));
      for (int lines = 1; lines <= Math.min(mostLines, words.size()); lines++) {
        choices.add(unit.balance(words, lines));
      }
    }
    List<String> best = choices.get(0);
    double bestSize = 0;
    for (List<String> lines : choices) {
      Outline.Box box = unit.block(lines).outline.bounds();
      double size =
          Math.min(
              largest,
              Math.min(width / Math.max(box.width(), 1e-9), height / Math.max(box.height(), 1e-9)));
      // A break more is worth it only when the words grow visibly.
      if (size > bestSize * 1.02) {
        best = lines;
        bestSize = size;
      }
    }
    return withSize(bestSize).block(best);
  }

  /** Breaks words into lines whose longest is as short as can be. */
  private List<String> balance(List<String> words, int lines) {
    int count = words.size();
    double[][] longest = new double[lines + 1][count + 1];
    int[][] breaks = new int[lines + 1][count + 1];
    for (int to = 1; to <= count; to++) {
      longest[1][to] = width(String.join(" ", words.subList(0, to)));
    }
    for (int line = 2; line <= lines; line++) {
      for (int to = line; to <= count; to++) {
        longest[line][to] = Double.POSITIVE_INFINITY;
        for (int from = line - 1; from < to; from++) {
          double last = width(String.join(" ", words.subList(from, to)));
          double both = Math.max(longest[line - 1][from], last);
          if (both < longest[line][to]) {
            longest[line][to] = both;
            breaks[line][to] = from;
          }
        }
      }
    }
    List<String> broken = new ArrayList<>();
    int to = count;
    for (int line = lines; line >= 1; line--) {
      int from = line == 1 ? 0 : breaks[line][to];
      broken.add(0, String.join(" ", words.subList(from, to)));
      to = from;
    }
    return broken;
  }

  /**
   * A line bent along a circle, its middle at an angle.
   *
   * @param x the centre of the circle
   * @param y the centre of the circle
   * @param radius of the baseline, above 0
   * @param middle the angle of the line's middle in radians, clockwise, 0 to the right; the top of
   *     the circle is −π/2
   * @param inward whether the letters' heads point to the centre, as they must at the bottom of a
   *     badge
   * @throws Failure INVALID when the font lacks a character
   */
  public Outline arc(
      String line, double x, double y, double radius, double middle, boolean inward) {
    Failure.requireInRange("radius", "Radius", radius, 1e-6, 1e9, "units");
    Line set = new Line(line);
    double turn = inward ? -1 : 1;
    Outline.Builder builder = Outline.builder();
    for (int at = 0; at < set.count; at++) {
      double half = typeface.advance(set.glyphs[at]) * size / 2;
      double angle = middle + turn * (set.starts[at] + half - set.end / 2) / radius;
      double cos = StrictMath.cos(angle);
      double sin = StrictMath.sin(angle);
      double rightX = -sin * turn;
      double rightY = cos * turn;
      double downX = -cos * turn;
      double downY = -sin * turn;
      builder.add(
          typeface
              .outline(set.glyphs[at])
              .transform(
                  size * rightX,
                  size * rightY,
                  size * downX,
                  size * downY,
                  x + radius * cos - half * rightX,
                  y + radius * sin - half * rightY));
    }
    return builder.build();
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%s %.1f", typeface, size);
  }

  /** Glyphs of a line and where each begins. */
  private final class Line {
    private final int[] glyphs;
    private final double[] starts;
    private final int count;
    private final double end;

    Line(String text) {
      typeface.require(text);
      int[] characters = Typeface.normal(text).codePoints().toArray();
      count = characters.length;
      glyphs = new int[count];
      starts = new double[count];
      double x = 0;
      for (int at = 0; at < count; at++) {
        int character = Character.isWhitespace(characters[at]) ? ' ' : characters[at];
        glyphs[at] = typeface.glyphId(character);
        if (at > 0) {
          x += (typeface.kerning(glyphs[at - 1], glyphs[at]) + tracking) * size;
        }
        starts[at] = x;
        x += typeface.advance(glyphs[at]) * size;
      }
      end = x;
    }
  }
}
