package dev.spanda.audio.synth;

import java.util.Arrays;

/** The precise one: tables, products and sums in double; only the sample is rounded to float. */
final class DoubleMixer implements Mixer {

  private final Score score;
  private final double[][] out = new double[Score.BLOCKS_PER_GROUP][Score.BLOCK];
  private final double[] shaped = new double[Score.BLOCK];
  private final float[] rounded = new float[Score.BLOCK];

  DoubleMixer(Score score) {
    this.score = score;
  }

  @Override
  public void sum(int count, int[] lines, double[][] re, double[][] im, double[] gain) {
    if (count == 0) {
      for (double[] block : out) {
        Arrays.fill(block, 0);
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
    DoubleKernel.addWeighted(out[block], shaped, weight);
  }

  /**
   * Adds lines i and i + 1 to a block, or sets it when i is 0; the last may be without a partner.
   */
  private void sumPair(
      int i, int count, int[] lines, double[] re, double[] im, double[] gain, double[] into) {
    int a = lines[i];
    double[] cosineA = score.cosine[a];
    double[] sineA = score.sine[a];
    double p = im[a] * gain[a];
    double q = re[a] * gain[a];
    if (i + 1 == count) {
      if (i == 0) {
        DoubleKernel.setOne(into, cosineA, sineA, p, q);
      } else {
        DoubleKernel.addOne(into, cosineA, sineA, p, q);
      }
      return;
    }
    int b = lines[i + 1];
    double[] cosineB = score.cosine[b];
    double[] sineB = score.sine[b];
    double r = im[b] * gain[b];
    double s = re[b] * gain[b];
    if (i == 0) {
      DoubleKernel.setTwo(into, cosineA, sineA, cosineB, sineB, p, q, r, s);
    } else {
      DoubleKernel.addTwo(into, cosineA, sineA, cosineB, sineB, p, q, r, s);
    }
  }

  @Override
  public void modulate(int block, int tremolo, double base, double cosine, double sine) {
    DoubleKernel.modulate(
        out[block], score.tremoloCosine[tremolo], score.tremoloSine[tremolo], base, cosine, sine);
  }

  @Override
  public void scale(int block, double[] weight) {
    DoubleKernel.scale(out[block], weight);
  }

  @Override
  public void into(float[] target) {
    for (int block = 0; block < out.length; block++) {
      DoubleKernel.round(rounded, out[block]);
      System.arraycopy(rounded, 0, target, block * Score.BLOCK, Score.BLOCK);
    }
  }
}
