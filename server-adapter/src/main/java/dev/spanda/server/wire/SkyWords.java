package dev.spanda.server.wire;

import dev.spanda.astrology.Body;
import dev.spanda.astrology.Place;
import dev.spanda.astrology.ephemeris.Ephemeris;
import dev.spanda.astrology.time.JulianDate;
import dev.spanda.astrology.time.TimeScale;
import dev.spanda.core.Failure;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what people write about the sky: moments, places and bodies. Every failure names the field,
 * the value and what is allowed.
 */
public final class SkyWords {

  /** The first day that can be asked for. */
  public static final String FIRST_DATE = "1600-01-01";

  /** The last day that can be asked for. */
  public static final String LAST_DATE = "2399-12-31";

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");

  private static final String DATE_FORMS =
      " must be an ISO 8601 date or time such as 2024-01-15, 2024-01-15T10:30:00Z or"
          + " 2024-01-15T10:30:00+01:00 (UTC without an offset), from "
          + FIRST_DATE
          + " to "
          + LAST_DATE;

  private SkyWords() {}

  /**
   * A moment with the offset it was written in.
   *
   * @param subject the field's name
   * @param text a date, which begins at midnight, or a time; with or without an offset, UTC without
   * @throws Failure INVALID when it is neither, or lies outside the years 1600 to 2399
   */
  public static OffsetDateTime time(String subject, String text) {
    String trimmed = text.strip();
    OffsetDateTime time;
    try {
      time = parse(trimmed);
    } catch (DateTimeParseException e) {
      throw Failure.invalid(subject, text, subject + DATE_FORMS + "; was " + shown(text))
          .causedBy(e);
    }
    double day =
        Math.abs(time.getYear()) > 9_999
            ? Double.NaN
            : JulianDate.of(time.toInstant()).to(TimeScale.TT).day();
    if (!(day >= Ephemeris.FIRST_DAY && day <= Ephemeris.LAST_DAY)) {
      throw outside(subject, text);
    }
    return time;
  }

  /**
   * The same as an instant.
   *
   * @throws Failure as {@link #time}
   */
  public static Instant instant(String subject, String text) {
    return time(subject, text).toInstant();
  }

  /**
   * What a search gives, when it may run out of the years that the ephemeris holds.
   *
   * @param text the date it began with, as it was written
   * @throws Failure INVALID, named for the field, when it does
   */
  public static <T> T withinYears(String subject, String text, Supplier<T> search) {
    try {
      return search.get();
    } catch (Failure e) {
      if (e.reason() == Failure.Reason.INVALID && e.subject().equals("date")) {
        throw outside(subject, text).causedBy(e);
      }
      throw e;
    }
  }

  /**
   * A place.
   *
   * @param text latitude and longitude in degrees with a comma between, and perhaps, after another
   *     comma, the elevation in metres
   * @throws Failure INVALID when it is not that, or a number is out of its range
   */
  public static Place place(String subject, String text) {
    String[] parts = text.split(",", -1);
    if (parts.length < 2 || parts.length > 3) {
      throw notPlace(subject, text);
    }
    double[] numbers = new double[3];
    for (int i = 0; i < parts.length; i++) {
      String part = parts[i].strip();
      if (!NUMBER.matcher(part).matches()) {
        throw notPlace(subject, text);
      }
      numbers[i] = Double.parseDouble(part);
    }
    try {
      return new Place(numbers[0], numbers[1], numbers[2]);
    } catch (Failure e) {
      // The caller knows one field, not its parts.
      Failure named = Failure.invalid(subject, text, subject + ": " + e.getMessage());
      for (String key : List.of(Failure.MIN_VALUE, Failure.MAX_VALUE)) {
        named = named.with(key, e.details().get(key));
      }
      throw named.causedBy(e);
    }
  }

  /**
   * Bodies by name, each once, in their order.
   *
   * @throws Failure INVALID when there is none, or one that cannot be seen from the Earth
   */
  public static List<Body> bodies(String subject, List<String> names) {
    Set<Body> bodies = new LinkedHashSet<>();
    for (String name : names) {
      bodies.add(body(subject, name));
    }
    if (bodies.isEmpty()) {
      throw Failure.invalid(subject, "", subject + " must name at least one body")
          .with(Failure.ALLOWED_VALUES, visible());
    }
    return List.copyOf(bodies);
  }

  /**
   * Bodies from a list with commas.
   *
   * @throws Failure as {@link #bodies(String, List)}
   */
  public static List<Body> bodies(String subject, String list) {
    return bodies(subject, new ArrayList<>(Arrays.asList(list.split(",", -1))));
  }

  /**
   * One body.
   *
   * @throws Failure INVALID when there is none of that name, or it is the Earth
   */
  public static Body body(String subject, @Nullable String name) {
    Body body;
    try {
      body = Body.parse(name == null ? null : name.strip());
    } catch (Failure e) {
      throw Failure.notAllowed(subject, name, visible()).causedBy(e);
    }
    if (body == Body.EARTH) {
      throw Failure.notAllowed(subject, name, visible());
    }
    return body;
  }

  private static List<String> visible() {
    return Arrays.stream(Body.values())
        .filter(body -> body != Body.EARTH)
        .map(Body::label)
        .toList();
  }

  private static OffsetDateTime parse(String text) {
    if (text.length() <= 10) {
      return LocalDate.parse(text).atStartOfDay().atOffset(ZoneOffset.UTC);
    }
    // A plus that was sent unencoded arrives as a space; some write a space instead of the T.
    String joined =
        text.indexOf('T') < 0 && text.indexOf('t') < 0
            ? text.replaceFirst(" ", "T")
            : text.replace(' ', '+');
    try {
      return OffsetDateTime.parse(joined, DateTimeFormatter.ISO_OFFSET_DATE_TIME);
    } catch (DateTimeParseException e) {
      return LocalDateTime.parse(joined).atOffset(ZoneOffset.UTC);
    }
  }

  private static Failure outside(String subject, String text) {
    return Failure.invalid(
            subject,
            text,
            subject
                + " must lie between "
                + FIRST_DATE
                + " and "
                + LAST_DATE
                + ", with all that is searched from it; was "
                + shown(text))
        .with(Failure.MIN_VALUE, FIRST_DATE)
        .with(Failure.MAX_VALUE, LAST_DATE);
  }

  private static Failure notPlace(String subject, String text) {
    return Failure.invalid(
        subject,
        text,
        subject
            + " must be \"latitude,longitude\" in degrees, -90 to 90 and -180 to 180, north and"
            + " east positive, such as 37.7749,-122.4194; was "
            + shown(text));
  }

  private static String shown(String text) {
    return text.length() <= 60 ? text : text.substring(0, 60) + "…";
  }
}
