package dev.spanda.astrology.map;

import dev.spanda.core.Failure;
import java.util.List;

/** One of the four points where a body is "angular". */
public enum Angle {
  /** Upper transit of the meridian. */
  MC(1.0),
  /** Lower transit of the meridian. */
  IC(0.85),
  /** Rising. */
  ASC(1.0),
  /** Setting. */
  DSC(0.9);

  private final double weight;

  Angle(double weight) {
    this.weight = weight;
  }

  /** Its part in {@link MapLine#strengthAt}: MC and ASC 1, DSC 0.9, IC 0.85. */
  public double weight() {
    return weight;
  }

  /** Whether the body is on the meridian there, and not on the horizon. */
  public boolean meridian() {
    return this == MC || this == IC;
  }

  /**
   * The angle of that name in any case; {@code DC} and {@code AC} are understood.
   *
   * @throws Failure INVALID with the allowed names when there is none
   */
  public static Angle parse(String name) {
    String wanted = name.strip();
    for (Angle angle : values()) {
      if (angle.name().equalsIgnoreCase(wanted)) {
        return angle;
      }
    }
    if (wanted.equalsIgnoreCase("AC")) {
      return ASC;
    }
    if (wanted.equalsIgnoreCase("DC")) {
      return DSC;
    }
    throw Failure.notAllowed("angle", name, List.of("MC", "IC", "ASC", "DSC"));
  }
}
