package dev.spanda.audio.spectrum;

/**
 * 256 colours from near black through violet, red and orange to pale yellow whose lightness rises
 * evenly, so that equal steps of level look equal. Computed in OKLab (Ottosson, "A perceptual color
 * space for image processing", 2020): lightness is linear, hue and chroma follow a smooth path, and
 * chroma is lowered where a colour would leave sRGB.
 */
final class ColourMap {

  private static final int[] COLOURS = new int[256];

  static {
    for (int i = 0; i < 256; i++) {
      COLOURS[i] = colour(i / 255.0);
    }
  }

  private ColourMap() {}

  /** The colour of a level, 0 to 1, as 0xRRGGBB; levels outside are those of the ends. */
  static int at(double level) {
    return COLOURS[(int) Math.round(255 * Math.max(0, Math.min(1, level)))];
  }

  private static int colour(double level) {
    double lightness = 0.10 + 0.87 * level;
    double hueDeg = 285 + 180 * level;
    double chroma = 0.03 + 0.16 * StrictMath.sin(Math.PI * Math.min(1, 0.12 + 0.80 * level));
    for (double fitting = chroma; ; fitting *= 0.98) {
      int rgb = rgb(lightness, fitting, StrictMath.toRadians(hueDeg));
      if (rgb >= 0) {
        return rgb;
      }
    }
  }

  /** The colour, or −1 when sRGB does not hold it. */
  private static int rgb(double lightness, double chroma, double hue) {
    double a = chroma * StrictMath.cos(hue);
    double b = chroma * StrictMath.sin(hue);
    double l = cube(lightness + 0.3963377774 * a + 0.2158037573 * b);
    double m = cube(lightness - 0.1055613458 * a - 0.0638541728 * b);
    double s = cube(lightness - 0.0894841775 * a - 1.2914855480 * b);
    int red = channel(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
    int green = channel(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
    int blue = channel(-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
    return red < 0 || green < 0 || blue < 0 ? -1 : red << 16 | green << 8 | blue;
  }

  private static double cube(double x) {
    return x * x * x;
  }

  private static int channel(double linear) {
    if (linear < -0.0005 || linear > 1.0005) {
      return -1;
    }
    double x = Math.max(0, Math.min(1, linear));
    double coded = x <= 0.0031308 ? 12.92 * x : 1.055 * StrictMath.pow(x, 1 / 2.4) - 0.055;
    return (int) Math.round(255 * coded);
  }
}
