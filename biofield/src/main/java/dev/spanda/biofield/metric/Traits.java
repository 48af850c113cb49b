package dev.spanda.biofield.metric;

/**
 * What the scores need beside the metrics. NaN where a picture does not define a value.
 *
 * @param litShare largest outline's area over the number of selected pixels, 0 to 1
 * @param contourBalance {@code 1 − |l − r|/(l + r)} of the numbers of bright pixels left and right
 *     of the middle, 0 to 1, 1 for a mirrored picture; NaN without any
 * @param contourDimension box dimension of the largest outline's pixels, 0 to 2
 * @param colorSymmetry common share of the colour histograms of both halves, in 30 hues × 4
 *     saturations × 4 values, 0 to 1, 1 for a mirrored picture; NaN when a half is empty
 * @param colorCoherence length of the mean of unit vectors at each pixel's hue, weighing its
 *     saturation, 0 to 1 for one hue (Mardia, Statistics of Directional Data (1972), section 2.3);
 *     NaN without colour
 * @param hueCoverage share of 30 hue bins that hold at least a 200th of all saturation, 0 to 1; NaN
 *     without colour
 * @param saturationConsistency {@code 1 − d/127.5}, d the population standard deviation of the
 *     8-bit saturation, 0 to 1
 */
public record Traits(
    double litShare,
    double contourBalance,
    double contourDimension,
    double colorSymmetry,
    double colorCoherence,
    double hueCoverage,
    double saturationConsistency) {}
