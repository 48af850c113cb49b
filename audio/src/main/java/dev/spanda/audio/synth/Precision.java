package dev.spanda.audio.synth;

/**
 * How exactly a {@link PartialBank} computes. Both give the same bits on every JDK and processor;
 * they differ in speed and in the distance from exact arithmetic.
 */
public enum Precision {
  /**
   * Block tables in float: at least 140 dB of signal to error, also half an hour into the sound.
   * The default.
   */
  FAST,
  /**
   * Block tables in double: at least 151 dB of signal to error, which is what rounding each sample
   * to a float leaves. About half as fast.
   */
  PRECISE
}
