package dev.spanda.server.wavestack;

import dev.spanda.core.Failure;
import dev.spanda.core.Page;
import dev.spanda.core.file.Files;
import dev.spanda.core.file.StoredFile;
import dev.spanda.media.queue.Assets;
import java.io.InputStream;

/**
 * The files of an organisation as its assets. An asset has the name of its file with another
 * beginning: {@code file_789} is {@code asset_789}.
 */
final class AssetShelf implements Assets {

  private static final String ASSET = "asset_";
  private static final String FILE = "file_";

  private final Files files;

  AssetShelf(Files files) {
    this.files = files;
  }

  /** What an asset is called whose file has this id. */
  static String assetId(String fileId) {
    return ASSET + fileId.substring(FILE.length());
  }

  private static String fileId(String assetId) {
    if (!assetId.startsWith(ASSET)) {
      throw Failure.notFound("asset", assetId);
    }
    return FILE + assetId.substring(ASSET.length());
  }

  private interface Look<T> {
    T at(String fileId);
  }

  /** Does something with the file of an asset, whose failures speak of the asset. */
  private static <T> T with(String assetId, Look<T> look) {
    try {
      return look.at(fileId(assetId));
    } catch (Failure failure) {
      throw failure.reason() == Failure.Reason.NOT_FOUND
          ? Failure.notFound("asset", assetId)
          : failure;
    }
  }

  /** The file of an asset. */
  StoredFile file(String owner, String assetId) {
    return with(assetId, id -> files.find(owner, id));
  }

  Page<StoredFile> list(String owner, int limit, long offset) {
    return files.list(owner, limit, offset);
  }

  StoredFile save(String owner, StoredFile.Plan plan, InputStream content) {
    return files.save(owner, plan, content);
  }

  void delete(String owner, String assetId) {
    with(assetId, id -> files.delete(owner, id));
  }

  @Override
  public Asset find(String owner, String id) {
    StoredFile file = file(owner, id);
    return new Asset(id, file.name(), file.type().mediaType(), file.size());
  }

  @Override
  public InputStream open(String owner, String id, long offset, long length) {
    return with(id, file -> files.open(owner, file, offset, length));
  }
}
