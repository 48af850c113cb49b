package dev.spanda.core.project;

import dev.spanda.core.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Something that was made: a logo, a picture, a sound.
 *
 * @param id begins with {@code item_}
 * @param owner for whom alone it exists
 * @param projectId where it stands; empty for one outside of every project
 * @param type what it is, such as {@code logo}
 * @param name for people
 * @param links the files it consists of that still exist, in the order they were given; copied
 * @param createdAt in whole milliseconds
 */
public record Item(
    String id,
    String owner,
    Optional<String> projectId,
    String type,
    String name,
    List<Link> links,
    Instant createdAt) {

  private static final Pattern ID = Pattern.compile("item_[0-9a-z]{1,40}");
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_WORD = 64;
  private static final int MOST_LINKS = 50;

  /** Copies the links. */
  public Item {
    Objects.requireNonNull(id);
    links = List.copyOf(links);
  }

  /**
   * One form of an item.
   *
   * @param format what form it is, such as {@code png}; 1 to 64 characters
   * @param fileId the file that holds it, 1 to 200 characters
   */
  public record Link(String format, String fileId) {
    /**
     * Checks the lengths.
     *
     * @throws Failure INVALID, subjects {@code format} and {@code file}
     */
    public Link {
      Names.check("format", "Format", format, LONGEST_WORD);
      Names.check("file", "File id", fileId, LONGEST_NAME);
    }
  }

  /**
   * What an item is to be.
   *
   * @param id chosen by the caller, {@code item_} and 1 to 40 lower-case letters and digits, so
   *     that adding the same item again adds nothing; empty for a new one
   * @param type 1 to 64 characters
   * @param name 1 to 200 characters
   * @param links at most 50; copied
   */
  public record Plan(Optional<String> id, String type, String name, List<Link> links) {
    /**
     * Checks every part.
     *
     * @throws Failure INVALID, subjects {@code item}, {@code type}, {@code name} and {@code links}
     */
    public Plan {
      if (id.isPresent() && !ID.matcher(id.get()).matches()) {
        throw Failure.invalid("item", id.get(), "An item's id must match " + ID);
      }
      Names.check("type", "Type", type, LONGEST_WORD);
      Names.check("name", "Name", name, LONGEST_NAME);
      links = List.copyOf(links);
      if (links.size() > MOST_LINKS) {
        throw Failure.outOfRange("links", "Number of links", links.size(), 0, MOST_LINKS, "");
      }
    }

    /** A plan whose id is made when it is added. */
    public static Plan of(String type, String name, List<Link> links) {
      return new Plan(Optional.empty(), type, name, links);
    }

    /** The same under an id of the caller's choice. */
    public Plan withId(String chosen) {
      return new Plan(Optional.of(chosen), type, name, links);
    }
  }
}
