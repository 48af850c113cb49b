package dev.spanda.media.geometry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The nine interlocked triangles of the Sri Yantra in a circle of radius 1 around the origin, y
 * down: five point down, four point up, all are symmetric about the upright axis. Immutable and
 * thread-safe.
 *
 * <p>Which corner touches which base is that of the commentary on the Saundaryalahari by
 * Kaivalyashrama, whose figure divides the diameter into 48 parts, puts the nine bases after 6, 12,
 * 17, 20, 23, 27, 30, 36 and 42 of them and shortens their chords by 3, 4, 0, 16, 18, 16, 0, 4 and
 * 3 on each side. Drawn so, up to three lines that should meet in a point miss each other by 0.9
 * parts. Here the nine heights and the seven free widths are moved until they meet: ten triple
 * intersections on each side of the axis, three corners that lie on the side of another triangle,
 * and the middle of the innermost triangle's inscribed circle in the middle of the figure. These
 * are 14 conditions for 16 unknowns; Newton steps of least length from the 48 parts (Ben-Israel, "A
 * Newton–Raphson method for the solution of systems of equations", J. Math. Anal. Appl. 15, 1966)
 * end at a figure near the traditional one, no number moved by more than 0.88 parts. The seven tips
 * that lie on bases and the six that lie on the circle do so by construction.
 */
public final class SriYantra {

  /** A point. */
  public record Point(double x, double y) {}

  /**
   * One of the nine.
   *
   * @param base height of the horizontal side
   * @param tip height of the corner on the axis; below the base when the triangle points down
   * @param half half of the horizontal side's length
   */
  public record Triangle(double base, double tip, double half) {
    /** Whether the tip is below. */
    public boolean pointsDown() {
      return tip > base;
    }

    /** The corners: left, right, tip. */
    public List<Point> corners() {
      return List.of(new Point(-half, base), new Point(half, base), new Point(0, tip));
    }

    /** The half width at a height; 0 at the tip. */
    double at(double y) {
      return half * (y - tip) / (base - tip);
    }

    boolean covers(double x, double y) {
      double share = (y - tip) / (base - tip);
      return share > 0 && share < 1 && Math.abs(x) < half * share;
    }
  }

  /**
   * One of the 43 small triangles.
   *
   * @param ring 0 for the one in the middle, then 1 to 4 outwards with 8, 10, 10 and 14 triangles
   * @param corners three, clockwise as seen
   */
  public record Small(int ring, List<Point> corners) {
    /** Copies the corners. */
    public Small {
      corners = List.copyOf(corners);
    }
  }

  private static final double PARTS = 24;
  private static final double[] HEIGHTS = {6, 12, 17, 20, 23, 27, 30, 36, 42};
  private static final double[] SHORTENED = {3, 4, 0, 16, 18, 16, 0, 4, 3};

  /** Which base the tip of each triangle lies on; −1 for the circle's lowest, −2 its highest. */
  private static final int[] TIPS = {5, 8, -1, 7, 6, 1, -2, 0, 2};

  /** Where the slanted sides of the first two meet on the base of the third. */
  private static final int[][] TRIPLES = {
    {0, 5, 3}, {0, 6, 1}, {0, 7, 2}, {0, 8, 4}, {1, 6, 2},
    {1, 8, 6}, {2, 7, 6}, {2, 8, 7}, {3, 8, 5}, {3, 5, 4}
  };

  /** Which triangle's base ends on the slanted side of which other. */
  private static final int[][] CORNERS = {{3, 7}, {5, 1}, {4, 3}};

  /** The triangles whose width is free; the third and seventh reach the circle. */
  private static final int[] FREE = {0, 1, 3, 4, 5, 7, 8};

  private static final int CONDITIONS = TRIPLES.length + CORNERS.length + 1;
  private static final int UNKNOWNS = HEIGHTS.length + FREE.length;
  private static final double SAME = 1e-9;

  private static final SriYantra SOLVED = solve();

  private final List<Triangle> triangles;
  private final List<Small> small;
  private final double residual;

  private SriYantra(double[] unknowns) {
    triangles = List.of(triangles(unknowns));
    residual = largest(misses(unknowns));
    small = small(triangles);
  }

  /** The solved figure; always the same. */
  public static SriYantra solved() {
    return SOLVED;
  }

  /** The nine triangles, from the highest base to the lowest; the first five point down. */
  public List<Triangle> triangles() {
    return triangles;
  }

  /**
   * The 43 small triangles: those pieces of the plane that an odd number of the nine cover, nine in
   * the middle, then seven, five, three and one.
   */
  public List<Small> small() {
    return small;
  }

  /** The largest distance by which any condition is missed, as a share of the radius. */
  public double residual() {
    return residual;
  }

  private static double[] traditional() {
    double[] start = new double[UNKNOWNS];
    for (int at = 0; at < HEIGHTS.length; at++) {
      start[at] = HEIGHTS[at] / PARTS - 1;
    }
    for (int at = 0; at < FREE.length; at++) {
      double height = start[FREE[at]];
      start[HEIGHTS.length + at] = Math.sqrt(1 - height * height) - SHORTENED[FREE[at]] / PARTS;
    }
    return start;
  }

  private static Triangle[] triangles(double[] unknowns) {
    Triangle[] triangles = new Triangle[HEIGHTS.length];
    int free = HEIGHTS.length;
    for (int at = 0; at < triangles.length; at++) {
      double height = unknowns[at];
      double tip = TIPS[at] == -1 ? 1 : TIPS[at] == -2 ? -1 : unknowns[TIPS[at]];
      double half = SHORTENED[at] == 0 ? Math.sqrt(1 - height * height) : unknowns[free++];
      triangles[at] = new Triangle(height, tip, half);
    }
    return triangles;
  }

  private static double[] misses(double[] unknowns) {
    Triangle[] triangles = triangles(unknowns);
    double[] misses = new double[CONDITIONS];
    int at = 0;
    for (int[] triple : TRIPLES) {
      double y = triangles[triple[2]].base;
      misses[at++] = triangles[triple[0]].at(y) - triangles[triple[1]].at(y);
    }
    for (int[] corner : CORNERS) {
      Triangle ending = triangles[corner[0]];
      misses[at++] = ending.half - triangles[corner[1]].at(ending.base);
    }
    // The innermost triangle lies between the fifth base and the tip of the first.
    double top = triangles[4].base;
    double high = triangles[0].tip - top;
    double wide = triangles[0].at(top);
    misses[at] = top + wide * high / (wide + Math.sqrt(wide * wide + high * high));
    return misses;
  }

  private static double largest(double[] values) {
    return Arrays.stream(values).map(Math::abs).max().orElse(0);
  }

  private static SriYantra solve() {
    double[] unknowns = traditional();
    for (int round = 0; round < 20; round++) {
      double[] misses = misses(unknowns);
      if (largest(misses) < 4e-16) {
        break;
      }
      double[] step = leastStep(slopes(unknowns), misses);
      for (int at = 0; at < UNKNOWNS; at++) {
        unknowns[at] -= step[at];
      }
    }
    return new SriYantra(unknowns);
  }

  /** Central differences; their error only costs Newton's method a step more. */
  private static double[][] slopes(double[] unknowns) {
    double[][] slopes = new double[CONDITIONS][UNKNOWNS];
    double step = 1e-6;
    for (int column = 0; column < UNKNOWNS; column++) {
      double[] moved = unknowns.clone();
      moved[column] += step;
      double[] more = misses(moved);
      moved[column] = unknowns[column] - step;
      double[] less = misses(moved);
      for (int row = 0; row < CONDITIONS; row++) {
        slopes[row][column] = (more[row] - less[row]) / (2 * step);
      }
    }
    return slopes;
  }

  /** The shortest s with A s = m: s = Aᵀ (A Aᵀ)⁻¹ m, by elimination with pivots. */
  private static double[] leastStep(double[][] slopes, double[] misses) {
    double[][] rows = new double[CONDITIONS][CONDITIONS + 1];
    for (int row = 0; row < CONDITIONS; row++) {
      for (int column = 0; column < CONDITIONS; column++) {
        for (int at = 0; at < UNKNOWNS; at++) {
          rows[row][column] += slopes[row][at] * slopes[column][at];
        }
      }
      rows[row][CONDITIONS] = misses[row];
    }
    for (int column = 0; column < CONDITIONS; column++) {
      int pivot = column;
      for (int row = column + 1; row < CONDITIONS; row++) {
        if (Math.abs(rows[row][column]) > Math.abs(rows[pivot][column])) {
          pivot = row;
        }
      }
      double[] swapped = rows[column];
      rows[column] = rows[pivot];
      rows[pivot] = swapped;
      for (int row = 0; row < CONDITIONS; row++) {
        if (row != column) {
          double factor = rows[row][column] / rows[column][column];
          for (int at = column; at <= CONDITIONS; at++) {
            rows[row][at] -= factor * rows[column][at];
          }
        }
      }
    }
    double[] step = new double[UNKNOWNS];
    for (int row = 0; row < CONDITIONS; row++) {
      double weight = rows[row][CONDITIONS] / rows[row][row];
      for (int at = 0; at < UNKNOWNS; at++) {
        step[at] += weight * slopes[row][at];
      }
    }
    return step;
  }

  // ---- the pieces between the lines ----

  /** Points that are the same within {@link #SAME}, and which of them are joined. */
  private static final class Net {
    private final List<Point> points = new ArrayList<>();
    private final List<Set<Integer>> joined = new ArrayList<>();

    int index(double x, double y) {
      for (int at = 0; at < points.size(); at++) {
        Point known = points.get(at);
        if (Math.abs(known.x - x) < SAME && Math.abs(known.y - y) < SAME) {
          return at;
        }
      }
      points.add(new Point(x, y));
      joined.add(new HashSet<>());
      return points.size() - 1;
    }

    void join(int from, int to) {
      joined.get(from).add(to);
      joined.get(to).add(from);
    }

    /** The neighbours of a point, turning clockwise as seen. */
    List<Integer> around(int at) {
      Point from = points.get(at);
      List<Integer> around = new ArrayList<>(joined.get(at));
      around.sort(
          Comparator.comparingDouble(
              to -> StrictMath.atan2(points.get(to).y - from.y, points.get(to).x - from.x)));
      return around;
    }
  }

  private static List<Small> small(List<Triangle> triangles) {
    Net net = net(triangles);
    List<List<Integer>> around = new ArrayList<>();
    for (int at = 0; at < net.points.size(); at++) {
      around.add(net.around(at));
    }
    Set<Long> walked = new HashSet<>();
    List<Small> found = new ArrayList<>();
    for (int start = 0; start < around.size(); start++) {
      for (int first : around.get(start)) {
        List<Point> face = new ArrayList<>();
        int from = start;
        int to = first;
        while (walked.add((long) from << 32 | to)) {
          face.add(net.points.get(from));
          List<Integer> ways = around.get(to);
          int next = ways.get(Math.floorMod(ways.indexOf(from) - 1, ways.size()));
          from = to;
          to = next;
        }
        List<Point> corners = corners(face);
        if (corners.size() == 3) {
          double x = (corners.get(0).x + corners.get(1).x + corners.get(2).x) / 3;
          double y = (corners.get(0).y + corners.get(1).y + corners.get(2).y) / 3;
          int covered = (int) triangles.stream().filter(one -> one.covers(x, y)).count();
          if (covered % 2 == 1) {
            found.add(new Small((9 - covered) / 2, corners));
          }
        }
      }
    }
    found.sort(Comparator.comparingInt(Small::ring));
    return List.copyOf(found);
  }

  /** A face without the points at which it does not bend. */
  private static List<Point> corners(List<Point> face) {
    List<Point> corners = new ArrayList<>();
    for (int at = 0; at < face.size(); at++) {
      Point before = face.get(Math.floorMod(at - 1, face.size()));
      Point here = face.get(at);
      Point after = face.get((at + 1) % face.size());
      double bend =
          (here.x - before.x) * (after.y - here.y) - (here.y - before.y) * (after.x - here.x);
      if (Math.abs(bend) > SAME) {
        corners.add(here);
      }
    }
    return corners;
  }

  /** All sides, cut where they cross. */
  private static Net net(List<Triangle> triangles) {
    List<Point[]> sides = new ArrayList<>();
    for (Triangle triangle : triangles) {
      List<Point> corners = triangle.corners();
      for (int at = 0; at < 3; at++) {
        sides.add(new Point[] {corners.get(at), corners.get((at + 1) % 3)});
      }
    }
    Net net = new Net();
    for (Point[] side : sides) {
      double x = side[1].x - side[0].x;
      double y = side[1].y - side[0].y;
      List<double[]> cuts = new ArrayList<>();
      cuts.add(new double[] {0});
      cuts.add(new double[] {1});
      for (Point[] other : sides) {
        double otherX = other[1].x - other[0].x;
        double otherY = other[1].y - other[0].y;
        double cross = x * otherY - y * otherX;
        if (Math.abs(cross) > 1e-12) {
          double toX = other[0].x - side[0].x;
          double toY = other[0].y - side[0].y;
          double here = (toX * otherY - toY * otherX) / cross;
          double there = (toX * y - toY * x) / cross;
          if (here > -SAME && here < 1 + SAME && there > -SAME && there < 1 + SAME) {
            cuts.add(new double[] {here});
          }
        }
      }
      cuts.sort(Comparator.comparingDouble(cut -> cut[0]));
      int last = -1;
      for (double[] cut : cuts) {
        int at = net.index(side[0].x + cut[0] * x, side[0].y + cut[0] * y);
        if (last >= 0 && last != at) {
          net.join(last, at);
        }
        last = at;
      }
    }
    return net;
  }
}
