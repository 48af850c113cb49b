package dev.spanda.server.wavestack;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.store.Leases;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import dev.spanda.media.social.FeedQuery;
import dev.spanda.media.social.SocialFeed;
import dev.spanda.server.gate.identity.Databases;
import dev.spanda.server.gate.identity.Vault;
import dev.spanda.server.outbound.Fetcher;
import dev.spanda.server.outbound.social.Connectors;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connectors of nodes that share a PostgreSQL database. */
class ListeningTest {

  private static final String ORGANISATION = "org_123";
  private static final Listening.Turns TURNS =
      new Listening.Turns(Duration.ofSeconds(3), Duration.ofMillis(200));

  private final ExecutorService workers = Executors.newCachedThreadPool();
  private final AtomicInteger listening = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final AtomicInteger connected = new AtomicInteger();
  private HttpServer platform;

  /** A filtered stream that tells one message to each who connects, and then that it lives. */
  @BeforeEach
  void open() throws IOException {
    platform = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    platform.setExecutor(workers);
    platform.createContext(
        "/",
        exchange -> {
          exchange.sendResponseHeaders(200, 0);
          most.accumulateAndGet(listening.incrementAndGet(), Math::max);
          int number = connected.incrementAndGet();
          try (OutputStream out = exchange.getResponseBody()) {
            String post =
                "{\"data\":{\"id\":\""
                    + number
                    + "\",\"text\":\"hello\",\"author_id\":\"u\","
                    + "\"created_at\":\""
                    + Clock.systemUTC().instant()
                    + "\"},\"includes\":{\"users\":[{\"id\":\"u\",\"username\":\"user\"}]}}";
            out.write((post + "\r\n").getBytes(StandardCharsets.UTF_8));
            while (true) {
              out.flush();
              LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
              out.write("\r\n".getBytes(StandardCharsets.UTF_8));
            }
          } finally {
            listening.decrementAndGet();
          }
        });
    platform.start();
  }

  @AfterEach
  void close() {
    platform.stop(0);
    workers.shutdownNow();
  }

  /** A node's share of the Social Ingest. */
  private final class Node implements AutoCloseable {
    final Store store;
    final Fetcher fetcher = new Fetcher(Set.of("127.0.0.1"), null);
    final SocialFeed feed;
    final Listening connectors;

    Node(StoreLocation place, String name) {
      Clock clock = Clock.systemUTC();
      store = Store.open(place);
      feed = new SocialFeed(store, clock, new EventBus(), SocialFeed.Settings.DEFAULT);
      connectors =
          new Listening(
              store,
              Vault.of("a secret of this test"),
              clock,
              fetcher,
              feed,
              new Connectors.Pauses(Duration.ofMillis(50), Duration.ofMillis(100)),
              new Leases(store, clock, name),
              TURNS);
      connectors.start();
    }

    boolean runs() {
      return connectors.connectors().status(ORGANISATION, Connectors.Kind.TWITTER) != null;
    }

    long messages() {
      return feed.messages(ORGANISATION, FeedQuery.Messages.ALL).total();
    }

    /** As a process that dies leaves it: nothing is given back. */
    void die() {
      store.close();
      connectors.close();
    }

    @Override
    public void close() {
      connectors.close();
      feed.close();
      fetcher.close();
      store.close();
    }
  }

  private static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
    }
  }

  @Test
  void ofTwoNodesOneListensAndTheOtherTakesOverWhenItDies() {
    StoreLocation place = Databases.freshPostgresql();
    Connectors.Plan plan =
        new Connectors.Plan(
            Connectors.Kind.TWITTER,
            "token",
            Map.of("url", "http://127.0.0.1:" + platform.getAddress().getPort()));
    Node one = new Node(place, "one");
    try (Node two = new Node(place, "two")) {
      one.connectors.put(ORGANISATION, plan);
      await("the first connects", () -> listening.get() == 1);
      await("its message is kept", () -> two.messages() == 1);
      // Longer than a lease and many looks: the second node leaves it alone.
      long end = System.nanoTime() + TURNS.lease().plusMillis(500).toNanos();
      while (System.nanoTime() < end) {
        assertThat(two.runs()).isFalse();
        LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
      }
      assertThat(connected).hasValue(1);
      assertThat(most).hasValue(1);

      one.die();
      await("the second takes over", () -> two.runs() && two.messages() == 2);
      assertThat(connected).hasValue(2);
      assertThat(most).hasValue(1);
      assertThat(two.connectors.kept(ORGANISATION)).hasSize(1);

      // A third node may change it: the one that runs it starts it anew by its next look.
      try (Node three = new Node(place, "three")) {
        three.connectors.put(
            ORGANISATION, new Connectors.Plan(plan.kind(), "another", plan.options()));
        await("it is started anew", () -> connected.get() == 3);
        assertThat(three.runs()).isFalse();
        assertThat(three.connectors.delete(ORGANISATION, plan.kind())).isTrue();
        await("it is stopped", () -> !two.runs() && listening.get() == 0);
      }
    } finally {
      one.fetcher.close();
    }
  }

  @Test
  void aNodeThatIsStoppedHandsOverAtOnce() {
    StoreLocation place = Databases.freshPostgresql();
    Connectors.Plan plan =
        new Connectors.Plan(
            Connectors.Kind.TWITTER,
            "token",
            Map.of("url", "http://127.0.0.1:" + platform.getAddress().getPort()));
    try (Node two = new Node(place, "two")) {
      long stopped;
      try (Node one = new Node(place, "one")) {
        one.connectors.put(ORGANISATION, plan);
        await("the first connects", () -> listening.get() == 1);
        stopped = System.nanoTime();
      }
      await("the second takes over", () -> two.runs() && connected.get() == 2);
      assertThat(Duration.ofNanos(System.nanoTime() - stopped)).isLessThan(TURNS.lease());
      assertThat(List.of(most.get())).containsExactly(1);
    }
  }
}
