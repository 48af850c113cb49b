package dev.spanda.server.wavestack;

import dev.spanda.contract.http.Content;
import dev.spanda.contract.http.Upload;
import dev.spanda.contract.wavestack.AssetsApi;
import dev.spanda.core.Failure;
import dev.spanda.core.Page;
import dev.spanda.core.file.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The chapter Assets. */
final class AssetsEndpoints implements AssetsApi {

  private static final int USUAL_LIMIT = 20;

  private final AssetShelf shelf;
  private final Organisation organisation;

  AssetsEndpoints(AssetShelf shelf, Organisation organisation) {
    this.shelf = shelf;
    this.organisation = organisation;
  }

  @Override
  public Listing list(@Nullable Integer limit, @Nullable Long offset) {
    Page<StoredFile> page =
        shelf.list(
            organisation.owner(), limit == null ? USUAL_LIMIT : limit, offset == null ? 0 : offset);
    return new Listing(
        page.items().stream().map(this::wire).toList(), page.total(), page.limit(), page.offset());
  }

  @Override
  public Asset get(String id) {
    return wire(shelf.file(organisation.owner(), id));
  }

  @Override
  public Asset upload(Upload form) {
    Upload.Part part = form.file();
    Optional<String> project =
        Optional.ofNullable(form.fields().get("projectId")).filter(id -> !id.isEmpty());
    try (InputStream in = part.source().open()) {
      return wire(
          shelf.save(organisation.owner(), new StoredFile.Plan(part.fileName(), project), in));
    } catch (IOException e) {
      throw Failure.of(Failure.Reason.FAILED, "store", "The upload could not be read").causedBy(e);
    }
  }

  @Override
  public Content content(String id) {
    return new Opened(shelf, organisation.owner(), id, shelf.file(organisation.owner(), id));
  }

  @Override
  public Deleted delete(String id) {
    shelf.delete(organisation.owner(), id);
    return new Deleted(true, id);
  }

  private Asset wire(StoredFile file) {
    String id = AssetShelf.assetId(file.id());
    return new Asset(
        id,
        organisation.id(),
        file.projectId().orElse(null),
        file.name(),
        file.type().mediaType(),
        file.size(),
        file.sha256(),
        organisation.base() + "/api/assets/" + id + "/content",
        file.createdAt());
  }

  /** An asset as content; a part of it is read from the disk at its place. */
  private record Opened(AssetShelf shelf, String owner, String id, StoredFile file)
      implements Content {

    @Override
    public String mediaType() {
      return file.type().mediaType();
    }

    @Override
    public long length() {
      return file.size();
    }

    /** What could hold scripts is saved, everything else is shown. */
    @Override
    public @Nullable String fileName() {
      return file.type().isInline() ? null : file.name();
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
      writeTo(out, 0, file.size());
    }

    @Override
    public void writeTo(OutputStream out, long firstByte, long count) throws IOException {
      try (InputStream in = shelf.open(owner, id, firstByte, count)) {
        in.transferTo(out);
      }
    }
  }
}
