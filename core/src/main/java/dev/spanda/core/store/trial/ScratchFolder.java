package dev.spanda.core.store.trial;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A new folder, in the system's folder for temporary files unless said otherwise, that is removed
 * with all it holds when it is closed. Thread-safe.
 */
public final class ScratchFolder implements AutoCloseable {

  private final Path path;

  private ScratchFolder(Path path) {
    this.path = path;
  }

  /**
   * An empty folder.
   *
   * @param name what it is called, with a number behind it
   * @throws UncheckedIOException when none can be made
   */
  public static ScratchFolder named(String name) {
    try {
      return new ScratchFolder(Files.createTempDirectory(name + "-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * An empty folder in another, for what is to be moved there at the end.
   *
   * @throws IOException when none can be made there
   */
  public static ScratchFolder within(Path parent, String name) throws IOException {
    return new ScratchFolder(Files.createTempDirectory(parent, name));
  }

  /** Where it is. */
  public Path path() {
    return path;
  }

  /**
   * Removes the folder and all it holds; links are removed and not followed.
   *
   * @throws UncheckedIOException when something cannot be removed
   */
  @Override
  public void close() {
    try (Stream<Path> all = Files.walk(path)) {
      for (Path each : (Iterable<Path>) all.sorted(Comparator.reverseOrder())::iterator) {
        Files.deleteIfExists(each);
      }
    } catch (NoSuchFileException gone) {
      // Somebody was quicker.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
