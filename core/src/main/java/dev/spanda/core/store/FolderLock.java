package dev.spanda.core.store;

import dev.spanda.core.Failure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Holds a folder for this process; the system lets go of it when the process ends in any way. */
final class FolderLock implements AutoCloseable {

  private final FileChannel channel;

  private FolderLock(FileChannel channel) {
    this.channel = channel;
  }

  static FolderLock acquire(Path folder) {
    FileChannel channel = null;
    try {
      Files.createDirectories(folder);
      channel =
          FileChannel.open(
              folder.resolve("spanda.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = channel.tryLock();
      if (lock == null) {
        channel.close();
        throw taken(folder);
      }
      return new FolderLock(channel);
    } catch (OverlappingFileLockException e) {
      closeQuietly(channel, e);
      throw taken(folder);
    } catch (IOException e) {
      closeQuietly(channel, e);
      throw Failure.of(
              Failure.Reason.FAILED, "store", "The folder " + folder + " cannot be opened: " + e)
          .causedBy(e);
    }
  }

  private static void closeQuietly(
      @org.jspecify.annotations.Nullable FileChannel channel, Exception because) {
    if (channel != null) {
      try {
        channel.close();
      } catch (IOException e) {
        because.addSuppressed(e);
      }
    }
  }

  private static Failure taken(Path folder) {
    return Failure.of(
            Failure.Reason.CONFLICT,
            "store",
            "The folder "
                + folder
                + " is in use by another Spanda process; stop that process, choose another folder,"
                + " or let both use one PostgreSQL database")
        .with(Failure.PROVIDED_VALUE, folder.toString());
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw Failure.of(Failure.Reason.FAILED, "store", "The lock could not be released")
          .causedBy(e);
    }
  }
}
