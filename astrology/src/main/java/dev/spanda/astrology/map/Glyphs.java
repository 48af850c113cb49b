package dev.spanda.astrology.map;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Sign;

/**
 * Stroke drawings of planets, signs, digits and a few letters as SVG path data, so that a picture
 * looks the same where no font knows these signs. Planets and signs fill a square of 24 units round
 * the origin; a letter stands on the baseline, 10 units high.
 */
final class Glyphs {

  /** Distance from one letter to the next, in the units of a letter. */
  static final double ADVANCE = 8.4;

  private static final String CROSS = " M0,1 V11 M-4.5,6 H4.5";

  private Glyphs() {}

  static String of(Body body) {
    return switch (body) {
      case SUN -> circle(0, 0, 9) + circle(0, 0, 0.9);
      case MOON -> "M5,-9.2 A9.8,9.8 0 1 0 5,9.2 A11,11 0 0 1 5,-9.2 Z";
      case MERCURY ->
          circle(0, -2, 4.6) + " M-4.6,-11.2 A4.6,4.6 0 0 0 4.6,-11.2 M0,2.6 V11 M-4,7 H4";
      case VENUS -> circle(0, -5, 5.6) + " M0,0.6 V11 M-4.5,6 H4.5";
      case MARS -> circle(-2.5, 2.5, 6.3) + " M2,-2 L9,-9 M3,-9.3 H9.3 V-3";
      case JUPITER -> "M-8,-6.5 C-6.5,-12 3,-11.5 1,-4 C-0.2,0.5 -4,4 -9,5 H9 M5,-10 V11";
      case SATURN ->
          "M-4.5,-11 V7 M-8.5,-7.5 H1 M-4.5,-0.5 C-2,-6 6.5,-6 6.5,-0.5"
              + " C6.5,4 2.2,5.5 3,9 C3.6,11.3 6,11.3 7.5,9.2";
      case URANUS -> "M-7,-10.5 V3 M7,-10.5 V3 M-7,-3.5 H7 M0,-10.5 V4" + circle(0, 7.2, 3.2);
      case NEPTUNE ->
          "M0,-10 V11 M-4.5,7 H4.5 M-8,-8.5 C-8,3.5 8,3.5 8,-8.5 M-10,-6.5 L-8,-9.5 L-6,-6.5"
              + " M10,-6.5 L8,-9.5 L6,-6.5 M-2,-7.5 L0,-10.5 L2,-7.5";
      case PLUTO -> circle(0, -7, 3.4) + " M-7,-8 A7,8 0 0 0 7,-8 M0,0 V11 M-4.5,6 H4.5";
      case CHIRON -> circle(0, 7.2, 3.8) + " M0,3.4 V-11 M6,-10.5 L0,-4 L6,2";
      case PHOLUS -> circle(0, 7.2, 3.8) + " M0,3.4 V-11 M-6,-8 A6,7 0 0 0 6,-8";
      case CERES -> "M-4.5,-7.5 A6,6 0 1 1 0,1" + CROSS;
      case PALLAS -> "M0,-11 L5,-5 L0,1 L-5,-5 Z" + CROSS;
      case JUNO -> "M0,-11.5 V1 M-5.4,-8.4 L5.4,-2.2 M5.4,-8.4 L-5.4,-2.2" + CROSS;
      case VESTA -> "M-8,1 H8 M-5,1 V10.5 H5 V1 M0,1 C-6,-3 -1,-6 -0.5,-11.5 C5,-6 5,-2.5 0,1";
      case MEAN_NODE, TRUE_NODE ->
          "M-4.6,5.8 C-11,-1 -8.5,-10.5 0,-10.5 C8.5,-10.5 11,-1 4.6,5.8"
              + circle(-6.4, 8, 2.8)
              + circle(6.4, 8, 2.8);
      case MEAN_LILITH, OSCULATING_LILITH ->
          "M3,-11.3 A6.3,6.3 0 1 0 3,0.3 A7.2,7.2 0 0 1 3,-11.3 Z M-1.5,1 V11 M-6,6 H3";
      case EARTH -> circle(0, 0, 9) + " M0,-9 V9 M-9,0 H9";
    };
  }

  static String of(Sign sign) {
    return switch (sign) {
      case ARIES -> "M-8.5,-3.5 C-10,-11 -1.5,-12 0,-1 V10.5 M0,-1 C1.5,-12 10,-11 8.5,-3.5";
      case TAURUS -> circle(0, 4.6, 5.8) + " M-8.5,-10.5 C-6,2 6,2 8.5,-10.5";
      case GEMINI ->
          "M-8.5,-10.5 C-4,-7 4,-7 8.5,-10.5 M-8.5,10.5 C-4,7 4,7 8.5,10.5 M-4,-8.3 V8.3 M4,-8.3"
              + " V8.3";
      case CANCER ->
          circle(-5.6, -2.6, 3)
              + circle(5.6, 2.6, 3)
              + " M-8.6,-2.8 C-8,-9.5 4,-10.5 9.5,-6 M8.6,2.8 C8,9.5 -4,10.5 -9.5,6";
      case LEO ->
          circle(-5.4, 3.4, 3.1)
              + " M-3,1.4 C-8,-5 -5,-11 0.5,-10.6 C7,-10 5.5,-3 3.4,2.5 C1.6,7.5 4,11.5 8.8,8.2";
      case VIRGO ->
          "M-10.5,-8 C-8.5,-9.5 -7.2,-7.5 -7.2,-5 V7.5 M-7.2,-5 C-6.4,-9.6 -2.2,-9.6 -2.2,-5 V7.5"
              + " M-2.2,-5 C-1.4,-9.6 2.8,-9.6 2.8,-5 V4.5 C2.8,8.5 5.5,10.5 9,10"
              + " M2.8,-3 C6,-7.5 10.5,-3.5 8,1 C6.5,4 3,7.5 -0.5,9.5";
      case LIBRA -> "M-9.5,9 H9.5 M-9.5,4 H-3.2 C-8,-1 -5.5,-9 0,-9 C5.5,-9 8,-1 3.2,4 H9.5";
      case SCORPIO ->
          "M-10.5,-8 C-8.5,-9.5 -7.2,-7.5 -7.2,-5 V7.5 M-7.2,-5 C-6.4,-9.6 -2.2,-9.6 -2.2,-5 V7.5"
              + " M-2.2,-5 C-1.4,-9.6 2.8,-9.6 2.8,-5 V5 C2.8,8.5 5.5,9.5 10,7.6"
              + " M7,5 L10.4,7.5 L8,10.8";
      case SAGITTARIUS -> "M-9.5,9.5 L9,-9 M0.5,-9.5 H9.5 V-0.5 M-6.5,-0.5 L1.5,7.5";
      case CAPRICORN ->
          "M-10,-8.5 C-7,-9 -5.6,-6 -5.6,-1 V5.5 M-5.6,-3 C-5,-9.5 0.8,-9.5 0.8,-3 V5"
              + " C0.8,9 -1,11 -4,10.5 M0.8,4 C2,-1.5 9.5,-1.5 9.5,3.6 C9.5,8.6 2.6,8.6 0.8,5";
      case AQUARIUS ->
          "M-10,-2 L-6,-6.5 L-2.5,-2 L1.5,-6.5 L5,-2 L9.5,-6.5"
              + " M-10,6 L-6,1.5 L-2.5,6 L1.5,1.5 L5,6 L9.5,1.5";
      case PISCES -> "M-7.5,-10.5 C-2,-4 -2,4 -7.5,10.5 M7.5,-10.5 C2,-4 2,4 7.5,10.5 M-8.5,0 H8.5";
    };
  }

  static String of(char letter) {
    return switch (letter) {
      case '0' -> "M3,-10 C-0.8,-10 -0.8,0 3,0 C6.8,0 6.8,-10 3,-10 Z";
      case '1' -> "M1,-7.8 L3.6,-10 V0";
      case '2' -> "M0.4,-7.4 C0.4,-11 6,-11 5.6,-7 C5.3,-4.4 1.4,-2.6 0.3,0 H6";
      case '3' ->
          "M0.5,-8.8 C2,-10.8 5.5,-10.3 5.3,-7.6 C5.2,-5.9 3.8,-5.3 2.4,-5.3 C4.5,-5.3 5.9,-4"
              + " 5.6,-2.4 C5.2,0.5 1.5,0.6 0.2,-1.5";
      case '4' -> "M4.6,0 V-10 L0,-3 H6.2";
      case '5' -> "M5.3,-10 H1.3 L0.8,-5.6 C3,-7 5.9,-5.8 5.7,-3 C5.5,0.6 1.5,0.7 0.2,-1.4";
      case '6' ->
          "M5,-9.6 C2,-10.6 0.2,-7 0.4,-3.5 C0.6,1.1 5.8,1 5.8,-3 C5.8,-6.8 1,-6.6 0.4,-3.2";
      case '7' -> "M0.3,-10 H5.8 L2.2,0";
      case '8' ->
          "M3,-5.5 C-0.4,-5.8 -0.1,-10 3,-10 C6.1,-10 6.4,-5.8 3,-5.5 C-1,-5.2 -0.7,0 3,0 C6.7,0"
              + " 7,-5.2 3,-5.5";
      case '9' ->
          "M1,-0.4 C4,0.6 5.8,-3 5.6,-6.5 C5.4,-11.1 0.2,-11 0.2,-7 C0.2,-3.2 5,-3.4 5.6,-6.8";
      case 'A' -> "M0,0 L3.2,-10 L6.4,0 M1.1,-3.4 H5.3";
      case 'C' -> "M6,-8.2 C4,-11 0.3,-10.3 0.3,-5 C0.3,0.3 4,1 6,-1.8";
      case 'D' -> "M0.5,0 V-10 H2.5 C7.2,-10 7.2,0 2.5,0 Z";
      case 'E' -> "M5.6,-10 H0.6 V0 H5.6 M0.6,-5.2 H4.8";
      case 'I' -> "M3,0 V-10";
      case 'M' -> "M0,0 V-10 L3.3,-3 L6.6,-10 V0";
      case 'N' -> "M0.4,0 V-10 L6,0 V-10";
      case 'R' -> "M0.6,0 V-10 H3 C6.6,-10 6.6,-4.8 3,-4.8 H0.6 M3,-4.8 L6,0";
      case 'S' ->
          "M5.4,-8.6 C4.5,-10.6 0.6,-10.6 0.6,-7.6 C0.6,-4.4 5.8,-5.8 5.8,-2.5 C5.8,0.7 1,0.6"
              + " 0.2,-1.9";
      case 'W' -> "M0,-10 L1.8,0 L3.4,-7.5 L5,0 L6.8,-10";
      case '\u00b0' -> circle(1.8, -8.4, 1.5);
      case '\u2032' -> "M1.8,-10.4 L0.8,-7.2";
      case ' ' -> "";
      default -> throw new IllegalArgumentException("No stroke letter for " + letter);
    };
  }

  /** Width of a text in the units of a letter. */
  static double width(String text) {
    double width = 0;
    for (int i = 0; i < text.length(); i++) {
      width += advance(text.charAt(i));
    }
    return width - 2;
  }

  static double advance(char letter) {
    return letter == '\u00b0' ? 5.2 : letter == '\u2032' ? 3.6 : ADVANCE;
  }

  private static String circle(double x, double y, double radius) {
    return " M"
        + (x - radius)
        + ","
        + y
        + " a"
        + radius
        + ","
        + radius
        + " 0 1 0 "
        + 2 * radius
        + ",0 a"
        + radius
        + ","
        + radius
        + " 0 1 0 "
        + -2 * radius
        + ",0";
  }
}
