package dev.spanda.astrology.moon;

import java.time.Instant;
import java.util.Objects;

/**
 * The Moon at one moment.
 *
 * @param elongationDeg longitude of the Moon less that of the Sun, degrees, [0, 360)
 * @param illumination lit part of the disc seen from the Earth's centre, 0 to 1
 * @param distanceKm distance of the centres of Earth and Moon, kilometres
 * @param previousNew the new Moon before
 * @param nextNew the new Moon after
 * @param nextFull the full Moon after
 */
public record MoonState(
    Instant at,
    double elongationDeg,
    double illumination,
    double distanceKm,
    Instant previousNew,
    Instant nextNew,
    Instant nextFull) {

  /** Checks that nothing is missing. */
  public MoonState {
    Objects.requireNonNull(at);
    Objects.requireNonNull(previousNew);
    Objects.requireNonNull(nextNew);
    Objects.requireNonNull(nextFull);
    if (!(illumination >= 0 && illumination <= 1)) {
      throw new IllegalArgumentException("illumination must be 0 to 1, was " + illumination);
    }
  }

  /** One of eight phases, centred on its angle. */
  public MoonPhase phase() {
    return MoonPhase.of(elongationDeg);
  }

  /** Whether the light is growing. */
  public boolean waxing() {
    return MoonPhase.waxing(elongationDeg);
  }

  /** Days since the new Moon before. */
  public double ageDays() {
    return (at.getEpochSecond()
            - previousNew.getEpochSecond()
            + (at.getNano() - previousNew.getNano()) * 1e-9)
        / 86_400;
  }
}
