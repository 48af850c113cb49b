package dev.spanda.server.wavestack;

import dev.spanda.core.Failure;
import dev.spanda.core.store.Json;
import dev.spanda.core.store.Store;
import dev.spanda.media.social.Message;
import dev.spanda.media.social.PlatformEvent;
import dev.spanda.media.social.SocialFeed;
import dev.spanda.server.gate.identity.Vault;
import dev.spanda.server.outbound.Fetcher;
import dev.spanda.server.outbound.social.Connectors;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which connectors organisations have, kept with sealed tokens, and the running of them. Every node
 * of several runs them all; what two of them hear is kept once.
 */
final class Listening implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Listening.class);

  /** What an organisation has configured, without the token. */
  record Kept(Connectors.Kind kind, Map<String, String> options) {}

  private final Store store;
  private final Vault vault;
  private final Clock clock;
  private final Connectors connectors;

  Listening(
      Store store,
      Vault vault,
      Clock clock,
      Fetcher fetcher,
      SocialFeed feed,
      Connectors.Pauses pauses) {
    this.store = store;
    this.vault = vault;
    this.clock = clock;
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

  /** Starts all that are kept. */
  void start() {
    record Row(String organisation, String connector, String options, String token) {}
    List<Row> rows =
        store.read(
            handle ->
                handle
                    .createQuery("SELECT * FROM social_connector ORDER BY organisation, connector")
                    .map(
                        (row, context) ->
                            new Row(
                                row.getString("organisation"),
                                row.getString("connector"),
                                row.getString("options"),
                                row.getString("token")))
                    .list());
    for (Row row : rows) {
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

  /** Starts a connector and keeps it. */
  void put(String organisation, Connectors.Plan plan) {
    // First started: what the platform's client refuses is not kept.
    connectors.start(organisation, plan);
    String connector = plan.kind().word();
    store.change(
        handle ->
            handle
                .createUpdate(
                    "INSERT INTO social_connector (organisation, connector, options, token,"
                        + " updated_at) VALUES (:organisation, :connector, :options, :token, :at)"
                        + " ON CONFLICT (organisation, connector) DO UPDATE SET options ="
                        + " excluded.options, token = excluded.token, updated_at ="
                        + " excluded.updated_at")
                .bind("organisation", organisation)
                .bind("connector", connector)
                .bind("options", Json.write(plan.options()))
                .bind("token", vault.seal(plan.token(), name(organisation, connector)))
                .bind("at", clock.millis())
                .execute());
  }

  /** Stops and forgets a connector; returns whether it was kept. */
  boolean delete(String organisation, Connectors.Kind kind) {
    connectors.stop(organisation, kind);
    return store.write(
        handle ->
            handle
                    .createUpdate(
                        "DELETE FROM social_connector WHERE organisation = ? AND connector = ?")
                    .bind(0, organisation)
                    .bind(1, kind.word())
                    .execute()
                == 1);
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

  @Override
  public void close() {
    connectors.close();
  }
}
