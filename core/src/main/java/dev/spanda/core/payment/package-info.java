/**
 * Sells credits: {@link dev.spanda.core.payment.Payments} takes the price from a {@link
 * dev.spanda.core.payment.PriceTable}, has a {@link dev.spanda.core.payment.PaymentProcessor}
 * charge it, and adds the credits to the ledger, each once, whatever breaks in between. {@link
 * dev.spanda.core.payment.LowCredits} notices when a balance falls below a threshold.
 */
@NullMarked
package dev.spanda.core.payment;

import org.jspecify.annotations.NullMarked;
