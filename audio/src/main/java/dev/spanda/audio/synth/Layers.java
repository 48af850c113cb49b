package dev.spanda.audio.synth;

import dev.spanda.audio.SampleRate;
import dev.spanda.audio.Sound;
import dev.spanda.core.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * Several sounds at once, each with its gain, place and beginning: a bowl over a drone, a binaural
 * pair beneath a voice. The mix is computed while it is read and holds no more than one block of
 * each layer. It does not limit: what the layers add up to may exceed full scale, which {@link
 * #highestSum} tells.
 *
 * <p>For one thread at a time; {@link #fork()} gives another thread its own.
 */
public final class Layers implements Sound {

  private static final int BLOCK = Score.GROUP;

  private final SampleRate sampleRate;
  private final int channels;
  private final List<Layer> layers;
  private final long[] starts;
  private final long frames;
  private final float[][] scratch;

  /**
   * One sound in the mix.
   *
   * @param sound of one or two channels; read by the mix alone from now on
   * @param gain what it is multiplied by, from 0 to 10
   * @param pan −1 is left, 0 the middle, 1 right. In a mix of two channels a sound of one channel
   *     gets cos((pan + 1)·π/4) on the left and the sine of it on the right; of a sound of two
   *     channels the side that the pan leads away from is turned down by 1 − |pan|
   * @param at when it begins, ≥ 0
   */
  public record Layer(Sound sound, double gain, double pan, Duration at) {

    /**
     * Checks the ranges.
     *
     * @throws Failure INVALID when a component is out of its range
     */
    public Layer {
      Objects.requireNonNull(sound);
      Failure.requireInRange("channels", "Channels of a layer", sound.channels(), 1, 2, "");
      Failure.requireInRange("gain", "Gain", gain, 0, 10, "");
      Failure.requireInRange("pan", "Pan", pan, -1, 1, "");
      if (at.isNegative()) {
        throw Failure.invalid("at", at, "A layer begins at 0 or later; was " + at);
      }
    }

    /** A sound from the beginning on, in the middle, at its own level. */
    public static Layer of(Sound sound) {
      return new Layer(sound, 1, 0, Duration.ZERO);
    }

    float gainOf(int channel, int channels) {
      if (channels == 1) {
        return (float) gain;
      }
      if (sound.channels() == 2) {
        double away = channel == 0 ? pan : -pan;
        return (float) (gain * (1 - Math.max(0, away)));
      }
      double angle = (pan + 1) * (Math.PI / 4);
      return (float) (gain * (channel == 0 ? StrictMath.cos(angle) : StrictMath.sin(angle)));
    }
  }

  private Layers(SampleRate sampleRate, int channels, List<Layer> layers) {
    this.sampleRate = sampleRate;
    this.channels = channels;
    this.layers = layers;
    this.starts = new long[layers.size()];
    long last = 0;
    for (int i = 0; i < starts.length; i++) {
      starts[i] = sampleRate.framesIn(layers.get(i).at);
      last = Math.max(last, starts[i] + layers.get(i).sound.frames());
    }
    this.frames = last;
    this.scratch = new float[2][BLOCK];
  }

  /**
   * The mix; it ends with the layer that ends last, and has two channels when a layer has two or is
   * not in the middle.
   *
   * @param layers at least one, all of one sample rate; copied
   * @throws Failure INVALID when there is none or the rates differ
   */
  public static Layers of(List<Layer> layers) {
    List<Layer> copy = List.copyOf(layers);
    if (copy.isEmpty()) {
      throw Failure.invalid("layers", 0, "A mix has at least one layer; had none");
    }
    SampleRate rate = copy.get(0).sound.sampleRate();
    int channels = 1;
    for (Layer layer : copy) {
      if (!layer.sound.sampleRate().equals(rate)) {
        throw Failure.invalid(
            "sample_rate",
            layer.sound.sampleRate().hz(),
            "All layers have the sample rate of the first, " + rate.hz() + " Hz");
      }
      if (layer.sound.channels() == 2 || layer.pan != 0) {
        channels = 2;
      }
    }
    return new Layers(rate, channels, copy);
  }

  /** A mix of two or more sounds from the beginning on, each at its own level. */
  public static Layers of(Sound first, Sound... more) {
    List<Layer> layers = new ArrayList<>();
    layers.add(Layer.of(first));
    for (Sound sound : more) {
      layers.add(Layer.of(sound));
    }
    return of(layers);
  }

  /**
   * What the samples of the mix cannot exceed when no layer exceeds full scale: the sum of the
   * gains.
   */
  public double highestSum() {
    return layers.stream().mapToDouble(Layer::gain).sum();
  }

  @Override
  public SampleRate sampleRate() {
    return sampleRate;
  }

  @Override
  public int channels() {
    return channels;
  }

  @Override
  public long frames() {
    return frames;
  }

  @Override
  public void read(long firstFrame, float[][] into, int offset, int count) {
    for (int channel = 0; channel < channels; channel++) {
      Objects.checkFromIndexSize(offset, count, into[channel].length);
      Arrays.fill(into[channel], offset, offset + count, 0f);
    }
    for (int i = 0; i < starts.length; i++) {
      Layer layer = layers.get(i);
      long from = Math.max(firstFrame, starts[i]);
      long end = Math.min(firstFrame + count, starts[i] + layer.sound.frames());
      while (from < end) {
        // Blocks end on the layer's own grid, so that each of its groups is computed once.
        int length = (int) Math.min(BLOCK - (from - starts[i]) % BLOCK, end - from);
        layer.sound.read(from - starts[i], scratch, 0, length);
        int target = offset + (int) (from - firstFrame);
        for (int channel = 0; channel < channels; channel++) {
          float[] source = scratch[Math.min(channel, layer.sound.channels() - 1)];
          add(into[channel], target, source, length, layer.gainOf(channel, channels));
        }
        from += length;
      }
    }
  }

  private static void add(float[] into, int offset, float[] source, int length, float gain) {
    for (int i = 0; i < length; i++) {
      into[offset + i] += source[i] * gain;
    }
  }

  @Override
  public Layers fork() {
    List<Layer> forked =
        layers.stream()
            .map(layer -> new Layer(layer.sound.fork(), layer.gain, layer.pan, layer.at))
            .toList();
    return new Layers(sampleRate, channels, forked);
  }
}
