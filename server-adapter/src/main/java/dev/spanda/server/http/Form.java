package dev.spanda.server.http;

import dev.spanda.contract.http.Upload;
import dev.spanda.core.Failure;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.Content;

/** A form with its file on disk; closing it deletes the file. */
final class Form implements AutoCloseable {

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
   * @param folder where the file is kept meanwhile
   */
  @SuppressWarnings(
      "removal") // What is to follow it tells its end by a callback, which is no gain here.
  static Form read(InputStream in, String boundary, Path folder, long mostBytes) {
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
      return new Form(parts, upload(parts));
    } catch (RuntimeException e) {
      parts.close();
      throw e;
    }
  }

  Upload upload() {
    return upload;
  }

  private static Upload upload(MultiPartFormData.Parts parts) {
    MultiPart.Part file = null;
    Map<String, String> fields = new LinkedHashMap<>();
    for (MultiPart.Part part : parts) {
      if (part.getFileName() != null) {
        if (file != null) {
          throw Failure.of(Failure.Reason.INVALID, "file", "The form must have one file only");
        }
        file = part;
      } else if (part.getName() != null) {
        if (part.getLength() > LONGEST_FIELD) {
          throw Failure.of(
              Failure.Reason.TOO_LARGE, part.getName(), "A field has at most 1048576 bytes");
        }
        fields.put(part.getName(), part.getContentAsString(StandardCharsets.UTF_8));
      }
    }
    if (file == null) {
      throw Failure.of(Failure.Reason.INVALID, "file", "The form must have a file");
    }
    MultiPart.Part found = file;
    String type = file.getHeaders().get(HttpHeader.CONTENT_TYPE);
    return new Upload(
        file.getFileName(),
        type == null ? "application/octet-stream" : type,
        file.getLength(),
        fields,
        () -> Content.Source.asInputStream(found.createContentSource()));
  }

  @Override
  public void close() {
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
