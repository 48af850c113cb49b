/**
 * What the history of runs tells about the next one: which inputs come before failures, and how
 * long a run will take. {@link dev.spanda.core.learning.Learning} counts words of the inputs,
 * forecasts each run before it learns from it, and says how good the forecasts were.
 */
@NullMarked
package dev.spanda.core.learning;

import org.jspecify.annotations.NullMarked;
