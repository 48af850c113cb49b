package dev.spanda.biofield.realtime;

import dev.spanda.biofield.Analysis;
import dev.spanda.core.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Measures one session's frames behind a short queue.
 *
 * <p>Frames are measured one at a time in the order in which they were offered, on the executor,
 * which many sessions may share: after each frame the next session has its turn. When a frame comes
 * while the queue is full, the one that has waited longest is dropped, so that what is measured is
 * always the latest. Every frame that was offered has one end: it is measured, dropped, held back
 * by the frame rate, or told as a problem; {@link #counts} adds up at any moment.
 *
 * <p>The frame rate is held by tokens: one more each 1/fps seconds, at most a quarter of a second's
 * worth and never less than two, one taken by each frame; a frame that finds none is held back.
 *
 * <p>Memory: the encoded frames that wait, at most the length of the queue, and the one that is
 * being measured. Thread-safe.
 */
public final class LiveMeasurement implements AutoCloseable {

  /**
   * How a session is measured.
   *
   * @param framesPerSecond at most how many frames are taken, 1 to 1000
   * @param queue how many frames may wait, 1 to 64
   */
  public record Settings(int framesPerSecond, int queue) {

    /** Checks the ranges. */
    public Settings {
      if (framesPerSecond < 1 || framesPerSecond > 1000 || queue < 1 || queue > 64) {
        throw new IllegalArgumentException(framesPerSecond + " frames a second, queue " + queue);
      }
    }

    /** That frame rate and a queue of two frames, which hides a hiccup and adds little delay. */
    public static Settings of(int framesPerSecond) {
      return new Settings(framesPerSecond, 2);
    }
  }

  /**
   * A frame as it came.
   *
   * @param sequence the number its sender gave it
   * @param capturedAt the time its sender gave it
   * @param bytes a whole file; kept until it is measured, not modified, not copied
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed on, never compared.
  public record Incoming(long sequence, Instant capturedAt, byte[] bytes) {}

  /** Decodes and measures; called by one thread at a time, in order, so that it may keep state. */
  @FunctionalInterface
  public interface Measure {
    /**
     * Measures a frame.
     *
     * @param bytes a whole file; not to be modified
     * @throws Failure when it cannot be decoded or measured; the next frame is measured as usual
     */
    Analysis of(byte[] bytes);
  }

  /**
   * Hears what becomes of the frames; called by one thread at a time, in order. What it throws is
   * logged and changes nothing.
   */
  public interface Listener {
    /** The frame was measured. */
    void measured(Incoming frame, Analysis analysis);

    /**
     * The frame could not be measured; the session goes on.
     *
     * @param failure why; reason FAILED, subject {@code analysis}, for an error of the program
     */
    void problem(Incoming frame, Failure failure);

    /**
     * The frame was dropped for a newer one; called by the thread that offered that one, beside the
     * others. Does nothing by default.
     */
    default void dropped(Incoming frame) {}
  }

  /**
   * What became of the frames so far: {@code offered} is the sum of the others.
   *
   * @param offered how many frames came
   * @param measured how many were measured
   * @param dropped how many gave way to newer ones, or came after the close
   * @param overRate how many were held back by the frame rate
   * @param problems how many could not be measured
   * @param waiting how many wait or are being measured now
   */
  public record Counts(
      long offered, long measured, long dropped, long overRate, long problems, int waiting) {

    /** All that were not answered: dropped and held back. */
    public long notMeasured() {
      return dropped + overRate;
    }
  }

  /** What became of a frame when it was offered. */
  public enum Answer {
    /** It waits for its turn; a newer one may still push it out. */
    TAKEN,
    /** It came faster than the frame rate allows. */
    OVER_RATE,
    /** The measurement is closed. */
    CLOSED
  }

  private static final Logger LOG = LoggerFactory.getLogger(LiveMeasurement.class);

  private final Settings settings;
  private final Measure measure;
  private final Listener listener;
  private final Executor executor;
  private final InstantSource clock;
  private final ArrayDeque<Incoming> waiting;
  private final double mostTokens;

  private double tokens;
  private Instant filledAt;
  private boolean running;
  private boolean closed;
  private long offered;
  private long measured;
  private long dropped;
  private long overRate;
  private long problems;
  private int inHand;

  /**
   * A measurement that begins with the first frame.
   *
   * @param executor runs short tasks, one a frame; not shut down by {@link #close}
   */
  public LiveMeasurement(
      Settings settings,
      Measure measure,
      Listener listener,
      Executor executor,
      InstantSource clock) {
    this.settings = settings;
    this.measure = measure;
    this.listener = listener;
    this.executor = executor;
    this.clock = clock;
    this.waiting = new ArrayDeque<>(settings.queue() + 1);
    this.mostTokens = Math.max(2, settings.framesPerSecond() / 4.0);
    this.tokens = mostTokens;
    this.filledAt = clock.instant();
  }

  /** Offers a frame; never waits. */
  public Answer offer(Incoming frame) {
    Incoming gaveWay = null;
    boolean begin = false;
    synchronized (this) {
      offered++;
      if (closed) {
        dropped++;
        return Answer.CLOSED;
      }
      if (!takeToken()) {
        overRate++;
        return Answer.OVER_RATE;
      }
      if (waiting.size() == settings.queue()) {
        gaveWay = waiting.poll();
        dropped++;
      }
      waiting.add(frame);
      if (!running) {
        running = true;
        begin = true;
      }
    }
    if (gaveWay != null) {
      tellDropped(gaveWay);
    }
    if (begin) {
      submit();
    }
    return Answer.TAKEN;
  }

  private boolean takeToken() {
    Instant now = clock.instant();
    double seconds = Duration.between(filledAt, now).toNanos() / 1e9;
    // A clock that was set back fills nothing and takes nothing away.
    tokens = Math.min(mostTokens, tokens + Math.max(0, seconds) * settings.framesPerSecond());
    filledAt = now;
    // A frame that is early by the rounding of a clock is not too early.
    if (tokens < 1 - 1e-6) {
      return false;
    }
    tokens -= 1;
    return true;
  }

  private void submit() {
    try {
      executor.execute(this::measureNext);
    } catch (RejectedExecutionException e) {
      LOG.warn("The executor takes no frames; those that wait are dropped");
      synchronized (this) {
        dropped += waiting.size();
        waiting.clear();
        running = false;
        notifyAll();
      }
    }
  }

  private void measureNext() {
    Incoming frame;
    synchronized (this) {
      frame = waiting.poll();
      if (frame == null) {
        running = false;
        notifyAll();
        return;
      }
      inHand = 1;
    }
    measureOne(frame);
    boolean more;
    synchronized (this) {
      inHand = 0;
      more = !waiting.isEmpty();
      running = more;
      notifyAll();
    }
    if (more) {
      submit();
    }
  }

  private void measureOne(Incoming frame) {
    @Nullable Analysis analysis = null;
    @Nullable Failure failure = null;
    try {
      analysis = measure.of(frame.bytes());
    } catch (Failure e) {
      failure = e;
    } catch (RuntimeException | OutOfMemoryError e) {
      LOG.error("Frame {} could not be measured", frame.sequence(), e);
      failure =
          Failure.of(Failure.Reason.FAILED, "analysis", "The frame could not be measured")
              .causedBy(e);
    }
    synchronized (this) {
      inHand = 0;
      if (analysis != null) {
        measured++;
      } else {
        problems++;
      }
    }
    try {
      if (analysis != null) {
        listener.measured(frame, analysis);
      } else if (failure != null) {
        listener.problem(frame, failure);
      }
    } catch (RuntimeException e) {
      LOG.error("A listener failed on frame {}", frame.sequence(), e);
    }
  }

  private void tellDropped(Incoming frame) {
    try {
      listener.dropped(frame);
    } catch (RuntimeException e) {
      LOG.error("A listener failed on frame {}", frame.sequence(), e);
    }
  }

  /** What became of the frames so far. */
  public synchronized Counts counts() {
    return new Counts(offered, measured, dropped, overRate, problems, waiting.size() + inHand);
  }

  /**
   * Takes no more frames and returns once those that wait are measured and told.
   *
   * @param patience after so long what still waits is dropped
   * @return whether everything was measured within that time
   * @throws InterruptedException when the thread is interrupted while it waits
   */
  public boolean drain(Duration patience) throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    synchronized (this) {
      closed = true;
      while (running) {
        long left = deadline - System.nanoTime();
        if (left <= 0) {
          dropped += waiting.size();
          waiting.clear();
          return false;
        }
        TimeUnit.NANOSECONDS.timedWait(this, left);
      }
      return true;
    }
  }

  /** As {@link #drain} with ten seconds. */
  @Override
  public void close() {
    try {
      drain(Duration.ofSeconds(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
