package dev.spanda.biofield.capture;

/**
 * Where stored pixels stand in the upright picture: pixel (x, y) goes to {@code origin + x·stepX +
 * y·stepY}.
 *
 * @param width pixels in an upright row
 * @param height upright rows
 */
record Placement(int width, int height, int origin, int stepX, int stepY) {

  /**
   * The place for a stored size.
   *
   * @param orientation EXIF 2.3, tag 0x0112, 1 to 8
   */
  static Placement of(int width, int height, int orientation) {
    int last = width * height - 1;
    return switch (orientation) {
      case 2 -> new Placement(width, height, width - 1, -1, width);
      case 3 -> new Placement(width, height, last, -1, -width);
      case 4 -> new Placement(width, height, last - width + 1, 1, -width);
      case 5 -> new Placement(height, width, 0, height, 1);
      case 6 -> new Placement(height, width, height - 1, height, -1);
      case 7 -> new Placement(height, width, last, -height, -1);
      case 8 -> new Placement(height, width, last - height + 1, -height, 1);
      default -> new Placement(width, height, 0, 1, width);
    };
  }

  int at(int x, int y) {
    return origin + x * stepX + y * stepY;
  }
}
