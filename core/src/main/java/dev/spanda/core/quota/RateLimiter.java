package dev.spanda.core.quota;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A limiter in memory by the generic cell rate algorithm: a fresh key may take all its permits at
 * once, and from then on gets one back every {@code window / permits}. One 64-bit number a key is
 * all it keeps: the instant at which the key's permits will all be there again.
 *
 * <p>The number of keys is bounded. When it is reached, keys whose permits are all there are
 * forgotten, which changes no answer; should too few of those exist, keys nearest to it go as well,
 * and they then start afresh. Thread-safe and lock-free while keys are known.
 *
 * <p>Source: ITU-T Recommendation I.371 (2004), annex A, virtual scheduling algorithm. Its
 * increment is our spacing, rounded up to a whole nanosecond, and its limit is {@code (permits − 1)
 * · spacing}.
 */
public final class RateLimiter implements Limiter {

  /** How many keys a limiter remembers unless told otherwise. */
  public static final int DEFAULT_KEYS = 100_000;

  /** Marks an account that has left the map; whoever still holds it looks the key up again. */
  private static final long GONE = Long.MIN_VALUE;

  private static final int SAMPLE = 64;

  private final InstantSource clock;
  private final int mostKeys;
  private final long originSecond;
  private final ConcurrentHashMap<String, AtomicLong> accounts = new ConcurrentHashMap<>();
  private final AtomicBoolean sweeping = new AtomicBoolean();

  /** A limiter that remembers {@value #DEFAULT_KEYS} keys. */
  public RateLimiter(InstantSource clock) {
    this(clock, DEFAULT_KEYS);
  }

  /**
   * A limiter that remembers so many keys.
   *
   * @param mostKeys ≥ 1; about 100 bytes each
   */
  public RateLimiter(InstantSource clock, int mostKeys) {
    if (mostKeys < 1) {
      throw new IllegalArgumentException("mostKeys must be at least 1; was " + mostKeys);
    }
    this.clock = clock;
    this.mostKeys = mostKeys;
    this.originSecond = clock.instant().getEpochSecond();
  }

  @Override
  public Decision acquire(String key, RateLimit limit, int permits) {
    if (permits < 1) {
      throw new IllegalArgumentException("permits must be at least 1; was " + permits);
    }
    long spacing = limit.spacingNanos();
    long capacity = spacing * limit.permits();
    long now = nanos(clock.instant());
    while (true) {
      AtomicLong account = accounts.get(key);
      if (account == null) {
        account = open(key, now);
      }
      long stored = account.get();
      if (stored == GONE) {
        continue;
      }
      // A limit that was lowered, or a clock set back, must not lock a key out beyond one window.
      long full = Math.min(Math.max(stored, now), now + capacity);
      if (permits > limit.permits()) {
        return refused(limit, now, full, spacing, capacity, full - now);
      }
      long after = full + spacing * permits;
      if (after > now + capacity) {
        return refused(limit, now, full, spacing, capacity, after - capacity - now);
      }
      if (account.compareAndSet(stored, after)) {
        return new Decision(
            true,
            limit.permits(),
            (int) ((now + capacity - after) / spacing),
            instant(after),
            Duration.ZERO);
      }
    }
  }

  @Override
  public void giveBack(String key, RateLimit limit, int permits) {
    if (permits < 1) {
      throw new IllegalArgumentException("permits must be at least 1; was " + permits);
    }
    long cost = limit.spacingNanos() * Math.min(permits, limit.permits());
    AtomicLong account = accounts.get(key);
    if (account != null) {
      // An instant in the past means the same as now: all permits are there.
      account.updateAndGet(stored -> stored == GONE ? GONE : stored - cost);
    }
  }

  /** How many keys are remembered now. */
  public int keys() {
    return accounts.size();
  }

  private Decision refused(
      RateLimit limit, long now, long full, long spacing, long capacity, long waitNanos) {
    return new Decision(
        false,
        limit.permits(),
        (int) ((now + capacity - full) / spacing),
        instant(full),
        Duration.ofNanos(waitNanos));
  }

  private AtomicLong open(String key, long now) {
    if (accounts.mappingCount() >= mostKeys && sweeping.compareAndSet(false, true)) {
      try {
        sweep(now);
      } finally {
        sweeping.set(false);
      }
    }
    return accounts.computeIfAbsent(key, k -> new AtomicLong(now));
  }

  /** Forgets what is idle; if that is less than a sixteenth, forgets the nearest to it too. */
  private void sweep(long now) {
    long goal = Math.max(1, mostKeys / 16);
    long gone = 0;
    for (Map.Entry<String, AtomicLong> entry : accounts.entrySet()) {
      long stored = entry.getValue().get();
      if (stored <= now && retire(entry.getKey(), entry.getValue(), stored)) {
        gone++;
      }
    }
    while (gone < goal && !accounts.isEmpty()) {
      gone += forgetSample();
    }
  }

  /** Of the next few accounts, the half that is nearest to having all permits goes. */
  private long forgetSample() {
    long[] fulls = new long[SAMPLE];
    int count = 0;
    Iterator<AtomicLong> values = accounts.values().iterator();
    while (values.hasNext() && count < SAMPLE) {
      fulls[count++] = values.next().get();
    }
    java.util.Arrays.sort(fulls, 0, count);
    long median = count == 0 ? GONE : fulls[(count - 1) / 2];
    long gone = 0;
    int seen = 0;
    for (Map.Entry<String, AtomicLong> entry : accounts.entrySet()) {
      if (seen++ >= SAMPLE) {
        break;
      }
      long stored = entry.getValue().get();
      if (stored <= median && retire(entry.getKey(), entry.getValue(), stored)) {
        gone++;
      }
    }
    return Math.max(1, gone);
  }

  private boolean retire(String key, AtomicLong account, long stored) {
    return stored != GONE && account.compareAndSet(stored, GONE) && accounts.remove(key, account);
  }

  private long nanos(Instant instant) {
    return (instant.getEpochSecond() - originSecond) * 1_000_000_000L + instant.getNano();
  }

  private Instant instant(long nanos) {
    return Instant.ofEpochSecond(originSecond, nanos);
  }
}
