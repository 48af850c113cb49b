package dev.spanda.server.gate.identity;

import dev.spanda.core.Ids;
import dev.spanda.core.store.Store;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The sessions of browsers that have logged in. The secret of a session is shown once and kept as
 * its SHA-256 digest. A session ends with its time, by {@link #close}, when its account is closed
 * or gets another password, and when its account has opened {@value #MOST_OF_ACCOUNT} later ones.
 * Thread-safe.
 */
public final class LoginSessions {

  /** How many sessions an account may have open. */
  public static final int MOST_OF_ACCOUNT = 100;

  private final Store store;
  private final InstantSource clock;
  private final Ids ids;
  private final Duration life;

  /**
   * An open session.
   *
   * @param csrfToken what a page must show to change anything; made of the session's secret, so
   *     that only who is told knows it
   */
  public record Session(
      String id, String account, String plan, String csrfToken, Instant expiresAt) {

    /** Whether that is the token of this session, in a time that tells nothing. */
    public boolean isProvenBy(@Nullable String token) {
      return token != null
          && MessageDigest.isEqual(
              token.getBytes(StandardCharsets.UTF_8), csrfToken.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
      return "Session[" + id + ", " + account + "]";
    }
  }

  /**
   * A session that was just opened.
   *
   * @param secret what the cookie holds; it is not kept and cannot be shown again
   */
  public record Opened(Session session, String secret) {
    @Override
    public String toString() {
      return "Opened[" + session.id() + "]";
    }
  }

  /**
   * The sessions of a store.
   *
   * @param life how long a session is good
   */
  public LoginSessions(Store store, InstantSource clock, Ids ids, Duration life) {
    this.store = store;
    this.clock = clock;
    this.ids = ids;
    this.life = life;
  }

  /** Opens a session for somebody who has just proved who they are. */
  public Opened open(Accounts.Account account) {
    String secret = Secrets.random();
    String id = ids.next("sess");
    Instant now = clock.instant();
    Instant end = now.plus(life);
    store.change(
        handle -> {
          String password =
              handle
                  .createQuery("SELECT coalesce(password, '') FROM identity_account WHERE id = :id")
                  .bind("id", account.id())
                  .mapTo(String.class)
                  .one();
          handle
              .createUpdate(
                  "INSERT INTO identity_session"
                      + " (id, api, account, digest, proof, created_at, expires_at)"
                      + " VALUES (:id, :api, :account, :digest, :proof, :now, :end)")
              .bind("id", id)
              .bind("api", account.api())
              .bind("account", account.id())
              .bind("digest", Secrets.digest(secret))
              .bind("proof", Secrets.digest(password))
              .bind("now", now.toEpochMilli())
              .bind("end", end.toEpochMilli())
              .execute();
          handle
              .createUpdate(
                  "DELETE FROM identity_session WHERE account = :account AND id NOT IN"
                      + " (SELECT id FROM identity_session WHERE account = :account"
                      + " ORDER BY created_at DESC, id DESC LIMIT :most)")
              .bind("account", account.id())
              .bind("most", MOST_OF_ACCOUNT)
              .execute();
        });
    return new Opened(
        new Session(id, account.id(), account.plan(), csrfToken(Secrets.digest(secret)), end),
        secret);
  }

  /** The session of that secret, when it is open now and belongs to an account of the API. */
  public Optional<Session> find(String api, String secret) {
    return Secrets.isPlausible(secret)
        ? find(api, "digest", Secrets.digest(secret))
        : Optional.empty();
  }

  /** The session of that id, when it is open now and belongs to an account of the API. */
  public Optional<Session> findById(String api, String id) {
    return find(api, "id", id);
  }

  private Optional<Session> find(String api, String column, String value) {
    long now = clock.instant().toEpochMilli();
    return store.read(
        handle ->
            handle
                .createQuery(
                    "SELECT s.id, s.account, s.digest, s.proof, s.expires_at, a.plan,"
                        + " coalesce(a.password, '') AS password FROM identity_session s"
                        + " JOIN identity_account a ON a.id = s.account"
                        + " WHERE s."
                        + column
                        + " = :value AND s.api = :api AND s.expires_at > :now"
                        + " AND a.disabled_at IS NULL")
                .bind("value", value)
                .bind("api", api)
                .bind("now", now)
                .map((row, context) -> session(row))
                .findOne()
                .flatMap(found -> found));
  }

  /** Ends a session; one that has ended stays so. */
  public void close(String id) {
    store.change(
        handle ->
            handle
                .createUpdate("DELETE FROM identity_session WHERE id = :id")
                .bind("id", id)
                .execute());
  }

  /**
   * Forgets sessions whose time is over.
   *
   * @return how many
   */
  public int sweep() {
    return store.write(
        handle ->
            handle
                .createUpdate("DELETE FROM identity_session WHERE expires_at <= :now")
                .bind("now", clock.instant().toEpochMilli())
                .execute());
  }

  private static Optional<Session> session(ResultSet row) throws SQLException {
    if (!Secrets.matches(row.getString("password"), row.getString("proof"))) {
      return Optional.empty();
    }
    return Optional.of(
        new Session(
            row.getString("id"),
            row.getString("account"),
            row.getString("plan"),
            csrfToken(row.getString("digest")),
            Instant.ofEpochMilli(row.getLong("expires_at"))));
  }

  private static String csrfToken(String digest) {
    return Secrets.digest("csrf " + digest);
  }
}
