package dev.spanda.contract.biofield;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Content;
import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import dev.spanda.contract.http.Upload;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pictures kept for later, alone or up to ten at a time. */
@Route.Group("Capture")
public interface CaptureApi {

  /**
   * Keeps a picture.
   *
   * @param form the file {@code image}, JPEG, PNG or BMP, less than 10 MB
   */
  @Route(value = "POST /api/capture/frame", status = 201, summary = "Keeps a picture.")
  Frame frame(
      @Upload.Expect(value = "image", largestBytes = AnalysisApi.LARGEST_IMAGE) Upload form);

  /**
   * Keeps up to ten pictures and measures them one after another; {@link #progress} tells how far
   * it is, and a restart of the server loses nothing.
   *
   * @param form 1 to 10 files {@code images}, each JPEG, PNG or BMP and less than 10 MB; the fields
   *     {@code mode} and {@code region} as in {@link AnalysisApi#capture}
   */
  @Route(
      value = "POST /api/capture/batch",
      status = 201,
      summary = "Keeps up to ten pictures and measures them one after another.")
  Batch batch(
      @Upload.Expect(
              value = "images",
              most = 10,
              largestBytes = AnalysisApi.LARGEST_IMAGE,
              fields = {"mode", "region"})
          Upload form);

  /** How far a batch is; beyond the document. */
  @Route(value = "GET /api/capture/batch/{batch_id}", summary = "How far a batch is.")
  Batch progress(@Param.Path("batch_id") String batchId);

  /**
   * A kept picture as it was sent; this is where {@code url} leads.
   *
   * @param file the frame's id, with or without the ending of its format
   */
  @Route(value = "GET /frames/{file}", summary = "A kept picture as it was sent.")
  Content picture(@Param.Path("file") String file);

  /**
   * A kept picture.
   *
   * @param url where it can be fetched with the caller's own token
   * @param dimensions as it is looked at: turned as its camera says
   */
  record Frame(
      @JsonProperty("id") String id,
      @JsonProperty("url") String url,
      @JsonProperty("timestamp") Instant timestamp,
      @JsonProperty("size_bytes") long sizeBytes,
      @JsonProperty("dimensions") Dimensions dimensions) {}

  /** A size in pixels. */
  record Dimensions(@JsonProperty("width") int width, @JsonProperty("height") int height) {}

  /**
   * Pictures that are measured together.
   *
   * @param count how many there are
   * @param status {@code pending}, {@code processing}, {@code completed} or {@code failed}, which
   *     is told when no picture could be measured
   * @param estimatedProcessingTime whole seconds until all are measured
   * @param completed how many were measured; beyond the document, as what follows
   * @param failed how many could not be
   * @param progress 0 to 1
   */
  record Batch(
      @JsonProperty("batch_id") String batchId,
      @JsonProperty("count") int count,
      @JsonProperty("status") String status,
      @JsonProperty("frames") List<BatchFrame> frames,
      @JsonProperty("estimated_processing_time") @Nullable Long estimatedProcessingTime,
      @JsonProperty("completed") @Nullable Integer completed,
      @JsonProperty("failed") @Nullable Integer failed,
      @JsonProperty("progress") @Nullable Double progress) {

    /** Copies the frames. */
    public Batch {
      frames = List.copyOf(frames);
    }
  }

  /**
   * A picture of a batch.
   *
   * @param id absent, as {@code url}, for a picture that could not be read and was not kept
   * @param analysisId its analysis, once it was measured; beyond the document
   * @param error why it could not be measured; beyond the document
   */
  record BatchFrame(
      @JsonProperty("id") @Nullable String id,
      @JsonProperty("url") @Nullable String url,
      @JsonProperty("timestamp") Instant timestamp,
      @JsonProperty("analysis_id") @Nullable String analysisId,
      @JsonProperty("error") @Nullable String error) {}
}
