package dev.spanda.server.craudioviz;

import dev.spanda.contract.craudioviz.FilesApi;
import dev.spanda.contract.http.Content;
import dev.spanda.contract.http.Upload;
import dev.spanda.core.Failure;
import dev.spanda.core.file.Files;
import dev.spanda.core.file.StoredFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The chapter Files. */
final class FilesEndpoints implements FilesApi {

  private final Files files;
  private final Links links;
  private final @Nullable Tenant tenant;

  /**
   * The files of a tenant.
   *
   * @param tenant null for a caller who has nothing but a link
   */
  FilesEndpoints(Files files, Links links, @Nullable Tenant tenant) {
    this.files = files;
    this.links = links;
    this.tenant = tenant;
  }

  @Override
  public Stored upload(Upload form) {
    Tenant owner = require();
    Upload.Part part = form.file();
    Optional<String> project =
        Optional.ofNullable(form.fields().get("project_id")).filter(id -> !id.isEmpty());
    try (InputStream in = part.source().open()) {
      StoredFile file =
          files.save(owner.owner(), new StoredFile.Plan(part.fileName(), project), in);
      return new Stored(
          file.id(),
          links.to(owner.base(), owner.owner(), file.id()),
          file.size(),
          file.type().mediaType(),
          file.name());
    } catch (IOException e) {
      throw Failure.of(Failure.Reason.FAILED, "store", "The upload could not be read").causedBy(e);
    }
  }

  @Override
  public Content download(String fileId, @Nullable Long expires, @Nullable String signature) {
    String owner =
        tenant != null
            ? tenant.owner()
            : links.owner(
                fileId, expires == null ? 0 : expires, signature == null ? "" : signature);
    return new Opened(files, owner, files.find(owner, fileId));
  }

  @Override
  public Deleted delete(String fileId) {
    return new Deleted(true, files.delete(require().owner(), fileId).id());
  }

  private Tenant require() {
    if (tenant == null) {
      throw Failure.of(
          Failure.Reason.UNAUTHENTICATED, "credentials", "This operation needs an API key");
    }
    return tenant;
  }

  /** A stored file as content; a part of it is read from the disk at its place. */
  private record Opened(Files files, String owner, StoredFile file) implements Content {

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
      try (InputStream in = files.open(owner, file.id(), firstByte, count)) {
        in.transferTo(out);
      }
    }
  }
}
