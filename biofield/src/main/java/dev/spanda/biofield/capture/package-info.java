/**
 * From the bytes of a picture to a {@link dev.spanda.biofield.Frame}, back again, and the PIP
 * picture. {@link dev.spanda.biofield.capture.Pictures} reads JPEG, PNG and BMP as strangers send
 * them: the kind is told by the first bytes, the size is read before anything is decoded, and
 * whatever is wrong is a failure whose subject is {@code image}.
 */
@NullMarked
package dev.spanda.biofield.capture;

import org.jspecify.annotations.NullMarked;
