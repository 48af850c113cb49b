package dev.spanda.media.canvas;

/** The step between the bytes of sRGB and linear light. IEC 61966-2-1. */
final class Light {

  /** Linear light from 0 to 1 of each byte. */
  static final float[] LINEAR = new float[256];

  /** Linear light where one byte ends and the next begins. */
  private static final float[] EDGES = new float[255];

  private static final int CELLS = 4096;

  /** The lowest byte of each cell of linear light. */
  private static final short[] LOWEST = new short[CELLS + 1];

  static {
    for (int value = 0; value < 256; value++) {
      LINEAR[value] = (float) linear(value / 255.0);
      if (value < 255) {
        EDGES[value] = (float) linear((value + 0.5) / 255.0);
      }
    }
    int value = 0;
    for (int cell = 0; cell <= CELLS; cell++) {
      while (value < 255 && EDGES[value] <= (float) cell / CELLS) {
        value++;
      }
      LOWEST[cell] = (short) value;
    }
  }

  private Light() {}

  private static double linear(double encoded) {
    return encoded <= 0.04045 ? encoded / 12.92 : StrictMath.pow((encoded + 0.055) / 1.055, 2.4);
  }

  /** The nearest byte; what lies outside of 0 to 1 becomes 0 or 255. */
  static int encode(float light) {
    if (!(light > 0)) {
      return 0;
    }
    if (light >= 1) {
      return 255;
    }
    int value = LOWEST[(int) (light * CELLS)];
    while (value < 255 && EDGES[value] <= light) {
      value++;
    }
    return value;
  }
}
