package dev.spanda.media.logo;

import dev.spanda.core.Failure;
import dev.spanda.media.canvas.Paint;
import java.util.List;
import java.util.Optional;

/**
 * What a logo shall show.
 *
 * @param text the name, from 1 to 60 characters; spaces at its ends are removed
 * @param style default {@link Style#MODERN}
 * @param colors from 0 to 5 colours as {@code #RRGGBB}: the first for the name, the second and
 *     third for the mark; one that is almost white becomes the ground. Without colours the style
 *     chooses
 * @param tagline a line under the name, at most 60 characters
 * @param icon a drawing; without one the words choose, and where they name none it is the initials
 *     or a geometric mark
 * @param transparent whether the ground stays transparent; default false
 * @param seed another number gives another variation; default 0
 */
public record LogoPlan(
    String text,
    Style style,
    List<String> colors,
    Optional<String> tagline,
    Optional<Icon> icon,
    boolean transparent,
    long seed) {

  /** The longest name and the longest tagline, in characters. */
  public static final int LONGEST = 60;

  /** The most colours. */
  public static final int MOST_COLORS = 5;

  /** A manner of drawing. */
  public enum Style {
    /** Strong letters, a bright mark of simple geometry. */
    MODERN,
    /** A badge or label with serifs, rings, letters on arcs, paper and ink. */
    VINTAGE,
    /** Thin lines, wide spacing, much room. */
    MINIMALIST;

    /**
     * The style of a name in any case.
     *
     * @throws Failure INVALID when there is none
     */
    public static Style parse(String name) {
      for (Style style : values()) {
        if (style.name().equalsIgnoreCase(name.strip())) {
          return style;
        }
      }
      throw Failure.notAllowed("style", name, List.of("modern", "vintage", "minimalist"));
    }
  }

  /** Checks every part and copies the list. */
  public LogoPlan {
    text = words("text", text);
    tagline = tagline.filter(line -> !line.isBlank()).map(line -> words("tagline", line));
    colors = List.copyOf(colors);
    if (colors.size() > MOST_COLORS) {
      throw Failure.outOfRange(
          "colors", "The number of colours", colors.size(), 0, MOST_COLORS, "");
    }
    colors.forEach(Paint::colour);
  }

  private static String words(String subject, String given) {
    String words = given.strip().replaceAll("\\s+", " ");
    int length = words.codePointCount(0, words.length());
    if (length < 1 || length > LONGEST) {
      throw Failure.outOfRange(
          subject, "The length of the " + subject, length, 1, LONGEST, "characters");
    }
    if (words.codePoints().anyMatch(Character::isISOControl)) {
      throw Failure.invalid(subject, given, "The " + subject + " must hold no control characters");
    }
    return words;
  }

  /** A logo in a style, everything else by default. */
  public static LogoPlan of(String text, Style style) {
    return new LogoPlan(text, style, List.of(), Optional.empty(), Optional.empty(), false, 0);
  }

  /** A copy with colours as {@code #RRGGBB}. */
  public LogoPlan withColors(List<String> colors) {
    return new LogoPlan(text, style, colors, tagline, icon, transparent, seed);
  }

  /** A copy with a line under the name. */
  public LogoPlan withTagline(String tagline) {
    return new LogoPlan(text, style, colors, Optional.of(tagline), icon, transparent, seed);
  }

  /** A copy with an icon. */
  public LogoPlan withIcon(Icon icon) {
    return new LogoPlan(text, style, colors, tagline, Optional.of(icon), transparent, seed);
  }

  /** A copy with or without a ground. */
  public LogoPlan withTransparent(boolean transparent) {
    return new LogoPlan(text, style, colors, tagline, icon, transparent, seed);
  }

  /** A copy with another variation. */
  public LogoPlan withSeed(long seed) {
    return new LogoPlan(text, style, colors, tagline, icon, transparent, seed);
  }
}
