package dev.spanda.contract.vajra;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Route;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Colour fields and patterns, as pictures in Base64. */
@Route.Group("Visualization")
public interface VisualizationApi {

  /** Soft rectangles of colour, one under the other. */
  @Route(
      value = "POST /api/v1/visualization/rothko",
      summary = "A colour field as a PNG in Base64; the same request gives the same bytes.")
  Field rothko(FieldRequest request);

  /** A pattern of circles and lines. */
  @Route(
      value = "POST /api/v1/visualization/sacred-geometry",
      summary = "A pattern as SVG or PNG in Base64, built on conditions that hold to a billionth.")
  Pattern sacredGeometry(PatternRequest request);

  /**
   * What to paint. Everything may be absent.
   *
   * @param colors of the fields from the top down, 1 to 12 as {@code #RRGGBB} or {@code #RGB}; the
   *     ground is their darkened mean. Those of the palette when absent
   * @param width in px, 16 to 4 096; 1 920 when absent
   * @param height in px, 16 to 4 096; 1 080 when absent
   * @param blurAmount standard deviation of the soft edges in px, 0 to 1 000; 50 when absent
   * @param palette {@code ember}, {@code deep}, {@code dawn} or {@code grove}; ember when absent;
   *     not together with colors; beyond the document
   * @param seed another number gives other heights and margins; 0 when absent; beyond the document
   */
  record FieldRequest(
      @JsonProperty("colors") @Nullable List<String> colors,
      @JsonProperty("width") @Nullable Integer width,
      @JsonProperty("height") @Nullable Integer height,
      @JsonProperty("blur_amount") @Nullable Number blurAmount,
      @JsonProperty("palette") @Nullable String palette,
      @JsonProperty("seed") @Nullable Long seed) {}

  /** Sides in px. */
  record Dimensions(@JsonProperty("width") int width, @JsonProperty("height") int height) {}

  /**
   * A colour field.
   *
   * @param imageData the file in Base64
   * @param format {@code PNG}
   */
  record Field(
      @JsonProperty("status") String status,
      @JsonProperty("image_data") String imageData,
      @JsonProperty("dimensions") Dimensions dimensions,
      @JsonProperty("format") String format) {}

  /**
   * What to draw.
   *
   * @param pattern {@code seed-of-life}, {@code flower-of-life}, {@code fruit-of-life}, {@code
   *     egg-of-life}, {@code metatrons-cube}, {@code vesica-piscis}, {@code golden-spiral}, {@code
   *     torus} or {@code sri-yantra}
   * @param size the side in px, 16 to 4 096; 1 024 when absent
   * @param colorScheme {@code aurora}, {@code chakra}, {@code gold}, {@code ink} or {@code rose};
   *     gold when absent
   * @param complexity {@code low}, {@code medium}, {@code high}, or 1 to 6 of which these are 2, 3
   *     and 5; medium when absent
   * @param format {@code SVG} or {@code PNG}; SVG when absent; beyond the document
   */
  record PatternRequest(
      @JsonProperty(value = "pattern", required = true) String pattern,
      @JsonProperty("size") @Nullable Integer size,
      @JsonProperty("color_scheme") @Nullable String colorScheme,
      @JsonProperty("complexity") @Nullable String complexity,
      @JsonProperty("format") @Nullable String format) {}

  /**
   * A pattern.
   *
   * @param imageData the file in Base64
   * @param format {@code SVG} or {@code PNG}
   * @param residual the largest error of any condition of the pattern as a share of the radius,
   *     below 1e-9; beyond the document
   */
  record Pattern(
      @JsonProperty("status") String status,
      @JsonProperty("image_data") String imageData,
      @JsonProperty("pattern") String pattern,
      @JsonProperty("format") String format,
      @JsonProperty("residual") @Nullable Double residual) {}
}
