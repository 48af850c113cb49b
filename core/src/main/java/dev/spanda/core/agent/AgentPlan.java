package dev.spanda.core.agent;

import dev.spanda.core.Failure;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What an agent is to be.
 *
 * @param name 1 to 200 characters
 * @param type a word: 1 to 64 lower-case letters, digits and underscores
 * @param capabilities at most 50 words, each once; an agent does work whose needs it has all, or
 *     whose kind is among its capabilities. Without any it does nothing
 * @param mostAtOnce how many pieces of work it has at once, 1 to 1 000, by default 1
 * @param timeout how long one attempt may take, 1 s to 7 days, by default 5 minutes
 * @param retries how often work that failed with this agent is tried again, 0 to 10, by default 3
 * @param remote whether a program elsewhere leases its work; false means that this process does its
 *     work, until such a program speaks for it the first time
 */
public record AgentPlan(
    String name,
    String type,
    List<String> capabilities,
    int mostAtOnce,
    Duration timeout,
    int retries,
    boolean remote) {

  static final Pattern WORD = Pattern.compile("[a-z0-9][a-z0-9_]{0,63}");
  private static final int MOST_CAPABILITIES = 50;

  /**
   * Checks everything.
   *
   * @throws Failure INVALID, subjects {@code name}, {@code type}, {@code capabilities}, {@code
   *     max_concurrent_tasks}, {@code timeout} and {@code retry_attempts}
   */
  public AgentPlan {
    Failure.requireText("name", "Name", name, 1, 200);
    if (name.isBlank()) {
      throw Failure.invalid("name", name, "Name must not be blank");
    }
    if (!WORD.matcher(type).matches()) {
      throw Failure.invalid("type", type, "Type must match " + WORD);
    }
    if (capabilities.size() > MOST_CAPABILITIES) {
      throw Failure.invalid(
              "capabilities",
              capabilities.size(),
              "An agent may have " + MOST_CAPABILITIES + " capabilities")
          .with(Failure.MAX_VALUE, MOST_CAPABILITIES);
    }
    for (String capability : capabilities) {
      if (capability == null || !WORD.matcher(capability).matches()) {
        throw Failure.invalid("capabilities", capability, "A capability must match " + WORD);
      }
    }
    capabilities = capabilities.stream().distinct().toList();
    Failure.requireInRange(
        "max_concurrent_tasks", "max_concurrent_tasks", mostAtOnce, 1, 1_000, "");
    Failure.requireInRange(
        "timeout", "timeout", (double) timeout.toSeconds(), 1, 604_800, "seconds");
    Failure.requireInRange("retry_attempts", "retry_attempts", retries, 0, 10, "");
  }

  /** An agent of that name, type and skill with the defaults for the rest. */
  public static AgentPlan of(String name, String type, List<String> capabilities) {
    return new AgentPlan(name, type, capabilities, 1, Duration.ofMinutes(5), 3, false);
  }

  /** Whether such an agent can do work of that kind with those needs. */
  public boolean canDo(String kind, List<String> needs) {
    return capabilities.contains(kind) || (!needs.isEmpty() && capabilities.containsAll(needs));
  }
}
