package dev.spanda.astrology.ephemeris;

import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Writes the Chebyshev pack of the ephemeris from what the command-line tool {@code swetest} prints
 * from the DE431 data files.
 *
 * <p>The data files hold polynomials in time, piece by piece. Sampling them finely shows where the
 * pieces meet (a high difference jumps there), so the pack uses the same pieces: inside one, a
 * least squares fit of the right degree leaves nothing but the rounding of the printed digits. What
 * is lost is then only what the quanta below throw away.
 *
 * <p>Usage: {@code PackMaker OUTPUT [BODY...]}; with bodies named it prints their sizes and writes
 * nothing.
 */
public final class PackMaker {

  /** First and last instant that a position may be asked for, widened for light-time. */
  private static final double FIRST_DAY = 2305447.5 - 8;

  private static final double LAST_DAY = 2597641.5 + 8;

  /** 1 January 1800: the tool goes over to the next data file. */
  private static final double CHANGE_DAY = 2378496.5;

  private static final int MAGIC = 0x53505031;

  /**
   * One body: how the tool names it, how long its pieces are, how many coefficients they need, what
   * is subtracted, and the quantum of its coefficients.
   *
   * @param quantumAu quantum of the first coefficients
   * @param sharpening how much finer the quantum becomes from one coefficient to the next; a speed
   *     amplifies the error of coefficient k by k²
   */
  private record Source(
      String name,
      String letter,
      String origin,
      double roughLength,
      double stepDays,
      int coefficients,
      double quantumAu,
      double sharpening,
      int frame) {}

  private static final List<Source> SOURCES =
      List.of(
          new Source("Moon", "1", "", 27.5545514, 0.125, 27, 4e-13, 0.15, Frame.LUNAR),
          new Source("Mercury", "2", "-hel", 87.96935, 0.5, 32, 1.5e-10, 0, Frame.ECLIPTIC),
          new Source("Venus", "3", "-hel", 224.70083, 1, 27, 8e-11, 0, Frame.ECLIPTIC),
          new Source("EarthMoon", "C", "", 365.2596, 1, 27, 8e-11, 0, Frame.ECLIPTIC),
          new Source("Sun", "0", "-bary", 365.2596, 1, 27, 8e-11, 0, Frame.PLAIN),
          new Source("Mars", "4", "-bary", 686.9958, 2, 28, 1e-10, 0, Frame.ECLIPTIC),
          new Source("Jupiter", "5", "-bary", 4000, 8, 27, 5e-10, 0, Frame.PLAIN),
          new Source("Saturn", "6", "-bary", 4000, 8, 27, 5e-10, 0, Frame.PLAIN),
          new Source("Uranus", "7", "-bary", 4000, 8, 27, 5e-10, 0, Frame.PLAIN),
          new Source("Neptune", "8", "-bary", 4000, 8, 27, 5e-10, 0, Frame.PLAIN),
          new Source("Pluto", "9", "-bary", 4000, 8, 27, 5e-10, 0, Frame.PLAIN),
          new Source("Chiron", "D", "-hel", 1000, 2, 27, 1e-9, 0, Frame.PLAIN),
          new Source("Pholus", "E", "-hel", 1000, 2, 27, 1e-9, 0, Frame.PLAIN),
          new Source("Ceres", "F", "-hel", 1000, 2, 27, 1e-9, 0, Frame.PLAIN),
          new Source("Pallas", "G", "-hel", 500, 1, 27, 1e-9, 0, Frame.PLAIN),
          new Source("Juno", "H", "-hel", 1000, 2, 27, 1e-9, 0, Frame.PLAIN),
          new Source("Vesta", "I", "-hel", 1000, 2, 27, 1e-9, 0, Frame.PLAIN));

  /** Earth to Moon mass ratio of DE431. */
  private static final double EARTH_MOON_RATIO = 81.3005690741906;

  private PackMaker() {}

  public static void main(String[] arguments) throws IOException {
    List<String> only = List.of(arguments).subList(1, arguments.length);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(MAGIC);
    out.writeInt(SOURCES.size());
    for (Source source : SOURCES) {
      if (only.isEmpty() || only.contains(source.name)) {
        int before = out.size();
        write(source, out);
        System.out.printf(Locale.ROOT, "%-10s %8d bytes%n", source.name, out.size() - before);
      }
    }
    out.flush();
    if (only.isEmpty()) {
      Files.write(Path.of(arguments[0]), bytes.toByteArray());
    }
    System.out.println("total " + bytes.size());
  }

  private static double[][] sample(Source source, double start, double step, int count)
      throws IOException {
    if (source.name.equals("EarthMoon")) {
      double[][] earth = call("C", "-hel", start, step, count);
      double[][] moon = call("1", "", start, step, count);
      for (int i = 0; i < count; i++) {
        for (int axis = 0; axis < 3; axis++) {
          earth[i][axis] += moon[i][axis] / (1 + EARTH_MOON_RATIO);
        }
      }
      return earth;
    }
    return call(source.letter, source.origin, start, step, count);
  }

  /** Runs the tool in chunks; the step is a power of two, so that its running sum is exact. */
  private static double[][] call(String letter, String origin, double start, double step, int count)
      throws IOException {
    double[][] rows = new double[count][];
    int done = 0;
    while (done < count) {
      int chunk = Math.min(36000, count - done);
      List<String> command = new ArrayList<>();
      command.add("swetest");
      command.add("-p" + letter);
      command.add(String.format(Locale.ROOT, "-bj%.12f", start + done * step));
      command.add("-n" + chunk);
      command.add(String.format(Locale.ROOT, "-s%.20f", step));
      command.addAll(List.of("-true", "-j2000", "-icrs", "-nonut", "-ep", "-fx", "-head"));
      if (!origin.isEmpty()) {
        command.add(origin);
      }
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      try (BufferedReader reader =
          new BufferedReader(
              new InputStreamReader(process.getInputStream(), StandardCharsets.US_ASCII))) {
        String line;
        while ((line = reader.readLine()) != null) {
          if (line.isBlank()) {
            continue;
          }
          String[] parts = line.trim().split("\\s+");
          rows[done++] =
              new double[] {
                Double.parseDouble(parts[0]),
                Double.parseDouble(parts[1]),
                Double.parseDouble(parts[2])
              };
        }
      }
    }
    return rows;
  }

  /** Where two pieces meet near {@code guess}: found by narrowing the place of the jump. */
  private static double knot(Source source, double guess, double width) throws IOException {
    double at = guess;
    double half = width;
    while (half > 2e-3) {
      // A power of two keeps the tool's times exact.
      double step = Math.scalb(1.0, Math.getExponent(2 * half / 240));
      int count = (int) (2 * half / step) + 1;
      double start = Math.floor((at - half) / step) * step;
      double[][] rows = sample(source, start, step, count);
      int order = half > width / 2 ? 9 : 6;
      int best = 0;
      double most = -1;
      double[][] differences = differences(rows, order);
      for (int i = 0; i < differences.length; i++) {
        double size = size(differences[i]);
        if (size > most) {
          most = size;
          best = i;
        }
      }
      at = start + (best + order / 2.0) * step;
      half = Math.min(half / 3, 6 * step);
    }
    return at;
  }

  private static double[][] differences(double[][] rows, int order) {
    double[][] d = Arrays.stream(rows).map(double[]::clone).toArray(double[][]::new);
    int n = d.length;
    for (int o = 0; o < order; o++) {
      n--;
      for (int i = 0; i < n; i++) {
        for (int axis = 0; axis < 3; axis++) {
          d[i][axis] = d[i + 1][axis] - d[i][axis];
        }
      }
    }
    return Arrays.copyOf(d, n);
  }

  private static double size(double[] v) {
    return Math.max(Math.abs(v[0]), Math.max(Math.abs(v[1]), Math.abs(v[2])));
  }

  /** The pieces of one body: knots[0] is the start, the last one the end. */
  private static List<Double> knots(Source source) throws IOException {
    double length = source.roughLength;
    // The data files change near the year 1800: each has its own grid of pieces.
    double[][] eras = {{FIRST_DAY, 2378300}, {2378600, LAST_DAY}};
    double[] origins = new double[2];
    double[] lengths = new double[2];
    for (int era = 0; era < 2; era++) {
      if (length == Math.rint(length)) {
        // Whole days, counted from the beginning of the file; seen in the jumps of Chiron and
        // Jupiter.
        origins[era] = era == 0 ? 2159357.5 : CHANGE_DAY;
        lengths[era] = length;
        continue;
      }
      double first = knot(source, eras[era][0] + length * 1.0, length * 0.6);
      double last =
          knot(source, first + Math.floor((eras[era][1] - first) / length) * length, length * 0.3);
      double count = Math.rint((last - first) / length);
      origins[era] = first;
      lengths[era] = (last - first) / count;
    }
    System.out.printf(
        Locale.ROOT,
        "%s %.4f %.7f %.4f %.7f%n",
        source.name,
        origins[0],
        lengths[0],
        origins[1],
        lengths[1]);
    return List.of(origins[0], lengths[0], origins[1], lengths[1]);
  }

  private static void write(Source source, DataOutputStream out) throws IOException {
    List<Double> grid = knots(source);
    List<double[]> pieces = new ArrayList<>();
    double[][] edges = {{FIRST_DAY, CHANGE_DAY}, {CHANGE_DAY, LAST_DAY}};
    double[] origin = new double[2];
    int[] count = new int[2];
    for (int era = 0; era < 2; era++) {
      double length = grid.get(2 * era + 1);
      double start = grid.get(2 * era);
      start += Math.floor((edges[era][0] - start) / length + 1e-6) * length;
      origin[era] = start;
      while (start < edges[era][1] - 1e-3) {
        pieces.add(
            new double[] {
              era == 0 ? start : Math.max(start, CHANGE_DAY),
              Math.min(start + length, era == 0 ? CHANGE_DAY : LAST_DAY)
            });
        start = origin[era] + ++count[era] * length;
      }
    }
    double[][][] coefficients = fit(source, pieces);
    int m = source.coefficients;
    // Quantise.
    double[] quantum = new double[m];
    for (int k = 0; k < m; k++) {
      quantum[k] = source.quantumAu / (1 + source.sharpening * k);
    }
    long[][][] quantised = new long[pieces.size()][3][m];
    for (int p = 0; p < pieces.size(); p++) {
      double[][] c = coefficients[p];
      double[] r = Frame.of(source.frame, (pieces.get(p)[0] + pieces.get(p)[1]) / 2);
      for (int k = 0; k < m; k++) {
        for (int axis = 0; axis < 3; axis++) {
          double v = r[3 * axis] * c[0][k] + r[3 * axis + 1] * c[1][k] + r[3 * axis + 2] * c[2][k];
          quantised[p][axis][k] = Math.round(v / quantum[k]);
        }
      }
    }
    out.writeUTF(source.name);
    out.writeByte(source.frame);
    out.writeByte(m);
    out.writeDouble(CHANGE_DAY);
    out.writeDouble(LAST_DAY);
    for (int era = 0; era < 2; era++) {
      int from = era == 0 ? 0 : count[0];
      out.writeDouble(origin[era]);
      out.writeDouble(grid.get(2 * era + 1));
      out.writeInt(count[era]);
      for (int k = 0; k < m; k++) {
        out.writeDouble(quantum[k]);
      }
      // The pieces that are cut, at the change of files and at the end, are unlike the others and
      // would widen every column: they stand apart, as plain numbers.
      int first = era == 0 ? 0 : 1;
      int last = count[era] - 1;
      if (era == 1) {
        writePlain(quantised[from], quantum, out);
      }
      writePlain(quantised[from + last], quantum, out);
      writeEra(Arrays.copyOfRange(quantised, from + first, from + last), m, out);
    }
  }

  private static void writePlain(long[][] piece, double[] quantum, DataOutputStream out)
      throws IOException {
    for (long[] axis : piece) {
      for (int k = 0; k < quantum.length; k++) {
        out.writeLong(axis[k]);
      }
    }
  }

  private static void writeEra(long[][][] pieces, int m, DataOutputStream out) throws IOException {
    long[][] base = new long[3][m];
    int[][] width = new int[3][m];
    int bits = 0;
    for (int axis = 0; axis < 3; axis++) {
      for (int k = 0; k < m; k++) {
        long low = Long.MAX_VALUE;
        long high = Long.MIN_VALUE;
        for (long[][] piece : pieces) {
          low = Math.min(low, piece[axis][k]);
          high = Math.max(high, piece[axis][k]);
        }
        base[axis][k] = low;
        width[axis][k] = 64 - Long.numberOfLeadingZeros(high - low);
        bits += width[axis][k];
        out.writeLong(low);
        out.writeByte(width[axis][k]);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "  %d pieces of %d bits %s%n",
        pieces.length,
        bits,
        Arrays.deepToString(width));
    BitWriter writer = new BitWriter();
    for (long[][] piece : pieces) {
      for (int axis = 0; axis < 3; axis++) {
        for (int k = 0; k < m; k++) {
          writer.write(piece[axis][k] - base[axis][k], width[axis][k]);
        }
      }
    }
    byte[] stream = writer.bytes();
    out.writeInt(stream.length);
    out.write(stream);
  }

  private static boolean cut(Source source, double[] piece) {
    return piece[1] - piece[0] < source.roughLength - 0.01;
  }

  private static double[][][] fit(Source source, List<double[]> pieces) throws IOException {
    double[][][] result = new double[pieces.size()][][];
    double worst = 0;
    double worstAt = 0;
    int batch = Math.max(1, (int) (30000 * source.stepDays / source.roughLength));
    int to;
    for (int from = 0; from < pieces.size(); from = to) {
      // A piece that is cut is sampled by itself, as finely as its length asks for.
      to = from + 1;
      double step = source.stepDays;
      if (cut(source, pieces.get(from))) {
        double span = pieces.get(from)[1] - pieces.get(from)[0];
        step = Math.min(step, Math.scalb(1.0, Math.getExponent(span / 240)));
      } else {
        while (to < pieces.size() && to - from < batch && !cut(source, pieces.get(to))) {
          to++;
        }
      }
      double start = Math.ceil(pieces.get(from)[0] / step) * step;
      int count = (int) ((pieces.get(to - 1)[1] - start) / step) + 1;
      double[][] rows = sample(source, start, step, count);
      for (int p = from; p < to; p++) {
        double a = pieces.get(p)[0];
        double b = pieces.get(p)[1];
        double edge = Math.min(0.004, step / 2);
        int i0 = (int) Math.ceil((a + edge - start) / step);
        int i1 = (int) Math.floor((b - edge - start) / step);
        i0 = Math.max(i0, 0);
        i1 = Math.min(i1, rows.length - 1);
        int n = i1 - i0 + 1;
        int used = source.coefficients;
        double[][] basis = new double[n][used];
        double[][] values = new double[n][];
        for (int i = 0; i < n; i++) {
          double u = (2 * (start + (i0 + i) * step) - a - b) / (b - a);
          basis[i][0] = 1;
          if (used > 1) {
            basis[i][1] = u;
          }
          for (int k = 2; k < used; k++) {
            basis[i][k] = 2 * u * basis[i][k - 1] - basis[i][k - 2];
          }
          values[i] = rows[i0 + i].clone();
        }
        double[][] original = Arrays.stream(basis).map(double[]::clone).toArray(double[][]::new);
        double[][] wanted = Arrays.stream(values).map(double[]::clone).toArray(double[][]::new);
        double[][] solved = leastSquares(basis, values);
        for (int i = 0; i < n; i++) {
          for (int axis = 0; axis < 3; axis++) {
            double sum = 0;
            for (int k = 0; k < used; k++) {
              sum += original[i][k] * solved[axis][k];
            }
            double off = Math.abs(sum - wanted[i][axis]);
            if (off > worst) {
              worst = off;
              worstAt = start + (i0 + i) * step;
            }
          }
        }
        for (int axis = 0; axis < 3; axis++) {
          solved[axis] = Arrays.copyOf(solved[axis], used);
        }
        result[p] = solved;
      }
    }
    System.out.printf(Locale.ROOT, "  worst residual %.3g au at %.3f%n", worst, worstAt);
    return result;
  }

  /** Solves by Householder reflections; both arrays are overwritten. */
  private static double[][] leastSquares(double[][] a, double[][] b) {
    int n = a.length;
    int m = a[0].length;
    double[] diagonal = new double[m];
    for (int k = 0; k < m; k++) {
      double norm = 0;
      for (int i = k; i < n; i++) {
        norm += a[i][k] * a[i][k];
      }
      norm = Math.sqrt(norm);
      if (a[k][k] > 0) {
        norm = -norm;
      }
      diagonal[k] = norm;
      a[k][k] -= norm;
      double scale = -norm * a[k][k];
      for (int j = k + 1; j < m; j++) {
        double dot = 0;
        for (int i = k; i < n; i++) {
          dot += a[i][k] * a[i][j];
        }
        dot /= scale;
        for (int i = k; i < n; i++) {
          a[i][j] -= dot * a[i][k];
        }
      }
      for (int axis = 0; axis < 3; axis++) {
        double dot = 0;
        for (int i = k; i < n; i++) {
          dot += a[i][k] * b[i][axis];
        }
        dot /= scale;
        for (int i = k; i < n; i++) {
          b[i][axis] -= dot * a[i][k];
        }
      }
    }
    double[][] x = new double[3][m];
    for (int axis = 0; axis < 3; axis++) {
      for (int k = m - 1; k >= 0; k--) {
        double sum = b[k][axis];
        for (int j = k + 1; j < m; j++) {
          sum -= a[k][j] * x[axis][j];
        }
        x[axis][k] = sum / diagonal[k];
      }
    }
    return x;
  }

  /** Writes whole numbers of a given width, most significant bit first. */
  private static final class BitWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int current;
    private int held;

    void write(long value, int width) {
      for (int bit = width - 1; bit >= 0; bit--) {
        current = (current << 1) | (int) ((value >>> bit) & 1);
        if (++held == 8) {
          out.write(current);
          current = 0;
          held = 0;
        }
      }
    }

    byte[] bytes() {
      byte[] whole = out.toByteArray();
      if (held > 0) {
        whole = Arrays.copyOf(whole, whole.length + 1);
        whole[whole.length - 1] = (byte) (current << (8 - held));
      }
      return whole;
    }
  }
}
