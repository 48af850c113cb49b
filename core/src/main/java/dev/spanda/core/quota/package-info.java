/**
 * How often and how many at once: a {@link dev.spanda.core.quota.RateLimiter} paces callers by the
 * generic cell rate algorithm and answers with a {@link dev.spanda.core.quota.Decision}; {@link
 * dev.spanda.core.quota.Slots} counts what is open at the same time. {@link
 * dev.spanda.core.quota.Limiter} is the part that both it and {@link
 * dev.spanda.core.quota.SharedLimiter} play, which several machines share.
 */
@NullMarked
package dev.spanda.core.quota;

import org.jspecify.annotations.NullMarked;
