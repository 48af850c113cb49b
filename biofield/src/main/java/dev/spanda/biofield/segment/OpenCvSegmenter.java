package dev.spanda.biofield.segment;

import dev.spanda.biofield.Frame;
import dev.spanda.biofield.Mask;
import dev.spanda.core.Failure;
import java.util.List;
import java.util.Optional;

/**
 * Faces and bodies by two networks of MediaPipe, run by OpenCV's DNN module.
 *
 * <p>OpenCV ({@code org.openpnp:opencv}, 110 MB, with native code for Linux, macOS and Windows) is
 * not brought along: whoever wants faces and bodies adds it. Its native part is unpacked into a
 * temporary folder the first time. 1280×720 pixels on one core: the face 3 ms, the body 16 ms.
 *
 * <p>The face is found in the whole frame, made to fit 128×128 pixels with black beside it, by the
 * short-range BlazeFace network: faces that fill less than about a tenth of the frame's longer side
 * are missed. A face's box is the mean, weighted by score, of the boxes that overlap the surest by
 * more than 0.3 of their union, if that one's score is 0.5 or more. The body's mask is computed for
 * 256×256 pixels, drawn over the frame bilinearly, and holds the pixels of 0.5 or more.
 *
 * <p>Sources: V. Bazarevsky et al., BlazeFace, arXiv:1907.05047 (2019), for anchors and blending;
 * MediaPipe's model cards of short-range face detection and selfie segmentation. Thread-safe: calls
 * of one kind wait for each other.
 */
public final class OpenCvSegmenter implements Segmenter {

  private static final int FACE_SIDE = 128;
  private static final int BODY_SIDE = 256;
  private static final double FACE_SCORE = 0.5;
  private static final double SAME_FACE = 0.3;

  private final Network face;
  private final Network body;

  private OpenCvSegmenter() {
    face = Network.load("face_detection_short_range.tflite", FACE_SIDE);
    body = Network.load("selfie_segmentation.tflite", BODY_SIDE);
  }

  /** A segmenter, or nothing when OpenCV is not on the class path or not for this machine. */
  public static Optional<OpenCvSegmenter> find() {
    try {
      return Optional.of(new OpenCvSegmenter());
    } catch (LinkageError e) {
      return Optional.empty();
    }
  }

  /**
   * A segmenter.
   *
   * @throws Failure UNAVAILABLE, subject {@code segmenter}, when OpenCV is not on the class path or
   *     not for this machine; its message says what to add
   */
  public static OpenCvSegmenter open() {
    try {
      return new OpenCvSegmenter();
    } catch (LinkageError e) {
      throw Failure.of(
              Failure.Reason.UNAVAILABLE,
              "segmenter",
              "Faces and bodies are found by OpenCV; add "
                  + Selection.LIBRARY
                  + " to the class path")
          .causedBy(e);
    }
  }

  @Override
  public Optional<Box> face(Frame frame) {
    Fit fit = Fit.whole(frame, FACE_SIDE);
    float[] input = fit.tensor(frame, FACE_SIDE, 1 / 127.5f, -1);
    List<float[]> outputs = face.run(input);
    float[] scores = outputs.get(outputs.get(0).length < outputs.get(1).length ? 0 : 1);
    float[] boxes = outputs.get(outputs.get(0).length < outputs.get(1).length ? 1 : 0);
    return Anchors.surest(scores, boxes, FACE_SCORE, SAME_FACE)
        .flatMap(found -> fit.box(found, FACE_SIDE, frame));
  }

  @Override
  public Mask body(Frame frame) {
    Fit fit = Fit.stretched(frame, BODY_SIDE);
    float[] shares = body.run(fit.tensor(frame, BODY_SIDE, 1 / 255f, 0)).get(0);
    return fit.mask(shares, BODY_SIDE, frame);
  }
}
