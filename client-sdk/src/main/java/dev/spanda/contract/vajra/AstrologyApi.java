package dev.spanda.contract.vajra;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sky, as the chapter Astrology and Astrocartography has it.
 *
 * <p>Longitudes and latitudes of planets are apparent, geocentric, in the tropical zodiac (true
 * ecliptic and equinox of date), in degrees. A date is ISO 8601: a day ({@code 2024-01-15}, which
 * begins at midnight UTC), or a time with or without an offset (without one it is UTC), in the
 * years 1600 to 2399. A location is {@code lat,lon} in degrees, north and east positive. Planets
 * are named Sun, Moon, Mercury, Venus, Mars, Jupiter, Saturn, Uranus, Neptune, Pluto (these ten
 * stand in every answer), Chiron, Pholus, Ceres, Pallas, Juno, Vesta, MeanNode, TrueNode,
 * MeanLilith, OscuLilith. What is anything else is refused as INVALID_PARAMETER.
 */
@Route.Group("Astrology")
public interface AstrologyApi {

  /** Where the planets stand now, and the aspects between them. */
  @Route(
      value = "GET /api/v1/astrology/current",
      summary = "Where the planets stand now, and the aspects between them.")
  Current current();

  /**
   * Positions in full.
   *
   * @param date the moment; now when absent
   * @param location a place, which adds houses and what is seen from there; positions stay
   *     geocentric, as charts have them
   * @param planets names with commas between; the ten planets when absent; beyond the document
   */
  @Route(
      value = "GET /api/v1/astrology/planetary-positions",
      summary = "Positions, distances and speeds of the planets; with a location also houses.")
  Positions planetaryPositions(
      @Param.Query("date") @Nullable String date,
      @Param.Query("location") @Nullable String location,
      @Param.Query("planets") @Nullable String planets);

  /**
   * The Moon's phase, light, age and distance, and the next new and full Moon.
   *
   * @param date the moment; now when absent; beyond the document
   */
  @Route(
      value = "GET /api/v1/astrology/moon-phase",
      summary = "The Moon's phase, light, age, distance, and the next new and full Moon.")
  MoonPhase moonPhase(@Param.Query("date") @Nullable String date);

  /** The lines and parans of a birth. */
  @Route(
      value = "POST /api/v1/astrology/astrocartography",
      summary = "The lines and parans of a birth.")
  Lines astrocartography(Birth birth);

  /**
   * When a day suits an activity.
   *
   * @param activity meditation, healing, blessing, manifestation; beyond the document also
   *     protection and creativity
   * @param date the day, counted in the offset of the date, UTC without one; today when absent
   * @param location the place whose planetary hours count; beyond the document; the Royal
   *     Observatory at Greenwich when absent. Where the Sun does not rise and set that day there
   *     are windows without a planetary hour
   */
  @Route(
      value = "GET /api/v1/astrology/auspicious-times",
      summary = "When a day suits an activity, and why.")
  AuspiciousTimes auspiciousTimes(
      @Param.Query("activity") String activity,
      @Param.Query("date") @Nullable String date,
      @Param.Query("location") @Nullable String location);

  /**
   * The planetary hour of a moment, and the twelve that follow.
   *
   * @param location the place; where the Sun does not rise and set that day it is refused as
   *     INVALID_PARAMETER, since there are no planetary hours
   * @param date the moment; now when absent
   */
  @Route(
      value = "GET /api/v1/astrology/planetary-hours",
      summary = "The planetary hour of a moment at a place, and the twelve that follow.")
  PlanetaryHours planetaryHours(
      @Param.Query("location") String location, @Param.Query("date") @Nullable String date);

  /**
   * The sky of a moment.
   *
   * @param timestamp that moment
   * @param planets by name, Sun first
   * @param aspects in the order of the planets
   */
  record Current(
      @JsonProperty("status") String status,
      @JsonProperty("timestamp") Instant timestamp,
      @JsonProperty("planets") Map<String, Planet> planets,
      @JsonProperty("aspects") List<Aspect> aspects) {

    /** Copies both, keeping their order. */
    public Current {
      planets = Collections.unmodifiableMap(new LinkedHashMap<>(planets));
      aspects = List.copyOf(aspects);
    }
  }

  /**
   * Where a planet stands in the zodiac.
   *
   * @param longitude ecliptic longitude, degrees, 0 (closed) to 360 (open)
   * @param sign English name of the sign
   * @param degree degrees into the sign, 0 (closed) to 30 (open)
   * @param speed degrees a day, negative when retrograde; beyond the document
   * @param retrograde whether it moves backwards; beyond the document
   */
  record Planet(
      @JsonProperty("longitude") double longitude,
      @JsonProperty("sign") String sign,
      @JsonProperty("degree") double degree,
      @JsonProperty("speed") @Nullable Double speed,
      @JsonProperty("retrograde") @Nullable Boolean retrograde) {}

  /**
   * Two planets at a named angle.
   *
   * @param aspect conjunction, semisextile, semisquare, sextile, quintile, square, trine,
   *     sesquiquadrate, biquintile, quincunx or opposition
   * @param orb distance from the exact angle, degrees
   * @param applying whether the orb shrinks; beyond the document
   * @param strength 1 when exact, 0 at the edge of the orb, straight in between; beyond the
   *     document
   */
  record Aspect(
      @JsonProperty("planet1") String planet1,
      @JsonProperty("planet2") String planet2,
      @JsonProperty("aspect") String aspect,
      @JsonProperty("orb") double orb,
      @JsonProperty("applying") @Nullable Boolean applying,
      @JsonProperty("strength") @Nullable Double strength) {}

  /**
   * Positions of a moment.
   *
   * @param date that moment
   * @param positions in the order asked for
   * @param location the place asked for; beyond the document
   * @param houses the houses there; null without a location; beyond the document
   */
  record Positions(
      @JsonProperty("status") String status,
      @JsonProperty("date") Instant date,
      @JsonProperty("positions") List<Position> positions,
      @JsonProperty("location") @Nullable Location location,
      @JsonProperty("houses") @Nullable Houses houses) {

    /** Copies the positions. */
    public Positions {
      positions = List.copyOf(positions);
    }
  }

  /**
   * Where a planet stands and how it moves.
   *
   * @param longitude ecliptic longitude, degrees, 0 (closed) to 360 (open)
   * @param latitude ecliptic latitude, degrees
   * @param distance from the centre of the Earth, astronomical units
   * @param speed of the longitude, degrees a day
   * @param retrograde whether the speed is negative
   * @param sign English name of the sign
   * @param degree degrees into the sign, 0 (closed) to 30 (open)
   * @param latitudeSpeed degrees a day; beyond the document
   * @param distanceSpeed astronomical units a day; beyond the document
   * @param rightAscension apparent, true equator of date, degrees; beyond the document
   * @param declination the same, degrees; beyond the document
   * @param model which model gave it: de431_pack or mean_elements; beyond the document
   * @param errorBoundArcsec how far the angles may lie from JPL DE431, seconds of arc; beyond the
   *     document
   * @param house 1 to 12 in Placidus' houses; null without a location or where there are none;
   *     beyond the document
   * @param topocentricLongitude ecliptic longitude seen from the location, degrees; null without
   *     one, and for nodes and apses, which have no parallax; beyond the document
   * @param topocentricLatitude the same for the latitude; beyond the document
   */
  record Position(
      @JsonProperty("planet") String planet,
      @JsonProperty("longitude") double longitude,
      @JsonProperty("latitude") double latitude,
      @JsonProperty("distance") double distance,
      @JsonProperty("speed") double speed,
      @JsonProperty("retrograde") boolean retrograde,
      @JsonProperty("sign") String sign,
      @JsonProperty("degree") double degree,
      @JsonProperty("latitude_speed") @Nullable Double latitudeSpeed,
      @JsonProperty("distance_speed") @Nullable Double distanceSpeed,
      @JsonProperty("right_ascension") @Nullable Double rightAscension,
      @JsonProperty("declination") @Nullable Double declination,
      @JsonProperty("model") @Nullable String model,
      @JsonProperty("error_bound_arcsec") @Nullable Double errorBoundArcsec,
      @JsonProperty("house") @Nullable Integer house,
      @JsonProperty("topocentric_longitude") @Nullable Double topocentricLongitude,
      @JsonProperty("topocentric_latitude") @Nullable Double topocentricLatitude) {}

  /**
   * A place.
   *
   * @param latitude degrees, −90 to 90, north positive
   * @param longitude degrees, −180 to 180, east positive
   * @param name what people call it
   */
  record Location(
      @JsonProperty(value = "latitude", required = true) double latitude,
      @JsonProperty(value = "longitude", required = true) double longitude,
      @JsonProperty("name") @Nullable String name) {}

  /**
   * Houses, or the fact that the system has none there.
   *
   * @param system the house system, {@code Placidus}
   * @param ascendant ecliptic longitude of the rising degree, degrees
   * @param midheaven ecliptic longitude of the culminating degree, degrees
   * @param vertex where the ecliptic crosses the prime vertical in the west, degrees
   * @param cusps twelve ecliptic longitudes, degrees, cusp 1 first; null where there are none
   * @param reason why there are none; null where there are
   */
  record Houses(
      @JsonProperty("system") String system,
      @JsonProperty("ascendant") double ascendant,
      @JsonProperty("midheaven") double midheaven,
      @JsonProperty("vertex") double vertex,
      @JsonProperty("cusps") @Nullable List<Double> cusps,
      @JsonProperty("reason") @Nullable String reason) {}

  /**
   * The Moon at a moment.
   *
   * @param phase one of New Moon, Waxing Crescent, First Quarter, Waxing Gibbous, Full Moon, Waning
   *     Gibbous, Last Quarter, Waning Crescent: each 45° of elongation wide, centred on its angle
   * @param illumination lit part of the disc, 0 to 1
   * @param ageDays days since the new Moon before
   * @param distanceKm between the centres of Earth and Moon, kilometres, rounded
   * @param nextNewMoon to the millisecond
   * @param nextFullMoon to the millisecond
   * @param date the moment; beyond the document
   * @param elongation longitude of the Moon less that of the Sun, degrees, 0 (closed) to 360
   *     (open); beyond the document
   * @param previousNewMoon to the millisecond; beyond the document
   */
  record MoonPhase(
      @JsonProperty("status") String status,
      @JsonProperty("phase") String phase,
      @JsonProperty("illumination") double illumination,
      @JsonProperty("age_days") double ageDays,
      @JsonProperty("distance_km") long distanceKm,
      @JsonProperty("next_new_moon") Instant nextNewMoon,
      @JsonProperty("next_full_moon") Instant nextFullMoon,
      @JsonProperty("date") @Nullable Instant date,
      @JsonProperty("elongation") @Nullable Double elongation,
      @JsonProperty("previous_new_moon") @Nullable Instant previousNewMoon) {}

  /**
   * A birth, or another moment whose map is wanted.
   *
   * @param birthDate ISO 8601
   * @param birthLocation where strengths and the longitudes of horizon lines are read
   * @param planets names; the ten planets when absent
   * @param projection {@code mundo} (the default): where the body itself was on an angle; {@code
   *     zodiacal}: where its degree of the ecliptic was; beyond the document
   * @param pathPoints how many points each line's path has, 2 to 361, or 0 for none; 37 when
   *     absent; beyond the document
   */
  record Birth(
      @JsonProperty(value = "birth_date", required = true) String birthDate,
      @JsonProperty(value = "birth_location", required = true) Location birthLocation,
      @JsonProperty("planets") @Nullable List<String> planets,
      @JsonProperty("projection") @Nullable String projection,
      @JsonProperty("path_points") @Nullable Integer pathPoints) {

    /** The map of a birth with the ten planets, in mundo. */
    public static Birth of(Instant date, double latitudeDeg, double longitudeDeg) {
      return new Birth(
          date.toString(), new Location(latitudeDeg, longitudeDeg, null), null, null, null);
    }
  }

  /**
   * The map of a birth.
   *
   * @param lines four a planet: MC, IC, ASC, DSC, planets in the order asked for
   * @param parans the strongest first
   */
  record Lines(
      @JsonProperty("status") String status,
      @JsonProperty("lines") List<Line> lines,
      @JsonProperty("parans") List<Paran> parans) {

    /** Copies both. */
    public Lines {
      lines = List.copyOf(lines);
      parans = List.copyOf(parans);
    }
  }

  /**
   * The places where a planet was on an angle.
   *
   * @param angle MC, IC, ASC or DSC
   * @param longitude geographic longitude of the line in degrees, east positive: of ASC and DSC, at
   *     {@code latitude}
   * @param strength how strongly it is felt at the birth place, above 0 and at most 1: weight of
   *     the planet × weight of the angle / (1 + (distance / 10°)²)
   * @param quality benefic, neutral or malefic, by planet and angle
   * @param latitude geographic latitude at which {@code longitude} is read: that of the birth
   *     place, or 0 where the planet neither rose nor set; beyond the document
   * @param distanceKm from the birth place to the nearest point of the line, kilometres along a
   *     sphere of 6 371.0088 km; beyond the document
   * @param path points along the line from south to north; null when none were asked for; beyond
   *     the document
   */
  record Line(
      @JsonProperty("planet") String planet,
      @JsonProperty("angle") String angle,
      @JsonProperty("longitude") double longitude,
      @JsonProperty("strength") double strength,
      @JsonProperty("quality") String quality,
      @JsonProperty("latitude") @Nullable Double latitude,
      @JsonProperty("distance_km") @Nullable Double distanceKm,
      @JsonProperty("path") @Nullable List<Point> path) {}

  /** A point on the Earth, degrees, north and east positive. */
  record Point(@JsonProperty("lat") double lat, @JsonProperty("lon") double lon) {}

  /**
   * Two planets on angles at the same sidereal time. It belongs to a whole parallel.
   *
   * @param location where on that parallel it happened at the birth itself
   * @param strength how strongly it is felt at the birth place, above 0 and at most 1, by the
   *     difference of latitude
   * @param angle1 the angle of the first planet; beyond the document
   * @param angle2 the angle of the second planet; beyond the document
   */
  record Paran(
      @JsonProperty("planet1") String planet1,
      @JsonProperty("planet2") String planet2,
      @JsonProperty("location") Point location,
      @JsonProperty("strength") double strength,
      @JsonProperty("angle1") @Nullable String angle1,
      @JsonProperty("angle2") @Nullable String angle2) {}

  /**
   * The windows of a day.
   *
   * @param date the day
   * @param times windows of at least fair quality in order of time; where none is that good, the
   *     three best
   * @param location the place whose planetary hours count; beyond the document
   */
  record AuspiciousTimes(
      @JsonProperty("status") String status,
      @JsonProperty("date") String date,
      @JsonProperty("activity") String activity,
      @JsonProperty("times") List<Window> times,
      @JsonProperty("location") @Nullable Location location) {

    /** Copies the windows. */
    public AuspiciousTimes {
      times = List.copyOf(times);
    }
  }

  /**
   * A stretch of time in which nothing that counts changes.
   *
   * @param quality excellent (from 75 points), good (from 60), fair (from 40) or poor
   * @param planetaryHour ruler of the hour; null where the Sun does not rise and set that day
   * @param moonPhase Waxing or Waning
   * @param aspects within 3° in the middle of the window, such as {@code Sun trine Moon}
   * @param score 0 to 100; beyond the document
   * @param moonPhaseName one of the eight phases; beyond the document
   * @param reasons what was counted, most weighty first; beyond the document
   */
  record Window(
      @JsonProperty("start") Instant start,
      @JsonProperty("end") Instant end,
      @JsonProperty("quality") String quality,
      @JsonProperty("planetary_hour") @Nullable String planetaryHour,
      @JsonProperty("moon_phase") String moonPhase,
      @JsonProperty("aspects") List<String> aspects,
      @JsonProperty("score") @Nullable Double score,
      @JsonProperty("moon_phase_name") @Nullable String moonPhaseName,
      @JsonProperty("reasons") @Nullable List<Reason> reasons) {

    /** Copies the aspects. */
    public Window {
      aspects = List.copyOf(aspects);
    }
  }

  /**
   * One thing that was counted.
   *
   * @param points what it adds to the score; negative when it speaks against
   */
  record Reason(@JsonProperty("text") String text, @JsonProperty("points") double points) {}

  /**
   * Planetary hours.
   *
   * @param nextHours the twelve that follow
   * @param dayRuler ruler of the day, which began at sunrise; beyond the document
   * @param sunrise of that day; beyond the document
   * @param sunset of that day; beyond the document
   * @param nextSunrise where that day ends; beyond the document
   * @param location the place; beyond the document
   */
  record PlanetaryHours(
      @JsonProperty("status") String status,
      @JsonProperty("current_hour") Hour currentHour,
      @JsonProperty("next_hours") List<NextHour> nextHours,
      @JsonProperty("day_ruler") @Nullable String dayRuler,
      @JsonProperty("sunrise") @Nullable Instant sunrise,
      @JsonProperty("sunset") @Nullable Instant sunset,
      @JsonProperty("next_sunrise") @Nullable Instant nextSunrise,
      @JsonProperty("location") @Nullable Location location) {

    /** Copies the hours. */
    public PlanetaryHours {
      nextHours = List.copyOf(nextHours);
    }
  }

  /**
   * The hour that holds the moment.
   *
   * @param planet its ruler
   * @param quality benefic, neutral or malefic
   * @param start inclusive, to the millisecond
   * @param end exclusive, to the millisecond
   * @param attributes words that tradition gives the ruler
   * @param number 1 to 12 from sunrise to sunset, 13 to 24 from then on; beyond the document
   */
  record Hour(
      @JsonProperty("planet") String planet,
      @JsonProperty("quality") String quality,
      @JsonProperty("start") Instant start,
      @JsonProperty("end") Instant end,
      @JsonProperty("attributes") List<String> attributes,
      @JsonProperty("number") @Nullable Integer number) {

    /** Copies the attributes. */
    public Hour {
      attributes = List.copyOf(attributes);
    }
  }

  /**
   * An hour that follows.
   *
   * @param end exclusive; beyond the document
   * @param quality benefic, neutral or malefic; beyond the document
   */
  record NextHour(
      @JsonProperty("planet") String planet,
      @JsonProperty("start") Instant start,
      @JsonProperty("end") @Nullable Instant end,
      @JsonProperty("quality") @Nullable String quality) {}
}
