package dev.spanda.server.gate.identity;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.quota.Decision;
import dev.spanda.core.quota.Limiter;
import dev.spanda.core.quota.RateLimit;
import dev.spanda.core.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Programs that prove themselves by an id and a secret of their own and act for one organisation.
 * The secret is shown once and kept as a digest. Thread-safe.
 */
public final class Clients {

  private static final RateLimit FAILURES = new RateLimit(20, Duration.ofMinutes(15));
  private static final int LONGEST_WORD = 100;

  private final Store store;
  private final InstantSource clock;
  private final Ids ids;
  private final Limiter limiter;

  /**
   * A client, without its secret.
   *
   * @param organisation which owns what the client makes
   * @param scopes what it may do; empty for everything
   * @param revokedAt since when it is refused, null when it is not
   */
  public record Client(
      String id,
      String api,
      String organisation,
      String name,
      Set<String> scopes,
      Instant createdAt,
      @Nullable Instant revokedAt) {

    /** Copies the scopes. */
    public Client {
      scopes = Set.copyOf(scopes);
    }
  }

  /**
   * A client that was just made, or has a new secret.
   *
   * @param secret not kept; cannot be shown again
   */
  public record Created(Client client, String secret) {
    @Override
    public String toString() {
      return "Created[" + client.id() + "]";
    }
  }

  /**
   * A client to be made.
   *
   * @param id null for a new name
   * @param scopes words without spaces; empty for everything
   */
  public record Draft(
      @Nullable String id, String api, String organisation, String name, Set<String> scopes) {

    /** Checks the words. */
    public Draft {
      Secrets.requireText("api", "The API", api, LONGEST_WORD);
      Secrets.requireText("organisation", "The organisation", organisation, LONGEST_WORD);
      Secrets.requireText("name", "The name", name, LONGEST_WORD);
      scopes = Set.copyOf(scopes);
      for (String scope : scopes) {
        if (!scope.matches("[!-~]{1,100}")) {
          throw Failure.invalid("scope", scope, "A scope is a word of ASCII letters");
        }
      }
    }

    /** A client for everything. */
    public static Draft of(String api, String organisation, String name) {
      return new Draft(null, api, organisation, name, Set.of());
    }
  }

  /**
   * The clients of a store.
   *
   * @param limiter counts wrong secrets; one that nodes share when they share the store
   */
  public Clients(Store store, InstantSource clock, Ids ids, Limiter limiter) {
    this.store = store;
    this.clock = clock;
    this.ids = ids;
    this.limiter = limiter;
  }

  /**
   * Makes a client with a random secret.
   *
   * @throws Failure CONFLICT, subject {@code client}, when the id is taken
   */
  public Created create(Draft draft) {
    return create(draft, Secrets.random());
  }

  /**
   * Makes a client whose secret is known beforehand, as that of a document is.
   *
   * @throws Failure CONFLICT, subject {@code client}, when the id is taken
   */
  public Created createKnown(Draft draft, String secret) {
    if (!Secrets.isPlausible(secret)) {
      throw new IllegalArgumentException("a secret has 1 to 200 characters");
    }
    return create(draft, secret);
  }

  private Created create(Draft draft, String secret) {
    String id = draft.id() == null ? ids.next("client") : draft.id();
    return store.write(
        handle -> {
          int made =
              handle
                  .createUpdate(
                      "INSERT INTO identity_client"
                          + " (id, api, organisation, name, digest, scopes, created_at) VALUES"
                          + " (:id, :api, :organisation, :name, :digest, :scopes, :now)"
                          + " ON CONFLICT DO NOTHING")
                  .bind("id", id)
                  .bind("api", draft.api())
                  .bind("organisation", draft.organisation())
                  .bind("name", draft.name())
                  .bind("digest", Secrets.digest(secret))
                  .bind("scopes", String.join(" ", new TreeSet<>(draft.scopes())))
                  .bind("now", clock.instant().toEpochMilli())
                  .execute();
          if (made == 0) {
            throw Failure.of(Failure.Reason.CONFLICT, "client", "There is a client with this id")
                .with(Failure.PROVIDED_VALUE, id);
          }
          return new Created(require(handle, id), secret);
        });
  }

  /**
   * The client whose id and secret these are.
   *
   * @param address where the request came from
   * @throws Failure UNAUTHENTICATED, subject {@code credentials}, whatever of it is wrong;
   *     RATE_LIMITED, subject {@code login}, after twenty failures of an address within a quarter
   *     of an hour, with {@code retry_after} in seconds
   */
  public Client authenticate(String api, String id, String secret, String address) {
    String key = "client:" + api + "@" + address;
    Decision few = limiter.acquire(key, FAILURES);
    if (!few.allowed()) {
      long seconds = Math.max(1, few.retryAfter().plusMillis(999).toSeconds());
      throw Failure.of(
              Failure.Reason.RATE_LIMITED,
              "login",
              "Too many logins failed; the next may be tried in " + seconds + " s")
          .with("retry_after", seconds);
    }
    Optional<Client> found =
        Secrets.isPlausible(secret)
            ? store.read(
                handle ->
                    handle
                        .createQuery(
                            "SELECT * FROM identity_client WHERE id = :id AND api = :api"
                                + " AND digest = :digest AND revoked_at IS NULL")
                        .bind("id", id)
                        .bind("api", api)
                        .bind("digest", Secrets.digest(secret))
                        .map((row, context) -> client(row))
                        .findOne())
            : Optional.empty();
    Client client = found.orElseThrow(Secrets::wrong);
    limiter.giveBack(key, FAILURES, 1);
    return client;
  }

  /**
   * The client of that id, revoked or not.
   *
   * @throws Failure NOT_FOUND, subject {@code client}
   */
  public Client find(String id) {
    return store.read(handle -> require(handle, id));
  }

  /**
   * The clients in the order in which they were made.
   *
   * @param api null for those of every API
   */
  public List<Client> list(@Nullable String api) {
    return store.read(
        handle -> {
          var query =
              handle.createQuery(
                  "SELECT * FROM identity_client"
                      + (api == null ? "" : " WHERE api = :api")
                      + " ORDER BY created_at, id");
          if (api != null) {
            query.bind("api", api);
          }
          return query.map((row, context) -> client(row)).list();
        });
  }

  /**
   * Gives a client a new secret; the old one is refused from now on.
   *
   * @throws Failure NOT_FOUND, subject {@code client}; CONFLICT, subject {@code client}, when it is
   *     revoked
   */
  public Created rotate(String id) {
    String secret = Secrets.random();
    return store.write(
        handle -> {
          if (require(handle, id).revokedAt() != null) {
            throw Failure.of(Failure.Reason.CONFLICT, "client", "The client " + id + " is revoked");
          }
          handle
              .createUpdate("UPDATE identity_client SET digest = :digest WHERE id = :id")
              .bind("digest", Secrets.digest(secret))
              .bind("id", id)
              .execute();
          return new Created(require(handle, id), secret);
        });
  }

  /**
   * Ends a client now. A second time changes nothing.
   *
   * @throws Failure NOT_FOUND, subject {@code client}
   */
  public Client revoke(String id) {
    return store.write(
        handle -> {
          require(handle, id);
          handle
              .createUpdate(
                  "UPDATE identity_client SET revoked_at = :now"
                      + " WHERE id = :id AND revoked_at IS NULL")
              .bind("now", clock.instant().toEpochMilli())
              .bind("id", id)
              .execute();
          return require(handle, id);
        });
  }

  private static Client require(Handle handle, String id) {
    return handle
        .createQuery("SELECT * FROM identity_client WHERE id = :id")
        .bind("id", id)
        .map((row, context) -> client(row))
        .findOne()
        .orElseThrow(() -> Failure.notFound("client", id));
  }

  private static Client client(ResultSet row) throws SQLException {
    String scopes = row.getString("scopes");
    return new Client(
        row.getString("id"),
        row.getString("api"),
        row.getString("organisation"),
        row.getString("name"),
        scopes.isEmpty() ? Set.of() : Set.of(scopes.split(" ")),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Times.optional(row, "revoked_at"));
  }
}
