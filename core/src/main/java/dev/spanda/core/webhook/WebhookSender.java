package dev.spanda.core.webhook;

import dev.spanda.core.Failure;
import java.net.URI;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Carries a message to a web address. It decides which addresses may be reached, follows no
 * redirect, and gives up after a time of its own, which should be ten seconds or less because a
 * thread waits. Implementations are thread-safe.
 */
@FunctionalInterface
public interface WebhookSender {

  /**
   * A POST request.
   *
   * @param url where to, {@code http} or {@code https}
   * @param headers by name, {@code Content-Type} included; copied in their order
   * @param body JSON, sent as UTF-8 byte for byte, because it is signed
   */
  record Message(URI url, Map<String, String> headers, String body) {
    /** Copies the headers. */
    public Message {
      headers = Collections.unmodifiableMap(new LinkedHashMap<>(headers));
    }
  }

  /**
   * What came back.
   *
   * @param status the HTTP status, 100 to 599
   * @param body the answer's text or its beginning; at most 500 characters are kept
   */
  record Answer(int status, String body) {}

  /**
   * Sends a message and waits for the answer, whatever its status.
   *
   * @throws Failure when no answer came: FORBIDDEN for an address that may not be reached,
   *     UNAVAILABLE when nobody is there, TIMED_OUT; each counts as an attempt
   */
  Answer send(Message message);
}
