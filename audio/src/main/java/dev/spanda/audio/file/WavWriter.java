package dev.spanda.audio.file;

import dev.spanda.audio.SampleRate;
import dev.spanda.audio.Sound;
import dev.spanda.core.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Writes sounds as WAV, block by block, always into the same bytes: a plain RIFF file, or RF64 (EBU
 * Tech 3306) when the file exceeds 4 GiB. Since a {@link Sound} knows its length, the right sizes
 * stand in the header from the first byte on, the length of the file is known before it is written,
 * and any range of its bytes can be written by itself.
 *
 * <p>16-bit integers and floats of one or two channels have the plain format chunk, all others
 * WAVE_FORMAT_EXTENSIBLE. Dither is off by default.
 *
 * <p>Immutable and thread-safe; each call needs its own sound (see {@link Sound#fork()}).
 */
public final class WavWriter {

  private static final int BLOCK = 16_384;

  private final WavFormat format;
  private final @Nullable Long ditherSeed;

  private WavWriter(WavFormat format, @Nullable Long ditherSeed) {
    this.format = Objects.requireNonNull(format);
    this.ditherSeed = ditherSeed;
  }

  /** A writer without dither: each sample is rounded to the nearest step. */
  public static WavWriter of(WavFormat format) {
    return new WavWriter(format, null);
  }

  /**
   * A copy that adds triangular noise (TPDF) of ±1 step before rounding, which turns the distortion
   * of quiet sounds into a steady noise (Lipshitz, Wannamaker and Vanderkooy, JAES 40 (1992), 355).
   * The noise depends on the seed and on the place in the sound alone. {@link WavFormat#FLOAT32}
   * ignores it.
   */
  public WavWriter withDither(long seed) {
    return new WavWriter(format, seed);
  }

  /** How samples are written. */
  public WavFormat format() {
    return format;
  }

  /**
   * The exact number of bytes that the file of this sound has.
   *
   * @throws Failure TOO_LARGE when it exceeds 2⁶³ − 1; INVALID when the sound has more channels
   *     than a WAV file can name
   */
  public long lengthInBytes(Sound sound) {
    return Layout.of(format, sound).total();
  }

  /**
   * Writes the file under a temporary name beside the target, then renames it: who looks sees the
   * old file or the whole new one.
   *
   * @throws IOException when the folder does not exist or the disk refuses; no part of the file
   *     stays
   */
  public void write(Sound sound, Path target) throws IOException {
    Layout layout = Layout.of(format, sound);
    Replacement.write(target, channel -> write(sound, layout, 0, layout.total(), to(channel)));
  }

  /**
   * Writes the whole file to a stream, which is not closed.
   *
   * @throws IOException when the stream refuses
   */
  public void write(Sound sound, OutputStream into) throws IOException {
    Layout layout = Layout.of(format, sound);
    write(sound, layout, 0, layout.total(), into::write);
  }

  /**
   * Writes a range of the file's bytes to a stream, which is not closed; only the samples of the
   * range are read from the sound.
   *
   * @param firstByte where the range begins in the file, ≥ 0
   * @param count how many bytes to write, ≥ 0
   * @throws IndexOutOfBoundsException when the range does not lie within {@link #lengthInBytes}
   * @throws IOException when the stream refuses
   */
  public void write(Sound sound, long firstByte, long count, OutputStream into) throws IOException {
    Layout layout = Layout.of(format, sound);
    Objects.checkFromIndexSize(firstByte, count, layout.total());
    write(sound, layout, firstByte, count, into::write);
  }

  /**
   * Begins a file whose length nobody knows yet, on a stream that cannot be rewound: both sizes in
   * the header are 0xFFFFFFFF, which players read as "until the end".
   *
   * @throws IOException when the stream refuses
   */
  public WavStream stream(SampleRate rate, int channels, OutputStream into) throws IOException {
    into.write(WavHeader.ofUnknownLength(format, rate, channels));
    return new WavStream(this, channels, into);
  }

  /** Encodes one block; {@code firstFrame} matters to the dither alone. */
  void encode(
      float[][] samples, int offset, int count, long firstFrame, byte[] bytes, Scratch scratch) {
    Long seed = ditherSeed;
    if (seed == null || format == WavFormat.FLOAT32) {
      format.encode(samples, offset, count, bytes, 0);
      return;
    }
    int size = format.bytesPerSample();
    int channels = samples.length;
    int[] integers = scratch.integers(count);
    for (int channel = 0; channel < channels; channel++) {
      Quantizer.dithered(
          samples[channel],
          offset,
          count,
          format.bitsPerSample(),
          integers,
          seed,
          firstFrame * channels + channel,
          channels);
      Quantizer.bytes(
          integers, count, format.bitsPerSample(), bytes, channel * size, channels * size);
    }
  }

  private void write(Sound sound, Layout layout, long first, long count, Sink into)
      throws IOException {
    long end = first + count;
    if (first < layout.header().length && count > 0) {
      int stop = (int) Math.min(end, layout.header().length);
      into.write(layout.header(), (int) first, stop - (int) first);
    }
    long dataStart = layout.header().length;
    long dataEnd = dataStart + layout.dataBytes();
    long from = Math.max(first, dataStart) - dataStart;
    long to = Math.min(end, dataEnd) - dataStart;
    if (from < to) {
      int frameBytes = format.bytesPerSample() * sound.channels();
      int block = (int) Math.min(BLOCK, sound.frames());
      float[][] samples = new float[sound.channels()][block];
      byte[] bytes = new byte[block * frameBytes];
      Scratch scratch = new Scratch();
      for (long frame = from / frameBytes; frame * frameBytes < to; frame += block) {
        int frames = (int) Math.min(block, sound.frames() - frame);
        // The last block of a range need not be rendered beyond the range.
        frames = (int) Math.min(frames, (to - frame * frameBytes + frameBytes - 1) / frameBytes);
        sound.read(frame, samples, 0, frames);
        encode(samples, 0, frames, frame, bytes, scratch);
        int skip = (int) Math.max(0, from - frame * frameBytes);
        int stop = (int) Math.min((long) frames * frameBytes, to - frame * frameBytes);
        into.write(bytes, skip, stop - skip);
      }
    }
    if (end > dataEnd) {
      into.write(new byte[1], 0, 1);
    }
  }

  private static Sink to(FileChannel channel) {
    return (bytes, offset, count) -> {
      ByteBuffer buffer = ByteBuffer.wrap(bytes, offset, count);
      while (buffer.hasRemaining()) {
        channel.write(buffer);
      }
    };
  }

  private interface Sink {
    void write(byte[] bytes, int offset, int count) throws IOException;
  }

  /** A block of integers that grows once. */
  static final class Scratch {
    private int[] integers = {};

    int[] integers(int count) {
      if (integers.length < count) {
        integers = new int[count];
      }
      return integers;
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record Layout(byte[] header, long dataBytes, long total) {
    static Layout of(WavFormat format, Sound sound) {
      byte[] header = WavHeader.of(format, sound.sampleRate(), sound.channels(), sound.frames());
      long data = WavHeader.dataBytes(format, sound.channels(), sound.frames());
      return new Layout(header, data, header.length + data + (data & 1));
    }
  }
}
