package dev.spanda.contract.craudioviz;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Content;
import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import dev.spanda.contract.http.Upload;
import org.jspecify.annotations.Nullable;

/** Files that were uploaded or made. */
@Route.Group("Files")
public interface FilesApi {

  /**
   * Stores a file, up to 64 MiB.
   *
   * @param form the file under the name {@code file}, and {@code project_id} beside it if it
   *     belongs to a project
   */
  @Route(value = "POST /files/upload", summary = "Stores a file.")
  Stored upload(@Upload.Expect(largestBytes = LARGEST_BYTES, fields = "project_id") Upload form);

  /** How many bytes a file may have, 64 MiB. */
  long LARGEST_BYTES = 64L << 20;

  /**
   * A file's bytes. A key opens it, and so does a link from an answer of this server, for a while.
   *
   * @param expires of a link, epoch seconds
   * @param signature of a link
   */
  @Route(value = "GET /files/{file_id}/download", summary = "A file's bytes.")
  Content download(
      @Param.Path("file_id") String fileId,
      @Param.Query("expires") @Nullable Long expires,
      @Param.Query("signature") @Nullable String signature);

  /** A file's bytes. */
  default Content download(String fileId) {
    return download(fileId, null, null);
  }

  /** Deletes a file; links to it lead nowhere from then on. */
  @Route(value = "DELETE /files/{file_id}", summary = "Deletes a file.")
  Deleted delete(@Param.Path("file_id") String fileId);

  /**
   * A stored file.
   *
   * @param url opens it for a while, without a key
   * @param size bytes
   * @param type what its first bytes say it is, such as {@code image/png}
   * @param name the name it was sent under, without folders; beyond the document
   */
  record Stored(
      @JsonProperty("file_id") String fileId,
      @JsonProperty("url") String url,
      @JsonProperty("size") long size,
      @JsonProperty("type") String type,
      @JsonProperty("name") @Nullable String name) {

    /** The file's id under the name that the document's programs use. */
    @JsonIgnore
    public String id() {
      return fileId;
    }
  }

  /** A file that is gone. */
  record Deleted(@JsonProperty("deleted") boolean deleted, @JsonProperty("id") String id) {}
}
