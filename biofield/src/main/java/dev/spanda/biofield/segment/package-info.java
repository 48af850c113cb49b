/**
 * Which pixels of a picture are measured. {@link dev.spanda.biofield.segment.Selection} turns mode
 * and region into a mask; whoever finds faces and bodies stands behind the port {@link
 * dev.spanda.biofield.segment.Segmenter}. {@link dev.spanda.biofield.segment.OpenCvSegmenter} does
 * it with two small networks when OpenCV is there; without it the whole picture can be measured and
 * nothing else is pretended.
 */
@NullMarked
package dev.spanda.biofield.segment;

import org.jspecify.annotations.NullMarked;
