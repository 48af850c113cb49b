package dev.spanda.audio.synth;

import java.util.Arrays;

/** The fast one: tables, products and sums in float. */
final class FloatMixer implements Mixer {

  /** The tables of a score in float, made once and shared by its readers. */
  @SuppressWarnings("ArrayRecordComponent") // Shared by forks, never compared.
  record Tables(float[][] cosine, float[][] sine, float[][] tremoloCosine, float[][] tremoloSine) {

    static Tables of(Score score) {
      return new Tables(
          narrow(score.cosine),
          narrow(score.sine),
          narrow(score.tremoloCosine),
          narrow(score.tremoloSine));
    }

    private static float[][] narrow(double[][] tables) {
      float[][] narrow = new float[tables.length][];
      for (int i = 0; i < tables.length; i++) {
        // Lines of one frequency and decay share their table, as they do in double.
        narrow[i] =
            i > 0 && tables[i] == tables[i - 1] ? narrow[i - 1] : FloatMixer.narrow(tables[i]);
      }
      return narrow;
    }
  }

  private final Tables tables;
  private final float[][] out = new float[Score.BLOCKS_PER_GROUP][Score.BLOCK];
  private final float[] shaped = new float[Score.BLOCK];

  FloatMixer(Tables tables) {
    this.tables = tables;
  }

  @Override
  public void sum(int count, int[] lines, double[][] re, double[][] im, double[] gain) {
    if (count == 0) {
      for (float[] block : out) {
        Arrays.fill(block, 0f);
      }
    }
    // Pairs outside, blocks inside: the four tables of a pair stay in the first cache.
    for (int i = 0; i < count; i += 2) {
      for (int block = 0; block < out.length; block++) {
        sumPair(i, count, lines, re[block], im[block], gain, out[block]);
      }
    }
  }

  @Override
  public void addShaped(
      int block, int count, int[] lines, double[] re, double[] im, double[] gain, double[] weight) {
    for (int i = 0; i < count; i += 2) {
      sumPair(i, count, lines, re, im, gain, shaped);
    }
    FloatKernel.addWeighted(out[block], shaped, narrow(weight));
  }

  /**
   * Adds lines i and i + 1 to a block, or sets it when i is 0; the last may be without a partner.
   */
  private void sumPair(
      int i, int count, int[] lines, double[] re, double[] im, double[] gain, float[] into) {
    int a = lines[i];
    float[] cosineA = tables.cosine[a];
    float[] sineA = tables.sine[a];
    float p = (float) (im[a] * gain[a]);
    float q = (float) (re[a] * gain[a]);
    if (i + 1 == count) {
      if (i == 0) {
        FloatKernel.setOne(into, cosineA, sineA, p, q);
      } else {
        FloatKernel.addOne(into, cosineA, sineA, p, q);
      }
      return;
    }
    int b = lines[i + 1];
    float[] cosineB = tables.cosine[b];
    float[] sineB = tables.sine[b];
    float r = (float) (im[b] * gain[b]);
    float s = (float) (re[b] * gain[b]);
    if (i == 0) {
      FloatKernel.setTwo(into, cosineA, sineA, cosineB, sineB, p, q, r, s);
    } else {
      FloatKernel.addTwo(into, cosineA, sineA, cosineB, sineB, p, q, r, s);
    }
  }

  @Override
  public void modulate(int block, int tremolo, double base, double cosine, double sine) {
    FloatKernel.modulate(
        out[block],
        tables.tremoloCosine[tremolo],
        tables.tremoloSine[tremolo],
        (float) base,
        (float) cosine,
        (float) sine);
  }

  @Override
  public void scale(int block, double[] weight) {
    FloatKernel.scale(out[block], narrow(weight));
  }

  @Override
  public void into(float[] target) {
    for (int block = 0; block < out.length; block++) {
      System.arraycopy(out[block], 0, target, block * Score.BLOCK, Score.BLOCK);
    }
  }

  private static float[] narrow(double[] values) {
    float[] narrow = new float[values.length];
    for (int i = 0; i < values.length; i++) {
      narrow[i] = (float) values[i];
    }
    return narrow;
  }
}
