package dev.spanda.media.canvas;

import dev.spanda.core.Failure;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.DoubleConsumer;

/**
 * Changes the size of pictures: each new pixel is a sum of old ones weighted by the Lanczos kernel
 * of three lobes, widened when the picture shrinks so that fine detail fades and does not turn into
 * new patterns; sums are taken in linear light and with colours multiplied by alpha. Reads PNG,
 * JPEG, BMP and GIF of one picture, turned as their EXIF orientation says; writes PNG, JPEG, BMP
 * and lossless WebP. Thread-safe.
 *
 * <p>C. E. Duchon, "Lanczos filtering in one and two dimensions", Journal of Applied Meteorology 18
 * (1979).
 */
public final class Resizer {

  /** The most pixels a picture may have, before or after: {@value}. */
  public static final long MOST_PIXELS = 64_000_000;

  /** What to do where the proportions of the picture are not those asked for. */
  public enum Mode {
    /** The whole picture inside the size; one side may come out shorter than asked. */
    FIT,
    /** The whole size covered; what stands out is cut off evenly. */
    FILL,
    /** Both sides as asked; proportions change. */
    STRETCH,
    /** The whole picture inside the size, the rest filled with the background. */
    PAD;

    /** The mode of a name in any case, such as {@code fit}. */
    public static Mode parse(String name) {
      for (Mode mode : values()) {
        if (mode.name().equalsIgnoreCase(name.strip())) {
          return mode;
        }
      }
      throw Failure.notAllowed("mode", name, List.of("fit", "fill", "stretch", "pad"));
    }
  }

  /** A kind of picture file that can be written. */
  public enum Format {
    /** Keeps every pixel and its alpha. */
    PNG,
    /** Photographs; no alpha. */
    JPEG,
    /** Plain bytes; no alpha. */
    BMP,
    /** Lossless WebP: keeps every pixel and its alpha. Written, not read. */
    WEBP;

    /** The format of a name or file ending in any case: png, jpg, jpeg, bmp, webp. */
    public static Format parse(String name) {
      return switch (name.strip().toLowerCase(Locale.ROOT)) {
        case "png" -> PNG;
        case "jpg", "jpeg" -> JPEG;
        case "bmp" -> BMP;
        case "webp" -> WEBP;
        default -> throw Failure.notAllowed("format", name, List.of("png", "jpeg", "bmp", "webp"));
      };
    }

    /** The media type, such as {@code image/png}. */
    public String mediaType() {
      return "image/" + name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * What to make of a picture.
   *
   * @param width in px, from 1 to 8000
   * @param height in px, from 1 to 8000
   * @param mode default {@link Mode#FIT}
   * @param format of the file written; by default that of the file read, PNG for GIF
   * @param background for {@link Mode#PAD}, and under transparent places where the format has no
   *     alpha; by default transparent, and white there
   * @param linearLight whether sums are taken in linear light; default true
   * @param quality of JPEG from 0.05 to 1; default 0.9
   */
  public record Plan(
      int width,
      int height,
      Mode mode,
      Optional<Format> format,
      int background,
      boolean linearLight,
      double quality) {

    /** Checks the ranges. */
    public Plan {
      Failure.requireInRange("width", "Width", width, 1, Canvas.LONGEST, "px");
      Failure.requireInRange("height", "Height", height, 1, Canvas.LONGEST, "px");
      Failure.requireInRange("quality", "Quality", quality, 0.05, 1, "");
    }

    /** The given size with everything else by default. */
    public static Plan of(int width, int height) {
      return new Plan(width, height, Mode.FIT, Optional.empty(), 0x00FFFFFF, true, 0.9);
    }

    /** A copy with another mode. */
    public Plan withMode(Mode mode) {
      return new Plan(width, height, mode, format, background, linearLight, quality);
    }

    /** A copy that writes a format. */
    public Plan withFormat(Format format) {
      return new Plan(width, height, mode, Optional.of(format), background, linearLight, quality);
    }

    /** A copy with another background, as alpha, red, green and blue of 8 bits each. */
    public Plan withBackground(int argb) {
      return new Plan(width, height, mode, format, argb, linearLight, quality);
    }

    /** A copy that sums the bytes as they are, or in linear light. */
    public Plan withLinearLight(boolean linearLight) {
      return new Plan(width, height, mode, format, background, linearLight, quality);
    }

    /** A copy with another quality of JPEG. */
    public Plan withQuality(double quality) {
      return new Plan(width, height, mode, format, background, linearLight, quality);
    }
  }

  /**
   * What was written.
   *
   * @param width in px
   * @param height in px
   * @param format of the file
   * @param bytes of the file
   */
  public record Result(int width, int height, Format format, long bytes) {}

  private Resizer() {}

  /**
   * Reads a picture, changes its size and writes it. The target appears only when it is complete.
   *
   * @param source a file of at most {@value #MOST_PIXELS} pixels; larger ones are refused before
   *     they are unpacked
   * @param target replaced when it exists
   * @param progress is told from 0 to 1 how much is done, at most some hundred times; what it
   *     throws ends the work
   * @throws Failure NOT_FOUND without a source, UNSUPPORTED for other kinds of files, TOO_LARGE for
   *     too many pixels, INVALID for a damaged file, FAILED when the target cannot be written
   */
  public static Result resize(Path source, Path target, Plan plan, DoubleConsumer progress) {
    PictureReader.Picture picture = PictureReader.read(source);
    progress.accept(0.2);
    BufferedImage scaled =
        scale(picture.image(), plan, share -> progress.accept(0.2 + 0.6 * share));
    Format format = plan.format.orElse(picture.format());
    try {
      Path folder = target.toAbsolutePath().getParent();
      Path unfinished = Files.createTempFile(folder, ".resizing", null);
      try {
        Files.write(unfinished, PictureWriter.write(scaled, format, plan));
        long bytes = Files.size(unfinished);
        try {
          Files.move(
              unfinished,
              target,
              StandardCopyOption.ATOMIC_MOVE,
              StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException plain) {
          Files.move(unfinished, target, StandardCopyOption.REPLACE_EXISTING);
        }
        progress.accept(1);
        return new Result(scaled.getWidth(), scaled.getHeight(), format, bytes);
      } finally {
        Files.deleteIfExists(unfinished);
      }
    } catch (IOException broken) {
      throw Failure.of(Failure.Reason.FAILED, "picture", "The picture could not be written")
          .causedBy(broken);
    }
  }

  /**
   * The picture in a file, turned upright.
   *
   * @return a new image of {@link BufferedImage#TYPE_INT_ARGB}
   * @throws Failure as {@link #resize}
   */
  public static BufferedImage read(Path source) {
    return PictureReader.read(source).image();
  }

  /**
   * A picture in another size.
   *
   * @param image not modified
   * @return a new image of {@link BufferedImage#TYPE_INT_ARGB}
   */
  public static BufferedImage scale(BufferedImage image, Plan plan) {
    return scale(image, plan, share -> {});
  }

  /** The file of a picture as its plan says; PNG when the plan names no format. */
  public static byte[] encode(BufferedImage image, Plan plan) {
    return PictureWriter.write(image, plan.format.orElse(Format.PNG), plan);
  }

  private static BufferedImage scale(BufferedImage image, Plan plan, DoubleConsumer progress) {
    int[] pixels = PictureReader.pixels(image);
    int fromWidth = image.getWidth();
    int fromHeight = image.getHeight();
    double across = (double) plan.width / fromWidth;
    double down = (double) plan.height / fromHeight;
    double least = Math.min(across, down);
    double most = Math.max(across, down);
    int width = plan.width;
    int height = plan.height;
    double cutX = 0;
    double cutY = 0;
    double cutWidth = fromWidth;
    double cutHeight = fromHeight;
    if (plan.mode == Mode.FIT || plan.mode == Mode.PAD) {
      width = side(fromWidth * least, plan.width);
      height = side(fromHeight * least, plan.height);
    } else if (plan.mode == Mode.FILL) {
      cutWidth = plan.width / most;
      cutHeight = plan.height / most;
      cutX = (fromWidth - cutWidth) / 2;
      cutY = (fromHeight - cutHeight) / 2;
    }
    Lanczos.Taps columns = Lanczos.taps(fromWidth, cutX, cutWidth, width);
    Lanczos.Taps rows = Lanczos.taps(fromHeight, cutY, cutHeight, height);
    int[] scaled = Lanczos.scale(pixels, fromWidth, columns, rows, plan.linearLight, progress);
    if (plan.mode == Mode.PAD && (width != plan.width || height != plan.height)) {
      int[] padded = new int[plan.width * plan.height];
      Arrays.fill(padded, plan.background);
      int left = (plan.width - width) / 2;
      int top = (plan.height - height) / 2;
      for (int y = 0; y < height; y++) {
        int at = (top + y) * plan.width + left;
        for (int x = 0; x < width; x++) {
          padded[at + x] = Brush.over(plan.background, scaled[y * width + x], 1);
        }
      }
      scaled = padded;
      width = plan.width;
      height = plan.height;
    }
    return PictureReader.image(scaled, width, height);
  }

  private static int side(double ideal, int most) {
    return (int) Math.max(1, Math.min(most, Math.round(ideal)));
  }
}
