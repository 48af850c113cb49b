package dev.spanda.core.project;

import dev.spanda.core.Failure;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A project as it stood when it was read.
 *
 * @param id begins with {@code proj_}
 * @param owner for whom alone it exists
 * @param name 1 to 200 characters
 * @param description 0 to 5000 characters
 * @param tags at most 50, none twice, in the order they were given; copied
 * @param itemsCount how many items it has, ≥ 0
 * @param createdAt in whole milliseconds
 * @param updatedAt when it, or the set of its items, last changed
 */
public record Project(
    String id,
    String owner,
    String name,
    String description,
    List<String> tags,
    Status status,
    int itemsCount,
    Instant createdAt,
    Instant updatedAt) {

  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_DESCRIPTION = 5_000;
  private static final int LONGEST_TAG = 50;
  private static final int MOST_TAGS = 50;

  /** Where a project stands. */
  public enum Status {
    /** It can be read and changed. */
    ACTIVE
  }

  /** Copies the tags. */
  public Project {
    Objects.requireNonNull(id);
    Objects.requireNonNull(status);
    tags = List.copyOf(tags);
  }

  /**
   * What a project is to be.
   *
   * @param name 1 to 200 characters that are not all blank, without control characters
   * @param description 0 to 5000 characters
   * @param tags at most 50 of 1 to 50 characters; one that is given twice is kept once; copied
   */
  public record Plan(String name, String description, List<String> tags) {
    /**
     * Checks every part.
     *
     * @throws Failure INVALID, subjects {@code name}, {@code description} and {@code tags}
     */
    public Plan {
      checkName(name);
      checkDescription(description);
      tags = checkTags(tags);
    }

    /** A plan without description and tags. */
    public static Plan of(String name) {
      return new Plan(name, "", List.of());
    }
  }

  /**
   * What is to become different; an empty part stays as it is.
   *
   * @param name as for {@link Plan}
   * @param description as for {@link Plan}
   * @param tags all the tags that it has afterwards, as for {@link Plan}
   */
  public record Patch(
      Optional<String> name, Optional<String> description, Optional<List<String>> tags) {

    /** Changes nothing. */
    public static final Patch NONE =
        new Patch(Optional.empty(), Optional.empty(), Optional.empty());

    /**
     * Checks every part.
     *
     * @throws Failure INVALID, subjects {@code name}, {@code description} and {@code tags}
     */
    public Patch {
      name.ifPresent(Project::checkName);
      description.ifPresent(Project::checkDescription);
      tags = tags.map(Project::checkTags);
    }

    /** The same with another name. */
    public Patch withName(String other) {
      return new Patch(Optional.of(other), description, tags);
    }

    /** The same with another description. */
    public Patch withDescription(String other) {
      return new Patch(name, Optional.of(other), tags);
    }

    /** The same with other tags. */
    public Patch withTags(List<String> other) {
      return new Patch(name, description, Optional.of(other));
    }
  }

  /**
   * A project with what was made in it.
   *
   * @param items the oldest first; copied
   */
  public record Content(Project project, List<Item> items) {
    /** Copies the list. */
    public Content {
      items = List.copyOf(items);
    }
  }

  /** What {@link Projects} publishes once a change is durable, in the process that made it. */
  public sealed interface Event {
    /** The project after the change; the last state of one that was deleted. */
    Project project();
  }

  /** A project was made. */
  public record Created(Project project) implements Event {}

  /** Its name, description or tags were changed. */
  public record Updated(Project project) implements Event {}

  /** It is gone with its items; its files stay with their owner. */
  public record Deleted(Project project) implements Event {}

  /** An item was added to it. */
  public record ItemAdded(Project project, Item item) implements Event {}

  /** An item was removed from it. */
  public record ItemRemoved(Project project, Item item) implements Event {}

  private static void checkName(String name) {
    Names.check("name", "Name", name, LONGEST_NAME);
  }

  private static void checkDescription(String description) {
    Failure.requireText("description", "Description", description, 0, LONGEST_DESCRIPTION);
  }

  static List<String> checkTags(List<String> tags) {
    List<String> kept = tags.stream().distinct().toList();
    for (String tag : kept) {
      Names.check("tags", "Tag", tag, LONGEST_TAG);
    }
    if (kept.size() > MOST_TAGS) {
      throw Failure.outOfRange("tags", "Number of tags", kept.size(), 0, MOST_TAGS, "");
    }
    return kept;
  }
}
