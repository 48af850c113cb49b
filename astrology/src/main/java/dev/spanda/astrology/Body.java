package dev.spanda.astrology;

import dev.spanda.core.Failure;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A body or a computed point whose place in the sky can be asked.
 *
 * <p>Jupiter to Pluto stand for the barycentre of the planet and its moons, as in the JPL
 * development ephemerides. The constants are in a fixed order: new ones go last.
 */
public enum Body {
  SUN("Sun", Kind.LUMINARY),
  MOON("Moon", Kind.LUMINARY),
  MERCURY("Mercury", Kind.PLANET),
  VENUS("Venus", Kind.PLANET),
  MARS("Mars", Kind.PLANET),
  JUPITER("Jupiter", Kind.PLANET),
  SATURN("Saturn", Kind.PLANET),
  URANUS("Uranus", Kind.PLANET),
  NEPTUNE("Neptune", Kind.PLANET),
  PLUTO("Pluto", Kind.PLANET),
  CHIRON("Chiron", Kind.MINOR_PLANET),
  PHOLUS("Pholus", Kind.MINOR_PLANET),
  CERES("Ceres", Kind.MINOR_PLANET),
  PALLAS("Pallas", Kind.MINOR_PLANET),
  JUNO("Juno", Kind.MINOR_PLANET),
  VESTA("Vesta", Kind.MINOR_PLANET),
  /** The ascending node of the Moon's mean orbit on the ecliptic of date. */
  MEAN_NODE("MeanNode", Kind.LUNAR_POINT),
  /** The ascending node of the Moon's osculating orbit on the ecliptic of date. */
  TRUE_NODE("TrueNode", Kind.LUNAR_POINT),
  /** The apogee of the Moon's mean orbit, projected on the ecliptic: the Black Moon. */
  MEAN_LILITH("MeanLilith", Kind.LUNAR_POINT),
  /** The apogee of the Moon's osculating orbit. */
  OSCULATING_LILITH("OscuLilith", Kind.LUNAR_POINT),
  /** The Earth, for heliocentric and barycentric positions only. */
  EARTH("Earth", Kind.PLANET);

  /** What sort of thing a body is. */
  public enum Kind {
    /** The Sun and the Moon. */
    LUMINARY,
    /** Mercury to Pluto, and the Earth. */
    PLANET,
    /** Asteroids and centaurs. */
    MINOR_PLANET,
    /** A node or an apse of the Moon's orbit. */
    LUNAR_POINT
  }

  private static final Map<String, Body> BY_NAME = new HashMap<>();

  static {
    for (Body body : values()) {
      BY_NAME.put(key(body.label), body);
      BY_NAME.put(key(body.name()), body);
    }
  }

  private final String label;
  private final Kind kind;

  Body(String label, Kind kind) {
    this.label = label;
    this.kind = kind;
  }

  /** The name to show and to write in tables, such as {@code Mercury} or {@code MeanNode}. */
  public String label() {
    return label;
  }

  /** What sort of thing this is. */
  public Kind kind() {
    return kind;
  }

  /** The ten bodies of every chart, in this order: Sun, Moon, Mercury to Pluto. */
  public static List<Body> planets() {
    return List.of(SUN, MOON, MERCURY, VENUS, MARS, JUPITER, SATURN, URANUS, NEPTUNE, PLUTO);
  }

  /**
   * The body of that name: a {@link #label()} or the name of the constant, where case, spaces,
   * hyphens and underscores do not matter ({@code mean node}, {@code MEAN_NODE}, {@code MeanNode}).
   *
   * @throws Failure INVALID, subject {@code body}, when there is none
   */
  public static Body parse(@Nullable String text) {
    Body body = text == null ? null : BY_NAME.get(key(text));
    if (body == null) {
      throw Failure.notAllowed("body", text, Arrays.stream(values()).map(Body::label).toList());
    }
    return body;
  }

  private static String key(String text) {
    return text.replaceAll("[\\s_-]", "").toLowerCase(Locale.ROOT);
  }
}
