package dev.spanda.astrology.election;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Place;
import dev.spanda.astrology.aspect.Aspect;
import dev.spanda.astrology.aspect.AspectFinder;
import dev.spanda.astrology.aspect.AspectKind;
import dev.spanda.astrology.aspect.Orbs;
import dev.spanda.astrology.event.Almanac;
import dev.spanda.astrology.hour.PlanetaryDay;
import dev.spanda.astrology.hour.PlanetaryHour;
import dev.spanda.astrology.hour.PlanetaryHours;
import dev.spanda.astrology.moon.MoonCalendar;
import dev.spanda.astrology.moon.MoonPhase;
import dev.spanda.astrology.moon.VoidOfCourse;
import dev.spanda.core.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Cuts time into windows and scores them for an activity.
 *
 * <p>Windows are cut at the edges of planetary hours, of the Moon's void of course and of the hour
 * of Brahma (96 to 48 minutes before sunrise). The score is the sum of these points, between 0 and
 * 100:
 *
 * <ul>
 *   <li>ruler of the planetary hour: favourable 45, neutral 15, unfavourable 0 (where there are no
 *       planetary hours: 15);
 *   <li>light of the Moon that suits the activity: 15 (growing, shrinking, or within 22.5° of new
 *       or full);
 *   <li>the Moon has aspects to come in its sign 15, void of course −10;
 *   <li>hour of Brahma, for meditation and blessing: 10;
 *   <li>each Ptolemaic aspect among Sun to Pluto that is within 3° of exact in the middle of the
 *       window: {@link Aspect#strength() strength} times 8 for trine, sextile and conjunction, −8
 *       for square and opposition, half as much when the aspect separates, and half again when
 *       neither the Moon nor a planet that suits the activity takes part; all aspects together
 *       between −20 and 20.
 * </ul>
 *
 * <p>The planets of each activity follow tradition, see {@link Activity}; the points are our own
 * choice. Immutable and thread-safe.
 */
public final class Elections {

  /** The longest stretch at once. */
  public static final Duration LONGEST = Duration.ofDays(400);

  private static final Orbs NARROW = narrow();

  private final Almanac almanac;
  private final PlanetaryHours hours;
  private final MoonCalendar calendar;
  private final AspectFinder finder = new AspectFinder(NARROW);

  /** Elections on the standard almanac. */
  public Elections() {
    this(Almanac.standard());
  }

  /** Elections on an almanac. */
  public Elections(Almanac almanac) {
    this.almanac = Objects.requireNonNull(almanac);
    this.hours = new PlanetaryHours(almanac);
    this.calendar = new MoonCalendar(almanac);
  }

  /**
   * The windows of one civil day, in order of time, without gaps.
   *
   * @param zone whose midnight begins the day
   */
  public List<Window> on(Activity activity, LocalDate date, ZoneId zone, Place place) {
    return between(
        activity,
        date.atStartOfDay(zone).toInstant(),
        date.plusDays(1).atStartOfDay(zone).toInstant(),
        place);
  }

  /**
   * The windows from one moment to another, in order of time, without gaps.
   *
   * @throws Failure INVALID when the stretch is empty, negative or longer than {@link #LONGEST}
   */
  public List<Window> between(Activity activity, Instant from, Instant to, Place place) {
    Objects.requireNonNull(activity);
    if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST) > 0) {
      throw Failure.invalid(
          "to",
          to.toString(),
          "The end must be within " + LONGEST.toDays() + " days after the start");
    }
    List<VoidOfCourse> voids = calendar.voidsOfCourse(from, to);
    List<PlanetaryHour> planetary = new ArrayList<>();
    List<Instant[]> brahma = new ArrayList<>();
    TreeSet<Instant> edges = new TreeSet<>();
    edges.add(from);
    edges.add(to);
    Instant at = from;
    Instant sunrise = null;
    while (at.isBefore(to)) {
      Optional<PlanetaryDay> found = hours.dayAt(at, place);
      if (found.isEmpty()) {
        at = at.plus(Duration.ofHours(1));
        sunrise = null;
        add(edges, at, from, to);
        continue;
      }
      PlanetaryDay day = found.get();
      if (sunrise == null) {
        brahma(day.sunrise(), brahma, edges, from, to);
      } else {
        // The search finds the same sunrise again only to a tenth of a millisecond.
        day = new PlanetaryDay(day.ruler(), sunrise, day.sunset(), day.nextSunrise());
      }
      for (PlanetaryHour hour : day.hours()) {
        planetary.add(hour);
        add(edges, hour.start(), from, to);
        add(edges, hour.end(), from, to);
      }
      sunrise = day.nextSunrise();
      brahma(sunrise, brahma, edges, from, to);
      at = sunrise.plusSeconds(1);
    }
    for (VoidOfCourse empty : voids) {
      add(edges, empty.start(), from, to);
      add(edges, empty.end(), from, to);
    }
    List<Window> windows = new ArrayList<>();
    Instant start = null;
    for (Instant edge : edges) {
      if (start != null) {
        windows.add(window(activity, place, start, edge, planetary, voids, brahma));
      }
      start = edge;
    }
    return windows;
  }

  /**
   * The best windows of several places, highest score first, earlier first among equals.
   *
   * @param count how many at most, at least 1
   * @throws Failure INVALID as for {@link #between}
   */
  public List<Window> best(
      Activity activity, Instant from, Instant to, Collection<Place> places, int count) {
    if (count < 1) {
      throw Failure.invalid("count", count, "Count must be at least 1");
    }
    List<Window> all = new ArrayList<>();
    for (Place place : places) {
      all.addAll(between(activity, from, to, place));
    }
    all.sort(Comparator.comparingDouble(Window::score).reversed().thenComparing(Window::start));
    return List.copyOf(all.subList(0, Math.min(count, all.size())));
  }

  private Window window(
      Activity activity,
      Place place,
      Instant start,
      Instant end,
      List<PlanetaryHour> planetary,
      List<VoidOfCourse> voids,
      List<Instant[]> brahma) {
    Instant middle = start.plus(Duration.between(start, end).dividedBy(2));
    List<Window.Reason> reasons = new ArrayList<>();
    Optional<Body> ruler = Optional.empty();
    for (PlanetaryHour hour : planetary) {
      if (hour.contains(middle)) {
        ruler = Optional.of(hour.ruler());
      }
    }
    reasons.add(hourReason(activity, ruler));
    double[] sun = new double[6];
    double[] moon = new double[6];
    double time = almanac.jdTt(middle);
    almanac.ecliptic(Body.SUN, time, sun);
    almanac.ecliptic(Body.MOON, time, moon);
    double elongation = moon[0] - sun[0];
    elongation -= 360 * Math.floor(elongation / 360);
    MoonPhase phase = MoonPhase.of(elongation);
    boolean waxing = elongation < 180;
    boolean fits =
        switch (activity.light()) {
          case WAXING -> waxing;
          case WANING -> !waxing;
          case NEW_OR_FULL -> phase == MoonPhase.NEW_MOON || phase == MoonPhase.FULL_MOON;
        };
    reasons.add(
        new Window.Reason(
            "Moon is "
                + (waxing ? "waxing" : "waning")
                + " ("
                + phase.label()
                + "), "
                + (fits ? "which suits " : "which does not help ")
                + activity.label(),
            fits ? 15 : 0));
    boolean empty = voids.stream().anyMatch(v -> v.contains(middle));
    reasons.add(
        empty
            ? new Window.Reason("Moon is void of course", -10)
            : new Window.Reason("Moon has aspects to come in its sign", 15));
    if (activity.beforeDawn()
        && brahma.stream().anyMatch(b -> !middle.isBefore(b[0]) && middle.isBefore(b[1]))) {
      reasons.add(new Window.Reason("Hour of Brahma before sunrise", 10));
    }
    List<Aspect> aspects = finder.find(almanac.positions(Body.planets(), middle));
    aspectReasons(activity, aspects, reasons);
    reasons.sort(
        Comparator.comparingDouble((Window.Reason reason) -> Math.abs(reason.points())).reversed());
    return new Window(activity, place, start, end, ruler, phase, waxing, aspects, reasons);
  }

  private static Window.Reason hourReason(Activity activity, Optional<Body> ruler) {
    if (ruler.isEmpty()) {
      return new Window.Reason("The Sun does not rise and set here: no planetary hours", 15);
    }
    Body body = ruler.get();
    if (activity.favourable().contains(body)) {
      return new Window.Reason("Hour of " + body.label() + ", favourable", 45);
    }
    return activity.unfavourable().contains(body)
        ? new Window.Reason("Hour of " + body.label() + ", unfavourable", 0)
        : new Window.Reason("Hour of " + body.label() + ", neutral", 15);
  }

  private static void aspectReasons(
      Activity activity, List<Aspect> aspects, List<Window.Reason> reasons) {
    double[] points = new double[aspects.size()];
    double sum = 0;
    for (int i = 0; i < points.length; i++) {
      Aspect aspect = aspects.get(i);
      boolean hard = aspect.kind() == AspectKind.SQUARE || aspect.kind() == AspectKind.OPPOSITION;
      boolean near = concerns(activity, aspect.first()) || concerns(activity, aspect.second());
      points[i] =
          aspect.strength() * (hard ? -8 : 8) * (aspect.applying() ? 1 : 0.5) * (near ? 1 : 0.5);
      sum += points[i];
    }
    double scale = Math.abs(sum) > 20 ? 20 / Math.abs(sum) : 1;
    for (int i = 0; i < points.length; i++) {
      Aspect aspect = aspects.get(i);
      String way = aspect.applying() ? ", applying" : ", separating";
      reasons.add(new Window.Reason(aspect.describe() + way, points[i] * scale));
    }
  }

  private static boolean concerns(Activity activity, Body body) {
    return body == Body.MOON || activity.favourable().contains(body);
  }

  private static void brahma(
      Instant sunrise, List<Instant[]> brahma, Set<Instant> edges, Instant from, Instant to) {
    Instant start = sunrise.minus(Duration.ofMinutes(96));
    Instant end = sunrise.minus(Duration.ofMinutes(48));
    brahma.add(new Instant[] {start, end});
    add(edges, start, from, to);
    add(edges, end, from, to);
  }

  private static void add(Set<Instant> edges, Instant edge, Instant from, Instant to) {
    if (edge.isAfter(from) && edge.isBefore(to)) {
      edges.add(edge);
    }
  }

  private static Orbs narrow() {
    Map<AspectKind, Double> orbs = new EnumMap<>(AspectKind.class);
    for (AspectKind kind : AspectKind.values()) {
      orbs.put(kind, kind.major() ? 3.0 : 0.0);
    }
    return Orbs.standard().withOrbs(orbs);
  }
}
