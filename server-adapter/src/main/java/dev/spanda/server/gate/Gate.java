package dev.spanda.server.gate;

import dev.spanda.core.quota.Decision;
import dev.spanda.core.quota.Limiter;
import dev.spanda.core.quota.RateLimit;
import dev.spanda.core.quota.Slots;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What stands before a mount: limits for each account by its plan and for each address of callers
 * without one, stricter limits for single operations, the number of sockets a caller may hold open,
 * the origins of pages, and who the caller is. Built once, then immutable and thread-safe.
 */
public final class Gate {

  private static final Gate OPEN = new Builder(null).build();

  private final @Nullable Limiter limiter;
  private final @Nullable Plan ofAddress;
  private final @Nullable Function<Identity, Plan> plans;
  private final Function<Identity, String> countedBy;
  private final Map<Method, Strict> strict;
  private final int socketsOfAddress;
  private final Slots sockets = new Slots(1);
  private final Cors cors;
  private final Authenticator authenticator;
  private final String name;

  private record Strict(String suffix, Plan.Window window, boolean alone) {}

  /** A window and the account in it that a request is charged to. */
  private record Charge(String key, Plan.Window window) {}

  private Gate(Builder builder) {
    int factor = builder.factor;
    limiter = builder.limiter;
    RateLimit limit = builder.limit;
    ofAddress = limit == null ? null : Plan.of("address", window(limit)).times(factor);
    plans = multiplied(builder.plans, factor);
    countedBy = builder.countedBy;
    Map<Method, Strict> limits = new HashMap<>();
    builder.strict.forEach(
        (method, rate) ->
            limits.put(
                method,
                new Strict(
                    ':' + method.getName() + ':',
                    window(rate.times(factor)),
                    builder.alone.contains(method))));
    strict = Map.copyOf(limits);
    socketsOfAddress = Math.multiplyExact(builder.sockets, factor);
    cors = builder.cors;
    authenticator = builder.authenticator;
    name = builder.name;
  }

  /** A gate that lets everybody in and counts nothing. */
  public static Gate open() {
    return OPEN;
  }

  /**
   * A gate that counts with this limiter.
   *
   * @param limiter may be shared with other gates whose names differ
   */
  public static Builder builder(Limiter limiter) {
    return new Builder(limiter);
  }

  /**
   * Counts a request: by account for a caller who has an {@link Identity} and a gate that has
   * plans, else by address. A permit of every window of the plan is taken, or none when one
   * refuses; then one of the operation's stricter limit, if it has one. The answer is that of the
   * window that is nearest to refusing.
   *
   * @param caller the request's name is not looked at
   * @param operation the contract's method, or null when no operation was found
   * @return null when nothing is limited here
   */
  public @Nullable Decision admit(Caller caller, @Nullable Method operation) {
    Limiter counter = limiter;
    if (counter == null) {
      return null;
    }
    Identity identity = planned(caller);
    String who = who(caller, identity);
    Strict stricter = operation == null ? null : strict.get(operation);
    if (stricter != null && stricter.alone()) {
      return decide(counter, new Charge(name + stricter.suffix() + who, stricter.window()));
    }
    Plan plan = identity == null || plans == null ? ofAddress : plans.apply(identity);
    Decision general = plan == null ? null : take(counter, charges(plan, identity, who));
    if (stricter == null || (general != null && !general.allowed())) {
      return general;
    }
    Decision own = decide(counter, new Charge(name + stricter.suffix() + who, stricter.window()));
    return general == null || !own.allowed() || own.remaining() < general.remaining()
        ? own
        : general;
  }

  private List<Charge> charges(Plan plan, @Nullable Identity identity, String who) {
    List<Charge> charges = new ArrayList<>(plan.windows().size());
    for (Plan.Window window : plan.windows()) {
      // The one window of an address needs no name; a plan's windows need one each.
      String which = identity == null ? ":" : ":" + window.length() + ":";
      charges.add(new Charge(name + which + who, window));
    }
    return charges;
  }

  private static @Nullable Decision take(Limiter counter, List<Charge> charges) {
    Decision nearest = null;
    for (int i = 0; i < charges.size(); i++) {
      Decision decision = decide(counter, charges.get(i));
      if (!decision.allowed()) {
        for (Charge earlier : charges.subList(0, i)) {
          counter.giveBack(earlier.key(), earlier.window().rate(), 1);
        }
        return decision;
      }
      if (nearest == null || decision.remaining() < nearest.remaining()) {
        nearest = decision;
      }
    }
    return nearest;
  }

  /** The limit that is told is that of the document; a burst above it is not counted as left. */
  private static Decision decide(Limiter limiter, Charge charge) {
    Plan.Window window = charge.window();
    Decision decision = limiter.acquire(charge.key(), window.rate());
    return window.burst() == window.permits()
        ? decision
        : new Decision(
            decision.allowed(),
            window.permits(),
            Math.min(decision.remaining(), window.permits()),
            decision.resetAt(),
            decision.retryAfter());
  }

  /**
   * A place for one more socket of this caller, to be run once when the socket has closed; empty
   * when the caller holds as many as it may.
   */
  public Optional<Runnable> socket(Caller caller) {
    int most = socketsOf(caller);
    if (most == Plan.ANY_NUMBER) {
      return Optional.of(() -> {});
    }
    return sockets.take(who(caller, planned(caller)), most).map(slot -> slot::close);
  }

  /** How many sockets this caller may hold open, 0 for any number. */
  public int socketsOf(Caller caller) {
    Identity identity = planned(caller);
    return identity == null || plans == null ? socketsOfAddress : plans.apply(identity).sockets();
  }

  /** The origins of pages. */
  public Cors cors() {
    return cors;
  }

  /** Who the caller is. */
  public Authenticator authenticator() {
    return authenticator;
  }

  /** The identity that a plan is looked up for, null when the caller is counted by address. */
  private @Nullable Identity planned(Caller caller) {
    return plans == null ? null : caller.identity().orElse(null);
  }

  private String who(Caller caller, @Nullable Identity identity) {
    return identity == null ? caller.address() : "account " + countedBy.apply(identity);
  }

  private static Plan.Window window(RateLimit limit) {
    return new Plan.Window(limit.permits(), limit.window(), limit.permits());
  }

  /** Each plan is multiplied once, whoever asks for it how often. */
  private static @Nullable Function<Identity, Plan> multiplied(
      @Nullable Function<Identity, Plan> plans, int factor) {
    if (plans == null || factor == 1) {
      return plans;
    }
    Map<Plan, Plan> known = new ConcurrentHashMap<>();
    return identity -> known.computeIfAbsent(plans.apply(identity), plan -> plan.times(factor));
  }

  /** Collects what a gate does. */
  public static final class Builder {
    private final @Nullable Limiter limiter;
    private final Map<Method, RateLimit> strict = new HashMap<>();
    private final Set<Method> alone = new HashSet<>();
    private @Nullable RateLimit limit;
    private @Nullable Function<Identity, Plan> plans;
    private Function<Identity, String> countedBy = Identity::account;
    private int sockets;
    private int factor = 1;
    private Cors cors = Cors.none();
    private Authenticator authenticator = visit -> null;
    private String name = "gate";

    private Builder(@Nullable Limiter limiter) {
      this.limiter = limiter;
    }

    /** The name under which the limiter counts; gates that share a limiter need different ones. */
    public Builder name(String gate) {
      name = gate;
      return this;
    }

    /**
     * The limit of all requests of an address together whose callers have no plan, those with wrong
     * credentials included; without it they are not limited.
     */
    public Builder limit(RateLimit perAddress) {
      limit = perAddress;
      return this;
    }

    /**
     * The plan of each identity; without this everybody is counted by address.
     *
     * @param byIdentity gives the same plan for the same identity each time
     */
    public Builder plans(Function<Identity, Plan> byIdentity) {
      plans = byIdentity;
      return this;
    }

    /**
     * The plans by their names; an identity whose plan is not among them has the first.
     *
     * @param inOrder at least one
     */
    public Builder plans(List<Plan> inOrder) {
      Map<String, Plan> byName = new HashMap<>();
      inOrder.forEach(plan -> byName.put(plan.name(), plan));
      Plan first = inOrder.get(0);
      return plans(identity -> byName.getOrDefault(identity.plan(), first));
    }

    /** What a limit of a plan counts by; the account when this is not called. */
    public Builder countedBy(Function<Identity, String> part) {
      countedBy = part;
      return this;
    }

    /**
     * A stricter limit for one operation of a caller.
     *
     * @param method the name of a method of the contract
     * @throws IllegalArgumentException when the contract has no such method
     */
    public Builder limit(Class<?> contract, String method, RateLimit perCaller) {
      boolean found = false;
      for (Method candidate : contract.getMethods()) {
        if (candidate.getName().equals(method)) {
          strict.put(candidate, perCaller);
          found = true;
        }
      }
      if (!found) {
        throw new IllegalArgumentException(contract + " has no method " + method);
      }
      return this;
    }

    /**
     * A limit for one operation of a caller in the place of the general one: its requests are not
     * counted with the others.
     *
     * @param method the name of a method of the contract
     * @throws IllegalArgumentException when the contract has no such method
     */
    public Builder limitAlone(Class<?> contract, String method, RateLimit perCaller) {
      limit(contract, method, perCaller);
      for (Method candidate : contract.getMethods()) {
        if (candidate.getName().equals(method)) {
          alone.add(candidate);
        }
      }
      return this;
    }

    /**
     * How many sockets an address without a plan may hold open; any number when this is not called.
     *
     * @param most ≥ 1
     */
    public Builder sockets(int most) {
      sockets = most;
      return this;
    }

    /** Multiplies every rate and the number of sockets. 1 when this is not called. */
    public Builder times(int limits) {
      factor = limits;
      return this;
    }

    /** Which pages may read answers; none when this is not called. */
    public Builder cors(Cors origins) {
      cors = origins;
      return this;
    }

    /** Who the caller is; nobody when this is not called. */
    public Builder authenticator(Authenticator who) {
      authenticator = who;
      return this;
    }

    /** The gate. */
    public Gate build() {
      return new Gate(this);
    }
  }
}
