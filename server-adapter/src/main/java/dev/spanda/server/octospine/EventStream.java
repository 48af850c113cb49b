package dev.spanda.server.octospine;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.spanda.contract.http.WireJson;
import dev.spanda.contract.octospine.OctospineSocket;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * The events of one kind of one account, as plain maps of what stands under {@code data}. While a
 * subscriber asks for none the newest {@value #KEPT} wait for it.
 */
final class EventStream implements Publisher<Object> {

  static final int KEPT = 100;

  private final EventSocket events;
  private final String account;
  private final Class<? extends OctospineSocket.FromServer> kind;
  private final Map<String, String> wanted;
  private final OctospineSocket.@Nullable FromServer first;

  /**
   * A stream.
   *
   * @param wanted values that an event's field, or its context's, must have
   * @param first what is told at once, or null
   */
  EventStream(
      EventSocket events,
      String account,
      Class<? extends OctospineSocket.FromServer> kind,
      Map<String, String> wanted,
      OctospineSocket.@Nullable FromServer first) {
    this.events = events;
    this.account = account;
    this.kind = kind;
    this.wanted = wanted;
    this.first = first;
  }

  @Override
  public void subscribe(Subscriber<? super Object> subscriber) {
    Flow flow = new Flow(subscriber);
    subscriber.onSubscribe(flow);
    if (first != null) {
      flow.accept(first);
    }
    flow.begin();
  }

  private final class Flow implements Subscription {
    private final ObjectMapper mapper = WireJson.mapper();
    private final Subscriber<? super Object> subscriber;
    private final AtomicBoolean ended = new AtomicBoolean();
    private final ArrayDeque<Object> waiting = new ArrayDeque<>();
    private long asked;
    private boolean sending;
    private @Nullable Runnable stop;

    Flow(Subscriber<? super Object> subscriber) {
      this.subscriber = subscriber;
    }

    void begin() {
      Runnable listening = events.listen(account, this::accept);
      boolean late;
      synchronized (this) {
        stop = listening;
        late = ended.get();
      }
      if (late) {
        listening.run();
      }
    }

    void accept(OctospineSocket.FromServer event) {
      if (!kind.isInstance(event)) {
        return;
      }
      Map<String, Object> message = new LinkedHashMap<>();
      ((Map<?, ?>) mapper.convertValue(event, Map.class))
          .forEach((name, value) -> message.put(name.toString(), value));
      Object data = Objects.requireNonNull(message.get("data"));
      if (!(data instanceof Map<?, ?> fields) || !fits(fields)) {
        return;
      }
      synchronized (this) {
        if (ended.get()) {
          return;
        }
        if (waiting.size() == KEPT) {
          waiting.removeFirst();
        }
        waiting.addLast(data);
      }
      send();
    }

    private boolean fits(Map<?, ?> fields) {
      Map<?, ?> context = fields.get("context") instanceof Map<?, ?> inner ? inner : Map.of();
      return wanted.entrySet().stream()
          .allMatch(
              each ->
                  each.getValue().equals(fields.get(each.getKey()))
                      || each.getValue().equals(context.get(each.getKey())));
    }

    /** Hands over what was asked for, one thread at a time and never within itself. */
    private void send() {
      while (true) {
        Object next;
        synchronized (this) {
          if (sending || ended.get() || asked == 0 || waiting.isEmpty()) {
            return;
          }
          sending = true;
          asked--;
          next = waiting.removeFirst();
        }
        try {
          subscriber.onNext(next);
        } finally {
          synchronized (this) {
            sending = false;
          }
        }
      }
    }

    @Override
    public void request(long more) {
      synchronized (this) {
        asked = Math.min(Long.MAX_VALUE - more, asked) + Math.max(0, more);
      }
      send();
    }

    @Override
    public void cancel() {
      if (ended.compareAndSet(false, true)) {
        Runnable listening;
        synchronized (this) {
          waiting.clear();
          listening = stop;
        }
        if (listening != null) {
          listening.run();
        }
      }
    }
  }
}
