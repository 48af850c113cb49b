package dev.spanda.audio.synth;

/**
 * Adds up the lines of one group of {@link Score#BLOCKS_PER_GROUP} blocks, in float or in double.
 */
interface Mixer {

  /**
   * Begins every block of the group with the sum of some lines.
   *
   * @param lines the indices of the lines, in its first {@code count} elements; not modified
   * @param re by block: the phasor of each line at the first frame of the block; not modified
   * @param im its imaginary part; not modified
   * @param gain what each line is multiplied by; not modified
   */
  void sum(int count, int[] lines, double[][] re, double[][] im, double[] gain);

  /** Adds the sum of some lines to one block, each frame multiplied by its weight. */
  void addShaped(
      int block, int count, int[] lines, double[] re, double[] im, double[] gain, double[] weight);

  /** Multiplies a block by {@code base + cosine·C + sine·S}, C and S being a tremolo's tables. */
  void modulate(int block, int tremolo, double base, double cosine, double sine);

  /** Multiplies each frame of a block by its weight. */
  void scale(int block, double[] weight);

  /** Writes the blocks one after another. */
  void into(float[] out);
}
