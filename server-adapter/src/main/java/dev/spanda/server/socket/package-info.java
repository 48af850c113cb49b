/**
 * Live connections: a {@link dev.spanda.server.socket.Hub} keeps the open sockets of one path,
 * writes a message once and sends it to all, and lets no slow or dead socket delay another. A
 * {@link dev.spanda.server.socket.SocketEndpoint} says what messages mean, a {@link
 * dev.spanda.server.socket.Ticker} paces broadcasts.
 */
@NullMarked
package dev.spanda.server.socket;

import org.jspecify.annotations.NullMarked;
