package dev.spanda.media.clip;

import dev.spanda.core.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;

/**
 * The bytes of a film, wherever they lie: a part of them can be read without the rest. Used by one
 * thread at a time.
 */
public interface ClipSource extends AutoCloseable {

  /** How many bytes there are. */
  long sizeBytes();

  /**
   * Writes a part of the bytes to a channel.
   *
   * @param position of the first byte, ≥ 0
   * @param count ≥ 0; the part must not end behind the last byte
   * @throws IOException when they cannot be had
   * @throws Failure when the place that they come from refuses them
   */
  void read(long position, long count, WritableByteChannel into) throws IOException;

  /** The file that the bytes lie in, when they lie in one on this machine. */
  default Optional<Path> file() {
    return Optional.empty();
  }

  @Override
  void close() throws IOException;

  /** Finds the bytes of a source that somebody has named. Thread-safe. */
  @FunctionalInterface
  interface Opener {

    /**
     * Opens a source; the caller closes it.
     *
     * @param name an address or a path
     * @param workFolder an existing folder in which files may be made; its owner removes it
     * @throws Failure INVALID, NOT_FOUND or FORBIDDEN, subject {@code source}, when the name may
     *     not be opened or nothing is there
     */
    ClipSource open(String name, Path workFolder) throws IOException;

    /**
     * Looks at a name without opening it, when a job is asked for.
     *
     * @throws Failure as {@link #open}, when it is known already that the name will not be opened
     */
    default void check(String name) {}
  }

  /**
   * A file.
   *
   * @throws Failure NOT_FOUND, subject {@code source}, when it is no regular file
   */
  static ClipSource of(Path file) throws IOException {
    if (!Files.isRegularFile(file)) {
      throw Failure.of(Failure.Reason.NOT_FOUND, "source", "There is no file of this name");
    }
    return new OfFile(file.toAbsolutePath(), FileChannel.open(file, StandardOpenOption.READ));
  }

  /** Opens a part of the bytes, wherever they lie. */
  @FunctionalInterface
  interface Part {

    /**
     * Opens it; the caller closes the stream.
     *
     * @param offset of the first byte, ≥ 0
     * @param count at most how many bytes follow, ≥ 0
     */
    InputStream open(long offset, long count) throws IOException;
  }

  /**
   * Bytes of which parts can be opened.
   *
   * @param sizeBytes how many there are, ≥ 0
   */
  static ClipSource of(long sizeBytes, Part part) {
    return new OfParts(sizeBytes, part);
  }

  /**
   * Opens files within the given folders alone, whatever dots and symbolic links a path has: the
   * real path of the file must lie in the real path of a folder.
   *
   * @param roots none by default, which opens nothing
   */
  static Opener local(List<Path> roots) {
    List<Path> kept = List.copyOf(roots);
    return new Opener() {
      @Override
      public ClipSource open(String name, Path workFolder) throws IOException {
        return of(within(kept, name));
      }

      @Override
      public void check(String name) {
        try {
          Path unused = within(kept, name);
        } catch (IOException e) {
          throw Failure.of(Failure.Reason.FAILED, "source", "A folder of sources is not there")
              .causedBy(e);
        }
      }
    };
  }

  private static Path within(List<Path> roots, String name) throws IOException {
    Failure refusal =
        Failure.of(
            Failure.Reason.FORBIDDEN,
            "source",
            roots.isEmpty()
                ? "source must be an http or https address: no folder is open to clips here"
                : "source must be an http or https address or a file in a folder that is open");
    Path path;
    try {
      path = Path.of(name);
    } catch (InvalidPathException e) {
      throw Failure.invalid("source", name, "source is neither an address nor a path");
    }
    for (Path root : roots) {
      Path base = root.toRealPath();
      Path real;
      try {
        real = base.resolve(path).toRealPath();
      } catch (IOException e) {
        continue;
      }
      if (real.startsWith(base) && Files.isRegularFile(real)) {
        return real;
      }
    }
    throw refusal;
  }

  /**
   * A file that is open.
   *
   * @param path absolute
   * @param channel closed with the source
   */
  record OfFile(Path path, FileChannel channel) implements ClipSource {

    @Override
    public long sizeBytes() {
      try {
        return channel.size();
      } catch (IOException e) {
        throw Failure.of(Failure.Reason.FAILED, "source", "The source cannot be read").causedBy(e);
      }
    }

    @Override
    public void read(long position, long count, WritableByteChannel into) throws IOException {
      long at = position;
      long left = count;
      while (left > 0) {
        long moved = channel.transferTo(at, left, into);
        if (moved <= 0) {
          throw new IOException("The source ends at " + at + " bytes");
        }
        at += moved;
        left -= moved;
      }
    }

    @Override
    public Optional<Path> file() {
      return Optional.of(path);
    }

    @Override
    public void close() throws IOException {
      channel.close();
    }
  }

  /**
   * Bytes that come in streams.
   *
   * @param sizeBytes how many there are
   * @param part opens some of them
   */
  record OfParts(long sizeBytes, Part part) implements ClipSource {

    @Override
    public void read(long position, long count, WritableByteChannel into) throws IOException {
      byte[] share = new byte[(int) Math.min(64 << 10, count)];
      long left = count;
      try (InputStream in = part.open(position, count)) {
        while (left > 0) {
          int read = in.read(share, 0, (int) Math.min(share.length, left));
          if (read < 0) {
            throw new IOException("The source ends " + left + " bytes too early");
          }
          ByteBuffer bytes = ByteBuffer.wrap(share, 0, read);
          while (bytes.hasRemaining()) {
            int unused = into.write(bytes);
          }
          left -= read;
        }
      }
    }

    @Override
    public void close() {}
  }
}
