package dev.spanda.astrology.ephemeris;

import dev.spanda.core.Failure;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a sidereal zodiac begins: the distance of its zero point from the equinox. Numbers and
 * names are those that astrologers' programs share.
 *
 * <p>Most are an arc fixed at one epoch and carried by precession; here that is a polynomial in
 * time, good to 0.00001″ of the reference tables between the years 1600 and 2400. The others hold a
 * star, or the centre of the Galaxy, at a fixed longitude: they follow its apparent place.
 */
public enum Ayanamsa {
  FAGAN_BRADLEY(
      "Fagan/Bradley",
      24.74029996618158,
      1.39688795228093,
      0.00030709791647,
      3.5763e-09,
      -6.24692e-09,
      1.258e-11),
  LAHIRI(
      "Lahiri",
      23.85709232545553,
      1.39688793788994,
      0.0003071016082,
      3.58995e-09,
      -6.24828e-09,
      1.258e-11),
  DE_LUCE(
      "De Luce",
      27.81575277389911,
      1.39687832092714,
      0.00030590620605,
      7.2393e-09,
      -5.80813e-09,
      1.236e-11),
  RAMAN(
      "Raman",
      22.41079101207311,
      1.39688805799639,
      0.0003070681624,
      3.47189e-09,
      -6.23601e-09,
      1.26e-11),
  USHA_SHASHI(
      "Usha/Shashi",
      20.05754099955464,
      1.39688805799613,
      0.00030706816238,
      3.47194e-09,
      -6.236e-09,
      1.26e-11),
  KRISHNAMURTI(
      "Krishnamurti",
      23.76024001207309,
      1.3968880579964,
      0.0003070681624,
      3.47189e-09,
      -6.23601e-09,
      1.26e-11),
  DJWHAL_KHUL(
      "Djwhal Khul",
      28.35967859955473,
      1.39688805799615,
      0.00030706816237,
      3.47193e-09,
      -6.236e-09,
      1.26e-11),
  YUKTESHWAR(
      "Yukteshwar",
      22.47880299955468,
      1.39688805799613,
      0.00030706816238,
      3.47194e-09,
      -6.236e-09,
      1.26e-11),
  BHASIN(
      "J.N. Bhasin",
      22.76213699955474,
      1.39688805799615,
      0.00030706816237,
      3.47194e-09,
      -6.236e-09,
      1.26e-11),
  BABYLONIAN_KUGLER_1(
      "Babylonian/Kugler 1",
      23.53363986338007,
      1.3968770458784,
      0.00030584678109,
      7.86721e-09,
      -5.78562e-09,
      1.229e-11),
  BABYLONIAN_KUGLER_2(
      "Babylonian/Kugler 2",
      24.93363986338007,
      1.39687704587842,
      0.00030584678109,
      7.86721e-09,
      -5.78562e-09,
      1.229e-11),
  BABYLONIAN_KUGLER_3(
      "Babylonian/Kugler 3",
      25.78363986338008,
      1.3968770458784,
      0.00030584678109,
      7.86721e-09,
      -5.78562e-09,
      1.229e-11),
  BABYLONIAN_HUBER(
      "Babylonian/Huber",
      24.73363986338003,
      1.39687704587838,
      0.0003058467811,
      7.86722e-09,
      -5.78562e-09,
      1.229e-11),
  BABYLONIAN_ETA_PISCIUM(
      "Babylonian/Eta Piscium",
      24.52252793475664,
      1.39687666173791,
      0.00030582964704,
      8.05743e-09,
      -5.77911e-09,
      1.227e-11),
  BABYLONIAN_ALDEBARAN(
      "Babylonian/Aldebaran = 15 Tau",
      24.75892388338007,
      1.3968770458784,
      0.00030584678109,
      7.86721e-09,
      -5.78562e-09,
      1.229e-11),
  HIPPARCHOS(
      "Hipparchos",
      20.24778809377536,
      1.39687668158927,
      0.00030583052439,
      8.04757e-09,
      -5.77944e-09,
      1.227e-11),
  SASSANIAN(
      "Sassanian",
      19.9929593831476,
      1.39688407150218,
      0.00030624901381,
      4.51268e-09,
      -5.93604e-09,
      1.265e-11),
  GALACTIC_CENTER_0_SAGITTARIUS("Galact. Center = 0 Sag", Star.GALACTIC_CENTRE, 240.0),
  J2000(
      "J2000",
      360.0000000000004,
      1.39688782878686,
      0.00030712754836,
      3.69073e-09,
      -6.2578e-09,
      1.256e-11),
  J1900(
      "J1900",
      361.3965809995548,
      1.3968880579961,
      0.00030706816238,
      3.47194e-09,
      -6.236e-09,
      1.26e-11),
  B1950(
      "B1950",
      360.69837012914223,
      1.39688795228084,
      0.00030709791645,
      3.57632e-09,
      -6.24691e-09,
      1.258e-11),
  SURYASIDDHANTA(
      "Suryasiddhanta",
      20.89505883589377,
      1.39688353388029,
      0.00030620904306,
      4.75642e-09,
      -5.92127e-09,
      1.262e-11),
  SURYASIDDHANTA_MEAN_SUN(
      "Suryasiddhanta, mean Sun",
      20.68042488589378,
      1.3968835338803,
      0.00030620904306,
      4.75642e-09,
      -5.92127e-09,
      1.262e-11),
  ARYABHATA(
      "Aryabhata",
      20.89505972245095,
      1.39688353387991,
      0.00030620904291,
      4.75637e-09,
      -5.92127e-09,
      1.263e-11),
  ARYABHATA_MEAN_SUN(
      "Aryabhata, mean Sun",
      20.65742734245097,
      1.39688353387994,
      0.00030620904292,
      4.75636e-09,
      -5.92127e-09,
      1.263e-11),
  SS_REVATI(
      "SS Revati",
      20.10338837589377,
      1.39688353388027,
      0.00030620904307,
      4.75642e-09,
      -5.92127e-09,
      1.262e-11),
  SS_CITRA(
      "SS Citra",
      23.00576327589376,
      1.39688353388029,
      0.00030620904306,
      4.75642e-09,
      -5.92127e-09,
      1.262e-11),
  TRUE_CITRA("True Citra", Star.SPICA, 180.0),
  TRUE_REVATI("True Revati", Star.ZETA_PISCIUM, 359.8333333333333),
  TRUE_PUSHYA("True Pushya (PVRN Rao)", Star.DELTA_CANCRI, 106.0),
  GALACTIC_CENTER_GIL_BRAND(
      "Galactic Center (Gil Brand)", Star.GALACTIC_CENTRE, 244.37694101250946),
  GALACTIC_EQUATOR_IAU1958(
      "Galactic Equator (IAU1958)",
      30.02317240356271,
      1.40433788700473,
      0.00029868819969,
      -5.561067e-08,
      -6.17801e-09,
      4.63e-12),
  GALACTIC_EQUATOR(
      "Galactic Equator",
      30.07609211469675,
      1.40433569820206,
      0.00029865919314,
      -5.555493e-08,
      -6.17786e-09,
      4.63e-12),
  GALACTIC_EQUATOR_MID_MULA(
      "Galactic Equator mid-Mula",
      23.40942544799674,
      1.40433569820206,
      0.00029865919314,
      -5.555493e-08,
      -6.17786e-09,
      4.63e-12),
  SKYDRAM(
      "Skydram (Mardyks)",
      30.01779387673826,
      1.39688783215319,
      0.00030712679494,
      3.68767e-09,
      -6.25752e-09,
      1.256e-11),
  TRUE_MULA("True Mula (Chandra Hari)", Star.LAMBDA_SCORPII, 240.0),
  DHRUVA_GALACTIC_CENTER_MULA(
      "Dhruva/Gal.Center/Mula (Wilhelm)", Star.GALACTIC_CENTRE, 246.66666666666666),
  ARYABHATA_522(
      "Aryabhata 522",
      20.57584696691152,
      1.39688372784411,
      0.00030622317819,
      4.66801e-09,
      -5.9265e-09,
      1.264e-11),
  BABYLONIAN_BRITTON(
      "Babylonian/Britton",
      24.61575277389911,
      1.39687832092715,
      0.00030590620605,
      7.23929e-09,
      -5.80813e-09,
      1.236e-11),
  VEDIC_SHEORAN("Vedic\"/Sheoran\"", Star.DELTA_CANCRI, 103.49264221625),
  COCHRANE("Cochrane (Gal.Center = 0 Cap)", Star.GALACTIC_CENTRE, 270.0),
  GALACTIC_EQUATOR_FIORENZA(
      "Galactic Equator (Fiorenza)",
      25.00001909409883,
      1.39688782879068,
      0.00030712754756,
      3.69068e-09,
      -6.2578e-09,
      1.256e-11),
  VETTIUS_VALENS(
      "Vettius Valens",
      22.7956092988655,
      1.39688008904094,
      0.00030599623411,
      6.37935e-09,
      -5.84202e-09,
      1.245e-11),
  LAHIRI_1940(
      "Lahiri 1940",
      23.84232323207313,
      1.39688805799638,
      0.0003070681624,
      3.47189e-09,
      -6.23601e-09,
      1.26e-11),
  LAHIRI_VP285(
      "Lahiri VP285",
      23.86348120238651,
      1.39688153432313,
      0.0003060781752,
      5.68811e-09,
      -5.87266e-09,
      1.253e-11),
  KRISHNAMURTI_SENTHILATHIBAN(
      "Krishnamurti-Senthilathiban",
      23.7803649566601,
      1.39688159513352,
      0.00030608182273,
      5.6593e-09,
      -5.87402e-09,
      1.253e-11),
  LAHIRI_ICRC(
      "Lahiri ICRC",
      23.85678898803233,
      1.39688793788999,
      0.00030710160819,
      3.58998e-09,
      -6.24827e-09,
      1.258e-11);

  /**
   * ICRS place at J2000 in degrees and proper motion in milliarcseconds a year, parallax in
   * milliarcseconds: Hipparcos, and Reid and Brunthaler (2004) for the centre of the Galaxy.
   */
  enum Star {
    SPICA(201.29824737500, -11.161319472222, -42.35, -30.67, 13.06),
    ZETA_PISCIUM(18.432864041667, 7.575354027778, 145, -55.69, 18.76),
    DELTA_CANCRI(131.171246708333, 18.154306500000, -17.67, -229.26, 24.98),
    LAMBDA_SCORPII(263.402167166667, -37.103823555556, -8.53, -30.8, 5.71),
    GALACTIC_CENTRE(266.416810400, -29.007824972222, -2.755718425, -5.547, 0.125);

    @SuppressWarnings("ImmutableEnumChecker") // Read by the kernel, which writes to neither.
    final double[] place;

    @SuppressWarnings("ImmutableEnumChecker") // As above.
    final double[] motionPerYear;

    final double parallax;

    Star(
        double rightAscension,
        double declination,
        double motionRa,
        double motionDec,
        double parallaxMas) {
      parallax = parallaxMas * Math.PI / 648000000;
      double a = Math.toRadians(rightAscension);
      double d = Math.toRadians(declination);
      double ca = Math.cos(a);
      double sa = Math.sin(a);
      double cd = Math.cos(d);
      double sd = Math.sin(d);
      double ra = motionRa * Math.PI / 648000000;
      double dec = motionDec * Math.PI / 648000000;
      place = new double[] {ca * cd, sa * cd, sd};
      motionPerYear = new double[] {-sa * ra - ca * sd * dec, ca * ra - sa * sd * dec, cd * dec};
    }
  }

  private static final Map<String, Ayanamsa> BY_NAME = new HashMap<>();

  static {
    for (Ayanamsa each : values()) {
      BY_NAME.put(key(each.label), each);
      BY_NAME.put(key(each.name()), each);
    }
  }

  private final String label;

  @SuppressWarnings("ImmutableEnumChecker") // Never handed out, never written after construction.
  private final double[] polynomial;

  private final @Nullable Star star;
  private final double longitudeDeg;

  Ayanamsa(String label, double c0, double c1, double c2, double c3, double c4, double c5) {
    this.label = label;
    polynomial = new double[] {c0, c1, c2, c3, c4, c5};
    star = null;
    longitudeDeg = 0;
  }

  Ayanamsa(String label, Star star, double longitudeDeg) {
    this.label = label;
    polynomial = new double[0];
    this.star = star;
    this.longitudeDeg = longitudeDeg;
  }

  /** The name to show, such as {@code Fagan/Bradley}. */
  public String label() {
    return label;
  }

  /** The number by which other programs know it: 0 to 46. */
  @SuppressWarnings("EnumOrdinal") // The constants stand in the order of those numbers.
  public int number() {
    return ordinal();
  }

  /**
   * The ayanamsa of that name: a {@link #label()} or the name of the constant; case, spaces,
   * hyphens and underscores do not matter.
   *
   * @throws Failure INVALID, subject {@code ayanamsa}, when there is none
   */
  public static Ayanamsa parse(@Nullable String text) {
    Ayanamsa found = text == null ? null : BY_NAME.get(key(text));
    if (found == null) {
      List<String> labels = Arrays.stream(values()).map(Ayanamsa::label).toList();
      throw Failure.notAllowed("ayanamsa", text, labels);
    }
    return found;
  }

  /** The star that is held, or null when precession alone carries the zero point. */
  @Nullable Star star() {
    return star;
  }

  double starLongitudeDeg() {
    return longitudeDeg;
  }

  /** The arc from the mean equinox in degrees; only where no star is held. */
  double meanDeg(double t) {
    double[] c = polynomial;
    return c[0] + t * (c[1] + t * (c[2] + t * (c[3] + t * (c[4] + t * c[5]))));
  }

  /** Its rate in degrees a century. */
  double meanRate(double t) {
    double[] c = polynomial;
    return c[1] + t * (2 * c[2] + t * (3 * c[3] + t * (4 * c[4] + t * 5 * c[5])));
  }

  private static String key(String text) {
    return text.replaceAll("[\\s_-]", "").toLowerCase(Locale.ROOT);
  }
}
