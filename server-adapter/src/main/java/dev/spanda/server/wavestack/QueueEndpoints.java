package dev.spanda.server.wavestack;

import dev.spanda.contract.wavestack.QueueApi;
import dev.spanda.core.Failure;
import dev.spanda.core.Page;
import dev.spanda.media.queue.Queue;
import dev.spanda.media.queue.QueueItem;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The chapter Queue Management. */
final class QueueEndpoints implements QueueApi {

  private final Queue queue;
  private final Organisation organisation;

  QueueEndpoints(Queue queue, Organisation organisation) {
    this.queue = queue;
    this.organisation = organisation;
  }

  @Override
  public Listing list(
      @Nullable String status,
      @Nullable String projectId,
      @Nullable Integer limit,
      @Nullable Long offset) {
    Queue.Query usual = Queue.Query.DEFAULT;
    Page<QueueItem> page =
        queue.list(
            organisation.owner(),
            new Queue.Query(
                Optional.ofNullable(status).map(QueueItem.Status::parse),
                Optional.ofNullable(projectId),
                limit == null ? usual.limit() : limit,
                offset == null ? usual.offset() : offset));
    return new Listing(
        page.items().stream().map(this::wire).toList(), page.total(), page.limit(), page.offset());
  }

  @Override
  public Created create(NewItem item, @Nullable String idempotencyKey) {
    QueueItem made = queue.create(organisation.owner(), draft(item, idempotencyKey));
    return new Created(made.id(), made.status().word(), made.createdAt());
  }

  private static QueueItem.Draft draft(NewItem item, @Nullable String header) {
    // What is absent is told in the order of the document.
    String project = orEmpty(item.projectId());
    String asset = orEmpty(item.assetId());
    String title = orEmpty(item.title());
    List<String> platforms = item.platforms() == null ? List.of() : item.platforms();
    if (item.platforms() == null && !title.isBlank()) {
      throw Failure.of(Failure.Reason.INVALID, "platforms", "Platforms is required")
          .with("constraint", "required")
          .with(Failure.ALLOWED_VALUES, QueueItem.Platform.words());
    }
    return new QueueItem.Draft(
        project,
        asset,
        title,
        orEmpty(item.caption()),
        item.hashtags() == null ? List.of() : requireWhole("hashtags", item.hashtags()),
        requireWhole("platforms", platforms).stream().map(QueueItem.Platform::parse).toList(),
        Optional.ofNullable(item.scheduleAt()),
        key(item.idempotencyKey(), header));
  }

  private static String key(@Nullable String inBody, @Nullable String inHeader) {
    if (inBody != null && inHeader != null && !inBody.equals(inHeader)) {
      throw Failure.invalid(
          "Idempotency-Key",
          inHeader,
          "The header Idempotency-Key must be the item's idempotencyKey, or absent");
    }
    return inBody != null ? inBody : orEmpty(inHeader);
  }

  private static List<String> requireWhole(String field, List<String> texts) {
    for (int i = 0; i < texts.size(); i++) {
      if (texts.get(i) == null) {
        throw Failure.invalid(field, null, field + "[" + i + "] must be a text");
      }
    }
    return texts;
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  @Override
  public Item get(String id) {
    return wire(queue.find(organisation.owner(), id));
  }

  @Override
  public Deleted delete(String id) {
    return new Deleted(true, queue.delete(organisation.owner(), id).id());
  }

  private Item wire(QueueItem item) {
    QueueItem.Draft draft = item.draft();
    return new Item(
        item.id(),
        organisation.id(),
        draft.projectId(),
        draft.assetId(),
        draft.title(),
        draft.caption(),
        draft.hashtags(),
        draft.platforms().stream().map(QueueItem.Platform::word).toList(),
        draft.scheduleAt().orElse(null),
        item.status().word(),
        item.createdAt(),
        item.results().isEmpty()
            ? null
            : item.results().stream().map(QueueEndpoints::wire).toList(),
        item.finishedAt().orElse(null));
  }

  private static Result wire(QueueItem.Result result) {
    return new Result(
        result.platform().word(),
        result.published(),
        orNull(result.via()),
        orNull(result.reference()),
        result.url().orElse(null),
        orNull(result.message()),
        result.at());
  }

  private static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }
}
