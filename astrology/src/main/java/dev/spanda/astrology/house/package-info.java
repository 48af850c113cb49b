/**
 * Where the sky meets the place: the angles (ascendant, midheaven, vertex), the twelve cusps in
 * fourteen {@link dev.spanda.astrology.house.HouseSystem systems}, the house of a longitude, and
 * what is reckoned from the ascendant: {@link dev.spanda.astrology.house.Sect} and the {@linkplain
 * dev.spanda.astrology.house.Lot lots}. All of it is closed form (Placidus: a bracketed Newton
 * iteration) on right ascension of the midheaven, obliquity and latitude in degrees.
 */
@NullMarked
package dev.spanda.astrology.house;

import org.jspecify.annotations.NullMarked;
