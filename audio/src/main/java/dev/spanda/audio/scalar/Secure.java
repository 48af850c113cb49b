package dev.spanda.audio.scalar;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.util.Arrays;

/** A cryptographic source, drawn in blocks of 1024 numbers. */
final class Secure extends ScalarGenerator {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private final SecureRandom source;
  private final byte[] block = new byte[8192];

  Secure(SecureRandom source) {
    super(ScalarMethod.SECURE_RANDOM);
    this.source = source;
  }

  @Override
  void fill(double[] values, int offset, int count) {
    for (int done = 0; done < count; ) {
      source.nextBytes(block);
      int here = Math.min(block.length / 8, count - done);
      for (int i = 0; i < here; i++) {
        values[offset + done + i] = unit((long) LONG.get(block, 8 * i));
      }
      done += here;
    }
    Arrays.fill(block, (byte) 0);
  }
}
