package dev.spanda.server.socket;

import com.fasterxml.jackson.databind.ObjectReader;
import dev.spanda.core.Failure;
import dev.spanda.server.gate.Caller;
import dev.spanda.server.wire.Json;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session with a queue of its own: one text is with the network, the others wait here. */
final class QueuedSession implements SocketSession, Hub.Connection {

  private static final Logger LOG = LoggerFactory.getLogger(QueuedSession.class);

  /** How long a client may take for one text or for the answer to a close frame. */
  private static final long LONGEST_WRITE_MILLIS = 30_000;

  /** A buffer that grew beyond this many characters for one message is let go after it. */
  private static final int LARGEST_KEPT_BUFFER = 2 << 20;

  private static final class Waiting {
    final @Nullable String kind;
    byte[] text;

    Waiting(@Nullable String kind, byte[] text) {
      this.kind = kind;
      this.text = text;
    }
  }

  private final String id;
  private final Caller caller;
  private final Map<String, List<String>> query;
  private final Hub.Wire wire;
  private final Hub hub;
  private final SocketEndpoint<?> endpoint;
  private final ObjectReader reader;

  // Guarded by the queue.
  private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
  private boolean writing;
  private long writingSince;
  private boolean closing;
  private int closeCode;
  private String closeReason = "";

  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile long lastHeard;
  private volatile long lastPing;

  // Only the network's calls touch these, one after another.
  private StringBuilder incoming = new StringBuilder();
  private long incomingLength;
  private double allowance;
  private long allowanceAt;

  QueuedSession(
      String id,
      Caller caller,
      Map<String, List<String>> query,
      Hub.Wire wire,
      Hub hub,
      SocketEndpoint<?> endpoint,
      ObjectReader reader) {
    this.id = id;
    this.caller = caller;
    this.query = query;
    this.wire = wire;
    this.hub = hub;
    this.endpoint = endpoint;
    this.reader = reader;
    long now = hub.nowMillis();
    lastHeard = now;
    lastPing = now;
    allowanceAt = now;
    allowance = hub.limits().burst();
  }

  void opened() {
    guarded(() -> endpoint.onOpen(this));
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Caller caller() {
    return caller;
  }

  @Override
  public Map<String, List<String>> query() {
    return query;
  }

  @Override
  public boolean isOpen() {
    synchronized (queue) {
      return !closing && !ended.get();
    }
  }

  @Override
  public void send(Object message) {
    enqueue(null, Hub.write(message));
  }

  @Override
  public void sendLatest(String kind, Object message) {
    enqueue(kind, Hub.write(message));
  }

  void enqueue(@Nullable String kind, byte[] text) {
    synchronized (queue) {
      if (closing || ended.get()) {
        return;
      }
      if (kind != null) {
        for (Waiting waiting : queue) {
          if (kind.equals(waiting.kind)) {
            waiting.text = text;
            hub.replaced.increment();
            return;
          }
        }
      }
      if (queue.size() >= hub.limits().waitingMessages()) {
        hub.slow.increment();
        queue.clear();
        beginClose(1008, "Too many messages wait for this client");
        return;
      }
      queue.add(new Waiting(kind, text));
    }
    next();
  }

  /** Hands the next text to the network unless it still has one. */
  private void next() {
    byte[] text;
    synchronized (queue) {
      if (writing) {
        return;
      }
      Waiting waiting = queue.poll();
      if (waiting == null) {
        if (closing) {
          // Sent once: from here on nothing is queued any more.
          writing = true;
          writingSince = hub.nowMillis();
          wire.close(closeCode, closeReason);
        }
        return;
      }
      writing = true;
      writingSince = hub.nowMillis();
      text = waiting.text;
    }
    wire.sendText(text, this::written, wire::disconnect);
  }

  private void written() {
    hub.sent.increment();
    synchronized (queue) {
      writing = false;
    }
    next();
  }

  @Override
  public void close(int code, String reason) {
    synchronized (queue) {
      beginClose(code, reason);
    }
    next();
  }

  private void beginClose(int code, String reason) {
    if (!closing) {
      closing = true;
      closeCode = code;
      closeReason = reason;
      // A client that does not read gets no close frame; the sweep ends its connection.
      writingSince = hub.nowMillis();
    }
  }

  void sweep(Duration pingEvery, Duration deadAfter) {
    long now = hub.nowMillis();
    boolean stuck;
    synchronized (queue) {
      stuck = (writing || closing) && now - writingSince > LONGEST_WRITE_MILLIS;
    }
    if (stuck || now - lastHeard > deadAfter.toMillis()) {
      wire.disconnect();
      closed(1006, "");
    } else if (now - Math.max(lastHeard, lastPing) >= pingEvery.toMillis()) {
      lastPing = now;
      wire.ping();
    }
  }

  @Override
  public void alive() {
    lastHeard = hub.nowMillis();
  }

  @Override
  public void text(String part, boolean last) {
    alive();
    incomingLength += part.length();
    int most = hub.limits().messageBytes();
    if (incomingLength <= most) {
      incoming.append(part);
    } else if (incomingLength > (long) most * SocketLimits.HARD_FACTOR) {
      close(1009, "The message is too large");
      return;
    }
    if (!last) {
      return;
    }
    String text = incoming.toString();
    long length = incomingLength;
    incoming.setLength(0);
    if (incoming.capacity() > LARGEST_KEPT_BUFFER) {
      incoming = new StringBuilder();
    }
    incomingLength = 0;
    hub.received.increment();
    if (!allowed()) {
      refuse(
          Failure.of(
                  Failure.Reason.RATE_LIMITED,
                  "message",
                  "At most " + hub.limits().told() + " are read; this one was not")
              .with(Failure.MAX_VALUE, hub.limits().toldNumber()));
    } else if (length > most) {
      refuse(
          Failure.of(
                  Failure.Reason.TOO_LARGE,
                  "message",
                  "A message has at most " + most + " characters; this one had " + length)
              .with(Failure.PROVIDED_VALUE, length)
              .with(Failure.MAX_VALUE, most));
    } else {
      receive(endpoint, text);
    }
  }

  @Override
  public void binary(boolean last) {
    alive();
    if (last) {
      hub.received.increment();
      if (allowed()) {
        refuse(
            Failure.of(
                Failure.Reason.UNSUPPORTED, "message", "A message is text; this one was binary"));
      }
    }
  }

  private boolean allowed() {
    SocketLimits limits = hub.limits();
    long now = hub.nowMillis();
    allowance = Math.min(limits.burst(), allowance + (now - allowanceAt) * limits.perMilli());
    allowanceAt = now;
    if (allowance < 1) {
      return false;
    }
    allowance--;
    return true;
  }

  private <M> void receive(SocketEndpoint<M> receiver, String text) {
    M message;
    try {
      message = receiver.messages().cast(Json.read(reader, text, "message"));
    } catch (Failure failure) {
      refuse(failure);
      return;
    }
    guarded(() -> receiver.onMessage(this, message));
  }

  private void guarded(Runnable work) {
    try {
      work.run();
    } catch (Failure failure) {
      refuse(failure);
    } catch (RuntimeException e) {
      LOG.error("{} {}: a message failed", caller.requestId(), id, e);
      refuse(Failure.of(Failure.Reason.FAILED, "server", "The server could not obey this message"));
    }
  }

  private void refuse(Failure failure) {
    Object message = endpoint.problem(this, failure);
    if (message != null) {
      send(message);
    }
  }

  @Override
  public void closed(int code, String reason) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    synchronized (queue) {
      closing = true;
      queue.clear();
    }
    hub.forget(this);
    try {
      endpoint.onClose(this, code, reason);
    } catch (RuntimeException e) {
      LOG.error("{} {}: closing failed", caller.requestId(), id, e);
    }
  }
}
