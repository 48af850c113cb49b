package dev.spanda.biofield.cache;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.spanda.core.store.Store;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jdbi.v3.core.Handle;

/**
 * Remembers what was read of one list, and gives it back only while nobody has written to that
 * list: neither this process nor another on the same database.
 *
 * <p>A hit costs one look at the list's version by primary key, in place of the whole reading. The
 * version is read before the values, so that values may be newer than their version, never older.
 * Inside {@link Store#write} nothing is remembered, because that transaction may still be rolled
 * back. Thread-safe.
 *
 * @param <V> immutable
 */
public final class OwnerCache<V> {

  private final Store store;
  private final String list;
  private final Cache<Key, Entry<V>> cache;

  /**
   * An empty cache.
   *
   * @param list the name of the list, as {@link #touch} gets it
   * @param longest after how long a value is read again although nobody has written
   * @param weight what a value counts, such as its bytes, ≥ 0
   * @param most how much all values kept may count together; the least useful goes first
   */
  public OwnerCache(
      Store store,
      InstantSource clock,
      String list,
      Duration longest,
      ToIntFunction<V> weight,
      long most) {
    this.store = store;
    this.list = list;
    Instant start = clock.instant();
    this.cache =
        Caffeine.newBuilder()
            .maximumWeight(most)
            .weigher((Key key, Entry<V> entry) -> weight.applyAsInt(entry.value))
            .expireAfterWrite(longest)
            .ticker(() -> Duration.between(start, clock.instant()).toNanos())
            .executor(Runnable::run)
            .build();
  }

  /**
   * The value that the loader would read now.
   *
   * @param question what is asked of the owner's list, by {@code equals}
   * @param load reads the value; may throw, and nothing is remembered then
   */
  public V get(String owner, Object question, Function<Handle, V> load) {
    if (store.isWriting()) {
      return store.read(load::apply);
    }
    Key key = new Key(owner, question);
    return store.read(
        handle -> {
          long version =
              handle
                  .createQuery(
                      "SELECT version FROM field_version WHERE owner = :owner AND list = :list")
                  .bind("owner", owner)
                  .bind("list", list)
                  .mapTo(Long.class)
                  .findOne()
                  .orElse(0L);
          Entry<V> known = cache.getIfPresent(key);
          if (known != null && known.version == version) {
            return known.value;
          }
          V value = load.apply(handle);
          cache.put(key, new Entry<>(version, value));
          return value;
        });
  }

  /**
   * Makes what is cached of an owner's list stale once the transaction of this handle is committed.
   * Called before anything else is written, it also lets one writer at a time to that list.
   */
  public static void touch(Handle handle, String owner, String list) {
    handle
        .createUpdate(
            "INSERT INTO field_version (owner, list, version) VALUES (:owner, :list, 1)"
                + " ON CONFLICT (owner, list) DO UPDATE SET version = field_version.version + 1")
        .bind("owner", owner)
        .bind("list", list)
        .execute();
  }

  private record Key(String owner, Object question) {}

  private record Entry<V>(long version, V value) {}
}
