package dev.spanda.server.gate;

import dev.spanda.core.quota.Decision;
import dev.spanda.core.quota.Limiter;
import dev.spanda.core.quota.RateLimit;
import dev.spanda.core.quota.Slots;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What stands before a mount: limits for each address, a stricter limit for single operations, the
 * number of sockets an address may hold open, the origins of pages, and who the caller is. Built
 * once, then immutable and thread-safe.
 */
public final class Gate {

  private static final Gate OPEN = new Builder(null).build();

  private final @Nullable Limiter limiter;
  private final @Nullable RateLimit limit;
  private final Map<Method, Strict> strict;
  private final @Nullable Slots sockets;
  private final Cors cors;
  private final Authenticator authenticator;
  private final String name;

  private record Strict(String prefix, RateLimit limit) {}

  private Gate(Builder builder) {
    limiter = builder.limiter;
    limit = times(builder.limit, builder.factor);
    Map<Method, Strict> limits = new HashMap<>();
    builder.strict.forEach(
        (method, rate) ->
            limits.put(
                method,
                new Strict(
                    builder.name + ':' + method.getName() + ':', rate.times(builder.factor))));
    strict = Map.copyOf(limits);
    sockets =
        builder.sockets == 0
            ? null
            : new Slots(Math.multiplyExact(builder.sockets, builder.factor));
    cors = builder.cors;
    authenticator = builder.authenticator;
    name = builder.name + ':';
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
   * Counts a request. With a stricter limit on the operation both are taken, and the answer is that
   * of the limit that is nearer to refusing.
   *
   * @param address whose account
   * @param operation the contract's method, or null when no operation was found
   * @return null when nothing is limited here
   */
  public @Nullable Decision admit(String address, @Nullable Method operation) {
    Limiter counter = limiter;
    if (counter == null) {
      return null;
    }
    Strict stricter = operation == null ? null : strict.get(operation);
    Decision general = limit == null ? null : counter.acquire(name + address, limit);
    if (stricter == null || (general != null && !general.allowed())) {
      return general;
    }
    Decision own = counter.acquire(stricter.prefix() + address, stricter.limit());
    return general == null || !own.allowed() || own.remaining() < general.remaining()
        ? own
        : general;
  }

  /**
   * A place for one more socket of this address, to be run once when the socket has closed; empty
   * when the address holds as many as it may.
   */
  public Optional<Runnable> socket(String address) {
    return sockets == null ? Optional.of(() -> {}) : sockets.take(address).map(slot -> slot::close);
  }

  /** How many sockets an address may hold open, 0 for any number. */
  public int socketsPerAddress() {
    return sockets == null ? 0 : sockets.most();
  }

  /** The origins of pages. */
  public Cors cors() {
    return cors;
  }

  /** Who the caller is. */
  public Authenticator authenticator() {
    return authenticator;
  }

  private static @Nullable RateLimit times(@Nullable RateLimit limit, int factor) {
    return limit == null ? null : limit.times(factor);
  }

  /** Collects what a gate does. */
  public static final class Builder {
    private final @Nullable Limiter limiter;
    private final Map<Method, RateLimit> strict = new HashMap<>();
    private @Nullable RateLimit limit;
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

    /** The limit of all requests of an address together; without it they are not limited. */
    public Builder limit(RateLimit perAddress) {
      limit = perAddress;
      return this;
    }

    /**
     * A stricter limit for one operation of an address.
     *
     * @param method the name of a method of the contract
     * @throws IllegalArgumentException when the contract has no such method
     */
    public Builder limit(Class<?> contract, String method, RateLimit perAddress) {
      boolean found = false;
      for (Method candidate : contract.getMethods()) {
        if (candidate.getName().equals(method)) {
          strict.put(candidate, perAddress);
          found = true;
        }
      }
      if (!found) {
        throw new IllegalArgumentException(contract + " has no method " + method);
      }
      return this;
    }

    /**
     * How many sockets an address may hold open; any number when this is not called.
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
