package dev.spanda.core.store;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Keeps each content as a file of one folder, spread over subfolders by the last two characters of
 * its name. A content is first written under a temporary name, synced to the disk and then renamed
 * in one step, so that a name always stands for the whole content. Names that the store did not
 * make are not found, whatever characters they hold.
 */
public final class FolderBlobStore implements BlobStore {

  private static final Pattern NAME = Pattern.compile("blob_[0-9a-z]{20}");
  private static final int CHUNK = 64 * 1024;

  private final Path folder;
  private final Path unfinished;
  private final Ids ids;

  /**
   * Uses the folder, which is made when it is missing, and removes what a broken-off run has left
   * unfinished.
   *
   * @param folder for this store alone
   * @param ids makes the names
   * @throws Failure FAILED, subject {@code store}, when the folder cannot be used
   */
  public FolderBlobStore(Path folder, Ids ids) {
    this.folder = folder.toAbsolutePath().normalize();
    this.unfinished = this.folder.resolve("unfinished");
    this.ids = ids;
    try {
      Files.createDirectories(unfinished);
      try (Stream<Path> left = Files.list(unfinished)) {
        for (Path file : (Iterable<Path>) left::iterator) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw trouble("The folder " + this.folder + " cannot be used", e);
    }
  }

  @Override
  public Blob put(InputStream content, long limitBytes) {
    if (limitBytes < 0) {
      throw new IllegalArgumentException("limitBytes must be at least 0; was " + limitBytes);
    }
    String name = ids.next("blob");
    Path temporary = unfinished.resolve(name);
    try {
      long size = write(content, limitBytes, temporary);
      Path shelf = shelf(name);
      Files.createDirectories(shelf);
      Files.move(temporary, shelf.resolve(name), StandardCopyOption.ATOMIC_MOVE);
      sync(shelf);
      return new Blob(name, size);
    } catch (IOException e) {
      remove(temporary, e);
      throw trouble("The content could not be stored", e);
    } catch (RuntimeException e) {
      remove(temporary, e);
      throw e;
    }
  }

  private static long write(InputStream content, long limitBytes, Path file) throws IOException {
    byte[] chunk = new byte[CHUNK];
    long size = 0;
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int read = content.read(chunk); read >= 0; read = content.read(chunk)) {
        size += read;
        if (size > limitBytes) {
          throw Failure.of(
                  Failure.Reason.TOO_LARGE,
                  "file",
                  "The content is larger than " + limitBytes + " bytes")
              .with(Failure.MAX_VALUE, limitBytes);
        }
        ByteBuffer buffer = ByteBuffer.wrap(chunk, 0, read);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
      }
      channel.force(true);
    }
    return size;
  }

  /** Makes the rename itself durable; systems that cannot open a folder do that on their own. */
  private static void sync(Path directory) throws IOException {
    FileChannel channel;
    try {
      channel = FileChannel.open(directory, StandardOpenOption.READ);
    } catch (IOException e) {
      return;
    }
    try (channel) {
      channel.force(true);
    }
  }

  private static void remove(Path file, Exception because) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      because.addSuppressed(e);
    }
  }

  @Override
  public InputStream open(String name, long offset, long length) {
    if (offset < 0 || length < 0) {
      throw new IllegalArgumentException("offset " + offset + ", length " + length);
    }
    try {
      FileChannel channel = FileChannel.open(find(name), StandardOpenOption.READ);
      channel.position(Math.min(offset, channel.size()));
      return new Part(Channels.newInputStream(channel), length);
    } catch (NoSuchFileException e) {
      throw Failure.notFound("file", name);
    } catch (IOException e) {
      throw trouble("The content could not be opened", e);
    }
  }

  @Override
  public long size(String name) {
    try {
      return Files.size(find(name));
    } catch (NoSuchFileException e) {
      throw Failure.notFound("file", name);
    } catch (IOException e) {
      throw trouble("The content could not be found", e);
    }
  }

  @Override
  public Stream<String> names() {
    try {
      return Files.walk(folder, 2)
          .filter(path -> !path.startsWith(unfinished))
          .map(path -> path.getFileName().toString())
          .filter(name -> NAME.matcher(name).matches());
    } catch (IOException e) {
      throw trouble("The contents could not be listed", e);
    }
  }

  @Override
  public boolean delete(String name) {
    if (!NAME.matcher(name).matches()) {
      return false;
    }
    try {
      return Files.deleteIfExists(place(name));
    } catch (IOException e) {
      throw trouble("The content could not be removed", e);
    }
  }

  private Path find(String name) {
    if (!NAME.matcher(name).matches()) {
      throw Failure.notFound("file", name);
    }
    return place(name);
  }

  private Path place(String name) {
    return shelf(name).resolve(name);
  }

  private Path shelf(String name) {
    return folder.resolve(name.substring(name.length() - 2));
  }

  private static Failure trouble(String message, @Nullable IOException cause) {
    Failure failure = Failure.of(Failure.Reason.FAILED, "store", message);
    return cause == null ? failure : failure.causedBy(cause);
  }

  /** Ends after a number of bytes. */
  private static final class Part extends FilterInputStream {
    private long left;

    Part(InputStream in, long left) {
      super(in);
      this.left = left;
    }

    @Override
    public int read() throws IOException {
      int read = left == 0 ? -1 : super.read();
      left -= read < 0 ? 0 : 1;
      return read;
    }

    @Override
    public int read(byte[] into, int from, int length) throws IOException {
      if (length == 0) {
        return 0;
      }
      if (left == 0) {
        return -1;
      }
      int read = super.read(into, from, (int) Math.min(length, left));
      left -= Math.max(0, read);
      return read;
    }

    @Override
    public long skip(long count) throws IOException {
      long skipped = super.skip(Math.min(count, left));
      left -= skipped;
      return skipped;
    }

    @Override
    public int available() throws IOException {
      return (int) Math.min(left, super.available());
    }

    @Override
    public boolean markSupported() {
      return false;
    }
  }
}
