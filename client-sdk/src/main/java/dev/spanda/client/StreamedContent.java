package dev.spanda.client;

import dev.spanda.contract.http.Content;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import okhttp3.MediaType;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;

/** The body of an answer, read from the network while it is written; only once. */
final class StreamedContent implements Content, Closeable {

  private static final Pattern FILE_NAME =
      Pattern.compile("(?i);\\s*filename\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^;\"\\s]+))");
  private static final Pattern ENCODED_FILE_NAME =
      Pattern.compile("(?i);\\s*filename\\*\\s*=\\s*UTF-8'[^']*'([^;\\s]+)");

  private final Response response;
  private final AtomicBoolean written = new AtomicBoolean();

  StreamedContent(Response response) {
    this.response = response;
  }

  @Override
  public String mediaType() {
    MediaType type = response.body().contentType();
    return type == null ? "application/octet-stream" : type.toString();
  }

  @Override
  public long length() {
    return response.body().contentLength();
  }

  @Override
  public @Nullable String fileName() {
    String header = response.header("Content-Disposition");
    return header == null ? null : fileName(header);
  }

  @Override
  public void writeTo(OutputStream out) throws IOException {
    if (!written.compareAndSet(false, true)) {
      throw new IllegalStateException("the content was written before; it can be written once");
    }
    try (response;
        InputStream in = response.body().byteStream()) {
      in.transferTo(out);
    }
  }

  /** Lets the rest of the answer go. */
  @Override
  public void close() {
    written.set(true);
    response.close();
  }

  @Override
  public String toString() {
    return mediaType() + ", " + length() + " bytes";
  }

  /** The name without any folder, so that nobody writes where the server says. */
  static @Nullable String fileName(String contentDisposition) {
    String name = null;
    Matcher encoded = ENCODED_FILE_NAME.matcher(contentDisposition);
    if (encoded.find()) {
      name = percentDecoded(encoded.group(1));
    } else {
      Matcher plain = FILE_NAME.matcher(contentDisposition);
      if (plain.find()) {
        name = plain.group(1) == null ? plain.group(2) : plain.group(1).replaceAll("\\\\(.)", "$1");
      }
    }
    if (name == null) {
      return null;
    }
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    return last.isEmpty() || last.equals(".") || last.equals("..") || last.indexOf('\0') >= 0
        ? null
        : last;
  }

  private static @Nullable String percentDecoded(String text) {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
