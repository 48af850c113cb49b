package dev.spanda.server.vajra;

import dev.spanda.audio.Sound;
import dev.spanda.audio.file.FlacWriter;
import dev.spanda.audio.file.WavFormat;
import dev.spanda.audio.file.WavWriter;
import dev.spanda.contract.http.Content;
import java.io.IOException;
import java.io.OutputStream;

/** Sounds as files that are made while they are sent. */
final class Downloads {

  private Downloads() {}

  static Content wav(Sound sound, WavFormat format, String fileName) {
    WavWriter writer = WavWriter.of(format);
    return new Content() {
      @Override
      public String mediaType() {
        return "audio/wav";
      }

      @Override
      public long length() {
        return writer.lengthInBytes(sound);
      }

      @Override
      public String fileName() {
        return fileName;
      }

      @Override
      public void writeTo(OutputStream out) throws IOException {
        writer.write(sound.fork(), out);
      }

      @Override
      public void writeTo(OutputStream out, long firstByte, long count) throws IOException {
        writer.write(sound.fork(), firstByte, count, out);
      }
    };
  }

  static Content flac(Sound sound, int bits, String fileName) {
    FlacWriter writer = FlacWriter.of(bits);
    return Content.of(
        "audio/flac", fileName, Content.UNKNOWN_LENGTH, out -> writer.write(sound.fork(), out));
  }
}
