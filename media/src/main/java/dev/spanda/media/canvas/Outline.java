package dev.spanda.media.canvas;

import dev.spanda.core.Failure;
import java.util.Arrays;

/**
 * A shape made of straight lines and Bézier curves, x to the right and y down. Where contours
 * overlap, the inside is what the non-zero winding rule says; a hole runs against its surrounding.
 * Immutable and thread-safe. All angles are in radians, clockwise as seen, 0 to the right.
 */
public final class Outline {

  static final byte MOVE = 0;
  static final byte LINE = 1;
  static final byte QUAD = 2;
  static final byte CUBIC = 3;
  static final byte CLOSE = 4;
  private static final int[] NUMBERS = {2, 2, 4, 6, 0};

  /** How far a cubic's handle reaches for a quarter of a circle of radius 1. */
  private static final double QUARTER = 0.5522847498307936;

  private static final Outline EMPTY = new Outline(new byte[0], new double[0]);

  /**
   * An upright rectangle.
   *
   * @param x left edge
   * @param y upper edge
   * @param width at least 0
   * @param height at least 0
   */
  public record Box(double x, double y, double width, double height) {

    /** The x of the right edge. */
    public double right() {
      return x + width;
    }

    /** The y of the lower edge. */
    public double bottom() {
      return y + height;
    }

    /** The x of the middle. */
    public double centreX() {
      return x + width / 2;
    }

    /** The y of the middle. */
    public double centreY() {
      return y + height / 2;
    }
  }

  private final byte[] verbs;
  private final double[] numbers;

  private Outline(byte[] verbs, double[] numbers) {
    this.verbs = verbs;
    this.numbers = numbers;
  }

  /** A shape without any contour. */
  public static Outline empty() {
    return EMPTY;
  }

  /** Begins a shape drawn step by step. */
  public static Builder builder() {
    return new Builder();
  }

  /** A rectangle with the corners of a box. */
  public static Outline rectangle(double x, double y, double width, double height) {
    return polygon(x, y, x + width, y, x + width, y + height, x, y + height);
  }

  /** A rectangle whose corners are quarter circles of a radius, at most half the shorter side. */
  public static Outline rounded(Box box, double radius) {
    double r = Math.min(radius, Math.min(box.width, box.height) / 2);
    double k = r * (1 - QUARTER);
    return builder()
        .moveTo(box.x + r, box.y)
        .lineTo(box.right() - r, box.y)
        .curveTo(box.right() - k, box.y, box.right(), box.y + k, box.right(), box.y + r)
        .lineTo(box.right(), box.bottom() - r)
        .curveTo(
            box.right(),
            box.bottom() - k,
            box.right() - k,
            box.bottom(),
            box.right() - r,
            box.bottom())
        .lineTo(box.x + r, box.bottom())
        .curveTo(box.x + k, box.bottom(), box.x, box.bottom() - k, box.x, box.bottom() - r)
        .lineTo(box.x, box.y + r)
        .curveTo(box.x, box.y + k, box.x + k, box.y, box.x + r, box.y)
        .close()
        .build();
  }

  /** A circle, within 0.03 percent of its radius. */
  public static Outline circle(double x, double y, double radius) {
    double k = radius * QUARTER;
    return builder()
        .moveTo(x + radius, y)
        .curveTo(x + radius, y + k, x + k, y + radius, x, y + radius)
        .curveTo(x - k, y + radius, x - radius, y + k, x - radius, y)
        .curveTo(x - radius, y - k, x - k, y - radius, x, y - radius)
        .curveTo(x + k, y - radius, x + radius, y - k, x + radius, y)
        .close()
        .build();
  }

  /** What lies between two circles of one centre. */
  public static Outline ring(double x, double y, double outer, double inner) {
    return circle(x, y, outer).plus(circle(x, y, inner).reversed());
  }

  /** An open arc of a circle, from one angle to another; backwards when {@code to} is smaller. */
  public static Outline arc(double x, double y, double radius, double from, double to) {
    int pieces = Math.max(1, (int) Math.ceil(Math.abs(to - from) / (Math.PI / 4)));
    double step = (to - from) / pieces;
    double handle = radius * 4 / 3 * StrictMath.tan(step / 4);
    Builder builder = builder();
    double cos = StrictMath.cos(from);
    double sin = StrictMath.sin(from);
    builder.moveTo(x + radius * cos, y + radius * sin);
    for (int piece = 1; piece <= pieces; piece++) {
      double nextCos = StrictMath.cos(from + piece * step);
      double nextSin = StrictMath.sin(from + piece * step);
      builder.curveTo(
          x + radius * cos - handle * sin,
          y + radius * sin + handle * cos,
          x + radius * nextCos + handle * nextSin,
          y + radius * nextSin - handle * nextCos,
          x + radius * nextCos,
          y + radius * nextSin);
      cos = nextCos;
      sin = nextSin;
    }
    return builder.build();
  }

  /**
   * A closed polygon.
   *
   * @param corners x and y by turns, at least three corners; not modified
   */
  public static Outline polygon(double... corners) {
    Builder builder = builder().moveTo(corners[0], corners[1]);
    for (int at = 2; at + 1 < corners.length; at += 2) {
      builder.lineTo(corners[at], corners[at + 1]);
    }
    return builder.close().build();
  }

  /** An open straight line. */
  public static Outline line(double fromX, double fromY, double toX, double toY) {
    return builder().moveTo(fromX, fromY).lineTo(toX, toY).build();
  }

  /** A polygon of equal sides around a centre; the first corner lies at an angle. */
  public static Outline regular(double x, double y, double radius, int corners, double angle) {
    double[] points = new double[2 * corners];
    for (int corner = 0; corner < corners; corner++) {
      double at = angle + 2 * Math.PI * corner / corners;
      points[2 * corner] = x + radius * StrictMath.cos(at);
      points[2 * corner + 1] = y + radius * StrictMath.sin(at);
    }
    return polygon(points);
  }

  /** A star whose tips and notches lie on two circles; the first tip points upwards. */
  public static Outline star(double x, double y, double outer, double inner, int tips) {
    double[] points = new double[4 * tips];
    for (int corner = 0; corner < 2 * tips; corner++) {
      double at = -Math.PI / 2 + Math.PI * corner / tips;
      double radius = corner % 2 == 0 ? outer : inner;
      points[2 * corner] = x + radius * StrictMath.cos(at);
      points[2 * corner + 1] = y + radius * StrictMath.sin(at);
    }
    return polygon(points);
  }

  /**
   * The shape that SVG path data describe. Read are M, L, H, V, Q, C and Z in both cases.
   *
   * @throws Failure INVALID when the data hold anything else
   */
  public static Outline parse(String path) {
    return PathReader.read(path);
  }

  /** Both shapes as one; contours of the other are added as they run. */
  public Outline plus(Outline other) {
    byte[] allVerbs = Arrays.copyOf(verbs, verbs.length + other.verbs.length);
    System.arraycopy(other.verbs, 0, allVerbs, verbs.length, other.verbs.length);
    double[] all = Arrays.copyOf(numbers, numbers.length + other.numbers.length);
    System.arraycopy(other.numbers, 0, all, numbers.length, other.numbers.length);
    return new Outline(allVerbs, all);
  }

  /** The same contours run the other way, so that they cut holes into what surrounds them. */
  public Outline reversed() {
    Builder builder = builder();
    int verb = 0;
    int at = 0;
    while (verb < verbs.length) {
      int endVerb = verb + 1;
      int endAt = at + 2;
      while (endVerb < verbs.length && verbs[endVerb] != MOVE && verbs[endVerb] != CLOSE) {
        endAt += NUMBERS[verbs[endVerb]];
        endVerb++;
      }
      int back = endAt;
      builder.moveTo(numbers[back - 2], numbers[back - 1]);
      for (int step = endVerb - 1; step > verb; step--) {
        back -= NUMBERS[verbs[step]];
        double x = numbers[back - 2];
        double y = numbers[back - 1];
        switch (verbs[step]) {
          case LINE -> builder.lineTo(x, y);
          case QUAD -> builder.quadTo(numbers[back], numbers[back + 1], x, y);
          default ->
              builder.curveTo(
                  numbers[back + 2], numbers[back + 3], numbers[back], numbers[back + 1], x, y);
        }
      }
      if (endVerb < verbs.length && verbs[endVerb] == CLOSE) {
        builder.close();
        endVerb++;
      }
      verb = endVerb;
      at = endAt;
    }
    return builder.build();
  }

  /** Every point (x, y) at (a x + c y + e, b x + d y + f), as SVG's {@code matrix(a b c d e f)}. */
  public Outline transform(double a, double b, double c, double d, double e, double f) {
    double[] moved = new double[numbers.length];
    for (int at = 0; at < numbers.length; at += 2) {
      moved[at] = a * numbers[at] + c * numbers[at + 1] + e;
      moved[at + 1] = b * numbers[at] + d * numbers[at + 1] + f;
    }
    return new Outline(verbs, moved);
  }

  /** The shape moved to the right and down. */
  public Outline translate(double x, double y) {
    return transform(1, 0, 0, 1, x, y);
  }

  /** The shape grown from the origin. */
  public Outline scale(double factor) {
    return transform(factor, 0, 0, factor, 0, 0);
  }

  /** The shape turned about a point. */
  public Outline rotate(double angle, double x, double y) {
    double cos = StrictMath.cos(angle);
    double sin = StrictMath.sin(angle);
    return transform(cos, sin, -sin, cos, x - cos * x + sin * y, y - sin * x - cos * y);
  }

  /** The shape grown or shrunk to fit a box, in its middle, with its proportions kept. */
  public Outline fitInto(Box box) {
    Box own = bounds();
    double factor =
        Math.min(box.width / Math.max(own.width, 1e-12), box.height / Math.max(own.height, 1e-12));
    return transform(
        factor,
        0,
        0,
        factor,
        box.centreX() - factor * own.centreX(),
        box.centreY() - factor * own.centreY());
  }

  /** Whether there is no contour. */
  public boolean isEmpty() {
    return verbs.length == 0;
  }

  /** The smallest box around every curve, exact; all zeros for the empty shape. */
  public Box bounds() {
    if (isEmpty()) {
      return new Box(0, 0, 0, 0);
    }
    double[] low = {Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY};
    double[] high = {Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY};
    int at = 0;
    for (byte verb : verbs) {
      if (verb == CLOSE) {
        continue;
      }
      int end = at + NUMBERS[verb] - 2;
      for (int axis = 0; axis < 2; axis++) {
        include(low, high, axis, numbers[end + axis]);
        if (verb == QUAD) {
          double p0 = numbers[at - 2 + axis];
          double p1 = numbers[at + axis];
          double p2 = numbers[at + 2 + axis];
          double bottom = p0 - 2 * p1 + p2;
          if (bottom != 0) {
            double t = (p0 - p1) / bottom;
            if (t > 0 && t < 1) {
              include(low, high, axis, p0 + t * (2 * (p1 - p0) + t * bottom));
            }
          }
        } else if (verb == CUBIC) {
          cubicExtremes(low, high, axis, at);
        }
      }
      at += NUMBERS[verb];
    }
    return new Box(low[0], low[1], high[0] - low[0], high[1] - low[1]);
  }

  private void cubicExtremes(double[] low, double[] high, int axis, int at) {
    double p0 = numbers[at - 2 + axis];
    double p1 = numbers[at + axis];
    double p2 = numbers[at + 2 + axis];
    double p3 = numbers[at + 4 + axis];
    double a = p3 - 3 * p2 + 3 * p1 - p0;
    double b = 2 * (p2 - 2 * p1 + p0);
    double c = p1 - p0;
    double[] roots;
    if (Math.abs(a) < 1e-12 * (Math.abs(b) + Math.abs(c))) {
      roots = b == 0 ? new double[0] : new double[] {-c / b};
    } else {
      double discriminant = b * b - 4 * a * c;
      if (discriminant < 0) {
        return;
      }
      double root = Math.sqrt(discriminant);
      roots = new double[] {(-b + root) / (2 * a), (-b - root) / (2 * a)};
    }
    for (double t : roots) {
      if (t > 0 && t < 1) {
        double s = 1 - t;
        include(
            low,
            high,
            axis,
            s * s * s * p0 + 3 * s * s * t * p1 + 3 * s * t * t * p2 + t * t * t * p3);
      }
    }
  }

  private static void include(double[] low, double[] high, int axis, double value) {
    low[axis] = Math.min(low[axis], value);
    high[axis] = Math.max(high[axis], value);
  }

  /** Tells a pen every step of the contours, in their order. */
  void trace(Pen pen) {
    int at = 0;
    for (byte verb : verbs) {
      switch (verb) {
        case MOVE -> pen.moveTo(numbers[at], numbers[at + 1]);
        case LINE -> pen.lineTo(numbers[at], numbers[at + 1]);
        case QUAD -> pen.quadTo(numbers[at], numbers[at + 1], numbers[at + 2], numbers[at + 3]);
        case CUBIC ->
            pen.curveTo(
                numbers[at],
                numbers[at + 1],
                numbers[at + 2],
                numbers[at + 3],
                numbers[at + 4],
                numbers[at + 5]);
        default -> pen.close();
      }
      at += NUMBERS[verb];
    }
  }

  /** SVG path data, three decimals. */
  @Override
  public String toString() {
    return PathWriter.write(this);
  }

  /** Follows the steps of an outline. */
  interface Pen {
    void moveTo(double x, double y);

    void lineTo(double x, double y);

    void quadTo(double controlX, double controlY, double x, double y);

    void curveTo(double firstX, double firstY, double secondX, double secondY, double x, double y);

    void close();
  }

  /** Draws a shape step by step. Not thread-safe. */
  public static final class Builder {

    private byte[] verbs = new byte[16];
    private double[] numbers = new double[64];
    private int verbCount;
    private int numberCount;

    private Builder() {}

    private void add(byte verb, double... values) {
      if (verb != MOVE && verbCount == 0) {
        throw new IllegalArgumentException("A contour begins with moveTo.");
      }
      if (verbCount == verbs.length) {
        verbs = Arrays.copyOf(verbs, 2 * verbCount);
      }
      if (numberCount + values.length > numbers.length) {
        numbers = Arrays.copyOf(numbers, 2 * numbers.length);
      }
      verbs[verbCount++] = verb;
      for (double value : values) {
        if (!Double.isFinite(value)) {
          throw new IllegalArgumentException("A point must be finite; was " + value);
        }
        numbers[numberCount++] = value;
      }
    }

    /** Begins a contour. */
    public Builder moveTo(double x, double y) {
      add(MOVE, x, y);
      return this;
    }

    /** A straight line from where the pen is. */
    public Builder lineTo(double x, double y) {
      add(LINE, x, y);
      return this;
    }

    /** A curve with one control point. */
    public Builder quadTo(double controlX, double controlY, double x, double y) {
      add(QUAD, controlX, controlY, x, y);
      return this;
    }

    /** A curve with two control points. */
    public Builder curveTo(
        double firstX, double firstY, double secondX, double secondY, double x, double y) {
      add(CUBIC, firstX, firstY, secondX, secondY, x, y);
      return this;
    }

    /** A straight line back to where the contour began. */
    public Builder close() {
      add(CLOSE);
      return this;
    }

    /** Adds another shape's contours. */
    public Builder add(Outline outline) {
      int at = 0;
      for (byte verb : outline.verbs) {
        add(verb, Arrays.copyOfRange(outline.numbers, at, at + NUMBERS[verb]));
        at += NUMBERS[verb];
      }
      return this;
    }

    /** The shape drawn so far. */
    public Outline build() {
      return verbCount == 0
          ? EMPTY
          : new Outline(Arrays.copyOf(verbs, verbCount), Arrays.copyOf(numbers, numberCount));
    }
  }
}
