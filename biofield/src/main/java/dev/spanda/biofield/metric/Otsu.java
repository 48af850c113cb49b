package dev.spanda.biofield.metric;

/**
 * Threshold that parts a gray histogram best: Otsu, IEEE Trans. SMC 9 (1979) 62, in the order of
 * operations and with the guard of OpenCV, so that the result is the same.
 */
final class Otsu {

  /** A class with a smaller share than this is not looked at: OpenCV's {@code FLT_EPSILON}. */
  private static final double SMALLEST_SHARE = 1.1920928955078125e-7;

  private Otsu() {}

  /** 0 to 254; pixels above it are bright. 0 when there is one gray only. */
  static int threshold(int[] histogram, long count) {
    double scale = 1.0 / count;
    double mean = 0;
    for (int i = 0; i < 256; i++) {
      mean += i * (double) histogram[i];
    }
    mean *= scale;
    double darkMean = 0;
    double darkShare = 0;
    double best = 0;
    int threshold = 0;
    for (int i = 0; i < 256; i++) {
      double share = histogram[i] * scale;
      darkMean *= darkShare;
      darkShare += share;
      double brightShare = 1 - darkShare;
      if (Math.min(darkShare, brightShare) < SMALLEST_SHARE
          || Math.max(darkShare, brightShare) > 1 - SMALLEST_SHARE) {
        continue;
      }
      darkMean = (darkMean + i * share) / darkShare;
      double brightMean = (mean - darkShare * darkMean) / brightShare;
      double between = darkShare * brightShare * (darkMean - brightMean) * (darkMean - brightMean);
      if (between > best) {
        best = between;
        threshold = i;
      }
    }
    return threshold;
  }
}
