/**
 * From bytes to a contract and back: a {@link dev.spanda.server.http.Mount} joins contracts, their
 * endpoints, a gate and a {@link dev.spanda.server.http.Dialect} under one base path, and a {@link
 * dev.spanda.server.http.Listener} answers for mounts on their ports. Every answer, also to bytes
 * that are no request at all, is JSON in the dialect of the mount it was sent to.
 */
@NullMarked
package dev.spanda.server.http;

import org.jspecify.annotations.NullMarked;
