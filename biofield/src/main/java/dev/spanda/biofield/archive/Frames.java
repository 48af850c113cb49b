package dev.spanda.biofield.archive;

import dev.spanda.biofield.capture.Picture;
import dev.spanda.biofield.capture.Pictures;
import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.Page;
import dev.spanda.core.store.BlobStore;
import dev.spanda.core.store.Store;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Keeps captured frames as they came. A frame that {@link #keep} has returned is durable; it stays
 * until {@link #forget}. Thread-safe.
 */
public final class Frames {

  /**
   * A kept frame.
   *
   * @param id begins with {@code frame_}
   * @param owner whose it is
   * @param at when it was kept
   * @param content its name in the blob store
   * @param sizeBytes the length of the file
   * @param width pixels in a row of the upright picture
   * @param height rows of the upright picture
   */
  public record Kept(
      String id,
      String owner,
      Instant at,
      String content,
      Picture.Format format,
      long sizeBytes,
      int width,
      int height) {

    /** The last part of its address: id and the usual ending, such as {@code frame_1.jpg}. */
    public String fileName() {
      String ending =
          format == Picture.Format.JPEG ? "jpg" : format.name().toLowerCase(Locale.ROOT);
      return id + "." + ending;
    }
  }

  private static final int LARGEST_PAGE = 100;

  private final Store store;
  private final BlobStore blobs;
  private final InstantSource clock;
  private final Ids ids;

  /** The frames of a store. */
  public Frames(Store store, BlobStore blobs, InstantSource clock, Ids ids) {
    this.store = store;
    this.blobs = blobs;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * Keeps a frame.
   *
   * @param bytes a whole JPEG, PNG or BMP file; not modified
   * @throws Failure as {@link Pictures} throws it when the bytes are no picture it reads
   */
  public Kept keep(String owner, byte[] bytes) {
    Kept kept = put(owner, bytes);
    try {
      store.change(handle -> insert(handle, kept));
    } catch (RuntimeException e) {
      blobs.delete(kept.content());
      throw e;
    }
    return kept;
  }

  /** Puts the content alone; the row is the caller's to insert. */
  Kept put(String owner, byte[] bytes) {
    Picture picture = Pictures.decode(bytes);
    boolean turned = picture.orientation() >= 5;
    String content = blobs.put(new ByteArrayInputStream(bytes), bytes.length).name();
    return new Kept(
        ids.next("frame"),
        owner,
        Instant.ofEpochMilli(clock.millis()),
        content,
        picture.format(),
        bytes.length,
        turned ? picture.storedHeight() : picture.storedWidth(),
        turned ? picture.storedWidth() : picture.storedHeight());
  }

  void insert(Handle handle, Kept kept) {
    handle
        .createUpdate(
            "INSERT INTO field_frame (id, owner, created_at, content, format, size_bytes, width,"
                + " height) VALUES (:id, :owner, :at, :content, :format, :size, :width, :height)")
        .bind("id", kept.id())
        .bind("owner", kept.owner())
        .bind("at", kept.at().toEpochMilli())
        .bind("content", kept.content())
        .bind("format", kept.format().name())
        .bind("size", kept.sizeBytes())
        .bind("width", kept.width())
        .bind("height", kept.height())
        .execute();
  }

  /**
   * The owner's frame of that id.
   *
   * @throws Failure NOT_FOUND, subject {@code frame}, also when it is somebody else's
   */
  public Kept find(String owner, String id) {
    return store
        .read(handle -> select(handle, owner, id))
        .orElseThrow(() -> Failure.notFound("frame", id));
  }

  /**
   * The file of a frame; the caller closes the stream.
   *
   * @throws Failure NOT_FOUND, subject {@code frame}
   */
  public InputStream open(String owner, String id) {
    return blobs.open(find(owner, id).content());
  }

  /**
   * The owner's frames, the newest first.
   *
   * @param limit 1 to 100
   * @param offset ≥ 0
   * @throws Failure INVALID, subjects {@code limit} and {@code offset}
   */
  public Page<Kept> list(String owner, int limit, long offset) {
    Failure.requireInRange("limit", "Limit", limit, 1, LARGEST_PAGE, "");
    Failure.requireInRange("offset", "Offset", (double) offset, 0, (double) Long.MAX_VALUE, "");
    return store.read(
        handle ->
            new Page<>(
                handle
                    .createQuery(
                        "SELECT * FROM field_frame WHERE owner = :owner"
                            + " ORDER BY created_at DESC, id DESC LIMIT :limit OFFSET :offset")
                    .bind("owner", owner)
                    .bind("limit", limit)
                    .bind("offset", offset)
                    .map((row, context) -> read(row))
                    .list(),
                handle
                    .createQuery("SELECT COUNT(*) FROM field_frame WHERE owner = :owner")
                    .bind("owner", owner)
                    .mapTo(Long.class)
                    .one(),
                limit,
                offset));
  }

  /** Removes what was kept before an instant, of all owners; returns how many frames. */
  public int forget(Instant before) {
    return store.write(
        handle -> {
          List<String> contents =
              handle
                  .createQuery("SELECT content FROM field_frame WHERE created_at < :before")
                  .bind("before", before.toEpochMilli())
                  .mapTo(String.class)
                  .list();
          int removed =
              handle
                  .createUpdate("DELETE FROM field_frame WHERE created_at < :before")
                  .bind("before", before.toEpochMilli())
                  .execute();
          store.afterCommit(() -> contents.forEach(blobs::delete));
          return removed;
        });
  }

  private static Optional<Kept> select(Handle handle, String owner, String id) {
    return handle
        .createQuery("SELECT * FROM field_frame WHERE id = :id AND owner = :owner")
        .bind("id", id)
        .bind("owner", owner)
        .map((row, context) -> read(row))
        .findOne();
  }

  private static Kept read(ResultSet row) throws SQLException {
    return new Kept(
        row.getString("id"),
        row.getString("owner"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        row.getString("content"),
        Picture.Format.valueOf(row.getString("format")),
        row.getLong("size_bytes"),
        row.getInt("width"),
        row.getInt("height"));
  }
}
