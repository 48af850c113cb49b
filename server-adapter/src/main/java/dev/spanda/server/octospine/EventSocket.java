package dev.spanda.server.octospine;

import dev.spanda.contract.octospine.OctospineSocket;
import dev.spanda.contract.octospine.OctospineSocket.FromClient;
import dev.spanda.core.Failure;
import dev.spanda.core.metric.Alerts;
import dev.spanda.server.socket.Hub;
import dev.spanda.server.socket.SocketEndpoint;
import dev.spanda.server.socket.SocketLimits;
import dev.spanda.server.socket.SocketSession;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The chapter WebSocket API, and the source of GraphQL's subscriptions. An event of an account goes
 * to that account's sessions, when one of their subscriptions has a filter that it fits or none.
 *
 * <p>A client that does not keep up gets the newest: of the machine's state and of each task's
 * progress only the last message waits, of log entries the last {@value #LINES_KEPT}. One that lets
 * {@value #WAITING} messages of different tasks and alerts wait is closed with 1008.
 */
final class EventSocket implements SocketEndpoint<FromClient> {

  static final int LINES_KEPT = 100;
  static final int WAITING = 2_048;
  static final int MESSAGES_A_MINUTE = 1_000;

  private static final int MOST_SUBSCRIPTIONS = 100;
  private static final int LONGEST_FILTER = 200;
  private static final int LARGEST_MESSAGE = 16 << 10;

  /** The events and the fields that may be filtered by. */
  private static final Map<String, List<String>> EVENTS = events();

  private record Subscription(String event, Map<String, String> filters) {}

  /** Somebody in this process who hears the events of an account. */
  private record Listening(String account, Consumer<OctospineSocket.FromServer> listener) {}

  private final Map<String, List<Subscription>> subscriptions = new ConcurrentHashMap<>();
  private final List<Listening> listening = new CopyOnWriteArrayList<>();
  private final AtomicLong lines = new AtomicLong();
  private final BiPredicate<Alerts.Alert, String> concerns;
  private final Supplier<OctospineSocket.SystemStatus> state;
  private final Hub hub;

  /**
   * A socket.
   *
   * @param limitFactor multiplies the documented limit of messages
   * @param concerns whether an alert is a matter of an account
   * @param state the machine's state now
   */
  EventSocket(
      InstantSource clock,
      int limitFactor,
      BiPredicate<Alerts.Alert, String> concerns,
      Supplier<OctospineSocket.SystemStatus> state) {
    this.concerns = concerns;
    this.state = state;
    int messages = (int) Math.min(Integer.MAX_VALUE, (long) MESSAGES_A_MINUTE * limitFactor);
    hub =
        new Hub(
            this,
            SocketLimits.DEFAULT
                .withIncoming(LARGEST_MESSAGE, 1)
                .withWaiting(WAITING)
                .withMessagesPerMinute(messages),
            clock);
    hub.prepare(OctospineSocket.FromServer.class);
  }

  Hub hub() {
    return hub;
  }

  @Override
  public Class<FromClient> messages() {
    return FromClient.class;
  }

  @Override
  public void onMessage(SocketSession session, FromClient message) {
    if (message instanceof OctospineSocket.Subscribe subscribe) {
      subscribe(session, subscribe);
    } else if (message instanceof OctospineSocket.Unsubscribe unsubscribe) {
      unsubscribe(session, unsubscribe);
    } else {
      session.send(new OctospineSocket.Pong());
    }
  }

  @Override
  public void onClose(SocketSession session, int code, String reason) {
    subscriptions.remove(session.id());
  }

  @Override
  public Object problem(SocketSession session, Failure failure) {
    return new OctospineSocket.Problem(OctospineDialect.detail(failure));
  }

  private void subscribe(SocketSession session, OctospineSocket.Subscribe message) {
    List<Subscription> asked = read(message.events(), message.filters());
    List<Subscription> known = new ArrayList<>(subscriptions.getOrDefault(session.id(), List.of()));
    for (Subscription each : asked) {
      if (!known.contains(each)) {
        known.add(each);
      }
    }
    if (known.size() > MOST_SUBSCRIPTIONS) {
      throw Failure.of(
              Failure.Reason.TOO_LARGE,
              "events",
              "A socket may have at most " + MOST_SUBSCRIPTIONS + " subscriptions")
          .with(Failure.MAX_VALUE, MOST_SUBSCRIPTIONS);
    }
    subscriptions.put(session.id(), List.copyOf(known));
    tell(session, known);
    if (message.events().contains(OctospineSocket.SYSTEM_STATUS)) {
      session.sendLatest(OctospineSocket.SYSTEM_STATUS, state.get());
    }
  }

  private void unsubscribe(SocketSession session, OctospineSocket.Unsubscribe message) {
    List<Subscription> asked = read(message.events(), message.filters());
    List<Subscription> known = new ArrayList<>(subscriptions.getOrDefault(session.id(), List.of()));
    if (message.filters() == null) {
      known.removeIf(each -> message.events().contains(each.event()));
    } else {
      known.removeAll(asked);
    }
    subscriptions.put(session.id(), List.copyOf(known));
    tell(session, known);
  }

  private static void tell(SocketSession session, List<Subscription> known) {
    TreeSet<String> events = new TreeSet<>();
    known.forEach(each -> events.add(each.event()));
    session.send(
        new OctospineSocket.Subscribed(new OctospineSocket.Subscribed.Events(List.copyOf(events))));
  }

  private static List<Subscription> read(
      List<String> events, @Nullable Map<String, String> filters) {
    if (events.isEmpty() || events.size() > EVENTS.size()) {
      throw Failure.invalid(
              "events",
              events.size(),
              "events must hold between 1 and " + EVENTS.size() + " names; had " + events.size())
          .with(Failure.ALLOWED_VALUES, new ArrayList<>(EVENTS.keySet()));
    }
    List<Subscription> read = new ArrayList<>();
    for (String event : events) {
      List<String> fields = EVENTS.get(event);
      if (fields == null) {
        throw Failure.notAllowed("events", event, new ArrayList<>(EVENTS.keySet()));
      }
      Map<String, String> wanted = filters == null ? Map.of() : filters;
      wanted.forEach(
          (field, value) -> {
            if (!fields.contains(field)) {
              throw Failure.notAllowed("filters", field, fields);
            }
            if (value == null) {
              throw Failure.invalid("filters", null, "The filter " + field + " must be text");
            }
            Failure.requireText("filters", "The filter " + field, value, 1, LONGEST_FILTER);
          });
      read.add(new Subscription(event, Map.copyOf(wanted)));
    }
    return read;
  }

  /** Tells everybody who asked how the machine is. */
  void tellStatus() {
    if (isHeard(OctospineSocket.SYSTEM_STATUS)) {
      send(null, OctospineSocket.SYSTEM_STATUS, "", state.get(), Map.of());
    }
  }

  /** Tells an account that a task of its own has gone on. */
  void tell(String account, OctospineSocket.TaskProgress progress) {
    OctospineSocket.TaskProgress.Step step = progress.data();
    send(
        account,
        OctospineSocket.TASK_PROGRESS,
        ":" + step.taskId(),
        progress,
        Map.of("task_id", step.taskId(), "status", step.status()));
  }

  /** Tells an account what the server has to say about a task of its own. */
  void tell(String account, OctospineSocket.LogEntry entry) {
    Map<String, String> fields = new LinkedHashMap<>(entry.data().context());
    fields.put("level", entry.data().level());
    send(
        account,
        OctospineSocket.LOG_ENTRY,
        ":" + lines.incrementAndGet() % LINES_KEPT,
        entry,
        fields);
  }

  /** Tells of an alert whom it concerns. */
  void tell(Alerts.Alert alert) {
    OctospineSocket.AlertNew message =
        new OctospineSocket.AlertNew(
            new OctospineSocket.AlertNew.Alert(
                alert.id(),
                alert.severity().word(),
                alert.message(),
                alert.raisedAt().truncatedTo(ChronoUnit.SECONDS)));
    Map<String, String> fields = Map.of("severity", alert.severity().word());
    Map<String, Boolean> asked = new LinkedHashMap<>();
    hub.broadcastLatest(
        OctospineSocket.ALERT_NEW + ":" + alert.id(),
        message,
        session ->
            wants(session, OctospineSocket.ALERT_NEW, fields)
                && asked.computeIfAbsent(
                    session.caller().account(), account -> concerns.test(alert, account)));
    for (Listening each : listening) {
      if (asked.computeIfAbsent(each.account(), account -> concerns.test(alert, account))) {
        each.listener().accept(message);
      }
    }
  }

  /**
   * Hears every event of an account until what is returned is run.
   *
   * @param listener called by the thread that tells; must not block
   */
  Runnable listen(String account, Consumer<OctospineSocket.FromServer> listener) {
    // The listener of each entry is its own object, so that no two entries are equal.
    Listening entry = new Listening(account, event -> listener.accept(event));
    listening.add(entry);
    return () -> listening.remove(entry);
  }

  /** The machine's state now. */
  OctospineSocket.SystemStatus state() {
    return state.get();
  }

  /** Null for an event of everybody. */
  private void send(
      @Nullable String account,
      String event,
      String key,
      OctospineSocket.FromServer message,
      Map<String, String> fields) {
    hub.broadcastLatest(
        event + key,
        message,
        session ->
            (account == null || account.equals(session.caller().account()))
                && wants(session, event, fields));
    for (Listening each : listening) {
      if (account == null || account.equals(each.account())) {
        each.listener().accept(message);
      }
    }
  }

  private boolean isHeard(String event) {
    return !listening.isEmpty()
        || subscriptions.values().stream()
            .anyMatch(all -> all.stream().anyMatch(each -> each.event().equals(event)));
  }

  private boolean wants(SocketSession session, String event, Map<String, String> fields) {
    for (Subscription each : subscriptions.getOrDefault(session.id(), List.of())) {
      if (each.event().equals(event) && fields.entrySet().containsAll(each.filters().entrySet())) {
        return true;
      }
    }
    return false;
  }

  private static Map<String, List<String>> events() {
    Map<String, List<String>> events = new LinkedHashMap<>();
    events.put(OctospineSocket.SYSTEM_STATUS, List.of());
    events.put(OctospineSocket.TASK_PROGRESS, List.of("task_id", "status"));
    events.put(OctospineSocket.ALERT_NEW, List.of("severity"));
    events.put(OctospineSocket.LOG_ENTRY, List.of("level", "task_id", "agent_id"));
    return events;
  }
}
