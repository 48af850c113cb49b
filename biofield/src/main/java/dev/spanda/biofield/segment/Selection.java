package dev.spanda.biofield.segment;

import dev.spanda.biofield.Frame;
import dev.spanda.biofield.Mask;
import dev.spanda.core.Failure;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which pixels are measured. The mode says how a picture is looked at, the region which part of it:
 *
 * <table>
 * <caption>Measured pixels</caption>
 * <tr><th>mode</th><th>region full</th><th>region face</th><th>region body</th></tr>
 * <tr><td>full body</td><td>every pixel</td><td>the face's box</td>
 * <td>the upright rectangle around the body</td></tr>
 * <tr><td>face</td><td>the face's box</td><td>the face's box</td>
 * <td>the body's pixels in the face's box</td></tr>
 * <tr><td>segmented</td><td>the body's pixels</td><td>the body's pixels in the face's box</td>
 * <td>the body's pixels</td></tr>
 * </table>
 *
 * <p>Every pixel is measured only where the table says so. What cannot be found is a failure.
 *
 * @param mode how the picture is looked at
 * @param region which part of it
 */
public record Selection(Mode mode, Region region) {

  /** Every pixel of the picture. */
  public static final Selection EVERYTHING = new Selection(Mode.FULL_BODY, Region.FULL);

  /** The coordinates of what has to be added for the faces and bodies to be found. */
  static final String LIBRARY = "org.openpnp:opencv:4.9.0-0";

  private static final String SUBJECT = "analysis";

  /** A body of a smaller share of the picture is none. */
  private static final double SMALLEST_BODY = 0.001;

  /** How a picture is looked at. */
  public enum Mode {
    /** As it is. */
    FULL_BODY("fullBody"),
    /** The face alone. */
    FACE("face"),
    /** People without what is behind them. */
    SEGMENTED("segmented");

    private final String word;

    Mode(String word) {
      this.word = word;
    }

    /** The word for it, such as {@code fullBody}. */
    public String word() {
      return word;
    }
  }

  /** Part of a picture. */
  public enum Region {
    /** All that the mode sees. */
    FULL("full"),
    /** The face. */
    FACE("face"),
    /** The body. */
    BODY("body");

    private final String word;

    Region(String word) {
      this.word = word;
    }

    /** The word for it, such as {@code full}. */
    public String word() {
      return word;
    }
  }

  /**
   * The selection of two words.
   *
   * @param mode {@code fullBody}, {@code face} or {@code segmented}
   * @param region {@code full}, {@code face} or {@code body}
   * @throws Failure INVALID, subject {@code mode} or {@code region}, for another word
   */
  public static Selection parse(String mode, String region) {
    return new Selection(
        Stream.of(Mode.values())
            .filter(value -> value.word().equals(mode))
            .findFirst()
            .orElseThrow(
                () -> Failure.notAllowed("mode", mode, List.of("fullBody", "face", "segmented"))),
        Stream.of(Region.values())
            .filter(value -> value.word().equals(region))
            .findFirst()
            .orElseThrow(
                () -> Failure.notAllowed("region", region, List.of("full", "face", "body"))));
  }

  /** Whether a segmenter is needed: always, but for every pixel of the picture. */
  public boolean needsSegmenter() {
    return mode != Mode.FULL_BODY || region != Region.FULL;
  }

  /**
   * The pixels of a frame that the table names; never empty.
   *
   * @param segmenter who finds faces and bodies, if anybody does
   * @throws Failure FAILED, subject {@code analysis}, when the selection needs a segmenter and
   *     there is none, and when no face or no body is found in the frame
   */
  public Mask mask(Frame frame, Optional<? extends Segmenter> segmenter) {
    if (!needsSegmenter()) {
      return Mask.full(frame);
    }
    if (segmenter.isEmpty()) {
      throw failed(
          "Analysis failed: mode "
              + mode.word()
              + " with region "
              + region.word()
              + " needs a segmenter; add "
              + LIBRARY
              + " to the class path");
    }
    Segmenter finder = segmenter.get();
    return switch (mode) {
      case FULL_BODY -> region == Region.FACE ? face(frame, finder) : around(body(frame, finder));
      case FACE -> region == Region.BODY ? both(frame, finder) : face(frame, finder);
      case SEGMENTED -> region == Region.FACE ? both(frame, finder) : body(frame, finder);
    };
  }

  private static Mask face(Frame frame, Segmenter finder) {
    return within(Mask.full(frame), box(frame, finder));
  }

  private static Mask both(Frame frame, Segmenter finder) {
    Segmenter.Box box = box(frame, finder);
    Mask mask = within(body(frame, finder), box);
    if (mask.count() == 0) {
      throw failed("Analysis failed: no body found in the face's box");
    }
    return mask;
  }

  private static Mask within(Mask mask, Segmenter.Box box) {
    return mask.rectangle(box.x(), box.y(), box.width(), box.height());
  }

  private static Segmenter.Box box(Frame frame, Segmenter finder) {
    return finder.face(frame).orElseThrow(() -> failed("Analysis failed: no face found"));
  }

  private static Mask body(Frame frame, Segmenter finder) {
    Mask mask = finder.body(frame);
    if (mask.count() < SMALLEST_BODY * frame.area() || mask.count() == 0) {
      throw failed("Analysis failed: no body found");
    }
    return mask;
  }

  private static Mask around(Mask body) {
    return Mask.full(body.width(), body.height())
        .rectangle(body.left(), body.top(), body.right() - body.left(), body.bottom() - body.top());
  }

  private static Failure failed(String message) {
    return Failure.of(Failure.Reason.FAILED, SUBJECT, message);
  }
}
