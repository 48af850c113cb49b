package dev.spanda.media.canvas;

import dev.spanda.core.Failure;
import java.util.Locale;

/** What a shape is filled with. A colour is an int of alpha, red, green and blue, 8 bits each. */
public sealed interface Paint {

  /** One colour everywhere. */
  record Solid(int argb) implements Paint {}

  /** A change of colour along a line, and the end colours beyond its ends. */
  record Linear(double fromX, double fromY, double toX, double toY, int from, int to)
      implements Paint {}

  /**
   * A change of colour from a centre to a circle around it.
   *
   * @param radius above 0
   */
  record Radial(double x, double y, double radius, int from, int to) implements Paint {
    /** Checks the radius. */
    public Radial {
      Failure.requireInRange("radius", "Radius", radius, 1e-9, 1e9, "");
    }
  }

  /** One colour everywhere. */
  static Paint of(int argb) {
    return new Solid(argb);
  }

  /** The colour written as {@code #RRGGBB}, opaque. */
  static Paint of(String hex) {
    return new Solid(colour(hex));
  }

  /**
   * The colour written as {@code #RRGGBB} or {@code #RGB}, opaque.
   *
   * @throws Failure INVALID when it is written otherwise
   */
  static int colour(String hex) {
    return colour("color", hex);
  }

  /**
   * As {@link #colour(String)}, for a field of another name.
   *
   * @param subject the field that the failure is about
   */
  static int colour(String subject, String hex) {
    String digits = hex.strip();
    if (digits.matches("#[0-9A-Fa-f]{3}")) {
      StringBuilder twice = new StringBuilder("#");
      digits.chars().skip(1).forEach(digit -> twice.append((char) digit).append((char) digit));
      digits = twice.toString();
    }
    if (!digits.matches("#[0-9A-Fa-f]{6}")) {
      throw Failure.invalid(subject, hex, "A colour is written #RRGGBB");
    }
    return 0xFF000000 | Integer.parseInt(digits.substring(1), 16);
  }

  /** A colour as {@code #rrggbb}; its alpha is left out. */
  static String hex(int argb) {
    return String.format(Locale.ROOT, "#%06x", argb & 0xFFFFFF);
  }

  /** The colour with another alpha, from 0 (invisible) to 1. */
  static int fade(int argb, double alpha) {
    return (int) Math.round(255 * alpha) << 24 | argb & 0xFFFFFF;
  }

  /** The colour on the way from one to another, from 0 to 1. */
  static int mix(int from, int to, double share) {
    int mixed = 0;
    for (int shift = 0; shift < 32; shift += 8) {
      int a = from >>> shift & 0xFF;
      int b = to >>> shift & 0xFF;
      mixed |= (int) Math.round(a + share * (b - a)) << shift;
    }
    return mixed;
  }

  /**
   * How strongly two opaque colours differ in lightness: from 1 (equal) to 21 (black and white).
   * WCAG 2.2, "contrast ratio" and "relative luminance".
   */
  static double contrast(int first, int second) {
    double a = luminance(first) + 0.05;
    double b = luminance(second) + 0.05;
    return Math.max(a, b) / Math.min(a, b);
  }

  /** The relative luminance of a colour, from 0 (black) to 1 (white). WCAG 2.2. */
  static double luminance(int argb) {
    return 0.2126 * Light.LINEAR[argb >> 16 & 0xFF]
        + 0.7152 * Light.LINEAR[argb >> 8 & 0xFF]
        + 0.0722 * Light.LINEAR[argb & 0xFF];
  }
}
