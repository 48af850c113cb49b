package dev.spanda.core.population;

import dev.spanda.core.Failure;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What a population is to be.
 *
 * @param name 1 to 200 characters that are not all blank; without blanks at its ends
 * @param description 0 to 2 000 characters
 * @param sizeEstimate how many beings, 0 to 10^15; 0 when it is not known
 * @param categories at most 20 words of 1 to 64 characters; one that is given twice is kept once;
 *     copied
 * @param intention 0 to 2 000 characters
 */
public record PopulationPlan(
    String name, String description, long sizeEstimate, List<String> categories, String intention) {

  /** The largest estimate. */
  public static final long LARGEST_SIZE = 1_000_000_000_000_000L;

  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_TEXT = 2_000;
  private static final int LONGEST_CATEGORY = 64;
  private static final int MOST_CATEGORIES = 20;

  /**
   * Checks every part.
   *
   * @throws Failure INVALID, with subject {@code name}, {@code description}, {@code size_estimate},
   *     {@code categories} or {@code intention}
   */
  public PopulationPlan {
    name = name.strip();
    requireLength("name", "Name", name, 1, LONGEST_NAME);
    requireLength("description", "Description", description, 0, LONGEST_TEXT);
    requireLength("intention", "Intention", intention, 0, LONGEST_TEXT);
    if (sizeEstimate < 0 || sizeEstimate > LARGEST_SIZE) {
      throw Failure.outOfRange(
          "size_estimate", "Size estimate", (double) sizeEstimate, 0, (double) LARGEST_SIZE, "");
    }
    Set<String> words = new LinkedHashSet<>();
    for (String category : categories) {
      requireLength("categories", "Category", category.strip(), 1, LONGEST_CATEGORY);
      words.add(category.strip());
    }
    Failure.requireInRange(
        "categories", "Number of categories", words.size(), 0, MOST_CATEGORIES, "");
    categories = List.copyOf(words);
  }

  /** A plan without description, size, categories and intention. */
  public static PopulationPlan of(String name) {
    return new PopulationPlan(name, "", 0, List.of(), "");
  }

  private static void requireLength(
      String subject, String label, String text, int least, int most) {
    String unused = Failure.requireText(subject, label, text, least, most);
  }
}
