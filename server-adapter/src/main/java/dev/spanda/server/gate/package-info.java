/**
 * Who may come in, how often, and from which pages: a {@link dev.spanda.server.gate.Gate} stands
 * before every mount, counts by {@code core.quota}, asks an {@link
 * dev.spanda.server.gate.Authenticator} who the caller is, and knows the {@link
 * dev.spanda.server.gate.Cors} origins. It knows nothing of sockets, frames and bodies.
 */
@NullMarked
package dev.spanda.server.gate;

import org.jspecify.annotations.NullMarked;
