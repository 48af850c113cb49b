package dev.spanda.core.project;

import dev.spanda.core.Failure;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Which projects are listed, and how.
 *
 * @param limit how many at most, 1 to 100
 * @param offset how many to pass over, ≥ 0
 * @param sort by what they are put in order; equal ones by their id
 * @param order in which direction
 * @param tags a project must have all of them; copied
 */
public record ProjectQuery(int limit, long offset, Sort sort, Order order, List<String> tags) {

  /** Twenty projects, the newest first. */
  public static final ProjectQuery DEFAULT =
      new ProjectQuery(20, 0, Sort.CREATED_AT, Order.DESC, List.of());

  private static final int LARGEST_PAGE = 100;

  /** By what projects can be put in order. */
  public enum Sort {
    /** When it was made. */
    CREATED_AT,
    /** When it last changed. */
    UPDATED_AT,
    /** Its name in lower case, character by character. */
    NAME,
    /** How many items it has. */
    ITEMS_COUNT;

    /**
     * Reads {@code created_at}, {@code updated_at}, {@code name} or {@code items_count}.
     *
     * @throws Failure INVALID, subject {@code sort}
     */
    public static Sort parse(String text) {
      return word("sort", text, values());
    }
  }

  /** A direction. */
  public enum Order {
    /** The smallest or oldest first. */
    ASC,
    /** The largest or newest first. */
    DESC;

    /**
     * Reads {@code asc} or {@code desc}.
     *
     * @throws Failure INVALID, subject {@code order}
     */
    public static Order parse(String text) {
      return word("order", text, values());
    }
  }

  /**
   * Checks the numbers and the tags.
   *
   * @throws Failure INVALID, subjects {@code limit}, {@code offset} and {@code tags}
   */
  public ProjectQuery {
    Failure.requireInRange("limit", "Limit", limit, 1, LARGEST_PAGE, "");
    if (offset < 0) {
      throw Failure.invalid("offset", offset, "Offset must be 0 or more");
    }
    Objects.requireNonNull(sort);
    Objects.requireNonNull(order);
    tags = Project.checkTags(tags);
  }

  /** The same with another part of the list. */
  public ProjectQuery withPage(int otherLimit, long otherOffset) {
    return new ProjectQuery(otherLimit, otherOffset, sort, order, tags);
  }

  /** The same in another order. */
  public ProjectQuery withSort(Sort otherSort, Order otherOrder) {
    return new ProjectQuery(limit, offset, otherSort, otherOrder, tags);
  }

  /** The same for projects that have all of these tags. */
  public ProjectQuery withTags(List<String> otherTags) {
    return new ProjectQuery(limit, offset, sort, order, otherTags);
  }

  private static <E extends Enum<E>> E word(String subject, String text, E[] values) {
    return Arrays.stream(values)
        .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                Failure.notAllowed(
                    subject,
                    text,
                    Arrays.stream(values)
                        .map(value -> value.name().toLowerCase(Locale.ROOT))
                        .toList()));
  }
}
