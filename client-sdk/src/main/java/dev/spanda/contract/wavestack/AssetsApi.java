package dev.spanda.contract.wavestack;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Content;
import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import dev.spanda.contract.http.Upload;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an organisation has to show: videos, pictures and sounds. The document shows no answers and
 * no way in: a list has the form of the queue's, and upload, content and deletion are beyond it.
 */
@Route.Group("Assets")
public interface AssetsApi {

  /** How many bytes an asset may have, 2 GiB. */
  long LARGEST_BYTES = 2L << 30;

  /**
   * The assets, the newest first.
   *
   * @param limit 1 to 100; 20 when absent; beyond the document
   * @param offset 0 or more; 0 when absent; beyond the document
   */
  @Route(value = "GET /api/assets", summary = "The assets, the newest first.")
  Listing list(
      @Param.Query("limit") @Nullable Integer limit, @Param.Query("offset") @Nullable Long offset);

  /** The twenty newest assets. */
  default Listing list() {
    return list(null, null);
  }

  /** An asset. */
  @Route(value = "GET /api/assets/{id}", summary = "An asset.")
  Asset get(@Param.Path("id") String id);

  /**
   * Stores an asset, up to 2 GiB; beyond the document.
   *
   * @param form the file under the name {@code file}, and {@code projectId} beside it if it belongs
   *     to a project
   */
  @Route(value = "POST /api/assets", summary = "Stores an asset.")
  Asset upload(@Upload.Expect(largestBytes = LARGEST_BYTES, fields = "projectId") Upload form);

  /** An asset's bytes, whole or a range; beyond the document. */
  @Route(value = "GET /api/assets/{id}/content", summary = "An asset's bytes.")
  Content content(@Param.Path("id") String id);

  /** Deletes an asset; beyond the document. Queue items that name it fail when their time comes. */
  @Route(value = "DELETE /api/assets/{id}", summary = "Deletes an asset.")
  Deleted delete(@Param.Path("id") String id);

  /** A page of assets. */
  record Listing(
      @JsonProperty("items") List<Asset> items,
      @JsonProperty("total") long total,
      @JsonProperty("limit") int limit,
      @JsonProperty("offset") long offset) {

    /** Copies the rows. */
    public Listing {
      items = List.copyOf(items);
    }
  }

  /**
   * An asset.
   *
   * @param projectId absent when it belongs to none
   * @param name the name it was sent under, without folders
   * @param type what its first bytes say it is, such as {@code video/mp4}
   * @param size bytes
   * @param sha256 of its bytes, 64 lower-case hexadecimal digits
   * @param url its bytes, for callers with the organisation's credentials
   */
  record Asset(
      @JsonProperty("id") String id,
      @JsonProperty("orgId") String orgId,
      @JsonProperty("projectId") @Nullable String projectId,
      @JsonProperty("name") String name,
      @JsonProperty("type") String type,
      @JsonProperty("size") long size,
      @JsonProperty("sha256") String sha256,
      @JsonProperty("url") String url,
      @JsonProperty("createdAt") Instant createdAt) {}

  /** An asset that is gone. */
  record Deleted(@JsonProperty("deleted") boolean deleted, @JsonProperty("id") String id) {}
}
