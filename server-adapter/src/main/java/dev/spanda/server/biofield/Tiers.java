package dev.spanda.server.biofield;

import dev.spanda.server.gate.Identity;
import dev.spanda.server.gate.Plan;
import java.util.List;
import java.util.Map;

/**
 * The document's tiers: requests a minute with a burst, sockets, and frames a second. An account
 * whose plan is none of them is on the first.
 */
final class Tiers {

  /** The plans, smallest first. */
  static final List<Plan> PLANS =
      List.of(
          new Plan("free", List.of(Plan.Window.perMinute(30, 50)), 1),
          new Plan("basic", List.of(Plan.Window.perMinute(120, 200)), 2),
          new Plan("pro", List.of(Plan.Window.perMinute(600, 1000)), 5),
          Plan.unlimited("enterprise"));

  /** The frame rate of every session at most, as the document has it. */
  static final int MOST_FRAMES_PER_SECOND = 60;

  private static final Map<String, Integer> FRAMES_PER_SECOND =
      Map.of("free", 10, "basic", 30, "pro", 60, "enterprise", MOST_FRAMES_PER_SECOND);

  private Tiers() {}

  /** Frames a second that a session of this caller may send. */
  static int framesPerSecond(Identity identity) {
    return FRAMES_PER_SECOND.getOrDefault(
        identity.plan(), FRAMES_PER_SECOND.getOrDefault("free", 1));
  }
}
