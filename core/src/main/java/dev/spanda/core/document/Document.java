package dev.spanda.core.document;

import java.time.Instant;

/**
 * A document that is kept.
 *
 * @param id begins with {@code doc_}
 * @param type {@code api_reference} or {@code source_reference}
 * @param target {@code services}, {@code components}, {@code frameworks} or {@code sources}
 * @param format of the content
 * @param content the whole text
 * @param updatedAt when it was generated last
 */
public record Document(
    String id,
    String type,
    String title,
    String target,
    DocumentPlan.Format format,
    String content,
    Instant updatedAt) {

  /**
   * A document that was found.
   *
   * @param snippet the part of its words where those asked for are, at most some 300 characters
   * @param relevance above 0, 1 for the best of this search: its rank divided by the best rank. The
   *     rank is BM25 with the title counted five times (SQLite's FTS5), or ts_rank_cd with the
   *     title ten times (PostgreSQL)
   */
  public record Hit(
      String id, String title, String type, String snippet, double relevance, Instant updatedAt) {}
}
