package dev.spanda.client.socket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.client.socket.LiveSocket.Outcome;
import dev.spanda.contract.vajra.VajraSocket;
import dev.spanda.contract.vajra.VajraSocket.FromClient;
import dev.spanda.contract.vajra.VajraSocket.FromServer;
import dev.spanda.contract.vajra.VajraSocket.Ping;
import dev.spanda.contract.vajra.VajraSocket.Pong;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.java_websocket.WebSocket;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.server.DefaultSSLWebSocketServerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LiveSocketTest {

  private static final SocketOptions QUICK =
      SocketOptions.DEFAULT.withDelays(Duration.ofMillis(5), Duration.ofMillis(50));

  /** Everything that was heard, in order. */
  private static final class Ear implements SocketListener<FromServer> {
    final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();

    @Override
    public void onOpen(boolean again) {
      heard.add(again ? "open again" : "open");
    }

    @Override
    public void onMessage(FromServer message) {
      heard.add(message);
    }

    @Override
    public void onClosed(int code, String reason, boolean mending) {
      heard.add("closed " + code + (mending ? " mending" : ""));
    }

    @Override
    public void onUnknown(String type, String text) {
      heard.add("unknown " + type + " " + text);
    }

    @Override
    public void onProblem(SocketProblem problem) {
      heard.add(problem.kind());
    }

    Object next() throws InterruptedException {
      Object next = heard.poll(20, TimeUnit.SECONDS);
      if (next == null) {
        throw new IllegalStateException("nothing was heard");
      }
      return next;
    }

    /** The next thing heard that is none of those. */
    Object nextBut(Object... skipped) throws InterruptedException {
      Object next = next();
      while (List.of(skipped).contains(next)) {
        next = next();
      }
      return next;
    }
  }

  private final Ear ear = new Ear();

  private static URI uri(int port) {
    return URI.create("ws://localhost:" + port + "/ws");
  }

  private LiveSocket<FromServer, FromClient> open(int port, SocketOptions options) {
    return LiveSocket.open(uri(port), FromServer.class, options, ear);
  }

  private static String pong(double timestamp) {
    return "{\"type\":\"pong\",\"timestamp\":" + timestamp + "}";
  }

  @Test
  void messagesGoBothWaysTyped() throws Exception {
    try (SocketServer server = new SocketServer(0).startNow();
        LiveSocket<FromServer, FromClient> socket = open(server.getPort(), QUICK)) {
      WebSocket there = server.next();
      assertThat(ear.next()).isEqualTo("open");
      there.send(pong(1));
      there.send(
          """
          {"type":"domain_event","event_name":"BLESSING_STARTED","payload":{"a":1},"new":2}""");
      assertThat(ear.next()).isEqualTo(new Pong(1));
      assertThat(ear.next())
          .isEqualTo(new VajraSocket.DomainEvent("BLESSING_STARTED", Map.of("a", 1)));
      assertThat(socket.send(new Ping(2.5))).isEqualTo(Outcome.SENT);
      assertThat(server.received.poll(20, TimeUnit.SECONDS))
          .isEqualTo("{\"type\":\"ping\",\"timestamp\":2.5}");
    }
  }

  @Test
  void whatIsNotUnderstoodIsNamedAndTheConnectionStays() throws Exception {
    try (SocketServer server = new SocketServer(0).startNow();
        LiveSocket<FromServer, FromClient> socket = open(server.getPort(), QUICK)) {
      WebSocket there = server.next();
      assertThat(ear.next()).isEqualTo("open");
      there.send("{\"type\":\"aurora\",\"x\":1}");
      there.send("{\"x\":1}");
      there.send("{nonsense");
      there.send("null");
      there.send("{\"type\":\"pong\",\"timestamp\":\"late\"}");
      there.send(new byte[] {1, 2, 3});
      there.send(pong(3));
      assertThat(ear.next()).isEqualTo("unknown aurora {\"type\":\"aurora\",\"x\":1}");
      assertThat(ear.next()).isEqualTo("unknown  {\"x\":1}");
      assertThat(ear.next()).isEqualTo(SocketProblem.Kind.MALFORMED);
      assertThat(ear.next()).isEqualTo(SocketProblem.Kind.MALFORMED);
      assertThat(ear.next()).isEqualTo(SocketProblem.Kind.MALFORMED);
      assertThat(ear.next()).isEqualTo(SocketProblem.Kind.BINARY);
      assertThat(ear.next()).isEqualTo(new Pong(3));
      assertThat(socket.isOpen()).isTrue();
    }
  }

  @Test
  void aRestartedServerIsFoundAgain() throws Exception {
    SocketServer first = new SocketServer(0).startNow();
    int port = first.getPort();
    try (LiveSocket<FromServer, FromClient> socket = open(port, QUICK)) {
      first.next();
      assertThat(ear.next()).isEqualTo("open");
      first.close();
      assertThat(ear.nextBut(SocketProblem.Kind.BROKEN).toString()).endsWith(" mending");
      assertThat(socket.send(new Ping(1.0))).isEqualTo(Outcome.QUEUED);
      try (SocketServer second = new SocketServer(port).startNow()) {
        second.next();
        assertThat(ear.nextBut(SocketProblem.Kind.UNREACHABLE)).isEqualTo("open again");
        assertThat(second.received.poll(20, TimeUnit.SECONDS)).contains("\"timestamp\":1.0");
      }
    }
  }

  @Test
  void messagesWaitInOrderAndBeyondTheLimitNewOnesAreRefused() throws Exception {
    int port;
    try (SocketServer away = new SocketServer(0).startNow()) {
      port = away.getPort();
    }
    try (LiveSocket<FromServer, FromClient> socket = open(port, QUICK.withQueueCapacity(2))) {
      assertThat(socket.send(new Ping(1.0))).isEqualTo(Outcome.QUEUED);
      assertThat(socket.send(new Ping(2.0))).isEqualTo(Outcome.QUEUED);
      assertThat(socket.send(new Ping(3.0))).isEqualTo(Outcome.REFUSED);
      try (SocketServer server = new SocketServer(port).startNow()) {
        server.next();
        assertThat(server.received.poll(20, TimeUnit.SECONDS)).contains("1.0");
        assertThat(server.received.poll(20, TimeUnit.SECONDS)).contains("2.0");
      }
    }
  }

  @Test
  void aConnectionThatTakesNothingRefusesInsteadOfPilingUp() throws Exception {
    CountDownLatch gate = new CountDownLatch(1);
    try (SocketServer server = new SocketServer(0).startNow();
        LiveSocket<FromServer, FromClient> socket = open(server.getPort(), QUICK)) {
      server.mayRead = gate;
      assertThat(ear.next()).isEqualTo("open");
      FromClient large = new VajraSocket.StartSession("x".repeat(32 << 10), 1L, null, null, null);
      int taken = 0;
      while (socket.send(large) == Outcome.SENT && taken < 20_000) {
        taken++;
      }
      assertThat(taken).isBetween(1024, 19_999);
      gate.countDown();
      assertThat(server.received.poll(20, TimeUnit.SECONDS)).contains("xxx");
    } finally {
      gate.countDown();
    }
  }

  @Test
  void aListenerThatThrowsMissesNothing() throws Exception {
    BlockingQueue<FromServer> heard = new LinkedBlockingQueue<>();
    try (SocketServer server = new SocketServer(0).startNow();
        LiveSocket<FromServer, FromClient> socket =
            LiveSocket.open(
                uri(server.getPort()),
                FromServer.class,
                QUICK,
                message -> {
                  heard.add(message);
                  throw new IllegalStateException("a listener's fault");
                })) {
      WebSocket there = server.next();
      there.send(pong(1));
      there.send(pong(2));
      assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(new Pong(1));
      assertThat(heard.poll(20, TimeUnit.SECONDS)).isEqualTo(new Pong(2));
      assertThat(socket.isClosed()).isFalse();
    }
  }

  @Test
  void closingIsForGood() throws Exception {
    try (SocketServer server = new SocketServer(0).startNow()) {
      LiveSocket<FromServer, FromClient> socket = open(server.getPort(), QUICK);
      server.next();
      assertThat(ear.next()).isEqualTo("open");
      socket.close();
      socket.close();
      assertThat(ear.next()).isEqualTo("closed 1000");
      assertThat(server.closed.poll(20, TimeUnit.SECONDS)).isEqualTo(1000);
      assertThat(socket.send(new Ping(1.0))).isEqualTo(Outcome.REFUSED);
      assertThat(socket.isOpen()).isFalse();
      assertThat(server.opened).isEmpty();
      assertThat(Thread.getAllStackTraces().keySet())
          .noneMatch(thread -> thread.getName().equals(socket.threadName()));
    }
  }

  @Test
  void aListenerMayClose() throws Exception {
    try (SocketServer server = new SocketServer(0).startNow()) {
      BlockingQueue<LiveSocket<FromServer, FromClient>> self = new LinkedBlockingQueue<>();
      CountDownLatch ended = new CountDownLatch(1);
      self.add(
          LiveSocket.open(
              uri(server.getPort()),
              FromServer.class,
              QUICK,
              new SocketListener<FromServer>() {
                @Override
                public void onMessage(FromServer message) {
                  self.remove().close();
                }

                @Override
                public void onClosed(int code, String reason, boolean mending) {
                  if (!mending) {
                    ended.countDown();
                  }
                }
              }));
      server.next().send(pong(1));
      assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(server.closed.poll(20, TimeUnit.SECONDS)).isEqualTo(1000);
    }
  }

  @Test
  void aConnectionThatDiedWithoutAWordIsGivenUp() throws Exception {
    try (SocketServer server = new SocketServer(0).startNow();
        LiveSocket<FromServer, FromClient> socket =
            open(server.getPort(), QUICK.withPingInterval(Duration.ofSeconds(1)))) {
      server.answersPings = false;
      server.next();
      assertThat(ear.next()).isEqualTo("open");
      assertThat(ear.nextBut(SocketProblem.Kind.BROKEN)).isEqualTo("closed 1006 mending");
      server.answersPings = true;
      server.next();
      assertThat(ear.next()).isEqualTo("open again");
      assertThat(socket.isClosed()).isFalse();
    }
  }

  @Test
  void aServerThatNeverAnswersTheHandshakeIsGivenUp() throws Exception {
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        LiveSocket<FromServer, FromClient> socket =
            open(mute.getLocalPort(), QUICK.withConnectTimeout(Duration.ofMillis(100)))) {
      assertThat(ear.next()).isEqualTo(SocketProblem.Kind.UNREACHABLE);
      assertThat(ear.next()).isEqualTo(SocketProblem.Kind.UNREACHABLE);
      assertThat(socket.isOpen()).isFalse();
    }
  }

  @Test
  void aRefusedHandshakeTellsItsStatus() throws Exception {
    BlockingQueue<String> problems = new LinkedBlockingQueue<>();
    try (MockWebServer server = new MockWebServer()) {
      server.start();
      server.enqueue(new MockResponse.Builder().code(429).build());
      SocketListener<FromServer> listener =
          new SocketListener<>() {
            @Override
            public void onMessage(FromServer message) {}

            @Override
            public void onProblem(SocketProblem problem) {
              problems.add(problem.toString());
            }
          };
      try (LiveSocket<FromServer, FromClient> socket =
          LiveSocket.open(uri(server.getPort()), FromServer.class, QUICK, listener)) {
        assertThat(problems.poll(20, TimeUnit.SECONDS)).contains("UNREACHABLE", "429");
        assertThat(socket.isClosed()).isFalse();
      }
    }
  }

  @Test
  void headersThatCannotBeMadeAreAProblemAndNotTheEnd() throws Exception {
    BlockingQueue<RuntimeException> faults = new LinkedBlockingQueue<>();
    faults.add(new IllegalStateException("no token yet"));
    try (SocketServer server = new SocketServer(0).startNow();
        LiveSocket<FromServer, FromClient> socket =
            open(
                server.getPort(),
                QUICK.withHeaders(
                    () -> {
                      RuntimeException fault = faults.poll();
                      if (fault != null) {
                        throw fault;
                      }
                      return Map.of("Authorization", "Bearer t");
                    }))) {
      assertThat(ear.next()).isEqualTo(SocketProblem.Kind.UNREACHABLE);
      ClientHandshake handshake = server.nextWithHandshake().getValue();
      assertThat(handshake.getFieldValue("Authorization")).isEqualTo("Bearer t");
      assertThat(handshake.getResourceDescriptor()).isEqualTo("/ws");
      assertThat(socket.isClosed()).isFalse();
    }
  }

  @Test
  void aSecureSocketChecksWhoAnswers(@TempDir Path folder) throws Exception {
    SSLContext own = certified(folder);
    try (SocketServer server = new SocketServer(0)) {
      server.setWebSocketFactory(new DefaultSSLWebSocketServerFactory(own));
      server.startNow();
      URI secure = URI.create("wss://localhost:" + server.getPort() + "/prefix/ws");
      LiveSocket<FromServer, FromClient> trusting =
          new LiveSocket<>(
              secure,
              FromServer.class,
              QUICK,
              ear,
              own.getSocketFactory(),
              ThreadLocalRandom::current);
      try (trusting) {
        trusting.start();
        Map.Entry<WebSocket, ClientHandshake> there = server.nextWithHandshake();
        assertThat(there.getValue().getResourceDescriptor()).isEqualTo("/prefix/ws");
        there.getKey().send(pong(1));
        assertThat(ear.next()).isEqualTo("open");
        assertThat(ear.next()).isEqualTo(new Pong(1));
      }
      ear.heard.clear();
      LiveSocket<FromServer, FromClient> elsewhere =
          new LiveSocket<>(
              URI.create("wss://127.0.0.1:" + server.getPort() + "/prefix/ws"),
              FromServer.class,
              QUICK,
              ear,
              own.getSocketFactory(),
              ThreadLocalRandom::current);
      try (elsewhere) {
        elsewhere.start();
        assertThat(ear.next()).isEqualTo(SocketProblem.Kind.UNREACHABLE);
      }
      ear.heard.clear();
      try (LiveSocket<FromServer, FromClient> doubting =
          LiveSocket.open(secure, FromServer.class, QUICK, ear)) {
        assertThat(ear.next()).isEqualTo(SocketProblem.Kind.UNREACHABLE);
        assertThat(doubting.isOpen()).isFalse();
      }
    }
  }

  @Test
  void whatIsNoSocketAddressIsRefused() {
    for (String address : new String[] {"http://host/ws", "ws:///ws", "host"}) {
      assertThatThrownBy(() -> LiveSocket.open(URI.create(address), FromServer.class, QUICK, ear))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  /** A context that shows, and trusts, a fresh certificate for localhost made by keytool. */
  private static SSLContext certified(Path folder) throws Exception {
    Path file = folder.resolve("keys.p12");
    String password = "of-a-test";
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-keyalg",
                "EC",
                "-alias",
                "test",
                "-dname",
                "CN=localhost",
                "-ext",
                "SAN=dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
                "-storepass",
                password)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.txt").toFile())
            .start();
    if (keytool.waitFor() != 0) {
      throw new IOException(Files.readString(folder.resolve("keytool.txt")));
    }
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, password.toCharArray());
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password.toCharArray());
    KeyStore trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("test", store.getCertificate("test"));
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(trusted);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }
}
