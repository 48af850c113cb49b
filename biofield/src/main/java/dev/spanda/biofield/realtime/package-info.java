/**
 * Measures frames as they come in: at most so many a second, the newest first when there are too
 * many, the results in order, and never more memory than at the beginning.
 */
@NullMarked
package dev.spanda.biofield.realtime;

import org.jspecify.annotations.NullMarked;
