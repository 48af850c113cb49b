package dev.spanda.server.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanda.server.gate.Caller;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** The hub with a network that the test holds in its hands. */
class HubTest {

  /** Takes what it is given, and says so when the test wants it to. */
  private static final class HandWire implements Hub.Wire {
    final List<String> texts = new ArrayList<>();
    final List<Integer> closes = new ArrayList<>();
    byte[] last = {};
    Runnable sent = () -> {};
    boolean fast = true;
    boolean disconnected;
    int pings;

    @Override
    public void sendText(byte[] text, Runnable done, Runnable failed) {
      texts.add(new String(text, StandardCharsets.UTF_8));
      last = text;
      sent = done;
      if (fast) {
        done.run();
      }
    }

    @Override
    public void ping() {
      pings++;
    }

    @Override
    public void close(int code, String reason) {
      closes.add(code);
    }

    @Override
    public void disconnect() {
      disconnected = true;
    }
  }

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private final InstantSource clock = now::get;
  private final TalkEndpoint endpoint = new TalkEndpoint();
  private final Hub hub =
      new Hub(endpoint, SocketLimits.DEFAULT.withWaiting(3).withIncoming(100, 2), clock);

  private Hub.Connection open(HandWire wire) {
    return hub.open(new Caller("127.0.0.1", "req_1"), Map.of(), wire);
  }

  @Test
  void aSlowClientKeepsItsOrderAndGetsTheNewestOfAKind() {
    HandWire wire = new HandWire();
    open(wire);
    wire.fast = false;
    wire.texts.clear();
    hub.broadcast(new Talk.Said("first"));
    hub.broadcastLatest("state", new Talk.Said("state 1"));
    hub.broadcast(new Talk.Said("second"));
    hub.broadcastLatest("state", new Talk.Said("state 2"));
    hub.broadcastLatest("state", new Talk.Said("state 3"));
    wire.fast = true;
    wire.sent.run();
    assertThat(wire.texts)
        .containsExactly(
            "{\"type\":\"said\",\"text\":\"first\"}",
            "{\"type\":\"said\",\"text\":\"state 3\"}",
            "{\"type\":\"said\",\"text\":\"second\"}");
    assertThat(hub.statistics().messagesReplaced()).isEqualTo(2);
  }

  @Test
  void allSessionsShareTheBytesOfABroadcast() {
    HandWire one = new HandWire();
    HandWire other = new HandWire();
    open(one);
    open(other);
    hub.broadcastLatest("state", new Talk.Said("für alle"), session -> true);
    assertThat(one.texts).last().isEqualTo("{\"type\":\"said\",\"text\":\"für alle\"}");
    assertThat(other.last).isSameAs(one.last);
    hub.broadcast(new Talk.Said("again"));
    assertThat(other.last).isSameAs(one.last);
  }

  @Test
  void aClientThatLetsMessagesPileUpIsClosed() {
    HandWire slow = new HandWire();
    HandWire good = new HandWire();
    open(slow);
    open(good);
    slow.fast = false;
    for (int i = 0; i < 10; i++) {
      hub.broadcast(new Talk.Said("message " + i));
    }
    assertThat(hub.statistics().closedForSlowness()).isEqualTo(1);
    assertThat(good.texts).hasSize(11);
    slow.sent.run();
    assertThat(slow.closes).containsExactly(1008);
    now.set(now.get().plusSeconds(31));
    hub.sweep();
    assertThat(slow.disconnected).isTrue();
    assertThat(endpoint.closed).containsExactly(1006);
  }

  @Test
  void aSilentClientIsAskedAndThenDropped() {
    HandWire silent = new HandWire();
    HandWire alive = new HandWire();
    open(silent);
    Hub.Connection answering = open(alive);
    for (int second = 0; second < 61; second++) {
      now.set(now.get().plusSeconds(1));
      if (second % 20 == 0) {
        answering.alive();
      }
      hub.sweep();
    }
    assertThat(silent.pings).isEqualTo(3);
    assertThat(silent.disconnected).isTrue();
    assertThat(alive.disconnected).isFalse();
    assertThat(hub.statistics().activeConnections()).isEqualTo(1);
    assertThat(hub.statistics().totalConnections()).isEqualTo(2);
  }

  @Test
  void textThatIsNoMessageIsAnsweredAndTheConnectionStays() {
    HandWire wire = new HandWire();
    Hub.Connection connection = open(wire);
    wire.texts.clear();
    connection.text("nonsense", true);
    now.set(now.get().plusSeconds(1));
    connection.text("{\"type\":\"unknown\"}", true);
    now.set(now.get().plusSeconds(1));
    connection.text("null", true);
    now.set(now.get().plusSeconds(1));
    connection.text("{\"type\":\"say\"}", true);
    now.set(now.get().plusSeconds(1));
    connection.text("{\"type\":\"say\",\"text\":\"break\"}", true);
    now.set(now.get().plusSeconds(1));
    connection.binary(true);
    assertThat(wire.texts).hasSize(6).allMatch(text -> text.contains("\"problem\""));
    assertThat(wire.texts.get(1)).contains("must be one of say");
    assertThat(wire.texts.get(3)).contains("text is required");
    assertThat(wire.texts.get(4)).doesNotContain("secret");
    assertThat(wire.closes).isEmpty();
    connection.text("{\"type\":\"say\",\"text\":\"hello\"}", true);
    assertThat(wire.texts.get(6)).contains("you said hello");
  }

  @Test
  void aLargeMessageIsRefusedAndAHugeOneEndsTheSession() {
    HandWire wire = new HandWire();
    Hub.Connection connection = open(wire);
    connection.text("a".repeat(60), false);
    connection.text("a".repeat(60), true);
    assertThat(wire.texts.get(1)).contains("TOO_LARGE");
    connection.text("{\"type\":\"say\",", false);
    connection.text("\"text\":\"x\"}", true);
    assertThat(wire.texts.get(2)).contains("you said x");
    for (int i = 0; i < SocketLimits.HARD_FACTOR; i++) {
      connection.text("a".repeat(101), false);
    }
    assertThat(wire.closes).containsExactly(1009);
  }

  @Test
  void aFloodIsAnsweredWithoutBeingRead() {
    HandWire wire = new HandWire();
    Hub.Connection connection = open(wire);
    for (int i = 0; i < 10; i++) {
      connection.text("{\"type\":\"say\",\"text\":\"x\"}", true);
    }
    assertThat(endpoint.heard).hasSize(4);
    assertThat(wire.texts.get(10)).contains("RATE_LIMITED");
    now.set(now.get().plus(Duration.ofMillis(500)));
    connection.text("{\"type\":\"say\",\"text\":\"y\"}", true);
    assertThat(endpoint.heard).hasSize(5);
    assertThat(hub.statistics().messagesReceived()).isEqualTo(11);
  }

  @Test
  void aClosedHubSaysGoodbyeAndTakesNobodyIn() {
    HandWire wire = new HandWire();
    open(wire);
    hub.close();
    assertThat(wire.closes).containsExactly(1001);
    HandWire late = new HandWire();
    open(late);
    assertThat(late.closes).containsExactly(1001);
  }
}
