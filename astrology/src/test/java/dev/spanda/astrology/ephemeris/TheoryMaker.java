package dev.spanda.astrology.ephemeris;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the tables of VSOP87B and ELP/MPP02 that {@link Theory} reads, from the data folder of the
 * npm package {@code astronomia}: the small terms left out, the others as whole multiples of powers
 * of two, in as many bits as each group of terms needs.
 *
 * <p>Usage: {@code TheoryMaker FOLDER OUTPUT}.
 */
public final class TheoryMaker {

  /** Centuries from J2000 at which a term is weighed, and within which it must be exact. */
  private static final double WEIGHED = 10;

  private static final double EXACT = 50;

  private static final Pattern ROW = Pattern.compile("\\[([^\\[\\]]+)\\]");

  private TheoryMaker() {}

  public static void main(String[] args) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    DataOutputStream out = new DataOutputStream(bytes);
    out.writeInt(0x53505431);
    String[] planets = {
      "mercury", "venus", "earth", "mars", "jupiter", "saturn", "uranus", "neptune"
    };
    double[] halfAxis = {0.387, 0.723, 1, 1.524, 5.203, 9.537, 19.19, 30.07};
    for (int i = 0; i < planets.length; i++) {
      Path file = Path.of(args[0], "vsop87B" + planets[i] + ".js");
      int before = out.size();
      int kept = 0;
      for (String coordinate : List.of("L", "B", "R")) {
        // Radians (au for the distance): 0.0005 seconds of arc seen from the Sun.
        double limit = 2.5e-9 * (coordinate.equals("R") ? halfAxis[i] : 1);
        kept += write(read(file, coordinate, true), 1, limit, out);
      }
      System.out.printf(
          Locale.ROOT, "%s %d terms, %d bytes%n", planets[i], kept, out.size() - before);
    }
    Path file = Path.of(args[0], "elpMppDeFull.js");
    int before = out.size();
    int kept = 0;
    for (String coordinate : List.of("L", "B", "R")) {
      // Seconds of arc; kilometres.
      double limit = coordinate.equals("R") ? 0.001 : 0.0005;
      kept += write(read(file, coordinate, false), 4, limit, out);
    }
    System.out.printf(Locale.ROOT, "moon %d terms, %d bytes%n", kept, out.size() - before);
    Files.write(Path.of(args[1]), bytes.toByteArray());
    System.out.println(bytes.size() + " bytes");
  }

  /** The terms of one coordinate by powers of time: amplitude of a sine, phase coefficients. */
  private static List<List<double[]>> read(Path file, String coordinate, boolean planet)
      throws IOException {
    List<List<double[]>> powers = new ArrayList<>();
    boolean inside = false;
    for (String line : Files.readAllLines(file)) {
      if (line.matches("  [A-Z]: \\{")) {
        inside = line.startsWith("  " + coordinate + ":");
      } else if (inside && line.matches("    \"\\d\": \\[")) {
        powers.add(new ArrayList<>());
      } else if (inside) {
        Matcher row = ROW.matcher(line);
        if (row.find()) {
          String[] words = row.group(1).split(",");
          double[] term = new double[planet ? 3 : 6];
          for (int i = 0; i < words.length; i++) {
            term[i] = Double.parseDouble(words[i].trim());
          }
          if (planet) {
            // A cosine with time in millennia becomes a sine with time in centuries.
            term[0] *= Math.pow(10, -(powers.size() - 1));
            term[1] += Math.PI / 2;
            term[2] /= 10;
          }
          term[1] = Math.IEEEremainder(term[1], 2 * Math.PI);
          powers.get(powers.size() - 1).add(term);
        }
      }
    }
    return powers;
  }

  private static int write(
      List<List<double[]>> powers, int degree, double limit, DataOutputStream out)
      throws IOException {
    out.writeByte(degree);
    out.writeByte(powers.size());
    int total = 0;
    for (int k = 0; k < powers.size(); k++) {
      double weight = Math.pow(WEIGHED, k);
      powers.get(k).removeIf(term -> Math.abs(term[0]) * weight < limit);
      powers.get(k).sort(Comparator.comparingDouble(term -> -Math.abs(term[0])));
      out.writeInt(powers.get(k).size());
      total += powers.get(k).size();
    }
    for (int k = 0; k < powers.size(); k++) {
      List<double[]> terms = powers.get(k);
      for (int from = 0; from < terms.size(); from += Theory.Table.GROUP) {
        List<double[]> group =
            terms.subList(from, Math.min(from + Theory.Table.GROUP, terms.size()));
        writeGroup(group, degree, limit / 8 / Math.pow(EXACT, k), out);
      }
    }
    return total;
  }

  private static void writeGroup(
      List<double[]> group, int degree, double fine, DataOutputStream out) throws IOException {
    // A term that does not turn may be thousands of times larger, and its phase needs no care.
    double largest =
        group.stream()
            .filter(term -> term[2] != 0)
            .mapToDouble(term -> Math.abs(term[0]))
            .max()
            .orElse(Math.abs(group.get(0)[0]));
    int columns = degree + 2;
    int[] exponent = new int[columns];
    int[] width = new int[columns];
    for (int c = 0; c < columns; c++) {
      double quantum = c == 0 ? fine : fine / largest / Math.pow(EXACT, c - 1);
      exponent[c] = Math.getExponent(quantum);
      for (double[] term : group) {
        long value = Math.round(Math.scalb(term[c], -exponent[c]));
        long size = value < 0 ? ~value : value;
        width[c] = Math.max(width[c], value == 0 ? 0 : 65 - Long.numberOfLeadingZeros(size));
      }
      if (width[c] > 62) {
        throw new IllegalStateException("a column needs " + width[c] + " bits");
      }
      out.writeByte(exponent[c]);
      out.writeByte(width[c]);
    }
    long held = 0;
    int bits = 0;
    for (double[] term : group) {
      for (int c = 0; c < columns; c++) {
        long value = Math.round(Math.scalb(term[c], -exponent[c]));
        for (int bit = width[c] - 1; bit >= 0; bit--) {
          held = held << 1 | value >>> bit & 1;
          if (++bits == 8) {
            out.writeByte((int) held);
            held = 0;
            bits = 0;
          }
        }
      }
    }
    if (bits > 0) {
      out.writeByte((int) (held << 8 - bits));
    }
  }
}
