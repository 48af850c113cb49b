/**
 * Typed events inside one process: whoever has something to tell publishes it on the {@link
 * dev.spanda.core.event.EventBus}, whoever cares subscribes to its type. Delivery is synchronous
 * and in order, so that a subscriber sees the world in the state the event speaks of; slow work
 * belongs on the subscriber's own executor.
 */
@NullMarked
package dev.spanda.core.event;

import org.jspecify.annotations.NullMarked;
