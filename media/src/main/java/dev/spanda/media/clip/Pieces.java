package dev.spanda.media.clip;

import dev.spanda.core.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a source that are needed, in a file at the place where the source has them: the file
 * itself, or a sparse copy into which only what is asked for is fetched, once.
 */
final class Pieces implements AutoCloseable {

  /** Shorter gaps are fetched along with what lies around them: a request costs more. */
  private static final long SMALL_GAP = 256 << 10;

  private final ClipSource source;
  private final Path copy;
  private final long mostBytes;
  private final LongConsumer fetched;
  private final FileChannel channel;

  /** What is there: from each key up to its value, disjoint. */
  private final TreeMap<Long, Long> there = new TreeMap<>();

  private long fetchedBytes;

  /**
   * Pieces of a source.
   *
   * @param folder in which a copy is made
   * @param mostBytes how many are fetched at most
   * @param fetched hears how many have been fetched so far; may throw to break off
   */
  Pieces(ClipSource source, Path folder, long mostBytes, LongConsumer fetched) throws IOException {
    this.source = source;
    this.copy = folder.resolve("source.bin");
    this.mostBytes = mostBytes;
    this.fetched = fetched;
    Optional<Path> file = source.file();
    this.channel =
        file.isPresent()
            ? FileChannel.open(file.get(), StandardOpenOption.READ)
            : FileChannel.open(
                copy,
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.SPARSE,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE);
    if (file.isPresent()) {
      there.put(0L, channel.size());
    }
  }

  /** The file; only what was asked for is in it. */
  FileChannel channel() {
    return channel;
  }

  /** How many bytes were fetched. */
  long fetchedBytes() {
    return fetchedBytes;
  }

  /**
   * Fetches the samples of that range, in which others may lie too, and those around small gaps.
   */
  void need(Track track, int first, int last) throws IOException {
    TreeMap<Long, Long> ranges = new TreeMap<>();
    for (int i = first; i <= last; i++) {
      ranges.merge(track.offsets[i], track.offsets[i] + track.sizes[i], Math::max);
    }
    long from = -1;
    long to = -1;
    for (Map.Entry<Long, Long> range : ranges.entrySet()) {
      if (from >= 0 && range.getKey() - to > SMALL_GAP) {
        need(from, to);
        from = -1;
      }
      from = from < 0 ? range.getKey() : from;
      to = Math.max(to, range.getValue());
    }
    if (from >= 0) {
      need(from, to);
    }
  }

  /** Fetches a range unless it is there. */
  void need(long from, long to) throws IOException {
    long at = from;
    while (at < to) {
      Map.Entry<Long, Long> before = there.floorEntry(at);
      if (before != null && before.getValue() > at) {
        at = before.getValue();
        continue;
      }
      Long next = there.higherKey(at);
      long end = next == null ? to : Math.min(to, next);
      fetch(at, end);
      at = end;
    }
  }

  private void fetch(long from, long to) throws IOException {
    if (fetchedBytes + (to - from) > mostBytes) {
      throw Failure.of(
              Failure.Reason.TOO_LARGE,
              "source",
              "The part of the source that is needed has more than " + mostBytes + " bytes")
          .with(Failure.MAX_VALUE, mostBytes);
    }
    source.read(from, to - from, new At(channel, from, this::count));
    long start = from;
    Map.Entry<Long, Long> before = there.floorEntry(from);
    if (before != null && before.getValue() == from) {
      start = before.getKey();
    }
    there.put(start, to);
  }

  private void count(int bytes) {
    fetchedBytes += bytes;
    fetched.accept(fetchedBytes);
  }

  /** A sample's bytes. */
  byte[] sample(Track track, int index) throws IOException {
    need(track.offsets[index], track.offsets[index] + track.sizes[index]);
    ByteBuffer bytes = ByteBuffer.allocate(track.sizes[index]);
    long at = track.offsets[index];
    while (bytes.hasRemaining()) {
      int count = channel.read(bytes, at + bytes.position());
      if (count < 0) {
        throw new IOException("A sample is cut off at " + at);
      }
    }
    return bytes.array();
  }

  /** A file with all of the source's bytes. */
  Path whole() throws IOException {
    need(0, source.sizeBytes());
    return source.file().orElse(copy).toAbsolutePath();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  private interface Count {
    void bytes(int count);
  }

  /** Writes one behind the other from a place in the file. */
  private static final class At implements WritableByteChannel {

    private final FileChannel channel;
    private final Count count;
    private long at;

    At(FileChannel channel, long at, Count count) {
      this.channel = channel;
      this.at = at;
      this.count = count;
    }

    @Override
    public int write(@Nullable ByteBuffer bytes) throws IOException {
      if (bytes == null) {
        return 0;
      }
      int total = 0;
      while (bytes.hasRemaining()) {
        int written = channel.write(bytes, at);
        at += written;
        total += written;
      }
      count.bytes(total);
      return total;
    }

    @Override
    public boolean isOpen() {
      return channel.isOpen();
    }

    @Override
    public void close() {}
  }
}
