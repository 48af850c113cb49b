package dev.spanda.audio.file;

import dev.spanda.audio.SampleRate;
import dev.spanda.audio.Sound;
import dev.spanda.core.Failure;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/**
 * Writes sounds as FLAC (RFC 9639), without loss after the rounding to 16 or 24 bits, block by
 * block and always into the same bytes. Rounding, clipping and dither are those of {@link
 * WavFormat} and {@link WavWriter}.
 *
 * <p>Blocks have 4096 samples; predictors are fixed or linear of order 8 at most; two channels are
 * written as they are or as their difference with either of them or with their mean, whichever the
 * autocorrelation predicts to be shorter. The stream header carries the MD5 of the samples and the
 * sizes of the frames.
 *
 * <p>Immutable and thread-safe; each call needs its own sound (see {@link Sound#fork()}).
 */
public final class FlacWriter {

  private static final int MOST_CHANNELS = 8;
  private static final long MOST_FRAMES = (1L << 36) - 1;
  private static final int HEADER = 4 + 4 + 34;

  private final int bits;
  private final @Nullable Long ditherSeed;

  private FlacWriter(int bits, @Nullable Long ditherSeed) {
    this.bits = bits;
    this.ditherSeed = ditherSeed;
  }

  /**
   * A writer without dither.
   *
   * @param bitsPerSample 16 or 24
   * @throws Failure INVALID when it is another number
   */
  public static FlacWriter of(int bitsPerSample) {
    if (bitsPerSample != 16 && bitsPerSample != 24) {
      throw Failure.invalid(
          "bits_per_sample",
          bitsPerSample,
          "FLAC is written with 16 or 24 bits; " + bitsPerSample + " were asked for");
    }
    return new FlacWriter(bitsPerSample, null);
  }

  /** A copy that adds the noise of {@link WavWriter#withDither}. */
  public FlacWriter withDither(long seed) {
    return new FlacWriter(bits, seed);
  }

  /** 16 or 24. */
  public int bitsPerSample() {
    return bits;
  }

  /**
   * Writes the file under a temporary name beside the target, then renames it.
   *
   * @throws IOException when the folder does not exist or the disk refuses; no part of the file
   *     stays
   * @throws Failure UNSUPPORTED when the sound has more than 8 channels; TOO_LARGE when it has 2³⁶
   *     frames or more
   */
  public void write(Sound sound, Path target) throws IOException {
    check(sound);
    Replacement.write(
        target,
        channel -> {
          channel.position(HEADER);
          StreamInfo info = encode(sound, (bytes, count) -> put(channel, bytes, count));
          channel.position(0);
          byte[] header = info.header();
          put(channel, header, header.length);
        });
  }

  /**
   * Writes the same bytes to a stream, which is not closed. The header of a FLAC file tells what
   * only the whole encoding knows, so the sound is encoded twice: once for the header.
   *
   * @throws IOException when the stream refuses
   * @throws Failure as {@link #write(Sound, Path)}
   */
  public void write(Sound sound, OutputStream into) throws IOException {
    check(sound);
    into.write(encode(sound, (bytes, count) -> {}).header());
    encode(sound, (bytes, count) -> into.write(bytes, 0, count));
  }

  /**
   * The exact number of bytes of the file; found by encoding the sound.
   *
   * @throws Failure as {@link #write(Sound, Path)}
   */
  public long lengthInBytes(Sound sound) {
    check(sound);
    long[] total = {HEADER};
    try {
      encode(sound, (bytes, count) -> total[0] += count);
    } catch (IOException e) {
      throw new AssertionError("nothing was written", e);
    }
    return total[0];
  }

  private static void check(Sound sound) {
    if (sound.channels() > MOST_CHANNELS) {
      throw Failure.of(
              Failure.Reason.UNSUPPORTED,
              "channels",
              "FLAC holds 1 to 8 channels; the sound has " + sound.channels())
          .with(Failure.MAX_VALUE, MOST_CHANNELS);
    }
    if (sound.frames() > MOST_FRAMES) {
      throw Failure.of(
              Failure.Reason.TOO_LARGE,
              "duration",
              "FLAC holds fewer than 2³⁶ frames; the sound has " + sound.frames())
          .with(Failure.MAX_VALUE, MOST_FRAMES);
    }
  }

  private StreamInfo encode(Sound sound, Sink into) throws IOException {
    int channels = sound.channels();
    int size = bits / 8;
    int block = FlacEncoder.BLOCK;
    float[][] samples = new float[channels][block];
    int[][] integers = new int[channels][block];
    byte[] raw = new byte[block * channels * size];
    MessageDigest md5 = md5();
    FlacEncoder encoder = new FlacEncoder(sound.sampleRate(), channels, bits);
    int smallest = Integer.MAX_VALUE;
    int largest = 0;
    long number = 0;
    for (long frame = 0; frame < sound.frames(); frame += block) {
      int count = (int) Math.min(block, sound.frames() - frame);
      sound.read(frame, samples, 0, count);
      for (int channel = 0; channel < channels; channel++) {
        if (ditherSeed == null) {
          Quantizer.integers(samples[channel], 0, count, bits, integers[channel]);
        } else {
          Quantizer.dithered(
              samples[channel],
              0,
              count,
              bits,
              integers[channel],
              ditherSeed,
              frame * channels + channel,
              channels);
        }
        Quantizer.bytes(integers[channel], count, bits, raw, channel * size, channels * size);
      }
      md5.update(raw, 0, count * channels * size);
      int length = encoder.encode(integers, count, number++);
      smallest = Math.min(smallest, length);
      largest = Math.max(largest, length);
      into.write(encoder.bytes(), length);
    }
    return new StreamInfo(
        sound.sampleRate(),
        channels,
        bits,
        sound.frames(),
        number == 0 ? 0 : smallest,
        largest,
        md5.digest());
  }

  private static void put(FileChannel channel, byte[] bytes, int count) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
    while (buffer.hasRemaining()) {
      channel.write(buffer);
    }
  }

  private static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has MD5", e);
    }
  }

  private interface Sink {
    void write(byte[] bytes, int count) throws IOException;
  }

  /** The one metadata block every stream has (RFC 9639, section 8.2). */
  @SuppressWarnings("ArrayRecordComponent") // Never compared.
  private record StreamInfo(
      SampleRate rate, int channels, int bits, long frames, int smallest, int largest, byte[] md5) {

    byte[] header() {
      ByteBuffer header = ByteBuffer.allocate(HEADER);
      header.put("fLaC".getBytes(StandardCharsets.US_ASCII));
      // The last metadata block, of type 0.
      header.putInt(0x80 << 24 | 34);
      header.putShort((short) FlacEncoder.BLOCK).putShort((short) FlacEncoder.BLOCK);
      header.put((byte) (smallest >> 16)).putShort((short) smallest);
      header.put((byte) (largest >> 16)).putShort((short) largest);
      header.putLong((long) rate.hz() << 44 | (channels - 1L) << 41 | (bits - 1L) << 36 | frames);
      header.put(md5);
      return header.array();
    }
  }
}
