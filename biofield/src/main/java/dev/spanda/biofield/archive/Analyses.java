package dev.spanda.biofield.archive;

import dev.spanda.biofield.Analysis;
import dev.spanda.biofield.Frame;
import dev.spanda.biofield.Scores;
import dev.spanda.biofield.cache.OwnerCache;
import dev.spanda.biofield.capture.Picture;
import dev.spanda.biofield.capture.Pictures;
import dev.spanda.biofield.capture.PipSettings;
import dev.spanda.biofield.segment.Selection;
import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.Page;
import dev.spanda.core.store.BlobStore;
import dev.spanda.core.store.Json;
import dev.spanda.core.store.Store;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Keeps analyses with their pictures.
 *
 * <p>An analysis that {@link #save} has returned is durable. The two pictures are contents of the
 * blob store, written before the row that names them: a process that dies in between leaves a
 * content that nothing names, never a row without its picture. The thumbnail stands in the row, so
 * that a page of the history opens no file. The history is kept in memory for up to 15 minutes and
 * is never older than the last committed write of any process. Analyses stay until {@link #delete}
 * or {@link #forget}. Thread-safe.
 */
public final class Analyses {

  /**
   * What is saved.
   *
   * @param picture the bytes as they came; not copied, not modified
   * @param decoded the same picture decoded
   * @param processed the picture made with the settings
   */
  @SuppressWarnings("ArrayRecordComponent") // Lent for the length of one call, never compared.
  public record Draft(
      Selection.Mode mode,
      Selection.Region region,
      PipSettings settings,
      byte[] picture,
      Picture decoded,
      Frame processed,
      Analysis analysis) {}

  /**
   * Which analyses a history shows; those that meet every condition.
   *
   * @param from the earliest instant, included
   * @param to the latest instant, included
   * @param minEnergy the lowest energy score, included, 0 to 100; analyses without one are not
   *     shown then
   */
  public record Filter(
      Optional<Instant> from,
      Optional<Instant> to,
      Optional<Selection.Mode> mode,
      OptionalDouble minEnergy) {

    /** Everything. */
    public static final Filter ALL =
        new Filter(Optional.empty(), Optional.empty(), Optional.empty(), OptionalDouble.empty());

    /**
     * Checks the conditions.
     *
     * @throws Failure INVALID, subject {@code end_date}, when it is before the start; INVALID,
     *     subject {@code min_energy}, outside 0 to 100
     */
    public Filter {
      if (from.isPresent() && to.isPresent() && to.get().isBefore(from.get())) {
        throw Failure.invalid("end_date", to.get(), "End date must not be before " + from.get());
      }
      if (minEnergy.isPresent()) {
        Failure.requireInRange("min_energy", "Minimum energy", minEnergy.getAsDouble(), 0, 100, "");
      }
    }

    /**
     * The instant at which a filter from this text on begins.
     *
     * @param text an ISO 8601 date, which begins at midnight, or date and time; UTC unless it
     *     carries an offset
     * @throws Failure INVALID, subject {@code start_date}
     */
    public static Instant start(String text) {
      return parse("start_date", text, false);
    }

    /**
     * The instant at which a filter up to this text ends.
     *
     * @param text an ISO 8601 date, whose whole day is meant, or date and time; UTC unless it
     *     carries an offset
     * @throws Failure INVALID, subject {@code end_date}
     */
    public static Instant end(String text) {
      return parse("end_date", text, true);
    }

    private static Instant parse(String text, boolean end) {
      int clock = text.indexOf('T');
      if (clock < 0) {
        LocalDate day = LocalDate.parse(text);
        return end
            ? day.plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC).minusMillis(1)
            : day.atStartOfDay().toInstant(ZoneOffset.UTC);
      }
      boolean offset =
          text.endsWith("Z") || text.indexOf('+', clock) > 0 || text.indexOf('-', clock) > 0;
      return offset
          ? OffsetDateTime.parse(text).toInstant()
          : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    }

    private static Instant parse(String subject, String text, boolean end) {
      try {
        // Years that no clock shows overflow here and are refused.
        long millis = parse(text, end).toEpochMilli();
        return Instant.ofEpochMilli(millis);
      } catch (DateTimeException | ArithmeticException e) {
        throw Failure.invalid(
                subject,
                text,
                "The "
                    + subject
                    + " must be a date such as 2026-01-31 or a time such as"
                    + " 2026-01-31T14:30:00Z")
            .causedBy(e);
      }
    }
  }

  /** One line of a history. Immutable. */
  public static final class Summary {
    private final String id;
    private final Instant at;
    private final Selection.Mode mode;
    private final Scores scores;
    private final byte[] thumbnail;

    Summary(String id, Instant at, Selection.Mode mode, Scores scores, byte[] thumbnail) {
      this.id = id;
      this.at = at;
      this.mode = mode;
      this.scores = scores;
      this.thumbnail = thumbnail;
    }

    /** The analysis. */
    public String id() {
      return id;
    }

    /** When it was saved. */
    public Instant at() {
      return at;
    }

    /** What was looked at. */
    public Selection.Mode mode() {
      return mode;
    }

    /** Its scores. */
    public Scores scores() {
      return scores;
    }

    /** A JPEG of the picture, its longer side {@value #THUMBNAIL_SIDE} pixels or less; a copy. */
    public byte[] thumbnail() {
      return thumbnail.clone();
    }
  }

  /** The longer side of thumbnails, in pixels. */
  public static final int THUMBNAIL_SIDE = 160;

  private static final double THUMBNAIL_QUALITY = 0.8;
  private static final String LIST = "analysis";
  private static final Duration CACHED = Duration.ofMinutes(15);
  private static final long MOST_CACHED_BYTES = 16L << 20;
  private static final int SUMMARY_BYTES = 400;
  private static final int LARGEST_PAGE = 100;

  private final Store store;
  private final BlobStore blobs;
  private final InstantSource clock;
  private final Ids ids;
  private final OwnerCache<Page<Summary>> cache;

  /** The analyses of a store. */
  public Analyses(Store store, BlobStore blobs, InstantSource clock, Ids ids) {
    this.store = store;
    this.blobs = blobs;
    this.clock = clock;
    this.ids = ids;
    this.cache = new OwnerCache<>(store, clock, LIST, CACHED, Analyses::weight, MOST_CACHED_BYTES);
  }

  private static int weight(Page<Summary> page) {
    int bytes = SUMMARY_BYTES;
    for (Summary summary : page.items()) {
      bytes += SUMMARY_BYTES + summary.thumbnail.length;
    }
    return bytes;
  }

  /** Saves an analysis under a new id. */
  public StoredAnalysis save(String owner, Draft draft) {
    return save(owner, newId(), draft);
  }

  String newId() {
    return ids.next("analysis");
  }

  /** Saves an analysis under an id of {@link #newId}; one that is there already stays as it is. */
  StoredAnalysis save(String owner, String id, Draft draft) {
    Optional<StoredAnalysis> before = store.read(handle -> select(handle, owner, id));
    if (before.isPresent()) {
      return before.get();
    }
    byte[] thumbnail =
        Pictures.jpeg(
            Pictures.thumbnail(draft.decoded().frame(), THUMBNAIL_SIDE), THUMBNAIL_QUALITY);
    byte[] processed = Pictures.png(draft.processed());
    List<String> contents = new ArrayList<>();
    try {
      contents.add(put(draft.picture()));
      contents.add(put(processed));
      return store.write(
          handle -> {
            OwnerCache.touch(handle, owner, LIST);
            insert(handle, owner, id, draft, contents, thumbnail);
            return select(handle, owner, id).orElseThrow();
          });
    } catch (RuntimeException e) {
      for (String content : contents) {
        blobs.delete(content);
      }
      throw e;
    }
  }

  private String put(byte[] content) {
    return blobs.put(new ByteArrayInputStream(content), content.length).name();
  }

  private void insert(
      Handle handle,
      String owner,
      String id,
      Draft draft,
      List<String> contents,
      byte[] thumbnail) {
    double energy = draft.analysis().scores().energy();
    handle
        .createUpdate(
            "INSERT INTO field_analysis (id, owner, created_at, mode, region, settings, energy,"
                + " scores, analysis, picture, picture_format, processed, width, height,"
                + " thumbnail) VALUES (:id, :owner, :now, :mode, :region, :settings, :energy,"
                + " :scores, :analysis, :picture, :format, :processed, :width, :height,"
                + " :thumbnail)")
        .bind("id", id)
        .bind("owner", owner)
        .bind("now", clock.millis())
        .bind("mode", draft.mode().name())
        .bind("region", draft.region().name())
        .bind("settings", Json.write(draft.settings()))
        .bind("energy", Double.isNaN(energy) ? null : (Double) energy)
        .bind("scores", Json.write(draft.analysis().scores()))
        .bind("analysis", Json.write(draft.analysis()))
        .bind("picture", contents.get(0))
        .bind("format", draft.decoded().format().name())
        .bind("processed", contents.get(1))
        .bind("width", draft.decoded().frame().width())
        .bind("height", draft.decoded().frame().height())
        .bind("thumbnail", thumbnail)
        .execute();
  }

  /**
   * The owner's analysis of that id.
   *
   * @throws Failure NOT_FOUND, subject {@code analysis}, also when it is somebody else's
   */
  public StoredAnalysis find(String owner, String id) {
    return store
        .read(handle -> select(handle, owner, id))
        .orElseThrow(() -> Failure.notFound("analysis", id));
  }

  /**
   * The picture as it came, in the analysis's format; the caller closes the stream.
   *
   * @throws Failure NOT_FOUND, subject {@code analysis}
   */
  public InputStream picture(String owner, String id) {
    return open(owner, id, "picture");
  }

  /**
   * The processed picture, as PNG; the caller closes the stream.
   *
   * @throws Failure NOT_FOUND, subject {@code analysis}
   */
  public InputStream processed(String owner, String id) {
    return open(owner, id, "processed");
  }

  private InputStream open(String owner, String id, String column) {
    String content =
        store.read(
            handle ->
                handle
                    .createQuery(
                        "SELECT "
                            + column
                            + " FROM field_analysis WHERE id = :id AND owner = :owner")
                    .bind("id", id)
                    .bind("owner", owner)
                    .mapTo(String.class)
                    .findOne()
                    .orElseThrow(() -> Failure.notFound("analysis", id)));
    return blobs.open(content);
  }

  /**
   * The owner's analyses that meet the filter, the newest first; those of one millisecond in the
   * order of their ids.
   *
   * @param limit 1 to 100
   * @param offset ≥ 0
   * @throws Failure INVALID, subjects {@code limit} and {@code offset}
   */
  public Page<Summary> history(String owner, Filter filter, int limit, long offset) {
    Failure.requireInRange("limit", "Limit", limit, 1, LARGEST_PAGE, "");
    Failure.requireInRange("offset", "Offset", (double) offset, 0, (double) Long.MAX_VALUE, "");
    return cache.get(
        owner,
        new Question(filter, limit, offset),
        handle -> {
          List<Summary> items =
              query(
                      handle,
                      "SELECT id, created_at, mode, scores, thumbnail FROM field_analysis WHERE "
                          + condition(filter)
                          + " ORDER BY created_at DESC, id DESC LIMIT :limit OFFSET :offset",
                      owner,
                      filter)
                  .bind("limit", limit)
                  .bind("offset", offset)
                  .map((row, context) -> summary(row))
                  .list();
          long total = query(handle, countSql(filter), owner, filter).mapTo(Long.class).one();
          return new Page<>(items, total, limit, offset);
        });
  }

  /** Counts by columns of one index alone. */
  static String countSql(Filter filter) {
    return "SELECT COUNT(*) FROM field_analysis WHERE " + condition(filter);
  }

  private static String condition(Filter filter) {
    StringBuilder condition = new StringBuilder("owner = :owner");
    filter.from().ifPresent(from -> condition.append(" AND created_at >= :from"));
    filter.to().ifPresent(to -> condition.append(" AND created_at <= :to"));
    filter.mode().ifPresent(mode -> condition.append(" AND mode = :mode"));
    filter.minEnergy().ifPresent(energy -> condition.append(" AND energy >= :energy"));
    return condition.toString();
  }

  private static Query query(Handle handle, String sql, String owner, Filter filter) {
    Query query = handle.createQuery(sql).bind("owner", owner);
    filter.from().ifPresent(from -> query.bind("from", ceilingMillis(from)));
    filter.to().ifPresent(to -> query.bind("to", to.toEpochMilli()));
    filter.mode().ifPresent(mode -> query.bind("mode", mode.name()));
    filter.minEnergy().ifPresent(energy -> query.bind("energy", energy));
    return query;
  }

  private static long ceilingMillis(Instant instant) {
    long millis = instant.toEpochMilli();
    return instant.isAfter(Instant.ofEpochMilli(millis)) ? millis + 1 : millis;
  }

  /**
   * Removes an analysis and its pictures.
   *
   * @throws Failure NOT_FOUND, subject {@code analysis}
   */
  public void delete(String owner, String id) {
    store.change(
        handle -> {
          OwnerCache.touch(handle, owner, LIST);
          if (!remove(handle, owner, id)) {
            throw Failure.notFound("analysis", id);
          }
        });
  }

  /** Removes what was saved before an instant, of all owners; returns how many analyses. */
  public int forget(Instant before) {
    int removed = 0;
    while (true) {
      // A hundred in a transaction, so that others may write in between.
      int now =
          store.write(
              handle -> {
                List<String[]> old =
                    handle
                        .createQuery(
                            "SELECT id, owner FROM field_analysis WHERE created_at < :before"
                                + " ORDER BY owner, id LIMIT 100")
                        .bind("before", before.toEpochMilli())
                        .map(
                            (row, context) ->
                                new String[] {row.getString("id"), row.getString("owner")})
                        .list();
                for (String[] row : old) {
                  OwnerCache.touch(handle, row[1], LIST);
                  remove(handle, row[1], row[0]);
                }
                return old.size();
              });
      removed += now;
      if (now == 0) {
        return removed;
      }
    }
  }

  private boolean remove(Handle handle, String owner, String id) {
    Optional<List<String>> contents =
        handle
            .createQuery(
                "SELECT picture, processed FROM field_analysis WHERE id = :id AND owner = :owner")
            .bind("id", id)
            .bind("owner", owner)
            .map((row, context) -> List.of(row.getString("picture"), row.getString("processed")))
            .findOne();
    if (contents.isEmpty()) {
      return false;
    }
    handle.createUpdate("DELETE FROM field_analysis WHERE id = :id").bind("id", id).execute();
    store.afterCommit(() -> contents.get().forEach(blobs::delete));
    return true;
  }

  private static Optional<StoredAnalysis> select(Handle handle, String owner, String id) {
    return handle
        .createQuery(
            "SELECT id, owner, created_at, mode, region, settings, analysis, picture_format,"
                + " width, height FROM field_analysis WHERE id = :id AND owner = :owner")
        .bind("id", id)
        .bind("owner", owner)
        .map((row, context) -> read(row))
        .findOne();
  }

  private static StoredAnalysis read(ResultSet row) throws SQLException {
    return new StoredAnalysis(
        row.getString("id"),
        row.getString("owner"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Selection.Mode.valueOf(row.getString("mode")),
        Selection.Region.valueOf(row.getString("region")),
        Json.read(row.getString("settings"), PipSettings.class),
        Json.read(row.getString("analysis"), Analysis.class),
        Picture.Format.valueOf(row.getString("picture_format")),
        row.getInt("width"),
        row.getInt("height"));
  }

  private static Summary summary(ResultSet row) throws SQLException {
    byte @Nullable [] thumbnail = row.getBytes("thumbnail");
    return new Summary(
        row.getString("id"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Selection.Mode.valueOf(row.getString("mode")),
        Json.read(row.getString("scores"), Scores.class),
        thumbnail == null ? new byte[0] : thumbnail);
  }

  private record Question(Filter filter, int limit, long offset) {}
}
