package dev.spanda.server.craudioviz;

import dev.spanda.core.ledger.Account;
import dev.spanda.core.ledger.Command;
import dev.spanda.core.ledger.Ledger;
import dev.spanda.core.payment.Payments;
import java.time.Instant;
import java.time.InstantSource;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The accounts of the ledger that belong to accounts of people: opened when they are first asked
 * for, and given the plan's allowance once a month. Thread-safe; several nodes may do the same.
 */
final class Purses implements Payments.Purses {

  /** Where credits come from: bought, granted, given for trials. */
  static final String ISSUER = "craudioviz:issuer";

  /** Where used credits go. */
  static final String REVENUE = "craudioviz:revenue";

  private static final long TRIAL = 10_000;
  private static final int MOST_KNOWN = 100_000;

  private final Ledger ledger;
  private final InstantSource clock;
  private final Map<String, YearMonth> known = new ConcurrentHashMap<>();

  Purses(Ledger ledger, InstantSource clock) {
    this.ledger = ledger;
    this.clock = clock;
    for (String account : new String[] {ISSUER, REVENUE}) {
      if (ledger.account(account).isEmpty()) {
        ledger.execute("open:" + account, Command.Open.unbounded(account));
      }
    }
  }

  @Override
  public String issuer() {
    return ISSUER;
  }

  @Override
  public String of(String owner) {
    return name(owner);
  }

  /** The ledger's account of a tenant, open and with this month's allowance. */
  String of(Tenant tenant) {
    String purse = name(tenant.owner());
    YearMonth month = YearMonth.from(clock.instant().atOffset(ZoneOffset.UTC));
    if (month.equals(known.get(purse))) {
      return purse;
    }
    open(purse);
    if (tenant.sandbox()) {
      // A key that the ledger has answered before gives nothing again.
      if (ledger.account(purse).map(Account::entries).orElse(0L) <= 1) {
        ledger.execute("trial:" + purse, new Command.Transfer(ISSUER, purse, TRIAL, "trial"));
      }
    } else {
      long allowance = Plans.of(tenant.plan()).monthlyAllowance();
      if (allowance > 0) {
        ledger.allowance(ISSUER, purse, allowance);
      }
    }
    if (known.size() >= MOST_KNOWN) {
      known.clear();
    }
    known.put(purse, month);
    return purse;
  }

  /** What may be spent now. */
  long balance(Tenant tenant) {
    return ledger.account(of(tenant)).map(Account::available).orElse(0L);
  }

  /**
   * When some of it expires next. The ledger tells when something may expire; spending takes what
   * expires first, so that nothing does once the month's spending has come up to its allowance.
   */
  Optional<Instant> expiry(Tenant tenant) {
    String purse = of(tenant);
    Optional<Instant> next = ledger.account(purse).flatMap(Account::nextExpiry);
    if (next.isEmpty()) {
      return next;
    }
    Instant now = clock.instant();
    Instant month =
        YearMonth.from(now.atOffset(ZoneOffset.UTC))
            .atDay(1)
            .atStartOfDay()
            .toInstant(ZoneOffset.UTC);
    long left = 0;
    for (Account.Posting posting : ledger.statement(purse, month, now.plusMillis(1)).postings()) {
      if (posting.kind() == Account.Kind.GRANT || posting.change() < 0) {
        left += posting.change();
      }
    }
    return left > 0 ? next : Optional.empty();
  }

  /**
   * Brings a fresh purse to a balance that never expires, this month's allowance taken and spent:
   * for accounts of a demonstration. Does nothing to a purse that is open.
   */
  void seed(Tenant tenant, long balance) {
    String purse = name(tenant.owner());
    if (ledger.account(purse).isPresent()) {
      return;
    }
    open(purse);
    long allowance = Plans.of(tenant.plan()).monthlyAllowance();
    if (allowance > 0) {
      ledger.allowance(ISSUER, purse, allowance);
      ledger.execute(
          "seed:" + purse + ":used", new Command.Transfer(purse, REVENUE, allowance, "usage"));
    }
    ledger.execute(
        "seed:" + purse, new Command.Transfer(ISSUER, purse, balance, "opening balance"));
  }

  static String name(String owner) {
    return "craudioviz:credits:" + owner;
  }

  private void open(String purse) {
    if (ledger.account(purse).isEmpty()) {
      ledger.execute("open:" + purse, Command.Open.purse(purse));
    }
  }
}
