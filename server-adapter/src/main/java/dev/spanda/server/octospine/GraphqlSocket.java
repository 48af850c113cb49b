package dev.spanda.server.octospine;

import dev.spanda.contract.octospine.GraphqlApi;
import dev.spanda.contract.octospine.GraphqlApi.FromClient;
import dev.spanda.core.Failure;
import dev.spanda.core.quota.Decision;
import dev.spanda.core.quota.Limiter;
import dev.spanda.core.quota.RateLimit;
import dev.spanda.server.socket.Hub;
import dev.spanda.server.socket.SocketEndpoint;
import dev.spanda.server.socket.SocketLimits;
import dev.spanda.server.socket.SocketSession;
import graphql.ExecutionResult;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import org.reactivestreams.Subscriber;
import org.reactivestreams.Subscription;

/**
 * GraphQL over WebSocket in the protocol graphql-transport-ws: {@code connection_init} first, then
 * operations under names of the client's. A breach of the protocol closes the socket with the codes
 * that it prescribes: 4400 for no message of it, 4401 before {@code connection_init}, 4409 for a
 * name that is in use, 4429 for a second {@code connection_init}. An operation is counted as one
 * query of the account, a subscription once when it begins; a socket has at most {@value
 * #MOST_OPERATIONS} at once.
 */
final class GraphqlSocket implements SocketEndpoint<FromClient> {

  static final int MOST_OPERATIONS = 20;

  private static final int LARGEST_MESSAGE = 64 << 10;
  private static final int LONGEST_ID = 100;
  private static final int WAITING = 2_048;
  private static final int KEPT_RESULTS = 50;

  private final Supplier<Graph> graph;
  private final Limiter limiter;
  private final RateLimit limit;
  private final Hub hub;
  private final Map<String, Map<String, Operation>> sessions = new ConcurrentHashMap<>();

  /**
   * A socket.
   *
   * @param limit of an account's operations over all its sockets
   */
  GraphqlSocket(
      Supplier<Graph> graph,
      Limiter limiter,
      RateLimit limit,
      int messagesPerMinute,
      InstantSource clock) {
    this.graph = graph;
    this.limiter = limiter;
    this.limit = limit;
    hub =
        new Hub(
            this,
            SocketLimits.DEFAULT
                .withIncoming(LARGEST_MESSAGE, 1)
                .withWaiting(WAITING)
                .withMessagesPerMinute(messagesPerMinute),
            clock);
  }

  Hub hub() {
    return hub;
  }

  @Override
  public Class<FromClient> messages() {
    return FromClient.class;
  }

  @Override
  public String protocol() {
    return GraphqlApi.PROTOCOL;
  }

  @Override
  public void onMessage(SocketSession session, FromClient message) {
    Map<String, Operation> operations = sessions.get(session.id());
    if (message instanceof GraphqlApi.ConnectionInit) {
      if (sessions.putIfAbsent(session.id(), new ConcurrentHashMap<>()) == null) {
        session.send(new GraphqlApi.ConnectionAck());
      } else {
        session.close(4429, "Too many initialisation requests");
      }
    } else if (message instanceof GraphqlApi.Ping ping) {
      session.send(new GraphqlApi.Pong(ping.payload()));
    } else if (message instanceof GraphqlApi.Complete complete) {
      Operation ended = operations == null ? null : operations.remove(complete.id());
      if (ended != null) {
        ended.end();
      }
    } else if (message instanceof GraphqlApi.Subscribe subscribe) {
      if (operations == null) {
        session.close(4401, "Unauthorized");
      } else {
        begin(session, operations, subscribe);
      }
    }
  }

  @Override
  public void onClose(SocketSession session, int code, String reason) {
    Map<String, Operation> operations = sessions.remove(session.id());
    if (operations != null) {
      operations.values().forEach(Operation::end);
      operations.clear();
    }
  }

  @Override
  public @Nullable Object problem(SocketSession session, Failure failure) {
    if (failure.reason() == Failure.Reason.RATE_LIMITED) {
      session.close(4429, "Too many messages");
    } else {
      session.close(4400, "Invalid message");
    }
    return null;
  }

  private void begin(
      SocketSession session, Map<String, Operation> operations, GraphqlApi.Subscribe subscribe) {
    String id = subscribe.id();
    if (id.isEmpty() || id.length() > LONGEST_ID) {
      session.close(4400, "Invalid id");
      return;
    }
    Operation operation = new Operation(session, operations, id);
    if (operations.putIfAbsent(id, operation) != null) {
      session.close(4409, "There is an operation with this id");
      return;
    }
    try {
      if (operations.size() > MOST_OPERATIONS) {
        throw Failure.of(
                Failure.Reason.RATE_LIMITED,
                "operations",
                "A socket may have at most " + MOST_OPERATIONS + " operations at once")
            .with(Failure.MAX_VALUE, MOST_OPERATIONS);
      }
      Decision decision =
          limiter.acquire("octospine:graphql-socket:" + session.caller().account(), limit);
      if (!decision.allowed()) {
        throw Failure.of(
                Failure.Reason.RATE_LIMITED,
                "request",
                "At most " + limit.permits() + " queries a minute are run")
            .with(Failure.MAX_VALUE, limit.permits());
      }
      ExecutionResult result = graph.get().execute(session.caller(), subscribe.payload(), true);
      Object data = result.getData();
      if (data instanceof Publisher<?> publisher) {
        operation.follow(publisher);
      } else if (data == null && !result.getErrors().isEmpty()) {
        operation.refuse(result.getErrors().stream().map(Graph::problem).toList());
      } else {
        session.send(
            new GraphqlApi.Next(id, graph.get().answer(result, session.caller().requestId())));
        operation.complete();
      }
    } catch (Failure failure) {
      operation.refuse(List.of(Graph.problem(failure)));
    }
  }

  /** One operation of one socket. */
  private final class Operation implements Subscriber<Object> {
    private final SocketSession session;
    private final Map<String, Operation> operations;
    private final String id;
    private final AtomicReference<@Nullable Subscription> subscription = new AtomicReference<>();
    private volatile boolean ended;
    private long results;

    Operation(SocketSession session, Map<String, Operation> operations, String id) {
      this.session = session;
      this.operations = operations;
      this.id = id;
    }

    void follow(Publisher<?> publisher) {
      publisher.subscribe(this);
    }

    void refuse(List<GraphqlApi.Problem> problems) {
      operations.remove(id, this);
      session.send(new GraphqlApi.Problems(id, problems));
    }

    void complete() {
      if (operations.remove(id, this)) {
        session.send(new GraphqlApi.Complete(id));
      }
    }

    void end() {
      ended = true;
      Subscription running = subscription.getAndSet(null);
      if (running != null) {
        running.cancel();
      }
    }

    @Override
    public void onSubscribe(Subscription begun) {
      subscription.set(begun);
      if (ended) {
        end();
      } else {
        begun.request(Long.MAX_VALUE);
      }
    }

    /** A client that does not keep up gets the newest results, like everybody on a socket. */
    @Override
    public void onNext(Object next) {
      if (!ended && next instanceof ExecutionResult result) {
        String slot = id + ":" + results++ % KEPT_RESULTS;
        session.sendLatest(
            slot,
            new GraphqlApi.Next(id, graph.get().answer(result, session.caller().requestId())));
      }
    }

    @Override
    public void onError(Throwable problem) {
      refuse(
          List.of(
              Graph.problem(
                  problem instanceof Failure failure
                      ? failure
                      : Failure.of(
                          Failure.Reason.FAILED, "server", "The server could not go on"))));
    }

    @Override
    public void onComplete() {
      complete();
    }
  }
}
