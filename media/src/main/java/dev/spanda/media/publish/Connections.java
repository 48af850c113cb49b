package dev.spanda.media.publish;

import dev.spanda.core.Failure;
import dev.spanda.core.store.Json;
import dev.spanda.core.store.Store;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps which account each owner has on which platform, one for each, with its tokens sealed.
 * Thread-safe.
 */
public final class Connections {

  /** Seals what must not be read in a copy of the database. Thread-safe. */
  public interface Seal {
    /** Seals a text under a name. */
    String seal(String text, String name);

    /**
     * Opens what {@link #seal} made under the same name.
     *
     * @throws Failure FAILED when it was sealed otherwise
     */
    String open(String sealed, String name);
  }

  /**
   * What proves to a platform that one may speak for an account.
   *
   * @param access 0 to 4 000 characters
   * @param refresh with which a new {@code access} is got, or the empty string
   * @param expiresAt when {@code access} ends, if it does
   */
  public record Tokens(String access, String refresh, Optional<Instant> expiresAt) {

    private static final int LONGEST = 4_000;

    /** No tokens, for a platform that asks for none. */
    public static final Tokens NONE = new Tokens("", "", Optional.empty());

    /** Checks the lengths. */
    public Tokens {
      requireShort("access_token", "Access token", access);
      requireShort("refresh_token", "Refresh token", refresh);
    }

    /** Says how long it was and never what it was. */
    private static void requireShort(String subject, String label, String secret) {
      if (secret.length() > LONGEST) {
        throw Failure.of(
                Failure.Reason.INVALID,
                subject,
                label + " must have at most " + LONGEST + " characters; had " + secret.length())
            .with(Failure.PROVIDED_VALUE, secret.length())
            .with(Failure.MAX_VALUE, LONGEST);
      }
    }

    /** Tells nothing. */
    @Override
    public String toString() {
      return "Tokens[…]";
    }
  }

  /**
   * An account on a platform.
   *
   * @param account what the platform calls it, 1 to 200 characters
   * @param label for people, 0 to 200 characters
   * @param standIn whether it is no account there but a local stand-in
   */
  public record Account(
      String owner,
      String platform,
      String account,
      String label,
      boolean standIn,
      Tokens tokens,
      Instant connectedAt) {

    /** Checks the lengths. */
    public Account {
      Failure.requireText("account_id", "Account id", account, 1, 200);
      Failure.requireText("label", "Label", label, 0, 200);
    }
  }

  /** The form in which tokens are sealed. */
  private record Sealed(String access, String refresh, @Nullable Instant expiresAt) {}

  private final Store store;
  private final InstantSource clock;
  private final Seal seal;

  /** The connections of a store. */
  public Connections(Store store, InstantSource clock, Seal seal) {
    this.store = store;
    this.clock = clock;
    this.seal = seal;
  }

  /** The seal that guards the tokens. */
  Seal seal() {
    return seal;
  }

  /** Connects an account, in place of the one that the owner had on the platform before. */
  public Account connect(
      String owner, String platform, String account, String label, boolean standIn, Tokens tokens) {
    Account connected =
        new Account(
            owner,
            platform,
            account,
            label,
            standIn,
            tokens,
            Instant.ofEpochMilli(clock.instant().toEpochMilli()));
    store.change(
        handle ->
            handle
                .createUpdate(
                    "INSERT INTO platform_account (owner, platform, account, label, stand_in,"
                        + " sealed, connected_at) VALUES (:owner, :platform, :account, :label,"
                        + " :standIn, :sealed, :now) ON CONFLICT (owner, platform) DO UPDATE SET"
                        + " account = excluded.account, label = excluded.label,"
                        + " stand_in = excluded.stand_in, sealed = excluded.sealed,"
                        + " connected_at = excluded.connected_at")
                .bind("owner", owner)
                .bind("platform", platform)
                .bind("account", account)
                .bind("label", label)
                .bind("standIn", standIn ? 1 : 0)
                .bind("sealed", sealed(owner, platform, tokens))
                .bind("now", connected.connectedAt().toEpochMilli())
                .execute());
    return connected;
  }

  /** Keeps new tokens of an account that is still connected; otherwise does nothing. */
  public void renew(Account account, Tokens tokens) {
    store.change(
        handle ->
            handle
                .createUpdate(
                    "UPDATE platform_account SET sealed = :sealed WHERE owner = :owner"
                        + " AND platform = :platform AND account = :account")
                .bind("sealed", sealed(account.owner(), account.platform(), tokens))
                .bind("owner", account.owner())
                .bind("platform", account.platform())
                .bind("account", account.account())
                .execute());
  }

  /** The owner's account on a platform. */
  public Optional<Account> find(String owner, String platform) {
    return store.read(
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM platform_account WHERE owner = :owner AND platform = :platform")
                .bind("owner", owner)
                .bind("platform", platform)
                .map((row, context) -> read(row))
                .findOne());
  }

  /**
   * The owner's account on a platform.
   *
   * @throws Failure CONFLICT, subject {@code account}, when there is none
   */
  public Account require(String owner, String platform) {
    return find(owner, platform)
        .orElseThrow(
            () ->
                Failure.of(
                        Failure.Reason.CONFLICT,
                        "account",
                        "No " + platform + " account is connected; connect one first")
                    .with("platform", platform));
  }

  /** The owner's accounts by platform. */
  public List<Account> list(String owner) {
    return store.read(
        handle ->
            handle
                .createQuery(
                    "SELECT * FROM platform_account WHERE owner = :owner ORDER BY platform")
                .bind("owner", owner)
                .map((row, context) -> read(row))
                .list());
  }

  /**
   * Forgets an account and its tokens.
   *
   * @throws Failure NOT_FOUND, subject {@code account}
   */
  public void disconnect(String owner, String platform) {
    int gone =
        store.write(
            handle ->
                handle
                    .createUpdate(
                        "DELETE FROM platform_account WHERE owner = :owner"
                            + " AND platform = :platform")
                    .bind("owner", owner)
                    .bind("platform", platform)
                    .execute());
    if (gone == 0) {
      throw Failure.notFound("account", platform);
    }
  }

  private String sealed(String owner, String platform, Tokens tokens) {
    return seal.seal(
        Json.write(new Sealed(tokens.access(), tokens.refresh(), tokens.expiresAt().orElse(null))),
        name(owner, platform));
  }

  private Account read(ResultSet row) throws SQLException {
    String owner = row.getString("owner");
    String platform = row.getString("platform");
    Sealed sealed =
        Json.read(seal.open(row.getString("sealed"), name(owner, platform)), Sealed.class);
    return new Account(
        owner,
        platform,
        row.getString("account"),
        row.getString("label"),
        row.getInt("stand_in") != 0,
        new Tokens(sealed.access(), sealed.refresh(), Optional.ofNullable(sealed.expiresAt())),
        Instant.ofEpochMilli(row.getLong("connected_at")));
  }

  private static String name(String owner, String platform) {
    return "account:" + platform + ":" + owner;
  }
}
