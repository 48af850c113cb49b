package dev.spanda.server.wavestack;

import dev.spanda.core.Failure;
import dev.spanda.core.store.Json;
import dev.spanda.core.store.Leases;
import dev.spanda.core.store.Store;
import dev.spanda.media.social.Message;
import dev.spanda.media.social.PlatformEvent;
import dev.spanda.media.social.SocialFeed;
import dev.spanda.server.gate.identity.Vault;
import dev.spanda.server.outbound.Fetcher;
import dev.spanda.server.outbound.social.Connectors;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which connectors organisations have, kept with sealed tokens, and the running of them. Of several
 * nodes on one store one runs each connector, by a lease that it takes again every few seconds;
 * when it is gone, another takes it over once the lease has ended. A node that cannot reach the
 * store any more stops what it runs before that. Thread-safe.
 */
final class Listening implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Listening.class);

  /** What an organisation has configured, without the token. */
  record Kept(Connectors.Kind kind, Map<String, String> options) {}

  /**
   * How nodes take turns.
   *
   * @param lease how long a connector of a node that is gone is left alone
   * @param pause between two looks; much shorter than the lease
   */
  record Turns(Duration lease, Duration pause) {
    /** Twenty seconds, five seconds. */
    static final Turns DEFAULT = new Turns(Duration.ofSeconds(20), Duration.ofSeconds(5));
  }

  /** A connector as it is stored. */
  private record Row(
      String organisation, String connector, String options, String token, long updatedAt) {
    private String lease() {
      return name(organisation, connector);
    }
  }

  /** A connector that runs here, and until when its lease lasts at least. */
  private record Held(Row row, long endNanos) {}

  private final Store store;
  private final Vault vault;
  private final Clock clock;
  private final Leases leases;
  private final Turns turns;
  private final Connectors connectors;
  private final Map<String, Held> held = new HashMap<>();
  private final ScheduledExecutorService looking =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread thread = new Thread(work, "spanda-listening");
            thread.setDaemon(true);
            return thread;
          });

  Listening(
      Store store,
      Vault vault,
      Clock clock,
      Fetcher fetcher,
      SocialFeed feed,
      Connectors.Pauses pauses,
      Leases leases,
      Turns turns) {
    this.store = store;
    this.vault = vault;
    this.clock = clock;
    this.leases = leases;
    this.turns = turns;
    this.connectors = new Connectors(fetcher, new Keeping(feed), clock, new SecureRandom(), pauses);
  }

  private record Keeping(SocialFeed feed) implements Connectors.Sink {
    @Override
    public void messages(String organisation, List<Message> messages) {
      try {
        feed.take(organisation, messages).join();
      } catch (CompletionException e) {
        throw e.getCause() instanceof Failure failure ? failure : e;
      }
    }

    @Override
    public void events(String organisation, List<PlatformEvent> events) {
      feed.record(organisation, events);
    }
  }

  /** Starts those that are kept and that no other node runs, and goes on looking. */
  void start() {
    look();
    long millis = turns.pause().toMillis();
    Future<?> unused =
        looking.scheduleWithFixedDelay(this::look, millis, millis, TimeUnit.MILLISECONDS);
  }

  /** Takes what leases can be had, and starts and stops accordingly. */
  private synchronized void look() {
    try {
      List<Row> rows = rows();
      Map<String, Row> kept = new LinkedHashMap<>();
      rows.forEach(row -> kept.put(row.lease(), row));
      for (Held each : List.copyOf(held.values())) {
        if (!kept.containsKey(each.row.lease())) {
          stop(each.row);
          leases.giveBack(each.row.lease());
        }
      }
      rows.forEach(this::settle);
    } catch (RuntimeException e) {
      LOG.warn("The connectors could not be looked at: {}", e.getMessage());
      long now = System.nanoTime();
      for (Held each : List.copyOf(held.values())) {
        // By the next look another node may have it.
        if (each.endNanos - now <= turns.pause().toNanos()) {
          stop(each.row);
        }
      }
    }
  }

  private List<Row> rows() {
    return store.read(
        handle ->
            handle
                .createQuery("SELECT * FROM social_connector ORDER BY organisation, connector")
                .map(
                    (row, context) ->
                        new Row(
                            row.getString("organisation"),
                            row.getString("connector"),
                            row.getString("options"),
                            row.getString("token"),
                            row.getLong("updated_at")))
                .list());
  }

  /** Runs a connector here if its lease can be had, as it is kept now. */
  private void settle(Row row) {
    long asked = System.nanoTime();
    Held before = held.get(row.lease());
    if (!leases.take(row.lease(), turns.lease())) {
      if (before != null) {
        stop(before.row);
      }
      return;
    }
    if (before == null || !before.row.equals(row)) {
      try {
        connectors.start(
            row.organisation,
            new Connectors.Plan(
                Connectors.Kind.parse(row.connector),
                vault.open(row.token, name(row.organisation, row.connector)),
                options(row.options)));
      } catch (Failure failure) {
        LOG.warn("The connector {} of {} cannot start", row.connector, row.organisation, failure);
      }
    }
    held.put(row.lease(), new Held(row, asked + turns.lease().toNanos()));
  }

  private void stop(Row row) {
    held.remove(row.lease());
    boolean unused = connectors.stop(row.organisation, Connectors.Kind.parse(row.connector));
  }

  private static String name(String organisation, String connector) {
    return "connector:" + organisation + ":" + connector;
  }

  private static Map<String, String> options(String json) {
    Map<String, String> options = new LinkedHashMap<>();
    Map<?, ?> kept = Json.read(json, Map.class);
    kept.forEach((name, value) -> options.put(String.valueOf(name), String.valueOf(value)));
    return options;
  }

  /** Keeps a connector and starts it, here or, when another node has it, there by its next look. */
  synchronized void put(String organisation, Connectors.Plan plan) {
    // What the platform's client refuses is not kept.
    connectors.check(organisation, plan);
    String connector = plan.kind().word();
    Row row =
        new Row(
            organisation,
            connector,
            Json.write(plan.options()),
            vault.seal(plan.token(), name(organisation, connector)),
            clock.millis());
    if (leases.take(row.lease(), turns.lease())) {
      // Nor what there is no room for.
      connectors.start(organisation, plan);
      held.put(row.lease(), new Held(row, System.nanoTime() + turns.lease().toNanos()));
    }
    store.change(
        handle ->
            handle
                .createUpdate(
                    "INSERT INTO social_connector (organisation, connector, options, token,"
                        + " updated_at) VALUES (:organisation, :connector, :options, :token, :at)"
                        + " ON CONFLICT (organisation, connector) DO UPDATE SET options ="
                        + " excluded.options, token = excluded.token, updated_at ="
                        + " excluded.updated_at")
                .bind("organisation", row.organisation)
                .bind("connector", row.connector)
                .bind("options", row.options)
                .bind("token", row.token)
                .bind("at", row.updatedAt)
                .execute());
  }

  /**
   * Forgets a connector and stops it, here or by the other node's next look; whether it was kept.
   */
  synchronized boolean delete(String organisation, Connectors.Kind kind) {
    Held here = held.get(name(organisation, kind.word()));
    boolean gone =
        store.write(
            handle ->
                handle
                        .createUpdate(
                            "DELETE FROM social_connector WHERE organisation = ? AND connector = ?")
                        .bind(0, organisation)
                        .bind(1, kind.word())
                        .execute()
                    == 1);
    if (here != null) {
      stop(here.row);
      leases.giveBack(here.row.lease());
    }
    return gone;
  }

  /** What an organisation has configured. */
  List<Kept> kept(String organisation) {
    return store.read(
        handle ->
            handle
                .createQuery(
                    "SELECT connector, options FROM social_connector WHERE organisation = ?"
                        + " ORDER BY connector")
                .bind(0, organisation)
                .map(
                    (row, context) ->
                        new Kept(
                            Connectors.Kind.parse(row.getString(1)), options(row.getString(2))))
                .list());
  }

  Connectors connectors() {
    return connectors;
  }

  /** Stops all and gives the leases back, so that another node can go on at once. */
  @Override
  public void close() {
    looking.shutdownNow();
    synchronized (this) {
      connectors.close();
      for (Held each : held.values()) {
        try {
          leases.giveBack(each.row.lease());
        } catch (RuntimeException e) {
          LOG.info("A lease is left to end by itself: {}", e.getMessage());
        }
      }
      held.clear();
    }
  }
}
