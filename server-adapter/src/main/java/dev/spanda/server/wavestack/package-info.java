/**
 * WaveStack served over the engines. {@link dev.spanda.server.wavestack.Wavestack} puts its nine
 * services together; each is one class, a {@code Service} with its own mount, whose endpoints turn
 * a contract record into a call of an engine and what that gives back into a record. They share one
 * door, which tells the organisation of a caller, and one dialect.
 */
@NullMarked
package dev.spanda.server.wavestack;

import org.jspecify.annotations.NullMarked;
