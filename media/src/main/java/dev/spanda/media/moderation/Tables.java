package dev.spanda.media.moderation;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;

/**
 * Everything that scoring needs, as one file: the vocabulary, the word list and a head for each
 * model. Immutable and thread-safe.
 */
record Tables(Vocabulary vocabulary, Lexicon lexicon, Head toxicity, Head spam) {

  private static final int MAGIC = 0x53_4d_4f_44;
  private static final int VERSION = 2;

  static Tables packaged() {
    try (InputStream in = Tables.class.getResourceAsStream("words.tables")) {
      if (in == null) {
        throw new IllegalStateException("The tables of moderation are not in this jar");
      }
      return read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static Tables read(InputStream stream) throws IOException {
    DataInputStream in = new DataInputStream(new java.io.BufferedInputStream(stream));
    if (in.readInt() != MAGIC || in.readInt() != VERSION) {
      throw new IOException("no tables of moderation of version " + VERSION);
    }
    return new Tables(Vocabulary.read(in), Lexicon.read(in), Head.read(in), Head.read(in));
  }

  void write(OutputStream stream) throws IOException {
    DataOutputStream out = new DataOutputStream(new java.io.BufferedOutputStream(stream));
    out.writeInt(MAGIC);
    out.writeInt(VERSION);
    vocabulary.write(out);
    lexicon.write(out);
    toxicity.write(out);
    spam.write(out);
    out.flush();
  }

  static int count(int given, int most) throws IOException {
    if (given < 0 || given > most) {
      throw new IOException("a count of " + given + " where at most " + most + " are allowed");
    }
    return given;
  }
}
