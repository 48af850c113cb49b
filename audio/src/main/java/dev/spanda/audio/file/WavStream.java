package dev.spanda.audio.file;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A WAV file that is being written and whose length nobody knows yet. For one thread at a time.
 *
 * @see WavWriter#stream
 */
public final class WavStream implements Closeable {

  private final WavWriter writer;
  private final int channels;
  private final OutputStream into;
  private final WavWriter.Scratch scratch = new WavWriter.Scratch();
  private byte[] bytes = {};
  private long frames;
  private boolean closed;

  WavStream(WavWriter writer, int channels, OutputStream into) {
    this.writer = writer;
    this.channels = channels;
    this.into = into;
  }

  /**
   * Appends a block.
   *
   * @param samples one array a channel; not modified
   * @param offset the first sample of each array to write
   * @param count how many samples of each array to write, ≥ 0
   * @throws IOException when the stream refuses or is closed
   */
  public void write(float[][] samples, int offset, int count) throws IOException {
    if (closed) {
      throw new IOException("the stream is closed");
    }
    if (samples.length != channels) {
      throw new IllegalArgumentException(
          samples.length + " channels given, " + channels + " begun");
    }
    int length = Math.multiplyExact(count, channels * writer.format().bytesPerSample());
    if (bytes.length < length) {
      bytes = new byte[length];
    }
    writer.encode(samples, offset, count, frames, bytes, scratch);
    into.write(bytes, 0, length);
    frames += count;
  }

  /** How many frames have been written. */
  public long frames() {
    return frames;
  }

  /** Ends the file, with a pad byte when its data is odd, and closes the stream below. */
  @Override
  public void close() throws IOException {
    if (!closed) {
      closed = true;
      try (into) {
        if ((frames * channels * writer.format().bytesPerSample() & 1) == 1) {
          into.write(0);
        }
      }
    }
  }
}
