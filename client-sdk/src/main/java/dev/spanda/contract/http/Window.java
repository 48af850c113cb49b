package dev.spanda.contract.http;

import java.io.IOException;
import java.io.OutputStream;

/** Lets a part of what is written through it pass, and ends the writing after that part. */
final class Window extends OutputStream {

  /** Thrown when the window's last byte has passed. */
  static final class Full extends IOException {
    Full() {
      super("the window is full");
    }

    @Override
    public synchronized Throwable fillInStackTrace() {
      return this;
    }
  }

  private final OutputStream out;
  private long skip;
  private long left;

  Window(OutputStream out, long firstByte, long count) {
    this.out = out;
    this.skip = firstByte;
    this.left = count;
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int skipped = (int) Math.min(skip, length);
    skip -= skipped;
    int passed = (int) Math.min(left, length - skipped);
    out.write(bytes, offset + skipped, passed);
    left -= passed;
    if (left == 0) {
      throw new Full();
    }
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }
}
