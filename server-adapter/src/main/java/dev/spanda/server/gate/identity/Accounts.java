package dev.spanda.server.gate.identity;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.Page;
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
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The accounts of every API: who they are, which plan they have, and whether a password is theirs.
 * A wrong password, an unknown name, another client and a disabled account cost the same time and
 * give the same answer; ten failures of a name or a hundred of an address within a quarter of an
 * hour close the way for a while. Thread-safe.
 */
public final class Accounts {

  private static final RateLimit FAILURES_OF_NAME = new RateLimit(10, Duration.ofMinutes(15));
  private static final RateLimit FAILURES_OF_ADDRESS = new RateLimit(100, Duration.ofMinutes(15));
  private static final int LONGEST_EMAIL = 254;
  private static final int LONGEST_WORD = 100;
  private static final int LARGEST_PAGE = 1_000;

  private final Store store;
  private final InstantSource clock;
  private final Ids ids;
  private final Limiter limiter;
  private volatile @Nullable Passwords passwords;

  /**
   * An account.
   *
   * @param id the owner of what the account makes
   * @param api which API it is an account of, such as {@code biofield}
   * @param email in lower case
   * @param plan the name of its plan or tier
   * @param clientId the only client its owner may log in with; null for any
   * @param disabledAt since when nobody may use it, null when everybody may
   */
  public record Account(
      String id,
      String api,
      String email,
      String plan,
      @Nullable String clientId,
      Instant createdAt,
      @Nullable Instant disabledAt) {}

  /**
   * An account to be made.
   *
   * @param id null for a new name
   * @param password 8 to 256 characters; null for an account that has keys only
   */
  public record Draft(
      @Nullable String id,
      String api,
      String email,
      String plan,
      @Nullable String clientId,
      @Nullable String password) {

    /** Checks the words. */
    public Draft {
      Secrets.requireText("api", "The API", api, LONGEST_WORD);
      email = Secrets.requireText("email", "The email", email, LONGEST_EMAIL);
      email = email.strip().toLowerCase(Locale.ROOT);
      Secrets.requireText("plan", "The plan", plan, LONGEST_WORD);
      if (password != null) {
        Passwords.require(password);
      }
    }

    /** An account that has keys only. */
    public static Draft of(String api, String email, String plan) {
      return new Draft(null, api, email, plan, null, null);
    }

    /** The same with a password. */
    public Draft withPassword(String secret) {
      return new Draft(id, api, email, plan, clientId, secret);
    }

    @Override
    public String toString() {
      return "Draft[" + api + ", " + email + ", " + plan + "]";
    }
  }

  /**
   * The accounts of a store.
   *
   * @param limiter counts failed logins; one that nodes share when they share the store
   */
  public Accounts(Store store, InstantSource clock, Ids ids, Limiter limiter) {
    this.store = store;
    this.clock = clock;
    this.ids = ids;
    this.limiter = limiter;
  }

  /**
   * Makes an account.
   *
   * @throws Failure CONFLICT, subject {@code account}, when the API has one with this email or id
   */
  public Account create(Draft draft) {
    String password = draft.password();
    String digest = password == null ? null : passwords().digest(password);
    String id = draft.id() == null ? ids.next("user") : draft.id();
    return store.write(
        handle -> {
          int made =
              handle
                  .createUpdate(
                      "INSERT INTO identity_account"
                          + " (id, api, email, plan, client_id, password, created_at)"
                          + " VALUES (:id, :api, :email, :plan, :client, :password, :now)"
                          + " ON CONFLICT DO NOTHING")
                  .bind("id", id)
                  .bind("api", draft.api())
                  .bind("email", draft.email())
                  .bind("plan", draft.plan())
                  .bind("client", draft.clientId())
                  .bind("password", digest)
                  .bind("now", clock.instant().toEpochMilli())
                  .execute();
          if (made == 0) {
            throw Failure.of(
                    Failure.Reason.CONFLICT,
                    "account",
                    "There is an account of " + draft.api() + " with this email or id")
                .with(Failure.PROVIDED_VALUE, draft.email());
          }
          return require(handle, id);
        });
  }

  /**
   * The account of that id.
   *
   * @throws Failure NOT_FOUND, subject {@code account}
   */
  public Account find(String id) {
    return store.read(handle -> require(handle, id));
  }

  /** The account of an API that has this email, in any case. */
  public Optional<Account> findByEmail(String api, String email) {
    return store.read(handle -> byEmail(handle, api, email).map(Stored::account));
  }

  /**
   * Accounts in the order in which they were made.
   *
   * @param api null for those of every API
   * @param limit 1 to 1000
   * @param offset ≥ 0
   */
  public Page<Account> list(@Nullable String api, int limit, long offset) {
    Failure.requireInRange("limit", "Limit", limit, 1, LARGEST_PAGE, "");
    Failure.requireInRange("offset", "Offset", offset, 0, Long.MAX_VALUE, "");
    String where = api == null ? "" : " WHERE api = :api";
    return store.read(
        handle -> {
          var count = handle.createQuery("SELECT count(*) FROM identity_account" + where);
          var rows =
              handle.createQuery(
                  "SELECT * FROM identity_account"
                      + where
                      + " ORDER BY created_at, id LIMIT :limit OFFSET :offset");
          if (api != null) {
            count.bind("api", api);
            rows.bind("api", api);
          }
          List<Account> items =
              rows.bind("limit", limit)
                  .bind("offset", offset)
                  .map((row, context) -> stored(row).account())
                  .list();
          return new Page<>(items, count.mapTo(Long.class).one(), limit, offset);
        });
  }

  /**
   * The account whose email and password these are.
   *
   * @param clientId what the program calls itself, or null
   * @param address where the request came from
   * @throws Failure UNAUTHENTICATED, subject {@code credentials}, whatever of it is wrong;
   *     RATE_LIMITED, subject {@code login}, after too many failures, with {@code retry_after} in
   *     seconds; UNAVAILABLE, subject {@code login}, when too many logins are computed
   */
  public Account login(
      String api, String email, String password, @Nullable String clientId, String address) {
    String name = email.strip().toLowerCase(Locale.ROOT);
    if (name.length() > LONGEST_EMAIL) {
      name = name.substring(0, LONGEST_EMAIL);
    }
    // Taken before and given back afterwards, so that guesses sent side by side count as well.
    String ofName = "login:" + api + ":" + name;
    String ofAddress = "login:" + api + "@" + address;
    requireFew(limiter.acquire(ofAddress, FAILURES_OF_ADDRESS));
    requireFew(limiter.acquire(ofName, FAILURES_OF_NAME));
    String looked = name;
    Stored found = store.read(handle -> byEmail(handle, api, looked)).orElse(null);
    boolean right = passwords().matches(password, found == null ? null : found.password());
    if (!right || found == null || !mayLogIn(found.account(), clientId)) {
      throw Secrets.wrong();
    }
    limiter.giveBack(ofName, FAILURES_OF_NAME, 1);
    limiter.giveBack(ofAddress, FAILURES_OF_ADDRESS, 1);
    return found.account();
  }

  private static boolean mayLogIn(Account account, @Nullable String clientId) {
    return account.disabledAt() == null
        && (account.clientId() == null || account.clientId().equals(clientId));
  }

  private static void requireFew(Decision decision) {
    if (!decision.allowed()) {
      long seconds = Math.max(1, decision.retryAfter().plusMillis(999).toSeconds());
      throw Failure.of(
              Failure.Reason.RATE_LIMITED,
              "login",
              "Too many logins failed; the next may be tried in " + seconds + " s")
          .with("retry_after", seconds);
    }
  }

  /**
   * Gives an account another password and ends its logins.
   *
   * @throws Failure NOT_FOUND, subject {@code account}; INVALID, subject {@code password}
   */
  public void setPassword(String id, String password) {
    String digest = passwords().digest(Passwords.require(password));
    change("UPDATE identity_account SET password = :value WHERE id = :id", id, digest, true);
  }

  /**
   * Gives an account another plan.
   *
   * @throws Failure NOT_FOUND, subject {@code account}
   */
  public Account setPlan(String id, String plan) {
    Secrets.requireText("plan", "The plan", plan, LONGEST_WORD);
    change("UPDATE identity_account SET plan = :value WHERE id = :id", id, plan, false);
    return find(id);
  }

  /**
   * Closes an account: its keys, tokens and password are refused from now on.
   *
   * @throws Failure NOT_FOUND, subject {@code account}
   */
  public void disable(String id) {
    long now = clock.instant().toEpochMilli();
    change(
        "UPDATE identity_account SET disabled_at = coalesce(disabled_at, :value) WHERE id = :id",
        id,
        now,
        true);
  }

  /**
   * Opens a closed account again.
   *
   * @throws Failure NOT_FOUND, subject {@code account}
   */
  public void enable(String id) {
    change("UPDATE identity_account SET disabled_at = :value WHERE id = :id", id, null, false);
  }

  private void change(String sql, String id, @Nullable Object value, boolean endLogins) {
    store.change(
        handle -> {
          var update = handle.createUpdate(sql).bind("id", id);
          if (value == null) {
            update.bindNull("value", java.sql.Types.BIGINT);
          } else {
            update.bind("value", value);
          }
          if (update.execute() == 0) {
            throw Failure.notFound("account", id);
          }
          if (endLogins) {
            handle
                .createUpdate(
                    "UPDATE identity_family SET revoked_at = :now"
                        + " WHERE account = :id AND revoked_at IS NULL")
                .bind("now", clock.instant().toEpochMilli())
                .bind("id", id)
                .execute();
          }
        });
  }

  /** Made when it is first needed: its own digest takes a moment. */
  private Passwords passwords() {
    Passwords made = passwords;
    if (made == null) {
      synchronized (this) {
        made = Objects.requireNonNullElseGet(passwords, Passwords::new);
        passwords = made;
      }
    }
    return made;
  }

  private record Stored(Account account, @Nullable String password) {}

  private static Account require(Handle handle, String id) {
    return handle
        .createQuery("SELECT * FROM identity_account WHERE id = :id")
        .bind("id", id)
        .map((row, context) -> stored(row).account())
        .findOne()
        .orElseThrow(() -> Failure.notFound("account", id));
  }

  private static Optional<Stored> byEmail(Handle handle, String api, String email) {
    return handle
        .createQuery("SELECT * FROM identity_account WHERE api = :api AND email = :email")
        .bind("api", api)
        .bind("email", email.strip().toLowerCase(Locale.ROOT))
        .map((row, context) -> stored(row))
        .findOne();
  }

  private static Stored stored(ResultSet row) throws SQLException {
    return new Stored(
        new Account(
            row.getString("id"),
            row.getString("api"),
            row.getString("email"),
            row.getString("plan"),
            row.getString("client_id"),
            Instant.ofEpochMilli(row.getLong("created_at")),
            Times.optional(row, "disabled_at")),
        row.getString("password"));
  }
}
