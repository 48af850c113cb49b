package dev.spanda.media.geometry;

import dev.spanda.media.canvas.Canvas;
import dev.spanda.media.canvas.Canvas.Pen;
import dev.spanda.media.canvas.Outline;
import dev.spanda.media.canvas.Paint;
import java.util.ArrayList;
import java.util.List;

/**
 * A pattern that was drawn: circles and curves on a square of 1000 units, and how far its own
 * conditions are missed. Immutable and thread-safe.
 */
public final class SacredGeometry {

  /** A circle of the pattern, in units. */
  public record Circle(double x, double y, double radius) {}

  private static final double CENTRE = 500;
  private static final double REACH = 440;
  private static final double GOLDEN = (1 + Math.sqrt(5)) / 2;

  private final GeometryPlan plan;
  private final Canvas canvas = Canvas.of(1000, 1000);
  private final List<Circle> circles = new ArrayList<>();
  private double residual;
  private final int inner;
  private final int outer;

  private SacredGeometry(GeometryPlan plan) {
    this.plan = plan;
    this.inner = plan.scheme().at(0);
    this.outer = plan.scheme().at(1);
  }

  /** The pattern of a plan. */
  public static SacredGeometry draw(GeometryPlan plan) {
    SacredGeometry geometry = new SacredGeometry(plan);
    geometry.canvas.background(Paint.of(plan.scheme().ground()));
    switch (plan.pattern()) {
      case SEED_OF_LIFE -> geometry.lattice(1, REACH / 2, false, true);
      case FLOWER_OF_LIFE ->
          geometry.lattice(plan.complexity(), REACH / (plan.complexity() + 1), false, true);
      case EGG_OF_LIFE -> geometry.lattice(1, REACH / 3, true, true);
      case FRUIT_OF_LIFE -> geometry.fruit(false);
      case METATRONS_CUBE -> geometry.fruit(true);
      case VESICA_PISCIS -> geometry.vesica();
      case GOLDEN_SPIRAL -> geometry.spiral();
      case TORUS -> geometry.torus();
      case SRI_YANTRA -> geometry.yantra();
    }
    return geometry;
  }

  /** What was asked for. */
  public GeometryPlan plan() {
    return plan;
  }

  /** The circles in the order they are drawn; the frame is not among them. */
  public List<Circle> circles() {
    return List.copyOf(circles);
  }

  /** The largest error of any condition of the pattern, as a share of the radius; below 1e-9. */
  public double residual() {
    return residual;
  }

  /** The picture as a complete SVG document of 1000 units a side. */
  public String svg() {
    return canvas.svg(title());
  }

  /**
   * The picture as a complete SVG document.
   *
   * @param size its side as it says of itself, from 1 to 8000
   */
  public String svg(int size) {
    return canvas.svg(title(), size);
  }

  /**
   * The picture as a PNG file.
   *
   * @param size its side in px, from 1 to 8000
   */
  public byte[] png(int size) {
    return canvas.png(size);
  }

  /** The picture as PDF. */
  public byte[] pdf() {
    return canvas.pdf(title());
  }

  private String title() {
    return plan.pattern().word().replace('-', ' ');
  }

  private void miss(double error) {
    residual = Math.max(residual, Math.abs(error));
  }

  private Paint paint(double x, double y, double alpha) {
    double away = Math.hypot(x - CENTRE, y - CENTRE) / REACH;
    return Paint.of(Paint.fade(plan.scheme().at(away), alpha));
  }

  private void circle(double x, double y, double radius, double width) {
    circles.add(new Circle(x, y, radius));
    canvas.stroke(Outline.circle(x, y, radius), Pen.sharp(width), paint(x, y, 1));
  }

  /** A circle around the middle in the colour of its distance from it. */
  private void around(double radius, double width) {
    circles.add(new Circle(CENTRE, CENTRE, radius));
    canvas.stroke(
        Outline.circle(CENTRE, CENTRE, radius),
        Pen.sharp(width),
        paint(CENTRE, CENTRE + radius, 1));
  }

  private void frame() {
    canvas.stroke(Outline.circle(CENTRE, CENTRE, REACH + 8), Pen.sharp(3), Paint.of(outer));
    canvas.stroke(Outline.circle(CENTRE, CENTRE, REACH + 20), Pen.sharp(1.5), Paint.of(outer));
  }

  /** Circles on a hexagonal lattice of some rings, one radius apart or, touching, two. */
  private void lattice(int rings, double radius, boolean touching, boolean framed) {
    double step = touching ? 2 * radius : radius;
    double half = step * Math.sqrt(3) / 2;
    double width = 1.4 + 3.0 / rings;
    canvas.fill(
        Outline.circle(CENTRE, CENTRE, REACH + 8),
        new Paint.Radial(CENTRE, CENTRE, REACH, Paint.fade(inner, 0.16), Paint.fade(outer, 0.03)));
    for (int row = -rings; row <= rings; row++) {
      int count = 2 * rings + 1 - Math.abs(row);
      for (int at = 0; at < count; at++) {
        // Corners of the hexagon stand above and below the middle.
        circle(CENTRE + row * half, CENTRE + (at - (count - 1) / 2.0) * step, radius, width);
      }
    }
    neighbours(step);
    if (framed) {
      frame();
    }
  }

  /** Each circle has its nearest neighbours at exactly one step. */
  private void neighbours(double step) {
    for (Circle one : circles) {
      double nearest = Double.POSITIVE_INFINITY;
      for (Circle other : circles) {
        double away = Math.hypot(one.x - other.x, one.y - other.y);
        if (away > 0 && away < 1.5 * step) {
          miss((away - step) / step);
        }
        if (away > 0) {
          nearest = Math.min(nearest, away);
        }
      }
      miss((nearest - step) / step);
    }
  }

  private void fruit(boolean lines) {
    double radius = REACH / 5;
    List<double[]> centres = new ArrayList<>();
    centres.add(new double[] {CENTRE, CENTRE});
    for (int ring = 1; ring <= 2; ring++) {
      for (int at = 0; at < 6; at++) {
        double angle = Math.PI / 6 + at * Math.PI / 3;
        centres.add(
            new double[] {
              CENTRE + 2 * radius * ring * StrictMath.cos(angle),
              CENTRE + 2 * radius * ring * StrictMath.sin(angle)
            });
      }
    }
    if (lines) {
      for (int from = 0; from < centres.size(); from++) {
        for (int to = from + 1; to < centres.size(); to++) {
          double[] a = centres.get(from);
          double[] b = centres.get(to);
          canvas.stroke(
              Outline.line(a[0], a[1], b[0], b[1]),
              Pen.round(1.6),
              paint((a[0] + b[0]) / 2, (a[1] + b[1]) / 2, 0.75));
        }
      }
    }
    for (double[] centre : centres) {
      if (!lines) {
        canvas.fill(
            Outline.circle(centre[0], centre[1], radius),
            new Paint.Radial(
                centre[0], centre[1], radius, Paint.fade(inner, 0.02), Paint.fade(outer, 0.2)));
      }
      circle(centre[0], centre[1], radius, 3);
    }
    // Each circle touches the next one on its ray.
    for (int at = 1; at <= 6; at++) {
      Circle near = circles.get(at);
      Circle far = circles.get(at + 6);
      miss((Math.hypot(near.x - CENTRE, near.y - CENTRE) - 2 * radius) / radius);
      miss((Math.hypot(far.x - near.x, far.y - near.y) - 2 * radius) / radius);
    }
    frame();
  }

  private void vesica() {
    double radius = REACH / 1.5;
    double left = CENTRE - radius / 2;
    double right = CENTRE + radius / 2;
    double high = radius * Math.sqrt(3) / 2;
    Outline lens =
        Outline.builder().add(Outline.arc(left, CENTRE, radius, -Math.PI / 3, Math.PI / 3)).build();
    Outline other = Outline.arc(right, CENTRE, radius, 2 * Math.PI / 3, 4 * Math.PI / 3);
    Paint glow =
        new Paint.Linear(
            CENTRE,
            CENTRE - high,
            CENTRE,
            CENTRE + high,
            Paint.fade(inner, 0.4),
            Paint.fade(outer, 0.4));
    canvas.fill(lens.plus(other), glow);
    circle(left, CENTRE, radius, 4);
    circle(right, CENTRE, radius, 4);
    canvas.stroke(
        Outline.line(CENTRE, CENTRE - high, CENTRE, CENTRE + high), Pen.sharp(2), Paint.of(inner));
    canvas.stroke(Outline.line(left, CENTRE, right, CENTRE), Pen.sharp(2), Paint.of(inner));
    for (double end : new double[] {-high, high}) {
      canvas.stroke(
          Outline.builder()
              .moveTo(left, CENTRE)
              .lineTo(CENTRE, CENTRE + end)
              .lineTo(right, CENTRE)
              .build(),
          Pen.sharp(2),
          Paint.of(Paint.fade(inner, 0.8)));
      miss((Math.hypot(CENTRE - left, end) - radius) / radius);
    }
    miss((right - left - radius) / radius);
  }

  /** r = a φ^(2θ/π), in pieces of an eighth of a turn through exact points with exact slopes. */
  private void spiral() {
    int quarters = 4 + 2 * plan.complexity();
    double growth = StrictMath.log(GOLDEN) * 2 / Math.PI;
    double first = REACH / StrictMath.exp(growth * quarters * Math.PI / 2);
    Outline.Builder builder = Outline.builder();
    int pieces = 4 * quarters;
    double step = Math.PI / 8;
    double lastX = 0;
    double lastY = 0;
    double lastSlopeX = 0;
    double lastSlopeY = 0;
    double before = 0;
    for (int at = 0; at <= pieces; at++) {
      double angle = at * step;
      double radius = first * StrictMath.exp(growth * angle);
      double cos = StrictMath.cos(angle);
      double sin = StrictMath.sin(angle);
      double x = CENTRE + radius * cos;
      double y = CENTRE + radius * sin;
      double slopeX = radius * (growth * cos - sin) * step / 3;
      double slopeY = radius * (growth * sin + cos) * step / 3;
      if (at == 0) {
        builder.moveTo(x, y);
      } else {
        builder.curveTo(lastX + lastSlopeX, lastY + lastSlopeY, x - slopeX, y - slopeY, x, y);
      }
      if (at % 4 == 0) {
        double distance = Math.hypot(x - CENTRE, y - CENTRE);
        canvas.stroke(Outline.circle(CENTRE, CENTRE, distance), Pen.sharp(1.2), paint(x, y, 0.45));
        canvas.stroke(Outline.line(CENTRE, CENTRE, x, y), Pen.sharp(1.2), paint(x, y, 0.45));
        canvas.fill(Outline.circle(x, y, 3 + 4 * distance / REACH), Paint.of(inner));
        if (at > 0) {
          miss(distance / before - GOLDEN);
        }
        before = distance;
      }
      lastX = x;
      lastY = y;
      lastSlopeX = slopeX;
      lastSlopeY = slopeY;
    }
    canvas.stroke(builder.build(), Pen.round(6), Paint.of(inner));
  }

  private void torus() {
    int count = 12 * plan.complexity();
    double radius = REACH / 2;
    for (int at = 0; at < count; at++) {
      double angle = 2 * Math.PI * at / count;
      double x = CENTRE + radius * StrictMath.cos(angle);
      double y = CENTRE + radius * StrictMath.sin(angle);
      circles.add(new Circle(x, y, radius));
      canvas.stroke(
          Outline.circle(x, y, radius),
          Pen.sharp(1 + 1.6 / plan.complexity()),
          plan.scheme().lines().size() == 2
              ? new Paint.Radial(CENTRE, CENTRE, REACH, inner, outer)
              : Paint.of(plan.scheme().at((double) at / count)));
      miss((Math.hypot(x - CENTRE, y - CENTRE) - radius) / radius);
    }
    frame();
  }

  /** The nine triangles, and around them what the complexity asks for. */
  private void yantra() {
    SriYantra solved = SriYantra.solved();
    miss(solved.residual());
    int level = Math.min(plan.complexity(), 3);
    double rim = level == 1 ? REACH : level == 2 ? REACH - 24 : 376;
    double radius = level == 1 ? rim : rim * 0.645;
    if (level == 3) {
      square(464, 408);
    }
    if (level > 1) {
      double between = rim * 0.82;
      for (double ring : new double[] {rim, rim + 8, rim + 16}) {
        around(ring, 2);
      }
      lotus(16, between, rim);
      around(between, 2);
      lotus(8, radius, between);
    }
    canvas.fill(
        Outline.circle(CENTRE, CENTRE, radius),
        new Paint.Radial(CENTRE, CENTRE, radius, Paint.fade(inner, 0.10), Paint.fade(outer, 0.03)));
    for (SriYantra.Small small : solved.small()) {
      canvas.fill(
          polygon(small.corners(), radius),
          Paint.of(Paint.fade(plan.scheme().at(small.ring() / 4.0), 0.34)));
    }
    for (SriYantra.Triangle triangle : solved.triangles()) {
      double middle = (triangle.base() + triangle.tip()) / 2;
      double away = Math.abs(triangle.tip() - triangle.base()) / 2 - Math.abs(middle) * 0.5;
      canvas.stroke(
          polygon(triangle.corners(), radius),
          Pen.sharp(radius / 130),
          Paint.of(plan.scheme().at(away)));
    }
    around(radius, radius / 110);
    canvas.fill(Outline.circle(CENTRE, CENTRE, radius * 0.014), Paint.of(inner));
  }

  private static Outline polygon(List<SriYantra.Point> corners, double radius) {
    double[] numbers = new double[2 * corners.size()];
    for (int at = 0; at < corners.size(); at++) {
      numbers[2 * at] = CENTRE + radius * corners.get(at).x();
      numbers[2 * at + 1] = CENTRE + radius * corners.get(at).y();
    }
    return Outline.polygon(numbers);
  }

  /** Petals side by side between two circles; one points upwards. */
  private void lotus(int petals, double from, double to) {
    double half = Math.PI / petals;
    double foot = from * StrictMath.sin(half);
    double floor = from * StrictMath.cos(half);
    double high = to - floor;
    double handle = from * 4 / 3 * StrictMath.tan(half / 2);
    double along = handle * StrictMath.cos(half);
    double up = handle * StrictMath.sin(half);
    // Drawn with the tip above the middle of the figure, then turned; the foot follows the circle.
    Outline petal =
        Outline.builder()
            .moveTo(CENTRE - foot, CENTRE - floor)
            .curveTo(
                CENTRE - foot * 1.16,
                CENTRE - floor - high * 0.60,
                CENTRE - foot * 0.36,
                CENTRE - floor - high * 0.74,
                CENTRE,
                CENTRE - to)
            .curveTo(
                CENTRE + foot * 0.36,
                CENTRE - floor - high * 0.74,
                CENTRE + foot * 1.16,
                CENTRE - floor - high * 0.60,
                CENTRE + foot,
                CENTRE - floor)
            .curveTo(
                CENTRE + foot - along,
                CENTRE - floor - up,
                CENTRE - foot + along,
                CENTRE - floor - up,
                CENTRE - foot,
                CENTRE - floor)
            .close()
            .build();
    for (int at = 0; at < petals; at++) {
      Outline turned = petal.rotate(2 * Math.PI * at / petals, CENTRE, CENTRE);
      canvas.fill(
          turned,
          new Paint.Radial(
              CENTRE,
              CENTRE,
              to,
              Paint.fade(plan.scheme().at(from / REACH), 0.05),
              Paint.fade(plan.scheme().at(to / REACH), 0.30)));
      canvas.stroke(turned, Pen.round(2.2), Paint.of(plan.scheme().at(to / REACH)));
    }
  }

  /** Three lines of a square with a gate in the middle of each side. */
  private void square(double gate, double side) {
    double[] gaps = {0, 6.5, 13};
    for (double gap : gaps) {
      double s = side - gap;
      double g = gate - gap;
      double neck = 62 - gap;
      double head = 104 - gap;
      double sill = side + (gate - side) * 0.4 + gap;
      Outline.Builder builder = Outline.builder();
      // One side seen from the middle, turned to all four.
      double[][] corners = {
        {-s, -s},
        {-neck, -s},
        {-neck, -sill},
        {-head, -sill},
        {-head, -g},
        {head, -g},
        {head, -sill},
        {neck, -sill},
        {neck, -s}
      };
      double cos = 1;
      double sin = 0;
      for (int turn = 0; turn < 4; turn++) {
        for (double[] corner : corners) {
          double x = CENTRE + cos * corner[0] - sin * corner[1];
          double y = CENTRE + sin * corner[0] + cos * corner[1];
          if (turn == 0 && corner == corners[0]) {
            builder.moveTo(x, y);
          } else {
            builder.lineTo(x, y);
          }
        }
        double turned = cos;
        cos = -sin;
        sin = turned;
      }
      Outline outline = builder.close().build();
      if (gap == 0) {
        canvas.fill(outline, Paint.of(Paint.fade(outer, 0.07)));
      }
      canvas.stroke(outline, Pen.sharp(gap == 6.5 ? 1.6 : 2.8), Paint.of(outer));
    }
  }
}
