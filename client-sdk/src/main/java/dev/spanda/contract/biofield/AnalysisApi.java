package dev.spanda.contract.biofield;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import dev.spanda.contract.http.Upload;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Pictures measured one at a time, and what was measured before. */
@Route.Group("Analysis")
public interface AnalysisApi {

  /** The mode and the region of a request that names none: the whole picture. */
  String FULL_BODY = "fullBody";

  /** The mode that measures a face. */
  String FACE = "face";

  /** The mode that cuts the person out. */
  String SEGMENTED = "segmented";

  /** The most bytes of a picture: it must have less than 10 MB, which are 10·2²⁰ bytes here. */
  long LARGEST_IMAGE = 10L * 1024 * 1024 - 1;

  /**
   * Measures a picture and keeps it.
   *
   * @param form the file {@code image} (JPEG, PNG or BMP, less than 10 MB) and the fields {@code
   *     mode} ({@code fullBody}, {@code face} or {@code segmented}; {@code fullBody} when absent),
   *     {@code region} ({@code full}, {@code face} or {@code body}; {@code full} when absent) and
   *     {@code pip_settings}, the JSON text of {@link PipSettings}
   */
  @Route(value = "POST /api/analysis/capture", summary = "Measures a picture and keeps it.")
  Analysis capture(
      @Upload.Expect(
              value = "image",
              largestBytes = LARGEST_IMAGE,
              fields = {"mode", "region", "pip_settings"})
          Upload form);

  /** What was measured in a picture, with the picture itself. */
  @Route(
      value = "GET /api/analysis/{analysis_id}",
      summary = "What was measured in a picture, with the picture itself.")
  Analysis analysis(@Param.Path("analysis_id") String analysisId);

  /**
   * The analyses, newest first.
   *
   * @param limit 1 to 100; 50 when absent
   * @param offset 0 or more; 0 when absent
   * @param startDate the first day or moment, as ISO 8601; a moment without offset is in UTC
   * @param endDate the last day, which counts whole, or moment
   * @param mode only those of this mode
   * @param minEnergy only those whose energy is at least this, 0 to 100
   */
  @Route(value = "GET /api/analysis/history", summary = "The analyses, newest first.")
  History history(
      @Param.Query("limit") @Nullable Integer limit,
      @Param.Query("offset") @Nullable Integer offset,
      @Param.Query("start_date") @Nullable String startDate,
      @Param.Query("end_date") @Nullable String endDate,
      @Param.Query("mode") @Nullable String mode,
      @Param.Query("min_energy") @Nullable Double minEnergy);

  /**
   * How the processed picture is made. An absent setting has its default.
   *
   * @param threshold gray above which a pixel stays, 0 to 1; 0.5
   * @param hueShift turn of the hue, −0.5 to 0.5 of a circle; 0.15
   * @param saturationBoost factor of the saturation, 0 to 2; 1.2
   * @param blurKernel width of the blur in pixels, odd; 5
   * @param edgeSensitivity share of the strongest edge above which edges are drawn, 0 to 1; 0.3
   */
  record PipSettings(
      @JsonProperty("threshold") @Nullable Double threshold,
      @JsonProperty("hue_shift") @Nullable Double hueShift,
      @JsonProperty("saturation_boost") @Nullable Double saturationBoost,
      @JsonProperty("blur_kernel") @Nullable Integer blurKernel,
      @JsonProperty("edge_sensitivity") @Nullable Double edgeSensitivity) {

    /** Nothing but defaults. */
    public static final PipSettings DEFAULT = new PipSettings(null, null, null, null, null);

    /** The same with another threshold, 0 to 1. */
    public PipSettings withThreshold(double value) {
      return new PipSettings(value, hueShift, saturationBoost, blurKernel, edgeSensitivity);
    }

    /** The same with another turn of the hue, −0.5 to 0.5 of a circle. */
    public PipSettings withHueShift(double value) {
      return new PipSettings(threshold, value, saturationBoost, blurKernel, edgeSensitivity);
    }

    /** The same with another factor of the saturation, 0 to 2. */
    public PipSettings withSaturationBoost(double value) {
      return new PipSettings(threshold, hueShift, value, blurKernel, edgeSensitivity);
    }

    /** The same with another width of the blur, odd, in pixels. */
    public PipSettings withBlurKernel(int value) {
      return new PipSettings(threshold, hueShift, saturationBoost, value, edgeSensitivity);
    }

    /** The same with another share of the strongest edge, 0 to 1. */
    public PipSettings withEdgeSensitivity(double value) {
      return new PipSettings(threshold, hueShift, saturationBoost, blurKernel, value);
    }
  }

  /**
   * A measured picture.
   *
   * @param images absent for a picture of a live session, which is not kept, and in exports that do
   *     not ask for pictures
   * @param region what was measured of the picture; beyond the document
   * @param sessionId the live session it belongs to; beyond the document
   * @param contributions how each score came about, by its name; beyond the document
   */
  record Analysis(
      @JsonProperty("id") String id,
      @JsonProperty("timestamp") Instant timestamp,
      @JsonProperty("mode") String mode,
      @JsonProperty("metrics") @Nullable Metrics metrics,
      @JsonProperty("scores") Scores scores,
      @JsonProperty("images") @Nullable Images images,
      @JsonProperty("region") @Nullable String region,
      @JsonProperty("session_id") @Nullable String sessionId,
      @JsonProperty("contributions") @Nullable Map<String, List<Contribution>> contributions) {

    /** Copies the contributions, keeping their order. */
    public Analysis {
      contributions =
          contributions == null
              ? null
              : Collections.unmodifiableMap(new LinkedHashMap<>(contributions));
    }
  }

  /**
   * A part of a score.
   *
   * @param input what was measured
   * @param weight its share of the score, 0 to 1; the shares of a score add up to 1
   * @param value the input on the score's own scale, 0 to 1
   * @param points what it adds to the score, 0 to 100
   */
  record Contribution(
      @JsonProperty("input") String input,
      @JsonProperty("weight") double weight,
      @JsonProperty("value") double value,
      @JsonProperty("points") double points) {}

  /**
   * The pictures of an analysis as data URLs.
   *
   * @param original the picture as it was sent, in its own format
   * @param processed the picture made by {@link PipSettings}, as PNG; a picture with more than 2
   *     560 pixels on its longer side is brought to that first
   */
  record Images(
      @JsonProperty("original") @Nullable String original,
      @JsonProperty("processed") @Nullable String processed) {}

  /** The six scores, each 0 to 100; one whose every input is undefined is absent. */
  record Scores(
      @JsonProperty("energy") @Nullable Double energy,
      @JsonProperty("symmetry") @Nullable Double symmetry,
      @JsonProperty("coherence") @Nullable Double coherence,
      @JsonProperty("complexity") @Nullable Double complexity,
      @JsonProperty("regulation") @Nullable Double regulation,
      @JsonProperty("colorBalance") @Nullable Double colorBalance) {}

  /** Everything that is measured, in six groups. */
  record Metrics(
      @JsonProperty("basic") @Nullable Basic basic,
      @JsonProperty("color") @Nullable Color color,
      @JsonProperty("geometric") @Nullable Geometric geometric,
      @JsonProperty("contour") @Nullable Contour contour,
      @JsonProperty("nonlinear") @Nullable Nonlinear nonlinear,
      @JsonProperty("symmetry") @Nullable Symmetry symmetry) {}

  /**
   * Brightness.
   *
   * @param avgIntensity 0 to 255
   * @param stdDeviation 0 to 255
   * @param lightQuantaDensity 0 to 1
   * @param innerNoise 0 to 100
   * @param signalNoiseRatio decibel
   */
  record Basic(
      @JsonProperty("avgIntensity") @Nullable Double avgIntensity,
      @JsonProperty("stdDeviation") @Nullable Double stdDeviation,
      @JsonProperty("lightQuantaDensity") @Nullable Double lightQuantaDensity,
      @JsonProperty("innerNoise") @Nullable Double innerNoise,
      @JsonProperty("signalNoiseRatio") @Nullable Double signalNoiseRatio) {}

  /**
   * Colour.
   *
   * @param colorEntropy bits
   * @param dominantHue 0 to 1 of a circle
   * @param saturationMean 0 to 1
   * @param valueMean 0 to 1
   * @param redChannel 0 to 255
   * @param greenChannel 0 to 255
   * @param blueChannel 0 to 255
   */
  record Color(
      @JsonProperty("colorEntropy") @Nullable Double colorEntropy,
      @JsonProperty("dominantHue") @Nullable Double dominantHue,
      @JsonProperty("saturationMean") @Nullable Double saturationMean,
      @JsonProperty("valueMean") @Nullable Double valueMean,
      @JsonProperty("redChannel") @Nullable Double redChannel,
      @JsonProperty("greenChannel") @Nullable Double greenChannel,
      @JsonProperty("blueChannel") @Nullable Double blueChannel) {}

  /**
   * Where the light lies.
   *
   * @param imageArea pixels measured
   * @param centerOfMass x and y in pixels from the upper left corner
   * @param eccentricity 0 to 1
   * @param orientation degrees
   */
  record Geometric(
      @JsonProperty("imageArea") @Nullable Number imageArea,
      @JsonProperty("centerOfMass") @Nullable List<Number> centerOfMass,
      @JsonProperty("spatialMoment") @Nullable Double spatialMoment,
      @JsonProperty("eccentricity") @Nullable Double eccentricity,
      @JsonProperty("orientation") @Nullable Double orientation) {

    /** Copies the centre. */
    public Geometric {
      centerOfMass = centerOfMass == null ? null : List.copyOf(centerOfMass);
    }
  }

  /**
   * Outlines.
   *
   * @param perimeterLength pixels
   * @param largestContourArea square pixels; outlines run through the middle of pixels, so that
   *     halves occur
   * @param hullArea square pixels
   * @param solidity 0 to 1
   */
  record Contour(
      @JsonProperty("perimeterLength") @Nullable Double perimeterLength,
      @JsonProperty("largestContourArea") @Nullable Number largestContourArea,
      @JsonProperty("contourCount") @Nullable Integer contourCount,
      @JsonProperty("hullArea") @Nullable Number hullArea,
      @JsonProperty("solidity") @Nullable Double solidity,
      @JsonProperty("convexityDefects") @Nullable Integer convexityDefects) {}

  /**
   * Irregularity.
   *
   * @param fractalDimension 0 to 2
   * @param hurstExponent 0 to 1
   * @param lyapunovExponent negative where neighbours stay near
   * @param dfaAlpha about 0.5 to 1.5
   * @param sampleEntropy bits
   */
  record Nonlinear(
      @JsonProperty("fractalDimension") @Nullable Double fractalDimension,
      @JsonProperty("hurstExponent") @Nullable Double hurstExponent,
      @JsonProperty("lyapunovExponent") @Nullable Double lyapunovExponent,
      @JsonProperty("dfaAlpha") @Nullable Double dfaAlpha,
      @JsonProperty("sampleEntropy") @Nullable Double sampleEntropy,
      @JsonProperty("correlationDimension") @Nullable Double correlationDimension) {}

  /** Likeness of the halves, each 0 to 1. */
  record Symmetry(
      @JsonProperty("verticalSymmetry") @Nullable Double verticalSymmetry,
      @JsonProperty("horizontalSymmetry") @Nullable Double horizontalSymmetry,
      @JsonProperty("radialSymmetry") @Nullable Double radialSymmetry,
      @JsonProperty("bilateralScore") @Nullable Double bilateralScore) {}

  /**
   * A page of analyses.
   *
   * @param total how many there are on all pages
   */
  record History(
      @JsonProperty("total") long total,
      @JsonProperty("limit") int limit,
      @JsonProperty("offset") int offset,
      @JsonProperty("items") List<Item> items) {

    /** Copies the items. */
    public History {
      items = List.copyOf(items);
    }
  }

  /**
   * A row of the history.
   *
   * @param thumbnail a JPEG as data URL, at most 160 pixels on its longer side
   */
  record Item(
      @JsonProperty("id") String id,
      @JsonProperty("timestamp") Instant timestamp,
      @JsonProperty("mode") String mode,
      @JsonProperty("scores") Scores scores,
      @JsonProperty("thumbnail") @Nullable String thumbnail) {}
}
