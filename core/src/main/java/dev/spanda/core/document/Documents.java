package dev.spanda.core.document;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.job.Job;
import dev.spanda.core.job.JobContext;
import dev.spanda.core.job.JobKind;
import dev.spanda.core.job.JobState;
import dev.spanda.core.job.Jobs;
import dev.spanda.core.store.Json;
import dev.spanda.core.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;

/**
 * Generates documents in durable jobs, keeps them and finds them by their words. A document of an
 * owner is replaced by the next that has its type and title. Nobody sees another's. Thread-safe.
 */
public final class Documents {

  /** The type of documents about interfaces. */
  public static final String API_REFERENCE = "api_reference";

  /** The type of documents about Java sources. */
  public static final String SOURCE_REFERENCE = "source_reference";

  /** How many documents an owner can have. */
  public static final int MOST = 2_000;

  /** How long a generation is expected to take before one has ended: two seconds. */
  public static final Duration USUAL = Duration.ofSeconds(2);

  /** How far a generation is. */
  public enum Status {
    /** Waits for a worker or is at it. */
    PROCESSING,
    /** All documents are there. */
    COMPLETED,
    /** It could not be done. */
    FAILED
  }

  /**
   * A generation.
   *
   * @param id begins with {@code doc_gen_}
   * @param progress 0 to 1: documents written of those to be written
   * @param documents how many were written, 0 until it is completed
   * @param files how many descriptions and sources were read, 0 until it is completed
   * @param expectedAt when it is expected to end: its beginning plus the mean time of the owner's
   *     last ten, or {@link #USUAL}
   * @param endedAt when it was over
   */
  public record Generation(
      String id,
      List<String> targets,
      Status status,
      double progress,
      int documents,
      int files,
      Instant createdAt,
      Instant expectedAt,
      Optional<Instant> endedAt) {
    /** Copies the targets. */
    public Generation {
      targets = List.copyOf(targets);
    }
  }

  /**
   * What a search has found.
   *
   * @param hits the best first, as many as were asked for
   * @param total how many documents have all the words
   */
  public record Found(List<Document.Hit> hits, long total) {
    /** Copies the hits. */
    public Found {
      hits = List.copyOf(hits);
    }
  }

  record Input(DocumentPlan plan) {}

  record Output(int documents, int files) {}

  private record Row(String id, String jobId, List<String> targets, Instant createdAt) {}

  private static final JobKind<Input, Output> KIND =
      JobKind.of("document.generate", Input.class, Output.class);
  private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{N}]+");
  private static final int LONGEST_QUERY = 200;
  private static final int MOST_WORDS = 12;
  private static final int MOST_HITS = 100;

  private final Store store;
  private final InstantSource clock;
  private final Ids ids;
  private final Jobs jobs;
  private final Supplier<List<Description>> descriptions;

  /**
   * The documents of a store.
   *
   * @param jobs not started yet, because this registers its kind of job there
   * @param descriptions the interfaces there are, asked for by each generation
   */
  public Documents(
      Store store,
      InstantSource clock,
      Ids ids,
      Jobs jobs,
      Supplier<List<Description>> descriptions) {
    this.store = store;
    this.clock = clock;
    this.ids = ids;
    this.jobs = jobs;
    this.descriptions = descriptions;
    jobs.register(KIND, (input, context) -> generate(input.plan(), context));
  }

  /** Begins a generation, which the next free worker does. */
  public Generation begin(String owner, DocumentPlan plan) {
    String id = ids.next("doc_gen");
    return store.write(
        handle -> {
          Job job = jobs.submit(KIND, new Input(plan), owner);
          handle
              .createUpdate(
                  "INSERT INTO document_generation (id, owner, job_id, targets, created_at)"
                      + " VALUES (:id, :owner, :job, :targets, :now)")
              .bind("id", id)
              .bind("owner", owner)
              .bind("job", job.id())
              .bind("targets", Json.write(plan.targets()))
              .bind("now", clock.millis())
              .execute();
          return generation(handle, owner, id);
        });
  }

  /**
   * How far a generation is.
   *
   * @throws Failure NOT_FOUND, subject {@code job}
   */
  public Generation status(String owner, String id) {
    return store.read(handle -> generation(handle, owner, id));
  }

  /** The id of an owner's newest generation; empty when there was none. */
  public Optional<String> newest(String owner) {
    return store.read(
        handle ->
            handle
                .createQuery(
                    "SELECT id FROM document_generation WHERE owner = :owner"
                        + " ORDER BY created_at DESC, id DESC LIMIT 1")
                .bind("owner", owner)
                .mapTo(String.class)
                .findOne());
  }

  private Generation generation(Handle handle, String owner, String id) {
    Row row =
        handle
            .createQuery("SELECT * FROM document_generation WHERE id = :id AND owner = :owner")
            .bind("id", id)
            .bind("owner", owner)
            .map((results, context) -> generation(results))
            .findOne()
            .orElseThrow(() -> Failure.notFound("job", id));
    Job job = jobs.find(row.jobId).orElseThrow(() -> Failure.notFound("job", id));
    Optional<Output> output = Jobs.output(job, KIND);
    Status status =
        job.state() instanceof JobState.Completed
            ? Status.COMPLETED
            : job.state().isFinal() ? Status.FAILED : Status.PROCESSING;
    double progress =
        job.state() instanceof JobState.Running running
            ? running.progress()
            : status == Status.COMPLETED ? 1 : 0;
    return new Generation(
        row.id,
        row.targets,
        status,
        progress,
        output.map(Output::documents).orElse(0),
        output.map(Output::files).orElse(0),
        row.createdAt,
        row.createdAt.plus(usual(handle, owner)),
        job.finishedAt());
  }

  private static Row generation(ResultSet row) throws SQLException {
    return new Row(
        row.getString("id"),
        row.getString("job_id"),
        Json.readList(row.getString("targets"), String.class),
        Instant.ofEpochMilli(row.getLong("created_at")));
  }

  /** The mean time of the last ten that were completed. */
  private Duration usual(Handle handle, String owner) {
    List<Row> last =
        handle
            .createQuery(
                "SELECT * FROM document_generation WHERE owner = :owner"
                    + " ORDER BY created_at DESC, id DESC LIMIT 10")
            .bind("owner", owner)
            .map((results, context) -> generation(results))
            .list();
    long sum = 0;
    int count = 0;
    for (Row row : last) {
      Optional<Job> job = jobs.find(row.jobId);
      if (job.isPresent() && job.get().state() instanceof JobState.Completed) {
        Instant end = job.get().finishedAt().orElse(row.createdAt);
        sum += Math.max(0, Duration.between(row.createdAt, end).toMillis());
        count++;
      }
    }
    return count == 0 ? USUAL : Duration.ofMillis(sum / count);
  }

  private Output generate(DocumentPlan plan, JobContext context) {
    List<Description> all =
        plan.targets().equals(List.of("sources")) ? List.of() : descriptions.get();
    List<Supplier<Draft>> drafts = new ArrayList<>();
    for (String target : plan.targets()) {
      drafts.addAll(Reference.drafts(target, plan, all));
    }
    int done = 0;
    for (Supplier<Draft> draft : drafts) {
      context.throwIfCancelled();
      Draft written = draft.get();
      keep(context.owner(), plan.format(), written);
      done++;
      context.progress((double) done / drafts.size(), written.writer().title());
    }
    return new Output(
        done, all.size() + (plan.targets().contains("sources") ? plan.sources().size() : 0));
  }

  /** A document that is written and not yet kept. */
  record Draft(String type, String target, Writer writer) {}

  private void keep(String owner, DocumentPlan.Format format, Draft draft) {
    Writer writer = draft.writer;
    store.change(
        handle -> {
          Optional<String> known =
              handle
                  .createQuery(
                      "SELECT id FROM document WHERE owner = :owner AND type = :type"
                          + " AND title = :title")
                  .bind("owner", owner)
                  .bind("type", draft.type)
                  .bind("title", writer.title())
                  .mapTo(String.class)
                  .findOne();
          if (known.isEmpty()) {
            requireRoom(handle, owner);
          }
          String id = known.orElseGet(() -> ids.next("doc"));
          remove(handle, id);
          handle
              .createUpdate(
                  "INSERT INTO document (id, owner, type, title, target, format, content, words,"
                      + " updated_at) VALUES (:id, :owner, :type, :title, :target, :format,"
                      + " :content, :words, :now)")
              .bind("id", id)
              .bind("owner", owner)
              .bind("type", draft.type)
              .bind("title", writer.title())
              .bind("target", draft.target)
              .bind("format", format.word())
              .bind("content", writer.text())
              .bind("words", writer.words())
              .bind("now", clock.millis())
              .execute();
          if (store.dialect() == Store.Dialect.SQLITE) {
            handle
                .createUpdate(
                    "INSERT INTO document_index (id, title, words) VALUES (:id, :title, :words)")
                .bind("id", id)
                .bind("title", writer.title())
                .bind("words", writer.words())
                .execute();
          }
        });
  }

  private void remove(Handle handle, String id) {
    handle.createUpdate("DELETE FROM document WHERE id = :id").bind("id", id).execute();
    if (store.dialect() == Store.Dialect.SQLITE) {
      handle.createUpdate("DELETE FROM document_index WHERE id = :id").bind("id", id).execute();
    }
  }

  private static void requireRoom(Handle handle, String owner) {
    long present =
        handle
            .createQuery("SELECT COUNT(*) FROM document WHERE owner = :owner")
            .bind("owner", owner)
            .mapTo(Long.class)
            .one();
    if (present >= MOST) {
      throw Failure.of(
              Failure.Reason.CONFLICT, "document", "At most " + MOST + " documents can be kept")
          .with(Failure.MAX_VALUE, MOST);
    }
  }

  /**
   * A document with its whole text.
   *
   * @throws Failure NOT_FOUND, subject {@code document}
   */
  public Document find(String owner, String id) {
    return store.read(
        handle ->
            handle
                .createQuery("SELECT * FROM document WHERE id = :id AND owner = :owner")
                .bind("id", id)
                .bind("owner", owner)
                .map(
                    (row, context) ->
                        new Document(
                            row.getString("id"),
                            row.getString("type"),
                            row.getString("title"),
                            row.getString("target"),
                            DocumentPlan.Format.parse(row.getString("format")),
                            row.getString("content"),
                            Instant.ofEpochMilli(row.getLong("updated_at"))))
                .findOne()
                .orElseThrow(() -> Failure.notFound("document", id)));
  }

  /**
   * Finds documents that have all the words, the last of them perhaps only begun, whatever their
   * case.
   *
   * @param query 1 to 200 characters with 1 to 12 words
   * @param type only documents whose type begins so, such as {@code api}; all when empty
   * @param limit 1 to 100
   * @throws Failure INVALID, subjects {@code query} and {@code limit}
   */
  public Found search(String owner, String query, String type, int limit) {
    String checked = Failure.requireText("query", "Query", query, 1, LONGEST_QUERY);
    Failure.requireInRange("limit", "Limit", limit, 1, MOST_HITS, "");
    List<String> words =
        NO_WORD
            .splitAsStream(checked.toLowerCase(Locale.ROOT))
            .filter(word -> !word.isEmpty())
            .toList();
    if (words.isEmpty() || words.size() > MOST_WORDS) {
      throw Failure.invalid("query", query, "Query must have between 1 and 12 words");
    }
    boolean sqlite = store.dialect() == Store.Dialect.SQLITE;
    String match = sqlite ? forSqlite(words) : String.join(" & ", words) + ":*";
    String where =
        sqlite
            ? " FROM document_index i JOIN document d ON d.id = i.id"
                + " WHERE document_index MATCH :match"
            : " FROM document d WHERE d.search @@ to_tsquery('simple', :match)";
    String narrowed = where + " AND d.owner = :owner AND substr(d.type, 1, :length) = :type";
    String columns =
        sqlite
            ? "SELECT d.id, d.title, d.type, d.updated_at,"
                + " -bm25(document_index, 0.0, 5.0, 1.0) AS score,"
                + " snippet(document_index, 2, '', '', '…', 32) AS snippet"
            : "SELECT d.id, d.title, d.type, d.updated_at,"
                + " ts_rank_cd(d.search, to_tsquery('simple', :match)) AS score,"
                + " ts_headline('simple', d.words, to_tsquery('simple', :match),"
                + " 'StartSel=\"\", StopSel=\"\", MaxWords=32, MinWords=12') AS snippet";
    return store.read(
        handle -> {
          List<Document.Hit> raw =
              handle
                  .createQuery(columns + narrowed + " ORDER BY score DESC, d.title LIMIT :limit")
                  .bind("match", match)
                  .bind("owner", owner)
                  .bind("type", type)
                  .bind("length", type.length())
                  .bind("limit", limit)
                  .map(
                      (row, context) ->
                          new Document.Hit(
                              row.getString("id"),
                              row.getString("title"),
                              row.getString("type"),
                              row.getString("snippet").replaceAll("\\s+", " ").strip(),
                              row.getDouble("score"),
                              Instant.ofEpochMilli(row.getLong("updated_at"))))
                  .list();
          long total =
              handle
                  .createQuery("SELECT COUNT(*)" + narrowed)
                  .bind("match", match)
                  .bind("owner", owner)
                  .bind("type", type)
                  .bind("length", type.length())
                  .mapTo(Long.class)
                  .one();
          double best = raw.isEmpty() ? 1 : raw.get(0).relevance();
          return new Found(
              raw.stream()
                  .map(
                      hit ->
                          new Document.Hit(
                              hit.id(),
                              hit.title(),
                              hit.type(),
                              hit.snippet(),
                              best > 0 ? hit.relevance() / best : 1,
                              hit.updatedAt()))
                  .toList(),
              total);
        });
  }

  /** Each word in quotes, so that none is taken for an operator. */
  private static String forSqlite(List<String> words) {
    StringBuilder match = new StringBuilder();
    for (String word : words) {
      match.append('"').append(word).append("\" ");
    }
    return match.toString().strip() + "*";
  }
}
