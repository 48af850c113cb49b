package dev.spanda.media.moderation;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Remembers when people wrote last, of the 50 000 who wrote last and of each at most 600 messages.
 * Nothing of it is stored. Thread-safe.
 */
final class FloodWatch {

  private static final int MOST_PEOPLE = 50_000;
  private static final int MOST_MESSAGES = 600;

  /** Times and hashes of one person's messages, the oldest overwritten first. */
  private static final class Tail {
    private long[] times = new long[8];
    private int[] hashes = new int[8];
    private int next;
    private int count;

    void add(long time, int hash) {
      if (count == times.length && times.length < MOST_MESSAGES) {
        long[] moreTimes = new long[Math.min(MOST_MESSAGES, 2 * count)];
        int[] moreHashes = new int[moreTimes.length];
        for (int i = 0; i < count; i++) {
          int at = (next + i) % count;
          moreTimes[i] = times[at];
          moreHashes[i] = hashes[at];
        }
        times = moreTimes;
        hashes = moreHashes;
        next = count;
      }
      times[next] = time;
      hashes[next] = hash;
      next = (next + 1) % times.length;
      count = Math.min(times.length, count + 1);
    }
  }

  private final Map<String, Tail> tails = new LinkedHashMap<>(64, 0.75f, true);

  /** Notes a message; whether it is one too many. */
  synchronized boolean floods(
      String person, String text, Instant now, ModerationPolicy.Flood limits) {
    Tail tail = tails.computeIfAbsent(person, key -> new Tail());
    if (tails.size() > MOST_PEOPLE) {
      tails.remove(tails.keySet().iterator().next());
    }
    int hash = Hash.finish(Hash.of(text));
    tail.add(now.toEpochMilli(), hash);
    long since = now.toEpochMilli() - limits.within().toMillis();
    long sameSince = now.toEpochMilli() - 6 * limits.within().toMillis();
    int recent = 0;
    int same = 0;
    for (int i = 0; i < tail.count; i++) {
      if (tail.times[i] > since) {
        recent++;
      }
      if (tail.times[i] > sameSince && tail.hashes[i] == hash) {
        same++;
      }
    }
    return recent > limits.messages() || same >= limits.repeats();
  }

  synchronized int people() {
    return tails.size();
  }
}
