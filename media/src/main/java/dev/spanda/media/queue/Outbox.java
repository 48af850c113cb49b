package dev.spanda.media.queue;

import dev.spanda.core.Failure;
import dev.spanda.core.store.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Publishes into a folder, for platforms that nothing else reaches: each item and platform becomes
 * a folder {@code <item>-<platform>} with the media and {@code note.json}, which says what was to
 * be shown where. Such a folder appears whole and synced to the disk, or not at all, and once: a
 * call that finds it there changes nothing.
 */
public final class Outbox implements Publisher {

  /** What an item is published via. */
  public static final String VIA = "outbox";

  private static final String NOTE = "note.json";
  private static final int CHUNK = 64 * 1024;
  private static final Pattern ID = Pattern.compile("[A-Za-z0-9_]{1,100}");
  private static final Pattern ENDING = Pattern.compile("\\.([A-Za-z0-9]{1,8})$");

  private final Path folder;
  private final Path unfinished;
  private final InstantSource clock;

  /**
   * What {@code note.json} says.
   *
   * @param sha256 of the media, 64 lower-case hexadecimal digits
   * @param file the media's name beside the note
   */
  private record Note(
      String itemId,
      String platform,
      String title,
      String caption,
      List<String> hashtags,
      String projectId,
      String assetId,
      String file,
      String mediaType,
      long sizeBytes,
      String sha256,
      String scheduledAt,
      Instant publishedAt) {}

  /**
   * Publishes into a folder, which is made when the first item comes.
   *
   * @param folder for outboxes alone
   */
  public Outbox(Path folder, InstantSource clock) {
    this.folder = folder.toAbsolutePath().normalize();
    this.unfinished = this.folder.resolve("unfinished");
    this.clock = clock;
  }

  /** The folder. */
  public Path folder() {
    return folder;
  }

  /**
   * Puts the item into the folder.
   *
   * @return published, with the name of the item's own folder as its reference
   */
  @Override
  public Outcome publish(Work work) throws IOException {
    String id = work.item().id();
    if (!ID.matcher(id).matches()) {
      throw Failure.invalid("item", id, "An item's id has letters, digits and underscores");
    }
    String name = id + "-" + work.platform().word();
    Published published = new Published(VIA, name, Optional.empty());
    Path place = folder.resolve(name);
    Files.createDirectories(unfinished);
    // An item is published by one run at a time, so what is unfinished is of a run that died.
    removeUnfinished(name);
    if (Files.exists(place.resolve(NOTE))) {
      return published;
    }
    Path made = Files.createTempDirectory(unfinished, name + "-");
    try {
      fill(work, made);
      sync(made);
      Files.move(made, place, StandardCopyOption.ATOMIC_MOVE);
      sync(folder);
    } catch (FileSystemException e) {
      remove(made);
      if (Files.exists(place.resolve(NOTE))) {
        return published;
      }
      throw e;
    } catch (IOException | RuntimeException e) {
      remove(made);
      throw e;
    }
    return published;
  }

  private void fill(Work work, Path into) throws IOException {
    Matcher ending = ENDING.matcher(work.asset().name());
    String file = "media" + (ending.find() ? "." + ending.group(1).toLowerCase(Locale.ROOT) : "");
    MessageDigest digest = sha256();
    long size = 0;
    byte[] chunk = new byte[CHUNK];
    try (InputStream in = work.content().open();
        FileChannel out =
            FileChannel.open(
                into.resolve(file), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        digest.update(chunk, 0, read);
        write(out, ByteBuffer.wrap(chunk, 0, read));
        size += read;
        work.progress()
            .tell(work.asset().size() == 0 ? 1 : Math.min(1, (double) size / work.asset().size()));
      }
      out.force(true);
    }
    QueueItem.Draft draft = work.item().draft();
    String note =
        Json.write(
            new Note(
                work.item().id(),
                work.platform().word(),
                draft.title(),
                draft.caption(),
                draft.hashtags(),
                draft.projectId(),
                draft.assetId(),
                file,
                work.asset().mediaType(),
                size,
                HexFormat.of().formatHex(digest.digest()),
                draft.scheduleAt().map(Instant::toString).orElse(""),
                Instant.ofEpochMilli(clock.millis())));
    try (FileChannel out =
        FileChannel.open(
            into.resolve(NOTE), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      write(out, ByteBuffer.wrap(note.getBytes(StandardCharsets.UTF_8)));
      out.force(true);
    }
  }

  private static void write(FileChannel out, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      out.write(bytes);
    }
  }

  private void removeUnfinished(String name) throws IOException {
    try (Stream<Path> all = Files.list(unfinished)) {
      for (Path left :
          all.filter(path -> path.getFileName().toString().startsWith(name + "-")).toList()) {
        remove(left);
      }
    }
  }

  private static void remove(Path directory) throws IOException {
    if (!Files.isDirectory(directory)) {
      return;
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files.toList()) {
        Files.deleteIfExists(file);
      }
    }
    Files.deleteIfExists(directory);
  }

  /** Makes a rename durable; systems that cannot open a folder do that on their own. */
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

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
