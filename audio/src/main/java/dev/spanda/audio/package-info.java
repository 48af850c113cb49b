/**
 * Sound as numbers: {@link dev.spanda.audio.Sound} is anything that can be read from any frame,
 * {@link dev.spanda.audio.Pcm} is a sound held in memory. Samples are floats; full scale is ±1;
 * channels lie in arrays of their own.
 */
@NullMarked
package dev.spanda.audio;

import org.jspecify.annotations.NullMarked;
