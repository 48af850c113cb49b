package dev.spanda.core.job;

import dev.spanda.core.Failure;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/** One run of one job on one thread. */
final class Run implements JobContext {

  /** Why a run is asked to end. */
  enum End {
    CANCELLED,
    TIMED_OUT,
    CLOSING,
    /** Another process has taken the job over; whatever this run does no longer counts. */
    LOST
  }

  /** Writes progress, at most so often. */
  interface Scribe {
    void write(Run run, double fraction, String message);

    void later(Run run);
  }

  private static final long QUIET_NANOS = 200_000_000;
  private static final int LONGEST_MESSAGE = 500;

  private final String jobId;
  private final String owner;
  private final int attempt;
  private final Scribe scribe;
  private final Thread thread;

  private boolean over;
  private volatile @Nullable End end;
  private @Nullable Long lastWrite;
  private boolean pending;
  private double fraction;
  private String message = "";

  Run(String jobId, String owner, int attempt, Scribe scribe) {
    this.jobId = jobId;
    this.owner = owner;
    this.attempt = attempt;
    this.scribe = scribe;
    this.thread = Thread.currentThread();
  }

  @Override
  public String jobId() {
    return jobId;
  }

  @Override
  public String owner() {
    return owner;
  }

  @Override
  public int attempt() {
    return attempt;
  }

  @Override
  public void progress(double fraction, String message) {
    if (!(fraction >= 0 && fraction <= 1)) {
      throw new IllegalArgumentException("fraction must be between 0 and 1; was " + fraction);
    }
    String kept =
        message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE);
    synchronized (this) {
      this.fraction = fraction;
      this.message = kept;
      if (lastWrite != null && System.nanoTime() - lastWrite < QUIET_NANOS) {
        if (!pending) {
          pending = true;
          scribe.later(this);
        }
        return;
      }
      lastWrite = System.nanoTime();
    }
    scribe.write(this, fraction, kept);
  }

  /** Writes what was held back, unless the run is over. */
  void flush() {
    double latest;
    String words;
    synchronized (this) {
      if (!pending || over) {
        return;
      }
      pending = false;
      lastWrite = System.nanoTime();
      latest = fraction;
      words = message;
    }
    scribe.write(this, latest, words);
  }

  @Override
  public void throwIfCancelled() {
    End why = end;
    if (why == End.TIMED_OUT) {
      throw Failure.of(Failure.Reason.TIMED_OUT, "job", "The run took longer than its kind allows");
    }
    if (why != null) {
      throw new CancellationException("The run is asked to end: " + why);
    }
  }

  /** Asks the run to end; the first reason stays. */
  synchronized void ask(End why) {
    if (over || end != null) {
      return;
    }
    end = why;
    thread.interrupt();
  }

  /** The run has returned; after this no interrupt reaches its thread. */
  synchronized @Nullable End finish() {
    over = true;
    // An interrupt meant for the run must not hit what the thread does next.
    boolean ignored = Thread.interrupted();
    return end;
  }
}
