package dev.spanda.astrology.election;

import static dev.spanda.astrology.Body.JUPITER;
import static dev.spanda.astrology.Body.MARS;
import static dev.spanda.astrology.Body.MERCURY;
import static dev.spanda.astrology.Body.MOON;
import static dev.spanda.astrology.Body.SATURN;
import static dev.spanda.astrology.Body.SUN;
import static dev.spanda.astrology.Body.VENUS;

import dev.spanda.astrology.Body;
import dev.spanda.core.Failure;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What someone means to do, with the planets and the Moon that suit it.
 *
 * <p>The planets are those that tradition gives the thing itself: wisdom for meditation, compassion
 * for blessing, prosperity for manifestation. A planet in neither list is neutral.
 */
@SuppressWarnings("ImmutableEnumChecker") // Set.of is immutable.
public enum Activity {
  /** Suits Mercury, Jupiter, Moon; not Mars, Saturn; near new and full Moon. */
  MEDITATION(Set.of(MERCURY, JUPITER, MOON), Set.of(MARS, SATURN), Light.NEW_OR_FULL, true),
  /** Suits Jupiter, Venus, Moon, Sun; not Saturn, Mars; a growing Moon. */
  HEALING(Set.of(JUPITER, VENUS, MOON, SUN), Set.of(SATURN, MARS), Light.WAXING, false),
  /** Suits Moon, Venus, Jupiter; not Mars, Saturn; a growing Moon. */
  BLESSING(Set.of(MOON, VENUS, JUPITER), Set.of(MARS, SATURN), Light.WAXING, true),
  /** Suits Venus, Jupiter, Mercury; not Saturn, Mars; a growing Moon. */
  MANIFESTATION(Set.of(VENUS, JUPITER, MERCURY), Set.of(SATURN, MARS), Light.WAXING, false),
  /** Suits Mars, Saturn, Sun; not Moon, Venus; a shrinking Moon. */
  PROTECTION(Set.of(MARS, SATURN, SUN), Set.of(MOON, VENUS), Light.WANING, false),
  /** Suits Venus, Moon, Mercury; not Saturn, Mars; a growing Moon. */
  CREATIVITY(Set.of(VENUS, MOON, MERCURY), Set.of(SATURN, MARS), Light.WAXING, false);

  enum Light {
    WAXING,
    WANING,
    NEW_OR_FULL
  }

  private final Set<Body> favourable;
  private final Set<Body> unfavourable;
  private final Light light;
  private final boolean beforeDawn;

  Activity(Set<Body> favourable, Set<Body> unfavourable, Light light, boolean beforeDawn) {
    this.favourable = favourable;
    this.unfavourable = unfavourable;
    this.light = light;
    this.beforeDawn = beforeDawn;
  }

  /** The name in lower case, such as {@code meditation}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Planets whose hours suit it. */
  public Set<Body> favourable() {
    return favourable;
  }

  /** Planets whose hours do not suit it. */
  public Set<Body> unfavourable() {
    return unfavourable;
  }

  Light light() {
    return light;
  }

  /** Whether the hour of Brahma before sunrise helps it. */
  boolean beforeDawn() {
    return beforeDawn;
  }

  /**
   * The activity of that name in any case.
   *
   * @throws Failure INVALID with the allowed names when there is none
   */
  public static Activity parse(String name) {
    for (Activity activity : values()) {
      if (activity.label().equalsIgnoreCase(name.strip())) {
        return activity;
      }
    }
    List<String> allowed = Arrays.stream(values()).map(Activity::label).toList();
    throw Failure.notAllowed("activity", name, allowed);
  }
}
