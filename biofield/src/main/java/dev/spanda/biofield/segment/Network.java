package dev.spanda.biofield.segment;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.opencv.core.CvType;
import org.opencv.core.Mat;
import org.opencv.core.MatOfByte;
import org.opencv.dnn.Dnn;
import org.opencv.dnn.Net;

/**
 * One network of OpenCV. Nothing but this class touches the library, so that the rest loads without
 * it.
 */
final class Network {

  private final Net net;
  private final int side;
  private final List<String> outputs;

  private Network(Net net, int side) {
    this.net = net;
    this.side = side;
    outputs = net.getUnconnectedOutLayersNames();
  }

  /** The library's native part, unpacked and linked once. */
  private static final class Native {
    static {
      nu.pattern.OpenCV.loadLocally();
    }

    static void link() {}
  }

  static Network load(String name, int side) {
    Native.link();
    try (InputStream in = Objects.requireNonNull(Network.class.getResourceAsStream(name), name)) {
      return new Network(Dnn.readNetFromTFLite(new MatOfByte(in.readAllBytes())), side);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The network's outputs, in its own order.
   *
   * @param input three planes, red, green, blue, row by row
   */
  synchronized List<float[]> run(float[] input) {
    Mat blob = new Mat(new int[] {1, 3, side, side}, CvType.CV_32F);
    List<Mat> found = new ArrayList<>();
    try {
      blob.put(new int[] {0, 0, 0, 0}, input);
      net.setInput(blob);
      net.forward(found, outputs);
      List<float[]> results = new ArrayList<>();
      for (Mat output : found) {
        float[] values = new float[(int) output.total()];
        output.get(new int[output.dims()], values);
        results.add(values);
      }
      return results;
    } finally {
      // The collector does not see how large these are.
      found.forEach(Mat::release);
      blob.release();
    }
  }
}
