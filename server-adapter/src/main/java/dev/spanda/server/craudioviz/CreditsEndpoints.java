package dev.spanda.server.craudioviz;

import dev.spanda.contract.craudioviz.CreditsApi;
import dev.spanda.core.Failure;
import dev.spanda.core.Page;
import dev.spanda.core.ledger.Account;
import dev.spanda.core.ledger.Ledger;
import dev.spanda.core.payment.Payments;
import dev.spanda.core.payment.Purchase;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The chapter Credits. */
final class CreditsEndpoints implements CreditsApi {

  private static final int USUAL_LIMIT = 50;
  private static final int LARGEST_PAGE = 100;
  private static final int SOME = 1_000;
  private static final String PURCHASE = "purchase ";

  /** What changes a balance; opening, holding and releasing do not. */
  private static final Set<Account.Kind> MOVES =
      EnumSet.of(
          Account.Kind.TRANSFER,
          Account.Kind.GRANT,
          Account.Kind.POST,
          Account.Kind.CREDIT_EXPIRED);

  private final Ledger ledger;
  private final Payments payments;
  private final Craudioviz.Desk desk;
  private final Tenant tenant;

  CreditsEndpoints(Ledger ledger, Payments payments, Craudioviz.Desk desk, Tenant tenant) {
    this.ledger = ledger;
    this.payments = payments;
    this.desk = desk;
    this.tenant = tenant;
  }

  @Override
  public Balance balance() {
    return new Balance(
        desk.purses().balance(tenant),
        tenant.plan(),
        Plans.of(tenant.plan()).monthlyAllowance(),
        desk.purses().expiry(tenant).orElse(null));
  }

  @Override
  public Purchased purchase(Order order, @Nullable String idempotencyKey) {
    desk.purses().of(tenant);
    Purchase done =
        payments.purchase(
            tenant.owner(),
            order.amount(),
            order.paymentMethod(),
            Optional.ofNullable(idempotencyKey));
    return new Purchased(
        done.id(), done.credits(), done.balanceAfter().orElseThrow(), done.price());
  }

  @Override
  public Transactions transactions(@Nullable Integer limit, @Nullable Long offset) {
    int most = limit == null ? USUAL_LIMIT : limit;
    long skip = offset == null ? 0 : offset;
    Failure.requireInRange("limit", "Limit", most, 1, LARGEST_PAGE, "");
    Failure.requireInRange("offset", "Offset", (double) skip, 0, (double) Long.MAX_VALUE, "");
    String purse = desk.purses().of(tenant);
    List<Transaction> rows = new ArrayList<>();
    Map<Long, Integer> charges = new HashMap<>();
    long total = 0;
    long next = Long.MAX_VALUE;
    while (true) {
      List<Account.Posting> some = ledger.historyBefore(purse, next, SOME);
      for (Account.Posting posting : some) {
        if (MOVES.contains(posting.kind())) {
          if (total >= skip && rows.size() < most) {
            posting.hold().ifPresent(hold -> charges.put(hold, rows.size()));
            rows.add(row(posting, posting.memo()));
          }
          total++;
        } else if (posting.kind() == Account.Kind.RESERVE && posting.hold().isPresent()) {
          // What a charge was for stands at its hold, which is older.
          Integer row = charges.remove(posting.hold().getAsLong());
          if (row != null) {
            rows.set(row, described(rows.get(row), posting.memo()));
          }
        }
      }
      if (some.size() < SOME) {
        break;
      }
      next = some.get(some.size() - 1).entry();
    }
    Page<Transaction> page = new Page<>(rows, total, most, skip);
    return new Transactions(page.items(), page.total(), page.hasMore());
  }

  private static Transaction described(Transaction row, String description) {
    return new Transaction(
        row.id(), row.type(), row.amount(), row.balanceAfter(), row.createdAt(), description);
  }

  private static Transaction row(Account.Posting posting, String description) {
    String type =
        switch (posting.kind()) {
          case POST -> "usage";
          case CREDIT_EXPIRED -> "expiry";
          case GRANT -> "allowance";
          default ->
              posting.memo().startsWith(PURCHASE)
                  ? "purchase"
                  : posting.memo().equals("usage") ? "usage" : "adjustment";
        };
    // A purchase is listed under the id that its answer gave.
    String id =
        posting.memo().startsWith(PURCHASE)
            ? posting.memo().substring(PURCHASE.length())
            : "txn_" + posting.entry();
    return new Transaction(
        id,
        type,
        posting.change(),
        posting.postedAfter(),
        posting.at(),
        description.isEmpty() ? null : description);
  }
}
