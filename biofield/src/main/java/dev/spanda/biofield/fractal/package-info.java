/**
 * Fractal dimensions of pictures: {@link dev.spanda.biofield.fractal.BoxCount} for a set of pixels,
 * {@link dev.spanda.biofield.fractal.Variogram} for the surface that the brightness makes.
 */
@NullMarked
package dev.spanda.biofield.fractal;

import org.jspecify.annotations.NullMarked;
