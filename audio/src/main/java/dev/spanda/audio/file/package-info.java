/**
 * Sound files: {@link dev.spanda.audio.file.WavWriter} and {@link dev.spanda.audio.file.FlacWriter}
 * turn any {@link dev.spanda.audio.Sound} into a file or a stream, block by block and always into
 * the same bytes; {@link dev.spanda.audio.file.WavReader} reads a WAV file as a sound.
 */
@NullMarked
package dev.spanda.audio.file;

import org.jspecify.annotations.NullMarked;
