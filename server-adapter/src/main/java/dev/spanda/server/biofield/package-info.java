/**
 * Biofield's document over the image field: contract records are turned into engine calls and back,
 * failures into its errors, and pictures that come over a socket are handed to the live
 * measurement. {@link dev.spanda.server.biofield.BiofieldMount} puts it together.
 */
@NullMarked
package dev.spanda.server.biofield;

import org.jspecify.annotations.NullMarked;
