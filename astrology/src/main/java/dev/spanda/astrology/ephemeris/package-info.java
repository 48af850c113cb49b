/**
 * Positions of the Sun, the Moon, the planets, minor planets and lunar points, from a packed form
 * of the JPL ephemeris DE431 that is part of the jar, and outside its years from the analytical
 * theories VSOP87 and ELP/MPP02. {@link dev.spanda.astrology.ephemeris.Ephemeris} is where to
 * begin.
 */
@NullMarked
package dev.spanda.astrology.ephemeris;

import org.jspecify.annotations.NullMarked;
