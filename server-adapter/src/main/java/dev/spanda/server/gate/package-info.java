/**
 * Who may come in, how often, and from which pages: a {@link dev.spanda.server.gate.Gate} stands
 * before every mount, asks an {@link dev.spanda.server.gate.Authenticator} for the caller's {@link
 * dev.spanda.server.gate.Identity}, counts by {@code core.quota} what its {@link
 * dev.spanda.server.gate.Plan} allows, and knows the {@link dev.spanda.server.gate.Cors} origins.
 * It knows nothing of sockets, frames and bodies.
 */
@NullMarked
package dev.spanda.server.gate;

import org.jspecify.annotations.NullMarked;
