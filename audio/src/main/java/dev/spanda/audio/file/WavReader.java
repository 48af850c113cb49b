package dev.spanda.audio.file;

import dev.spanda.audio.Pcm;
import dev.spanda.audio.SampleRate;
import dev.spanda.audio.Sound;
import dev.spanda.core.Failure;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Objects;

/**
 * A WAV file as a sound that is read from the disk while it is used; it never lies in memory whole.
 *
 * <p>It reads RIFF and RF64, plain format chunks and WAVE_FORMAT_EXTENSIBLE, integers of 8
 * (unsigned), 16, 24 and 32 bits and floats of 32 and 64 bits, with 1 to 64 channels. An integer of
 * n bits is divided by 2^(n − 1). Floats pass as they are, NaN and infinity included. Chunks that
 * it does not know are passed over. A data size of 0xFFFFFFFF (an unfinished stream) reaches to the
 * end of the file; any other size that exceeds the file is a failure, and so is every other
 * contradiction: nothing is allocated on the word of a header.
 *
 * <p>For one thread at a time; {@link #fork()} shares the open file, which closing any of them
 * closes for all.
 */
public final class WavReader implements Sound, Closeable {

  private static final VarHandle SHORT =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INT =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int MOST_CHANNELS = 64;
  private static final int BLOCK = 4096;
  private static final String SUBJECT = "file";

  private final Source source;
  private final Shape shape;
  private byte[] bytes = {};

  private WavReader(Source source, Shape shape) {
    this.source = source;
    this.shape = shape;
  }

  /**
   * Opens a file.
   *
   * @throws Failure INVALID when it is no WAV file, is cut short or contradicts itself; UNSUPPORTED
   *     when its samples are of another kind
   * @throws IOException when the file cannot be read
   */
  public static WavReader open(Path file) throws IOException {
    FileChannel channel = FileChannel.open(file, StandardOpenOption.READ);
    try {
      Source source = new FileSource(channel, channel.size());
      return new WavReader(source, parse(source));
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  /**
   * Reads a whole file into memory.
   *
   * @throws Failure as {@link #open}; TOO_LARGE when it has more than 2³¹ − 9 frames
   * @throws IOException when the file cannot be read
   */
  public static Pcm read(Path file) throws IOException {
    try (WavReader reader = open(file)) {
      return reader.render();
    } catch (UncheckedIOException e) {
      throw Objects.requireNonNull(e.getCause());
    }
  }

  /**
   * Reads a whole stream, which is not closed, into memory.
   *
   * @param mostBytes how long the stream may be, from 0 to 2³¹ − 9
   * @throws Failure as {@link #open}; TOO_LARGE when the stream is longer than that
   * @throws IOException when the stream cannot be read
   */
  public static Pcm read(InputStream stream, int mostBytes) throws IOException {
    byte[] all = stream.readNBytes(Math.min(mostBytes, Integer.MAX_VALUE - 9) + 1);
    if (all.length > mostBytes) {
      throw Failure.of(
              Failure.Reason.TOO_LARGE, SUBJECT, "The file is longer than " + mostBytes + " bytes")
          .with(Failure.MAX_VALUE, mostBytes);
    }
    Source source = new MemorySource(all);
    return new WavReader(source, parse(source)).render();
  }

  @Override
  public SampleRate sampleRate() {
    return shape.rate();
  }

  @Override
  public int channels() {
    return shape.channels();
  }

  @Override
  public long frames() {
    return shape.frames();
  }

  /** 8, 16, 24, 32 or 64. */
  public int bitsPerSample() {
    return shape.bytesPerSample() * 8;
  }

  /** Whether the file holds floats. */
  public boolean isFloat() {
    return shape.isFloat();
  }

  /**
   * {@inheritDoc}
   *
   * @throws UncheckedIOException when the file is closed or cannot be read
   * @throws Failure INVALID when the file has become shorter since it was opened
   */
  @Override
  public void read(long firstFrame, float[][] into, int offset, int count) {
    for (int channel = 0; channel < shape.channels(); channel++) {
      Objects.checkFromIndexSize(offset, count, into[channel].length);
    }
    int available = (int) Math.max(0, Math.min(count, shape.frames() - firstFrame));
    int frameBytes = shape.frameBytes();
    if (available > 0 && bytes.length == 0) {
      bytes = new byte[BLOCK * frameBytes];
    }
    for (int done = 0; done < available; done += BLOCK) {
      int frames = Math.min(BLOCK, available - done);
      long position = shape.dataStart() + (firstFrame + done) * frameBytes;
      try {
        source.readFully(position, bytes, frames * frameBytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      for (int channel = 0; channel < shape.channels(); channel++) {
        decode(channel, into[channel], offset + done, frames);
      }
    }
    for (int channel = 0; channel < shape.channels(); channel++) {
      Arrays.fill(into[channel], offset + available, offset + count, 0f);
    }
  }

  @Override
  public WavReader fork() {
    return new WavReader(source, shape);
  }

  @Override
  public void close() throws IOException {
    source.close();
  }

  private void decode(int channel, float[] into, int offset, int count) {
    byte[] in = bytes;
    int stride = shape.frameBytes();
    int first = channel * shape.bytesPerSample();
    switch (shape.bytesPerSample()) {
      case 1 -> {
        for (int i = 0; i < count; i++) {
          into[offset + i] = ((in[first + i * stride] & 0xff) - 128) * 0x1p-7f;
        }
      }
      case 2 -> {
        for (int i = 0; i < count; i++) {
          into[offset + i] = (short) SHORT.get(in, first + i * stride) * 0x1p-15f;
        }
      }
      case 3 -> {
        for (int i = 0; i < count; i++) {
          int at = first + i * stride;
          int low = (short) SHORT.get(in, at) & 0xffff;
          into[offset + i] = (in[at + 2] << 16 | low) * 0x1p-23f;
        }
      }
      case 4 -> {
        for (int i = 0; i < count; i++) {
          int value = (int) INT.get(in, first + i * stride);
          into[offset + i] = shape.isFloat() ? Float.intBitsToFloat(value) : value * 0x1p-31f;
        }
      }
      default -> {
        for (int i = 0; i < count; i++) {
          into[offset + i] =
              (float) Double.longBitsToDouble((long) LONG.get(in, first + i * stride));
        }
      }
    }
  }

  private static Shape parse(Source source) throws IOException {
    byte[] head = new byte[12];
    require(
        source.size() >= 12, "The file has " + source.size() + " bytes; a WAV file begins with 12");
    source.readFully(0, head, 12);
    String riff = name(head, 0);
    boolean large = riff.equals("RF64") || riff.equals("BW64");
    require(
        (large || riff.equals("RIFF")) && name(head, 8).equals("WAVE"),
        "The file does not begin as RIFF or RF64 with WAVE");
    long dataSize64 = -1;
    Format format = null;
    byte[] chunk = new byte[40];
    long at = 12;
    while (at + 8 <= source.size()) {
      source.readFully(at, chunk, 8);
      String name = name(chunk, 0);
      long size = (int) INT.get(chunk, 4) & 0xffffffffL;
      at += 8;
      long left = source.size() - at;
      if (name.equals("data")) {
        if (format == null) {
          throw malformed("The data chunk comes before the format chunk");
        }
        return shape(format, at, dataSize(size, dataSize64, large, left));
      }
      require(
          size <= left,
          "Chunk " + printable(name) + " claims " + size + " bytes where " + left + " are left");
      if (name.equals("ds64")) {
        require(size >= 28, "The ds64 chunk has " + size + " bytes; it needs 28");
        source.readFully(at, chunk, 28);
        dataSize64 = (long) LONG.get(chunk, 8);
        require(dataSize64 >= 0, "The ds64 chunk claims 2⁶³ bytes of data or more");
      } else if (name.equals("fmt ")) {
        require(size >= 16, "The format chunk has " + size + " bytes; it needs 16");
        int length = (int) Math.min(size, 40);
        source.readFully(at, chunk, length);
        format = format(chunk, length);
      }
      at += size + (size & 1);
    }
    throw malformed(
        format == null
            ? "The file ends without a format chunk"
            : "The file ends without a data chunk");
  }

  private static long dataSize(long size, long size64, boolean large, long left) {
    if (size == WavHeader.UNKNOWN) {
      if (!large || size64 < 0) {
        return left;
      }
      size = size64;
    }
    require(
        size <= left,
        "The file is cut short: its data chunk claims "
            + size
            + " bytes and "
            + left
            + " are there");
    return size;
  }

  private static Shape shape(Format format, long dataStart, long dataSize) {
    int frameBytes = format.channels() * format.bytesPerSample();
    return new Shape(
        new SampleRate(format.hz()),
        format.channels(),
        format.bytesPerSample(),
        format.isFloat(),
        dataStart,
        dataSize / frameBytes);
  }

  private static Format format(byte[] chunk, int length) {
    int tag = (short) SHORT.get(chunk, 0) & 0xffff;
    int channels = (short) SHORT.get(chunk, 2) & 0xffff;
    int hz = (int) INT.get(chunk, 4);
    int blockAlign = (short) SHORT.get(chunk, 12) & 0xffff;
    int bits = (short) SHORT.get(chunk, 14) & 0xffff;
    if (tag == WavHeader.TAG_EXTENSIBLE) {
      require(length >= 40, "An extensible format chunk has 40 bytes; this one has " + length);
      require(
          Arrays.equals(chunk, 26, 40, WavHeader.SUBFORMAT, 0, 14),
          "The extensible format names a sub-format that is not PCM and not float");
      tag = (short) SHORT.get(chunk, 24) & 0xffff;
    }
    boolean isFloat = tag == WavHeader.TAG_FLOAT;
    boolean isInteger = tag == WavHeader.TAG_PCM;
    boolean known =
        (isFloat && (bits == 32 || bits == 64))
            || (isInteger && (bits == 8 || bits == 16 || bits == 24 || bits == 32));
    if (!known) {
      throw Failure.of(
              Failure.Reason.UNSUPPORTED,
              SUBJECT,
              "Samples of format "
                  + tag
                  + " with "
                  + bits
                  + " bits are not read; PCM of 8, 16, 24"
                  + " and 32 bits and float of 32 and 64 bits are")
          .with(Failure.PROVIDED_VALUE, tag);
    }
    Failure.requireInRange("channels", "Channels", channels, 1, MOST_CHANNELS, "");
    require(
        blockAlign == channels * (bits / 8),
        "A frame of "
            + channels
            + " channels of "
            + bits
            + " bits has "
            + channels * (bits / 8)
            + " bytes; the format chunk says "
            + blockAlign);
    return new Format(hz, channels, bits / 8, isFloat);
  }

  private static String name(byte[] bytes, int at) {
    return new String(bytes, at, 4, StandardCharsets.ISO_8859_1);
  }

  private static String printable(String name) {
    return name.chars().allMatch(c -> c >= 32 && c < 127)
        ? "\"" + name + "\""
        : "of unprintable name";
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw malformed(message);
    }
  }

  private static Failure malformed(String message) {
    return Failure.of(Failure.Reason.INVALID, SUBJECT, message);
  }

  private record Format(int hz, int channels, int bytesPerSample, boolean isFloat) {}

  private record Shape(
      SampleRate rate,
      int channels,
      int bytesPerSample,
      boolean isFloat,
      long dataStart,
      long frames) {
    int frameBytes() {
      return channels * bytesPerSample;
    }
  }

  private interface Source extends Closeable {
    long size();

    void readFully(long position, byte[] into, int count) throws IOException;
  }

  private record FileSource(FileChannel channel, long size) implements Source {
    @Override
    public void readFully(long position, byte[] into, int count) throws IOException {
      ByteBuffer buffer = ByteBuffer.wrap(into, 0, count);
      while (buffer.hasRemaining()) {
        int read = channel.read(buffer, position + buffer.position());
        require(read >= 0, "The file has become shorter while it was read");
      }
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  private static final class MemorySource implements Source {
    private final byte[] all;

    MemorySource(byte[] all) {
      this.all = all;
    }

    @Override
    public long size() {
      return all.length;
    }

    @Override
    public void readFully(long position, byte[] into, int count) {
      System.arraycopy(all, (int) position, into, 0, count);
    }

    @Override
    public void close() {}
  }
}
