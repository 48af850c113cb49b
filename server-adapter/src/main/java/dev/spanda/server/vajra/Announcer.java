package dev.spanda.server.vajra;

import java.util.Map;

/** Tells everyone on the live socket that something happened. */
@FunctionalInterface
interface Announcer {

  /**
   * Sends a domain event.
   *
   * @param eventName in upper case with underscores
   * @param payload its fields, in order
   */
  void announce(String eventName, Map<String, Object> payload);
}
