package dev.spanda.core.payment;

import dev.spanda.core.Failure;
import dev.spanda.core.store.Store;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/**
 * Pretends to take money, for trials and sandboxes: what it does is told by the token, and kept in
 * a table of its own, so that it remembers across restarts what it was asked.
 *
 * <ul>
 *   <li>{@code tok_declined}: declines with {@code card_declined};
 *   <li>{@code tok_timeout}: takes the money at the first request, whose answer is lost: TIMED_OUT;
 *   <li>{@code tok_timeout_lost}: the first request itself is lost: TIMED_OUT, and no money is
 *       taken until it is asked again;
 *   <li>{@code tok_duplicate}: takes the money, and confirms that twice to the listener before it
 *       answers;
 *   <li>every other token that begins with {@code tok_} or {@code stripe_token_}: takes the money;
 *   <li>anything else: declines with {@code invalid_token}.
 * </ul>
 *
 * <p>No money moves. Thread-safe.
 */
public final class TestProcessor implements PaymentProcessor {

  private static final Pattern KNOWN = Pattern.compile("(tok_|stripe_token_)[A-Za-z0-9_]{1,180}");

  private final Store store;
  private final CopyOnWriteArrayList<BiConsumer<String, Result>> listeners =
      new CopyOnWriteArrayList<>();

  /** A processor that keeps its table in this store. */
  public TestProcessor(Store store) {
    this.store = store;
  }

  private record Row(String owner, long cents, String status, String code, int asked) {
    Optional<Result> result() {
      return switch (status) {
        case "approved" -> Optional.of(new Approved(code));
        case "declined" -> Optional.of(new Declined(code));
        default -> Optional.empty();
      };
    }
  }

  @Override
  public Result charge(Charge charge) {
    Row row =
        store.write(
            handle -> {
              store.lock("payment_trial:" + charge.key());
              Optional<Row> earlier = select(charge.key());
              if (earlier.isPresent()) {
                Row asked = earlier.get();
                if (!asked.owner().equals(charge.owner()) || asked.cents() != charge.cents()) {
                  throw Failure.of(
                      Failure.Reason.CONFLICT,
                      "payment",
                      "The key was used before with another charge");
                }
              } else {
                handle
                    .createUpdate(
                        "INSERT INTO payment_trial (charge_key, owner, cents, status, code, asked)"
                            + " VALUES (:key, :owner, :cents, 'lost', '', 0)")
                    .bind("key", charge.key())
                    .bind("owner", charge.owner())
                    .bind("cents", charge.cents())
                    .execute();
              }
              int asked = earlier.map(Row::asked).orElse(0) + 1;
              boolean lost = charge.method().equals("tok_timeout_lost") && asked == 1;
              Result result =
                  earlier.flatMap(Row::result).orElseGet(() -> judge(charge.key(), charge));
              handle
                  .createUpdate(
                      "UPDATE payment_trial SET status = :status, code = :code, asked = :asked"
                          + " WHERE charge_key = :key")
                  .bind("status", lost ? "lost" : word(result))
                  .bind("code", lost ? "" : code(result))
                  .bind("asked", asked)
                  .bind("key", charge.key())
                  .execute();
              return select(charge.key()).orElseThrow();
            });
    boolean silent =
        row.asked() == 1
            && (charge.method().equals("tok_timeout")
                || charge.method().equals("tok_timeout_lost"));
    if (silent) {
      throw Failure.of(
          Failure.Reason.TIMED_OUT, "payment", "The payment processor did not answer in time");
    }
    Result result = row.result().orElseThrow();
    if (charge.method().equals("tok_duplicate")) {
      for (int i = 0; i < 2; i++) {
        listeners.forEach(listener -> listener.accept(charge.key(), result));
      }
    }
    return result;
  }

  private static Result judge(String key, Charge charge) {
    if (charge.method().equals("tok_declined")) {
      return new Declined("card_declined");
    }
    return KNOWN.matcher(charge.method()).matches()
        ? new Approved("ch_" + key.substring(key.indexOf('_') + 1))
        : new Declined("invalid_token");
  }

  private static String word(Result result) {
    return result.getClass().getSimpleName().toLowerCase(Locale.ROOT);
  }

  private static String code(Result result) {
    return result instanceof Approved approved ? approved.chargeId() : ((Declined) result).code();
  }

  @Override
  public Optional<Result> find(String key) {
    return select(key).flatMap(Row::result);
  }

  @Override
  public void listen(BiConsumer<String, Result> listener) {
    listeners.add(listener);
  }

  /** How much has been taken from an owner, in cents: what a test compares the credits with. */
  public long taken(String owner) {
    return store.read(
        handle ->
            handle
                .createQuery(
                    "SELECT COALESCE(SUM(cents), 0) FROM payment_trial"
                        + " WHERE owner = :owner AND status = 'approved'")
                .bind("owner", owner)
                .mapTo(Long.class)
                .one());
  }

  private Optional<Row> select(String key) {
    return store.read(
        handle ->
            handle
                .createQuery("SELECT * FROM payment_trial WHERE charge_key = :key")
                .bind("key", key)
                .map(
                    (rows, context) ->
                        new Row(
                            rows.getString("owner"),
                            rows.getLong("cents"),
                            rows.getString("status"),
                            rows.getString("code"),
                            rows.getInt("asked")))
                .findOne());
  }
}
