package dev.spanda.media.thumbnail;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.store.BlobStore;
import dev.spanda.core.store.Store;
import dev.spanda.media.canvas.Resizer;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.jdbi.v3.core.Handle;

/**
 * Draws thumbnails and keeps their files: the last {@value #MOST} of an owner, the oldest make
 * room. Nobody sees another's. Thread-safe.
 */
public final class Thumbnails {

  /** How many are kept for an owner. */
  public static final int MOST = 500;

  private static final long LARGEST = 32L << 20;

  /**
   * A thumbnail that is kept.
   *
   * @param id such as {@code thumb_…}
   * @param format of its file: PNG, JPEG or WEBP
   * @param title what it says
   * @param bytes of its file
   */
  public record Kept(
      String id, Resizer.Format format, String title, long bytes, Instant createdAt) {
    /** The name of its file, such as {@code thumb_….png}. */
    public String fileName() {
      return id + "." + format.name().toLowerCase(Locale.ROOT);
    }
  }

  private record Row(Kept kept, String blob) {}

  private final Store store;
  private final BlobStore blobs;
  private final InstantSource clock;
  private final Ids ids;

  /**
   * The thumbnails of a store.
   *
   * @param blobs where their files are
   */
  public Thumbnails(Store store, BlobStore blobs, InstantSource clock, Ids ids) {
    this.store = store;
    this.blobs = blobs;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * Draws one and keeps its file.
   *
   * @param format PNG, JPEG of quality 0.9 or lossless WEBP
   * @throws Failure INVALID, its subject {@code format}, for another; as {@link
   *     ThumbnailMaker#draw}
   */
  public Kept create(String owner, ThumbnailPlan plan, Resizer.Format format) {
    byte[] file =
        switch (format) {
          case PNG -> ThumbnailMaker.png(plan);
          case JPEG -> ThumbnailMaker.jpeg(plan);
          case WEBP -> ThumbnailMaker.webp(plan);
          case BMP -> throw Failure.notAllowed("format", "bmp", List.of("png", "jpeg", "webp"));
        };
    BlobStore.Blob blob = blobs.put(new ByteArrayInputStream(file), LARGEST);
    Kept kept = new Kept(ids.next("thumb"), format, plan.title(), file.length, clock.instant());
    try {
      store
          .write(
              handle -> {
                insert(handle, owner, kept, blob.name());
                return removeOldest(handle, owner);
              })
          .forEach(blobs::delete);
      return kept;
    } catch (RuntimeException lost) {
      blobs.delete(blob.name());
      throw lost;
    }
  }

  private static void insert(Handle handle, String owner, Kept kept, String blob) {
    handle
        .createUpdate(
            "INSERT INTO thumbnail (id, owner, format, title, blob, bytes, created_at)"
                + " VALUES (:id, :owner, :format, :title, :blob, :bytes, :created)")
        .bind("id", kept.id)
        .bind("owner", owner)
        .bind("format", kept.format.name())
        .bind("title", kept.title)
        .bind("blob", blob)
        .bind("bytes", kept.bytes)
        .bind("created", kept.createdAt.toEpochMilli())
        .execute();
  }

  /** The contents of those that had to make room. */
  private static List<String> removeOldest(Handle handle, String owner) {
    List<Row> old =
        handle
            .createQuery(
                "SELECT * FROM thumbnail WHERE owner = :owner"
                    + " ORDER BY created_at DESC, id DESC LIMIT 100 OFFSET :most")
            .bind("owner", owner)
            .bind("most", MOST)
            .map((results, context) -> row(results))
            .list();
    for (Row row : old) {
      handle.createUpdate("DELETE FROM thumbnail WHERE id = :id").bind("id", row.kept.id).execute();
    }
    return old.stream().map(Row::blob).toList();
  }

  private static Row row(ResultSet results) throws SQLException {
    return new Row(
        new Kept(
            results.getString("id"),
            Resizer.Format.valueOf(results.getString("format")),
            results.getString("title"),
            results.getLong("bytes"),
            Instant.ofEpochMilli(results.getLong("created_at"))),
        results.getString("blob"));
  }

  private Row require(String owner, String id) {
    return store.read(
        handle ->
            handle
                .createQuery("SELECT * FROM thumbnail WHERE id = :id AND owner = :owner")
                .bind("id", id)
                .bind("owner", owner)
                .map((results, context) -> row(results))
                .findOne()
                .orElseThrow(() -> Failure.notFound("thumbnail", id)));
  }

  /**
   * What is known of a thumbnail.
   *
   * @throws Failure NOT_FOUND, subject {@code thumbnail}, when the owner has none of that id
   */
  public Kept find(String owner, String id) {
    return require(owner, id).kept;
  }

  /**
   * The file of a thumbnail; the caller closes the stream.
   *
   * @throws Failure as {@link #find}
   */
  public InputStream open(String owner, String id) {
    return blobs.open(require(owner, id).blob);
  }
}
