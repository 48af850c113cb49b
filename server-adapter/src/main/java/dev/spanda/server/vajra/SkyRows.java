package dev.spanda.server.vajra;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Place;
import dev.spanda.astrology.Position;
import dev.spanda.astrology.Sign;
import dev.spanda.astrology.aspect.Aspect;
import dev.spanda.astrology.election.Window;
import dev.spanda.astrology.ephemeris.Axes;
import dev.spanda.astrology.ephemeris.Ephemeris;
import dev.spanda.astrology.hour.PlanetaryHour;
import dev.spanda.astrology.house.Angles;
import dev.spanda.astrology.house.Houses;
import dev.spanda.astrology.map.MapLine;
import dev.spanda.astrology.map.Paran;
import dev.spanda.astrology.time.JulianDate;
import dev.spanda.contract.vajra.AstrologyApi;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What the sky's engine found, as the rows of the contract. */
final class SkyRows {

  /** Mean radius of the Earth, 6 371.008 8 km (IUGG 1980), times a degree. */
  private static final double KM_PER_DEGREE = 6_371.0088 * Math.PI / 180;

  private SkyRows() {}

  static AstrologyApi.Planet planet(Position position) {
    return new AstrologyApi.Planet(
        position.longitudeDeg(),
        position.sign().label(),
        Sign.degreesInto(position.longitudeDeg()),
        position.longitudeSpeedDegPerDay(),
        position.retrograde());
  }

  static AstrologyApi.Aspect aspect(Aspect aspect) {
    return new AstrologyApi.Aspect(
        aspect.first().label(),
        aspect.second().label(),
        aspect.kind().label(),
        aspect.orbDeg(),
        aspect.applying(),
        aspect.strength());
  }

  /** A body in full; with a place also what is seen from there. */
  static AstrologyApi.Position position(
      Body body, JulianDate date, @Nullable Place place, @Nullable Houses houses) {
    Ephemeris geocentric = Ephemeris.standard();
    Position seen = geocentric.position(body, date);
    Position equatorial = geocentric.withAxes(Axes.EQUATOR_OF_DATE).position(body, date);
    // Nodes and apses are directions: they have no parallax.
    Position fromPlace =
        place == null || body.kind() == Body.Kind.LUNAR_POINT
            ? null
            : geocentric.withPlace(place).position(body, date);
    return new AstrologyApi.Position(
        body.label(),
        seen.longitudeDeg(),
        seen.latitudeDeg(),
        seen.distanceAu(),
        seen.longitudeSpeedDegPerDay(),
        seen.retrograde(),
        seen.sign().label(),
        Sign.degreesInto(seen.longitudeDeg()),
        seen.latitudeSpeedDegPerDay(),
        seen.distanceSpeedAuPerDay(),
        equatorial.longitudeDeg(),
        equatorial.latitudeDeg(),
        lower(seen.model()),
        seen.errorBoundArcsec(),
        houses instanceof Houses.Cusps cusps ? cusps.houseOf(seen.longitudeDeg()) : null,
        fromPlace == null ? null : fromPlace.longitudeDeg(),
        fromPlace == null ? null : fromPlace.latitudeDeg());
  }

  static AstrologyApi.Houses houses(Houses houses) {
    Angles angles = houses.angles();
    return new AstrologyApi.Houses(
        houses.system().label(),
        angles.ascendantDeg(),
        angles.midheavenDeg(),
        angles.vertexDeg(),
        houses instanceof Houses.Cusps cusps
            ? Arrays.stream(cusps.cuspsDeg()).boxed().toList()
            : null,
        houses instanceof Houses.Undefined none ? none.reason() : null);
  }

  /**
   * A line as it is felt at a place.
   *
   * @param points how many points its path has; 0 for no path
   */
  static AstrologyApi.Line line(MapLine line, Place place, int points) {
    boolean reaches = line.longitudeAt(place.latitudeDeg()).isPresent();
    double latitude = reaches ? place.latitudeDeg() : 0;
    List<AstrologyApi.Point> path =
        points == 0
            ? null
            : line.path(points).stream()
                .map(each -> new AstrologyApi.Point(each.latitudeDeg(), each.longitudeDeg()))
                .toList();
    return new AstrologyApi.Line(
        line.body().label(),
        line.angle().name(),
        line.longitudeAt(latitude).orElseThrow(),
        line.strengthAt(place),
        lower(line.quality()),
        latitude,
        line.distanceDeg(place) * KM_PER_DEGREE,
        path);
  }

  static AstrologyApi.Paran paran(Paran paran, Place place) {
    return new AstrologyApi.Paran(
        paran.first().label(),
        paran.second().label(),
        new AstrologyApi.Point(paran.latitudeDeg(), paran.longitudeDeg()),
        paran.strengthAt(place),
        paran.firstAngle().name(),
        paran.secondAngle().name());
  }

  static AstrologyApi.Window window(Window window) {
    return new AstrologyApi.Window(
        millis(window.start()),
        millis(window.end()),
        window.quality().label(),
        window.hourRuler().map(Body::label).orElse(null),
        window.waxing() ? "Waxing" : "Waning",
        window.aspects().stream().map(Aspect::describe).toList(),
        window.score(),
        window.phase().label(),
        window.reasons().stream()
            .map(reason -> new AstrologyApi.Reason(reason.text(), reason.points()))
            .toList());
  }

  static AstrologyApi.Hour hour(PlanetaryHour hour) {
    return new AstrologyApi.Hour(
        hour.ruler().label(),
        lower(hour.quality()),
        millis(hour.start()),
        millis(hour.end()),
        hour.attributes(),
        hour.number());
  }

  static AstrologyApi.NextHour nextHour(PlanetaryHour hour) {
    return new AstrologyApi.NextHour(
        hour.ruler().label(), millis(hour.start()), millis(hour.end()), lower(hour.quality()));
  }

  static AstrologyApi.Location location(Place place, @Nullable String name) {
    return new AstrologyApi.Location(place.latitudeDeg(), place.longitudeDeg(), name);
  }

  /** The nearest whole millisecond. */
  static Instant millis(Instant at) {
    return at.plusNanos(500_000).truncatedTo(ChronoUnit.MILLIS);
  }

  private static String lower(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
