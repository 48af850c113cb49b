/**
 * The Moon's own calendar: {@linkplain dev.spanda.astrology.moon.MoonCalendar phases, illumination,
 * age, next new and full Moon}, and the hours it is {@linkplain
 * dev.spanda.astrology.moon.VoidOfCourse void of course}.
 */
@NullMarked
package dev.spanda.astrology.moon;

import org.jspecify.annotations.NullMarked;
