package dev.spanda.contract.octospine;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The chapter Documentation Management, and reading a document, which it leaves out. */
@Route.Group("Documentation")
public interface DocumentationApi {

  /** Begins to generate documents. */
  @Route(value = "POST /api/documentation/generate", summary = "Begins to generate documents.")
  Begun generate(Plan plan);

  /** How far a generation is. */
  @Route(value = "GET /api/documentation/status/{job_id}", summary = "How far a generation is.")
  Status status(@Param.Path("job_id") String jobId);

  /**
   * The account's documents that have all the words of the query, the last of which may be only
   * begun.
   *
   * @param query 1 to 200 characters with 1 to 12 words
   * @param type only documents whose type begins so, such as {@code api}
   * @param limit 1 to 100; 10 when absent
   */
  @Route(
      value = "GET /api/documentation/search",
      summary = "The account's documents that have all the words of a query.")
  SearchAnswer search(
      @Param.Query("query") String query,
      @Param.Query("type") @Nullable String type,
      @Param.Query("limit") @Nullable Integer limit);

  /** A document with its text. */
  @Route(value = "GET /api/documentation/{document_id}", summary = "A document with its text.")
  Document get(@Param.Path("document_id") String documentId);

  /**
   * What to generate.
   *
   * @param type {@code api_reference}; the default
   * @param targets {@code services}: a document for each chapter of each API of this build, with
   *     its operations; {@code components}: one for each API with the records that travel; {@code
   *     frameworks}: one for each API as a whole; {@code sources}: one for each Java source given.
   *     The first three when absent
   * @param format {@code markdown} or {@code html}; markdown when absent
   * @param includeExamples whether examples stand in them; true when absent
   * @param sources Java sources; beyond the document
   */
  record Plan(
      @JsonProperty("type") @Nullable String type,
      @JsonProperty("targets") @Nullable List<String> targets,
      @JsonProperty("format") @Nullable String format,
      @JsonProperty("include_examples") @Nullable Boolean includeExamples,
      @JsonProperty("sources") @Nullable List<Source> sources) {}

  /**
   * A Java source.
   *
   * @param name such as {@code Ledger.java}
   * @param content the whole file
   */
  record Source(
      @JsonProperty(value = "name", required = true) String name,
      @JsonProperty(value = "content", required = true) String content) {}

  /**
   * What has begun.
   *
   * @param jobId begins with {@code doc_gen_}
   * @param status {@code processing}
   * @param estimatedCompletion its beginning plus the mean time of the account's last ten, or two
   *     seconds
   */
  record Begun(
      @JsonProperty("job_id") String jobId,
      @JsonProperty("status") String status,
      @JsonProperty("estimated_completion") Instant estimatedCompletion,
      @JsonProperty("targets") List<String> targets) {}

  /**
   * How far it is.
   *
   * @param status {@code processing}, {@code completed} or {@code failed}
   * @param progress percent of the documents that are written, 0 to 100
   * @param documentsGenerated how many documents it has written, 0 until it is completed
   * @param filesProcessed how many descriptions of APIs and Java sources it has read, 0 until then
   * @param completionTime when it was over
   */
  record Status(
      @JsonProperty("job_id") String jobId,
      @JsonProperty("status") String status,
      @JsonProperty("progress") int progress,
      @JsonProperty("documents_generated") int documentsGenerated,
      @JsonProperty("files_processed") int filesProcessed,
      @JsonProperty("completion_time") @Nullable Instant completionTime) {}

  /**
   * A document that was found.
   *
   * @param type {@code api_reference} or {@code source_reference}
   * @param contentSnippet where the words stand
   * @param relevanceScore its rank divided by that of the best one found, so that this has 1. The
   *     rank is BM25 with the title counted five times, or PostgreSQL's ts_rank_cd with the title
   *     ten times
   */
  record Result(
      @JsonProperty("id") String id,
      @JsonProperty("title") String title,
      @JsonProperty("type") String type,
      @JsonProperty("content_snippet") String contentSnippet,
      @JsonProperty("relevance_score") double relevanceScore,
      @JsonProperty("last_updated") Instant lastUpdated) {}

  /**
   * What was found.
   *
   * @param totalResults how many documents have all the words
   * @param searchTime seconds that the search took
   */
  record SearchAnswer(
      @JsonProperty("results") List<Result> results,
      @JsonProperty("total_results") long totalResults,
      @JsonProperty("search_time") double searchTime) {}

  /**
   * A document.
   *
   * @param target what it is about, as in {@link Plan}
   * @param format {@code markdown} or {@code html}
   */
  record Document(
      @JsonProperty("id") String id,
      @JsonProperty("title") String title,
      @JsonProperty("type") String type,
      @JsonProperty("target") String target,
      @JsonProperty("format") String format,
      @JsonProperty("content") String content,
      @JsonProperty("last_updated") Instant lastUpdated) {}
}
