package dev.spanda.audio.play;

import dev.spanda.audio.Sound;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Plays one sound at a time. A thread of its own feeds the device in blocks of 512 frames; all
 * methods return soon whatever the device does: {@link #start} within three seconds, the others
 * within one. A device that no longer answers costs its thread, which is a daemon, and nothing
 * else.
 *
 * <p>Thread-safe. State and position can be read at any rate.
 */
public final class Player implements AutoCloseable {

  private static final int BLOCK = 512;
  private static final long OPENING_MILLIS = 3000;
  private static final long STOPPING_MILLIS = 400;
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);
  private static final int MOST_IDLE_POLLS = 100;

  private final AudioOutput output;
  private final ThreadFactory threads;
  private volatile @Nullable Run run;

  /** What a player does. */
  public enum State {
    /** Nothing has been started yet. */
    IDLE,
    /** The device plays. */
    PLAYING,
    /** The device is silent and keeps its place. */
    PAUSED,
    /** The sound was played to its end. */
    FINISHED,
    /** {@link Player#stop()} ended it, or another start. */
    STOPPED,
    /** The device vanished, or the sound could not be computed. */
    FAILED
  }

  /** What became of a start. */
  public sealed interface Start {}

  /**
   * It plays.
   *
   * @param device the name of the device
   * @param duration how long the sound lasts
   */
  public record Started(String device, Duration duration) implements Start {}

  /**
   * There is nothing to play on.
   *
   * @param sought what was looked for and what happened
   * @param remedy what to install or set
   */
  public record NoDevice(String sought, String remedy) implements Start {}

  /**
   * A player.
   *
   * @param output where the sound goes
   * @param threads makes the thread that feeds the device
   */
  public Player(AudioOutput output, ThreadFactory threads) {
    this.output = Objects.requireNonNull(output);
    this.threads = Objects.requireNonNull(threads);
  }

  /** A player with daemon threads of its own. */
  public static Player of(AudioOutput output) {
    return new Player(
        output,
        task -> {
          Thread thread = new Thread(task, "spanda-player");
          thread.setDaemon(true);
          return thread;
        });
  }

  /**
   * Ends what is played and plays the sound from its beginning. It is forked, so that the caller
   * may go on reading it.
   *
   * @return that it plays, or why it cannot
   */
  public synchronized Start start(Sound sound) {
    stop();
    Run next = new Run(sound.fork());
    run = next;
    threads.newThread(() -> next.play(output)).start();
    Start outcome = next.outcome();
    if (outcome instanceof NoDevice) {
      next.end(State.IDLE);
    }
    return outcome;
  }

  /**
   * Ends playback and frees the device; the position stays where it was. Returns within a second
   * even when the device does not.
   */
  public synchronized void stop() {
    Run current = run;
    if (current != null) {
      current.stop(threads);
    }
  }

  /** Falls silent and keeps the place; nothing happens unless it plays. */
  public void pause() {
    Run current = run;
    if (current != null) {
      current.pause(true);
    }
  }

  /** Goes on after {@link #pause()}; nothing happens unless it is paused. */
  public void resume() {
    Run current = run;
    if (current != null) {
      current.pause(false);
    }
  }

  /**
   * Goes on at another frame; nothing happens when nothing plays or is paused.
   *
   * @param frame held between 0 and the end of the sound
   */
  public void seek(long frame) {
    Run current = run;
    if (current != null) {
      current.seek(frame);
    }
  }

  /** What the player does now. */
  public State state() {
    Run current = run;
    return current == null ? State.IDLE : current.state;
  }

  /**
   * The frame that is heard now, from 0 to the length of the sound; it lags by 512 frames at most.
   * 0 before the first start.
   */
  public long position() {
    Run current = run;
    return current == null ? 0 : current.position;
  }

  /** The sound that was started last, for reading around the position; one for each caller. */
  public Optional<Sound> sound() {
    Run current = run;
    return current == null ? Optional.empty() : Optional.of(current.sound.fork());
  }

  /** What went wrong when the state is {@link State#FAILED}. */
  public Optional<RuntimeException> failure() {
    Run current = run;
    return current == null ? Optional.empty() : Optional.ofNullable(current.failure);
  }

  /** As {@link #stop()}. */
  @Override
  public void close() {
    stop();
  }

  /** The playing of one sound. */
  private static final class Run {

    private final Sound sound;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final CountDownLatch opened = new CountDownLatch(1);
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile State state = State.PLAYING;
    private volatile long position;
    private volatile @Nullable RuntimeException failure;
    private volatile AudioOutput.@Nullable Line line;
    private volatile @Nullable Start start;
    private volatile boolean over;
    private long seekTo = -1;

    /** Frame of the sound less frame of the line. */
    private long base;

    Run(Sound sound) {
      this.sound = sound;
    }

    Start outcome() {
      boolean answered = await(opened, OPENING_MILLIS);
      Start known = start;
      if (answered && known != null) {
        return known;
      }
      over = true;
      return new NoDevice(
          "The device did not open within " + OPENING_MILLIS + " ms",
          "Choose another mixer, or the virtual output.");
    }

    void play(AudioOutput output) {
      try {
        AudioOutput.Opening opening = output.open(sound.sampleRate(), sound.channels());
        if (opening instanceof AudioOutput.NoDevice none) {
          start = new NoDevice(none.sought(), none.remedy());
          return;
        }
        AudioOutput.Line mine = ((AudioOutput.Opened) opening).line();
        line = mine;
        start = new Started(mine.device(), sound.duration());
        opened.countDown();
        try (mine) {
          feed(mine);
          if (!over) {
            position = sound.frames();
            end(State.FINISHED);
          }
        }
      } catch (RuntimeException e) {
        failure = e;
        end(State.FAILED);
        if (start == null) {
          start = new NoDevice("Opening the device failed: " + e, "Choose another output.");
        }
      } finally {
        opened.countDown();
        done.countDown();
      }
    }

    private void feed(AudioOutput.Line mine) {
      float[][] block = new float[sound.channels()][BLOCK];
      long frame = 0;
      long heard = 0;
      int idle = 0;
      while (!over) {
        frame = command(mine, frame);
        if (over) {
          return;
        }
        if (frame < sound.frames()) {
          int count = (int) Math.min(BLOCK, sound.frames() - frame);
          sound.read(frame, block, 0, count);
          mine.write(block, count);
          frame += count;
          idle = 0;
        }
        long played = mine.played();
        if (!over) {
          position = Math.max(0, Math.min(frame, base + played));
        }
        if (frame >= sound.frames()) {
          // The device has everything; it is over when it has played it, or no longer moves.
          idle = played == heard ? idle + 1 : 0;
          if (base + played >= frame || idle > MOST_IDLE_POLLS) {
            return;
          }
          poll();
        }
        heard = played;
      }
    }

    /**
     * Pauses and seeks as asked since the last block; returns the frame to go on with. The device
     * is called without the lock, so that a device that hangs holds no caller.
     */
    private long command(AudioOutput.Line mine, long frame) {
      long next = frame;
      boolean silent = false;
      while (!over) {
        long target = takeSeek();
        if (target >= 0) {
          mine.flush();
          next = target;
          base = next - mine.played();
          position = next;
        }
        if (state != State.PAUSED) {
          break;
        }
        if (!silent) {
          mine.pause();
          silent = true;
        }
        awaitCommand();
      }
      if (silent && !over) {
        mine.resume();
      }
      return next;
    }

    private long takeSeek() {
      lock.lock();
      try {
        long target = seekTo;
        seekTo = -1;
        return target;
      } finally {
        lock.unlock();
      }
    }

    private void awaitCommand() {
      lock.lock();
      try {
        while (!over && seekTo < 0 && state == State.PAUSED) {
          changed.awaitUninterruptibly();
        }
      } finally {
        lock.unlock();
      }
    }

    private void poll() {
      lock.lock();
      try {
        long left = POLL_NANOS;
        while (left > 0 && !over && seekTo < 0 && state == State.PLAYING) {
          left = changed.awaitNanos(left);
        }
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        over = true;
      } finally {
        lock.unlock();
      }
    }

    void pause(boolean wanted) {
      State from = wanted ? State.PLAYING : State.PAUSED;
      if (move(from, wanted ? State.PAUSED : State.PLAYING)) {
        signal();
      }
    }

    void seek(long frame) {
      lock.lock();
      try {
        seekTo = Math.max(0, Math.min(sound.frames(), frame));
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    /** Sets the last state; the first to do so wins. Never waits for the device. */
    void end(State last) {
      if (!move(State.PLAYING, last)) {
        move(State.PAUSED, last);
      }
      over = true;
    }

    private synchronized boolean move(State from, State to) {
      if (state != from) {
        return false;
      }
      state = to;
      return true;
    }

    void stop(ThreadFactory threads) {
      end(State.STOPPED);
      signal();
      if (await(done, STOPPING_MILLIS)) {
        return;
      }
      AudioOutput.Line stuck = line;
      if (stuck != null) {
        // Closing wakes a waiting write on most devices; it may itself never return.
        threads.newThread(stuck::close).start();
        await(done, STOPPING_MILLIS);
      }
    }

    private void signal() {
      lock.lock();
      try {
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }

    private static boolean await(CountDownLatch latch, long millis) {
      try {
        return latch.await(millis, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }
  }
}
