/**
 * Six scores from measured inputs. {@link dev.spanda.biofield.score.Scoring} holds the weights;
 * {@link dev.spanda.biofield.score.Course} is what only a sequence of pictures can say. A missing
 * input gives its weight to the others and never becomes a default.
 */
@NullMarked
package dev.spanda.biofield.score;

import org.jspecify.annotations.NullMarked;
