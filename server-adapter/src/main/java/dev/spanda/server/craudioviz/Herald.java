package dev.spanda.server.craudioviz;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.spanda.contract.craudioviz.WebhooksApi;
import dev.spanda.contract.http.WireJson;
import dev.spanda.core.tool.Tools;
import dev.spanda.core.webhook.Webhooks;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Tells webhooks what the tools tell it, in the words of the document. */
final class Herald implements Tools.Listener {

  /** The events that a webhook may ask for. */
  static final String JOB_COMPLETED = "job.completed";

  /** The other one. */
  static final String CREDITS_LOW = "credits.low";

  private final Webhooks webhooks;
  private final Links links;
  private final InstantSource clock;

  Herald(Webhooks webhooks, Links links, InstantSource clock) {
    this.webhooks = webhooks;
    this.links = links;
    this.clock = clock;
  }

  @Override
  public void completed(Tools.Use use) {
    String file = use.result().map(made -> made.files().values().iterator().next()).orElseThrow();
    String id = "evt_" + use.jobId();
    publish(
        use.owner(),
        JOB_COMPLETED,
        id,
        new WebhooksApi.JobCompleted(
            JOB_COMPLETED,
            use.finishedAt().orElseGet(clock::instant).truncatedTo(ChronoUnit.SECONDS),
            new WebhooksApi.JobData(
                use.jobId(), use.projectId().orElse(null), links.to(use.note(), use.owner(), file)),
            id));
  }

  @Override
  public void low(String id, String owner, String note, long balance, long threshold) {
    String event = "evt_low_" + id;
    publish(
        owner,
        CREDITS_LOW,
        event,
        new WebhooksApi.CreditsLow(
            CREDITS_LOW,
            clock.instant().truncatedTo(ChronoUnit.SECONDS),
            new WebhooksApi.LowData(balance, threshold),
            event));
  }

  private void publish(String owner, String event, String id, Object body) {
    try {
      webhooks.publish(owner, event, id, WireJson.mapper().writeValueAsString(body));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
