package dev.spanda.biofield;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Thirty measures of the selected pixels of a picture. NaN says that the picture does not define a
 * value; where that happens stands with each component. Gray is OpenCV's 8-bit luma, {@code (3735·B
 * + 19235·G + 9798·R + 16384) >> 15}, and hue, saturation and value are OpenCV's 8-bit ones, bit
 * for bit. All values are image statistics without medical meaning.
 *
 * @param basic brightness and noise
 * @param color means and spread of colour
 * @param geometric moments of brightness
 * @param contour the outlines of the bright set
 * @param nonlinear series measures and the box dimension
 * @param symmetry mirror measures
 */
public record Metrics(
    Basic basic,
    Color color,
    Geometric geometric,
    Contour contour,
    Nonlinear nonlinear,
    Symmetry symmetry) {

  /**
   * Brightness and noise. All are NaN for an empty mask.
   *
   * @param avgIntensity mean gray, 0 to 255
   * @param stdDeviation population standard deviation of gray, 0 to 127.5
   * @param lightQuantaDensity share of pixels brighter than mean + 0.5·deviation, 0 to 1
   * @param innerNoise {@code min(100, 100·deviation/mean)}; NaN for a black picture
   * @param signalNoiseRatio {@code 20·log10(mean/σ)} dB, at most 60, with σ by Immerkær (Computer
   *     Vision and Image Understanding 64 (1996) 300): {@code √(π/2)/6} times the mean absolute
   *     answer of the 3×3 kernel 1 −2 1 / −2 4 −2 / 1 −2 1 over all selected pixels whose eight
   *     neighbours are selected; 60 where σ is 0; NaN for a black picture and where no pixel has
   *     its eight neighbours
   */
  public record Basic(
      double avgIntensity,
      double stdDeviation,
      double lightQuantaDensity,
      double innerNoise,
      double signalNoiseRatio) {}

  /**
   * Colour. All are NaN for an empty mask.
   *
   * @param colorEntropy Shannon entropy of the histogram of hue, saturation and value in 30×32×32
   *     bins, bits, 0 to 14.9
   * @param dominantHue the most frequent of 180 hues, each pixel weighing its saturation, in turns,
   *     0 to 1, exclusive; the lowest of equals; NaN for a picture without colour
   * @param saturationMean 0 to 1
   * @param valueMean mean of the largest channel, 0 to 1
   * @param redChannel mean, 0 to 255
   * @param greenChannel mean, 0 to 255
   * @param blueChannel mean, 0 to 255
   */
  public record Color(
      double colorEntropy,
      double dominantHue,
      double saturationMean,
      double valueMean,
      double redChannel,
      double greenChannel,
      double blueChannel) {}

  /**
   * A place in a frame.
   *
   * @param x pixels from the centre of the leftmost column
   * @param y pixels from the centre of the highest row
   */
  public record Point(double x, double y) {}

  /**
   * Moments of gray. With {@code μpq = Σ gray·(x − x̄)^p·(y − ȳ)^q}; λ1 ≥ λ2 are the eigenvalues of
   * the matrix of μ20, μ11 and μ02. All but the area are NaN for a black picture and an empty mask.
   *
   * @param imageArea number of selected pixels
   * @param centerOfMass mean place, each pixel weighing its gray
   * @param spatialMoment μ20 + μ02, ≥ 0
   * @param eccentricity {@code √(1 − λ2/λ1)}, 0 for a round picture to 1 for a line; NaN when all
   *     light is in one pixel
   * @param orientation {@code ½·atan2(2·μ11, μ20 − μ02)} of the longer axis from the x axis towards
   *     the y axis, which points down, degrees, −90 to 90; 0 where both axes are equally long
   */
  public record Geometric(
      int imageArea,
      Point centerOfMass,
      double spatialMoment,
      double eccentricity,
      double orientation) {}

  /**
   * Outlines of the bright set: selected pixels above the threshold of Otsu (IEEE Trans. SMC 9
   * (1979) 62). Only outer borders that nothing encloses are followed, by the rule of Suzuki and
   * Abe (CVGIP 30 (1985) 32); values equal OpenCV's. The largest is the one with the largest area,
   * the highest of equals. The doubles are NaN when the set is empty.
   *
   * @param perimeterLength of the largest outline, pixels
   * @param largestContourArea of the polygon through the centres of its pixels, pixels²; 0 for a
   *     line
   * @param contourCount number of outlines
   * @param hullArea of the convex hull of the largest outline, pixels²
   * @param solidity area over hull area, 0 to 1; NaN for a hull without area
   * @param convexityDefects stretches of the largest outline that lie more than 1 pixel inside its
   *     hull
   */
  public record Contour(
      double perimeterLength,
      double largestContourArea,
      int contourCount,
      double hullArea,
      double solidity,
      int convexityDefects) {}

  /**
   * Nonlinear measures. The last five belong to series. Of one picture these are the means of the
   * rows and the means of the columns, in the smallest groups of neighbours that make at most 512
   * values, and 4096 pixels in the order of a Hilbert curve, at the middles of the cells of a grid
   * of 64×64 (1024 and 32×32 in {@link Analyzer.Profile#REALTIME}; fewer when a side is shorter
   * than the grid). Each value is the mean over those of the three that define it; series of fewer
   * than 128 values define nothing. The Lyapunov exponent and the correlation dimension, whose time
   * grows fastest, are taken of rows and columns only, in groups that make at most 256 values: so
   * few describe a picture, but do not estimate a dynamical system. In a stream that has seen
   * enough frames all five belong to the series of the frames' mean gray; see {@link
   * Analyzer.Stream}.
   *
   * @param fractalDimension box dimension of the bright set (see {@link Contour}), 0 to 2; NaN for
   *     an empty set
   * @param hurstExponent by maximum likelihood, 0.001 to 0.999
   * @param lyapunovExponent nats a step; negative or 0 where neighbours stay together
   * @param dfaAlpha detrended fluctuation exponent, 0.5 for white noise, 1.5 for its sum
   * @param sampleEntropy bits; 3.15 for white noise
   * @param correlationDimension ≥ 0; about 5 for noise, because five coordinates are looked at
   */
  public record Nonlinear(
      double fractalDimension,
      double hurstExponent,
      double lyapunovExponent,
      double dfaAlpha,
      double sampleEntropy,
      double correlationDimension) {}

  /**
   * Mirror measures, each 0 to 1 and exactly 1 when the mirror image is the same. The axes run
   * through the middle of the smallest rectangle that holds the mask; a pixel counts when its
   * mirror image is selected too. All are NaN for an empty mask.
   *
   * @param verticalSymmetry {@code 1 − m/255}, m the mean absolute difference of gray between the
   *     picture and its left-right mirror image
   * @param horizontalSymmetry the same for the top-bottom mirror image
   * @param radialSymmetry the same for the picture turned by 180°
   * @param bilateralScore of the left half L and the mirrored right half R: {@code 0.35·s + 0.25·c
   *     + 0.20·h + 0.20·(1 − e/255²)}; s is the mean structural similarity of blocks of 8×8 pixels
   *     (Wang et al., IEEE Trans. Image Process. 13 (2004) 600), c Pearson's correlation, both held
   *     at 0 from below, h the common share of both gray histograms, e the mean squared difference.
   *     Where a half is of one gray, c is left out and the weights renormalised. NaN for a single
   *     column
   */
  public record Symmetry(
      double verticalSymmetry,
      double horizontalSymmetry,
      double radialSymmetry,
      double bilateralScore) {}

  /**
   * All values by name in the order of the components, the centre of mass as {@code centerOfMassX}
   * and {@code centerOfMassY}; those that are NaN are left out.
   */
  public Map<String, Double> values() {
    Map<String, Double> values = new LinkedHashMap<>();
    put(values, "avgIntensity", basic.avgIntensity);
    put(values, "stdDeviation", basic.stdDeviation);
    put(values, "lightQuantaDensity", basic.lightQuantaDensity);
    put(values, "innerNoise", basic.innerNoise);
    put(values, "signalNoiseRatio", basic.signalNoiseRatio);
    put(values, "colorEntropy", color.colorEntropy);
    put(values, "dominantHue", color.dominantHue);
    put(values, "saturationMean", color.saturationMean);
    put(values, "valueMean", color.valueMean);
    put(values, "redChannel", color.redChannel);
    put(values, "greenChannel", color.greenChannel);
    put(values, "blueChannel", color.blueChannel);
    put(values, "imageArea", geometric.imageArea);
    put(values, "centerOfMassX", geometric.centerOfMass.x);
    put(values, "centerOfMassY", geometric.centerOfMass.y);
    put(values, "spatialMoment", geometric.spatialMoment);
    put(values, "eccentricity", geometric.eccentricity);
    put(values, "orientation", geometric.orientation);
    put(values, "perimeterLength", contour.perimeterLength);
    put(values, "largestContourArea", contour.largestContourArea);
    put(values, "contourCount", contour.contourCount);
    put(values, "hullArea", contour.hullArea);
    put(values, "solidity", contour.solidity);
    put(values, "convexityDefects", contour.convexityDefects);
    put(values, "fractalDimension", nonlinear.fractalDimension);
    put(values, "hurstExponent", nonlinear.hurstExponent);
    put(values, "lyapunovExponent", nonlinear.lyapunovExponent);
    put(values, "dfaAlpha", nonlinear.dfaAlpha);
    put(values, "sampleEntropy", nonlinear.sampleEntropy);
    put(values, "correlationDimension", nonlinear.correlationDimension);
    put(values, "verticalSymmetry", symmetry.verticalSymmetry);
    put(values, "horizontalSymmetry", symmetry.horizontalSymmetry);
    put(values, "radialSymmetry", symmetry.radialSymmetry);
    put(values, "bilateralScore", symmetry.bilateralScore);
    return Collections.unmodifiableMap(values);
  }

  static void put(Map<String, Double> values, String name, double value) {
    if (!Double.isNaN(value)) {
      values.put(name, value);
    }
  }
}
