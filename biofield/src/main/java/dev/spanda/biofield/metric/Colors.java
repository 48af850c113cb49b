package dev.spanda.biofield.metric;

/**
 * Gray, hue, saturation and value of a pixel as OpenCV's 8-bit conversions give them, bit for bit
 * ({@code COLOR_BGR2GRAY} and {@code COLOR_BGR2HSV} of version 4). All methods are thread-safe.
 */
public final class Colors {

  private static final int SHIFT = 12;
  static final int HALF = 1 << (SHIFT - 1);

  /** Hues in a turn: one is two degrees. */
  static final int HUES = 180;

  private static final int[] SATURATION = new int[256];
  private static final int[] HUE = new int[256];

  static {
    for (int i = 1; i < 256; i++) {
      SATURATION[i] = (int) Math.rint((255 << SHIFT) / (double) i);
      HUE[i] = (int) Math.rint((HUES << SHIFT) / (6.0 * i));
    }
  }

  private Colors() {}

  /**
   * Luma: {@code (3735·blue + 19235·green + 9798·red + 16384) >> 15}.
   *
   * @param rgb 0x00RRGGBB
   * @return 0 to 255
   */
  public static int gray(int rgb) {
    return ((rgb & 255) * 3735 + ((rgb >> 8) & 255) * 19_235 + ((rgb >> 16) & 255) * 9798 + 16_384)
        >> 15;
  }

  /**
   * Hue, saturation and value.
   *
   * @param rgb 0x00RRGGBB
   * @return hue in steps of two degrees, 0 to 179, in bits 16 to 23, saturation, 0 to 255, in bits
   *     8 to 15, value, 0 to 255, in bits 0 to 7
   */
  public static int hsv(int rgb) {
    int red = (rgb >> 16) & 255;
    int green = (rgb >> 8) & 255;
    int blue = rgb & 255;
    int value = Math.max(red, Math.max(green, blue));
    int spread = value - Math.min(red, Math.min(green, blue));
    int angle;
    if (value == red) {
      angle = green - blue;
    } else if (value == green) {
      angle = blue - red + 2 * spread;
    } else {
      angle = red - green + 4 * spread;
    }
    return hue(angle, spread) << 16 | saturation(spread, value) << 8 | value;
  }

  /** 0 to 179, from the angle in units of the spread, one sixth of a turn each. */
  static int hue(int angle, int spread) {
    int hue = (angle * HUE[spread & 255] + HALF) >> SHIFT;
    return hue + ((hue >> 31) & HUES);
  }

  /** 0 to 255. */
  static int saturation(int spread, int value) {
    return (spread * SATURATION[value & 255] + HALF) >> SHIFT;
  }
}
