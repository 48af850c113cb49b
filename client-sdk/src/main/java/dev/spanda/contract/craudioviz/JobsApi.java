package dev.spanda.contract.craudioviz;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Jobs that tools have begun. */
@Route.Group("Jobs")
public interface JobsApi {

  /** Where a job stands. */
  @Route(value = "GET /jobs/{job_id}", summary = "Where a job stands.")
  Job get(@Param.Path("job_id") String jobId);

  /**
   * The jobs, newest first; beyond the document.
   *
   * @param limit 1 to 100; 20 when absent
   * @param offset 0 or more; 0 when absent
   */
  @Route(value = "GET /jobs", summary = "The jobs, newest first.")
  Listing list(
      @Param.Query("limit") @Nullable Integer limit, @Param.Query("offset") @Nullable Long offset);

  /** Asks for a job's end, which releases its credits; one that is over stays; beyond. */
  @Route(
      value = "POST /jobs/{job_id}/cancel",
      summary = "Asks for a job's end, which releases its credits.")
  Job cancel(@Param.Path("job_id") String jobId);

  /**
   * A job.
   *
   * @param status {@code processing}, {@code completed}, {@code failed} or {@code cancelled}
   * @param progress percent, 0 to 100, while it runs
   * @param message what it is at, while it runs
   * @param result once it is completed
   * @param creditsUsed once it is over; 0 when it was not completed
   * @param completedAt once it is over
   * @param error why it failed
   * @param toolId beyond the document
   * @param projectId beyond the document
   * @param createdAt beyond the document
   */
  record Job(
      @JsonProperty("job_id") String jobId,
      @JsonProperty("status") String status,
      @JsonProperty("progress") @Nullable Integer progress,
      @JsonProperty("message") @Nullable String message,
      @JsonProperty("result") @Nullable Result result,
      @JsonProperty("credits_used") @Nullable Long creditsUsed,
      @JsonProperty("completed_at") @Nullable Instant completedAt,
      @JsonProperty("error") @Nullable String error,
      @JsonProperty("tool_id") @Nullable String toolId,
      @JsonProperty("project_id") @Nullable String projectId,
      @JsonProperty("created_at") @Nullable Instant createdAt) {

    /** The job's id under the name that the document's programs use. */
    @JsonIgnore
    public String id() {
      return jobId;
    }

    /** Whether it is over. */
    @JsonIgnore
    public boolean isOver() {
      return !status.equals("processing");
    }
  }

  /**
   * What a job has made.
   *
   * @param itemId its item in the project; absent for a job without a project
   * @param url opens the first format for a while, without a key; fetch the job again for a fresh
   *     one
   * @param formats such as {@code png}, the first that of the url
   * @param files the url of each format; beyond the document
   * @param fileIds the file of each format, as {@code /files/{file_id}/download} takes it; beyond
   *     the document
   */
  record Result(
      @JsonProperty("item_id") @Nullable String itemId,
      @JsonProperty("url") String url,
      @JsonProperty("formats") List<String> formats,
      @JsonProperty("files") @Nullable Map<String, String> files,
      @JsonProperty("file_ids") @Nullable Map<String, String> fileIds) {

    /** Copies the words. */
    public Result {
      formats = List.copyOf(formats);
    }
  }

  /** A page of jobs. */
  record Listing(
      @JsonProperty("jobs") List<Job> jobs,
      @JsonProperty("total") long total,
      @JsonProperty("has_more") boolean hasMore) {

    /** Copies the rows. */
    public Listing {
      jobs = List.copyOf(jobs);
    }
  }
}
