package dev.spanda.audio.synth;

import java.util.Arrays;

/**
 * Computes the groups of blocks of a score, in order or from any on. The phasors of a block follow
 * from the block's number alone: every {@link Score#BLOCKS_PER_ANCHOR} blocks they are set from the
 * exact phase, in between they are stepped, and a jump repeats the steps from the last such block.
 */
final class Renderer {

  /** 300 dB below full scale. */
  private static final double FAINTEST = 1e-15;

  private final Score score;
  private final Mixer mixer;
  private final double[] re;
  private final double[] im;
  private final int[] live;
  private final boolean[] isLive;
  private int liveCount;
  private int folded;
  private long block;
  private long group = -2;

  /** By block of the group, then by line: the phasors, and how many entries they are made of. */
  private final double[][] blockRe;

  private final double[][] blockIm;
  private final int[] blockFolded = new int[Score.BLOCKS_PER_GROUP];

  private final double[] onsetRe;
  private final double[] onsetIm;
  private final int[] onsetLines;
  private final double[] weight = new double[Score.BLOCK];

  /** By channel: the frames of the group. */
  private final float[][] out;

  Renderer(Score score, Mixer mixer) {
    this.score = score;
    this.mixer = mixer;
    int lines = score.turnPerFrame.length;
    re = new double[lines];
    im = new double[lines];
    live = new int[lines];
    isLive = new boolean[lines];
    onsetRe = new double[lines];
    onsetIm = new double[lines];
    onsetLines = new int[lines];
    blockRe = new double[Score.BLOCKS_PER_GROUP][lines];
    blockIm = new double[Score.BLOCKS_PER_GROUP][lines];
    out = new float[score.channels][Score.GROUP];
  }

  /** The frames of a group by channel; valid until the next call; not to be modified. */
  float[][] render(long wanted) {
    if (wanted == group) {
      return out;
    }
    moveTo(wanted);
    for (int channel = 0; channel < out.length; channel++) {
      double[] gain = score.gain[channel];
      mixer.sum(liveCount, live, blockRe, blockIm, gain);
      for (int i = 0; i < Score.BLOCKS_PER_GROUP; i++) {
        shape(i, (wanted * Score.BLOCKS_PER_GROUP + i) * Score.BLOCK, gain);
      }
      mixer.into(out[channel]);
    }
    return out;
  }

  /** Does to one block of the group what is done to a block after its sum. */
  private void shape(int index, long firstFrame, double[] gain) {
    int entry = blockFolded[index];
    if (entry < score.entryStart.length && score.entryStart[entry] < firstFrame + Score.BLOCK) {
      addOnsets(index, entry, firstFrame, gain);
    }
    for (int i = 0; i < score.tremoloDepth.length; i++) {
      long turn = score.tremoloTurnPerFrame[i] * firstFrame;
      double half = score.tremoloDepth[i] / 2;
      mixer.modulate(index, i, 1 - half, half * Turn.cosine(turn), -half * Turn.sine(turn));
    }
    for (long turnPerFrame : score.pulseTurnPerFrame) {
      for (int i = 0; i < Score.BLOCK; i++) {
        weight[i] = Score.gate(turnPerFrame * (firstFrame + i));
      }
      mixer.scale(index, weight);
    }
    if (firstFrame + Score.BLOCK > score.frames - score.fadeFrames) {
      for (int i = 0; i < Score.BLOCK; i++) {
        weight[i] = Score.rise(score.frames - 1 - firstFrame - i, score.fadeFrames);
      }
      mixer.scale(index, weight);
    }
  }

  /** Works out the phasors of all blocks of the group. */
  private void moveTo(long wanted) {
    long first = wanted * Score.BLOCKS_PER_GROUP;
    if (wanted != group + 1 || first % Score.BLOCKS_PER_ANCHOR == 0) {
      block = first - first % Score.BLOCKS_PER_ANCHOR;
      setExactly();
    }
    group = wanted;
    while (block < first) {
      step();
    }
    for (int i = 0; i < Score.BLOCKS_PER_GROUP; i++) {
      System.arraycopy(re, 0, blockRe[i], 0, re.length);
      System.arraycopy(im, 0, blockIm[i], 0, im.length);
      blockFolded[i] = folded;
      if (i < Score.BLOCKS_PER_GROUP - 1) {
        step();
      }
    }
  }

  private void setExactly() {
    long frame = block * Score.BLOCK;
    Arrays.fill(re, 0);
    Arrays.fill(im, 0);
    Arrays.fill(isLive, false);
    liveCount = 0;
    folded = score.foldedAt(block);
    for (int entry = score.firstAliveAt(frame); entry < folded; entry++) {
      if (score.entryDead[entry] > frame) {
        fold(entry, frame);
      }
    }
  }

  private void step() {
    for (int i = 0; i < liveCount; i++) {
      int line = live[i];
      double x = re[line];
      double y = im[line];
      re[line] = x * score.stepRe[line] - y * score.stepIm[line];
      im[line] = x * score.stepIm[line] + y * score.stepRe[line];
      // Before the phasor comes near the denormal floats, which are slow, it is silence.
      if (Math.abs(re[line]) + Math.abs(im[line]) < FAINTEST) {
        re[line] = 0;
        im[line] = 0;
      }
    }
    block++;
    while (folded < score.entryFold.length && score.entryFold[folded] <= block) {
      fold(folded, block * Score.BLOCK);
      folded++;
    }
  }

  private void fold(int entry, long frame) {
    int line = score.entryLine[entry];
    addPhasor(entry, frame, re, im);
    if (!isLive[line]) {
      isLive[line] = true;
      live[liveCount++] = line;
    }
  }

  /** Adds what an entry's phasor is at the frame, which may lie a little before its start. */
  private void addPhasor(int entry, long frame, double[] intoRe, double[] intoIm) {
    int line = score.entryLine[entry];
    long age = frame - score.entryStart[entry];
    double fall = score.fall(line, age);
    long turn = score.turnPerFrame[line] * age;
    double c = fall * Turn.cosine(turn);
    double s = fall * Turn.sine(turn);
    intoRe[line] += score.entryRe[entry] * c - score.entryIm[entry] * s;
    intoIm[line] += score.entryRe[entry] * s + score.entryIm[entry] * c;
  }

  /** Adds the entries that begin in this block or are still rising; one sum for each start. */
  private void addOnsets(int index, int first, long firstFrame, double[] gain) {
    int entry = first;
    while (entry < score.entryStart.length && score.entryStart[entry] < firstFrame + Score.BLOCK) {
      long start = score.entryStart[entry];
      Arrays.fill(onsetRe, 0);
      Arrays.fill(onsetIm, 0);
      int count = 0;
      for (; entry < score.entryStart.length && score.entryStart[entry] == start; entry++) {
        int line = score.entryLine[entry];
        boolean isNew = true;
        for (int i = 0; i < count; i++) {
          isNew &= onsetLines[i] != line;
        }
        if (isNew) {
          onsetLines[count++] = line;
        }
        addPhasor(entry, firstFrame, onsetRe, onsetIm);
      }
      for (int i = 0; i < Score.BLOCK; i++) {
        weight[i] = Score.rise(firstFrame + i - start, score.onsetFrames);
      }
      mixer.addShaped(index, count, onsetLines, onsetRe, onsetIm, gain, weight);
    }
  }
}
