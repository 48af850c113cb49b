package dev.spanda.core.event;

/**
 * The standing of one subscriber on an {@link EventBus}. Closing it ends delivery; a second close
 * does nothing. An event whose delivery has already begun on another thread may still arrive while
 * the close returns.
 */
public interface Subscription extends AutoCloseable {

  /** Ends delivery to this subscriber. */
  @Override
  void close();
}
