package dev.spanda.server.wavestack;

import dev.spanda.biofield.Frame;
import dev.spanda.biofield.Mask;
import dev.spanda.biofield.segment.OpenCvSegmenter;
import dev.spanda.biofield.segment.Segmenter;
import dev.spanda.core.Failure;
import dev.spanda.media.thumbnail.PersonCutter;
import java.awt.image.BufferedImage;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Cuts people out with the segmentation model of the image field. The model is looked for when the
 * first picture needs it, because loading its native part takes a moment. Edges are softened over
 * three pixels.
 */
final class SegmentCutter implements PersonCutter {

  /** Less than this share of a picture is nobody. */
  private static final double LEAST_SHARE = 0.005;

  private final Supplier<Optional<? extends Segmenter>> finder;
  private volatile @Nullable Optional<? extends Segmenter> found;

  SegmentCutter() {
    this(OpenCvSegmenter::find);
  }

  SegmentCutter(Supplier<Optional<? extends Segmenter>> finder) {
    this.finder = finder;
  }

  @Override
  public Optional<BufferedImage> cut(BufferedImage picture) {
    Segmenter segmenter =
        segmenter()
            .orElseThrow(
                () ->
                    Failure.of(
                        Failure.Reason.UNAVAILABLE,
                        "include_face",
                        "People are cut out by a model that needs OpenCV, org.openpnp:opencv, which"
                            + " is not on the class path"));
    int width = picture.getWidth();
    int height = picture.getHeight();
    int[] pixels = picture.getRGB(0, 0, width, height, null, 0, width);
    Mask mask = segmenter.body(Frame.of(width, height, pixels));
    if (mask.count() < LEAST_SHARE * width * height) {
      return Optional.empty();
    }
    int[] cut = new int[pixels.length];
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int inside = 0;
        for (int dy = -1; dy <= 1; dy++) {
          for (int dx = -1; dx <= 1; dx++) {
            int nearX = Math.max(0, Math.min(width - 1, x + dx));
            int nearY = Math.max(0, Math.min(height - 1, y + dy));
            inside += mask.contains(nearX, nearY) ? 1 : 0;
          }
        }
        int at = y * width + x;
        cut[at] = inside * 255 / 9 << 24 | pixels[at] & 0xFFFFFF;
      }
    }
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
    image.setRGB(0, 0, width, height, cut, 0, width);
    return Optional.of(image);
  }

  private Optional<? extends Segmenter> segmenter() {
    Optional<? extends Segmenter> known = found;
    if (known == null) {
      synchronized (this) {
        known = found;
        if (known == null) {
          known = finder.get();
          found = known;
        }
      }
    }
    return known;
  }
}
