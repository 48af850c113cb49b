package dev.spanda.media.rothko;

import dev.spanda.core.Failure;
import dev.spanda.media.canvas.Canvas;
import dev.spanda.media.canvas.Paint;
import java.util.List;

/**
 * What a colour field shall be.
 *
 * @param width in px, from 16 to 8000
 * @param height in px, from 16 to 8000
 * @param palette the colours
 * @param blurPx standard deviation of the soft edges in px, from 0 to 1000
 * @param seed another number gives other heights and margins
 */
public record RothkoPlan(int width, int height, Palette palette, double blurPx, long seed) {

  /**
   * Colours of a field.
   *
   * @param ground behind the rectangles, as {@code #RRGGBB}
   * @param fields of the rectangles from the top down, from 1 to 6
   */
  public record Palette(String ground, List<String> fields) {

    /** Reds and orange on wine. */
    public static final Palette EMBER =
        new Palette("#5A1420", List.of("#E2531C", "#C22B1E", "#F0A030"));

    /** Blues and green on night. */
    public static final Palette DEEP =
        new Palette("#101B33", List.of("#1F4E79", "#2E8B87", "#14263F"));

    /** Yellow, white and rose on orange. */
    public static final Palette DAWN =
        new Palette("#E98A3A", List.of("#F7D34C", "#F9EBD2", "#E4577A"));

    /** Greens and plum on earth. */
    public static final Palette GROVE =
        new Palette("#3A2E22", List.of("#5B7F3A", "#8FA85A", "#5A2A4A"));

    /** Checks and copies the colours. */
    public Palette {
      fields = List.copyOf(fields);
      Failure.requireInRange("fields", "The number of fields", fields.size(), 1, 6, "");
      Paint.colour(ground);
      fields.forEach(Paint::colour);
    }
  }

  /** Checks the ranges. */
  public RothkoPlan {
    Failure.requireInRange("width", "Width", width, 16, Canvas.LONGEST, "px");
    Failure.requireInRange("height", "Height", height, 16, Canvas.LONGEST, "px");
    Failure.requireInRange("blur", "Blur", blurPx, 0, 1000, "px");
  }

  /** 1920 by 1080 px in a palette, blur 50 px, seed 0. */
  public static RothkoPlan of(Palette palette) {
    return new RothkoPlan(1920, 1080, palette, 50, 0);
  }

  /** A copy of another size. */
  public RothkoPlan withSize(int width, int height) {
    return new RothkoPlan(width, height, palette, blurPx, seed);
  }

  /** A copy with softer or harder edges, in px. */
  public RothkoPlan withBlurPx(double blurPx) {
    return new RothkoPlan(width, height, palette, blurPx, seed);
  }

  /** A copy with another seed. */
  public RothkoPlan withSeed(long seed) {
    return new RothkoPlan(width, height, palette, blurPx, seed);
  }
}
