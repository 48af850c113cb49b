package dev.spanda.server.biofield;

import dev.spanda.biofield.Analysis;
import dev.spanda.biofield.Analyzer;
import dev.spanda.biofield.Frame;
import dev.spanda.biofield.archive.Analyses;
import dev.spanda.biofield.capture.Picture;
import dev.spanda.biofield.capture.Pictures;
import dev.spanda.biofield.capture.Pip;
import dev.spanda.biofield.capture.PipSettings;
import dev.spanda.biofield.segment.Selection;
import dev.spanda.contract.biofield.AnalysisApi;
import dev.spanda.contract.http.Upload;
import dev.spanda.core.Failure;
import dev.spanda.server.http.Dialect;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/**
 * From the bytes of a picture to what is kept of it, on as many threads as there are processors, so
 * that a crowd of requests neither fills the memory with decoded pictures nor makes every one of
 * them late. Who finds more than a few waiting is told to come back. Live sessions have threads of
 * their own and are not held up by single pictures. Thread-safe.
 */
final class Measuring implements AutoCloseable {

  /** Most pixels on the longer side of a processed picture. */
  private static final int PROCESSED_SIDE = 2560;

  private static final int MOST_WAITING = 32;
  private static final long RETRY_SECONDS = 2;
  private static final int MAGIC_LENGTH = 4;
  private static final Frame ONE_PIXEL = Frame.of(1, 1, new int[1]);
  private static final String LACKS_MEMORY = "The picture needs more memory than the server has";

  private final Analyzer analyzer = new Analyzer(Analyzer.Profile.FULL);
  private final Analyzer live = new Analyzer(Analyzer.Profile.REALTIME);
  private final ThreadPoolExecutor pictures;
  private final ThreadPoolExecutor sessions;
  private final Cutting cutting = new Cutting();

  Measuring() {
    int threads = Math.max(2, Runtime.getRuntime().availableProcessors());
    pictures = pool("spanda-field", threads, MOST_WAITING);
    sessions = pool("spanda-field-live", threads, Integer.MAX_VALUE);
  }

  private static ThreadPoolExecutor pool(String name, int threads, int waiting) {
    AtomicInteger number = new AtomicInteger();
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            threads,
            threads,
            30,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(waiting),
            task -> {
              Thread thread = new Thread(task, name + "-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  /** What a picture comes to; waits for its turn. */
  Analyses.Draft draft(
      byte[] picture, Selection.Mode mode, Selection.Region region, PipSettings settings) {
    return aside(() -> measure(picture, mode, region, settings));
  }

  /** The same in the calling thread, for jobs, which have few threads of their own. */
  Analyses.Draft measure(
      byte[] picture, Selection.Mode mode, Selection.Region region, PipSettings settings) {
    try {
      Picture decoded = Pictures.decode(picture);
      Frame frame = decoded.frame();
      Analysis analysis = analyzer.analyze(frame, cutting.mask(frame, mode, region));
      Frame shown = Pictures.thumbnail(frame, PROCESSED_SIDE);
      return new Analyses.Draft(
          mode, region, settings, picture, decoded, Pip.process(shown, settings), analysis);
    } catch (OutOfMemoryError e) {
      throw Failure.of(Failure.Reason.TOO_LARGE, BiofieldDialect.IMAGE, LACKS_MEMORY).causedBy(e);
    }
  }

  /** One session's measurement; its threads are those of all sessions. */
  Session session(Selection.Mode mode, Selection.Region region) {
    return new Session(live.stream(), mode, region);
  }

  /** Runs the frames of live sessions. */
  Executor sessions() {
    return sessions;
  }

  /**
   * Checks that a session of this mode and region can be measured here.
   *
   * @throws Failure FAILED, subject {@code analysis}, with what to add
   */
  void requireFor(Selection.Mode mode, Selection.Region region) {
    if (new Selection(mode, region).needsSegmenter() && !cutting.isThere()) {
      cutting.mask(ONE_PIXEL, mode, region);
    }
  }

  /** Whether faces and bodies can be cut out here. */
  boolean segments() {
    return cutting.isLikely();
  }

  /** The frames of a session, in order; one thread at a time. */
  final class Session {
    private final Analyzer.Stream stream;
    private final Selection.Mode mode;
    private final Selection.Region region;

    Session(Analyzer.Stream stream, Selection.Mode mode, Selection.Region region) {
      this.stream = stream;
      this.mode = mode;
      this.region = region;
    }

    Analysis next(byte[] picture) {
      Frame frame = Pictures.decode(picture).frame();
      return stream.next(frame, cutting.mask(frame, mode, region));
    }
  }

  /**
   * Does something with pictures on a thread of this crew.
   *
   * @throws Failure UNAVAILABLE, subject {@code server}, when too many wait already
   */
  <T> T aside(Supplier<T> work) {
    Callable<T> call = work::get;
    FutureTask<T> task = new FutureTask<>(call);
    try {
      pictures.execute(task);
    } catch (RejectedExecutionException e) {
      throw Failure.of(
              Failure.Reason.UNAVAILABLE,
              Dialect.SERVER,
              "Too many pictures wait to be measured; the same request may succeed later")
          .with(Dialect.RETRY_AFTER, RETRY_SECONDS)
          .causedBy(e);
    }
    try {
      return task.get();
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw Failure.of(Failure.Reason.UNAVAILABLE, Dialect.SERVER, "The server stops").causedBy(e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException problem) {
        throw problem;
      }
      if (e.getCause() instanceof OutOfMemoryError) {
        throw Failure.of(Failure.Reason.TOO_LARGE, BiofieldDialect.IMAGE, LACKS_MEMORY)
            .causedBy(e.getCause());
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  /** The bytes of a file of a form. */
  static byte[] bytes(Upload.Part part) {
    if (part.length() > AnalysisApi.LARGEST_IMAGE) {
      throw Failure.of(
              Failure.Reason.TOO_LARGE,
              part.field(),
              "A picture must have less than 10 MB; " + part.length() + " bytes were sent")
          .with(Failure.MAX_VALUE, AnalysisApi.LARGEST_IMAGE);
    }
    try (InputStream in = part.source().open()) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Looks at the first bytes alone.
   *
   * @throws Failure UNSUPPORTED, subject {@code image}, when no format that is read begins so
   */
  static void requireKnownFormat(byte[] picture) {
    boolean known =
        picture.length >= MAGIC_LENGTH
            && ((picture[0] == (byte) 0xFF && picture[1] == (byte) 0xD8)
                || (picture[0] == (byte) 0x89 && picture[1] == 'P')
                || (picture[0] == 'B' && picture[1] == 'M'));
    if (!known) {
      throw Failure.of(
              Failure.Reason.UNSUPPORTED,
              BiofieldDialect.IMAGE,
              "Invalid image format. Supported: JPEG, PNG, BMP")
          .with(Failure.ALLOWED_VALUES, List.of("JPEG", "PNG", "BMP"));
    }
  }

  @Override
  public void close() {
    pictures.shutdownNow();
    sessions.shutdownNow();
  }
}
