package dev.spanda.core.payment;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.Page;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.ledger.Account;
import dev.spanda.core.ledger.Command;
import dev.spanda.core.ledger.Ledger;
import dev.spanda.core.ledger.Outcome;
import dev.spanda.core.store.Store;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sells credits.
 *
 * <p>A purchase goes through four durable steps: it is written down, it is charged under its own
 * id, the processor's answer is written down, and the credits are moved from the issuer's account
 * to the buyer's under a key made of that id. Each step may be done again without being done twice.
 * So a purchase that a crash, a lost answer or a second request cuts short goes on where it was:
 * when the same key is used again, when the processor confirms, or at {@link #recover}. Money that
 * was taken always becomes credits, and credits never come without money.
 *
 * <p>The payment token is handed to the processor and not stored; of it a digest is kept, by which
 * the same request is known again. Not to be called inside {@link Store#write}. Thread-safe.
 */
public final class Payments {

  /** Which account credits come from and go to. */
  public interface Purses {
    /** The account that credits are sold from; open, and without a floor. */
    String issuer();

    /** The account of an owner; open, and with room. */
    String of(String owner);
  }

  /**
   * What a recovery has found.
   *
   * @param completed purchases that were charged and have their credits now
   * @param declined purchases that were not charged and never will be
   * @param open purchases of which nothing is known yet; asked again next time
   */
  public record Recovery(int completed, int declined, int open) {}

  /** Between which steps a test may stop. */
  enum Step {
    WRITTEN,
    CHARGED,
    ANSWERED,
    GRANTED
  }

  private static final Logger LOG = LoggerFactory.getLogger(Payments.class);
  private static final int LARGEST_PAGE = 100;
  private static final int LONGEST_KEY = 200;
  private static final int LONGEST_METHOD = 200;
  private static final int SOME = 500;

  /** A charge that the processor has not seen by then was never sent. */
  private static final Duration LONGEST_OPEN = Duration.ofHours(24);

  private final Store store;
  private final Ledger ledger;
  private final PaymentProcessor processor;
  private final PriceTable prices;
  private final Purses purses;
  private final InstantSource clock;
  private final EventBus bus;
  private final Ids ids;
  private final Consumer<Step> probe;

  /**
   * Sells from this store's books.
   *
   * @param bus gets {@link Purchase.Event}s
   */
  public Payments(
      Store store,
      Ledger ledger,
      PaymentProcessor processor,
      PriceTable prices,
      Purses purses,
      InstantSource clock,
      EventBus bus,
      Ids ids) {
    this(store, ledger, processor, prices, purses, clock, bus, ids, step -> {});
  }

  /**
   * For tests that stop in between.
   *
   * @param probe called after each step; what it throws ends the call as a crash would
   */
  Payments(
      Store store,
      Ledger ledger,
      PaymentProcessor processor,
      PriceTable prices,
      Purses purses,
      InstantSource clock,
      EventBus bus,
      Ids ids,
      Consumer<Step> probe) {
    this.store = store;
    this.ledger = ledger;
    this.processor = processor;
    this.prices = prices;
    this.purses = purses;
    this.clock = clock;
    this.bus = bus;
    this.ids = ids;
    this.probe = probe;
    processor.listen(this::confirmed);
  }

  /** What credits cost here. */
  public PriceTable prices() {
    return prices;
  }

  /**
   * Buys credits; once this returns they are there for good.
   *
   * @param credits 1 to 1 000 000, or what the table sells at most if that is less
   * @param method a token that the processor knows, 1 to 200 characters
   * @param idempotencyKey 1 to 200 characters: the same owner, key, credits and method give the
   *     same answer again, a failure included, and nothing is charged twice; without a key each
   *     call is a purchase of its own
   * @return the completed purchase
   * @throws Failure INVALID, subjects {@code amount}, {@code payment_method} and {@code
   *     idempotency_key}; INVALID, subject {@code payment_method}, detail {@code decline_code},
   *     when the processor declines; CONFLICT, subject {@code idempotency_key}, when the key was
   *     used for something else; NOT_FOUND, subject {@code account}; CONFLICT, subject {@code
   *     credits}, when the account has no room; TIMED_OUT, UNAVAILABLE or FAILED, subject {@code
   *     payment}, detail {@code transaction_id}, when it is not known whether money was taken or
   *     the credits could not be added yet: the same key goes on with it, and so does {@link
   *     #recover}
   */
  public Purchase purchase(
      String owner, long credits, String method, Optional<String> idempotencyKey) {
    if (store.isWriting()) {
      throw new IllegalStateException("A charge cannot be awaited inside a store's write");
    }
    long cents = prices.cents(credits);
    Failure.requireText("payment_method", "Payment method", method, 1, LONGEST_METHOD);
    idempotencyKey.ifPresent(
        key -> Failure.requireText("idempotency_key", "Idempotency key", key, 1, LONGEST_KEY));
    Row row = writeDown(owner, credits, cents, digest(method), idempotencyKey);
    probe.accept(Step.WRITTEN);
    if (row.purchase().status() == Purchase.Status.OPEN) {
      PaymentProcessor.Result result;
      try {
        result =
            processor.charge(
                new PaymentProcessor.Charge(
                    row.purchase().id(), owner, row.purchase().cents(), method));
      } catch (Failure e) {
        throw unknown(row.purchase().id(), e);
      }
      probe.accept(Step.CHARGED);
      row = answered(row.purchase().id(), result);
      probe.accept(Step.ANSWERED);
    }
    return finished(row);
  }

  private static Failure unknown(String id, Failure cause) {
    Failure.Reason reason =
        switch (cause.reason()) {
          case TIMED_OUT, UNAVAILABLE -> cause.reason();
          default -> Failure.Reason.FAILED;
        };
    return Failure.of(reason, "payment", "It is not known yet whether the payment was taken: " + id)
        .with("transaction_id", id)
        .causedBy(cause);
  }

  /** The purchase of that key, or a new one. */
  private Row writeDown(
      String owner, long credits, long cents, String digest, Optional<String> key) {
    if (key.isPresent()) {
      Optional<Row> earlier = store.read(handle -> byKey(handle, owner, key.get()));
      if (earlier.isPresent()) {
        return same(earlier.get(), credits, digest);
      }
    }
    String account = purses.of(owner);
    requireRoom(account, credits);
    String id = ids.next("txn");
    return store.write(
        handle -> {
          int inserted =
              handle
                  .createUpdate(
                      "INSERT INTO payment (id, owner, idempotency_key, account, credits, cents,"
                          + " method_digest, status, grants, created_at) VALUES (:id, :owner, :key,"
                          + " :account, :credits, :cents, :digest, 'open', 0, :now)"
                          + " ON CONFLICT (owner, idempotency_key) DO NOTHING")
                  .bind("id", id)
                  .bind("owner", owner)
                  .bind("key", key.orElse(null))
                  .bind("account", account)
                  .bind("credits", credits)
                  .bind("cents", cents)
                  .bind("digest", digest)
                  .bind("now", clock.millis())
                  .execute();
          return inserted == 1
              ? select(handle, id).orElseThrow()
              : same(byKey(handle, owner, key.orElseThrow()).orElseThrow(), credits, digest);
        });
  }

  private static Row same(Row row, long credits, String digest) {
    if (row.purchase().credits() != credits || !row.digest().equals(digest)) {
      throw Failure.of(
          Failure.Reason.CONFLICT,
          "idempotency_key",
          "The idempotency key was used before with another purchase");
    }
    return row;
  }

  private void requireRoom(String account, long credits) {
    Account purse =
        ledger
            .account(account)
            .orElseThrow(
                () -> Failure.of(Failure.Reason.NOT_FOUND, "account", "No such account is open"));
    long room = purse.ceiling() - purse.posted() - purse.incoming();
    if (room < credits) {
      throw Failure.of(
              Failure.Reason.CONFLICT,
              "credits",
              "The account has room for " + Math.max(0, room) + " credits, not for " + credits)
          .with("required", credits)
          .with("available", Math.max(0, room));
    }
  }

  /** Writes down what the processor said, unless that was known before. */
  private Row answered(String id, PaymentProcessor.Result result) {
    boolean approved = result instanceof PaymentProcessor.Approved;
    String word =
        result instanceof PaymentProcessor.Approved yes
            ? yes.chargeId()
            : ((PaymentProcessor.Declined) result).code();
    return store.write(
        handle -> {
          int changed =
              handle
                  .createUpdate(
                      "UPDATE payment SET status = :status, charge_id = :charge,"
                          + " decline_code = :decline, finished_at = :finished"
                          + " WHERE id = :id AND status = 'open'")
                  .bind("status", approved ? "charged" : "declined")
                  .bind("charge", approved ? word : null)
                  .bind("decline", approved ? null : word)
                  .bind("finished", approved ? null : (Long) clock.millis())
                  .bind("id", id)
                  .execute();
          Row row = select(handle, id).orElseThrow(() -> Failure.notFound("payment", id));
          if (changed == 1 && !approved) {
            store.afterCommit(() -> bus.publish(new Purchase.Declined(row.purchase())));
          }
          if (approved && row.purchase().status() == Purchase.Status.DECLINED) {
            // Only a processor that changes its word, or wakes up after a day, leads here.
            LOG.error("Purchase {} was declined and is confirmed as {} now", id, word);
          }
          return row;
        });
  }

  /** Adds the credits of a purchase that was charged; tells the end of one that is over. */
  private Purchase finished(Row row) {
    return switch (row.purchase().status()) {
      case COMPLETED -> row.purchase();
      case DECLINED -> throw declined(row.purchase());
      case CHARGED -> grant(row);
      case OPEN ->
          throw unknown(
              row.purchase().id(),
              Failure.of(Failure.Reason.FAILED, "payment", "The answer was not written down"));
    };
  }

  private static Failure declined(Purchase purchase) {
    String code = purchase.declineCode().orElse("unknown");
    return Failure.of(
            Failure.Reason.INVALID, "payment_method", "The payment method was declined: " + code)
        .with("decline_code", code)
        .with("transaction_id", purchase.id());
  }

  private Purchase grant(Row row) {
    Purchase purchase = row.purchase();
    // A refusal is remembered under its key, so the next attempt needs another one.
    String key = "payment:" + purchase.id() + (row.grants() == 0 ? "" : ":" + row.grants());
    Outcome outcome =
        ledger.execute(
            key,
            new Command.Transfer(
                purses.issuer(), row.account(), purchase.credits(), "purchase " + purchase.id()));
    probe.accept(Step.GRANTED);
    if (!(outcome instanceof Outcome.Accepted accepted)) {
      LOG.error("Purchase {} is paid, and the ledger says {}", purchase.id(), outcome);
      store.change(
          handle ->
              handle
                  .createUpdate(
                      "UPDATE payment SET grants = grants + 1"
                          + " WHERE id = :id AND status = 'charged' AND grants = :grants")
                  .bind("id", purchase.id())
                  .bind("grants", row.grants())
                  .execute());
      throw Failure.of(
              Failure.Reason.FAILED,
              "payment",
              "The payment was taken and the credits could not be added yet: " + purchase.id())
          .with("transaction_id", purchase.id());
    }
    return store.write(
        handle -> {
          int changed =
              handle
                  .createUpdate(
                      "UPDATE payment SET status = 'completed', entry = :entry,"
                          + " balance_after = :balance, finished_at = :now"
                          + " WHERE id = :id AND status = 'charged'")
                  .bind("entry", accepted.entry())
                  .bind("balance", accepted.toPosted())
                  .bind("now", accepted.at().toEpochMilli())
                  .bind("id", purchase.id())
                  .execute();
          Purchase done = select(handle, purchase.id()).orElseThrow().purchase();
          if (changed == 1) {
            store.afterCommit(() -> bus.publish(new Purchase.Completed(done)));
          }
          return done;
        });
  }

  /** A word from the processor on another way than its answer; may come twice, or first. */
  private void confirmed(String id, PaymentProcessor.Result result) {
    if (store.read(handle -> select(handle, id)).isEmpty()) {
      LOG.warn("The processor confirms a charge that nobody asked for");
      return;
    }
    Row row = answered(id, result);
    if (row.purchase().status() == Purchase.Status.CHARGED) {
      Purchase unused = grant(row);
    }
  }

  /**
   * Goes on with every purchase that was cut short: asks the processor what became of those that
   * may have been charged, and adds the credits of those that were. To be called when the process
   * starts, and then every few minutes. A purchase that the processor has not seen after 24 hours
   * is declined with {@code not_charged}.
   */
  public Recovery recover() {
    int completed = 0;
    int declined = 0;
    int open = 0;
    String last = "";
    while (true) {
      String after = last;
      List<Row> some =
          store.read(
              handle ->
                  handle
                      .createQuery(
                          "SELECT * FROM payment WHERE status IN ('open', 'charged')"
                              + " AND id > :after ORDER BY id LIMIT :some")
                      .bind("after", after)
                      .bind("some", SOME)
                      .map((rows, context) -> read(rows))
                      .list());
      for (Row row : some) {
        switch (recover(row)) {
          case COMPLETED -> completed++;
          case DECLINED -> declined++;
          default -> open++;
        }
      }
      if (some.size() < SOME) {
        return new Recovery(completed, declined, open);
      }
      last = some.get(SOME - 1).purchase().id();
    }
  }

  private Purchase.Status recover(Row found) {
    Row row = found;
    String id = row.purchase().id();
    try {
      if (row.purchase().status() == Purchase.Status.OPEN) {
        Optional<PaymentProcessor.Result> result = processor.find(id);
        Instant end = row.purchase().createdAt().plus(LONGEST_OPEN);
        if (result.isEmpty() && end.isAfter(clock.instant())) {
          return Purchase.Status.OPEN;
        }
        row = answered(id, result.orElseGet(() -> new PaymentProcessor.Declined("not_charged")));
      }
      return row.purchase().status() == Purchase.Status.CHARGED
          ? grant(row).status()
          : row.purchase().status();
    } catch (Failure e) {
      LOG.warn("Purchase {} could not be ended yet", id, e);
      return row.purchase().status();
    }
  }

  /**
   * A purchase.
   *
   * @throws Failure NOT_FOUND, subject {@code payment}
   */
  public Purchase find(String owner, String id) {
    return store.read(handle -> select(handle, id)).map(Row::purchase).stream()
        .filter(purchase -> purchase.owner().equals(owner))
        .findFirst()
        .orElseThrow(() -> Failure.notFound("payment", id));
  }

  /**
   * An owner's purchases in every state, the newest first.
   *
   * @param limit 1 to 100
   * @param offset ≥ 0
   * @throws Failure INVALID, subjects {@code limit} and {@code offset}
   */
  public Page<Purchase> list(String owner, int limit, long offset) {
    Failure.requireInRange("limit", "Limit", limit, 1, LARGEST_PAGE, "");
    if (offset < 0) {
      throw Failure.invalid("offset", offset, "Offset must be 0 or more");
    }
    return store.read(
        handle ->
            new Page<>(
                handle
                    .createQuery(
                        "SELECT * FROM payment WHERE owner = :owner"
                            + " ORDER BY created_at DESC, id DESC LIMIT :limit OFFSET :offset")
                    .bind("owner", owner)
                    .bind("limit", limit)
                    .bind("offset", offset)
                    .map((rows, context) -> read(rows).purchase())
                    .list(),
                handle
                    .createQuery("SELECT COUNT(*) FROM payment WHERE owner = :owner")
                    .bind("owner", owner)
                    .mapTo(Long.class)
                    .one(),
                limit,
                offset));
  }

  /** What else is known of a purchase. */
  private record Row(Purchase purchase, String account, String digest, int grants) {}

  private static Optional<Row> select(Handle handle, String id) {
    return handle
        .createQuery("SELECT * FROM payment WHERE id = :id")
        .bind("id", id)
        .map((rows, context) -> read(rows))
        .findOne();
  }

  private static Optional<Row> byKey(Handle handle, String owner, String key) {
    return handle
        .createQuery("SELECT * FROM payment WHERE owner = :owner AND idempotency_key = :key")
        .bind("owner", owner)
        .bind("key", key)
        .map((rows, context) -> read(rows))
        .findOne();
  }

  private static Row read(ResultSet row) throws SQLException {
    OptionalLong finished = number(row, "finished_at");
    return new Row(
        new Purchase(
            row.getString("id"),
            row.getString("owner"),
            row.getLong("credits"),
            row.getLong("cents"),
            Purchase.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
            number(row, "balance_after"),
            number(row, "entry"),
            Optional.ofNullable(row.getString("decline_code")),
            Instant.ofEpochMilli(row.getLong("created_at")),
            finished.isPresent()
                ? Optional.of(Instant.ofEpochMilli(finished.getAsLong()))
                : Optional.empty()),
        row.getString("account"),
        row.getString("method_digest"),
        row.getInt("grants"));
  }

  private static OptionalLong number(ResultSet row, String column) throws SQLException {
    long value = row.getLong(column);
    return row.wasNull() ? OptionalLong.empty() : OptionalLong.of(value);
  }

  private static String digest(String method) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(method.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
