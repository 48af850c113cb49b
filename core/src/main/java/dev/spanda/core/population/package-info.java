/**
 * Whom practice is meant for. {@link dev.spanda.core.population.Populations} keeps groups of beings
 * with their names, categories and estimated sizes, notes which sessions and broadcasts were done
 * for each, and counts from the stored records of that work how many run now and how long all of
 * them have run.
 */
@NullMarked
package dev.spanda.core.population;

import org.jspecify.annotations.NullMarked;
