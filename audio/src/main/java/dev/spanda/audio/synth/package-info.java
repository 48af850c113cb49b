/**
 * Tones made of sinusoids: {@link dev.spanda.audio.synth.PartialBank} renders any number of
 * decaying {@linkplain dev.spanda.audio.synth.Partial partials} without drift and with the same
 * bits on every machine; {@link dev.spanda.audio.synth.Carrier} makes drones, pulses and binaural
 * beats of it; {@link dev.spanda.audio.synth.Layers} and {@link dev.spanda.audio.synth.Sequence}
 * put sounds beside and after one another while they are read.
 */
@NullMarked
package dev.spanda.audio.synth;

import org.jspecify.annotations.NullMarked;
