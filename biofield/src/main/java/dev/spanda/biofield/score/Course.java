package dev.spanda.biofield.score;

/**
 * What a sequence of pictures says beside the newest one. NaN where it is too short or does not
 * define a value.
 *
 * @param temporalStability mean correlation of neighbouring pictures, 0 to 1
 * @param intensityVariation standard deviation over mean of the pictures' mean gray, ≥ 0
 * @param areaVariation standard deviation over mean of their lit share, ≥ 0
 * @param recurrence share of pairs of moments at which mean gray did nearly the same, 0 to 1
 */
public record Course(
    double temporalStability, double intensityVariation, double areaVariation, double recurrence) {

  /** A single picture. */
  public static final Course NONE = new Course(Double.NaN, Double.NaN, Double.NaN, Double.NaN);
}
