package dev.spanda.media.moderation;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * The weights of one logistic regression in steps of a 127th of the largest kept, and how its sum
 * becomes a probability: 1 / (1 + exp(−(slope · sum + shift))). Source of that form: J. Platt,
 * "Probabilistic Outputs for Support Vector Machines", Advances in Large Margin Classifiers, MIT
 * Press 1999, pages 61–74. Immutable and thread-safe; the weights are not copied.
 */
record Head(byte[] weights, float step, float bias, float slope, float shift) {

  /** What share of the weights is kept as it is; the few beyond are cut to the largest kept. */
  private static final double KEPT = 0.9998;

  static Head of(float[] weights, float bias, double slope, double shift) {
    float[] sizes = new float[weights.length];
    for (int i = 0; i < weights.length; i++) {
      sizes[i] = Math.abs(weights[i]);
    }
    java.util.Arrays.sort(sizes);
    float largest = Math.max(1e-6f, sizes[(int) (KEPT * (sizes.length - 1))]);
    float step = largest / 127;
    byte[] steps = new byte[weights.length];
    for (int i = 0; i < weights.length; i++) {
      steps[i] = (byte) Math.max(-127, Math.min(127, Math.round(weights[i] / step)));
    }
    return new Head(steps, step, bias, (float) slope, (float) shift);
  }

  static Head read(DataInputStream in) throws IOException {
    byte[] weights = new byte[Features.SIZE];
    in.readFully(weights);
    return new Head(weights, in.readFloat(), in.readFloat(), in.readFloat(), in.readFloat());
  }

  void write(DataOutputStream out) throws IOException {
    out.write(weights);
    out.writeFloat(step);
    out.writeFloat(bias);
    out.writeFloat(slope);
    out.writeFloat(shift);
  }

  double sum(int[] places, int count) {
    int sum = 0;
    for (int i = 0; i < count; i++) {
      sum += weights[places[i]];
    }
    return sum * (double) step;
  }

  /** StrictMath, so that the same message has the same probability everywhere. */
  double probability(double sum) {
    return 1 / (1 + StrictMath.exp(-(slope * sum + shift)));
  }
}
