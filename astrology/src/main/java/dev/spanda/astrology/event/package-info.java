/**
 * When something happens in the sky: {@link dev.spanda.astrology.event.RiseSet rising, setting,
 * transit and twilight} over a place, {@link dev.spanda.astrology.event.ZodiacEvents ingresses,
 * stations and returns} along the ecliptic, {@link dev.spanda.astrology.event.EclipseFinder
 * eclipses}. Everything is found by root finding on the ephemeris; nothing is tabulated. {@link
 * dev.spanda.astrology.event.Almanac} joins the ephemeris and the time scales for them.
 */
@NullMarked
package dev.spanda.astrology.event;

import org.jspecify.annotations.NullMarked;
