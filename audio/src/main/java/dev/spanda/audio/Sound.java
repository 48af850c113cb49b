package dev.spanda.audio;

import java.time.Duration;

/**
 * A sound of known length that can be read from any frame, in blocks of any size, with the same
 * samples each time. What a session of hours sounds like is computed while it is read and never
 * held whole.
 *
 * <p>Unless an implementation says otherwise a sound is for one thread at a time; {@link #fork()}
 * gives another thread its own.
 */
public interface Sound {

  /** The rate at which the frames follow one another. */
  SampleRate sampleRate();

  /** How many channels a frame has: 1 or more. */
  int channels();

  /** How many frames the sound has, ≥ 0. */
  long frames();

  /**
   * Fills a part of the caller's arrays.
   *
   * @param firstFrame the frame of this sound to begin at, ≥ 0; frames at and after {@link
   *     #frames()} are silence
   * @param into one array a channel; modified from {@code offset} to {@code offset + count} and
   *     nowhere else; samples are in full scale ±1 and may exceed it
   * @param offset where in the arrays to begin
   * @param count how many frames to write, ≥ 0
   * @throws IndexOutOfBoundsException when the arrays are fewer or shorter than that
   */
  void read(long firstFrame, float[][] into, int offset, int count);

  /** The same sound for use by another thread. */
  Sound fork();

  /** How long the sound lasts. */
  default Duration duration() {
    return sampleRate().durationOf(frames());
  }

  /**
   * The whole sound in memory.
   *
   * @throws dev.spanda.core.Failure TOO_LARGE when it has more than 2³¹ − 9 frames
   */
  default Pcm render() {
    return Pcm.of(this);
  }
}
