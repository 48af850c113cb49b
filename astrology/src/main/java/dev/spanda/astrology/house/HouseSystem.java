package dev.spanda.astrology.house;

import dev.spanda.core.Failure;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The fourteen ways of dividing the sky that {@link Houses} knows.
 *
 * <p>In the formulas below θ is the right ascension of the midheaven (ARMC), ε the true obliquity
 * and φ the geographic latitude. E(x, f) is the rising degree of the ecliptic where the equator
 * point of right ascension x + 90° is due east and the pole stands f above the horizon; its formula
 * is that of {@link Angles}. The definitions follow R. W. Holden, <i>The Elements of House
 * Division</i> (1977), and B. Krusiński's own paper of 1995 for his system.
 */
public enum HouseSystem {
  /**
   * Thirds of the semi-arcs: cusp 11 has run one third of its own semi-diurnal arc since rising.
   */
  PLACIDUS("Placidus"),
  /**
   * E at latitude φ after thirds of the time the midheaven's degree took from rising to
   * culmination.
   */
  KOCH("Koch"),
  /** Twelve times 30° of the ecliptic from the ascendant. */
  EQUAL("EqualAsc"),
  /** The sign that holds the ascendant is the first house, whole. */
  WHOLE_SIGN("WholeSign"),
  /** Thirds of the ecliptic arcs between ascendant and midheaven. */
  PORPHYRY("Porphyry"),
  /**
   * 30° of the equator, brought to the ecliptic by circles through north and south of the horizon.
   */
  REGIOMONTANUS("Regiomontanus"),
  /** 30° of the prime vertical, brought to the ecliptic by circles through north and south. */
  CAMPANUS("Campanus"),
  /** Thirds of the ascendant's own semi-arcs on the equator, brought over by hour circles. */
  ALCABITIUS("Alcabitius"),
  /**
   * E with tan f = tan φ / 3 and 2 tan φ / 3 (W. Polich and A. P. N. Page, 1961; "topocentric").
   */
  POLICH_PAGE("PolichPage"),
  /** 30° of the equator from θ, brought to the ecliptic by circles of ecliptic latitude. */
  MORINUS("Morinus"),
  /** 30° of the equator from θ, brought to the ecliptic by hour circles ("axial rotation"). */
  MERIDIAN("Meridian"),
  /** Equal houses with the ascendant in the middle of the first. */
  VEHLOW("Vehlow"),
  /** 30° of azimuth, brought to the ecliptic by vertical circles. */
  HORIZONTAL("Horizontal"),
  /** 30° of the great circle through ascendant and zenith, brought over by hour circles. */
  KRUSINSKI("Krusinski");

  private final String label;

  HouseSystem(String label) {
    this.label = label;
  }

  /** The name as tables and command lines write it, such as {@code PolichPage}. */
  public String label() {
    return label;
  }

  /**
   * The system of that name; case, spaces, dashes and underscores do not matter, and both the label
   * and the constant's name are understood.
   *
   * @throws Failure INVALID with the allowed names when there is no such system
   */
  public static HouseSystem parse(String name) {
    String wanted = plain(name);
    for (HouseSystem system : values()) {
      if (plain(system.label).equals(wanted) || plain(system.name()).equals(wanted)) {
        return system;
      }
    }
    throw Failure.notAllowed("house_system", name, labels());
  }

  private static List<String> labels() {
    return Arrays.stream(values()).map(HouseSystem::label).toList();
  }

  private static String plain(String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[\\s_-]", "");
  }
}
