package dev.spanda.biofield.metric;

import dev.spanda.biofield.Analyzer;
import dev.spanda.biofield.Frame;
import dev.spanda.biofield.Mask;
import dev.spanda.biofield.Metrics;
import dev.spanda.biofield.fractal.BoxCount;
import dev.spanda.core.Failure;
import java.util.Arrays;

/**
 * Measures one picture. Immutable and thread-safe; each thread that calls it keeps scratch memory,
 * about 9 bytes for each pixel of the largest picture it measured, and nothing of pictures above 4
 * Mi pixels.
 */
public final class Measurer {

  private static final double NONE = Double.NaN;
  private static final double LOUDEST_DB = 60;
  private static final int LONGEST_PROFILE = 512;
  private static final int COARSE_PROFILE = 256;

  private final Analyzer.Profile profile;

  /** A measurer; what each profile measures is said at {@link Analyzer.Profile}. */
  public Measurer(Analyzer.Profile profile) {
    this.profile = profile;
  }

  /**
   * Measures the selected pixels of a frame.
   *
   * @throws Failure INVALID when the mask belongs to a frame of another size
   */
  public Measured measure(Frame frame, Mask mask) {
    if (mask.width() != frame.width() || mask.height() != frame.height()) {
      throw Failure.invalid(
          "mask",
          mask.width() + "×" + mask.height(),
          "A mask of "
              + mask.width()
              + "×"
              + mask.height()
              + " pixels does not fit a frame of "
              + frame.width()
              + "×"
              + frame.height());
    }
    if (mask.count() == 0) {
      return nothing();
    }
    if (profile == Analyzer.Profile.REALTIME && frame.area() > Half.LARGEST_WHOLE) {
      Mask half = Half.of(mask);
      if (half.count() > 0) {
        return Half.enlarged(look(Half.of(frame), half), mask.count());
      }
    }
    return look(frame, mask);
  }

  private Measured look(Frame frame, Mask mask) {
    long area = (long) (mask.right() - mask.left()) * (mask.bottom() - mask.top());
    Picture picture = new Picture(frame, mask, Scratch.forPixels(area));
    int[] sample =
        picture.sample(
            profile == Analyzer.Profile.FULL ? Hilbert.LARGEST_ORDER : Hilbert.LARGEST_ORDER - 1);
    Scratch scratch = picture.scratch;
    int threshold = Otsu.threshold(picture.grayHistogram, picture.count);
    // An unselected pixel has gray 0, which is above no threshold.
    scratch.set.fill(picture.gray, threshold, picture.width, picture.height);
    int contours = Contours.follow(scratch);
    Outline largest = scratch.largest;
    Metrics.Contour contour = contour(contours, largest);
    double fractal = dimension(scratch.set);
    Traits traits = traits(picture, contours, contour.largestContourArea());
    SeriesMeasures series = series(picture, sample);
    Metrics metrics =
        new Metrics(
            basic(picture),
            color(picture),
            Moments.of(picture),
            contour,
            new Metrics.Nonlinear(
                fractal,
                series.hurst(),
                series.lyapunov(),
                series.dfa(),
                series.sampleEntropyBits(),
                series.correlationDimension()),
            new Mirror(picture).measure());
    return new Measured(metrics, traits, sample);
  }

  private static Measured nothing() {
    return new Measured(
        new Metrics(
            new Metrics.Basic(NONE, NONE, NONE, NONE, NONE),
            new Metrics.Color(NONE, NONE, NONE, NONE, NONE, NONE, NONE),
            new Metrics.Geometric(0, new Metrics.Point(NONE, NONE), NONE, NONE, NONE),
            new Metrics.Contour(NONE, NONE, 0, NONE, NONE, 0),
            new Metrics.Nonlinear(NONE, NONE, NONE, NONE, NONE, NONE),
            new Metrics.Symmetry(NONE, NONE, NONE, NONE)),
        new Traits(NONE, NONE, NONE, NONE, NONE, NONE, NONE),
        new int[0]);
  }

  private static Metrics.Basic basic(Picture picture) {
    int[] histogram = picture.grayHistogram;
    double n = picture.count;
    long sum = 0;
    for (int gray = 0; gray < 256; gray++) {
      sum += (long) gray * histogram[gray];
    }
    double mean = sum / n;
    double squares = 0;
    for (int gray = 0; gray < 256; gray++) {
      squares += histogram[gray] * (gray - mean) * (gray - mean);
    }
    double deviation = Math.sqrt(squares / n);
    long bright = 0;
    for (int gray = 0; gray < 256; gray++) {
      if (gray > mean + 0.5 * deviation) {
        bright += histogram[gray];
      }
    }
    return new Metrics.Basic(
        mean,
        deviation,
        bright / n,
        sum == 0 ? NONE : Math.min(100, 100 * deviation / mean),
        signalToNoise(picture, mean));
  }

  private static double signalToNoise(Picture picture, double mean) {
    if (mean == 0 || picture.noisePixels == 0) {
      return NONE;
    }
    double sigma = noise(picture);
    return sigma == 0 ? LOUDEST_DB : Math.min(LOUDEST_DB, 20 * StrictMath.log10(mean / sigma));
  }

  /** Immerkær's σ; NaN where no pixel has its eight neighbours. */
  static double noise(Picture picture) {
    return Math.sqrt(StrictMath.PI / 2) * picture.noise / (6.0 * picture.noisePixels);
  }

  private static Metrics.Color color(Picture picture) {
    double n = picture.count;
    int hue = Histograms.dominantHue(picture.scratch.hueWeights);
    return new Metrics.Color(
        Histograms.entropy(picture.scratch.colorHistograms, picture.count),
        hue < 0 ? NONE : hue / (double) Colors.HUES,
        picture.saturations / (255 * n),
        picture.values / (255 * n),
        picture.reds / n,
        picture.greens / n,
        picture.blues / n);
  }

  private static Metrics.Contour contour(int contours, Outline largest) {
    if (contours == 0) {
      return new Metrics.Contour(NONE, NONE, 0, NONE, NONE, 0);
    }
    double area = largest.area();
    double hull = largest.hullArea();
    return new Metrics.Contour(
        largest.perimeter(),
        area,
        contours,
        hull,
        hull == 0 ? NONE : area / hull,
        largest.deepDefects());
  }

  private static double dimension(BitGrid grid) {
    return BoxCount.measure(grid.words, grid.stride, grid.rows()).dimension().orElse(NONE);
  }

  private static Traits traits(Picture picture, int contours, double area) {
    Scratch scratch = picture.scratch;
    int half = picture.width / 2;
    long left = scratch.set.count(0, half);
    long right = scratch.set.count(picture.width - half, picture.width);
    double contourDimension = NONE;
    if (contours > 0) {
      BitGrid drawing = scratch.leftMarks;
      drawing.clear(picture.width, picture.height);
      scratch.largest.drawInto(drawing);
      contourDimension = dimension(drawing);
    }
    double n = picture.count;
    double variance =
        picture.saturationSquares / n - (picture.saturations / n) * (picture.saturations / n);
    return new Traits(
        area / n,
        left + right == 0 ? NONE : 1 - Math.abs(left - right) / (double) (left + right),
        contourDimension,
        Histograms.commonColors(scratch.colorHistograms[0], scratch.colorHistograms[1]),
        Histograms.coherence(scratch.hueWeights),
        Histograms.coverage(scratch.hueWeights),
        Math.max(0, 1 - Math.sqrt(Math.max(0, variance)) / 127.5));
  }

  private static SeriesMeasures series(Picture picture, int[] sample) {
    double[] curve = new double[sample.length];
    int used = 0;
    for (int gray : sample) {
      if (gray >= 0) {
        curve[used++] = gray;
      }
    }
    long[] rows = picture.rowSums;
    int[] rowCounts = picture.rowCounts;
    long[] columns = picture.columnSums;
    int[] columnCounts = picture.columnCounts;
    return SeriesMeasures.mean(
        SeriesMeasures.scaling(Picture.means(rows, rowCounts, LONGEST_PROFILE)),
        SeriesMeasures.scaling(Picture.means(columns, columnCounts, LONGEST_PROFILE)),
        SeriesMeasures.scaling(Arrays.copyOf(curve, used)),
        SeriesMeasures.neighbours(Picture.means(rows, rowCounts, COARSE_PROFILE)),
        SeriesMeasures.neighbours(Picture.means(columns, columnCounts, COARSE_PROFILE)));
  }
}
