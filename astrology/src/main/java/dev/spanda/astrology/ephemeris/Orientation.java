package dev.spanda.astrology.ephemeris;

/**
 * How the Earth stands at an instant.
 *
 * @param meanObliquityDeg inclination of the mean equator to the ecliptic of date, degrees
 * @param trueObliquityDeg the same with nutation, degrees
 * @param nutationLongitudeDeg nutation in longitude, degrees
 * @param nutationObliquityDeg nutation in obliquity, degrees
 * @param siderealTimeDeg Greenwich apparent sidereal time, 0 (closed) to 360 (open) degrees
 */
public record Orientation(
    double meanObliquityDeg,
    double trueObliquityDeg,
    double nutationLongitudeDeg,
    double nutationObliquityDeg,
    double siderealTimeDeg) {}
