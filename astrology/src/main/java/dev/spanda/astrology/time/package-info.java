/**
 * Time as the sky counts it: Julian dates in UTC, UT1, TT and TDB, leap seconds from 1972 on, and
 * ΔT, the difference of TT and UT1, from −3000 to 5000. Before 1972 UTC is taken to be UT1.
 */
@NullMarked
package dev.spanda.astrology.time;

import org.jspecify.annotations.NullMarked;
