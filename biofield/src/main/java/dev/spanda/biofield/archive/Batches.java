package dev.spanda.biofield.archive;

import dev.spanda.biofield.segment.Selection;
import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.job.Job;
import dev.spanda.core.job.JobContext;
import dev.spanda.core.job.JobHandler;
import dev.spanda.core.job.JobKind;
import dev.spanda.core.job.JobState;
import dev.spanda.core.job.Jobs;
import dev.spanda.core.store.BlobStore;
import dev.spanda.core.store.Store;
import java.io.IOException;
import java.io.InputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Keeps batches of pictures and has each analysed by a durable job.
 *
 * <p>A batch that {@link #create} has returned is durable with all its frames and jobs. A picture
 * that cannot be read fails at once and alone; one whose analysis fails fails alone, after the
 * tries of the job. A job that the death of its process cut short runs again, and its analysis is
 * still saved once, because its id was given with the batch. Thread-safe.
 */
public final class Batches {

  /** Turns the bytes of a picture into what is saved; called from several threads at once. */
  @FunctionalInterface
  public interface Measure {
    /**
     * Decodes, selects, measures and processes.
     *
     * @param picture a whole file; not to be modified
     * @throws Failure when that cannot be done
     */
    Analyses.Draft of(byte[] picture, Selection.Mode mode, Selection.Region region);
  }

  /** How far a batch or one of its pictures is. */
  public enum Status {
    /** Nothing of it is done. */
    PENDING,
    /** Some pictures are done, not all. */
    PROCESSING,
    /** Done; of a batch: all pictures are done, and at least one of them well. */
    COMPLETED,
    /** Could not be done; of a batch: no picture could. */
    FAILED
  }

  /**
   * Why a picture failed.
   *
   * @param reason as the {@link Failure} had it
   * @param message for people
   */
  public record Trouble(Failure.Reason reason, String message) {}

  /**
   * One picture of a batch.
   *
   * @param number its place among those submitted, from 0
   * @param frame the frame it was kept as; empty when it could not be read
   * @param analysisId the analysis, once completed
   * @param trouble why it failed, once failed
   */
  public record Picture(
      int number,
      Status status,
      Optional<Frames.Kept> frame,
      Optional<String> analysisId,
      Optional<Trouble> trouble) {}

  /**
   * A batch as it stood when it was read.
   *
   * @param id begins with {@code batch_}
   * @param owner whose it is
   * @param pictures in the order in which they were submitted
   */
  public record Batch(
      String id,
      String owner,
      Selection.Mode mode,
      Selection.Region region,
      Instant createdAt,
      List<Picture> pictures) {

    /** Copies the list. */
    public Batch {
      pictures = List.copyOf(pictures);
    }

    /** How many pictures are completed or failed. */
    public int done() {
      return (int) pictures.stream().filter(p -> p.status() != Status.PENDING).count();
    }

    /** The share of pictures that are completed or failed, 0 to 1. */
    public double progress() {
      return (double) done() / pictures.size();
    }

    /** How far the whole batch is. */
    public Status status() {
      if (done() < pictures.size()) {
        return done() == 0 ? Status.PENDING : Status.PROCESSING;
      }
      return pictures.stream().anyMatch(p -> p.status() == Status.COMPLETED)
          ? Status.COMPLETED
          : Status.FAILED;
    }
  }

  /** The most pictures in a batch. */
  public static final int MOST_PICTURES = 10;

  private record Task(String batch, int number) {}

  private record Done(String analysis) {}

  private static final JobKind<Task, Done> KIND =
      JobKind.of("field.batch-picture", Task.class, Done.class);

  private final Store store;
  private final BlobStore blobs;
  private final InstantSource clock;
  private final Ids ids;
  private final Jobs jobs;
  private final Frames frames;
  private final Analyses analyses;
  private final Measure measure;

  /**
   * The batches of a store.
   *
   * @param jobs not started yet
   */
  public Batches(
      Store store,
      BlobStore blobs,
      InstantSource clock,
      Ids ids,
      Jobs jobs,
      Frames frames,
      Analyses analyses,
      Measure measure) {
    this.store = store;
    this.blobs = blobs;
    this.clock = clock;
    this.ids = ids;
    this.jobs = jobs;
    this.frames = frames;
    this.analyses = analyses;
    this.measure = measure;
    jobs.register(KIND, new Worker());
  }

  /**
   * Keeps the pictures and submits a job for each.
   *
   * @param pictures 1 to 10 files; not modified
   * @throws Failure INVALID, subject {@code images}, for another number of pictures
   */
  public Batch create(
      String owner, Selection.Mode mode, Selection.Region region, List<byte[]> pictures) {
    Failure.requireInRange(
        "images", "Number of images", pictures.size(), 1, MOST_PICTURES, "in a batch");
    List<Submitted> submitted = new ArrayList<>();
    try {
      for (byte[] picture : pictures) {
        submitted.add(submit(owner, picture));
      }
      String id = ids.next("batch");
      return store.write(
          handle -> {
            handle
                .createUpdate(
                    "INSERT INTO field_batch (id, owner, mode, region, created_at)"
                        + " VALUES (:id, :owner, :mode, :region, :now)")
                .bind("id", id)
                .bind("owner", owner)
                .bind("mode", mode.name())
                .bind("region", region.name())
                .bind("now", clock.millis())
                .execute();
            for (int number = 0; number < submitted.size(); number++) {
              insert(handle, owner, id, number, submitted.get(number));
            }
            return select(handle, owner, id).orElseThrow();
          });
    } catch (RuntimeException e) {
      submitted.forEach(one -> one.kept.ifPresent(kept -> blobs.delete(kept.content())));
      throw e;
    }
  }

  private Submitted submit(String owner, byte[] picture) {
    try {
      return new Submitted(Optional.of(frames.put(owner, picture)), Optional.empty());
    } catch (Failure e) {
      if (e.subject().equals("store")) {
        throw e;
      }
      return new Submitted(Optional.empty(), Optional.of(e));
    }
  }

  private void insert(Handle handle, String owner, String batch, int number, Submitted one) {
    one.kept.ifPresent(kept -> frames.insert(handle, kept));
    String job =
        one.kept.isPresent() ? jobs.submit(KIND, new Task(batch, number), owner).id() : null;
    handle
        .createUpdate(
            "INSERT INTO field_batch_picture (batch_id, number, status, frame_id, job_id,"
                + " analysis_id, failure_reason, failure) VALUES (:batch, :number, :status,"
                + " :frame, :job, :analysis, :reason, :failure)")
        .bind("batch", batch)
        .bind("number", number)
        .bind("status", (one.kept.isPresent() ? Status.PENDING : Status.FAILED).name())
        .bind("frame", one.kept.map(Frames.Kept::id).orElse(null))
        .bind("job", job)
        .bind("analysis", one.kept.isPresent() ? analyses.newId() : null)
        .bind("reason", one.failure.map(e -> e.reason().name()).orElse(null))
        .bind("failure", one.failure.map(Throwable::getMessage).orElse(null))
        .execute();
  }

  /**
   * The owner's batch of that id, as far as it is now.
   *
   * @throws Failure NOT_FOUND, subject {@code batch}, also when it is somebody else's
   */
  public Batch find(String owner, String id) {
    return store
        .read(handle -> select(handle, owner, id))
        .orElseThrow(() -> Failure.notFound("batch", id));
  }

  /**
   * Removes batches created before an instant, of all owners; returns how many. Their frames and
   * analyses stay.
   */
  public int forget(Instant before) {
    return store.write(
        handle ->
            handle
                .createUpdate("DELETE FROM field_batch WHERE created_at < :before")
                .bind("before", before.toEpochMilli())
                .execute());
  }

  private static Optional<Batch> select(Handle handle, String owner, String id) {
    List<Picture> pictures =
        handle
            .createQuery(
                "SELECT p.number, p.status, p.analysis_id, p.failure_reason, p.failure,"
                    + " f.id AS frame, f.owner, f.created_at, f.content, f.format, f.size_bytes,"
                    + " f.width, f.height FROM field_batch_picture p"
                    + " JOIN field_batch b ON b.id = p.batch_id"
                    + " LEFT JOIN field_frame f ON f.id = p.frame_id"
                    + " WHERE p.batch_id = :id AND b.owner = :owner ORDER BY p.number")
            .bind("id", id)
            .bind("owner", owner)
            .map((row, context) -> picture(row))
            .list();
    return handle
        .createQuery("SELECT * FROM field_batch WHERE id = :id AND owner = :owner")
        .bind("id", id)
        .bind("owner", owner)
        .map(
            (row, context) ->
                new Batch(
                    id,
                    owner,
                    Selection.Mode.valueOf(row.getString("mode")),
                    Selection.Region.valueOf(row.getString("region")),
                    Instant.ofEpochMilli(row.getLong("created_at")),
                    pictures))
        .findOne();
  }

  private static Picture picture(ResultSet row) throws SQLException {
    Status status = Status.valueOf(row.getString("status"));
    Optional<Frames.Kept> frame = Optional.empty();
    String frameId = row.getString("frame");
    if (frameId != null) {
      frame =
          Optional.of(
              new Frames.Kept(
                  frameId,
                  row.getString("owner"),
                  Instant.ofEpochMilli(row.getLong("created_at")),
                  row.getString("content"),
                  dev.spanda.biofield.capture.Picture.Format.valueOf(row.getString("format")),
                  row.getLong("size_bytes"),
                  row.getInt("width"),
                  row.getInt("height")));
    }
    Optional<Trouble> trouble = Optional.empty();
    if (status == Status.FAILED) {
      trouble =
          Optional.of(
              new Trouble(
                  Failure.Reason.valueOf(row.getString("failure_reason")),
                  row.getString("failure")));
    }
    return new Picture(
        row.getInt("number"),
        status,
        frame,
        status == Status.COMPLETED ? Optional.of(row.getString("analysis_id")) : Optional.empty(),
        trouble);
  }

  private record Submitted(Optional<Frames.Kept> kept, Optional<Failure> failure) {}

  /** What a job needs to know of its picture. */
  private record Work(
      Selection.Mode mode, Selection.Region region, String content, String analysis) {}

  /** Analyses one picture. */
  private final class Worker implements JobHandler<Task, Done> {
    @Override
    public Done run(Task task, JobContext context) throws IOException {
      Work work =
          store
              .read(handle -> work(handle, task))
              .orElseThrow(() -> Failure.notFound("batch", task.batch()));
      byte[] picture;
      try (InputStream in = blobs.open(work.content)) {
        picture = in.readAllBytes();
      }
      Analyses.Draft draft = measure.of(picture, work.mode, work.region);
      context.throwIfCancelled();
      return new Done(analyses.save(context.owner(), work.analysis, draft).id());
    }

    private Optional<Work> work(Handle handle, Task task) {
      return handle
          .createQuery(
              "SELECT b.mode, b.region, f.content, p.analysis_id FROM field_batch_picture p"
                  + " JOIN field_batch b ON b.id = p.batch_id"
                  + " JOIN field_frame f ON f.id = p.frame_id"
                  + " WHERE p.batch_id = :batch AND p.number = :number")
          .bind("batch", task.batch())
          .bind("number", task.number())
          .map(
              (row, context) ->
                  new Work(
                      Selection.Mode.valueOf(row.getString("mode")),
                      Selection.Region.valueOf(row.getString("region")),
                      row.getString("content"),
                      row.getString("analysis_id")))
          .findOne();
    }

    @Override
    public void settle(Job job) {
      Task task = Jobs.input(job, KIND);
      Status status = job.state() instanceof JobState.Completed ? Status.COMPLETED : Status.FAILED;
      Failure.Reason reason = Failure.Reason.FAILED;
      String message = "The analysis was cancelled";
      if (job.state() instanceof JobState.Failed failed) {
        reason = failed.reason();
        message = failed.message();
      }
      String because = message;
      String why = reason.name();
      store.change(
          handle ->
              handle
                  .createUpdate(
                      "UPDATE field_batch_picture SET status = :status, failure_reason = :reason,"
                          + " failure = :failure WHERE batch_id = :batch AND number = :number")
                  .bind("status", status.name())
                  .bind("reason", status == Status.FAILED ? why : null)
                  .bind("failure", status == Status.FAILED ? because : null)
                  .bind("batch", task.batch())
                  .bind("number", task.number())
                  .execute());
    }
  }
}
