package dev.spanda.server.gate.identity;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.store.Store;
import dev.spanda.server.gate.Identity;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The API keys of accounts. A key is shown once, when it is made; what is kept is its SHA-256
 * digest and its first letters. A key begins with the API it is for and its environment, such as
 * {@code crav_live_} or {@code crav_test_}, so that a person and a scanner for leaked keys know it
 * by sight. Thread-safe.
 */
public final class ApiKeys {

  /** Looked up once an hour at most is often enough to tell which keys nobody needs. */
  private static final Duration USE_RECORDED_EVERY = Duration.ofHours(1);

  private static final Map<String, String> PREFIXES =
      Map.of("craudioviz", "crav", "octospine", "octo", "wavestack", "wave", "biofield", "bio");
  private static final int LONGEST_NAME = 100;
  private static final int HINT_LENGTH = 14;

  private final Store store;
  private final InstantSource clock;
  private final Ids ids;

  /**
   * A key, without its secret.
   *
   * @param plan the plan of its account now
   * @param name what its owner calls it
   * @param hint its first letters
   * @param environment {@code live} or {@code sandbox}
   * @param expiresAt from when it is refused, null for never
   * @param revokedAt since when it is refused, null when it is not
   * @param usedAt when it was last used, to the hour; null when never
   */
  public record Key(
      String id,
      String account,
      String api,
      String plan,
      String name,
      String hint,
      String environment,
      Instant createdAt,
      @Nullable Instant expiresAt,
      @Nullable Instant revokedAt,
      @Nullable Instant usedAt) {

    /** Who comes with this key. */
    public Identity identity() {
      return new Identity(account, plan, id, environment, Set.of());
    }
  }

  /**
   * A key that was just made.
   *
   * @param secret what its owner sends; it is not kept and cannot be shown again
   */
  public record Created(Key key, String secret) {
    @Override
    public String toString() {
      return "Created[" + key.id() + "]";
    }
  }

  /**
   * A key to be made.
   *
   * @param account the id of its account
   * @param name what its owner calls it, 1 to 100 characters
   * @param environment {@code live} or {@code sandbox}
   * @param lifetime after which it is refused, null for never
   */
  public record Draft(
      String account, String name, String environment, @Nullable Duration lifetime) {

    /** Checks the words. */
    public Draft {
      Secrets.requireText("name", "The name", name, LONGEST_NAME);
      if (!environment.equals(Identity.LIVE) && !environment.equals(Identity.SANDBOX)) {
        throw Failure.notAllowed(
            "environment", environment, List.of(Identity.LIVE, Identity.SANDBOX));
      }
      if (lifetime != null && (lifetime.isNegative() || lifetime.isZero())) {
        throw Failure.invalid("lifetime", lifetime, "A key must live for some time");
      }
    }

    /** A live key that does not end. */
    public static Draft live(String account, String name) {
      return new Draft(account, name, Identity.LIVE, null);
    }

    /** A key for the sandbox that does not end. */
    public static Draft sandbox(String account, String name) {
      return new Draft(account, name, Identity.SANDBOX, null);
    }
  }

  /** The keys of a store. */
  public ApiKeys(Store store, InstantSource clock, Ids ids) {
    this.store = store;
    this.clock = clock;
    this.ids = ids;
  }

  /**
   * Makes a key.
   *
   * @throws Failure NOT_FOUND, subject {@code account}
   */
  public Created create(Draft draft) {
    return store.write(handle -> insert(handle, draft, null));
  }

  /**
   * Makes a key whose secret is known beforehand, as those of the documents are.
   *
   * @param secret 1 to 200 characters
   * @throws Failure NOT_FOUND, subject {@code account}; CONFLICT, subject {@code key}, when it is
   *     the secret of another key
   */
  public Created createKnown(Draft draft, String secret) {
    if (!Secrets.isPlausible(secret)) {
      throw new IllegalArgumentException("a key has 1 to 200 characters");
    }
    return store.write(handle -> insert(handle, draft, secret));
  }

  /**
   * The key whose secret this is, when it may be used now: neither revoked nor expired, and its
   * account open.
   *
   * @param api the API that is asked; keys of others are unknown here
   * @param presented what the caller sent
   */
  public Optional<Key> find(String api, String presented) {
    if (!Secrets.isPlausible(presented)) {
      return Optional.empty();
    }
    Instant now = clock.instant();
    Optional<Key> found =
        store.read(
            handle ->
                handle
                    .createQuery(
                        SELECT
                            + " WHERE k.digest = :digest AND k.api = :api"
                            + " AND k.revoked_at IS NULL AND a.disabled_at IS NULL"
                            + " AND (k.expires_at IS NULL OR k.expires_at > :now)")
                    .bind("digest", Secrets.digest(presented))
                    .bind("api", api)
                    .bind("now", now.toEpochMilli())
                    .map((row, context) -> key(row))
                    .findOne());
    found.ifPresent(key -> recordUse(key, now));
    return found;
  }

  /**
   * The keys of an account, the newest first, with those that are refused.
   *
   * @throws Failure NOT_FOUND, subject {@code account}
   */
  public List<Key> list(String account) {
    return store.read(
        handle -> {
          requireAccount(handle, account);
          return handle
              .createQuery(SELECT + " WHERE k.account = :account ORDER BY k.created_at DESC, k.id")
              .bind("account", account)
              .map((row, context) -> key(row))
              .list();
        });
  }

  /**
   * Makes a key in place of another, which stays good for a while so that programs can change over.
   *
   * @param grace how long the old key stays good; zero ends it now
   * @throws Failure NOT_FOUND, subject {@code key}, when the account has no such key; CONFLICT,
   *     subject {@code key}, when it is revoked
   */
  public Created rotate(String account, String id, Duration grace) {
    if (grace.isNegative()) {
      throw Failure.invalid("grace", grace, "The time of grace must not be negative");
    }
    return store.write(
        handle -> {
          Key old = require(handle, account, id);
          if (old.revokedAt() != null) {
            throw Failure.of(Failure.Reason.CONFLICT, "key", "The key " + id + " is revoked");
          }
          long end = clock.instant().plus(grace).toEpochMilli();
          handle
              .createUpdate(
                  "UPDATE identity_key SET expires_at = :end"
                      + " WHERE id = :id AND (expires_at IS NULL OR expires_at > :end)")
              .bind("end", end)
              .bind("id", id)
              .execute();
          return insert(
              handle, new Draft(old.account(), old.name(), old.environment(), null), null);
        });
  }

  /**
   * Ends a key now. A second time changes nothing.
   *
   * @throws Failure NOT_FOUND, subject {@code key}, when the account has no such key
   */
  public Key revoke(String account, String id) {
    return store.write(
        handle -> {
          require(handle, account, id);
          handle
              .createUpdate(
                  "UPDATE identity_key SET revoked_at = :now WHERE id = :id AND revoked_at IS NULL")
              .bind("now", clock.instant().toEpochMilli())
              .bind("id", id)
              .execute();
          return require(handle, account, id);
        });
  }

  private static final String SELECT =
      "SELECT k.*, a.plan FROM identity_key k JOIN identity_account a ON a.id = k.account";

  private Created insert(Handle handle, Draft draft, @Nullable String known) {
    String api = requireAccount(handle, draft.account());
    String word = draft.environment().equals(Identity.LIVE) ? "live" : "test";
    String secret =
        known != null
            ? known
            : PREFIXES.getOrDefault(api, "key") + "_" + word + "_" + Secrets.random();
    String id = ids.next("key");
    Instant now = clock.instant();
    Duration lifetime = draft.lifetime();
    int made =
        handle
            .createUpdate(
                "INSERT INTO identity_key"
                    + " (id, account, api, name, hint, digest, environment, created_at, expires_at)"
                    + " VALUES (:id, :account, :api, :name, :hint, :digest, :environment, :now,"
                    + " :expires) ON CONFLICT DO NOTHING")
            .bind("id", id)
            .bind("account", draft.account())
            .bind("api", api)
            .bind("name", draft.name())
            .bind("hint", secret.substring(0, Math.min(HINT_LENGTH, (secret.length() + 1) / 2)))
            .bind("digest", Secrets.digest(secret))
            .bind("environment", draft.environment())
            .bind("now", now.toEpochMilli())
            .bind("expires", lifetime == null ? null : (Long) now.plus(lifetime).toEpochMilli())
            .execute();
    if (made == 0) {
      throw Failure.of(Failure.Reason.CONFLICT, "key", "There is a key with this secret");
    }
    return new Created(require(handle, draft.account(), id), secret);
  }

  private void recordUse(Key key, Instant now) {
    Instant before = key.usedAt();
    if (before == null || before.plus(USE_RECORDED_EVERY).isBefore(now)) {
      store.change(
          handle ->
              handle
                  .createUpdate("UPDATE identity_key SET used_at = :now WHERE id = :id")
                  .bind("now", now.toEpochMilli())
                  .bind("id", key.id())
                  .execute());
    }
  }

  private static String requireAccount(Handle handle, String account) {
    return handle
        .createQuery("SELECT api FROM identity_account WHERE id = :id")
        .bind("id", account)
        .mapTo(String.class)
        .findOne()
        .orElseThrow(() -> Failure.notFound("account", account));
  }

  private static Key require(Handle handle, String account, String id) {
    return handle
        .createQuery(SELECT + " WHERE k.id = :id AND k.account = :account")
        .bind("id", id)
        .bind("account", account)
        .map((row, context) -> key(row))
        .findOne()
        .orElseThrow(() -> Failure.notFound("key", id));
  }

  private static Key key(ResultSet row) throws SQLException {
    return new Key(
        row.getString("id"),
        row.getString("account"),
        row.getString("api"),
        Objects.requireNonNull(row.getString("plan")),
        row.getString("name"),
        row.getString("hint"),
        row.getString("environment"),
        Instant.ofEpochMilli(row.getLong("created_at")),
        Times.optional(row, "expires_at"),
        Times.optional(row, "revoked_at"),
        Times.optional(row, "used_at"));
  }
}
