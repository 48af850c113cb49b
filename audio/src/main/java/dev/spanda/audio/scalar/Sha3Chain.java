package dev.spanda.audio.scalar;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.DigestException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** SHA3-256 of the digest before and a 64-bit counter. */
final class Sha3Chain extends Batch {

  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final MessageDigest digest;
  private final byte[] state = new byte[40];
  private long counter;

  Sha3Chain(SplitMix seed) {
    super(ScalarMethod.SHA3_CHAIN, 4);
    try {
      digest = MessageDigest.getInstance("SHA3-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform since 9 has SHA3-256", e);
    }
    for (int at = 0; at < 32; at += 8) {
      LONG.set(state, at, seed.next());
    }
  }

  @Override
  void steps(double[] values, int at, int steps) {
    try {
      for (int step = 0; step < steps; step++) {
        LONG.set(state, 32, counter++);
        digest.update(state, 0, 40);
        digest.digest(state, 0, 32);
        for (int word = 0; word < 4; word++) {
          values[at + 4 * step + word] = unit((long) LONG.get(state, 8 * word));
        }
      }
    } catch (DigestException e) {
      throw new IllegalStateException("32 bytes hold the digest", e);
    }
  }
}
