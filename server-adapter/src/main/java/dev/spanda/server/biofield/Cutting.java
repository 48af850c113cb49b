package dev.spanda.server.biofield;

import dev.spanda.biofield.Frame;
import dev.spanda.biofield.Mask;
import dev.spanda.biofield.segment.OpenCvSegmenter;
import dev.spanda.biofield.segment.Segmenter;
import dev.spanda.biofield.segment.Selection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the pixels that a mode and a region mean. The segmenter is looked for when the first
 * selection needs it, because loading its native part takes a moment that a start need not wait
 * for. Thread-safe.
 */
final class Cutting {

  private volatile @Nullable Optional<? extends Segmenter> found;

  /**
   * The pixels to be measured.
   *
   * @throws dev.spanda.core.Failure FAILED, subject {@code analysis}, when a face or body is asked
   *     for and cannot be found, or nobody is there to find it
   */
  Mask mask(Frame frame, Selection.Mode mode, Selection.Region region) {
    Selection selection = new Selection(mode, region);
    return selection.mask(
        frame, selection.needsSegmenter() ? segmenter() : Optional.<Segmenter>empty());
  }

  /** Whether faces and bodies can be found here; loads what finds them. */
  boolean isThere() {
    return segmenter().isPresent();
  }

  /** Whether that is likely, without loading anything. */
  boolean isLikely() {
    Optional<? extends Segmenter> known = found;
    return known == null
        ? Cutting.class.getResource("/org/opencv/core/Core.class") != null
        : known.isPresent();
  }

  private Optional<? extends Segmenter> segmenter() {
    Optional<? extends Segmenter> known = found;
    if (known == null) {
      synchronized (this) {
        known = found;
        if (known == null) {
          known = OpenCvSegmenter.find();
          found = known;
        }
      }
    }
    return known;
  }
}
