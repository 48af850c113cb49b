/**
 * How bodies stand to one another and to the signs: eleven {@link
 * dev.spanda.astrology.aspect.AspectKind aspects} with {@link dev.spanda.astrology.aspect.Orbs
 * orbs} per aspect and body, applying or separating; {@link dev.spanda.astrology.aspect.Midpoint
 * midpoints} on the shorter side; essential {@link dev.spanda.astrology.aspect.Dignities
 * dignities}.
 */
@NullMarked
package dev.spanda.astrology.aspect;

import org.jspecify.annotations.NullMarked;
