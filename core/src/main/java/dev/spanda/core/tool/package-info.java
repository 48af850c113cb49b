/**
 * Things that can be made for credits. A {@link dev.spanda.core.tool.Tool} says what it takes and
 * makes it; {@link dev.spanda.core.tool.Tools} holds the price, lets a durable job do the work,
 * keeps what was made, and charges for it once or not at all.
 */
@NullMarked
package dev.spanda.core.tool;

import org.jspecify.annotations.NullMarked;
