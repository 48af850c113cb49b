/**
 * When to begin something: {@link dev.spanda.astrology.election.Elections} cuts days into windows
 * and scores each for an {@link dev.spanda.astrology.election.Activity}, saying why.
 */
@NullMarked
package dev.spanda.astrology.election;

import org.jspecify.annotations.NullMarked;
