package dev.spanda.audio.spectrum;

import dev.spanda.audio.Sound;
import dev.spanda.core.Failure;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.Locale;
import java.util.Objects;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriter;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A picture of a sound: time to the right, frequency upwards on a logarithmic axis from 20 Hz to 20
 * kHz (or half the sample rate), level as colour from −100 dB to 0 dB of full scale. A sine of
 * amplitude a shows 20 log₁₀ a dB at its frequency, to 1.5 dB.
 *
 * <p>Below 500 Hz a Hann window of 16 384 frames separates neighbouring modes, above 2 kHz one of
 * 4096 frames shows when something happens; between them the levels pass from one to the other.
 * Channels are averaged in power. Labels are drawn with built-in letters; no font and no display is
 * needed. Each column is computed from its own time: the work depends on the width of the picture,
 * not on the length of the sound.
 *
 * <p>Immutable and thread-safe as long as the sound is; give each thread its own.
 */
public final class Spectrogram {

  private static final double LOWEST_HZ = 20;
  private static final double HIGHEST_HZ = 20_000;
  private static final double FLOOR_DB = -100;
  private static final double LONG_BELOW_HZ = 500;
  private static final double SHORT_ABOVE_HZ = 2000;
  private static final int LEFT = 84;
  private static final int RIGHT = 110;
  private static final int TOP = 56;
  private static final int BOTTOM = 58;
  private static final int BACKGROUND = 0x0d0b14;
  private static final int INK = 0xd9d4e3;
  private static final int FAINT = 0x8b8599;
  private static final int TEXT = 2;

  private final Sound sound;
  private final String title;
  private final int width;
  private final int height;

  private Spectrogram(Sound sound, String title, int width, int height) {
    this.sound = Objects.requireNonNull(sound);
    this.title = Objects.requireNonNull(title);
    this.width = width;
    this.height = height;
  }

  /** A spectrogram of 1280 by 720 pixels without a title. */
  public static Spectrogram of(Sound sound) {
    return new Spectrogram(sound, "", 1280, 720);
  }

  /** A copy with a title above the picture; only letters of ASCII are drawn, as capitals. */
  public Spectrogram withTitle(String newTitle) {
    return new Spectrogram(sound, newTitle, width, height);
  }

  /**
   * A copy of another size, labels included.
   *
   * @param newWidth 320 to 8192 pixels
   * @param newHeight 240 to 8192 pixels
   * @throws Failure INVALID when the size is out of its range
   */
  public Spectrogram withSize(int newWidth, int newHeight) {
    Failure.requireInRange("width", "Width", newWidth, 320, 8192, "pixels");
    Failure.requireInRange("height", "Height", newHeight, 240, 8192, "pixels");
    return new Spectrogram(sound, title, newWidth, newHeight);
  }

  /** The picture as the bytes of a PNG file. */
  public byte[] png() {
    int[] pixels = new int[width * height];
    Arrays.fill(pixels, BACKGROUND);
    drawLevels(pixels);
    drawFrequencyAxis(pixels);
    drawTimeAxis(pixels);
    drawScale(pixels);
    Lettering.draw(pixels, width, title, LEFT, 20, TEXT, INK);
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    image.setRGB(0, 0, width, height, pixels, 0, width);
    return encode(image);
  }

  private static byte[] encode(BufferedImage image) {
    Iterator<ImageWriter> writers = ImageIO.getImageWritersByFormatName("png");
    if (!writers.hasNext()) {
      throw Failure.of(
          Failure.Reason.UNAVAILABLE, "png", "This Java platform has no PNG writer (java.desktop)");
    }
    ImageWriter writer = writers.next();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // In memory: the cache that ImageIO would choose is a file.
    try (MemoryCacheImageOutputStream stream = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(stream);
      writer.write(image);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private int plotWidth() {
    return width - LEFT - RIGHT;
  }

  private int plotHeight() {
    return height - TOP - BOTTOM;
  }

  private double highestHz() {
    return Math.min(HIGHEST_HZ, sound.sampleRate().nyquistHz());
  }

  private double hzAt(double row) {
    return LOWEST_HZ * Math.pow(highestHz() / LOWEST_HZ, 1 - row / plotHeight());
  }

  private int rowOf(double hz) {
    double share = Math.log(hz / LOWEST_HZ) / Math.log(highestHz() / LOWEST_HZ);
    return TOP + (int) Math.round((1 - share) * (plotHeight() - 1));
  }

  private void drawLevels(int[] pixels) {
    Sound mine = sound.fork();
    int rows = plotHeight();
    double hz = sound.sampleRate().hz();
    RealTransform longer = new RealTransform(4 * RealTransform.PART);
    RealTransform shorter = new RealTransform(RealTransform.PART);
    Rows longRows = Rows.of(this, longer.size());
    Rows shortRows = Rows.of(this, shorter.size());
    double[] blend = new double[rows];
    for (int row = 0; row < rows; row++) {
      double share =
          Math.log(hzAt(row + 0.5) / LONG_BELOW_HZ) / Math.log(SHORT_ABOVE_HZ / LONG_BELOW_HZ);
      blend[row] = Math.max(0, Math.min(1, share));
    }
    int longBins = (int) Math.min(longer.size() / 2 + 1, 2.2 * SHORT_ABOVE_HZ / hz * longer.size());
    float[][] block = new float[sound.channels()][longer.size()];
    float[] centre = new float[shorter.size()];
    float[] power = new float[longer.size() / 2 + 1];
    float[] longPower = new float[longer.size() / 2 + 1];
    float[] shortPower = new float[shorter.size() / 2 + 1];
    for (int column = 0; column < plotWidth(); column++) {
      long middle = (long) ((column + 0.5) / plotWidth() * sound.frames());
      read(mine, middle - longer.size() / 2, block);
      Arrays.fill(longPower, 0);
      Arrays.fill(shortPower, 0);
      for (float[] channel : block) {
        longer.power(channel, power, longBins);
        accumulate(power, longPower, longBins);
        System.arraycopy(channel, (longer.size() - shorter.size()) / 2, centre, 0, shorter.size());
        shorter.power(centre, power, shortPower.length);
        accumulate(power, shortPower, shortPower.length);
      }
      for (int row = 0; row < rows; row++) {
        double level = 0;
        if (blend[row] < 1) {
          level += (1 - blend[row]) * longRows.decibels(longPower, row, block.length);
        }
        if (blend[row] > 0) {
          level += blend[row] * shortRows.decibels(shortPower, row, block.length);
        }
        pixels[(TOP + row) * width + LEFT + column] = ColourMap.at(1 - level / FLOOR_DB);
      }
    }
  }

  private static void accumulate(float[] power, float[] sum, int bins) {
    for (int k = 0; k < bins; k++) {
      sum[k] += power[k];
    }
  }

  private static void read(Sound sound, long first, float[][] block) {
    int before = (int) Math.min(block[0].length, Math.max(0, -first));
    for (float[] channel : block) {
      Arrays.fill(channel, 0, before, 0f);
    }
    sound.read(Math.max(0, first), block, before, block[0].length - before);
  }

  private void drawFrequencyAxis(int[] pixels) {
    frame(pixels);
    int[] labelled = {20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000, 20_000};
    for (int decade = 10; decade <= 10_000; decade *= 10) {
      for (int i = 1; i < 10; i++) {
        double hz = (double) decade * i;
        if (hz >= LOWEST_HZ && hz <= highestHz()) {
          horizontal(pixels, LEFT - 6, LEFT - 2, rowOf(hz), FAINT);
        }
      }
    }
    for (int hz : labelled) {
      if (hz <= highestHz()) {
        String label = hz < 1000 ? Integer.toString(hz) : hz / 1000 + "K";
        int row = rowOf(hz);
        horizontal(pixels, LEFT - 10, LEFT - 2, row, INK);
        int x = LEFT - 16 - Lettering.width(label, TEXT);
        Lettering.draw(pixels, width, label, x, row - Lettering.HEIGHT, TEXT, INK);
      }
    }
    Lettering.draw(pixels, width, "HZ", LEFT - 16 - Lettering.width("HZ", TEXT), 20, TEXT, FAINT);
  }

  private void drawTimeAxis(int[] pixels) {
    double seconds = (double) sound.frames() / sound.sampleRate().hz();
    if (seconds <= 0) {
      return;
    }
    double step = timeStep(seconds, Math.max(2, plotWidth() / 110));
    int decimals = step < 0.1 ? 2 : step < 1 ? 1 : 0;
    int bottom = TOP + plotHeight();
    for (int i = 0; i * step <= seconds * 1.000001; i++) {
      int x = LEFT + (int) Math.round(i * step / seconds * (plotWidth() - 1));
      vertical(pixels, x, bottom + 2, bottom + 9, INK);
      String label = time(i * step, step, decimals);
      int left = x - Lettering.width(label, TEXT) / 2;
      Lettering.draw(pixels, width, label, left, bottom + 15, TEXT, INK);
    }
    String unit = step >= 60 ? "MIN" : "S";
    int x = width - RIGHT + 30;
    Lettering.draw(pixels, width, unit, x, bottom + 15, TEXT, FAINT);
  }

  private static String time(double seconds, double step, int decimals) {
    if (step >= 60) {
      return Long.toString(Math.round(seconds / 60));
    }
    return String.format(Locale.ROOT, "%." + decimals + "f", seconds);
  }

  private static double timeStep(double seconds, int most) {
    double[] steps = {
      0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600
    };
    for (double step : steps) {
      if (seconds / step <= most) {
        return step;
      }
    }
    return Math.ceil(seconds / most / 3600) * 3600;
  }

  private void drawScale(int[] pixels) {
    int left = width - RIGHT + 24;
    int rows = plotHeight();
    for (int row = 0; row < rows; row++) {
      horizontal(pixels, left, left + 16, TOP + row, ColourMap.at(1 - row / (rows - 1.0)));
    }
    for (int decibels = 0; decibels >= FLOOR_DB; decibels -= 20) {
      int row = TOP + (int) Math.round(decibels / FLOOR_DB * (rows - 1));
      horizontal(pixels, left + 18, left + 23, row, INK);
      String label = Integer.toString(decibels);
      Lettering.draw(pixels, width, label, left + 28, row - Lettering.HEIGHT, TEXT, INK);
    }
    Lettering.draw(pixels, width, "DBFS", left, 20, TEXT, FAINT);
  }

  private void frame(int[] pixels) {
    horizontal(pixels, LEFT - 1, LEFT + plotWidth(), TOP - 1, FAINT);
    horizontal(pixels, LEFT - 1, LEFT + plotWidth(), TOP + plotHeight(), FAINT);
    vertical(pixels, LEFT - 1, TOP - 1, TOP + plotHeight(), FAINT);
    vertical(pixels, LEFT + plotWidth(), TOP - 1, TOP + plotHeight(), FAINT);
  }

  private void horizontal(int[] pixels, int from, int to, int y, int colour) {
    Arrays.fill(pixels, y * width + from, y * width + to + 1, colour);
  }

  private void vertical(int[] pixels, int x, int from, int to, int colour) {
    for (int y = from; y <= to; y++) {
      pixels[y * width + x] = colour;
    }
  }

  /**
   * Which bins a row of pixels shows: the largest of those it covers, or where it lies between two,
   * a value between them.
   */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Rows(double[] low, double[] high, double scale) {

    static Rows of(Spectrogram picture, int size) {
      int rows = picture.plotHeight();
      double[] low = new double[rows];
      double[] high = new double[rows];
      double binsPerHz = size / (double) picture.sound.sampleRate().hz();
      for (int row = 0; row < rows; row++) {
        low[row] = Math.min(size / 2.0, picture.hzAt(row + 1.0) * binsPerHz);
        high[row] = Math.min(size / 2.0, picture.hzAt(row) * binsPerHz);
      }
      // A sine of amplitude a has |X| = a Σw / 2 = a N / 4 at its maximum.
      return new Rows(low, high, 16.0 / ((double) size * size));
    }

    double decibels(float[] power, int row, int channels) {
      int first = (int) Math.ceil(low[row]);
      int last = (int) Math.floor(high[row]);
      double most = 0;
      if (last - first < 1) {
        most = between(power, (low[row] + high[row]) / 2);
      }
      for (int k = first; k <= last; k++) {
        most = Math.max(most, power[k]);
      }
      return Math.max(FLOOR_DB, Math.min(0, 10 * Math.log10(most * scale / channels + 1e-30)));
    }

    /** Straight lines between the decibels of two bins. */
    private static double between(float[] power, double at) {
      int k = Math.min(power.length - 2, (int) at);
      double share = at - k;
      double a = Math.log(power[k] + 1e-30);
      double b = Math.log(power[k + 1] + 1e-30);
      return Math.exp(a + share * (b - a));
    }
  }
}
