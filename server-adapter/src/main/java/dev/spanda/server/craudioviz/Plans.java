package dev.spanda.server.craudioviz;

import dev.spanda.server.gate.Plan;
import java.util.ArrayList;
import java.util.List;

/**
 * The document's plans. It names the requests of each and one monthly allowance, the 2 000 credits
 * of the plan Pro in its example; the other allowances are this server's own, in step with the
 * requests.
 */
final class Plans {

  /**
   * A plan.
   *
   * @param monthlyAllowance credits a month
   * @param requests how many requests it allows
   */
  record Terms(String name, long monthlyAllowance, Plan requests) {}

  /** In the order of the document. */
  private static final List<Terms> ALL =
      List.of(
          limited("free", 100, 100, 1_000),
          limited("starter", 500, 500, 10_000),
          limited("pro", 2_000, 2_000, 50_000),
          limited("business", 10_000, 10_000, 250_000),
          new Terms("enterprise", 50_000, Plan.unlimited("enterprise")));

  private Plans() {}

  /** The plan of that name; the first for a name that is none of them. */
  static Terms of(String name) {
    return ALL.stream().filter(plan -> plan.name().equals(name)).findFirst().orElse(ALL.get(0));
  }

  /** What the gate needs to know. */
  static List<Plan> requests() {
    List<Plan> requests = new ArrayList<>();
    ALL.forEach(plan -> requests.add(plan.requests()));
    return requests;
  }

  private static Terms limited(String name, long allowance, int anHour, int aDay) {
    return new Terms(
        name, allowance, Plan.of(name, Plan.Window.perHour(anHour), Plan.Window.perDay(aDay)));
  }
}
