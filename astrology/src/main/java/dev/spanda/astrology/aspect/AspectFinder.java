package dev.spanda.astrology.aspect;

import dev.spanda.astrology.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Finds the aspects among positions of one moment. Where two aspects' orbs overlap, the one closer
 * to exact is reported, never both. Immutable and thread-safe.
 *
 * <p>With separation s in [0°, 180°] and its rate of change s′ from the signed longitude speeds,
 * the orb is |s − exact|, and the aspect applies when (s − exact) s′ &lt; 0.
 */
public final class AspectFinder {

  private static final AspectKind[] KINDS = AspectKind.values();

  private final Orbs orbs;

  /** A finder with the given orbs. */
  public AspectFinder(Orbs orbs) {
    this.orbs = Objects.requireNonNull(orbs);
  }

  /** The orbs in use. */
  public Orbs orbs() {
    return orbs;
  }

  /** All aspects, each pair once, in the order of the list. */
  public List<Aspect> find(List<Position> positions) {
    int count = positions.size();
    double[] longitudes = new double[count];
    for (int i = 0; i < count; i++) {
      longitudes[i] = turned(positions.get(i).longitudeDeg());
    }
    // Which pair comes near an aspect is beyond any guess of the processor, so the first pass has
    // no
    // branches: each pair is written down, and the next is written over it unless it may hold.
    int[] pairs = new int[count * (count - 1) / 2 + 1];
    int near = 0;
    for (int i = 0; i < count; i++) {
      double from = longitudes[i];
      for (int j = i + 1; j < count; j++) {
        double turned = Math.abs(longitudes[j] - from);
        pairs[near] = i << 16 | j;
        near += -orbs.candidates(180 - Math.abs(180 - turned)) >>> 31;
      }
    }
    List<Aspect> found = new ArrayList<>(near);
    for (int k = 0; k < near; k++) {
      int i = pairs[k] >>> 16;
      int j = pairs[k] & 0xffff;
      double difference = longitudes[j] - longitudes[i];
      if (Math.abs(difference) > 180) {
        difference -= Math.copySign(360, difference);
      }
      int candidates = orbs.candidates(Math.abs(difference));
      add(positions.get(i), positions.get(j), difference, candidates, found);
    }
    return found;
  }

  private static double turned(double degrees) {
    return degrees >= 0 && degrees < 360 ? degrees : degrees - 360 * Math.floor(degrees / 360);
  }

  /** The aspect of two positions, when there is one. */
  public Optional<Aspect> between(Position first, Position second) {
    return find(List.of(first, second)).stream().findFirst();
  }

  private void add(
      Position first, Position second, double difference, int candidates, List<Aspect> found) {
    double separation = Math.abs(difference);
    AspectKind best = null;
    double bestOrb = Double.MAX_VALUE;
    double largest = 0;
    for (int bits = candidates; bits != 0; bits &= bits - 1) {
      AspectKind kind = KINDS[Integer.numberOfTrailingZeros(bits)];
      double orb = Math.abs(separation - kind.exactDeg());
      double allowed = orbs.orbDeg(kind, first.body(), second.body());
      if (orb <= allowed && allowed > 0 && orb < bestOrb) {
        best = kind;
        bestOrb = orb;
        largest = allowed;
      }
    }
    if (best == null) {
      return;
    }
    double rate =
        Math.copySign(1, difference)
            * (second.longitudeSpeedDegPerDay() - first.longitudeSpeedDegPerDay());
    boolean applying = (separation - best.exactDeg()) * rate < 0;
    found.add(
        new Aspect(first.body(), second.body(), best, separation, bestOrb, largest, applying));
  }
}
