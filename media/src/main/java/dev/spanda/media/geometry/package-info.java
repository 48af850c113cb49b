/**
 * Patterns of circles and lines, {@link dev.spanda.media.geometry.SacredGeometry}, built on exact
 * constraints whose remaining error can be asked for.
 */
@NullMarked
package dev.spanda.media.geometry;

import org.jspecify.annotations.NullMarked;
