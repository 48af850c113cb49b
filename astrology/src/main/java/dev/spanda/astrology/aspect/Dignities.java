package dev.spanda.astrology.aspect;

import static dev.spanda.astrology.Body.JUPITER;
import static dev.spanda.astrology.Body.MARS;
import static dev.spanda.astrology.Body.MERCURY;
import static dev.spanda.astrology.Body.MOON;
import static dev.spanda.astrology.Body.SATURN;
import static dev.spanda.astrology.Body.SUN;
import static dev.spanda.astrology.Body.VENUS;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Sign;
import dev.spanda.astrology.house.Sect;
import java.util.Collections;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The essential dignities of one of the seven traditional planets at a longitude.
 *
 * <p>Traditions: domiciles and exaltation degrees after Ptolemy, <i>Tetrabiblos</i> I.17 and I.19;
 * triplicity rulers of day, night and participation after Dorotheus of Sidon, <i>Carmen</i> I.1;
 * the Egyptian terms, which Ptolemy reports in I.20; faces in Chaldean order from Mars in Aries;
 * points 5, 4, 3, 2, 1 and −5, −4, −5 (peregrine) after W. Lilly, <i>Christian Astrology</i>
 * (1647), p. 115, with Dorotheus's three triplicity rulers in place of Lilly's two.
 *
 * @param body one of Sun … Saturn
 * @param held the dignities and debilities that apply
 */
@SuppressWarnings("EnumOrdinal") // The tables are in the order of the constants.
public record Dignities(Body body, Set<Kind> held) {

  /** What a planet can have by its place in the zodiac. */
  public enum Kind {
    /** In a sign it rules; 5 points. */
    RULERSHIP(5),
    /** In the sign of its exaltation; 4 points. */
    EXALTATION(4),
    /** Ruler of the sign's triplicity by the sect of the chart, or participating; 3 points. */
    TRIPLICITY(3),
    /** In its own Egyptian term; 2 points. */
    TERM(2),
    /** In its own face of ten degrees; 1 point. */
    FACE(1),
    /** In the sign opposite one it rules; −5 points. */
    DETRIMENT(-5),
    /** In the sign opposite its exaltation; −4 points. */
    FALL(-4),
    /** With none of the five dignities; −5 points. */
    PEREGRINE(-5);

    private final int points;

    Kind(int points) {
      this.points = points;
    }

    /** Lilly's points. */
    public int points() {
      return points;
    }
  }

  private static final Body[] RULERS = {
    MARS, VENUS, MERCURY, MOON, SUN, MERCURY, VENUS, MARS, JUPITER, SATURN, SATURN, JUPITER
  };

  /** Exaltation degrees (ordinal numbers: 19 means from 18° to 19°) for Sun … Saturn. */
  private static final Body[] SEVEN = {SUN, MOON, MERCURY, VENUS, MARS, JUPITER, SATURN};

  private static final double[] EXALTATION_DEG = {19, 33, 165, 357, 298, 105, 201};

  /** Fire, earth, air, water: ruler by day, by night, participating. */
  private static final Body[][] TRIPLICITY = {
    {SUN, JUPITER, SATURN},
    {VENUS, MOON, MARS},
    {SATURN, MERCURY, JUPITER},
    {VENUS, MARS, MOON},
  };

  private static final Body[] FACES = {MARS, SUN, VENUS, MERCURY, MOON, SATURN, JUPITER};

  private static final Body[][] TERM_RULERS = {
    {JUPITER, VENUS, MERCURY, MARS, SATURN},
    {VENUS, MERCURY, JUPITER, SATURN, MARS},
    {MERCURY, JUPITER, VENUS, MARS, SATURN},
    {MARS, VENUS, MERCURY, JUPITER, SATURN},
    {JUPITER, VENUS, SATURN, MERCURY, MARS},
    {MERCURY, VENUS, JUPITER, MARS, SATURN},
    {SATURN, MERCURY, JUPITER, VENUS, MARS},
    {MARS, VENUS, MERCURY, JUPITER, SATURN},
    {JUPITER, VENUS, MERCURY, SATURN, MARS},
    {MERCURY, JUPITER, VENUS, SATURN, MARS},
    {MERCURY, VENUS, JUPITER, MARS, SATURN},
    {VENUS, JUPITER, MERCURY, MARS, SATURN},
  };

  private static final int[][] TERM_ENDS = {
    {6, 12, 20, 25, 30},
    {8, 14, 22, 27, 30},
    {6, 12, 17, 24, 30},
    {7, 13, 19, 26, 30},
    {6, 11, 18, 24, 30},
    {7, 17, 21, 28, 30},
    {6, 14, 21, 28, 30},
    {7, 11, 19, 24, 30},
    {12, 17, 21, 26, 30},
    {7, 14, 22, 26, 30},
    {7, 13, 20, 25, 30},
    {12, 16, 19, 28, 30},
  };

  /** Checks the planet and copies the set. */
  public Dignities {
    if (!traditional(body)) {
      throw new IllegalArgumentException("Dignities belong to Sun to Saturn, not to " + body);
    }
    held = held.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(held));
  }

  /**
   * The dignities of a body at a longitude; empty for bodies beyond Saturn and for lunar points.
   *
   * @param longitudeDeg tropical or sidereal longitude in degrees, any finite value
   */
  public static Optional<Dignities> of(Body body, double longitudeDeg, Sect sect) {
    Objects.requireNonNull(sect);
    if (!traditional(body)) {
      return Optional.empty();
    }
    Sign sign = Sign.of(longitudeDeg);
    Sign opposite = Sign.of(sign.startDeg() + 180);
    EnumSet<Kind> held = EnumSet.noneOf(Kind.class);
    if (ruler(sign) == body) {
      held.add(Kind.RULERSHIP);
    }
    if (exalted(sign).filter(body::equals).isPresent()) {
      held.add(Kind.EXALTATION);
    }
    Body[] triplicity = TRIPLICITY[sign.ordinal() % 4];
    if (body == triplicity[sect == Sect.DAY ? 0 : 1] || body == triplicity[2]) {
      held.add(Kind.TRIPLICITY);
    }
    if (term(longitudeDeg) == body) {
      held.add(Kind.TERM);
    }
    if (face(longitudeDeg) == body) {
      held.add(Kind.FACE);
    }
    if (held.isEmpty()) {
      held.add(Kind.PEREGRINE);
    }
    if (ruler(opposite) == body) {
      held.add(Kind.DETRIMENT);
    }
    if (exalted(opposite).filter(body::equals).isPresent()) {
      held.add(Kind.FALL);
    }
    return Optional.of(new Dignities(body, held));
  }

  /** The sum of {@link Kind#points()}. */
  public int points() {
    int sum = 0;
    for (Kind kind : held) {
      sum += kind.points();
    }
    return sum;
  }

  /** The traditional ruler of a sign. */
  public static Body ruler(Sign sign) {
    return RULERS[sign.ordinal()];
  }

  /** The planet exalted in a sign, when there is one. */
  public static Optional<Body> exalted(Sign sign) {
    for (int i = 0; i < SEVEN.length; i++) {
      if ((int) ((EXALTATION_DEG[i] - 1) / 30) == sign.ordinal()) {
        return Optional.of(SEVEN[i]);
      }
    }
    return Optional.empty();
  }

  /**
   * The degree of exaltation as a longitude in degrees, such as 19 for the Sun (19° Aries); empty
   * beyond Saturn.
   */
  public static Optional<Double> exaltationDeg(Body body) {
    for (int i = 0; i < SEVEN.length; i++) {
      if (SEVEN[i] == body) {
        return Optional.of(EXALTATION_DEG[i]);
      }
    }
    return Optional.empty();
  }

  /** The lord of the Egyptian term that holds a longitude. */
  public static Body term(double longitudeDeg) {
    int sign = Sign.of(longitudeDeg).ordinal();
    double degree = Sign.degreesInto(longitudeDeg);
    int i = 0;
    while (degree >= TERM_ENDS[sign][i]) {
      i++;
    }
    return TERM_RULERS[sign][i];
  }

  /** The lord of the face (ten degrees) that holds a longitude. */
  public static Body face(double longitudeDeg) {
    int sign = Sign.of(longitudeDeg).ordinal();
    return FACES[(3 * sign + (int) (Sign.degreesInto(longitudeDeg) / 10)) % 7];
  }

  private static boolean traditional(Body body) {
    return body.ordinal() <= SATURN.ordinal();
  }
}
