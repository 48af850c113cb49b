package dev.spanda.core.payment;

import dev.spanda.core.Failure;
import java.util.List;

/**
 * What credits cost, in whole cents of a US dollar. Each tier has its own price for a credit, and
 * only the credits inside a tier are sold at its price, so that more credits always cost more and a
 * credit never gets dearer. {@link #STANDARD} is
 *
 * <table>
 *   <caption>Standard prices</caption>
 *   <tr><th>credits</th><th>each</th><th>up to the tier's end</th></tr>
 *   <tr><td>1 to 100</td><td>12 ¢</td><td>100 credits: $12.00</td></tr>
 *   <tr><td>101 to 500</td><td>7 ¢</td><td>500 credits: $40.00</td></tr>
 *   <tr><td>501 to 2 000</td><td>6 ¢</td><td>2 000 credits: $130.00</td></tr>
 *   <tr><td>2 001 to 10 000</td><td>5 ¢</td><td>10 000 credits: $530.00</td></tr>
 *   <tr><td>10 001 to 100 000</td><td>4 ¢</td><td>100 000 credits: $4130.00</td></tr>
 *   <tr><td>100 001 to 1 000 000</td><td>3 ¢</td><td>1 000 000 credits: $31130.00</td></tr>
 * </table>
 *
 * @param tiers at least one, the smallest first, each ending above the one before and no dearer;
 *     copied
 */
public record PriceTable(List<Tier> tiers) {

  /** The table above. */
  public static final PriceTable STANDARD =
      new PriceTable(
          List.of(
              new Tier(100, 12),
              new Tier(500, 7),
              new Tier(2_000, 6),
              new Tier(10_000, 5),
              new Tier(100_000, 4),
              new Tier(1_000_000, 3)));

  /**
   * A part of the table.
   *
   * @param lastCredit the number of its last credit, 1 to 10⁹
   * @param centsEach the price of a credit in it, 1 to 10⁶
   */
  public record Tier(long lastCredit, long centsEach) {
    /** Checks the ranges. */
    public Tier {
      if (lastCredit < 1 || lastCredit > 1_000_000_000 || centsEach < 1 || centsEach > 1_000_000) {
        throw new IllegalArgumentException("to " + lastCredit + " at " + centsEach + " cents");
      }
    }
  }

  /** Checks the order of the tiers and copies them. */
  public PriceTable {
    tiers = List.copyOf(tiers);
    if (tiers.isEmpty()) {
      throw new IllegalArgumentException("a price table has at least one tier");
    }
    for (int i = 1; i < tiers.size(); i++) {
      if (tiers.get(i).lastCredit <= tiers.get(i - 1).lastCredit
          || tiers.get(i).centsEach > tiers.get(i - 1).centsEach) {
        throw new IllegalArgumentException(tiers.get(i) + " after " + tiers.get(i - 1));
      }
    }
  }

  /** The most that is sold at once. */
  public long mostCredits() {
    return tiers.get(tiers.size() - 1).lastCredit;
  }

  /**
   * What so many credits cost, in cents.
   *
   * @param credits 1 to {@link #mostCredits}
   * @throws Failure INVALID, subject {@code amount}
   */
  public long cents(long credits) {
    if (credits < 1 || credits > mostCredits()) {
      throw Failure.outOfRange("amount", "Amount", credits, 1, mostCredits(), "credits");
    }
    long cents = 0;
    long sold = 0;
    for (Tier tier : tiers) {
      long inside = Math.min(credits, tier.lastCredit) - sold;
      if (inside <= 0) {
        break;
      }
      cents += inside * tier.centsEach;
      sold += inside;
    }
    return cents;
  }

  /**
   * An amount as people read it, such as {@code $40.00}.
   *
   * @param cents ≥ 0
   */
  public static String format(long cents) {
    return "$" + cents / 100 + "." + (char) ('0' + cents / 10 % 10) + (char) ('0' + cents % 10);
  }
}
