package dev.spanda.core;

import java.util.List;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param items the rows of this part, in the order of the list; copied
 * @param total how many rows the whole list has, ≥ 0
 * @param limit how many rows were asked for, ≥ 1
 * @param offset how many rows stand before this part, ≥ 0
 */
public record Page<T>(List<T> items, long total, int limit, long offset) {

  /** Checks the numbers and copies the rows. */
  public Page {
    items = List.copyOf(items);
    if (total < 0 || limit < 1 || offset < 0) {
      throw new IllegalArgumentException(
          "total " + total + ", limit " + limit + ", offset " + offset);
    }
  }

  /** Whether rows follow after this part. */
  public boolean hasMore() {
    return offset + items.size() < total;
  }

  /** The same part with every row converted. */
  public <R> Page<R> map(Function<? super T, ? extends R> convert) {
    return new Page<>(items.stream().<R>map(convert).toList(), total, limit, offset);
  }
}
