package dev.spanda.server.outbound;

import dev.spanda.core.Failure;
import dev.spanda.core.webhook.WebhookSender;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Carries webhooks over HTTP: one try of ten seconds at most, no redirect. Thread-safe. */
public final class HttpWebhookSender implements WebhookSender {

  private static final Fetcher.Limits LIMITS =
      new Fetcher.Limits(0, 64 << 10, Duration.ofSeconds(10));
  private static final int KEPT = 500;

  private final Fetcher fetcher;

  /** A sender that goes out through this fetcher. */
  public HttpWebhookSender(Fetcher fetcher) {
    this.fetcher = fetcher;
  }

  @Override
  public Answer send(Message message) {
    Fetcher.Answer answer;
    try {
      answer =
          fetcher.send(
              new Fetcher.Request(
                  "POST",
                  message.url(),
                  message.headers(),
                  message.body().getBytes(StandardCharsets.UTF_8)),
              LIMITS);
    } catch (Failure failure) {
      if (failure.reason() == Failure.Reason.TOO_LARGE) {
        throw Failure.of(
                Failure.Reason.UNAVAILABLE, "url", "The receiver's answer has no end worth waiting")
            .causedBy(failure);
      }
      throw failure;
    }
    String text = new String(answer.body(), StandardCharsets.UTF_8);
    return new Answer(answer.status(), text.length() <= KEPT ? text : text.substring(0, KEPT));
  }
}
