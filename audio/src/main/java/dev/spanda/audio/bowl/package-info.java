/**
 * Singing bowls: {@link dev.spanda.audio.bowl.Bowl} is what a bowl is, measured or {@linkplain
 * dev.spanda.audio.bowl.RingLaw computed}, {@link dev.spanda.audio.bowl.Stroke} what is done to it,
 * {@link dev.spanda.audio.bowl.BowlSynth} the sound that comes of it.
 */
@NullMarked
package dev.spanda.audio.bowl;

import org.jspecify.annotations.NullMarked;
