/**
 * Vajra.Stream over the engines of sound and practice: its endpoints, its live socket and its way
 * of telling errors.
 */
@NullMarked
package dev.spanda.server.vajra;

import org.jspecify.annotations.NullMarked;
