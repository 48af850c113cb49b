/**
 * Live sockets that mend themselves: typed messages in, typed messages out, over a connection that
 * is made anew whenever it breaks, until it is closed. The messages of an API are two sealed
 * families of its contract; {@link dev.spanda.client.socket.LiveSocket} works for any of them.
 */
@NullMarked
package dev.spanda.client.socket;

import org.jspecify.annotations.NullMarked;
