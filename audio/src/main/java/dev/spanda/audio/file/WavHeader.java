package dev.spanda.audio.file;

import dev.spanda.audio.SampleRate;
import dev.spanda.core.Failure;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * What precedes the samples in a WAV file: RIFF of Microsoft and IBM (1991) with the format chunk
 * of mmreg.h, and RF64 with its ds64 chunk (EBU Tech 3306, 2009) where 32 bits do not hold the
 * size.
 */
final class WavHeader {

  /** A size that is not known, or stands in ds64. */
  static final long UNKNOWN = 0xffffffffL;

  static final int TAG_PCM = 1;
  static final int TAG_FLOAT = 3;
  static final int TAG_EXTENSIBLE = 0xfffe;

  /** The last fourteen bytes of the sub-format identifiers; the first two are the format tag. */
  static final byte[] SUBFORMAT = {
    0, 0, 0, 0, 0x10, 0, (byte) 0x80, 0, 0, (byte) 0xaa, 0, 0x38, (byte) 0x9b, 0x71
  };

  private WavHeader() {}

  /** The header of a sound of known length; its RIFF size counts the pad byte. */
  static byte[] of(WavFormat format, SampleRate rate, int channels, long frames) {
    return build(format, rate, channels, frames, dataBytes(format, channels, frames));
  }

  /** The header of a stream whose end is not known. */
  static byte[] ofUnknownLength(WavFormat format, SampleRate rate, int channels) {
    return build(format, rate, channels, -1, -1);
  }

  static long dataBytes(WavFormat format, int channels, long frames) {
    try {
      return Math.multiplyExact(frames, (long) channels * format.bytesPerSample());
    } catch (ArithmeticException overflow) {
      throw Failure.of(
              Failure.Reason.TOO_LARGE,
              "duration",
              "A file of more than 2⁶³ bytes cannot be written")
          .causedBy(overflow);
    }
  }

  private static byte[] build(
      WavFormat format, SampleRate rate, int channels, long frames, long dataBytes) {
    int mostChannels = 65_535 / format.bytesPerSample();
    if (channels < 1 || channels > mostChannels) {
      throw Failure.outOfRange("channels", "Channels", channels, 1, mostChannels, "");
    }
    boolean isFloat = format == WavFormat.FLOAT32;
    boolean extensible = channels > 2 || (!isFloat && format.bitsPerSample() > 16);
    int formatSize = extensible ? 40 : isFloat ? 18 : 16;
    int tail = 8 + formatSize + (isFloat ? 12 : 0) + 8;
    long riffSize = 4 + tail + dataBytes + (dataBytes & 1);
    boolean large = dataBytes >= 0 && riffSize >= UNKNOWN;
    if (large) {
      riffSize += 36;
    }
    boolean inPlace = dataBytes >= 0 && !large;
    ByteBuffer header =
        ByteBuffer.allocate(12 + (large ? 36 : 0) + tail).order(ByteOrder.LITTLE_ENDIAN);
    put(header, large ? "RF64" : "RIFF");
    header.putInt((int) (inPlace ? riffSize : UNKNOWN));
    put(header, "WAVE");
    if (large) {
      put(header, "ds64");
      header.putInt(28).putLong(riffSize).putLong(dataBytes).putLong(frames).putInt(0);
    }
    int blockAlign = channels * format.bytesPerSample();
    int tag = isFloat ? TAG_FLOAT : TAG_PCM;
    put(header, "fmt ");
    header.putInt(formatSize);
    header.putShort((short) (extensible ? TAG_EXTENSIBLE : tag)).putShort((short) channels);
    header.putInt(rate.hz()).putInt((int) ((long) rate.hz() * blockAlign));
    header.putShort((short) blockAlign).putShort((short) format.bitsPerSample());
    if (extensible) {
      // Front centre; front left and right; or no loudspeakers assigned.
      int speakers = channels == 1 ? 4 : channels == 2 ? 3 : 0;
      header.putShort((short) 22).putShort((short) format.bitsPerSample()).putInt(speakers);
      header.putShort((short) tag).put(SUBFORMAT);
    } else if (isFloat) {
      header.putShort((short) 0);
    }
    if (isFloat) {
      put(header, "fact");
      header.putInt(4).putInt((int) (inPlace ? frames : UNKNOWN));
    }
    put(header, "data");
    header.putInt((int) (inPlace ? dataBytes : UNKNOWN));
    return header.array();
  }

  private static void put(ByteBuffer header, String name) {
    header.put(name.getBytes(StandardCharsets.US_ASCII));
  }
}
