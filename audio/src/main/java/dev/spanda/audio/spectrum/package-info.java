/**
 * What frequencies a sound has: {@link dev.spanda.audio.spectrum.SpectrumAnalyzer} reads calibrated
 * bands at a playhead, {@link dev.spanda.audio.spectrum.Spectrogram} draws a whole sound as a PNG.
 */
@NullMarked
package dev.spanda.audio.spectrum;

import org.jspecify.annotations.NullMarked;
