package dev.spanda.server.outbound.social;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.contract.http.WireJson;
import dev.spanda.core.Failure;
import dev.spanda.media.social.Message;
import dev.spanda.media.social.PlatformEvent;
import dev.spanda.server.outbound.Fetcher;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Listens on a thread of its own, and connects again with growing pauses until it is closed or the
 * platform refuses it.
 */
abstract class Connector implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Connector.class);
  private static final int MOST_DOUBLINGS = 20;

  /** What a connector needs. */
  record Needs(
      String organisation,
      Connectors.Plan plan,
      Fetcher fetcher,
      Connectors.Sink sink,
      InstantSource clock,
      RandomGenerator random,
      Connectors.Pauses pauses) {}

  /** The platform will not have this token or these settings. */
  static final class Refused extends IOException {
    Refused(String message) {
      super(message);
    }
  }

  /** The platform said when to come again. */
  static final class ComeAgain extends IOException {
    private final Duration after;

    ComeAgain(String message, Duration after) {
      super(message);
      this.after = after;
    }
  }

  final Needs needs;
  private final Thread thread;
  private final CountDownLatch closing = new CountDownLatch(1);
  private final AtomicLong messages = new AtomicLong();
  private final AtomicLong events = new AtomicLong();
  private final AtomicLong connections = new AtomicLong();
  private volatile Connectors.State state = Connectors.State.CONNECTING;
  private volatile @Nullable String problem;
  private volatile @Nullable Instant lastHeard;
  private volatile boolean healthy;

  Connector(Needs needs) {
    this.needs = needs;
    this.thread = new Thread(this::run, "spanda-" + needs.plan().kind().word());
    thread.setDaemon(true);
  }

  /**
   * Connects and listens until the connection ends, which may be a normal end.
   *
   * @throws Refused when there is no sense in another try
   * @throws ComeAgain when the platform says how long to wait
   * @throws IOException when the connection breaks
   */
  abstract void listen() throws IOException, InterruptedException;

  final void start() {
    thread.start();
  }

  private void run() {
    int failures = 0;
    while (!isClosing()) {
      healthy = false;
      state = Connectors.State.CONNECTING;
      Duration wait = null;
      try {
        listen();
        problem = "The connection ended";
      } catch (Refused e) {
        problem = e.getMessage();
        state = Connectors.State.REFUSED;
        LOG.warn("{} refuses the connector: {}", needs.plan().kind(), e.getMessage());
        return;
      } catch (ComeAgain e) {
        problem = e.getMessage();
        wait = e.after;
      } catch (InterruptedException e) {
        return;
      } catch (IOException | Failure e) {
        problem = e.getMessage();
      } catch (RuntimeException e) {
        problem = "What came cannot be read";
        LOG.warn("{}: what came cannot be read", needs.plan().kind(), e);
      }
      failures = healthy ? 1 : failures + 1;
      state = Connectors.State.WAITING;
      try {
        pause(wait == null ? growing(failures) : wait);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private Duration growing(int failures) {
    Connectors.Pauses pauses = needs.pauses();
    double most =
        Math.min(
            pauses.longest().toMillis(),
            pauses.first().toMillis() * Math.pow(2, Math.min(MOST_DOUBLINGS, failures - 1)));
    return Duration.ofMillis((long) (most * (0.5 + needs.random().nextDouble() / 2)));
  }

  /** Waits, or ends early when the connector is closed. */
  final void pause(Duration time) throws InterruptedException {
    if (closing.await(time.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new InterruptedException("closed");
    }
  }

  final boolean isClosing() {
    return closing.getCount() == 0;
  }

  /** The connection stands: the next failure is the first again. */
  final void connected() {
    connections.incrementAndGet();
    healthy = true;
    problem = null;
    state = Connectors.State.LISTENING;
  }

  final void heard(List<Message> some) {
    if (!some.isEmpty()) {
      needs.sink().messages(needs.organisation(), some);
      messages.addAndGet(some.size());
      lastHeard = needs.clock().instant();
    }
  }

  final void happened(List<PlatformEvent> some) {
    if (!some.isEmpty()) {
      needs.sink().events(needs.organisation(), some);
      events.addAndGet(some.size());
      lastHeard = needs.clock().instant();
    }
  }

  final Connectors.Status status() {
    return new Connectors.Status(
        state,
        Optional.ofNullable(problem),
        messages.get(),
        events.get(),
        connections.get(),
        Optional.ofNullable(lastHeard));
  }

  /** The text as JSON, or null when it is none: what cannot be read is passed over. */
  static @Nullable JsonNode json(String text) {
    try {
      JsonNode node = WireJson.mapper().readTree(text);
      return node != null && node.isObject() ? node : null;
    } catch (JsonProcessingException e) {
      LOG.debug("What came is no JSON", e);
      return null;
    }
  }

  /** A time in ISO 8601, or now when it is none. */
  final Instant time(String text) {
    try {
      return OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      return needs.clock().instant();
    }
  }

  /** Cuts to a number of characters, and takes away what no database keeps. */
  static String cut(String text, int most) {
    String clean = text.indexOf(0) < 0 ? text : text.replace("\0", "");
    StringBuilder cut = new StringBuilder();
    clean
        .codePoints()
        .filter(c -> c < 0xD800 || c > 0xDFFF)
        .limit(most)
        .forEach(cut::appendCodePoint);
    return cut.toString();
  }

  /** Ends the connection that stands; called on another thread. */
  void hangUp() {}

  @Override
  public final void close() {
    closing.countDown();
    thread.interrupt();
    hangUp();
    if (Thread.currentThread() != thread) {
      boolean interrupted = false;
      try {
        thread.join(TimeUnit.SECONDS.toMillis(5));
      } catch (InterruptedException e) {
        interrupted = true;
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
