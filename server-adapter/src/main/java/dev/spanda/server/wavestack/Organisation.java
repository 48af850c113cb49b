package dev.spanda.server.wavestack;

import dev.spanda.server.gate.Caller;

/**
 * Whose records a request sees.
 *
 * @param id as it stands on the wire, such as {@code org_123}
 * @param base the address of the service as the caller wrote it, such as {@code
 *     http://localhost:8000}, for links in answers
 */
record Organisation(String id, String base) {

  /**
   * The organisation of a caller.
   *
   * @param place for callers who have not named a host: its documented port stands in their links
   * @throws dev.spanda.core.Failure UNAUTHENTICATED when the door let the caller in without one
   */
  static Organisation of(Caller caller, Place place) {
    return new Organisation(
        caller.account(),
        caller.origin().isEmpty() ? "http://localhost:" + place.port() : caller.origin());
  }

  /**
   * Who owns its records in engines that other APIs use too, whose accounts may have the same id.
   */
  String owner() {
    return Wavestack.NAME + ":" + id;
  }
}
