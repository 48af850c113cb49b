package dev.spanda.contract.craudioviz;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The purse. */
@Route.Group("Credits")
public interface CreditsApi {

  /** What may be spent now. */
  @Route(value = "GET /credits/balance", summary = "What may be spent now.")
  Balance balance();

  /**
   * Buys credits.
   *
   * @param idempotencyKey 1 to 200 characters: the same key with the same order is charged once and
   *     answered alike, with another order it is a conflict. Without one, every call is an order
   */
  @Route(
      value = "POST /credits/purchase",
      summary = "Buys credits; an Idempotency-Key makes a repeated call harmless.")
  Purchased purchase(Order order, @Param.Header("Idempotency-Key") @Nullable String idempotencyKey);

  /** Buys credits; a client adds an idempotency key of its own. */
  default Purchased purchase(Order order) {
    return purchase(order, null);
  }

  /**
   * What has changed the balance, newest first.
   *
   * @param limit 1 to 100; 50 when absent
   * @param offset 0 or more; 0 when absent
   */
  @Route(
      value = "GET /credits/transactions",
      summary = "What has changed the balance, newest first.")
  Transactions transactions(
      @Param.Query("limit") @Nullable Integer limit, @Param.Query("offset") @Nullable Long offset);

  /**
   * A balance.
   *
   * @param balance credits that may be spent now; what running jobs hold is not among them
   * @param monthlyAllowance what the plan gives each month
   * @param expiresAt when some of the credits expire next; null when none do
   */
  record Balance(
      @JsonProperty("balance") long balance,
      @JsonProperty("plan") String plan,
      @JsonProperty("monthly_allowance") long monthlyAllowance,
      @JsonProperty("expires_at") @JsonInclude(JsonInclude.Include.ALWAYS)
          @Nullable Instant expiresAt) {}

  /**
   * An order.
   *
   * @param amount credits, 1 to 1 000 000
   * @param paymentMethod the payment processor's token
   */
  record Order(
      @JsonProperty(value = "amount", required = true) Long amount,
      @JsonProperty(value = "payment_method", required = true) String paymentMethod) {}

  /**
   * An order that was paid.
   *
   * @param newBalance what may be spent after it
   * @param cost such as {@code $40.00}
   */
  record Purchased(
      @JsonProperty("transaction_id") String transactionId,
      @JsonProperty("credits_added") long creditsAdded,
      @JsonProperty("new_balance") long newBalance,
      @JsonProperty("cost") String cost) {}

  /** A page of transactions. */
  record Transactions(
      @JsonProperty("transactions") List<Transaction> transactions,
      @JsonProperty("total") long total,
      @JsonProperty("has_more") boolean hasMore) {

    /** Copies the rows. */
    public Transactions {
      transactions = List.copyOf(transactions);
    }
  }

  /**
   * One change of the balance.
   *
   * @param type {@code purchase}, {@code usage}, {@code allowance}, {@code expiry} or {@code
   *     adjustment}
   * @param amount below 0 for credits that went
   * @param balanceAfter what was there just after, holds of running jobs included
   * @param description what for; beyond the document
   */
  record Transaction(
      @JsonProperty("id") String id,
      @JsonProperty("type") String type,
      @JsonProperty("amount") long amount,
      @JsonProperty("balance_after") long balanceAfter,
      @JsonProperty("created_at") Instant createdAt,
      @JsonProperty("description") @Nullable String description) {}
}
