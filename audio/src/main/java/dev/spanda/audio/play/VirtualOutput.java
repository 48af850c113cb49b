package dev.spanda.audio.play;

import dev.spanda.audio.SampleRate;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * An output for machines without a sound card: it is silent and takes samples at the pace at which
 * a card would play them, so that playheads, spectra and sessions run as they do with one. It
 * buffers a tenth of a second. Immutable and thread-safe.
 */
public final class VirtualOutput implements AudioOutput {

  private final LongSupplier nanos;

  /**
   * An output on the given clock.
   *
   * @param nanos nanoseconds of a clock that never goes back; {@code System::nanoTime} unless a
   *     test has its own
   */
  public VirtualOutput(LongSupplier nanos) {
    this.nanos = Objects.requireNonNull(nanos);
  }

  /** Always opens. */
  @Override
  public Opening open(SampleRate rate, int channels) {
    return new Opened(new VirtualLine(nanos, rate));
  }

  /** A clock that counts frames while it has any. */
  private static final class VirtualLine implements Line {

    private static final long LONGEST_WAIT_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final LongSupplier nanos;
    private final int hz;
    private final int capacity;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Frames taken and not flushed, and frames heard up to the moment {@link #since}. */
    private long taken;

    private long heard;
    private long since;
    private boolean paused;
    private boolean closed;

    VirtualLine(LongSupplier nanos, SampleRate rate) {
      this.nanos = nanos;
      this.hz = rate.hz();
      this.capacity = Math.max(1, hz / 10);
      this.since = nanos.getAsLong();
    }

    @Override
    public String device() {
      return "virtual output";
    }

    @Override
    public void write(float[][] samples, int count) {
      lock.lock();
      try {
        int left = count;
        while (left > 0 && !closed) {
          advance();
          int room = (int) Math.min(left, capacity - (taken - heard));
          if (room > 0) {
            taken += room;
            left -= room;
          } else {
            changed.awaitNanos(LONGEST_WAIT_NANOS);
          }
        }
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public long played() {
      lock.lock();
      try {
        advance();
        return heard;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void pause() {
      lock.lock();
      try {
        advance();
        paused = true;
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void resume() {
      lock.lock();
      try {
        paused = false;
        since = nanos.getAsLong();
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void flush() {
      lock.lock();
      try {
        advance();
        taken = heard;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      lock.lock();
      try {
        advance();
        closed = true;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    /** Hears what time has made of the frames taken; an empty line does not run ahead. */
    private void advance() {
      if (paused || closed) {
        return;
      }
      long now = nanos.getAsLong();
      long due = (long) ((now - since) * 1e-9 * hz);
      if (due >= taken - heard) {
        heard = taken;
        since = now;
      } else if (due > 0) {
        heard += due;
        since += (long) (due * 1e9 / hz);
      }
    }
  }
}
