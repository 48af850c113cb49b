package dev.spanda.media.geometry;

import dev.spanda.core.Failure;
import dev.spanda.media.canvas.Paint;
import java.util.List;
import java.util.Locale;

/**
 * What a pattern shall be.
 *
 * @param pattern which one
 * @param complexity from 1 to 6: rings of the flower, turns of the spiral, circles of the torus;
 *     the others do not change. Default 3
 * @param scheme the colours; default {@link Scheme#GOLD}
 */
public record GeometryPlan(Pattern pattern, int complexity, Scheme scheme) {

  /** A pattern that can be drawn. */
  public enum Pattern {
    /** One circle and the six around it whose centres lie on it. */
    SEED_OF_LIFE,
    /** Circles on a hexagonal lattice, each through the centres of its neighbours. */
    FLOWER_OF_LIFE,
    /** Thirteen circles that touch and do not cross. */
    FRUIT_OF_LIFE,
    /** Seven circles that touch. */
    EGG_OF_LIFE,
    /** The fruit of life and all 78 lines between its centres. */
    METATRONS_CUBE,
    /** Two circles, each through the centre of the other. */
    VESICA_PISCIS,
    /** The logarithmic spiral that grows by the golden ratio each quarter turn. */
    GOLDEN_SPIRAL,
    /** Circles through one point, turned about it. */
    TORUS;

    /** The pattern of a name in any case, such as {@code flower_of_life}. */
    public static Pattern parse(String name) {
      for (Pattern pattern : values()) {
        if (pattern.name().equalsIgnoreCase(name.strip().replace('-', '_').replace(' ', '_'))) {
          return pattern;
        }
      }
      throw Failure.notAllowed(
          "pattern",
          name,
          List.of(values()).stream().map(one -> one.name().toLowerCase(Locale.ROOT)).toList());
    }
  }

  /**
   * Colours of a pattern, as {@code #RRGGBB}.
   *
   * @param ground behind everything
   * @param inner colour of lines in the middle
   * @param outer colour of lines at the rim
   */
  public record Scheme(String ground, String inner, String outer) {
    /** Gold on night blue. */
    public static final Scheme GOLD = new Scheme("#10132B", "#FFE9A8", "#C8932F");

    /** Violet and turquoise on black. */
    public static final Scheme AURORA = new Scheme("#0B0B12", "#7CF5E0", "#9B5DE5");

    /** Ink on paper. */
    public static final Scheme INK = new Scheme("#FBF8F0", "#35324A", "#6B668C");

    /** The colours of the rainbow's warm end on white. */
    public static final Scheme ROSE = new Scheme("#FFF8F6", "#D1495B", "#EDAE49");

    /** Checks the colours. */
    public Scheme {
      Paint.colour(ground);
      Paint.colour(inner);
      Paint.colour(outer);
    }
  }

  /** Checks the complexity. */
  public GeometryPlan {
    Failure.requireInRange("complexity", "Complexity", complexity, 1, 6, "");
  }

  /** A pattern with everything else by default. */
  public static GeometryPlan of(Pattern pattern) {
    return new GeometryPlan(pattern, 3, Scheme.GOLD);
  }

  /** A copy that is simpler or richer. */
  public GeometryPlan withComplexity(int complexity) {
    return new GeometryPlan(pattern, complexity, scheme);
  }

  /** A copy in other colours. */
  public GeometryPlan withScheme(Scheme scheme) {
    return new GeometryPlan(pattern, complexity, scheme);
  }
}
