package dev.spanda.media.clip;

import dev.spanda.core.Failure;
import dev.spanda.core.Page;
import dev.spanda.core.job.Job;
import dev.spanda.core.job.JobContext;
import dev.spanda.core.job.JobHandler;
import dev.spanda.core.job.JobKind;
import dev.spanda.core.job.JobState;
import dev.spanda.core.job.Jobs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Cuts clips in durable jobs and keeps what was made for a while.
 *
 * <p>A job that was accepted is on disk; when its process dies it runs again from its beginning, in
 * a folder of its own. A clip gets its name when it is whole and was looked at, and can be fetched
 * by its owner once its job is complete. Thread-safe.
 */
public final class Clips {

  /** The most clips of one job. */
  public static final int MOST_CLIPS = 20;

  private static final String OWNER = "clip:";
  private static final int LONGEST_SOURCE = 2_000;

  /** A failing run is followed by one more, two seconds later. */
  private static final JobKind<Order, Made> KIND =
      JobKind.of("media.clip", Order.class, Made.class)
          .withRetry(new JobKind.Retry(2, Duration.ofSeconds(2), 1, Duration.ofSeconds(2)))
          .withTimeout(Duration.ofHours(2));

  /** How far a job is. */
  public enum Stage {
    /** Waits for its turn. */
    QUEUED,
    /** Is being worked on. */
    PROCESSING,
    /** Is done; the clips can be fetched. */
    COMPLETE,
    /** Could not be done. */
    FAILED,
    /** Was given up by its owner. */
    CANCELLED
  }

  /**
   * A job as it stood when it was read.
   *
   * @param id begins with {@code job_}
   * @param source as it was named
   * @param stage how far it is
   * @param progress 0 to 1: fetched bytes and encoded frames of those that are needed
   * @param results the clips in the order of the plans; empty unless it is complete
   * @param error why it failed
   * @param createdAt when it was asked for
   */
  public record Entry(
      String id,
      String source,
      Stage stage,
      double progress,
      List<Result> results,
      Optional<String> error,
      Instant createdAt) {

    /** Copies the list. */
    public Entry {
      results = List.copyOf(results);
    }
  }

  /**
   * A clip that can be fetched.
   *
   * @param name of its file
   * @param way how it was made: copy, smart or full
   * @param why the reason for the way
   * @param duration how long it shows or plays
   * @param sizeBytes of the file
   * @param frames how many pictures it shows
   * @param encodedFrames how many of them were encoded again
   * @param createdAt when it was whole
   */
  public record Result(
      String name,
      Clip.Way way,
      String why,
      Duration duration,
      long sizeBytes,
      int frames,
      int encodedFrames,
      Instant createdAt) {}

  /** What a job is to do, as it is stored. */
  record Order(String source, List<Wanted> clips) {

    Order {
      clips = List.copyOf(clips);
    }
  }

  /** A plan, as it is stored. */
  record Wanted(
      Duration start,
      Duration duration,
      ClipPlan.Format format,
      ClipPlan.Mode mode,
      ClipPlan.@Nullable Size size,
      ClipPlan.Sound sound) {

    static Wanted of(ClipPlan plan) {
      return new Wanted(
          plan.start(),
          plan.duration(),
          plan.format(),
          plan.mode(),
          plan.size().orElse(null),
          plan.sound());
    }

    ClipPlan plan() {
      return new ClipPlan(start, duration, format, mode, Optional.ofNullable(size), sound);
    }
  }

  /** What a job has made, as it is stored. */
  record Made(List<Result> clips) {

    Made {
      clips = List.copyOf(clips);
    }
  }

  private final Jobs jobs;
  private final Cutter cutter;
  private final ClipSource.Opener opener;
  private final Path files;
  private final Path work;
  private final InstantSource clock;
  private final Duration retention;

  /**
   * Clips in a folder; registers their kind of work, so before the jobs are started.
   *
   * @param opener finds what a source's name means
   * @param folder is made when it is not there; no other process may use it
   * @param retention how long a clip is kept after it was made
   */
  public Clips(
      Jobs jobs,
      Cutter cutter,
      ClipSource.Opener opener,
      Path folder,
      InstantSource clock,
      Duration retention) {
    this.jobs = jobs;
    this.cutter = cutter;
    this.opener = opener;
    this.files = folder.resolve("files");
    this.work = folder.resolve("work");
    this.clock = clock;
    this.retention = retention;
    try {
      // What an earlier process was in the middle of is begun anew.
      removeTree(work);
      Files.createDirectories(files);
      Files.createDirectories(work);
    } catch (IOException e) {
      throw trouble(e);
    }
    jobs.register(
        KIND,
        new JobHandler<Order, Made>() {
          @Override
          public Made run(Order order, JobContext context) throws Exception {
            return Clips.this.run(order, context);
          }
        });
  }

  private static Failure trouble(IOException e) {
    return Failure.of(Failure.Reason.FAILED, "clip", "The folder of clips cannot be used")
        .causedBy(e);
  }

  /**
   * Asks for clips of a source; once this returns the job is durable.
   *
   * @param owner who may see it, 1 to 190 characters
   * @param source an address or a path, 1 to 2000 characters
   * @param plans 1 to {@value #MOST_CLIPS}
   * @throws Failure INVALID, subjects {@code source} and {@code clips}; what the opener says of the
   *     name
   */
  public Entry create(String owner, String source, List<ClipPlan> plans) {
    Failure.requireText("source", "source", source, 1, LONGEST_SOURCE);
    Failure.requireInRange("clips", "The number of clips", plans.size(), 1, MOST_CLIPS, "");
    opener.check(source);
    Order order = new Order(source, plans.stream().map(Wanted::of).toList());
    return entry(jobs.submit(KIND, order, OWNER + owner));
  }

  /**
   * The job of that id.
   *
   * @throws Failure NOT_FOUND, subject {@code job}, when the owner has no such job
   */
  public Entry get(String owner, String id) {
    return entry(require(owner, id));
  }

  /**
   * The owner's jobs, the newest first.
   *
   * @param limit 1 to 100
   * @param offset ≥ 0
   */
  public Page<Entry> list(String owner, int limit, long offset) {
    Page<Job> page = jobs.list(OWNER + owner, limit, offset);
    return new Page<>(
        page.items().stream().map(Clips::entry).toList(), page.total(), limit, offset);
  }

  /**
   * Asks for the end of a job; one that is over stays as it is.
   *
   * @throws Failure NOT_FOUND, subject {@code job}, when the owner has no such job
   */
  public Entry cancel(String owner, String id) {
    return entry(jobs.cancel(require(owner, id).id()));
  }

  /**
   * The file of a complete job.
   *
   * @param name as {@link Result#name} says
   * @throws Failure NOT_FOUND, subject {@code file}, when the owner has no such clip or its time is
   *     over
   */
  public Path file(String owner, String name) {
    int end = name.indexOf('.');
    String id = end < 0 ? name : name.substring(0, end);
    int dash = id.indexOf('-');
    Optional<Job> job = jobs.find(dash < 0 ? id : id.substring(0, dash));
    boolean known =
        job.isPresent()
            && job.get().owner().equals(OWNER + owner)
            && entry(job.get()).results().stream().anyMatch(each -> each.name().equals(name));
    Path file = files.resolve(known ? name : "none");
    if (!known || !Files.isRegularFile(file)) {
      throw Failure.notFound("file", name);
    }
    return file;
  }

  /**
   * Removes clips whose time is over.
   *
   * @return how many
   */
  public int sweep() {
    Instant before = clock.instant().minus(retention);
    int removed = 0;
    try (Stream<Path> all = Files.list(files)) {
      for (Path file : all.toList()) {
        if (Files.getLastModifiedTime(file).toInstant().isBefore(before)
            && Files.deleteIfExists(file)) {
          removed++;
        }
      }
      return removed;
    } catch (IOException e) {
      throw trouble(e);
    }
  }

  private Job require(String owner, String id) {
    return jobs.find(id)
        .filter(job -> job.owner().equals(OWNER + owner) && job.kind().equals(KIND.name()))
        .orElseThrow(() -> Failure.notFound("job", id));
  }

  private Made run(Order order, JobContext context) throws Exception {
    Path folder = work.resolve(context.jobId() + "-" + context.attempt());
    removeTree(folder);
    Files.createDirectories(folder);
    List<Path> made = new ArrayList<>();
    boolean done = false;
    try (ClipSource source = opener.open(order.source(), folder)) {
      List<Result> results = new ArrayList<>();
      int count = order.clips().size();
      for (int i = 0; i < count; i++) {
        int index = i;
        ClipPlan plan = order.clips().get(i).plan();
        String name =
            context.jobId() + (i == 0 ? "" : "-" + (i + 1)) + "." + plan.format().extension();
        Path file = files.resolve(name);
        made.add(file);
        Clip clip =
            cutter.cut(
                source,
                plan,
                file,
                Files.createDirectory(folder.resolve(Integer.toString(i))),
                fraction -> {
                  context.throwIfCancelled();
                  context.progress(
                      Math.min(1, (index + fraction) / count),
                      "clip " + (index + 1) + " of " + count);
                });
        Instant now = clock.instant();
        Files.setLastModifiedTime(file, FileTime.from(now));
        results.add(
            new Result(
                name,
                clip.way(),
                clip.why(),
                clip.duration(),
                clip.sizeBytes(),
                clip.frames(),
                clip.encodedFrames(),
                now));
      }
      done = true;
      return new Made(results);
    } finally {
      if (!done) {
        for (Path file : made) {
          Files.deleteIfExists(file);
        }
      }
      removeTree(folder);
    }
  }

  private static Entry entry(Job job) {
    Order order = Jobs.input(job, KIND);
    Stage stage;
    double progress = 0;
    List<Result> results = List.of();
    Optional<String> error = Optional.empty();
    JobState state = job.state();
    if (state instanceof JobState.Running running) {
      stage = Stage.PROCESSING;
      progress = running.progress();
    } else if (state instanceof JobState.Completed) {
      stage = Stage.COMPLETE;
      progress = 1;
      results = Jobs.output(job, KIND).map(Made::clips).orElse(List.of());
    } else if (state instanceof JobState.Failed failed) {
      stage = Stage.FAILED;
      error = Optional.of(failed.message());
    } else if (state instanceof JobState.Cancelled) {
      stage = Stage.CANCELLED;
    } else {
      stage = Stage.QUEUED;
    }
    return new Entry(job.id(), order.source(), stage, progress, results, error, job.createdAt());
  }

  /** Removes a folder with all that is in it, as far as nobody writes to it. */
  private static void removeTree(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> all;
    try (Stream<Path> tree = Files.walk(folder)) {
      all = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      try {
        Files.deleteIfExists(Objects.requireNonNull(each));
      } catch (java.nio.file.DirectoryNotEmptyException e) {
        // A program that was killed has not let go yet; the next start removes what it left.
        continue;
      }
    }
  }
}
