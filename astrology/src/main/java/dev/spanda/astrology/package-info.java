/**
 * The words of the sky: bodies, places on the Earth, signs of the zodiac and positions. How they
 * are computed stands in {@code astrology.ephemeris}; what is read from them stands in the other
 * packages of this module. The module needs nothing but the core of this project.
 */
@NullMarked
package dev.spanda.astrology;

import org.jspecify.annotations.NullMarked;
