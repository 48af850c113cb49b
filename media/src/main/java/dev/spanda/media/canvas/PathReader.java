package dev.spanda.media.canvas;

import dev.spanda.core.Failure;

/** Reads the plain part of SVG's path data. */
final class PathReader {

  private final String path;
  private int at;

  private PathReader(String path) {
    this.path = path;
  }

  static Outline read(String path) {
    return new PathReader(path).outline();
  }

  private Outline outline() {
    Outline.Builder builder = Outline.builder();
    char letter = 0;
    double x = 0;
    double y = 0;
    double startX = 0;
    double startY = 0;
    skip();
    while (at < path.length()) {
      char next = path.charAt(at);
      if (Character.isLetter(next)) {
        letter = next;
        at++;
      } else if (letter == 'M') {
        letter = 'L';
      } else if (letter == 'm') {
        letter = 'l';
      } else if (letter == 'Z' || letter == 'z' || letter == 0) {
        throw wrong();
      }
      double fromX = Character.isLowerCase(letter) ? x : 0;
      double fromY = Character.isLowerCase(letter) ? y : 0;
      switch (Character.toUpperCase(letter)) {
        case 'M' -> {
          x = startX = fromX + number();
          y = startY = fromY + number();
          builder.moveTo(x, y);
        }
        case 'L' -> {
          x = fromX + number();
          y = fromY + number();
          builder.lineTo(x, y);
        }
        case 'H' -> {
          x = fromX + number();
          builder.lineTo(x, y);
        }
        case 'V' -> {
          y = fromY + number();
          builder.lineTo(x, y);
        }
        case 'Q' -> {
          double controlX = fromX + number();
          double controlY = fromY + number();
          x = fromX + number();
          y = fromY + number();
          builder.quadTo(controlX, controlY, x, y);
        }
        case 'C' -> {
          double firstX = fromX + number();
          double firstY = fromY + number();
          double secondX = fromX + number();
          double secondY = fromY + number();
          x = fromX + number();
          y = fromY + number();
          builder.curveTo(firstX, firstY, secondX, secondY, x, y);
        }
        case 'Z' -> {
          builder.close();
          x = startX;
          y = startY;
        }
        default -> throw wrong();
      }
      skip();
    }
    return builder.build();
  }

  private void skip() {
    while (at < path.length() && (path.charAt(at) == ',' || path.charAt(at) <= ' ')) {
      at++;
    }
  }

  private double number() {
    skip();
    int from = at;
    boolean point = false;
    while (at < path.length()) {
      char next = path.charAt(at);
      if (next == '-' && at == from || next >= '0' && next <= '9' || next == '.' && !point) {
        point |= next == '.';
        at++;
      } else {
        break;
      }
    }
    try {
      return Double.parseDouble(path.substring(from, at));
    } catch (NumberFormatException noNumber) {
      throw wrong().causedBy(noNumber);
    }
  }

  private Failure wrong() {
    return Failure.invalid(
        "path", path, "Path data must be made of M, L, H, V, Q, C, Z and numbers; at " + at);
  }
}
