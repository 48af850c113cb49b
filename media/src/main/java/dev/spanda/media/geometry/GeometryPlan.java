package dev.spanda.media.geometry;

import dev.spanda.core.Failure;
import dev.spanda.media.canvas.Paint;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a pattern shall be.
 *
 * @param pattern which one
 * @param complexity from 1 to 6: rings of the flower (2 are the traditional 19 circles), turns of
 *     the spiral, circles of the torus; the Sri Yantra has its triangles alone at 1, with the
 *     lotuses at 2, with the square and its gates from 3 on; the others do not change. Default 3
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
    TORUS,
    /** Nine interlocked triangles, {@link dev.spanda.media.geometry.SriYantra}, in two lotuses. */
    SRI_YANTRA;

    /** The name as it is written, such as {@code flower-of-life}. */
    public String word() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The pattern of a name in any case, its words joined by {@code -}, {@code _} or a space.
     *
     * @throws Failure INVALID, its subject {@code pattern}, when there is none
     */
    public static Pattern parse(String name) {
      for (Pattern pattern : values()) {
        if (pattern.name().equalsIgnoreCase(name.strip().replace('-', '_').replace(' ', '_'))) {
          return pattern;
        }
      }
      throw Failure.notAllowed(
          "pattern", name, List.of(values()).stream().map(Pattern::word).toList());
    }
  }

  /**
   * Colours of a pattern, as {@code #RRGGBB}.
   *
   * @param ground behind everything
   * @param lines of lines, from the middle to the rim, 2 to 12; between them colours are mixed
   */
  public record Scheme(String ground, List<String> lines) {
    /** Gold on night blue. */
    public static final Scheme GOLD = new Scheme("#10132B", List.of("#FFE9A8", "#C8932F"));

    /** Violet and turquoise on black. */
    public static final Scheme AURORA = new Scheme("#0B0B12", List.of("#7CF5E0", "#9B5DE5"));

    /** Ink on paper. */
    public static final Scheme INK = new Scheme("#FBF8F0", List.of("#35324A", "#6B668C"));

    /** Rose and amber on white. */
    public static final Scheme ROSE = new Scheme("#FFF8F6", List.of("#D1495B", "#EDAE49"));

    /** The seven colours that are given to the chakras, root in the middle, crown at the rim. */
    public static final Scheme CHAKRA =
        new Scheme(
            "#0D0B1A",
            List.of("#F0453A", "#FB8C00", "#FDD835", "#4CC46A", "#35B6F0", "#6C7BE8", "#B565E8"));

    /** Ready schemes by their names. */
    private static final Map<String, Scheme> READY =
        new TreeMap<>(
            Map.of("aurora", AURORA, "chakra", CHAKRA, "gold", GOLD, "ink", INK, "rose", ROSE));

    /** Checks and copies the colours. */
    public Scheme {
      lines = List.copyOf(lines);
      Paint.colour(ground);
      Failure.requireInRange("lines", "The number of colours", lines.size(), 2, 12, "");
      lines.forEach(Paint::colour);
    }

    /**
     * The ready scheme of a name in any case: aurora, chakra, gold, ink or rose.
     *
     * @throws Failure INVALID, its subject {@code color_scheme}, when there is none
     */
    public static Scheme parse(String name) {
      Scheme scheme = READY.get(name.strip().toLowerCase(Locale.ROOT));
      if (scheme == null) {
        throw Failure.notAllowed("color_scheme", name, List.copyOf(READY.keySet()));
      }
      return scheme;
    }

    /** The colour at a share of the way from the middle (0) to the rim (1). */
    int at(double share) {
      double place = Math.max(0, Math.min(1, share)) * (lines.size() - 1);
      int before = Math.min((int) place, lines.size() - 2);
      return Paint.mix(
          Paint.colour(lines.get(before)), Paint.colour(lines.get(before + 1)), place - before);
    }
  }

  /** Checks the complexity. */
  public GeometryPlan {
    Failure.requireInRange("complexity", "Complexity", complexity, 1, 6, "");
  }

  /**
   * The complexity of a word or number: {@code low} is 2, {@code medium} 3, {@code high} 5, and 1
   * to 6 are themselves.
   *
   * @throws Failure INVALID, its subject {@code complexity}, for anything else
   */
  public static int complexity(String word) {
    return switch (word.strip().toLowerCase(Locale.ROOT)) {
      case "low" -> 2;
      case "medium" -> 3;
      case "high" -> 5;
      case "1", "2", "3", "4", "5", "6" -> Integer.parseInt(word.strip());
      default ->
          throw Failure.notAllowed(
              "complexity", word, List.of("low", "medium", "high", "1", "2", "3", "4", "5", "6"));
    };
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
