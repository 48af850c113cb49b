package dev.spanda.audio.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/** Writes a file under a temporary name in the same folder and renames it when it is whole. */
final class Replacement {

  private static final AtomicLong NUMBER = new AtomicLong();

  private Replacement() {}

  interface Body {
    void write(FileChannel channel) throws IOException;
  }

  static void write(Path target, Body body) throws IOException {
    String suffix = ProcessHandle.current().pid() + "-" + NUMBER.incrementAndGet();
    Path temporary = target.resolveSibling("." + target.getFileName() + "." + suffix + ".part");
    try {
      try (FileChannel channel =
          FileChannel.open(
              temporary,
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE)) {
        body.write(channel);
      }
      try {
        Files.move(
            temporary, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
      } catch (AtomicMoveNotSupportedException notHere) {
        Files.move(temporary, target, StandardCopyOption.REPLACE_EXISTING);
      }
    } finally {
      Files.deleteIfExists(temporary);
    }
  }
}
