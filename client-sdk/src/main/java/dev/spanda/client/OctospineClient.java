package dev.spanda.client;

import dev.spanda.contract.octospine.AgentsApi;
import dev.spanda.contract.octospine.AutomationsApi;
import dev.spanda.contract.octospine.ConsciousnessApi;
import dev.spanda.contract.octospine.DocumentationApi;
import dev.spanda.contract.octospine.OctospineAnswer;
import dev.spanda.contract.octospine.SessionApi;
import dev.spanda.contract.octospine.SystemApi;
import dev.spanda.contract.octospine.TasksApi;
import java.net.URI;
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
}
