package dev.spanda.biofield.capture;

import dev.spanda.core.Failure;

/**
 * How the PIP picture is made.
 *
 * @param threshold level above which a pixel is lit, as a share of white, 0 to 1, default 0.5
 * @param hueShift turn of the colour circle for lit pixels, −0.5 to 0.5 turns, default 0.15
 * @param saturationBoost factor of the saturation of lit pixels, 0 to 2, default 1.2
 * @param blurKernel side of the smoothing window in pixels, odd, 1 to 99, default 5; 1 smooths
 *     nothing
 * @param edgeSensitivity an edge is where the gradient is above this share of its largest value, 0
 *     to 1, default 0.3: the larger, the fewer edges; at 1 there are none
 */
public record PipSettings(
    double threshold,
    double hueShift,
    double saturationBoost,
    int blurKernel,
    double edgeSensitivity) {

  /** The defaults named above. */
  public static final PipSettings DEFAULT = new PipSettings(0.5, 0.15, 1.2, 5, 0.3);

  /**
   * Checks the settings.
   *
   * @throws Failure INVALID, its subject the setting's name on the wire, such as {@code hue_shift},
   *     when one is out of its range
   */
  public PipSettings {
    Failure.requireInRange("threshold", "Threshold", threshold, 0, 1, "");
    Failure.requireInRange("hue_shift", "Hue shift", hueShift, -0.5, 0.5, "");
    Failure.requireInRange("saturation_boost", "Saturation boost", saturationBoost, 0, 2, "");
    Failure.requireInRange("blur_kernel", "Blur kernel", blurKernel, 1, 99, "pixels");
    if (blurKernel % 2 == 0) {
      throw Failure.invalid(
          "blur_kernel", blurKernel, "Blur kernel must be an odd number; was " + blurKernel);
    }
    Failure.requireInRange("edge_sensitivity", "Edge sensitivity", edgeSensitivity, 0, 1, "");
  }
}
