package dev.spanda.core.file;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.Page;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.project.Projects;
import dev.spanda.core.store.BlobStore;
import dev.spanda.core.store.Store;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps files: their contents in a {@link BlobStore}, what is known of them in a {@link Store}.
 *
 * <p>A content is durable before its row, and a row goes before its content, so that a file that
 * can be found can be read, whenever the process dies; what is left over then is removed by {@link
 * #sweep}. Every call names the owner; what belongs to another one is NOT_FOUND. Thread-safe.
 */
public final class Files {

  /**
   * How much may be kept.
   *
   * @param largestFile in bytes, ≥ 1
   * @param bytesPerOwner of all files of an owner together, ≥ 1
   * @param filesPerOwner how many files an owner may have, ≥ 1
   */
  public record Limits(long largestFile, long bytesPerOwner, long filesPerOwner) {

    /** 100 MiB a file, 10 GiB and 10 000 files an owner. */
    public static final Limits DEFAULT = new Limits(100L << 20, 10L << 30, 10_000);

    /** Checks the ranges. */
    public Limits {
      if (largestFile < 1 || bytesPerOwner < 1 || filesPerOwner < 1) {
        throw new IllegalArgumentException(
            largestFile + " bytes a file, " + bytesPerOwner + " and " + filesPerOwner + " files");
      }
    }
  }

  /**
   * What an owner keeps.
   *
   * @param files how many, ≥ 0
   * @param bytes of all their contents, ≥ 0
   */
  public record Usage(long files, long bytes) {}

  /**
   * What a sweep has found.
   *
   * @param contentsRemoved contents without a file, which are gone now
   * @param contentsWaiting contents without a file that were not seen long enough ago
   * @param filesRemoved the ids of files whose content was missing, which are gone now; copied
   * @param filesMissing how many files have no content and were left as they are, because not a
   *     single content was there
   */
  public record Sweep(
      int contentsRemoved, int contentsWaiting, List<String> filesRemoved, int filesMissing) {
    /** Copies the list. */
    public Sweep {
      filesRemoved = List.copyOf(filesRemoved);
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(Files.class);
  private static final int LARGEST_PAGE = 100;
  private static final int SOME = 500;

  private final Store store;
  private final BlobStore blobs;
  private final Projects projects;
  private final InstantSource clock;
  private final EventBus bus;
  private final Ids ids;
  private final Limits limits;

  /** Contents that a sweep has seen without a file, and when first. */
  private final Map<String, Instant> ownerless = new HashMap<>();

  /** The files of a store, under {@link Limits#DEFAULT}. */
  public Files(
      Store store, BlobStore blobs, Projects projects, InstantSource clock, EventBus bus, Ids ids) {
    this(store, blobs, projects, clock, bus, ids, Limits.DEFAULT);
  }

  /**
   * The files of a store.
   *
   * @param blobs for these files alone: a sweep removes what belongs to none of them
   * @param projects of the same store
   */
  public Files(
      Store store,
      BlobStore blobs,
      Projects projects,
      InstantSource clock,
      EventBus bus,
      Ids ids,
      Limits limits) {
    this.store = store;
    this.blobs = blobs;
    this.projects = projects;
    this.clock = clock;
    this.bus = bus;
    this.ids = ids;
    this.limits = limits;
  }

  /** How much may be kept. */
  public Limits limits() {
    return limits;
  }

  /**
   * Saves a file; once this returns it is durable. When it throws, nothing is kept.
   *
   * @param plan with an id that the owner has saved a file under before, that file is given back
   *     and nothing is saved
   * @param content read to its end, not closed
   * @throws Failure TOO_LARGE, subject {@code file}, when it is larger than a file may be;
   *     TOO_LARGE, subject {@code storage}, when the owner has no room for it; NOT_FOUND, subject
   *     {@code project}; CONFLICT, subject {@code file}, when the chosen id is another owner's;
   *     FAILED, subject {@code store}, when reading or writing breaks off
   * @throws IllegalStateException inside {@link Store#write}, which would stand still until the
   *     last byte has come
   */
  public StoredFile save(String owner, StoredFile.Plan plan, InputStream content) {
    if (store.isWriting()) {
      throw new IllegalStateException("A file cannot be saved inside a store's write");
    }
    Optional<StoredFile> earlier = store.read(handle -> earlier(handle, owner, plan));
    if (earlier.isPresent()) {
      return earlier.get();
    }
    plan.projectId().ifPresent(project -> projects.require(owner, project));
    Usage before = usage(owner);
    requireFileRoom(before);
    long room = Math.max(0, limits.bytesPerOwner() - before.bytes());
    Meter meter = new Meter(content);
    BlobStore.Blob blob;
    try {
      blob = blobs.put(meter, Math.min(limits.largestFile(), room));
    } catch (Failure e) {
      if (e.reason() == Failure.Reason.TOO_LARGE) {
        throw room < limits.largestFile() ? noRoom(before) : tooLarge();
      }
      throw e;
    }
    try {
      StoredFile file = store.write(handle -> insert(handle, owner, plan, blob, meter));
      if (plan.id().isPresent() && !store.read(handle -> isKept(handle, blob.name()))) {
        // Somebody else has saved it in the meantime.
        blobs.delete(blob.name());
      }
      return file;
    } catch (RuntimeException e) {
      discard(blob.name(), e);
      throw e;
    }
  }

  /** The file that was saved before under the plan's id. */
  private static Optional<StoredFile> earlier(Handle handle, String owner, StoredFile.Plan plan) {
    Optional<StoredFile> found =
        plan.id()
            .flatMap(
                id ->
                    handle
                        .createQuery("SELECT * FROM stored_file WHERE id = :id")
                        .bind("id", id)
                        .map((rows, context) -> read(rows))
                        .findOne());
    if (found.isPresent() && !found.get().owner().equals(owner)) {
      throw Failure.of(Failure.Reason.CONFLICT, "file", "The file's id is used by another file")
          .with(Failure.PROVIDED_VALUE, found.get().id());
    }
    return found;
  }

  private void discard(String blob, RuntimeException because) {
    try {
      // A commit whose answer was lost may have kept the row.
      if (!store.read(handle -> isKept(handle, blob))) {
        blobs.delete(blob);
      }
    } catch (RuntimeException e) {
      because.addSuppressed(e);
    }
  }

  private static boolean isKept(Handle handle, String blob) {
    return handle
        .createQuery("SELECT id FROM stored_file WHERE blob = :blob")
        .bind("blob", blob)
        .mapTo(String.class)
        .findOne()
        .isPresent();
  }

  private StoredFile insert(
      Handle handle, String owner, StoredFile.Plan plan, BlobStore.Blob blob, Meter meter) {
    store.lock("file:" + owner);
    store.lock("blob:" + blob.name());
    plan.id().ifPresent(id -> store.lock("file id:" + id));
    Optional<StoredFile> earlier = earlier(handle, owner, plan);
    if (earlier.isPresent()) {
      return earlier.get();
    }
    // A sweep that took the content for left over holds the same lock while it removes it.
    if (blobs.size(blob.name()) != meter.size) {
      throw Failure.of(Failure.Reason.FAILED, "store", "The content was not stored whole");
    }
    Usage now = usage(handle, owner);
    requireFileRoom(now);
    if (now.bytes() + blob.size() > limits.bytesPerOwner()) {
      throw noRoom(now);
    }
    plan.projectId().ifPresent(project -> projects.require(owner, project));
    StoredFile file =
        new StoredFile(
            plan.id().orElseGet(() -> ids.next("file")),
            owner,
            plan.projectId(),
            plan.name(),
            meter.sniffer.type(),
            blob.size(),
            HexFormat.of().formatHex(meter.digest.digest()),
            Instant.ofEpochMilli(clock.millis()));
    handle
        .createUpdate(
            "INSERT INTO stored_file (id, owner, project_id, name, type, size, sha256, blob,"
                + " created_at) VALUES (:id, :owner, :project, :name, :type, :size, :sha256,"
                + " :blob, :now)")
        .bind("id", file.id())
        .bind("owner", owner)
        .bind("project", plan.projectId().orElse(null))
        .bind("name", file.name())
        .bind("type", file.type().name().toLowerCase(Locale.ROOT))
        .bind("size", file.size())
        .bind("sha256", file.sha256())
        .bind("blob", blob.name())
        .bind("now", file.createdAt().toEpochMilli())
        .execute();
    store.afterCommit(() -> bus.publish(new StoredFile.Saved(file)));
    return file;
  }

  private void requireFileRoom(Usage usage) {
    if (usage.files() >= limits.filesPerOwner()) {
      throw Failure.of(
              Failure.Reason.TOO_LARGE,
              "storage",
              "An owner may have at most " + limits.filesPerOwner() + " files")
          .with(Failure.MAX_VALUE, limits.filesPerOwner());
    }
  }

  private Failure tooLarge() {
    return Failure.of(
            Failure.Reason.TOO_LARGE,
            "file",
            "A file may have at most " + limits.largestFile() + " bytes")
        .with(Failure.MAX_VALUE, limits.largestFile());
  }

  private Failure noRoom(Usage usage) {
    long free = Math.max(0, limits.bytesPerOwner() - usage.bytes());
    return Failure.of(
            Failure.Reason.TOO_LARGE,
            "storage",
            "The file does not fit: " + free + " of " + limits.bytesPerOwner() + " bytes are free")
        .with("available", free)
        .with(Failure.MAX_VALUE, limits.bytesPerOwner());
  }

  /**
   * A file.
   *
   * @throws Failure NOT_FOUND, subject {@code file}
   */
  public StoredFile find(String owner, String id) {
    return store.read(handle -> select(handle, owner, id).file);
  }

  /**
   * An owner's files, the newest first.
   *
   * @param limit 1 to 100
   * @param offset ≥ 0
   * @throws Failure INVALID, subjects {@code limit} and {@code offset}
   */
  public Page<StoredFile> list(String owner, int limit, long offset) {
    Failure.requireInRange("limit", "Limit", limit, 1, LARGEST_PAGE, "");
    if (offset < 0) {
      throw Failure.invalid("offset", offset, "Offset must be 0 or more");
    }
    return store.read(
        handle ->
            new Page<>(
                handle
                    .createQuery(
                        "SELECT * FROM stored_file WHERE owner = :owner"
                            + " ORDER BY created_at DESC, id DESC LIMIT :limit OFFSET :offset")
                    .bind("owner", owner)
                    .bind("limit", limit)
                    .bind("offset", offset)
                    .map((rows, context) -> read(rows))
                    .list(),
                usage(handle, owner).files(),
                limit,
                offset));
  }

  /** How much an owner keeps. */
  public Usage usage(String owner) {
    return store.read(handle -> usage(handle, owner));
  }

  private static Usage usage(Handle handle, String owner) {
    return handle
        .createQuery(
            "SELECT COUNT(*) AS files, COALESCE(SUM(size), 0) AS bytes FROM stored_file"
                + " WHERE owner = :owner")
        .bind("owner", owner)
        .map((rows, context) -> new Usage(rows.getLong("files"), rows.getLong("bytes")))
        .one();
  }

  /**
   * Opens a file's content; the caller closes the stream.
   *
   * @throws Failure NOT_FOUND, subject {@code file}
   */
  public InputStream open(String owner, String id) {
    return open(owner, id, 0, Long.MAX_VALUE);
  }

  /**
   * Opens part of a file's content; the caller closes the stream. It may be read on while the file
   * is deleted.
   *
   * @param offset how many bytes to skip, ≥ 0; beyond the end the stream is empty
   * @param length at most how many bytes follow, ≥ 0
   * @throws Failure NOT_FOUND, subject {@code file}
   */
  public InputStream open(String owner, String id, long offset, long length) {
    String blob = store.read(handle -> select(handle, owner, id).blob);
    try {
      return blobs.open(blob, offset, length);
    } catch (Failure e) {
      // Deleted just now, or lost: the blob's own name is nobody's business.
      throw e.reason() == Failure.Reason.NOT_FOUND ? Failure.notFound("file", id) : e;
    }
  }

  /**
   * Deletes a file, its content, and its place in every project's item.
   *
   * @return the file as it last was
   * @throws Failure NOT_FOUND, subject {@code file}
   */
  public StoredFile delete(String owner, String id) {
    return store.write(
        handle -> {
          Row row = select(handle, owner, id);
          int gone =
              handle
                  .createUpdate("DELETE FROM stored_file WHERE id = :id")
                  .bind("id", id)
                  .execute();
          if (gone == 0) {
            throw Failure.notFound("file", id);
          }
          projects.unlink(id);
          store.afterCommit(
              () -> {
                removeContent(row.blob);
                bus.publish(new StoredFile.Deleted(row.file));
              });
          return row.file;
        });
  }

  private void removeContent(String blob) {
    try {
      blobs.delete(blob);
    } catch (Failure e) {
      LOG.warn("A deleted file's content is left to the next sweep", e);
    }
  }

  /**
   * Removes what a crash has left over: contents without a file and files without a content.
   *
   * <p>To be called when the process starts, with no patience where it has the blobs to itself, and
   * then now and then with an hour or so. A file that is being saved meanwhile is either kept whole
   * or fails to be saved. When files are known but not one content is there, the blob store is
   * taken to be the wrong one and nothing is removed.
   *
   * @param patience for how long a content without a file must have been seen by earlier sweeps of
   *     this object before it is removed, ≥ 0
   */
  public synchronized Sweep sweep(Duration patience) {
    Instant now = clock.instant();
    Map<String, Instant> stillOwnerless = new HashMap<>();
    int removed = 0;
    long contents = 0;
    try (Stream<String> names = blobs.names()) {
      Iterator<String> all = names.iterator();
      while (all.hasNext()) {
        String name = all.next();
        contents++;
        if (store.read(handle -> isKept(handle, name))) {
          continue;
        }
        Instant since = ownerless.getOrDefault(name, now);
        if (since.plus(patience).isAfter(now)) {
          stillOwnerless.put(name, since);
        } else if (removeOwnerless(name)) {
          removed++;
        }
      }
    }
    ownerless.clear();
    ownerless.putAll(stillOwnerless);
    List<Row> empty = rowsWithoutContent();
    List<String> gone = new ArrayList<>();
    if (contents > 0) {
      for (Row row : empty) {
        if (removeEmpty(row)) {
          gone.add(row.file.id());
        }
      }
    } else if (!empty.isEmpty()) {
      LOG.error("Not one of {} files has its content; nothing was removed", empty.size());
    }
    return new Sweep(removed, stillOwnerless.size(), gone, contents > 0 ? 0 : empty.size());
  }

  private boolean removeOwnerless(String blob) {
    return store.write(
        handle -> {
          store.lock("blob:" + blob);
          return !isKept(handle, blob) && blobs.delete(blob);
        });
  }

  private List<Row> rowsWithoutContent() {
    List<Row> empty = new ArrayList<>();
    String last = "";
    while (true) {
      String after = last;
      List<Row> some =
          store.read(
              handle ->
                  handle
                      .createQuery(
                          "SELECT * FROM stored_file WHERE id > :after ORDER BY id LIMIT :some")
                      .bind("after", after)
                      .bind("some", SOME)
                      .map((rows, context) -> new Row(read(rows), rows.getString("blob")))
                      .list());
      some.stream().filter(row -> isMissing(row.blob)).forEach(empty::add);
      if (some.size() < SOME) {
        return empty;
      }
      last = some.get(SOME - 1).file.id();
    }
  }

  private boolean isMissing(String blob) {
    try {
      return blobs.size(blob) < 0;
    } catch (Failure e) {
      if (e.reason() == Failure.Reason.NOT_FOUND) {
        return true;
      }
      throw e;
    }
  }

  private boolean removeEmpty(Row row) {
    try {
      StoredFile gone = delete(row.file.owner(), row.file.id());
      LOG.warn("The content of {} is missing; the file was removed", gone.id());
      return true;
    } catch (Failure e) {
      if (e.reason() == Failure.Reason.NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }

  private record Row(StoredFile file, String blob) {}

  private static Row select(Handle handle, String owner, String id) {
    return handle
        .createQuery("SELECT * FROM stored_file WHERE id = :id AND owner = :owner")
        .bind("id", id)
        .bind("owner", owner)
        .map((rows, context) -> new Row(read(rows), rows.getString("blob")))
        .findOne()
        .orElseThrow(() -> Failure.notFound("file", id));
  }

  private static StoredFile read(ResultSet row) throws SQLException {
    return new StoredFile(
        row.getString("id"),
        row.getString("owner"),
        Optional.ofNullable(row.getString("project_id")),
        row.getString("name"),
        FileType.valueOf(row.getString("type").toUpperCase(Locale.ROOT)),
        row.getLong("size"),
        row.getString("sha256"),
        Instant.ofEpochMilli(row.getLong("created_at")));
  }

  /** Measures a content while it passes by. */
  private static final class Meter extends FilterInputStream {
    private final MessageDigest digest = sha256();
    private final Sniffer sniffer = new Sniffer();
    private long size;

    Meter(InputStream content) {
      super(content);
    }

    private static MessageDigest sha256() {
      try {
        return MessageDigest.getInstance("SHA-256");
      } catch (NoSuchAlgorithmException e) {
        throw new IllegalStateException(e);
      }
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      int read = read(one, 0, 1);
      return read < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      int read = super.read(into, from, length);
      if (read > 0) {
        digest.update(into, from, read);
        sniffer.take(into, from, read);
        size += read;
      }
      return read;
    }

    @Override
    public long skip(long count) throws IOException {
      // What is skipped would be missing from the digest.
      return skipByReading(Math.min(count, 8192));
    }

    private long skipByReading(long count) throws IOException {
      return Math.max(0, read(new byte[(int) Math.max(0, count)]));
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
