package dev.spanda.client;

import dev.spanda.client.socket.LiveSocket;
import dev.spanda.client.socket.SocketListener;
import dev.spanda.client.socket.SocketOptions;
import dev.spanda.contract.vajra.AstrologyApi;
import dev.spanda.contract.vajra.AttunementApi;
import dev.spanda.contract.vajra.AudioApi;
import dev.spanda.contract.vajra.AutomationApi;
import dev.spanda.contract.vajra.BlessingsApi;
import dev.spanda.contract.vajra.CoreApi;
import dev.spanda.contract.vajra.PopulationsApi;
import dev.spanda.contract.vajra.RadionicsApi;
import dev.spanda.contract.vajra.ScalarApi;
import dev.spanda.contract.vajra.SessionsApi;
import dev.spanda.contract.vajra.VajraSocket;
import dev.spanda.contract.vajra.VisualizationApi;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Calls a Vajra.Stream server. The views are the contract's own interfaces: each method is one
 * request. Every failure of a call is an {@link ApiException}; an argument that cannot be sent is
 * an {@link IllegalArgumentException}. A {@link dev.spanda.contract.http.Content} that a call
 * returns is read from the network while it is written: write it once, by {@code writeTo} or {@code
 * bytes}, which frees its connection. Thread-safe. A client that is never closed does not keep the
 * virtual machine running.
 */
public final class VajraClient implements AutoCloseable {

  private final HttpTransport transport;
  private final AsyncCalls asyncCalls = new AsyncCalls();
  private final Sockets sockets;
  private final CoreApi core;
  private final AudioApi audio;
  private final SessionsApi sessions;
  private final AstrologyApi astrology;
  private final ScalarApi scalar;
  private final RadionicsApi radionics;
  private final BlessingsApi blessings;
  private final AttunementApi attunements;
  private final PopulationsApi populations;
  private final AutomationApi automations;
  private final VisualizationApi visualization;

  VajraClient(URI base, ClientOptions options, Pace pace) {
    transport = new HttpTransport(base, options, pace);
    sockets = new Sockets(base, options);
    core = ApiProxy.of(CoreApi.class, transport);
    audio = ApiProxy.of(AudioApi.class, transport);
    sessions = ApiProxy.of(SessionsApi.class, transport);
    astrology = ApiProxy.of(AstrologyApi.class, transport);
    scalar = ApiProxy.of(ScalarApi.class, transport);
    radionics = ApiProxy.of(RadionicsApi.class, transport);
    blessings = ApiProxy.of(BlessingsApi.class, transport);
    attunements = ApiProxy.of(AttunementApi.class, transport);
    populations = ApiProxy.of(PopulationsApi.class, transport);
    automations = ApiProxy.of(AutomationApi.class, transport);
    visualization = ApiProxy.of(VisualizationApi.class, transport);
  }

  /** A client with {@link ClientOptions#DEFAULT}; see {@link #connect(URI, ClientOptions)}. */
  public static VajraClient connect(URI base) {
    return connect(base, ClientOptions.DEFAULT);
  }

  /**
   * A client of the server at an address. Nothing is sent before the first call.
   *
   * @param base http or https with a host, perhaps a port and a path under which the server stands
   * @throws IllegalArgumentException when {@code base} is anything else
   */
  public static VajraClient connect(URI base, ClientOptions options) {
    return new VajraClient(base, options, Pace.system());
  }

  /** Health and statistics. */
  public CoreApi core() {
    return core;
  }

  /** The server's sound. */
  public AudioApi audio() {
    return audio;
  }

  /** Timed sessions. */
  public SessionsApi sessions() {
    return sessions;
  }

  /** The sky: positions, phases, maps, hours. */
  public AstrologyApi astrology() {
    return astrology;
  }

  /** Number patterns and the breathing pacer. */
  public ScalarApi scalar() {
    return scalar;
  }

  /** Rates, the book of them, and broadcasts. */
  public RadionicsApi radionics() {
    return radionics;
  }

  /** Words of good wishes. */
  public BlessingsApi blessings() {
    return blessings;
  }

  /** Random bits and what statistics say about them. */
  public AttunementApi attunements() {
    return attunements;
  }

  /** Whom sessions and broadcasts are meant for. */
  public PopulationsApi populations() {
    return populations;
  }

  /** Workflows that run by a timetable. */
  public AutomationApi automations() {
    return automations;
  }

  /** Colour fields and patterns. */
  public VisualizationApi visualization() {
    return visualization;
  }

  /**
   * Makes a call on a thread of the client's own: {@code client.async(client.audio(), audio ->
   * audio.generate(settings))}. At most 64 calls run at a time; more wait in order. Cancelling the
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
   * A live socket with {@link SocketOptions#DEFAULT}; see {@link #socket(SocketListener,
   * SocketOptions)}.
   */
  public LiveSocket<VajraSocket.FromServer, VajraSocket.FromClient> socket(
      SocketListener<? super VajraSocket.FromServer> listener) {
    return socket(listener, SocketOptions.DEFAULT);
  }

  /**
   * Opens the server's live socket, {@code /ws} below the base address. It mends itself until it or
   * this client is closed. The headers of the client's options go with its handshake, below those
   * of its own options.
   *
   * @throws IllegalStateException when the client is closed
   */
  public LiveSocket<VajraSocket.FromServer, VajraSocket.FromClient> socket(
      SocketListener<? super VajraSocket.FromServer> listener, SocketOptions options) {
    return sockets.open(VajraSocket.PATH, VajraSocket.FromServer.class, options, listener);
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
}
