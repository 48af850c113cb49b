package dev.spanda.audio.spectrum;

import java.util.Locale;

/**
 * Letters of five by seven points for labels, so that no font has to be found on the machine. Small
 * letters are drawn as capitals; what has no shape here is drawn as a middle dot.
 */
final class Lettering {

  static final int HEIGHT = 7;
  private static final int ADVANCE = 6;
  private static final int FIRST = ' ';

  /** Two hexadecimal digits a row, seven rows a letter, from the space to the underscore. */
  private static final String[] SHAPES = {
    "00000000000000", "04040404000004", "0a0a0000000000", "0a0a1f0a1f0a0a", "040f140e051e04",
    "18190204081303", "0c12140815120d", "04040000000000", "02040808080402", "08040202020408",
    "00040e1f0e0400", "0004041f040400", "00000000040408", "0000001f000000", "00000000000c0c",
    "01010204081010", "0e11131519110e", "040c040404040e", "0e11010204081f", "1f02040201110e",
    "02060a121f0202", "1f101e0101110e", "0608101e11110e", "1f010204080808", "0e11110e11110e",
    "0e11110f01020c", "000c0c000c0c00", "000c0c000c0408", "02040810080402", "00001f001f0000",
    "08040201020408", "0e110102040004", "0e11171517100e", "0e11111f111111", "1e11111e11111e",
    "0e11101010110e", "1c12111111121c", "1f10101e10101f", "1f10101e101010", "0e11101713110f",
    "1111111f111111", "0e04040404040e", "0702020202120c", "11121418141211", "1010101010101f",
    "111b1515111111", "11191513111111", "0e11111111110e", "1e11111e101010", "0e11111115120d",
    "1e11111e141211", "0f10100e01011e", "1f040404040404", "1111111111110e", "11111111110a04",
    "1111111515150a", "11110a040a1111", "11110a04040404", "1f01020408101f", "0e08080808080e",
    "10100804020101", "0e02020202020e", "040a1100000000", "0000000000001f",
  };

  private static final String DOT = "000000000c0c00";

  private Lettering() {}

  static int width(String text, int scale) {
    return Math.max(0, text.length() * ADVANCE - 1) * scale;
  }

  /** Draws with the upper left corner at (x, y); points outside the picture are left out. */
  static void draw(int[] pixels, int width, String text, int x, int y, int scale, int colour) {
    String capitals = text.toUpperCase(Locale.ROOT);
    for (int i = 0; i < capitals.length(); i++) {
      int index = capitals.charAt(i) - FIRST;
      String shape = index >= 0 && index < SHAPES.length ? SHAPES[index] : DOT;
      for (int row = 0; row < HEIGHT; row++) {
        int bits = Integer.parseInt(shape, 2 * row, 2 * row + 2, 16);
        for (int column = 0; column < 5; column++) {
          if ((bits >> (4 - column) & 1) == 1) {
            square(
                pixels, width, x + (i * ADVANCE + column) * scale, y + row * scale, scale, colour);
          }
        }
      }
    }
  }

  private static void square(int[] pixels, int width, int x, int y, int size, int colour) {
    int height = pixels.length / width;
    for (int py = Math.max(0, y); py < Math.min(height, y + size); py++) {
      for (int px = Math.max(0, x); px < Math.min(width, x + size); px++) {
        pixels[py * width + px] = colour;
      }
    }
  }
}
