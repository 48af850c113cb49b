package dev.spanda.media.clip;

import dev.spanda.core.Failure;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the tables of an MP4 or MOV file say, ISO/IEC 14496-12:2015, section 8.
 *
 * @param video the first picture track
 * @param sound the first sound track
 * @param obstacle why the tables do not tell the whole story, such as a fragmented file; then the
 *     tracks are not to be trusted
 */
record Movie(Optional<Track> video, Optional<Track> sound, Optional<String> obstacle) {

  private static final int LARGEST_MOOV = 64 << 20;
  private static final int MOST_SAMPLES = 20_000_000;
  private static final int MOST_BOXES = 10_000;
  private static final int FIRST_LOOK = 64 << 10;

  /**
   * Reads the tables.
   *
   * @throws Failure UNSUPPORTED, subject {@code source}, when they are broken or there are none
   */
  static Movie read(ClipSource source) throws IOException {
    try {
      ByteBuffer moov = moov(source);
      return new Reader(source.sizeBytes()).read(moov);
    } catch (IllegalArgumentException
        | IndexOutOfBoundsException
        | BufferUnderflowException
        | ArithmeticException
        | NegativeArraySizeException e) {
      throw broken("The tables of the file are broken").causedBy(e);
    }
  }

  /** When the first thing is shown or played, in µs of the movie's own time line. */
  long startMicros() {
    long start = Long.MAX_VALUE;
    for (Track track : tracks()) {
      long[] shown = track.shownInOrder();
      if (shown.length > 0) {
        start = Math.min(start, track.micros(shown[0]));
      }
    }
    return start == Long.MAX_VALUE ? 0 : start;
  }

  private List<Track> tracks() {
    List<Track> tracks = new ArrayList<>();
    video.ifPresent(tracks::add);
    sound.ifPresent(tracks::add);
    return tracks;
  }

  private static Failure broken(String message) {
    return Failure.of(Failure.Reason.UNSUPPORTED, "source", message);
  }

  private static ByteBuffer part(ClipSource source, long position, long count) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream((int) count);
    source.read(position, count, Channels.newChannel(bytes));
    return ByteBuffer.wrap(bytes.toByteArray());
  }

  private static ByteBuffer moov(ClipSource source) throws IOException {
    long length = source.sizeBytes();
    ByteBuffer first = part(source, 0, Math.min(length, FIRST_LOOK));
    long at = 0;
    for (int i = 0; i < MOST_BOXES && at + 8 <= length; i++) {
      long left = length - at;
      ByteBuffer head =
          at + 16 <= first.limit()
              ? first.slice((int) at, 16)
              : part(source, at, Math.min(16, left));
      long size = head.getInt(0) & 0xFFFFFFFFL;
      int header = 8;
      if (size == 1) {
        size = head.getLong(8);
        header = 16;
      } else if (size == 0) {
        size = left;
      }
      if (size < header || size > left) {
        throw broken("The file is cut off or its boxes are broken");
      }
      if (Boxes.name(head.getInt(4)).equals("moov")) {
        if (size > LARGEST_MOOV) {
          throw Failure.of(
                  Failure.Reason.TOO_LARGE, "source", "The tables of the file are too large")
              .with(Failure.MAX_VALUE, LARGEST_MOOV);
        }
        return at + size <= first.limit()
            ? first.slice((int) at + header, (int) size - header)
            : part(source, at + header, size - header);
      }
      at += size;
    }
    throw broken("The file has no tables of its contents (moov)");
  }

  /** Reads one moov box. */
  private static final class Reader {

    private final long fileLength;
    private long movieTimescale = 1000;
    private @Nullable String obstacle;

    Reader(long fileLength) {
      this.fileLength = fileLength;
    }

    Movie read(ByteBuffer moov) {
      List<Track> tracks = new ArrayList<>();
      Boxes.each(
          moov,
          (type, body) -> {
            if (type.equals("mvhd")) {
              movieTimescale =
                  requirePositive(body.getInt(body.get(0) == 1 ? 20 : 12) & 0xFFFFFFFFL);
            } else if (type.equals("mvex")) {
              obstacle = "the file is fragmented";
            } else if (type.equals("cmov")) {
              obstacle = "the tables are compressed";
            }
          });
      Boxes.each(
          moov,
          (type, body) -> {
            if (type.equals("trak")) {
              Tables tables = new Tables();
              collect(body, tables);
              track(tables).ifPresent(tracks::add);
            }
          });
      return new Movie(
          first(tracks, Track.Kind.VIDEO),
          first(tracks, Track.Kind.SOUND),
          Optional.ofNullable(obstacle));
    }

    private static Optional<Track> first(List<Track> tracks, Track.Kind kind) {
      return tracks.stream().filter(track -> track.kind == kind).findFirst();
    }

    private static long requirePositive(long timescale) {
      if (timescale < 1 || timescale > Integer.MAX_VALUE) {
        throw new IllegalArgumentException("timescale " + timescale);
      }
      return timescale;
    }

    private static void collect(ByteBuffer boxes, Tables into) {
      Boxes.each(
          boxes,
          (type, body) -> {
            switch (type) {
              case "mdia", "minf", "stbl", "edts" -> collect(body, into);
              case "tkhd",
                  "mdhd",
                  "hdlr",
                  "stsd",
                  "elst",
                  "stts",
                  "ctts",
                  "stsc",
                  "stss",
                  "stsz",
                  "stco",
                  "co64" ->
                  into.put(type, body);
              default -> {}
            }
          });
    }

    private Optional<Track> track(Tables tables) {
      ByteBuffer handler = tables.get("hdlr");
      ByteBuffer media = tables.get("mdhd");
      if (handler == null || media == null) {
        return Optional.empty();
      }
      Track.Kind kind;
      switch (Boxes.name(handler.getInt(8))) {
        case "vide" -> kind = Track.Kind.VIDEO;
        case "soun" -> kind = Track.Kind.SOUND;
        default -> {
          return Optional.empty();
        }
      }
      int timescale =
          (int) requirePositive(media.getInt(media.get(0) == 1 ? 20 : 12) & 0xFFFFFFFFL);
      ByteBuffer descriptions = tables.need("stsd");
      if (descriptions.getInt(4) != 1) {
        obstacle = "a track has several descriptions";
      }
      if (descriptions.getInt(4) < 1) {
        return Optional.empty();
      }
      int entrySize = descriptions.getInt(8);
      byte[] entry = Boxes.bytes(descriptions.slice(8, entrySize));
      ByteBuffer head = tables.need("tkhd");
      int matrixAt = head.get(0) == 1 ? 52 : 40;
      byte[] matrix = Boxes.bytes(head.slice(matrixAt, 36));
      int[] size = {head.getInt(matrixAt + 36), head.getInt(matrixAt + 40)};
      Track.Samples samples = samples(tables);
      if (samples.sizes().length == 0) {
        return Optional.empty();
      }
      return Optional.of(
          new Track(kind, timescale, entry, samples, edit(tables, timescale), matrix, size));
    }

    private Track.Edit edit(Tables tables, int timescale) {
      ByteBuffer list = tables.get("elst");
      if (list == null) {
        return Track.Edit.NONE;
      }
      boolean wide = list.get(0) == 1;
      int count = list.getInt(4);
      long delay = 0;
      Track.Edit edit = null;
      int at = 8;
      for (int i = 0; i < count; i++) {
        long length = wide ? list.getLong(at) : list.getInt(at) & 0xFFFFFFFFL;
        long place = wide ? list.getLong(at + 8) : list.getInt(at + 4);
        int rate = list.getInt(at + (wide ? 16 : 8));
        at += wide ? 20 : 12;
        if (place == -1 && edit == null) {
          delay += Track.toMicros(length, movieTimescale);
        } else if (place >= 0 && edit == null) {
          long ticks = Math.round((double) length * timescale / movieTimescale);
          edit = new Track.Edit(place, length == 0 ? Long.MAX_VALUE : ticks, delay);
        } else {
          obstacle = "the edit list has several edits";
        }
        if (rate != 0x10000) {
          obstacle = "the edit list changes the speed";
        }
      }
      return edit == null ? Track.Edit.NONE : edit;
    }

    private Track.Samples samples(Tables tables) {
      ByteBuffer sizeTable = tables.need("stsz");
      int count = sizeTable.getInt(8);
      if (count < 0 || count > MOST_SAMPLES) {
        throw new IllegalArgumentException(count + " samples");
      }
      int same = sizeTable.getInt(4);
      int[] sizes = new int[same == 0 ? requireRoom(sizeTable, 12, count, 4) : count];
      for (int i = 0; i < count; i++) {
        sizes[i] = same == 0 ? sizeTable.getInt(12 + 4 * i) : same;
        if (sizes[i] < 0) {
          throw new IllegalArgumentException("A sample of " + sizes[i] + " bytes");
        }
      }
      long[] offsets = offsets(tables, sizes);
      long[] decode = new long[count];
      long end = steps(tables.need("stts"), decode);
      long[] shown = decode.clone();
      ByteBuffer later = tables.get("ctts");
      if (later != null) {
        addOffsets(later, shown);
      }
      boolean[] sync = new boolean[count];
      ByteBuffer keys = tables.get("stss");
      if (keys == null) {
        Arrays.fill(sync, true);
      } else {
        int n = requireRoom(keys, 8, keys.getInt(4), 4);
        for (int i = 0; i < n; i++) {
          sync[keys.getInt(8 + 4 * i) - 1] = true;
        }
      }
      return new Track.Samples(offsets, sizes, decode, shown, sync, end);
    }

    private static int requireRoom(ByteBuffer table, int from, int count, int each) {
      if (count < 0 || (long) count * each > table.limit() - from) {
        throw new IllegalArgumentException("A table of " + count + " entries is cut off");
      }
      return count;
    }

    private long[] offsets(Tables tables, int[] sizes) {
      ByteBuffer narrow = tables.get("stco");
      ByteBuffer table = narrow == null ? tables.need("co64") : narrow;
      int width = narrow == null ? 8 : 4;
      int chunks = requireRoom(table, 8, table.getInt(4), width);
      ByteBuffer runs = tables.need("stsc");
      int runCount = requireRoom(runs, 8, runs.getInt(4), 12);
      long[] offsets = new long[sizes.length];
      int sample = 0;
      int run = 0;
      for (int chunk = 0; chunk < chunks && sample < sizes.length; chunk++) {
        while (run + 1 < runCount && runs.getInt(8 + 12 * (run + 1)) <= chunk + 1) {
          run++;
        }
        if (runs.getInt(8 + 12 * run + 8) != 1) {
          obstacle = "a track has several descriptions";
        }
        int each = runs.getInt(8 + 12 * run + 4);
        long at =
            width == 4 ? table.getInt(8 + 4 * chunk) & 0xFFFFFFFFL : table.getLong(8 + 8 * chunk);
        for (int i = 0; i < each && sample < sizes.length; i++) {
          if (at < 0 || at + sizes[sample] > fileLength) {
            throw new IllegalArgumentException("A sample lies behind the end of the file");
          }
          offsets[sample] = at;
          at += sizes[sample++];
        }
      }
      if (sample < sizes.length) {
        throw new IllegalArgumentException("Samples lie in no chunk");
      }
      return offsets;
    }

    private static long steps(ByteBuffer table, long[] decode) {
      int runs = requireRoom(table, 8, table.getInt(4), 8);
      long at = 0;
      int sample = 0;
      for (int run = 0; run < runs; run++) {
        int n = table.getInt(8 + 8 * run);
        long step = table.getInt(12 + 8 * run) & 0xFFFFFFFFL;
        for (int i = 0; i < n && sample < decode.length; i++) {
          decode[sample++] = at;
          at += step;
        }
      }
      if (sample < decode.length) {
        throw new IllegalArgumentException("Samples have no time");
      }
      return at;
    }

    private static void addOffsets(ByteBuffer table, long[] shown) {
      int runs = requireRoom(table, 8, table.getInt(4), 8);
      int sample = 0;
      for (int run = 0; run < runs; run++) {
        int n = table.getInt(8 + 8 * run);
        int later = table.getInt(12 + 8 * run);
        for (int i = 0; i < n && sample < shown.length; i++) {
          shown[sample++] += later;
        }
      }
    }
  }

  /** The boxes of a track that stand for themselves, by type. */
  private static final class Tables {

    private final java.util.Map<String, ByteBuffer> byType = new java.util.HashMap<>();

    void put(String type, ByteBuffer body) {
      byType.putIfAbsent(type, body);
    }

    @Nullable ByteBuffer get(String type) {
      return byType.get(type);
    }

    ByteBuffer need(String type) {
      ByteBuffer body = byType.get(type);
      if (body == null) {
        throw new IllegalArgumentException("A track without " + type);
      }
      return body;
    }
  }
}
