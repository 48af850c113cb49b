package dev.spanda.astrology.aspect;

import dev.spanda.core.Failure;
import java.util.Arrays;
import java.util.Locale;

/** The eleven angles between two bodies that have a name, by growing angle. */
public enum AspectKind {
  /** 0°, orb 8°. */
  CONJUNCTION(0, 8),
  /** 30°, orb 2°. */
  SEMISEXTILE(30, 2),
  /** 45°, orb 2°. */
  SEMISQUARE(45, 2),
  /** 60°, orb 6°. */
  SEXTILE(60, 6),
  /** 72°, orb 2°. */
  QUINTILE(72, 2),
  /** 90°, orb 8°. */
  SQUARE(90, 8),
  /** 120°, orb 8°. */
  TRINE(120, 8),
  /** 135°, orb 2°. */
  SESQUIQUADRATE(135, 2),
  /** 144°, orb 2°. */
  BIQUINTILE(144, 2),
  /** 150°, orb 3°. */
  QUINCUNX(150, 3),
  /** 180°, orb 8°. */
  OPPOSITION(180, 8);

  private final double exactDeg;
  private final double orbDeg;

  AspectKind(double exactDeg, double orbDeg) {
    this.exactDeg = exactDeg;
    this.orbDeg = orbDeg;
  }

  /** The angle itself, in degrees from 0 to 180. */
  public double exactDeg() {
    return exactDeg;
  }

  /** The orb, in degrees, that {@link Orbs#standard()} gives it. */
  public double standardOrbDeg() {
    return orbDeg;
  }

  /** The name in lower case, such as {@code trine}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Conjunction, sextile, square, trine, opposition: the five of Ptolemy. */
  public boolean major() {
    return this == CONJUNCTION
        || this == SEXTILE
        || this == SQUARE
        || this == TRINE
        || this == OPPOSITION;
  }

  /**
   * The aspect of that name in any case.
   *
   * @throws Failure INVALID with the allowed names when there is none
   */
  public static AspectKind parse(String name) {
    for (AspectKind kind : values()) {
      if (kind.label().equalsIgnoreCase(name.strip())) {
        return kind;
      }
    }
    throw Failure.notAllowed(
        "aspect", name, Arrays.stream(values()).map(AspectKind::label).toList());
  }
}
