package dev.spanda.server.vajra;

import static dev.spanda.server.vajra.Wire.SUCCESS;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Place;
import dev.spanda.astrology.aspect.AspectFinder;
import dev.spanda.astrology.aspect.Orbs;
import dev.spanda.astrology.election.Activity;
import dev.spanda.astrology.election.Elections;
import dev.spanda.astrology.election.Window.Quality;
import dev.spanda.astrology.ephemeris.Ephemeris;
import dev.spanda.astrology.ephemeris.Orientation;
import dev.spanda.astrology.hour.PlanetaryDay;
import dev.spanda.astrology.hour.PlanetaryHour;
import dev.spanda.astrology.house.HouseSystem;
import dev.spanda.astrology.map.AstroMap;
import dev.spanda.astrology.moon.MoonCalendar;
import dev.spanda.astrology.moon.MoonState;
import dev.spanda.astrology.time.JulianDate;
import dev.spanda.contract.vajra.AstrologyApi;
import dev.spanda.core.Failure;
import dev.spanda.server.wire.SkyWords;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The chapter Astrology and Astrocartography. */
final class AstrologyEndpoints implements AstrologyApi {

  /** The Royal Observatory: the meridian of old maps, 5″ west of today's. */
  private static final Place GREENWICH = Place.of(51.4779, -0.0015);

  private static final int NEXT_HOURS = 12;
  private static final int BEST_OF_A_POOR_DAY = 3;
  private static final int USUAL_PATH = 37;
  private static final int LONGEST_PATH = 361;

  private final InstantSource clock;
  private final AspectFinder aspects = new AspectFinder(Orbs.standard());
  private final MoonCalendar moons = new MoonCalendar();
  private final dev.spanda.astrology.hour.PlanetaryHours hours =
      new dev.spanda.astrology.hour.PlanetaryHours();
  private final Elections elections = new Elections();

  AstrologyEndpoints(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public Current current() {
    Instant now = now();
    JulianDate date = JulianDate.of(now);
    var positions =
        Body.planets().stream().map(body -> Ephemeris.standard().position(body, date)).toList();
    Map<String, Planet> planets = new LinkedHashMap<>();
    positions.forEach(position -> planets.put(position.body().label(), SkyRows.planet(position)));
    return new Current(
        SUCCESS, now, planets, aspects.find(positions).stream().map(SkyRows::aspect).toList());
  }

  @Override
  public Positions planetaryPositions(
      @Nullable String date, @Nullable String location, @Nullable String planets) {
    Instant at = moment(date);
    List<Body> bodies = planets == null ? Body.planets() : SkyWords.bodies("planets", planets);
    JulianDate day = JulianDate.of(at);
    if (location == null) {
      return new Positions(
          SUCCESS,
          at,
          bodies.stream().map(body -> SkyRows.position(body, day, null, null)).toList(),
          null,
          null);
    }
    Place place = SkyWords.place("location", location);
    Orientation earth = Ephemeris.orientation(day);
    var houses =
        dev.spanda.astrology.house.Houses.of(
            HouseSystem.PLACIDUS,
            earth.siderealTimeDeg() + place.longitudeDeg(),
            earth.trueObliquityDeg(),
            place.latitudeDeg());
    return new Positions(
        SUCCESS,
        at,
        bodies.stream().map(body -> SkyRows.position(body, day, place, houses)).toList(),
        SkyRows.location(place, null),
        SkyRows.houses(houses));
  }

  @Override
  public MoonPhase moonPhase(@Nullable String date) {
    Instant at = moment(date);
    MoonState state = SkyWords.withinYears("date", said(date, at), () -> moons.state(at));
    return new MoonPhase(
        SUCCESS,
        state.phase().label(),
        state.illumination(),
        state.ageDays(),
        Math.round(state.distanceKm()),
        SkyRows.millis(state.nextNew()),
        SkyRows.millis(state.nextFull()),
        at,
        state.elongationDeg(),
        SkyRows.millis(state.previousNew()));
  }

  @Override
  public Lines astrocartography(Birth birth) {
    Instant at = SkyWords.instant("birth_date", birth.birthDate());
    Place place = Place.of(birth.birthLocation().latitude(), birth.birthLocation().longitude());
    List<String> names = birth.planets();
    List<Body> bodies = names == null ? Body.planets() : SkyWords.bodies("planets", names);
    int points = Wire.or(birth.pathPoints(), USUAL_PATH);
    if (points != 0) {
      Failure.requireInRange(
          "path_points", "Path points other than 0", points, 2, LONGEST_PATH, "");
    }
    String projection = Wire.or(birth.projection(), "mundo");
    AstroMap map =
        switch (projection.toLowerCase(Locale.ROOT)) {
          case "mundo" -> AstroMap.at(at, bodies);
          case "zodiacal" -> AstroMap.zodiacalAt(at, bodies);
          default ->
              throw Failure.notAllowed("projection", projection, List.of("mundo", "zodiacal"));
        };
    return new Lines(
        SUCCESS,
        map.lines().stream().map(line -> SkyRows.line(line, place, points)).toList(),
        map.parans().stream()
            .map(paran -> SkyRows.paran(paran, place))
            .sorted(Comparator.comparingDouble(Paran::strength).reversed())
            .toList());
  }

  @Override
  public AuspiciousTimes auspiciousTimes(
      String activity, @Nullable String date, @Nullable String location) {
    Activity chosen = Activity.parse(activity);
    OffsetDateTime time =
        date == null ? now().atOffset(ZoneOffset.UTC) : SkyWords.time("date", date);
    Place place = location == null ? GREENWICH : SkyWords.place("location", location);
    Instant from = time.toLocalDate().atStartOfDay().toInstant(time.getOffset());
    var windows =
        SkyWords.withinYears(
            "date",
            said(date, from),
            () -> elections.between(chosen, from, from.plus(Duration.ofDays(1)), place));
    var good = windows.stream().filter(window -> window.quality() != Quality.POOR).toList();
    if (good.isEmpty()) {
      good =
          windows.stream()
              .sorted(
                  Comparator.comparingDouble(dev.spanda.astrology.election.Window::score)
                      .reversed())
              .limit(BEST_OF_A_POOR_DAY)
              .sorted(Comparator.comparing(dev.spanda.astrology.election.Window::start))
              .toList();
    }
    return new AuspiciousTimes(
        SUCCESS,
        time.toLocalDate().toString(),
        chosen.label(),
        good.stream().map(SkyRows::window).toList(),
        SkyRows.location(place, location == null ? "Greenwich" : null));
  }

  @Override
  public PlanetaryHours planetaryHours(String location, @Nullable String date) {
    Place place = SkyWords.place("location", location);
    Instant at = moment(date);
    return SkyWords.withinYears("date", said(date, at), () -> hours(place, at, location));
  }

  private PlanetaryHours hours(Place place, Instant at, String location) {
    PlanetaryDay day =
        hours
            .dayAt(at, place)
            .orElseThrow(
                () ->
                    Failure.invalid(
                        "location",
                        location,
                        "location must be where the Sun rises and sets around "
                            + at
                            + "; it does not at latitude "
                            + place.latitudeDeg()
                            + ", so there are no planetary hours"));
    PlanetaryHour current = day.hourAt(at);
    List<PlanetaryHour> following =
        new ArrayList<>(day.hours().subList(current.number(), day.hours().size()));
    // Near a polar day or night there may be no day after this one.
    Optional<PlanetaryDay> next = hours.dayAt(day.nextSunrise().plusSeconds(1), place);
    next.ifPresent(tomorrow -> following.addAll(tomorrow.hours()));
    return new PlanetaryHours(
        SUCCESS,
        SkyRows.hour(current),
        following.stream().limit(NEXT_HOURS).map(SkyRows::nextHour).toList(),
        day.ruler().label(),
        SkyRows.millis(day.sunrise()),
        SkyRows.millis(day.sunset()),
        SkyRows.millis(day.nextSunrise()),
        SkyRows.location(place, null));
  }

  private Instant moment(@Nullable String date) {
    return date == null ? now() : SkyWords.instant("date", date);
  }

  /** To the second, so that an answer's date is the moment it is for. */
  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.SECONDS);
  }

  private static String said(@Nullable String date, Instant at) {
    return date == null ? at.toString() : date;
  }
}
