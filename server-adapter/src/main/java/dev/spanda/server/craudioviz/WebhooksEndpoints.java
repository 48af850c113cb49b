package dev.spanda.server.craudioviz;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.spanda.contract.craudioviz.WebhooksApi;
import dev.spanda.contract.http.WireJson;
import dev.spanda.core.Page;
import dev.spanda.core.webhook.Webhooks;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The chapter Webhooks. */
final class WebhooksEndpoints implements WebhooksApi {

  private static final int USUAL_LIMIT = 20;

  private final Webhooks webhooks;
  private final InstantSource clock;
  private final Tenant tenant;

  WebhooksEndpoints(Webhooks webhooks, InstantSource clock, Tenant tenant) {
    this.webhooks = webhooks;
    this.clock = clock;
    this.tenant = tenant;
  }

  @Override
  public Webhook create(NewWebhook webhook) {
    return wire(
        webhooks.subscribe(
            tenant.owner(),
            dev.spanda.core.webhook.Webhook.Plan.parse(
                webhook.url(), webhook.events(), webhook.secret())));
  }

  @Override
  public Listing list() {
    return new Listing(
        webhooks.list(tenant.owner()).stream().map(WebhooksEndpoints::wire).toList());
  }

  @Override
  public Deleted delete(String webhookId) {
    return new Deleted(true, webhooks.delete(tenant.owner(), webhookId).id());
  }

  @Override
  public Delivery test(String webhookId) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("event", Webhooks.TEST_EVENT);
    body.put("timestamp", Instant.ofEpochMilli(clock.millis()).truncatedTo(ChronoUnit.SECONDS));
    body.put("data", Map.of("webhook_id", webhookId));
    try {
      return wire(
          webhooks.test(tenant.owner(), webhookId, WireJson.mapper().writeValueAsString(body)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public Deliveries deliveries(String webhookId, @Nullable Integer limit, @Nullable Long offset) {
    Page<dev.spanda.core.webhook.Delivery> page =
        webhooks.deliveries(
            tenant.owner(),
            webhookId,
            limit == null ? USUAL_LIMIT : limit,
            offset == null ? 0 : offset);
    return new Deliveries(
        page.items().stream().map(WebhooksEndpoints::wire).toList(), page.total(), page.hasMore());
  }

  private static Webhook wire(dev.spanda.core.webhook.Webhook webhook) {
    return new Webhook(
        webhook.id(),
        webhook.url().toString(),
        webhook.events(),
        webhook.status().name().toLowerCase(Locale.ROOT),
        webhook.createdAt());
  }

  private static Delivery wire(dev.spanda.core.webhook.Delivery delivery) {
    return new Delivery(
        delivery.id(),
        delivery.eventId(),
        delivery.event(),
        delivery.status().name().toLowerCase(Locale.ROOT),
        delivery.createdAt(),
        delivery.nextAt().orElse(null),
        delivery.attempts().stream()
            .map(
                attempt ->
                    new Attempt(
                        attempt.number(),
                        attempt.at(),
                        attempt.took().toMillis(),
                        attempt.answer().isPresent() ? attempt.answer().getAsInt() : null,
                        attempt.excerpt()))
            .toList());
  }
}
