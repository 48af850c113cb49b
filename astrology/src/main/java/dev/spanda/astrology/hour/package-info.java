/**
 * {@linkplain dev.spanda.astrology.hour.PlanetaryHours Planetary hours}: day and night each in
 * twelve equal parts, ruled in Chaldean order from the ruler of the weekday.
 */
@NullMarked
package dev.spanda.astrology.hour;

import org.jspecify.annotations.NullMarked;
