package dev.spanda.biofield.metric;

import dev.spanda.biofield.Metrics;

/**
 * One measured picture.
 *
 * @param metrics the thirty metrics
 * @param traits what the scores need besides
 * @param sample gray along a Hilbert curve over the smallest rectangle that holds the mask, the
 *     same places in every picture of that size, 0 to 255, −1 where a place is not selected; owned
 *     by the receiver
 */
@SuppressWarnings("ArrayRecordComponent") // A value for one receiver that never compares it.
public record Measured(Metrics metrics, Traits traits, int[] sample) {}
