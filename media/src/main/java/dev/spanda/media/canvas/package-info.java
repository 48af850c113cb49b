/**
 * Pictures from shapes and words, without the fonts and the rasteriser of the machine: {@link
 * dev.spanda.media.canvas.Typeface} reads glyph outlines from bundled fonts, {@link
 * dev.spanda.media.canvas.TextLayout} sets them as {@link dev.spanda.media.canvas.Outline}s, a
 * {@link dev.spanda.media.canvas.Canvas} keeps what is drawn and gives it as pixels, PNG, SVG or
 * PDF, the same on every machine. {@link dev.spanda.media.canvas.Resizer} changes the size of
 * pictures.
 */
@NullMarked
package dev.spanda.media.canvas;

import org.jspecify.annotations.NullMarked;
