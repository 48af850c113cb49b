package dev.spanda.biofield;

import dev.spanda.biofield.metric.Measured;
import dev.spanda.biofield.metric.Measurer;
import dev.spanda.biofield.metric.SeriesMeasures;
import dev.spanda.biofield.score.Course;
import dev.spanda.biofield.score.Scoring;
import dev.spanda.biofield.series.Recurrence;
import dev.spanda.core.Failure;
import java.util.ArrayDeque;
import java.util.Objects;

/**
 * Measures pictures. Immutable and thread-safe; it keeps scratch memory for each thread that calls
 * it, about 9 bytes for each pixel of the largest picture that thread measured, and nothing of
 * pictures above 4 Mi pixels.
 */
public final class Analyzer {

  /** How much is measured of a frame. */
  public enum Profile {
    /** Everything at full size. */
    FULL,
    /**
     * For live pictures. Of a frame with more than 262 144 pixels only every second pixel of every
     * second row is measured, as if the picture were half as wide and high; lengths, areas and
     * moments are then multiplied to those of the whole frame, and imageArea is exact. Means and
     * histograms differ from FULL as those of a sample do. What lives at the scale of a pixel
     * differs by definition: noise and its ratio, the outline's length, the number of outlines and
     * of defects (more than 2 pixels deep), and the dimensions. The Hilbert curve has 1024 places
     * instead of 4096.
     */
    REALTIME
  }

  /** How scores are summed. */
  public enum Preset {
    /** The weights and limits of the original. */
    V1,
    /** The weights of the original with limits that photographs do not exceed. */
    V2
  }

  private final Measurer measurer;
  private final Profile profile;
  private final Preset preset;

  /** An analyzer with the preset {@link Preset#V1}. */
  public Analyzer(Profile profile) {
    this(profile, Preset.V1);
  }

  /** An analyzer of frames. */
  public Analyzer(Profile profile, Preset preset) {
    this.profile = Objects.requireNonNull(profile);
    this.preset = Objects.requireNonNull(preset);
    measurer = new Measurer(profile);
  }

  /** How much is measured. */
  public Profile profile() {
    return profile;
  }

  /** How scores are summed. */
  public Preset preset() {
    return preset;
  }

  /** Measures all pixels of a frame. */
  public Analysis analyze(Frame frame) {
    return analyze(frame, Mask.full(frame));
  }

  /**
   * Measures the selected pixels of a frame.
   *
   * @throws Failure INVALID when the mask belongs to a frame of another size
   */
  public Analysis analyze(Frame frame, Mask mask) {
    Measured measured = measurer.measure(frame, mask);
    return Scoring.score(measured.metrics(), measured.traits(), Course.NONE, preset);
  }

  /** The frames of one session, in order. */
  public Stream stream() {
    return new Stream();
  }

  /**
   * One session's frames in order. Beside what {@link #analyze} tells of a frame:
   *
   * <ul>
   *   <li>from the second frame on, temporal stability: the mean over the last 30 pairs of
   *       neighbouring frames of Pearson's correlation, held at 0 from below, of gray at the places
   *       of the Hilbert curve that both select; pairs of which one is of a single gray are left
   *       out;
   *   <li>from the second frame on, the variation (population standard deviation over mean) of mean
   *       gray and of the lit share over the last 30 frames;
   *   <li>from frame 128 on, the recurrence rate and the five series measures, Hurst to correlation
   *       dimension, of the mean gray of the last 1024 frames instead of those of the frame. They
   *       are computed anew at every fifteenth frame. A measure that this series does not define,
   *       as that of a session in which nothing changes, is NaN.
   * </ul>
   *
   * <p>The unit of the Lyapunov exponent then is nats a frame. Not thread-safe; memory is bounded
   * by about 50 KB and does not grow with the number of frames.
   */
  public final class Stream {

    private static final int SHORT_WINDOW = 30;
    private static final int LONG_WINDOW = 1024;
    private static final int RENEWAL = 15;

    private final ArrayDeque<Double> correlations = new ArrayDeque<>(SHORT_WINDOW + 1);
    private final double[] intensities = new double[LONG_WINDOW];
    private final double[] litShares = new double[SHORT_WINDOW];
    private int[] lastSample = new int[0];
    private long frames;
    private SeriesMeasures series = SeriesMeasures.NONE;
    private double recurrence = Double.NaN;

    /** Frames with a mean gray so far; a frame of which nothing is selected has none. */
    private long measured;

    private Stream() {}

    /** How many frames were measured. */
    public long frames() {
      return frames;
    }

    /** Measures all pixels of the next frame. */
    public Analysis next(Frame frame) {
      return next(frame, Mask.full(frame));
    }

    /**
     * Measures the next frame. A frame whose mask is empty counts, and leaves no trace in what
     * belongs to time.
     *
     * @throws Failure INVALID when the mask belongs to a frame of another size; the frame then does
     *     not count
     */
    public Analysis next(Frame frame, Mask mask) {
      Measured now = measurer.measure(frame, mask);
      frames++;
      double intensity = now.metrics().basic().avgIntensity();
      if (Double.isNaN(intensity)) {
        return Scoring.score(now.metrics(), now.traits(), Course.NONE, preset);
      }
      if (measured > 0) {
        remember(correlation(lastSample, now.sample()));
      }
      lastSample = now.sample();
      double lit = now.traits().litShare();
      intensities[(int) (measured % LONG_WINDOW)] = intensity;
      litShares[(int) (measured % SHORT_WINDOW)] = Double.isNaN(lit) ? 0 : lit;
      measured++;
      boolean longEnough = measured >= SeriesMeasures.SHORTEST;
      if (longEnough && (measured - SeriesMeasures.SHORTEST) % RENEWAL == 0) {
        double[] past = past(intensities, LONG_WINDOW);
        series = SeriesMeasures.of(past);
        recurrence = Recurrence.DEFAULT.measure(past).rate().orElse(Double.NaN);
      }
      Metrics metrics = longEnough ? withSeries(now.metrics()) : now.metrics();
      return Scoring.score(metrics, now.traits(), course(), preset);
    }

    private void remember(double correlation) {
      if (!Double.isNaN(correlation)) {
        correlations.add(Math.max(0, correlation));
        if (correlations.size() > SHORT_WINDOW) {
          correlations.remove();
        }
      }
    }

    private Course course() {
      double sum = 0;
      for (double correlation : correlations) {
        sum += correlation;
      }
      return new Course(
          correlations.isEmpty() ? Double.NaN : sum / correlations.size(),
          variation(past(intensities, SHORT_WINDOW)),
          variation(past(litShares, SHORT_WINDOW)),
          recurrence);
    }

    private Metrics withSeries(Metrics metrics) {
      return new Metrics(
          metrics.basic(),
          metrics.color(),
          metrics.geometric(),
          metrics.contour(),
          new Metrics.Nonlinear(
              metrics.nonlinear().fractalDimension(),
              series.hurst(),
              series.lyapunov(),
              series.dfa(),
              series.sampleEntropyBits(),
              series.correlationDimension()),
          metrics.symmetry());
    }

    /** The newest values of a ring, oldest first. */
    private double[] past(double[] ring, int most) {
      int count = (int) Math.min(most, measured);
      double[] past = new double[count];
      for (int i = 0; i < count; i++) {
        past[i] = ring[(int) ((measured - count + i) % ring.length)];
      }
      return past;
    }
  }

  /** Standard deviation over mean; NaN for fewer than two values and a mean of 0. */
  private static double variation(double[] values) {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    double mean = sum / values.length;
    if (values.length < 2 || mean == 0) {
      return Double.NaN;
    }
    double squares = 0;
    for (double value : values) {
      squares += (value - mean) * (value - mean);
    }
    return Math.sqrt(squares / values.length) / mean;
  }

  /** Pearson's correlation of two samples where both are selected; NaN when one does not vary. */
  private static double correlation(int[] a, int[] b) {
    if (a.length != b.length) {
      return Double.NaN;
    }
    long n = 0;
    long sumA = 0;
    long sumB = 0;
    long squaresA = 0;
    long squaresB = 0;
    long products = 0;
    for (int i = 0; i < a.length; i++) {
      if (a[i] >= 0 && b[i] >= 0) {
        n++;
        sumA += a[i];
        sumB += b[i];
        squaresA += a[i] * a[i];
        squaresB += b[i] * b[i];
        products += a[i] * b[i];
      }
    }
    double varianceA = n * squaresA - sumA * sumA;
    double varianceB = n * squaresB - sumB * sumB;
    return varianceA > 0 && varianceB > 0
        ? (n * products - sumA * sumB) / Math.sqrt(varianceA * varianceB)
        : Double.NaN;
  }
}
