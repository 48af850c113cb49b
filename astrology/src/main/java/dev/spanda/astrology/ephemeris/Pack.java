package dev.spanda.astrology.ephemeris;

import dev.spanda.core.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The packed ephemeris: for each body a row of pieces in time, and in each piece Chebyshev
 * coefficients of the three ICRS coordinates, stored as whole multiples of a quantum in just as
 * many bits as each column needs.
 *
 * <p>The bytes are read once; a piece is unpacked when it is first asked for and kept. All pieces
 * of all bodies together hold about 14 MB. Nothing that is kept depends on the order of the
 * questions, and a piece unpacked twice by two threads at once is the same piece.
 */
final class Pack implements States {

  static final int MOON = 0;
  static final int MERCURY = 1;
  static final int VENUS = 2;
  static final int EARTH_MOON = 3;
  static final int SUN = 4;
  static final int MARS = 5;
  static final int JUPITER = 6;
  static final int SATURN = 7;
  static final int URANUS = 8;
  static final int NEPTUNE = 9;
  static final int PLUTO = 10;
  static final int CHIRON = 11;
  static final int PHOLUS = 12;
  static final int CERES = 13;
  static final int PALLAS = 14;
  static final int JUNO = 15;
  static final int VESTA = 16;

  /** The first instant, TT, of 1 January 1600. */
  static final double FIRST_DAY = 2305447.5;

  /** The last instant, TT, of 1 January 2400. */
  static final double LAST_DAY = 2597641.5;

  /** Whether an instant lies in the years of the pack, both ends included. */
  static boolean covers(double dayTt) {
    return dayTt >= FIRST_DAY && dayTt <= LAST_DAY;
  }

  private static final int MAGIC = 0x53505031;
  private static final String RESOURCE = "de431.pack";

  private final Series[] series;

  private Pack(Series[] series) {
    this.series = series;
  }

  /** The pack of this jar, read when it is first asked for. */
  static Pack shared() {
    return Shared.PACK;
  }

  private static final class Shared {
    static final Pack PACK = read();
  }

  private static Pack read() {
    byte[] bytes;
    try (InputStream in = Pack.class.getResourceAsStream(RESOURCE)) {
      if (in == null) {
        throw Failure.of(Failure.Reason.UNAVAILABLE, "ephemeris", "The ephemeris pack is missing");
      }
      bytes = in.readAllBytes();
    } catch (IOException e) {
      throw Failure.of(Failure.Reason.UNAVAILABLE, "ephemeris", "The ephemeris pack is unreadable")
          .causedBy(e);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    if (buffer.getInt() != MAGIC) {
      throw Failure.of(
          Failure.Reason.UNAVAILABLE, "ephemeris", "The ephemeris pack has an unknown form");
    }
    Series[] all = new Series[buffer.getInt()];
    for (int i = 0; i < all.length; i++) {
      all[i] = new Series(buffer, bytes);
    }
    return new Pack(all);
  }

  @Override
  public void state(int body, double dayTdb, double[] out, int at) {
    series[body].state(dayTdb, out, at);
  }

  /** The pieces of one body. */
  private static final class Series {
    private final int frame;
    private final int terms;
    private final Era early;
    private final Era late;
    private final double change;
    private final byte[] bytes;

    Series(ByteBuffer in, byte[] whole) {
      in.position(in.position() + 2 + in.getShort(in.position()));
      frame = in.get();
      terms = in.get();
      change = in.getDouble();
      double end = in.getDouble();
      early = new Era(in, terms, Double.NEGATIVE_INFINITY, change);
      late = new Era(in, terms, change, end);
      bytes = whole;
    }

    void state(double day, double[] out, int at) {
      Era era = day < change ? early : late;
      int number = (int) ((day - era.origin) * era.perDay);
      if (number < 0) {
        number = 0;
      } else if (number >= era.count) {
        number = era.count - 1;
      }
      double[] piece = era.pieces.getAcquire(number);
      if (piece == null) {
        piece = era.unpack(number, bytes, terms, frame);
        era.pieces.setRelease(number, piece);
      }
      evaluate(piece, terms, day, out, at);
    }
  }

  /**
   * Sums the series and its derivative. The polynomials T and their derivatives are built once for
   * the three axes.
   */
  private static void evaluate(double[] piece, int terms, double day, double[] out, int at) {
    double scale = piece[1];
    double u = (day - piece[0]) * scale;
    double twice = 2 * u;
    double t0 = 1;
    double t1 = u;
    double d0 = 0;
    double d1 = 1;
    double x = piece[2] + u * piece[5];
    double y = piece[3] + u * piece[6];
    double z = piece[4] + u * piece[7];
    double vx = piece[5];
    double vy = piece[6];
    double vz = piece[7];
    for (int k = 2, i = 8; k < terms; k++, i += 3) {
      double t = twice * t1 - t0;
      double d = 2 * t1 + twice * d1 - d0;
      t0 = t1;
      t1 = t;
      d0 = d1;
      d1 = d;
      double cx = piece[i];
      double cy = piece[i + 1];
      double cz = piece[i + 2];
      x += cx * t;
      y += cy * t;
      z += cz * t;
      vx += cx * d;
      vy += cy * d;
      vz += cz * d;
    }
    out[at] = x;
    out[at + 1] = y;
    out[at + 2] = z;
    out[at + 3] = vx * scale;
    out[at + 4] = vy * scale;
    out[at + 5] = vz * scale;
  }

  /** The pieces made from one data file: all of one length but for the cut ones at its ends. */
  private static final class Era {
    final double origin;
    final double perDay;
    final int count;
    final AtomicReferenceArray<double[]> pieces;
    private final double length;
    private final double from;
    private final double to;
    private final double[] quantum;
    private final long[] base;
    private final byte[] width;
    private final long[] head;
    private final long[] tail;
    private final int bits;
    private final int offset;

    Era(ByteBuffer in, int terms, double from, double to) {
      this.from = from;
      this.to = to;
      origin = in.getDouble();
      length = in.getDouble();
      perDay = 1 / length;
      count = in.getInt();
      pieces = new AtomicReferenceArray<>(count);
      quantum = new double[terms];
      base = new long[3 * terms];
      width = new byte[3 * terms];
      for (int k = 0; k < terms; k++) {
        quantum[k] = in.getDouble();
      }
      head = from > 0 ? plain(in) : new long[0];
      tail = plain(in);
      int sum = 0;
      for (int i = 0; i < 3 * terms; i++) {
        base[i] = in.getLong();
        width[i] = in.get();
        sum += width[i];
      }
      bits = sum;
      int size = in.getInt();
      offset = in.position();
      in.position(offset + size);
    }

    private long[] plain(ByteBuffer in) {
      long[] numbers = new long[base.length];
      for (int i = 0; i < numbers.length; i++) {
        numbers[i] = in.getLong();
      }
      return numbers;
    }

    /** Middle, two over length, then the coefficients, the three axes side by side. */
    double[] unpack(int number, byte[] bytes, int terms, int frame) {
      double start = Math.max(from, origin + number * length);
      double end = Math.min(to, origin + (number + 1) * length);
      double[] piece = new double[2 + 3 * terms];
      double middle = (start + end) / 2;
      piece[0] = middle;
      piece[1] = 2 / (end - start);
      double[] turn = Frame.of(frame, middle);
      boolean first = number == 0 && head.length > 0;
      boolean last = number == count - 1;
      long bit = (long) (head.length > 0 ? number - 1 : number) * bits;
      double[] values = new double[3 * terms];
      for (int i = 0; i < 3 * terms; i++) {
        long value;
        if (first) {
          value = head[i];
        } else if (last) {
          value = tail[i];
        } else {
          value = base[i] + read(bytes, bit, width[i]);
          bit += width[i];
        }
        values[i] = value * quantum[i % terms];
      }
      for (int k = 0; k < terms; k++) {
        double a = values[k];
        double b = values[terms + k];
        double c = values[2 * terms + k];
        for (int axis = 0; axis < 3; axis++) {
          piece[2 + 3 * k + axis] = turn[axis] * a + turn[3 + axis] * b + turn[6 + axis] * c;
        }
      }
      return piece;
    }

    private long read(byte[] bytes, long bit, int size) {
      long value = 0;
      for (int i = 0; i < size; ) {
        long place = bit + i;
        int inByte = (int) (place & 7);
        int take = Math.min(8 - inByte, size - i);
        int part = (bytes[offset + (int) (place >> 3)] & 0xff) >> (8 - inByte - take);
        value = (value << take) | (part & ((1 << take) - 1));
        i += take;
      }
      return value;
    }
  }
}
