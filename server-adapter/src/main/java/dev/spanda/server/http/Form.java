package dev.spanda.server.http;

import dev.spanda.contract.http.Upload;
import dev.spanda.core.Failure;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;

/** A form with its files on disk; closing it deletes them. */
final class Form implements AutoCloseable {

  /** Subject of a file that came in a field of another name. */
  private static final String FILE_FIELD = "field";

  private static final int MOST_PARTS = 100;
  private static final int LONGEST_FIELD = 1 << 20;
  private static final int LONGEST_PART_HEADERS = 8 << 10;

  private final MultiPartFormData.Parts parts;
  private final Upload upload;

  private Form(MultiPartFormData.Parts parts, Upload upload) {
    this.parts = parts;
    this.upload = upload;
  }

  /**
   * Reads a form to its end.
   *
   * @param in blocks; not closed
   * @param folder where the files are kept meanwhile
   * @param expected which files the operation takes
   * @throws Failure INVALID when the form is malformed or its files are not those expected,
   *     TOO_LARGE when it or one of its files is too large
   */
  @SuppressWarnings(
      "removal") // What is to follow it tells its end by a callback, which is no gain here.
  static Form read(
      InputStream in, String boundary, Path folder, long mostBytes, Upload.Expect expected) {
    MultiPartFormData.Parser parser = new MultiPartFormData.Parser(boundary);
    parser.setFilesDirectory(folder);
    // A small file stays in memory, and a field must fit into it.
    parser.setMaxMemoryFileSize(LONGEST_FIELD);
    parser.setUseFilesForPartsWithoutFileName(false);
    parser.setMaxFileSize(mostBytes);
    parser.setMaxLength(mostBytes);
    parser.setMaxParts(MOST_PARTS);
    parser.setPartHeadersMaxLength(LONGEST_PART_HEADERS);
    MultiPartFormData.Parts parts;
    try {
      // The source reads the stream in this thread, so the parse is over when the call returns.
      parts = parser.parse(Content.Source.from(new Limited(in, mostBytes))).join();
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      Failure failure = Refusals.within(cause);
      throw failure != null
          ? failure
          : Failure.of(Failure.Reason.INVALID, Dialect.BODY, "The form is malformed")
              .causedBy(cause);
    }
    try {
      return new Form(parts, upload(parts, expected));
    } catch (RuntimeException e) {
      discard(parts);
      throw e;
    }
  }

  Upload upload() {
    return upload;
  }

  private static Upload upload(MultiPartFormData.Parts parts, Upload.Expect expected) {
    List<Upload.Part> files = new ArrayList<>();
    Map<String, String> fields = new LinkedHashMap<>();
    for (MultiPart.Part part : parts) {
      String name = part.getName();
      if (name == null) {
        throw Failure.of(Failure.Reason.INVALID, Dialect.BODY, "A part of the form has no name");
      }
      if (part.getFileName() != null) {
        files.add(file(part, name, expected));
      } else {
        if (part.getLength() > LONGEST_FIELD) {
          throw Failure.of(Failure.Reason.TOO_LARGE, name, "A field has at most 1048576 bytes")
              .with(Failure.MAX_VALUE, LONGEST_FIELD);
        }
        fields.put(name, text(part, name));
      }
    }
    requireCount(files.size(), expected);
    return new Upload(files, fields);
  }

  private static String text(MultiPart.Part part, String name) {
    try {
      return part.getContentAsString(StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Failure.of(Failure.Reason.INVALID, name, "A field is not UTF-8").causedBy(e);
    }
  }

  private static Upload.Part file(MultiPart.Part part, String field, Upload.Expect expected) {
    if (!field.equals(expected.value())) {
      throw Failure.notAllowed(FILE_FIELD, field, List.of(expected.value()));
    }
    if (part.getLength() > expected.largestBytes()) {
      throw Failure.of(
              Failure.Reason.TOO_LARGE,
              field,
              "A file in " + field + " may have at most " + expected.largestBytes() + " bytes")
          .with(Failure.PROVIDED_VALUE, part.getLength())
          .with(Failure.MAX_VALUE, expected.largestBytes());
    }
    String type = part.getHeaders().get(HttpHeader.CONTENT_TYPE);
    return new Upload.Part(
        field,
        part.getFileName(),
        type == null ? "application/octet-stream" : type,
        part.getLength(),
        () -> Content.Source.asInputStream(part.createContentSource()));
  }

  private static void requireCount(int count, Upload.Expect expected) {
    if (count < expected.least() || count > expected.most()) {
      String allowed =
          expected.least() == expected.most()
              ? Integer.toString(expected.most())
              : expected.least() + " to " + expected.most();
      throw Failure.of(
              Failure.Reason.INVALID,
              expected.value(),
              "The form must have "
                  + allowed
                  + (expected.most() == 1 ? " file" : " files")
                  + " in the field "
                  + expected.value()
                  + "; it has "
                  + count)
          .with(Failure.PROVIDED_VALUE, count)
          .with(Failure.MIN_VALUE, expected.least())
          .with(Failure.MAX_VALUE, expected.most());
    }
  }

  @Override
  public void close() {
    discard(parts);
  }

  private static void discard(MultiPartFormData.Parts parts) {
    for (MultiPart.Part part : parts) {
      try {
        part.delete();
      } catch (IOException e) {
        // A file that is gone already needs no deleting.
      }
    }
    parts.close();
  }

  /** Ends with a failure where the limit is. */
  private static final class Limited extends FilterInputStream {
    private final long most;
    private long left;

    Limited(InputStream in, long most) {
      super(in);
      this.most = most;
      this.left = most;
    }

    @Override
    public int read() throws IOException {
      int value = super.read();
      count(value < 0 ? 0 : 1);
      return value;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      int count = super.read(bytes, offset, length);
      count(Math.max(count, 0));
      return count;
    }

    private void count(int bytes) {
      left -= bytes;
      if (left < 0) {
        throw Refusals.bodyTooLarge(most);
      }
    }
  }
}
