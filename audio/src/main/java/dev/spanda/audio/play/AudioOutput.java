package dev.spanda.audio.play;

import dev.spanda.audio.SampleRate;

/** Where sound goes. Implementations are thread-safe; a {@link Line} says for itself. */
public interface AudioOutput {

  /**
   * Opens a line.
   *
   * @param channels 1 or 2 for most devices
   * @return the line, or why there is none; a device that is missing, busy or incapable is an
   *     answer and never an exception
   */
  Opening open(SampleRate rate, int channels);

  /** What became of an attempt to open a line. */
  sealed interface Opening {}

  /**
   * There is a line.
   *
   * @param line the caller closes it
   */
  record Opened(Line line) implements Opening {}

  /**
   * There is no line.
   *
   * @param sought what was looked for and what happened
   * @param remedy what to install or set, as a sentence
   */
  record NoDevice(String sought, String remedy) implements Opening {}

  /**
   * An open way to a device. {@link #close()}, {@link #played()} and {@link #device()} may be
   * called by any thread; the rest by one.
   */
  interface Line extends AutoCloseable {

    /** The name of the device. */
    String device();

    /**
     * Hands over samples and waits until the device has taken them; returns early when the line is
     * closed meanwhile.
     *
     * @param samples one array a channel; not modified, and free for reuse afterwards
     * @param count how many frames from index 0 on
     * @throws dev.spanda.core.Failure UNAVAILABLE when the device has vanished
     */
    void write(float[][] samples, int count);

    /** How many frames have been heard since the line was opened, ≥ 0 and never falling. */
    long played();

    /** Falls silent and keeps what it holds. */
    void pause();

    /** Goes on after {@link #pause()}. */
    void resume();

    /** Forgets what it has taken and not yet played. */
    void flush();

    /** Falls silent at once and frees the device; a waiting {@link #write} returns. */
    @Override
    void close();
  }
}
