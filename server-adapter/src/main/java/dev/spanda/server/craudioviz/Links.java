package dev.spanda.server.craudioviz;

import dev.spanda.core.Failure;
import dev.spanda.core.store.Store;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Addresses of files that a browser can open for a while, without a key. Their signature is the
 * file's owner, encrypted by AES-256-GCM under a secret of the store, with the file and the time of
 * its end as associated data: it can neither be made nor moved to another file or time, and tells
 * nobody whose the file is. All nodes on one store share the secret. Thread-safe.
 */
final class Links {

  /** How long a link opens its file. */
  static final Duration LASTS = Duration.ofHours(24);

  private static final int NONCE = 12;
  private static final int TAG_BITS = 128;
  private static final int SECRET = 32;

  private final InstantSource clock;
  private final SecureRandom random;
  private final SecretKeySpec secret;

  Links(Store store, InstantSource clock, SecureRandom random) {
    this.clock = clock;
    this.random = random;
    byte[] fresh = new byte[SECRET];
    random.nextBytes(fresh);
    String kept =
        store.write(
            handle -> {
              handle
                  .createUpdate(
                      "INSERT INTO link_secret (id, secret) VALUES (1, :secret)"
                          + " ON CONFLICT (id) DO NOTHING")
                  .bind("secret", Base64.getEncoder().encodeToString(fresh))
                  .execute();
              return handle
                  .createQuery("SELECT secret FROM link_secret WHERE id = 1")
                  .mapTo(String.class)
                  .one();
            });
    secret = new SecretKeySpec(Base64.getDecoder().decode(kept), "AES");
  }

  /** The address of a file's bytes. */
  String to(String base, String owner, String fileId) {
    // The end moves once an hour, so that the same file has the same end for a while.
    long expires = (clock.instant().plus(LASTS).getEpochSecond() / 3600 + 1) * 3600;
    return base
        + "/files/"
        + fileId
        + "/download?expires="
        + expires
        + "&signature="
        + sign(owner, fileId, expires);
  }

  /**
   * Who owns the file that a link opens.
   *
   * @throws Failure UNAUTHENTICATED when the link was not made here or its time is over
   */
  String owner(String fileId, long expires, String signature) {
    try {
      byte[] sealed = Base64.getUrlDecoder().decode(signature);
      if (sealed.length <= NONCE || clock.instant().getEpochSecond() >= expires) {
        throw broken();
      }
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, Arrays.copyOf(sealed, NONCE), fileId, expires);
      return new String(
          cipher.doFinal(sealed, NONCE, sealed.length - NONCE), StandardCharsets.UTF_8);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw broken();
    }
  }

  private static Failure broken() {
    return Failure.of(
        Failure.Reason.UNAUTHENTICATED,
        "link",
        "The link is not one of this server, or its time is over");
  }

  private String sign(String owner, String fileId, long expires) {
    byte[] nonce = new byte[NONCE];
    random.nextBytes(nonce);
    try {
      byte[] sealed =
          cipher(Cipher.ENCRYPT_MODE, nonce, fileId, expires)
              .doFinal(owner.getBytes(StandardCharsets.UTF_8));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(
              ByteBuffer.allocate(NONCE + sealed.length).put(nonce).put(sealed).array());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private Cipher cipher(int mode, byte[] nonce, String fileId, long expires)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, secret, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD((fileId + " " + expires).getBytes(StandardCharsets.UTF_8));
    return cipher;
  }
}
