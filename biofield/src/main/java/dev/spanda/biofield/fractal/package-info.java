/**
 * Fractal dimensions of pictures: {@link dev.spanda.biofield.fractal.BoxCount} for a set of pixels,
 * {@link dev.spanda.biofield.fractal.Variogram} for the surface that the brightness makes; and
 * {@link dev.spanda.biofield.fractal.CurveDimension} for the graph of a series.
 */
@NullMarked
package dev.spanda.biofield.fractal;

import org.jspecify.annotations.NullMarked;
