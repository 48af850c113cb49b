package dev.spanda.contract.wavestack;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The queue of what is to be published. */
@Route.Group("Queue")
public interface QueueApi {

  /**
   * The items, the newest first.
   *
   * @param status {@code queued}, {@code processing}, {@code published} or {@code failed}; all when
   *     absent
   * @param projectId of this project only
   * @param limit 1 to 100; 20 when absent
   * @param offset 0 or more; 0 when absent
   */
  @Route(value = "GET /api/queue", summary = "The items, the newest first.")
  Listing list(
      @Param.Query("status") @Nullable String status,
      @Param.Query("projectId") @Nullable String projectId,
      @Param.Query("limit") @Nullable Integer limit,
      @Param.Query("offset") @Nullable Long offset);

  /** The twenty newest items. */
  default Listing list() {
    return list(null, null, null, null);
  }

  /**
   * Puts an item into the queue. It is published when its time has come: on the platforms for which
   * the organisation has connected an account, while one that it has not connected fails the item.
   * An organisation without any account gets everything into the server's outbox, a folder.
   *
   * <p>A key that the organisation has used before is {@code CONFLICT}; the details name the first
   * item: {@code id}, {@code status}, {@code createdAt}. The project and the asset must be the
   * organisation's ({@code NOT_FOUND}).
   *
   * @param idempotencyKey beyond the document: another place for the key of the item, which need
   *     not be in both and must not differ
   */
  @Route(value = "POST /api/queue", summary = "Puts an item into the queue.")
  Created create(NewItem item, @Param.Header("Idempotency-Key") @Nullable String idempotencyKey);

  /** Puts an item with a key of its own into the queue. */
  default Created create(NewItem item) {
    return create(item, null);
  }

  /** An item. */
  @Route(value = "GET /api/queue/{id}", summary = "An item.")
  Item get(@Param.Path("id") String id);

  /**
   * Takes an item out of the queue, or forgets one that is over; {@code CONFLICT} while it is being
   * published. Its idempotency key is free again.
   */
  @Route(value = "DELETE /api/queue/{id}", summary = "Takes an item out of the queue.")
  Deleted delete(@Param.Path("id") String id);

  /**
   * What to publish.
   *
   * @param projectId the project that it belongs to
   * @param assetId the asset to show
   * @param title 1 to 120 characters
   * @param caption up to 5 000 characters; none when absent
   * @param hashtags up to 60 of 1 to 100 characters without white space, with or without a {@code
   *     #} before them; none when absent
   * @param platforms at least one of {@code youtube}, {@code instagram}, {@code tiktok}, {@code
   *     facebook}, {@code linkedin}, {@code twitter}, and beyond the document {@code local}, which
   *     is the server's outbox
   * @param scheduleAt not before this, at most 3 653 days ahead; now when absent or past
   * @param idempotencyKey 1 to 200 characters, another for each item of the organisation
   */
  record NewItem(
      @JsonProperty("projectId") @Nullable String projectId,
      @JsonProperty("assetId") @Nullable String assetId,
      @JsonProperty("title") @Nullable String title,
      @JsonProperty("caption") @Nullable String caption,
      @JsonProperty("hashtags") @Nullable List<String> hashtags,
      @JsonProperty("platforms") @Nullable List<String> platforms,
      @JsonProperty("scheduleAt") @Nullable Instant scheduleAt,
      @JsonProperty("idempotencyKey") @Nullable String idempotencyKey) {

    /** An item for as soon as possible, without caption and hashtags. */
    public static NewItem of(
        String projectId, String assetId, String title, List<String> platforms) {
      return new NewItem(projectId, assetId, title, null, null, platforms, null, null);
    }

    /** The same with words below the title. */
    public NewItem withCaption(String words, List<String> tags) {
      return new NewItem(
          projectId, assetId, title, words, tags, platforms, scheduleAt, idempotencyKey);
    }

    /** The same for a later time. */
    public NewItem at(Instant time) {
      return new NewItem(
          projectId, assetId, title, caption, hashtags, platforms, time, idempotencyKey);
    }

    /** The same with a key. */
    public NewItem withKey(String key) {
      return new NewItem(projectId, assetId, title, caption, hashtags, platforms, scheduleAt, key);
    }
  }

  /**
   * An item that was put into the queue.
   *
   * @param status {@code queued}
   */
  record Created(
      @JsonProperty("id") String id,
      @JsonProperty("status") String status,
      @JsonProperty("createdAt") Instant createdAt) {}

  /** A page of items. */
  record Listing(
      @JsonProperty("items") List<Item> items,
      @JsonProperty("total") long total,
      @JsonProperty("limit") int limit,
      @JsonProperty("offset") long offset) {

    /** Copies the rows. */
    public Listing {
      items = List.copyOf(items);
    }
  }

  /**
   * An item.
   *
   * @param caption empty when there is none
   * @param scheduleAt absent for one that was to be published at once
   * @param status {@code queued}; {@code processing} while it is being published or waits for
   *     another try; {@code published} when every platform shows it; {@code failed} when one does
   *     not and will not be tried again
   * @param results beyond the document: what came of each platform that was tried; absent before
   *     the first
   * @param finishedAt beyond the document: when it was published or failed
   */
  record Item(
      @JsonProperty("id") String id,
      @JsonProperty("orgId") String orgId,
      @JsonProperty("projectId") String projectId,
      @JsonProperty("assetId") String assetId,
      @JsonProperty("title") String title,
      @JsonProperty("caption") @Nullable String caption,
      @JsonProperty("hashtags") List<String> hashtags,
      @JsonProperty("platforms") List<String> platforms,
      @JsonProperty("scheduleAt") @Nullable Instant scheduleAt,
      @JsonProperty("status") String status,
      @JsonProperty("createdAt") Instant createdAt,
      @JsonProperty("results") @Nullable List<Result> results,
      @JsonProperty("finishedAt") @Nullable Instant finishedAt) {

    /** Whether it is published or failed. */
    @JsonIgnore
    public boolean isOver() {
      return status.equals("published") || status.equals("failed");
    }
  }

  /**
   * What came of one platform.
   *
   * @param published whether the platform shows the item
   * @param via what has shown it: the platform, or {@code outbox}; absent when nothing has
   * @param reference what it is called there
   * @param url where it can be seen, if there is such a place
   * @param message why it is not there
   * @param at when that was found out
   */
  record Result(
      @JsonProperty("platform") String platform,
      @JsonProperty("published") boolean published,
      @JsonProperty("via") @Nullable String via,
      @JsonProperty("reference") @Nullable String reference,
      @JsonProperty("url") @Nullable String url,
      @JsonProperty("message") @Nullable String message,
      @JsonProperty("at") Instant at) {}

  /** An item that is gone. */
  record Deleted(@JsonProperty("deleted") boolean deleted, @JsonProperty("id") String id) {}
}
