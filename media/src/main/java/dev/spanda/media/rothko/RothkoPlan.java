package dev.spanda.media.rothko;

import dev.spanda.core.Failure;
import dev.spanda.media.canvas.Canvas;
import dev.spanda.media.canvas.Paint;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

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

  /** The softest edge: {@value} px. */
  public static final double MOST_BLUR_PX = 1000;

  private static final String COLORS = "colors";
  private static final int MOST_FIELDS = 12;

  /**
   * Colours of a field.
   *
   * @param ground behind the rectangles, as {@code #RRGGBB}
   * @param fields of the rectangles from the top down, from 1 to 12
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

    /** Ready palettes by their names. */
    private static final Map<String, Palette> READY =
        new TreeMap<>(Map.of("dawn", DAWN, "deep", DEEP, "ember", EMBER, "grove", GROVE));

    /** Checks and copies the colours. */
    public Palette {
      fields = List.copyOf(fields);
      if (fields.isEmpty() || fields.size() > MOST_FIELDS) {
        throw Failure.outOfRange(
            COLORS, "The number of colours", fields.size(), 1, MOST_FIELDS, "");
      }
      Paint.colour(ground);
      fields.forEach(field -> Paint.colour(COLORS, field));
    }

    /**
     * Fields of the given colours on a ground that is their mean, seven tenths of the way to black.
     *
     * @throws Failure INVALID, its subject {@code colors}, for their number and what is no colour
     */
    public static Palette of(List<String> fields) {
      int[] sums = new int[3];
      for (String field : fields) {
        int argb = Paint.colour(COLORS, field);
        for (int part = 0; part < 3; part++) {
          sums[part] += argb >> 8 * part & 0xFF;
        }
      }
      int mean = 0;
      for (int part = 0; part < 3; part++) {
        mean |= sums[part] / Math.max(1, fields.size()) << 8 * part;
      }
      return new Palette(Paint.hex(Paint.mix(mean, 0, 0.7)), fields);
    }

    /**
     * The ready palette of a name in any case: dawn, deep, ember or grove.
     *
     * @throws Failure INVALID, its subject {@code palette}, when there is none
     */
    public static Palette parse(String name) {
      Palette palette = READY.get(name.strip().toLowerCase(Locale.ROOT));
      if (palette == null) {
        throw Failure.notAllowed("palette", name, List.copyOf(READY.keySet()));
      }
      return palette;
    }
  }

  /** Checks the ranges. */
  public RothkoPlan {
    Failure.requireInRange("width", "Width", width, 16, Canvas.LONGEST, "px");
    Failure.requireInRange("height", "Height", height, 16, Canvas.LONGEST, "px");
    Failure.requireInRange("blur", "Blur", blurPx, 0, MOST_BLUR_PX, "px");
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
