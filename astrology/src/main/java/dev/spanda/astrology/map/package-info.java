/**
 * Where on Earth a body stood on an angle: {@link dev.spanda.astrology.map.AstroMap} with its
 * {@link dev.spanda.astrology.map.MapLine lines} at any latitude and its {@link
 * dev.spanda.astrology.map.Paran parans}, all in closed form, and two drawings of them as SVG.
 *
 * <p>Every line is half a great circle: the body is on the meridian along half a meridian, and on
 * the horizon along half of the circle that lies 90° from the place where it stands in the zenith.
 */
@NullMarked
package dev.spanda.astrology.map;

import org.jspecify.annotations.NullMarked;
