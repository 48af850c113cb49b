package dev.spanda.core.webhook;

import dev.spanda.core.Failure;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * A standing wish to hear of events. The secret is no part of it.
 *
 * @param id begins with {@code wh_}
 * @param owner for whom alone it exists, and of whose events it hears
 * @param url where messages are sent
 * @param events the names of the events; copied
 * @param createdAt in whole milliseconds
 */
public record Webhook(
    String id, String owner, URI url, List<String> events, Status status, Instant createdAt) {

  private static final int LONGEST_URL = 2_000;
  private static final int SHORTEST_SECRET = 8;
  private static final int LONGEST_SECRET = 200;

  /** Where a webhook stands. */
  public enum Status {
    /** It gets messages. */
    ACTIVE,
    /** Its address has answered 410 Gone; it gets no messages any more. */
    DISABLED
  }

  /** Copies the events. */
  public Webhook {
    Objects.requireNonNull(id);
    Objects.requireNonNull(status);
    events = List.copyOf(events);
  }

  /**
   * What a webhook is to be. Its text form does not show the secret.
   *
   * @param url {@code http} or {@code https} with a host, without user name, at most 2000
   *     characters; which addresses may be reached is decided when something is sent
   * @param events at least one; one that is given twice is kept once; copied
   * @param secret 8 to 200 characters
   */
  public record Plan(URI url, List<String> events, String secret) {
    /**
     * Checks every part but the names of the events, which {@link Webhooks} knows.
     *
     * @throws Failure INVALID, subjects {@code url}, {@code events} and {@code secret}
     */
    public Plan {
      checkUrl(url);
      events = events.stream().distinct().toList();
      if (events.isEmpty()) {
        throw Failure.of(Failure.Reason.INVALID, "events", "Events must name at least one event");
      }
      int length = secret.codePointCount(0, secret.length());
      if (length < SHORTEST_SECRET || length > LONGEST_SECRET) {
        // The value itself is not told: it may be a secret that is used elsewhere.
        throw Failure.of(
                Failure.Reason.INVALID,
                "secret",
                "Secret must have between 8 and 200 characters; had " + length)
            .with("length", length);
      }
      Failure.requireText("secret", "Secret", secret, SHORTEST_SECRET, LONGEST_SECRET);
    }

    /**
     * Reads the address from text.
     *
     * @throws Failure INVALID, subjects {@code url}, {@code events} and {@code secret}
     */
    public static Plan parse(String url, List<String> events, String secret) {
      try {
        return new Plan(new URI(url), events, secret);
      } catch (URISyntaxException e) {
        throw Failure.invalid("url", url, "URL must be an absolute http or https address");
      }
    }

    @Override
    public String toString() {
      return "Plan[" + url + ", " + events + "]";
    }
  }

  private static void checkUrl(URI url) {
    String text = url.toString();
    if (text.length() > LONGEST_URL) {
      throw Failure.invalid(
          "url",
          text,
          "URL must have at most " + LONGEST_URL + " characters; had " + text.length());
    }
    String scheme = Objects.requireNonNullElse(url.getScheme(), "").toLowerCase(Locale.ROOT);
    if (!(scheme.equals("http") || scheme.equals("https")) || url.getHost() == null) {
      throw Failure.invalid("url", text, "URL must be an absolute http or https address");
    }
    if (url.getRawUserInfo() != null) {
      throw Failure.of(Failure.Reason.INVALID, "url", "URL must not hold a user name");
    }
    if (url.getPort() == 0 || url.getPort() > 65_535) {
      throw Failure.invalid("url", text, "URL must have a port between 1 and 65535");
    }
  }
}
