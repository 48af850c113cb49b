package dev.spanda.contract.wavestack;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import dev.spanda.contract.http.Content;
import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Clips of films. */
@Route.Group("Clips")
public interface ClipperApi {

  /**
   * Asks for a clip, or for several of one source beyond the document.
   *
   * <p>The clip shows every frame that begins at or behind its start and before its end and no
   * other. {@code VALIDATION_ERROR} names the field and what is allowed; a time beyond the end of
   * the source is found when it is read, and the job fails with the same words. {@code FORBIDDEN}
   * for a path in no folder that is open to clips, which none is by default.
   */
  @Route(value = "POST /api/v1/clip", summary = "Asks for clips of a film.")
  Created create(Order order);

  /** How far a job is, and what it has made. */
  @Route(value = "GET /api/v1/clip/{job_id}", summary = "How far a job is.")
  Job status(@Param.Path("job_id") String jobId);

  /**
   * The caller's jobs, the newest first. Beyond the document.
   *
   * @param limit 1 to 100; 20 when absent
   * @param offset how many are passed over, 0 when absent
   */
  @Route(value = "GET /api/v1/clip", summary = "The caller's jobs, the newest first.")
  Jobs list(
      @Param.Query("limit") @Nullable Integer limit,
      @Param.Query("offset") @Nullable Integer offset);

  /** Gives a job up; one that is over stays as it is. Beyond the document. */
  @Route(value = "DELETE /api/v1/clip/{job_id}", summary = "Gives a job up.")
  Job cancel(@Param.Path("job_id") String jobId);

  /** A clip's bytes, or a range of them; for the organisation that asked for it. */
  @Route(value = "GET /files/{name}", summary = "A clip's bytes.")
  Content file(@Param.Path("name") String name);

  /**
   * What is asked for.
   *
   * @param source an http or https address, or a path in a folder that the server opens to clips
   * @param startSec where the clip begins, in seconds, ≥ 0; required unless {@code clips} is given
   * @param durationSec how long it is, in seconds, 1 to 3600; likewise
   * @param outExt mp4, mov, webm or mkv; beyond the document gif and webp, moving pictures of at
   *     most a minute without sound; mp4 when absent
   * @param mode {@code exact} or {@code instant}: nothing is encoded and an edit list hides what
   *     lies before the start; exact when absent. Beyond the document
   * @param size {@code WIDTHxHEIGHT} in px, even numbers; as the source when absent. Beyond the
   *     document
   * @param sound {@code keep}, {@code drop} or {@code only}; keep when absent. Beyond the document
   * @param clips up to 20 parts of the source, in place of start and duration; beyond the document
   */
  record Order(
      @JsonProperty(value = "source", required = true) String source,
      @JsonProperty("start_sec") @Nullable Double startSec,
      @JsonProperty("duration_sec") @Nullable Double durationSec,
      @JsonProperty("out_ext") @Nullable String outExt,
      @JsonProperty("mode") @Nullable String mode,
      @JsonProperty("size") @Nullable String size,
      @JsonProperty("sound") @Nullable String sound,
      @JsonSetter(contentNulls = Nulls.FAIL) @JsonProperty("clips") @Nullable List<Part> clips) {

    /** Copies the list. */
    public Order {
      clips = clips == null ? null : List.copyOf(clips);
    }

    /** One clip as the document has it. */
    public Order(String source, double startSec, double durationSec) {
      this(source, startSec, durationSec, null, null, null, null, null);
    }

    /** The same in another format. */
    public Order withOutExt(String extension) {
      return new Order(source, startSec, durationSec, extension, mode, size, sound, clips);
    }

    /** The same in another mode. */
    public Order withMode(String other) {
      return new Order(source, startSec, durationSec, outExt, other, size, sound, clips);
    }
  }

  /** A part of a source. */
  record Part(
      @JsonProperty(value = "start_sec", required = true) double startSec,
      @JsonProperty(value = "duration_sec", required = true) double durationSec) {}

  /**
   * That a job was accepted.
   *
   * @param status always {@code queued}
   */
  record Created(
      @JsonProperty("job_id") String jobId,
      @JsonProperty("status") String status,
      @JsonProperty("message") String message) {}

  /**
   * A job.
   *
   * @param status {@code queued}, {@code processing}, {@code complete} or {@code failed}; beyond
   *     the document {@code cancelled}
   * @param progress while it is processed, 0 to 100: fetched bytes and encoded frames of those that
   *     are needed
   * @param result the clip, or the first of several, when it is complete
   * @param results all of them when there are several; beyond the document
   * @param error why it failed, with the field at fault; beyond the document
   */
  record Job(
      @JsonProperty("job_id") String jobId,
      @JsonProperty("status") String status,
      @JsonProperty("progress") @Nullable Integer progress,
      @JsonProperty("result") @Nullable Result result,
      @JsonProperty("results") @Nullable List<Result> results,
      @JsonProperty("error") @Nullable String error) {

    /** Copies the list. */
    public Job {
      results = results == null ? null : List.copyOf(results);
    }

    /** Whether nothing more will happen. */
    @JsonIgnore
    public boolean isOver() {
      return !status.equals("queued") && !status.equals("processing");
    }
  }

  /**
   * A clip.
   *
   * @param url its file, at this service
   * @param duration in seconds
   * @param createdAt ISO 8601
   * @param way {@code copy}: no frame was encoded again; {@code smart}: those at the edges; {@code
   *     full}: all of them. Beyond the document
   * @param why the reason for the way; beyond the document
   * @param frames how many it shows; beyond the document
   */
  record Result(
      @JsonProperty("url") String url,
      @JsonProperty("duration") double duration,
      @JsonProperty("size_bytes") long sizeBytes,
      @JsonProperty("created_at") String createdAt,
      @JsonProperty("way") @Nullable String way,
      @JsonProperty("why") @Nullable String why,
      @JsonProperty("frames") @Nullable Integer frames) {}

  /** A page of jobs. */
  record Jobs(@JsonProperty("jobs") List<Job> jobs, @JsonProperty("total") long total) {

    /** Copies the list. */
    public Jobs {
      jobs = List.copyOf(jobs);
    }
  }
}
