/**
 * Colour fields: soft rectangles on a ground, {@link dev.spanda.media.rothko.Rothko}, blurred by
 * the Gaussian's closed form.
 */
@NullMarked
package dev.spanda.media.rothko;

import org.jspecify.annotations.NullMarked;
