package dev.spanda.media.moderation;

import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * Trains the weights of one head: logistic regression by stochastic gradient descent with a rate of
 * its own for every weight. Source of the rates: J. Duchi, E. Hazan, Y. Singer, "Adaptive
 * Subgradient Methods", Journal of Machine Learning Research 12, 2011, section 1.1 (AdaGrad). Plain
 * arithmetic and StrictMath in one thread: the same samples and seed give the same weights.
 */
final class Regression {

  /**
   * What is known of a message.
   *
   * @param extra places that count whole, not as a share of the message
   * @param target 0 to 1
   * @param weight how much it counts, above 0
   */
  record Sample(int[] words, int[] letters, int[] extra, double target, double weight) {

    double under(Head head) {
      return head.bias()
          + head.sum(words, words.length) / Math.sqrt(Math.max(1, words.length))
          + head.sum(letters, letters.length) / Math.sqrt(Math.max(1, letters.length))
          + head.sum(extra, extra.length);
    }
  }

  private static final int EPOCHS = 6;

  /** The weights are the mean of those after each of the last so many epochs. */
  private static final int AVERAGED = 4;

  private static final double RATE = 0.9;
  private static final double DECAY = 1e-5;

  /** How much faster the sum of squares of a weight grows than its gradients alone. */
  private static final double CAUTION = 10;

  private static final double EXTRA = 0.5;

  private final float[] weights = new float[Features.SIZE];
  private final float[] squares = new float[Features.SIZE];
  private float bias;
  private double biasSquares = 1;

  private Regression() {
    Arrays.fill(squares, 1f);
  }

  /** A head with slope 1 and shift 0. */
  static Head train(List<Sample> samples, long seed) {
    Regression regression = new Regression();
    int[] order = new int[samples.size()];
    Arrays.setAll(order, i -> i);
    Random random = new Random(seed);
    double[] sum = new double[Features.SIZE];
    double biasSum = 0;
    for (int epoch = 0; epoch < EPOCHS; epoch++) {
      for (int i = order.length - 1; i > 0; i--) {
        int other = random.nextInt(i + 1);
        int held = order[i];
        order[i] = order[other];
        order[other] = held;
      }
      for (int at : order) {
        regression.learn(samples.get(at));
      }
      if (epoch >= EPOCHS - AVERAGED) {
        for (int i = 0; i < sum.length; i++) {
          sum[i] += regression.weights[i];
        }
        biasSum += regression.bias;
      }
    }
    float[] mean = new float[sum.length];
    for (int i = 0; i < sum.length; i++) {
      mean[i] = (float) (sum[i] / AVERAGED);
    }
    return Head.of(mean, (float) (biasSum / AVERAGED), 1, 0);
  }

  private void learn(Sample sample) {
    double words = 1 / Math.sqrt(Math.max(1, sample.words.length));
    double letters = 1 / Math.sqrt(Math.max(1, sample.letters.length));
    double sum =
        bias + words * sum(sample.words) + letters * sum(sample.letters) + sum(sample.extra);
    double slope = (1 / (1 + StrictMath.exp(-sum)) - sample.target) * sample.weight;
    step(sample.words, slope * words);
    step(sample.letters, slope * letters);
    step(sample.extra, slope * EXTRA);
    biasSquares += slope * slope;
    bias -= (float) (RATE / 3 * slope / Math.sqrt(biasSquares));
  }

  private double sum(int[] places) {
    double sum = 0;
    for (int place : places) {
      sum += weights[place];
    }
    return sum;
  }

  private void step(int[] places, double slope) {
    for (int place : places) {
      double gradient = slope + DECAY * weights[place];
      squares[place] += (float) (CAUTION * gradient * gradient);
      weights[place] -= (float) (RATE * gradient / Math.sqrt(squares[place]));
    }
  }

  /**
   * The head with slope and shift fitted to sums that it did not learn from: the maximum of the
   * weighted likelihood, by Newton's method. Source: H. Lin, C. Lin, R. Weng, "A note on Platt's
   * probabilistic outputs for support vector machines", Machine Learning 68, 2007, section 2.
   */
  static Head calibrated(Head head, double[] sums, boolean[] labels, double[] weights) {
    double slope = 1;
    double shift = 0;
    for (int round = 0; round < 50; round++) {
      double g0 = 0;
      double g1 = 0;
      double h00 = 1e-9;
      double h01 = 0;
      double h11 = 1e-9;
      for (int i = 0; i < sums.length; i++) {
        double p = 1 / (1 + StrictMath.exp(-(slope * sums[i] + shift)));
        double error = weights[i] * (p - (labels[i] ? 1 : 0));
        double spread = weights[i] * p * (1 - p);
        g0 += error * sums[i];
        g1 += error;
        h00 += spread * sums[i] * sums[i];
        h01 += spread * sums[i];
        h11 += spread;
      }
      double determinant = h00 * h11 - h01 * h01;
      double slopeStep = (h11 * g0 - h01 * g1) / determinant;
      double shiftStep = (h00 * g1 - h01 * g0) / determinant;
      double damp = Math.min(1, 2 / Math.max(1e-12, Math.abs(slopeStep) + Math.abs(shiftStep)));
      slope -= damp * slopeStep;
      shift -= damp * shiftStep;
    }
    return new Head(head.weights(), head.step(), head.bias(), (float) slope, (float) shift);
  }
}
