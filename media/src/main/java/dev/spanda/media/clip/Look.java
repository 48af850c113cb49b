package dev.spanda.media.clip;

import dev.spanda.core.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Looks at a file that an encoder has written: how many pictures are in it, and how long. */
final class Look {

  private static final int MOST_ELEMENTS = 5_000_000;

  /**
   * What was seen.
   *
   * @param frames pictures
   * @param lengthMicros how long they are shown, in µs
   */
  record Seen(int frames, long lengthMicros) {}

  private Look() {}

  /**
   * Looks at a file.
   *
   * @throws Failure FAILED, subject {@code clip}, when it is no such file
   */
  static Seen at(Path file, ClipPlan.Format format) throws IOException {
    try {
      return switch (format) {
        case MP4, MOV -> movie(file);
        case WEBM, MKV -> new Matroska(file).look();
        case GIF -> gif(file);
        case WEBP -> webp(file);
      };
    } catch (IndexOutOfBoundsException | IllegalArgumentException e) {
      throw broken().causedBy(e);
    }
  }

  private static Failure broken() {
    return Failure.of(Failure.Reason.FAILED, "clip", "The clip that was made is broken");
  }

  private static Seen movie(Path file) throws IOException {
    try (ClipSource source = ClipSource.of(file)) {
      Track track = Movie.read(source).video().orElseThrow(Look::broken);
      return new Seen(
          track.shownInOrder().length,
          Track.toMicros(track.shownEnd() - track.mediaStartTicks, track.timescale));
    }
  }

  /** GIF89a: a picture a separator 0x2C, its delay in the extension 0xF9 before it. */
  private static Seen gif(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(java.nio.file.Files.readAllBytes(file));
    if (!Boxes.name(bytes.getInt(0)).equals("GIF8")) {
      throw broken();
    }
    int flags = bytes.get(10);
    int at = 13 + ((flags & 0x80) != 0 ? 3 << ((flags & 7) + 1) : 0);
    int frames = 0;
    long micros = 0;
    while (true) {
      int block = bytes.get(at++) & 255;
      if (block == 0x3B) {
        return new Seen(frames, micros);
      }
      if (block == 0x21) {
        if ((bytes.get(at) & 255) == 0xF9) {
          micros += 10_000L * ((bytes.get(at + 3) & 255) | (bytes.get(at + 4) & 255) << 8);
        }
        at = passBlocks(bytes, at + 1);
      } else if (block == 0x2C) {
        frames++;
        int local = bytes.get(at + 8);
        at += 9 + ((local & 0x80) != 0 ? 3 << ((local & 7) + 1) : 0) + 1;
        at = passBlocks(bytes, at);
      } else {
        throw broken();
      }
    }
  }

  private static int passBlocks(ByteBuffer bytes, int from) {
    int at = from;
    while (bytes.get(at) != 0) {
      at += 1 + (bytes.get(at) & 255);
    }
    return at + 1;
  }

  /** RIFF with a chunk ANMF a picture, whose duration stands behind its place and size. */
  private static Seen webp(Path file) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.wrap(java.nio.file.Files.readAllBytes(file))
            .order(java.nio.ByteOrder.LITTLE_ENDIAN);
    int at = 12;
    int frames = 0;
    long micros = 0;
    while (at + 8 <= bytes.limit()) {
      int size = bytes.getInt(at + 4);
      if (bytes.getInt(at) == 0x464D4E41) {
        frames++;
        micros += 1000L * (bytes.getInt(at + 8 + 12) & 0xFFFFFF);
      } else if (bytes.getInt(at) == 0x20385056 || bytes.getInt(at) == 0x4C385056) {
        frames++;
      }
      at += 8 + size + (size & 1);
    }
    return new Seen(frames, micros);
  }

  /** Counts the blocks of the first picture track: RFC 8794 and RFC 9559. */
  private static final class Matroska {

    private static final long SEGMENT = 0x18538067L;
    private static final long INFO = 0x1549A966L;
    private static final long SCALE = 0x2AD7B1L;
    private static final long DURATION = 0x4489L;
    private static final long TRACKS = 0x1654AE6BL;
    private static final long TRACK = 0xAEL;
    private static final long NUMBER = 0xD7L;
    private static final long TYPE = 0x83L;
    private static final long CLUSTER = 0x1F43B675L;
    private static final long GROUP = 0xA0L;
    private static final long BLOCK = 0xA1L;
    private static final long SIMPLE_BLOCK = 0xA3L;

    private final Path file;
    private final ByteBuffer window = ByteBuffer.allocate(16);
    private @Nullable FileChannel channel;
    private long scaleNanos = 1_000_000;
    private double duration;
    private long number = -1;
    private long type = -1;
    private long pictures = -1;
    private int frames;
    private int elements;

    Matroska(Path file) {
      this.file = file;
    }

    Seen look() throws IOException {
      try (FileChannel open = FileChannel.open(file, StandardOpenOption.READ)) {
        channel = open;
        walk(0, open.size());
      }
      return new Seen(frames, Math.round(duration * (double) scaleNanos / 1000));
    }

    private void fill(long at) throws IOException {
      window.clear();
      FileChannel open = java.util.Objects.requireNonNull(channel);
      while (window.hasRemaining()) {
        if (open.read(window, at + window.position()) < 0) {
          break;
        }
      }
      window.flip();
    }

    private void walk(long from, long to) throws IOException {
      long at = from;
      while (at < to) {
        if (++elements > MOST_ELEMENTS) {
          throw broken();
        }
        fill(at);
        int idLength = Integer.numberOfLeadingZeros(window.get(0) & 255) - 23;
        if (idLength > 4) {
          throw broken();
        }
        long id = number(0, idLength);
        int sizeLength = Integer.numberOfLeadingZeros(window.get(idLength) & 255) - 23;
        if (sizeLength > 8) {
          throw broken();
        }
        long ones = (1L << (7 * sizeLength)) - 1;
        long size = number(idLength, sizeLength) & ones;
        long body = at + idLength + sizeLength;
        long end = size == ones ? to : body + size;
        if (end > to) {
          throw broken();
        }
        element(id, body, end);
        at = end;
      }
    }

    private long number(int from, int length) {
      long value = 0;
      for (int i = 0; i < length; i++) {
        value = value << 8 | window.get(from + i) & 255;
      }
      return value;
    }

    private void element(long id, long body, long end) throws IOException {
      if (id == SEGMENT || id == INFO || id == TRACKS || id == CLUSTER || id == GROUP) {
        walk(body, end);
      } else if (id == TRACK) {
        number = -1;
        type = -1;
        walk(body, end);
        if (type == 1 && pictures < 0) {
          pictures = number;
        }
      } else if (id == SCALE || id == NUMBER || id == TYPE || id == DURATION) {
        fill(body);
        int length = (int) Math.min(8, end - body);
        long value = number(0, length);
        if (id == SCALE) {
          scaleNanos = value;
        } else if (id == NUMBER) {
          number = value;
        } else if (id == TYPE) {
          type = value;
        } else {
          duration =
              length == 4 ? Float.intBitsToFloat((int) value) : Double.longBitsToDouble(value);
        }
      } else if (id == SIMPLE_BLOCK || id == BLOCK) {
        fill(body);
        // Track numbers below 128 take one byte, and the encoder counts from one.
        if ((window.get(0) & 0x7F) == pictures) {
          frames++;
        }
      }
    }
  }
}
