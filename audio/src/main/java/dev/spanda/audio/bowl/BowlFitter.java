package dev.spanda.audio.bowl;

import dev.spanda.audio.Sound;
import dev.spanda.core.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jtransforms.fft.DoubleFFT_1D;
import org.visnow.jlargearrays.ConcurrencyUtils;

/**
 * Finds the modes of a bowl in a recording of one blow that is left to ring.
 *
 * <p>Method: the peaks of a long and of a short spectrum (Blackman–Harris window, Harris, Proc.
 * IEEE 66 (1978) 51–83) say where to look. Around each peak a narrow band is taken by a sliding
 * window of half a second, fifty times a second; since that filter is finite, what comes out is
 * exactly a sum of the same damped exponentials, and ESPRIT (Roy and Kailath, IEEE Trans. ASSP 37
 * (1989) 984–995) reads their poles: frequency and decay, also of doublets that no spectrum
 * separates. Amplitudes follow by least squares.
 *
 * <p>On what {@link BowlSynth} renders, 10 s of one blow at a moderate angle, it finds each mode
 * within 0.1 cent, its T60 within 1 % and its beat within 0.01 Hz. Lines 75 dB below the strongest,
 * and members of a doublet 34 dB below the other, are not looked for.
 *
 * <p>Stateless and thread-safe; works on the calling thread.
 */
public final class BowlFitter {

  /** The shortest ringing that is read, 1.5 s. */
  public static final Duration SHORTEST = Duration.ofMillis(1500);

  private static final double LONGEST_SECONDS = 20;
  private static final double SPAN_SECONDS = 12;
  private static final int LONG_TRANSFORM = 1 << 17;

  /** A second look at the first moments, for lines that the middle of the long one misses. */
  private static final int SHORT_TRANSFORM = 1 << 15;

  private static final double SILENCE = 1e-4;
  private static final double WEAKEST_LINE = 1.8e-4;
  private static final double WEAKEST_MEMBER = 0.02;
  private static final double WIDEST_DOUBLET = 0.02;
  private static final double BANDS_PER_SECOND = 50;
  private static final int MOST_BANDS = 64;

  static {
    // The transforms are short: one thread, and no pool that outlives them.
    ConcurrencyUtils.setNumberOfThreads(1);
  }

  private record Line(double frequencyHz, double decayPerSecond, double amplitude) {}

  /** A fitter. */
  public BowlFitter() {}

  /**
   * The bowl that was struck.
   *
   * @param recording of one blow; its channels are averaged; what comes before the blow is skipped
   *     and at most 20 s after it are read
   * @param name of the bowl to be, not blank
   * @return modes with amplitudes for which a default {@link Stroke.Strike} sounds like the
   *     recording, the strongest having 1. Orders are counted from 2 upwards, as they cannot be
   *     heard; a weak line at twice the fundamental gets 0
   * @throws Failure INVALID when the recording is silent, rings for less than {@link #SHORTEST} or
   *     holds no line
   */
  public Bowl fit(Sound recording, String name) {
    double rate = recording.sampleRate().hz();
    double[] ringing = ringing(recording);
    List<Line> lines = new ArrayList<>();
    double[] window = blackmanHarris((int) (0.5 * rate));
    List<Double> peaksHz = new ArrayList<>(peaksHz(ringing, rate, LONG_TRANSFORM));
    peaksHz.addAll(peaksHz(ringing, rate, SHORT_TRANSFORM));
    for (double peakHz : peaksHz) {
      for (Line line : linesNear(peakHz, ringing, rate, window)) {
        if (lines.stream().noneMatch(known -> isSame(known, line))) {
          lines.add(line);
        }
      }
    }
    double strongest = lines.stream().mapToDouble(Line::amplitude).max().orElse(0);
    lines.removeIf(line -> line.amplitude < WEAKEST_LINE * strongest);
    if (lines.isEmpty()) {
      throw Failure.invalid("recording", name, "The recording holds no ringing line");
    }
    lines.sort(Comparator.comparingDouble(Line::frequencyHz));
    return new Bowl(name, modes(lines), "Fitted to a recording of one blow");
  }

  private static boolean isSame(Line one, Line other) {
    return Math.abs(one.frequencyHz - other.frequencyHz) < 0.05;
  }

  /** What follows the blow, in one channel: from 20 ms after its onset to 60 ms before the end. */
  private static double[] ringing(Sound recording) {
    double rate = recording.sampleRate().hz();
    int channels = recording.channels();
    int block = 4096;
    float[][] samples = new float[channels][block];
    double peak = 0;
    for (int pass = 0; ; pass++) {
      for (long first = 0; first < recording.frames(); first += block) {
        recording.read(first, samples, 0, block);
        for (int i = 0; i < block; i++) {
          double value = Math.abs(mean(samples, i));
          if (pass == 0) {
            peak = Math.max(peak, value);
          } else if (value >= 0.1 * peak) {
            return after(recording, first + i, rate);
          }
        }
      }
      if (!(peak >= SILENCE)) {
        throw Failure.invalid(
            "recording", peak, "The recording is silent: its peak is below " + SILENCE);
      }
    }
  }

  private static double[] after(Sound recording, long onset, double rate) {
    long start = onset + (long) (0.02 * rate);
    long end = recording.frames() - (long) (0.06 * rate);
    long length = Math.min(end - start, (long) (LONGEST_SECONDS * rate));
    if (length < SHORTEST.toMillis() * 1e-3 * rate) {
      throw Failure.invalid(
          "recording",
          Math.max(0, length) / rate,
          "The bowl rings for at least "
              + SHORTEST.toMillis() / 1e3
              + " s after the blow; rang for "
              + Math.max(0, length) / rate
              + " s");
    }
    float[][] samples = new float[recording.channels()][(int) length];
    recording.read(start, samples, 0, (int) length);
    double[] mono = new double[(int) length];
    Arrays.setAll(mono, i -> mean(samples, i));
    return mono;
  }

  private static double mean(float[][] samples, int frame) {
    double sum = 0;
    for (float[] channel : samples) {
      sum += channel[frame];
    }
    return sum / samples.length;
  }

  /** Where the spectrum has peaks well above what surrounds them, the highest first. */
  private static List<Double> peaksHz(double[] ringing, double rate, int longest) {
    int size = Math.min(longest, Integer.highestOneBit(ringing.length));
    double[] window = blackmanHarris(size);
    double[] spectrum = new double[size];
    Arrays.setAll(spectrum, i -> ringing[i] * window[i]);
    new DoubleFFT_1D(size).realForward(spectrum);
    double[] magnitude = new double[size / 2];
    double highest = 0;
    for (int i = 1; i < magnitude.length; i++) {
      magnitude[i] = Math.hypot(spectrum[2 * i], spectrum[2 * i + 1]);
      highest = Math.max(highest, magnitude[i]);
    }
    int firstBin = Math.max(5, (int) (20 * size / rate));
    List<Integer> bins = new ArrayList<>();
    for (int i = firstBin; i < magnitude.length - 2; i++) {
      if (magnitude[i] > WEAKEST_LINE * highest
          && magnitude[i] >= magnitude[i - 1]
          && magnitude[i] > magnitude[i + 1]
          && magnitude[i] >= magnitude[i - 2]
          && magnitude[i] > magnitude[i + 2]
          && magnitude[i] > 8 * medianAround(magnitude, i)) {
        bins.add(i);
      }
    }
    return bins.stream()
        .sorted(Comparator.comparingDouble(bin -> -magnitude[bin]))
        .limit(MOST_BANDS)
        .map(bin -> bin * rate / size)
        .toList();
  }

  private static double medianAround(double[] magnitude, int bin) {
    double[] near =
        Arrays.copyOfRange(
            magnitude, Math.max(1, bin - 200), Math.min(magnitude.length, bin + 200));
    Arrays.sort(near);
    return near[near.length / 2];
  }

  /** The damped lines that make one peak. */
  private static List<Line> linesNear(
      double peakHz, double[] ringing, double rate, double[] window) {
    int hop = (int) (rate / BANDS_PER_SECOND);
    int count =
        (int)
            Math.min(
                SPAN_SECONDS * BANDS_PER_SECOND,
                Math.floorDiv(ringing.length - window.length, hop));
    double turnPerFrame = peakHz / rate;
    double[] kernelRe = new double[window.length];
    double[] kernelIm = new double[window.length];
    for (int j = 0; j < window.length; j++) {
      double angle = -2 * Math.PI * fraction(turnPerFrame * j);
      kernelRe[j] = window[j] * Math.cos(angle);
      kernelIm[j] = window[j] * Math.sin(angle);
    }
    double[] re = new double[count];
    double[] im = new double[count];
    double highest = 0;
    int used = 0;
    double recent = 0;
    for (int m = 0; m < count; m++) {
      int first = m * hop;
      double x = 0;
      double y = 0;
      for (int j = 0; j < window.length; j++) {
        x += ringing[first + j] * kernelRe[j];
        y += ringing[first + j] * kernelIm[j];
      }
      double angle = -2 * Math.PI * fraction(turnPerFrame * first);
      double c = Math.cos(angle);
      double s = Math.sin(angle);
      re[m] = x * c - y * s;
      im[m] = x * s + y * c;
      used = m + 1;
      double level = Math.hypot(x, y);
      highest = Math.max(highest, level);
      // The mean of about half a second, so that a beat's minimum is not taken for the end.
      recent = m == 0 ? level : 0.96 * recent + 0.04 * level;
      if (m > 50 && recent < 1e-3 * highest) {
        break;
      }
    }
    Poles poles = Poles.of(re, im, used);
    double seconds = hop / rate;
    List<Line> lines = new ArrayList<>();
    double strongest = 0;
    for (int k = 0; k < poles.count(); k++) {
      double offsetHz = poles.angle(k) / (2 * Math.PI * seconds);
      double decay = -Math.log(poles.radius(k)) / seconds;
      if (Math.abs(offsetHz) <= 1.6 && decay > 0.001 && decay < 100) {
        double gain = gainOf(window, offsetHz / rate, decay / rate);
        double amplitude = 2 * poles.amplitude(k) / gain * Math.exp(decay * 0.02);
        strongest = Math.max(strongest, amplitude);
        lines.add(new Line(peakHz + offsetHz, decay, amplitude));
      }
    }
    double least = WEAKEST_MEMBER * strongest;
    lines.removeIf(line -> line.amplitude < least);
    return lines;
  }

  /** What the window makes of a line that lies a little off its middle and dies away. */
  private static double gainOf(double[] window, double turnPerFrame, double decayPerFrame) {
    double re = 0;
    double im = 0;
    for (int j = 0; j < window.length; j++) {
      double value = window[j] * Math.exp(-decayPerFrame * j);
      re += value * Math.cos(2 * Math.PI * turnPerFrame * j);
      im += value * Math.sin(2 * Math.PI * turnPerFrame * j);
    }
    return Math.hypot(re, im);
  }

  private static List<Bowl.Mode> modes(List<Line> lines) {
    List<Line[]> groups = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      Line line = lines.get(i);
      double gap = gapAfter(lines, i);
      if (gap <= WIDEST_DOUBLET * line.frequencyHz && gap <= gapAfter(lines, i + 1)) {
        groups.add(new Line[] {line, lines.get(i + 1)});
        i++;
      } else {
        groups.add(new Line[] {line});
      }
    }
    Stroke.Strike usual = Stroke.strikeAt(Duration.ZERO);
    double[] strength = new double[groups.size()];
    double strongest = 0;
    for (int i = 0; i < strength.length; i++) {
      double energy = 0;
      for (Line line : groups.get(i)) {
        energy += line.amplitude * line.amplitude;
      }
      strength[i] = Math.sqrt(energy) / usual.response(groups.get(i)[0].frequencyHz);
      strongest = Math.max(strongest, strength[i]);
    }
    List<Bowl.Mode> modes = new ArrayList<>();
    int order = 2;
    for (int i = 0; i < strength.length; i++) {
      Line[] group = groups.get(i);
      double lower = group[0].frequencyHz;
      double upper = group[group.length - 1].frequencyHz;
      double weight = 0;
      double weighted = 0;
      for (Line line : group) {
        weight += line.amplitude;
        weighted += line.amplitude * Math.log(1000) / line.decayPerSecond;
      }
      double middle = (lower + upper) / 2;
      boolean octave =
          i > 0
              && group.length == 1
              && strength[i] < 0.1 * strongest
              && Math.abs(middle / (2 * modes.get(0).frequencyHz()) - 1) < 0.005;
      double t60 = Math.min(10_000, Math.max(0.05, weighted / weight));
      modes.add(
          new Bowl.Mode(middle, strength[i] / strongest, t60, upper - lower, octave ? 0 : order++));
    }
    return modes;
  }

  private static double gapAfter(List<Line> lines, int index) {
    return index + 1 < lines.size()
        ? lines.get(index + 1).frequencyHz - lines.get(index).frequencyHz
        : Double.POSITIVE_INFINITY;
  }

  private static double fraction(double turns) {
    return turns - Math.rint(turns);
  }

  /** The four-term window of −92 dB. */
  private static double[] blackmanHarris(int size) {
    double[] window = new double[size];
    for (int i = 0; i < size; i++) {
      double x = 2 * Math.PI * (i + 0.5) / size;
      window[i] =
          0.35875 - 0.48829 * Math.cos(x) + 0.14128 * Math.cos(2 * x) - 0.01168 * Math.cos(3 * x);
    }
    return window;
  }
}
