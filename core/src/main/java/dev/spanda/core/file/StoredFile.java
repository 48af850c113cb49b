package dev.spanda.core.file;

import dev.spanda.core.Failure;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A file as it stood when it was read.
 *
 * @param id begins with {@code file_}
 * @param owner for whom alone it exists
 * @param projectId the project that it belongs to, if any
 * @param name a label for people, 1 to 255 characters without separators and control characters;
 *     never a path
 * @param type what its content looks like, whatever its name says
 * @param size in bytes, ≥ 0
 * @param sha256 the SHA-256 of its content as 64 lower-case hexadecimal digits
 * @param createdAt in whole milliseconds
 */
public record StoredFile(
    String id,
    String owner,
    Optional<String> projectId,
    String name,
    FileType type,
    long size,
    String sha256,
    Instant createdAt) {

  private static final int LONGEST_NAME = 255;
  private static final Pattern ID = Pattern.compile("file_[0-9a-z]{1,40}");

  /** Checks that nothing is absent. */
  public StoredFile {
    Objects.requireNonNull(id);
    Objects.requireNonNull(owner);
    Objects.requireNonNull(type);
  }

  /**
   * What is told about a file before its content comes.
   *
   * @param name what the sender calls it. Only what follows the last slash or backslash is kept,
   *     without control and direction characters and at most 255 characters of it; when nothing is
   *     left, {@code file}
   * @param projectId the project that it is to belong to, if any
   * @param id chosen by the caller, {@code file_} and 1 to 40 lower-case letters and digits, so
   *     that saving the same file again saves nothing; empty for a new one
   */
  public record Plan(String name, Optional<String> projectId, Optional<String> id) {
    /**
     * Makes a label of the name and checks the id.
     *
     * @throws Failure INVALID, subject {@code file}, for an id of another form
     */
    public Plan {
      Objects.requireNonNull(projectId);
      if (id.isPresent() && !ID.matcher(id.get()).matches()) {
        throw Failure.invalid("file", id.get(), "A file's id must match " + ID);
      }
      name = label(name);
    }

    /** A file whose id is made when it is saved. */
    public Plan(String name, Optional<String> projectId) {
      this(name, projectId, Optional.empty());
    }

    /** The same under an id of the caller's choice. */
    public Plan withId(String chosen) {
      return new Plan(name, projectId, Optional.of(chosen));
    }

    /** A file that belongs to no project. */
    public static Plan of(String name) {
      return new Plan(name, Optional.empty());
    }

    /** A file of a project. */
    public Plan in(String project) {
      return new Plan(name, Optional.of(project), id);
    }
  }

  /** What {@link Files} publishes once a change is durable, in the process that made it. */
  public sealed interface Event {
    /** The file; the last state of one that was deleted. */
    StoredFile file();
  }

  /** A file was saved. */
  public record Saved(StoredFile file) implements Event {}

  /** A file was deleted. */
  public record Deleted(StoredFile file) implements Event {}

  private static String label(String name) {
    String last = name.substring(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1);
    StringBuilder kept = new StringBuilder();
    last.codePoints()
        .filter(StoredFile::isVisible)
        .limit(LONGEST_NAME)
        .forEach(kept::appendCodePoint);
    String label = kept.toString().strip();
    return label.isEmpty() || label.equals(".") || label.equals("..") ? "file" : label;
  }

  /** Leaves out what could break a header line or turn the letters of a name around. */
  private static boolean isVisible(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          false;
      default -> true;
    };
  }
}
