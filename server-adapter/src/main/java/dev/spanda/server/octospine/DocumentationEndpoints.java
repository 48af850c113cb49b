package dev.spanda.server.octospine;

import dev.spanda.contract.octospine.DocumentationApi;
import dev.spanda.core.Failure;
import dev.spanda.core.document.DocumentPlan;
import dev.spanda.core.document.Documents;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The chapter Documentation Management, for one account. */
final class DocumentationEndpoints implements DocumentationApi {

  private static final int USUAL_LIMIT = 10;
  private static final List<String> USUAL_TARGETS = List.of("services", "components", "frameworks");

  private final Documents documents;
  private final String account;

  DocumentationEndpoints(Documents documents, String account) {
    this.documents = documents;
    this.account = account;
  }

  @Override
  public Begun generate(Plan plan) {
    if (plan.type() != null && !plan.type().equals(Documents.API_REFERENCE)) {
      throw Failure.notAllowed("type", plan.type(), List.of(Documents.API_REFERENCE));
    }
    Documents.Generation begun =
        documents.begin(
            account,
            new DocumentPlan(
                notNull("targets", Objects.requireNonNullElse(plan.targets(), USUAL_TARGETS)),
                plan.format() == null
                    ? DocumentPlan.Format.MARKDOWN
                    : DocumentPlan.Format.parse(plan.format()),
                !Boolean.FALSE.equals(plan.includeExamples()),
                notNull("sources", Objects.requireNonNullElse(plan.sources(), List.<Source>of()))
                    .stream()
                    .map(source -> new DocumentPlan.Source(source.name(), source.content()))
                    .toList()));
    return new Begun(
        begun.id(),
        word(Documents.Status.PROCESSING),
        begun.expectedAt().truncatedTo(ChronoUnit.SECONDS),
        begun.targets());
  }

  @Override
  public Status status(String jobId) {
    Documents.Generation generation = documents.status(account, jobId);
    return new Status(
        generation.id(),
        word(generation.status()),
        (int) Math.floor(100 * generation.progress()),
        generation.documents(),
        generation.files(),
        generation.endedAt().map(end -> end.truncatedTo(ChronoUnit.SECONDS)).orElse(null));
  }

  @Override
  public SearchAnswer search(String query, @Nullable String type, @Nullable Integer limit) {
    long begun = System.nanoTime();
    Documents.Found found =
        documents.search(
            account,
            query,
            Objects.requireNonNullElse(type, ""),
            limit == null ? USUAL_LIMIT : limit);
    return new SearchAnswer(
        found.hits().stream()
            .map(
                hit ->
                    new Result(
                        hit.id(),
                        hit.title(),
                        hit.type(),
                        hit.snippet(),
                        Math.round(hit.relevance() * 1e4) / 1e4,
                        hit.updatedAt().truncatedTo(ChronoUnit.SECONDS)))
            .toList(),
        found.total(),
        (System.nanoTime() - begun) / 1_000 / 1e6);
  }

  @Override
  public Document get(String documentId) {
    dev.spanda.core.document.Document document = documents.find(account, documentId);
    return new Document(
        document.id(),
        document.title(),
        document.type(),
        document.target(),
        document.format().word(),
        document.content(),
        document.updatedAt().truncatedTo(ChronoUnit.SECONDS));
  }

  private static <T> List<T> notNull(String field, List<T> list) {
    if (list.stream().anyMatch(Objects::isNull)) {
      throw Failure.invalid(field, null, field + " must not hold null");
    }
    return list;
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
