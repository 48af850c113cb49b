package dev.spanda.media.clip;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Writes an MP4 or MOV file with its tables before its samples, ISO/IEC 14496-12:2015, so that it
 * plays while it is loaded.
 *
 * <p>Decoding times are made of the times at which the samples are shown: the i-th sample is
 * decoded at the i-th of those times in rising order, less one delay for all. Where frames of two
 * encoders meet, no step is uneven because of it. Samples of the tracks alternate about every
 * second. The same input gives the same bytes.
 */
final class MovieWriter {

  private static final byte[] UPRIGHT = Boxes.words(0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000);
  private static final int MOVIE_TRACK_FLAGS = 3;
  private static final byte[] UNDEFINED_LANGUAGE = {0x55, (byte) 0xC4, 0, 0};

  private MovieWriter() {}

  /**
   * A sample.
   *
   * @param file the open file that it lies in
   * @param offset of its first byte
   * @param size in bytes
   * @param prefix bytes that are put before it, maybe none; not copied, not modified
   * @param shownTicks when it is shown
   * @param sync whether decoding can begin with it
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed over, never compared.
  record Sample(
      FileChannel file, long offset, int size, byte[] prefix, long shownTicks, boolean sync) {

    int length() {
      return size + prefix.length;
    }
  }

  /**
   * A track.
   *
   * @param like gives kind, time scale, matrix and size
   * @param entry the sample entry with its header
   * @param samples in decoding order, at least one
   * @param shownFrom when the clip begins, in ticks of the samples' times
   * @param shownTicks how long it is shown, in ticks
   * @param endTicks when the last sample ends, in ticks of the samples' times
   * @param upright whether the matrix is left out
   */
  @SuppressWarnings("ArrayRecordComponent") // Handed over, never compared.
  record Part(
      Track like,
      byte[] entry,
      List<Sample> samples,
      int timescale,
      long shownFrom,
      long shownTicks,
      long endTicks,
      boolean upright) {}

  /** A run of samples of a part that lie one behind the other in the new file. */
  private record Chunk(int part, int first, int count, double seconds) {}

  /** Writes the file, which must not exist. */
  static void write(Path file, ClipPlan.Format format, List<Part> parts) throws IOException {
    List<long[]> decode = parts.stream().map(MovieWriter::decodeTicks).toList();
    List<Chunk> chunks = chunks(parts, decode);
    long bytes = 0;
    for (Part part : parts) {
      for (Sample sample : part.samples) {
        bytes += sample.length();
      }
    }
    byte[] type =
        format == ClipPlan.Format.MOV
            ? Boxes.box("ftyp", Boxes.letters("qt  "), Boxes.words(512), Boxes.letters("qt  "))
            : Boxes.box(
                "ftyp", Boxes.letters("isom"), Boxes.words(512), Boxes.letters("isomiso2avc1mp41"));
    // The tables' length does not depend on where they say that the samples lie.
    byte[] tables = tables(parts, decode, chunks, 0);
    tables = tables(parts, decode, chunks, type.length + tables.length + 16L);
    try (FileChannel out =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      put(out, type);
      put(out, tables);
      put(
          out,
          ByteBuffer.allocate(16).putInt(1).put(Boxes.letters("mdat")).putLong(16 + bytes).array());
      copy(out, parts, chunks);
    }
  }

  private static void put(FileChannel out, byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    while (buffer.hasRemaining()) {
      out.write(buffer);
    }
  }

  private static void copy(FileChannel out, List<Part> parts, List<Chunk> chunks)
      throws IOException {
    for (Chunk chunk : chunks) {
      List<Sample> samples =
          parts.get(chunk.part).samples.subList(chunk.first, chunk.first + chunk.count);
      int i = 0;
      while (i < samples.size()) {
        Sample first = samples.get(i);
        put(out, first.prefix);
        long end = first.offset + first.size;
        int next = i + 1;
        while (next < samples.size()
            && samples.get(next).file == first.file
            && samples.get(next).prefix.length == 0
            && samples.get(next).offset == end) {
          end += samples.get(next).size;
          next++;
        }
        long at = first.offset;
        while (at < end) {
          long moved = first.file.transferTo(at, end - at, out);
          if (moved <= 0) {
            throw new IOException("A sample is cut off at " + at);
          }
          at += moved;
        }
        i = next;
      }
    }
  }

  /** Decoding times on the scale of the times shown: those in rising order, less the delay. */
  private static long[] decodeTicks(Part part) {
    long[] sorted = part.samples.stream().mapToLong(Sample::shownTicks).sorted().toArray();
    long delay = 0;
    for (int i = 0; i < sorted.length; i++) {
      delay = Math.max(delay, sorted[i] - part.samples.get(i).shownTicks());
    }
    long[] decode = new long[sorted.length];
    for (int i = 0; i < decode.length; i++) {
      decode[i] = sorted[i] - delay;
    }
    return decode;
  }

  private static List<Chunk> chunks(List<Part> parts, List<long[]> decode) {
    List<Chunk> chunks = new ArrayList<>();
    for (int p = 0; p < parts.size(); p++) {
      Part part = parts.get(p);
      long[] ticks = decode.get(p);
      int first = 0;
      for (int i = 1; i <= ticks.length; i++) {
        if (i == ticks.length || ticks[i] - ticks[first] >= part.timescale) {
          double seconds = (double) (ticks[first] - part.shownFrom) / part.timescale;
          chunks.add(new Chunk(p, first, i - first, seconds));
          first = i;
        }
      }
    }
    chunks.sort(java.util.Comparator.comparingDouble(Chunk::seconds).thenComparingInt(Chunk::part));
    return chunks;
  }

  private static byte[] tables(
      List<Part> parts, List<long[]> decode, List<Chunk> chunks, long samplesAt) {
    int timescale = 1000;
    for (Part part : parts) {
      timescale = Math.max(timescale, part.timescale);
    }
    long longest = 0;
    List<byte[]> tracks = new ArrayList<>();
    for (int p = 0; p < parts.size(); p++) {
      Part part = parts.get(p);
      long length = scaled(part.shownTicks, part.timescale, timescale);
      longest = Math.max(longest, length);
      tracks.add(track(p, part, decode.get(p), chunkTables(p, parts, chunks, samplesAt), length));
    }
    ByteArrayOutputStream moov = new ByteArrayOutputStream();
    moov.writeBytes(
        Boxes.box(
            "mvhd",
            Boxes.words(0x01000000, 0, 0, 0, 0, timescale),
            ByteBuffer.allocate(8).putLong(longest).array(),
            Boxes.words(0x10000, 0x01000000, 0, 0),
            UPRIGHT,
            Boxes.words(0, 0, 0, 0, 0, 0, parts.size() + 1L)));
    tracks.forEach(moov::writeBytes);
    return Boxes.box("moov", moov.toByteArray());
  }

  private static long scaled(long ticks, long from, long to) {
    return Math.floorDiv(ticks, from) * to + (Math.floorMod(ticks, from) * to + from / 2) / from;
  }

  /** The boxes stsc and co64 of a part. */
  private static byte[] chunkTables(
      int part, List<Part> parts, List<Chunk> chunks, long samplesAt) {
    ByteArrayOutputStream counts = new ByteArrayOutputStream();
    ByteArrayOutputStream places = new ByteArrayOutputStream();
    long at = samplesAt;
    int number = 0;
    int runs = 0;
    int before = -1;
    for (Chunk chunk : chunks) {
      if (chunk.part == part) {
        number++;
        if (chunk.count != before) {
          counts.writeBytes(Boxes.words(number, chunk.count, 1));
          before = chunk.count;
          runs++;
        }
        places.writeBytes(ByteBuffer.allocate(8).putLong(at).array());
      }
      List<Sample> samples = parts.get(chunk.part).samples;
      for (int i = chunk.first; i < chunk.first + chunk.count; i++) {
        at += samples.get(i).length();
      }
    }
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(Boxes.box("stsc", Boxes.words(0, runs), counts.toByteArray()));
    both.writeBytes(Boxes.box("co64", Boxes.words(0, number), places.toByteArray()));
    return both.toByteArray();
  }

  private static byte[] track(
      int index, Part part, long[] decode, byte[] chunkTables, long movieLength) {
    boolean video = part.like.kind == Track.Kind.VIDEO;
    int n = decode.length;
    long mediaLength = 0;
    long[] steps = new long[n];
    for (int i = 0; i < n; i++) {
      steps[i] = i + 1 < n ? decode[i + 1] - decode[i] : lastStep(part);
      mediaLength += steps[i];
    }
    byte[] header =
        Boxes.box(
            "tkhd",
            Boxes.words(0x01000000 | MOVIE_TRACK_FLAGS, 0, 0, 0, 0, index + 1L, 0),
            ByteBuffer.allocate(8).putLong(movieLength).array(),
            Boxes.words(0, 0, 0, video ? 0 : 0x01000000),
            part.upright ? UPRIGHT : part.like.matrix,
            Boxes.words(part.like.shownSize[0], part.like.shownSize[1]));
    byte[] edits =
        Boxes.box(
            "edts",
            Boxes.box(
                "elst",
                Boxes.words(0x01000000, 1),
                ByteBuffer.allocate(16)
                    .putLong(movieLength)
                    .putLong(part.shownFrom - decode[0])
                    .array(),
                Boxes.words(0x10000)));
    byte[] mediaHeader =
        Boxes.box(
            "mdhd",
            Boxes.words(0x01000000, 0, 0, 0, 0, part.timescale),
            ByteBuffer.allocate(8).putLong(mediaLength).array(),
            UNDEFINED_LANGUAGE);
    byte[] handler =
        Boxes.box(
            "hdlr",
            Boxes.words(0, 0),
            Boxes.letters(video ? "vide" : "soun"),
            Boxes.words(0, 0, 0),
            Boxes.letters((video ? "Pictures" : "Sound") + "\0"));
    byte[] kindHeader =
        video ? Boxes.box("vmhd", Boxes.words(1, 0, 0)) : Boxes.box("smhd", Boxes.words(0, 0));
    byte[] data =
        Boxes.box("dinf", Boxes.box("dref", Boxes.words(0, 1), Boxes.box("url ", Boxes.words(1))));
    byte[] samples =
        Boxes.box(
            "stbl",
            Boxes.box("stsd", Boxes.words(0, 1), part.entry),
            stts(steps),
            ctts(part, decode),
            stss(part),
            stsz(part),
            chunkTables);
    return Boxes.box(
        "trak",
        header,
        edits,
        Boxes.box("mdia", mediaHeader, handler, Boxes.box("minf", kindHeader, data, samples)));
  }

  private static long lastStep(Part part) {
    long latest = Long.MIN_VALUE;
    for (Sample sample : part.samples) {
      latest = Math.max(latest, sample.shownTicks);
    }
    return Math.max(1, part.endTicks - latest);
  }

  private static byte[] stts(long[] steps) {
    ByteArrayOutputStream runs = new ByteArrayOutputStream();
    int count = 0;
    for (int i = 0; i < steps.length; count++) {
      int j = i;
      while (j < steps.length && steps[j] == steps[i]) {
        j++;
      }
      runs.writeBytes(Boxes.words(j - (long) i, steps[i]));
      i = j;
    }
    return Boxes.box("stts", Boxes.words(0, count), runs.toByteArray());
  }

  private static byte[] ctts(Part part, long[] decode) {
    ByteArrayOutputStream runs = new ByteArrayOutputStream();
    int count = 0;
    boolean any = false;
    for (int i = 0; i < decode.length; count++) {
      long later = part.samples.get(i).shownTicks - decode[i];
      int j = i;
      while (j < decode.length && part.samples.get(j).shownTicks - decode[j] == later) {
        j++;
      }
      any |= later != 0;
      runs.writeBytes(Boxes.words(j - (long) i, later));
      i = j;
    }
    return any ? Boxes.box("ctts", Boxes.words(0, count), runs.toByteArray()) : new byte[0];
  }

  private static byte[] stss(Part part) {
    long[] keys = new long[part.samples.size()];
    int count = 0;
    for (int i = 0; i < keys.length; i++) {
      if (part.samples.get(i).sync) {
        keys[count++] = i + 1L;
      }
    }
    return count == keys.length
        ? new byte[0]
        : Boxes.box("stss", Boxes.words(0, count), Boxes.words(Arrays.copyOf(keys, count)));
  }

  private static byte[] stsz(Part part) {
    long[] sizes = part.samples.stream().mapToLong(Sample::length).toArray();
    return Boxes.box("stsz", Boxes.words(0, 0, sizes.length), Boxes.words(sizes));
  }
}
