/**
 * One process that serves the documented APIs: {@link dev.spanda.server.Config} says what to serve
 * and where, {@link dev.spanda.server.Server} does it. The engines are put together here and
 * nowhere else.
 */
@NullMarked
package dev.spanda.server;

import org.jspecify.annotations.NullMarked;
