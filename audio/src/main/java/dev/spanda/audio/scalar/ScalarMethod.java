package dev.spanda.audio.scalar;

import dev.spanda.core.Failure;
import java.util.Arrays;
import java.util.Locale;

/** The seven ways to make a stream of numbers in [0, 1). */
public enum ScalarMethod {
  /**
   * The sum of one value of each of the other six, modulo 1: uniform as soon as one of the six is
   * uniform and independent of the rest.
   */
  HYBRID,
  /**
   * Rule 110 of Wolfram (A New Kind of Science, 2002) on a ring of 256 cells. Each generation gives
   * four values, the upper 53 bits of each 64 cells. The automaton is not a random source: cells
   * are correlated and more than half of them live.
   */
  CELLULAR_AUTOMATON,
  /**
   * The order parameter r of sixteen phase oscillators in mean-field coupling (Kuramoto, 1975),
   * coupling 1.2, frequencies evenly spread over ±1 rad a unit of time, step 1/16 by the Cayley
   * rotation, which keeps every oscillator on its circle. One value a step.
   */
  KURAMOTO,
  /**
   * Lorenz (J. Atmos. Sci. 20 (1963), 130) with σ = 10, ρ = 28, β = 8/3, Runge-Kutta of fourth
   * order, step 0.01. Each step gives three values: x and y from ±32 and z from 0 to 64, mapped on
   * [0, 1).
   */
  LORENZ,
  /**
   * Rössler (Phys. Lett. A 57 (1976), 397) with a = b = 0.2, c = 5.7, Runge-Kutta of fourth order,
   * step 0.02. Each step gives three values: x and y from ±16 and z from 0 to 32, mapped on [0, 1).
   */
  ROSSLER,
  /**
   * A chain of SHA3-256 digests (FIPS 202), each the digest of the one before and a counter. Each
   * gives four values, the upper 53 bits of its big-endian words.
   */
  SHA3_CHAIN,
  /**
   * The platform's cryptographic source; from a seed, its twin for tests, SplitMix64, which is not
   * secret. The upper 53 bits of each 64.
   */
  SECURE_RANDOM;

  /** The name in lower case with underscores. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The method of that name; case and hyphens do not matter.
   *
   * @throws Failure INVALID when there is none
   */
  public static ScalarMethod parse(String id) {
    for (ScalarMethod method : values()) {
      if (method.id().equals(id.toLowerCase(Locale.ROOT).replace('-', '_'))) {
        return method;
      }
    }
    throw Failure.notAllowed("method", id, Arrays.stream(values()).map(ScalarMethod::id).toList());
  }
}
