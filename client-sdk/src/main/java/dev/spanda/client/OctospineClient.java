package dev.spanda.client;

import dev.spanda.client.socket.LiveSocket;
import dev.spanda.client.socket.SocketListener;
import dev.spanda.client.socket.SocketOptions;
import dev.spanda.contract.http.WireJson;
import dev.spanda.contract.octospine.AgentsApi;
import dev.spanda.contract.octospine.AutomationsApi;
import dev.spanda.contract.octospine.ConsciousnessApi;
import dev.spanda.contract.octospine.DocumentationApi;
import dev.spanda.contract.octospine.GraphqlApi;
import dev.spanda.contract.octospine.MetricsApi;
import dev.spanda.contract.octospine.OctospineAnswer;
import dev.spanda.contract.octospine.OctospineSocket;
import dev.spanda.contract.octospine.SessionApi;
import dev.spanda.contract.octospine.SystemApi;
import dev.spanda.contract.octospine.TasksApi;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Calls an OCTOSPINE server. The views are the contract's own interfaces: each method is one
 * request, and returns what the answer holds under {@code data}. Every failure of a call is an
 * {@link ApiException}, a call too many a {@link RateLimitedException}. Thread-safe. A client that
 * is never closed does not keep the virtual machine running.
 */
public final class OctospineClient implements AutoCloseable {

  /** Where the documented service is; a client may be pointed elsewhere. */
  public static final URI DOCUMENTED = URI.create("https://api.octospine.com");

  private static final ApiProxy.Envelope ANSWER =
      new ApiProxy.Envelope(OctospineAnswer.class, answer -> ((OctospineAnswer<?>) answer).data());

  private final HttpTransport transport;
  private final AsyncCalls asyncCalls = new AsyncCalls();
  private final Sockets sockets;
  private final SystemApi system;
  private final SessionApi sessions;
  private final MetricsApi metrics;
  private final Graphql graphql;
  private final TasksApi tasks;
  private final AgentsApi agents;
  private final ConsciousnessApi consciousness;
  private final DocumentationApi documentation;
  private final AutomationsApi automations;

  OctospineClient(URI base, ClientOptions options, Pace pace) {
    transport = new HttpTransport(base, options, pace);
    sockets = new Sockets(base, options);
    system = view(SystemApi.class);
    sessions = view(SessionApi.class);
    metrics = view(MetricsApi.class);
    graphql = new Graphql(ApiProxy.of(GraphqlApi.class, transport), sockets);
    tasks = view(TasksApi.class);
    agents = view(AgentsApi.class);
    consciousness = view(ConsciousnessApi.class);
    documentation = view(DocumentationApi.class);
    automations = view(AutomationsApi.class);
  }

  /**
   * A client with {@link ClientOptions#DEFAULT}; see {@link #connect(URI, String, ClientOptions)}.
   */
  public static OctospineClient connect(URI base, String apiKey) {
    return connect(base, apiKey, ClientOptions.DEFAULT);
  }

  /**
   * A client of the server at an address. Nothing is sent before the first call.
   *
   * @param base http or https with a host, such as {@code http://127.0.0.1:8000}
   * @param apiKey an API key or a JSON Web Token; goes with every call
   * @throws IllegalArgumentException when {@code base} is no such address
   */
  public static OctospineClient connect(URI base, String apiKey, ClientOptions options) {
    return new OctospineClient(
        base, options.withHeader("Authorization", "Bearer " + apiKey), Pace.system());
  }

  /** Health, status and configuration. */
  public SystemApi system() {
    return system;
  }

  /** Sessions and tokens. */
  public SessionApi sessions() {
    return sessions;
  }

  /** Series, applications and alerts. */
  public MetricsApi metrics() {
    return metrics;
  }

  /** Queries, mutations and subscriptions by GraphQL. */
  public Graphql graphql() {
    return graphql;
  }

  /**
   * A live socket with {@link SocketOptions#DEFAULT}; see {@link #socket(SocketListener,
   * SocketOptions)}.
   */
  public LiveSocket<OctospineSocket.FromServer, OctospineSocket.FromClient> socket(
      SocketListener<? super OctospineSocket.FromServer> listener) {
    return socket(listener, SocketOptions.DEFAULT);
  }

  /**
   * Opens the server's live socket, {@code /ws} below the base address. It mends itself until it or
   * this client is closed; what was subscribed to must be subscribed to again when it has. The
   * headers of the client's options go with its handshake, below those of its own options.
   *
   * @throws IllegalStateException when the client is closed
   */
  public LiveSocket<OctospineSocket.FromServer, OctospineSocket.FromClient> socket(
      SocketListener<? super OctospineSocket.FromServer> listener, SocketOptions options) {
    return sockets.open(OctospineSocket.PATH, OctospineSocket.FromServer.class, options, listener);
  }

  /** Tasks and their runs. */
  public TasksApi tasks() {
    return tasks;
  }

  /** Agents, and the leases of their own programs. */
  public AgentsApi agents() {
    return agents;
  }

  /** What was learnt from runs, and learning sessions. */
  public ConsciousnessApi consciousness() {
    return consciousness;
  }

  /** Documents that are generated and searched. */
  public DocumentationApi documentation() {
    return documentation;
  }

  /** Automations and their runs. */
  public AutomationsApi automations() {
    return automations;
  }

  /**
   * Makes a call on a thread of the client's own: {@code client.async(client.system(),
   * SystemApi::getStatus)}. At most 64 calls run at a time; more wait in order. Cancelling the
   * future, or ending it early in another way, such as {@code orTimeout}, breaks the call off;
   * {@link #close()} cancels them all.
   *
   * @param api one of this client's views
   * @param call one call or several in a row
   * @return completed with the call's result, or exceptionally with what it threw
   * @throws IllegalStateException when the client is closed
   */
  public <A, T> CompletableFuture<T> async(A api, Function<? super A, ? extends T> call) {
    return asyncCalls.submit(() -> call.apply(api));
  }

  /**
   * Breaks off what is under way and closes every connection and socket. Later calls are refused.
   */
  @Override
  public void close() {
    sockets.close();
    asyncCalls.close();
    transport.close();
  }

  private <A> A view(Class<A> contract) {
    return ApiProxy.of(contract, transport, ANSWER);
  }

  /** GraphQL, whose answers are read as records of the caller's. */
  public static final class Graphql {
    private static final int OK = 200;
    private final GraphqlApi wire;
    private final Sockets sockets;

    Graphql(GraphqlApi wire, Sockets sockets) {
      this.wire = wire;
      this.sockets = sockets;
    }

    /** Runs a query or a mutation without variables; see {@link #query(String, Map, Class)}. */
    public <T> T query(String query, Class<T> type) {
      return query(query, Map.of(), type);
    }

    /**
     * Runs a query or a mutation.
     *
     * @param variables by name; texts, numbers, truths, lists, maps and records of them
     * @param type what stands under {@code data} is read as, such as a record with a component for
     *     each root field; unknown fields are left out
     * @throws ApiException with the code of the first error when there is one
     */
    public <T> T query(String query, Map<String, ?> variables, Class<T> type) {
      GraphqlApi.Answer answer = answer(query, variables);
      List<GraphqlApi.Problem> problems = answer.errors();
      if (problems != null && !problems.isEmpty()) {
        throw refused(answer, problems.get(0));
      }
      try {
        T data = WireJson.mapper().convertValue(answer.data(), type);
        if (data != null) {
          return data;
        }
      } catch (IllegalArgumentException e) {
        throw ApiException.of(
            OK,
            ApiException.MALFORMED_ANSWER,
            "The data is not that of a " + type.getSimpleName(),
            e);
      }
      throw ApiException.of(OK, ApiException.MALFORMED_ANSWER, "The answer has no data", null);
    }

    /** The answer as it came, errors and all: parts of the data may be there beside them. */
    public GraphqlApi.Answer answer(String query, Map<String, ?> variables) {
      return wire.execute(GraphqlApi.Request.of(query, new LinkedHashMap<>(variables)));
    }

    /**
     * Opens a socket for subscriptions that speaks {@value GraphqlApi#PROTOCOL}. The first message
     * to be sent is a {@link GraphqlApi.ConnectionInit}; {@link GraphqlApi.Subscribe} may follow
     * once a {@link GraphqlApi.ConnectionAck} has come.
     *
     * @throws IllegalStateException when the client is closed
     */
    public LiveSocket<GraphqlApi.FromServer, GraphqlApi.FromClient> socket(
        SocketListener<? super GraphqlApi.FromServer> listener) {
      return sockets.open(
          GraphqlApi.PATH,
          GraphqlApi.FromServer.class,
          SocketOptions.DEFAULT.withHeaders(
              () -> Map.of("Sec-WebSocket-Protocol", GraphqlApi.PROTOCOL)),
          listener);
    }

    private static ApiException refused(GraphqlApi.Answer answer, GraphqlApi.Problem problem) {
      Map<String, Object> extensions =
          problem.extensions() == null ? Map.of() : problem.extensions();
      Map<String, Object> details = new LinkedHashMap<>();
      if (extensions.get("details") instanceof Map<?, ?> map) {
        map.forEach((name, value) -> details.put(name.toString(), value));
      }
      return new ApiException(
          OK,
          String.valueOf(extensions.getOrDefault("code", "GRAPHQL_ERROR")),
          problem.message(),
          details,
          answer.requestId(),
          null,
          null);
    }
  }
}
