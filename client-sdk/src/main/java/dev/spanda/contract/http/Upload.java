package dev.spanda.contract.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/**
 * The body of an operation that takes a form: one file and the fields beside it. A contract's
 * method names it as its body's type.
 *
 * @param fileName the name the sender gave the file, as sent; never a path to write to
 * @param mediaType the type the sender claims
 * @param length how many bytes the file has
 * @param fields the form's other fields by name; copied
 * @param source opens the file's bytes; each call begins anew
 */
public record Upload(
    String fileName, String mediaType, long length, Map<String, String> fields, Source source) {

  /** Copies the fields. */
  public Upload {
    fields = Map.copyOf(fields);
  }

  /** Opens the bytes of an uploaded file. */
  @FunctionalInterface
  public interface Source {
    /** A new stream at the first byte; the caller closes it. */
    InputStream open() throws IOException;
  }
}
