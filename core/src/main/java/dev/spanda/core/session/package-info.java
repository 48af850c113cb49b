/**
 * Practice sessions: a name, an intention and a duration, begun once, stopped by hand or completed
 * by themselves. What a session shows is derived from stored instants and the clock, never counted,
 * so that elapsed and remaining time add up to the duration in every state and a restart changes
 * nothing.
 */
@NullMarked
package dev.spanda.core.session;

import org.jspecify.annotations.NullMarked;
