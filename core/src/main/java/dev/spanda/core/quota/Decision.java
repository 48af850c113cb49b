package dev.spanda.core.quota;

import java.time.Duration;
import java.time.Instant;

/**
 * The answer of a {@link Limiter}.
 *
 * @param allowed whether the permits were given; when not, nothing was taken
 * @param limit how many permits the limit gives at once, ≥ 1
 * @param remaining how many permits could still be taken now, 0 to {@code limit}
 * @param resetAt when all permits are there again if nobody takes more
 * @param retryAfter how long to wait until the same request is allowed; zero when it was, and when
 *     it asks for more than the limit ever gives the time until all permits are there
 */
public record Decision(
    boolean allowed, int limit, int remaining, Instant resetAt, Duration retryAfter) {}
