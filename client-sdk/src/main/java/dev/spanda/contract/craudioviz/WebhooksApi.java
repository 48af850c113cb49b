package dev.spanda.contract.craudioviz;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where this server tells what has happened. Each delivery is a POST of an event's JSON with {@code
 * X-CRAudioViz-Signature}, the hexadecimal HMAC-SHA256 of the raw body under the webhook's secret.
 */
@Route.Group("Webhooks")
public interface WebhooksApi {

  /** The header with the signature of a delivery. */
  String SIGNATURE_HEADER = "X-CRAudioViz-Signature";

  /** Begins deliveries to an address. */
  @Route(value = "POST /webhooks", summary = "Begins deliveries to an address.")
  Webhook create(NewWebhook webhook);

  /** The webhooks, oldest first; beyond the document. */
  @Route(value = "GET /webhooks", summary = "The webhooks, oldest first.")
  Listing list();

  /** Ends deliveries; beyond the document. */
  @Route(value = "DELETE /webhooks/{webhook_id}", summary = "Ends deliveries.")
  Deleted delete(@Param.Path("webhook_id") String webhookId);

  /** Delivers an event {@code webhook.test} now, once; beyond the document. */
  @Route(
      value = "POST /webhooks/{webhook_id}/test",
      summary = "Delivers an event webhook.test now, once, and tells what came back.")
  Delivery test(@Param.Path("webhook_id") String webhookId);

  /**
   * What was delivered of late, newest first; beyond the document.
   *
   * @param limit 1 to 100; 20 when absent
   * @param offset 0 or more; 0 when absent
   */
  @Route(
      value = "GET /webhooks/{webhook_id}/deliveries",
      summary = "What was delivered of late, newest first.")
  Deliveries deliveries(
      @Param.Path("webhook_id") String webhookId,
      @Param.Query("limit") @Nullable Integer limit,
      @Param.Query("offset") @Nullable Long offset);

  /**
   * A webhook to be made.
   *
   * @param url http or https, on the open network
   * @param events {@code job.completed} and {@code credits.low}, one or both
   * @param secret 8 to 200 characters, never shown again
   */
  record NewWebhook(
      @JsonProperty(value = "url", required = true) String url,
      @JsonProperty(value = "events", required = true) List<String> events,
      @JsonProperty(value = "secret", required = true) String secret) {

    /** Everything but the secret. */
    @Override
    public String toString() {
      return "NewWebhook[" + url + ", " + events + "]";
    }
  }

  /**
   * A webhook; the document shows no answer here.
   *
   * @param status {@code active}, or {@code disabled} when its address has answered 410
   */
  record Webhook(
      @JsonProperty("id") String id,
      @JsonProperty("url") String url,
      @JsonProperty("events") List<String> events,
      @JsonProperty("status") String status,
      @JsonProperty("created_at") Instant createdAt) {

    /** Copies the words. */
    public Webhook {
      events = List.copyOf(events);
    }
  }

  /** The webhooks of an account. */
  record Listing(@JsonProperty("webhooks") List<Webhook> webhooks) {

    /** Copies the rows. */
    public Listing {
      webhooks = List.copyOf(webhooks);
    }
  }

  /** A webhook that is gone. */
  record Deleted(@JsonProperty("deleted") boolean deleted, @JsonProperty("id") String id) {}

  /** A page of deliveries. */
  record Deliveries(
      @JsonProperty("deliveries") List<Delivery> deliveries,
      @JsonProperty("total") long total,
      @JsonProperty("has_more") boolean hasMore) {

    /** Copies the rows. */
    public Deliveries {
      deliveries = List.copyOf(deliveries);
    }
  }

  /**
   * An event on its way to a webhook.
   *
   * @param eventId the same at every repetition of one event
   * @param status {@code pending}, {@code delivered} or {@code failed}
   * @param nextAttemptAt when it is tried next; absent when it is over
   * @param attempts every try so far, oldest first
   */
  record Delivery(
      @JsonProperty("id") String id,
      @JsonProperty("event_id") String eventId,
      @JsonProperty("event") String event,
      @JsonProperty("status") String status,
      @JsonProperty("created_at") Instant createdAt,
      @JsonProperty("next_attempt_at") @Nullable Instant nextAttemptAt,
      @JsonProperty("attempts") List<Attempt> attempts) {

    /** Copies the rows. */
    public Delivery {
      attempts = List.copyOf(attempts);
    }
  }

  /**
   * One try.
   *
   * @param responseStatus what the address answered; absent when no answer came
   * @param excerpt how the answer begins, or why there was none
   */
  record Attempt(
      @JsonProperty("number") int number,
      @JsonProperty("at") Instant at,
      @JsonProperty("duration_ms") long durationMs,
      @JsonProperty("response_status") @Nullable Integer responseStatus,
      @JsonProperty("excerpt") String excerpt) {}

  /**
   * A job was completed.
   *
   * @param event {@code job.completed}
   * @param id the same at every repetition of one event; beyond the document
   */
  record JobCompleted(
      @JsonProperty("event") String event,
      @JsonProperty("timestamp") Instant timestamp,
      @JsonProperty("data") JobData data,
      @JsonProperty("id") @Nullable String id) {}

  /**
   * Which job.
   *
   * @param projectId absent for a job without a project
   * @param resultUrl opens the result for a while
   */
  record JobData(
      @JsonProperty("job_id") String jobId,
      @JsonProperty("project_id") @Nullable String projectId,
      @JsonProperty("result_url") String resultUrl) {}

  /**
   * The balance has gone below the threshold; told when it crosses, not at every use after.
   *
   * @param event {@code credits.low}
   * @param id the same at every repetition of one event; beyond the document
   */
  record CreditsLow(
      @JsonProperty("event") String event,
      @JsonProperty("timestamp") Instant timestamp,
      @JsonProperty("data") LowData data,
      @JsonProperty("id") @Nullable String id) {}

  /** How low. */
  record LowData(
      @JsonProperty("current_balance") long currentBalance,
      @JsonProperty("threshold") long threshold) {}
}
