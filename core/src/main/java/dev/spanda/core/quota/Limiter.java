package dev.spanda.core.quota;

/**
 * Decides whether a caller may go on. Implementations are thread-safe. {@link RateLimiter} keeps
 * its account in memory; one that several machines share keeps it in their database.
 */
public interface Limiter {

  /**
   * Takes permits if they are there, all or none.
   *
   * @param key whose account: the name of the limit and of the caller, such as {@code
   *     audio:203.0.113.7}
   * @param limit the rate that this key is held to now; a later call may bring another
   * @param permits how many, ≥ 1
   */
  Decision acquire(String key, RateLimit limit, int permits);

  /**
   * Gives back permits that were taken and not used, as when a second limit refused. An account
   * never gets more than all its permits.
   *
   * @param limit the rate they were taken under
   * @param permits how many, ≥ 1
   */
  void giveBack(String key, RateLimit limit, int permits);

  /** Takes one permit if it is there. */
  default Decision acquire(String key, RateLimit limit) {
    return acquire(key, limit, 1);
  }
}
