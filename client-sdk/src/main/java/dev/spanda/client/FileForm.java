package dev.spanda.client;

import dev.spanda.contract.http.Upload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The form by which a file is sent. */
final class FileForm {

  private FileForm() {}

  /**
   * A file that is sent as it is read.
   *
   * @param field what the API calls the project
   * @param projectId where it belongs; null for nowhere
   * @throws UncheckedIOException when it cannot be read
   */
  static Upload of(Path file, String field, @Nullable String projectId) {
    try {
      return Upload.of(Upload.Part.of("file", file))
          .withFields(projectId == null ? Map.of() : Map.of(field, projectId));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
