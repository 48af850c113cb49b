package dev.spanda.contract.wavestack;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Content;
import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pictures that announce videos, 1280 by 720 px. */
@Route.Group("Thumbnail Generator")
public interface ThumbnailsApi {

  /** A thumbnail of a title, on a drawn ground or over a picture. */
  @Route(
      value = "POST /api/v1/generate",
      summary = "A thumbnail of a title, on a drawn ground or over a picture.")
  Thumbnail generate(Plan plan);

  /** A thumbnail over the frame of a video. */
  @Route(
      value = "POST /api/v1/generate/from-frame",
      summary = "A thumbnail over the frame that a video shows at a time.")
  Thumbnail generateFromFrame(FramePlan plan);

  /** The file of a thumbnail, for its organisation alone. */
  @Route(value = "GET /thumbnails/{file}", summary = "The file of a thumbnail.")
  Content file(@Param.Path("file") String file);

  /**
   * What to draw.
   *
   * @param title 1 to 120 characters
   * @param style {@code gaming}, {@code vlog}, {@code tutorial}, {@code reaction} or {@code
   *     custom}; custom when absent
   */
  record Plan(
      @JsonProperty(value = "title", required = true) String title,
      @JsonProperty("style") @Nullable String style,
      @JsonProperty("options") @Nullable Options options) {}

  /**
   * How to draw it. Everything may be absent.
   *
   * @param includeFace cuts the people out of the picture at {@code image_url} and puts them before
   *     the rest; a note says when there is no picture, nobody in it, or nothing here that sees
   *     people
   * @param faceExpression up to 40 characters; faces are taken from pictures and not made, so a
   *     note says that it was not used
   * @param background {@code gradient}, {@code solid}, {@code rays}, {@code blades}, {@code sunset}
   *     or {@code panel}; that of the style when absent
   * @param colors 1 to 4 as {@code #RRGGBB} or {@code #RGB}: of the ground, of its other end, of
   *     ornaments, of the letters
   * @param subtitle up to 120 characters; beyond the document
   * @param badge up to 16 characters in a corner; beyond the document
   * @param imageUrl a PNG, JPEG, BMP or GIF of up to 16 MiB to lie under the title; beyond the
   *     document
   * @param format {@code png}, {@code jpeg} or {@code webp}; png when absent; beyond the document
   */
  record Options(
      @JsonProperty("include_face") @Nullable Boolean includeFace,
      @JsonProperty("face_expression") @Nullable String faceExpression,
      @JsonProperty("background") @Nullable String background,
      @JsonProperty("colors") @Nullable List<String> colors,
      @JsonProperty("subtitle") @Nullable String subtitle,
      @JsonProperty("badge") @Nullable String badge,
      @JsonProperty("image_url") @Nullable String imageUrl,
      @JsonProperty("format") @Nullable String format) {}

  /**
   * What to draw over which frame.
   *
   * @param timestamp seconds from the beginning, at least 0; 0 when absent
   * @param style as in {@link Plan}
   * @param options as in {@link Plan}, without {@code image_url}; beyond the document
   */
  record FramePlan(
      @JsonProperty(value = "video_url", required = true) String videoUrl,
      @JsonProperty("timestamp") @Nullable Number timestamp,
      @JsonProperty("style") @Nullable String style,
      @JsonProperty("overlays") @Nullable Overlays overlays,
      @JsonProperty("options") @Nullable Options options) {}

  /** Words over a frame, each up to 120 characters. */
  record Overlays(
      @JsonProperty("title") @Nullable String title,
      @JsonProperty("subtitle") @Nullable String subtitle) {}

  /** Sides in px. */
  record Dimensions(@JsonProperty("width") int width, @JsonProperty("height") int height) {}

  /**
   * A thumbnail that was drawn.
   *
   * @param url of its file
   * @param format {@code png}, {@code jpeg} or {@code webp}; beyond the document
   * @param sizeBytes of its file; beyond the document
   * @param notes what was asked for and could not be done, absent when there is nothing to say;
   *     beyond the document
   */
  record Thumbnail(
      @JsonProperty("thumbnail_id") String thumbnailId,
      @JsonProperty("url") String url,
      @JsonProperty("dimensions") Dimensions dimensions,
      @JsonProperty("generated_at") Instant generatedAt,
      @JsonProperty("format") @Nullable String format,
      @JsonProperty("size_bytes") @Nullable Long sizeBytes,
      @JsonProperty("notes") @Nullable List<String> notes) {}
}
