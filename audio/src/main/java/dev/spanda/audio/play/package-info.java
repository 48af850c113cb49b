/**
 * Playback: a {@link dev.spanda.audio.play.Player} plays any {@link dev.spanda.audio.Sound} on an
 * {@link dev.spanda.audio.play.AudioOutput}, which is a sound card or, where there is none, a
 * silent clock. A machine without a card is an answer, not an exception.
 */
@NullMarked
package dev.spanda.audio.play;

import org.jspecify.annotations.NullMarked;
