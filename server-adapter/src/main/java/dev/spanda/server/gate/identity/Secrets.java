package dev.spanda.server.gate.identity;

import dev.spanda.core.Failure;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;

/**
 * Secrets that the machine makes: 256 random bits, written in 52 letters and digits. They are kept
 * as plain SHA-256 digests, since nothing of 256 bits can be guessed.
 */
final class Secrets {

  private static final char[] ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz".toCharArray();
  private static final int LENGTH = 52;
  private static final int LONGEST = 200;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Secrets() {}

  static String random() {
    byte[] bytes = new byte[LENGTH];
    RANDOM.nextBytes(bytes);
    StringBuilder text = new StringBuilder(LENGTH);
    for (byte value : bytes) {
      text.append(ALPHABET[value & 31]);
    }
    return text.toString();
  }

  static String digest(String secret) {
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Compares in a time that tells nothing. */
  static boolean matches(String secret, String digest) {
    return MessageDigest.isEqual(
        digest(secret).getBytes(StandardCharsets.US_ASCII),
        digest.getBytes(StandardCharsets.US_ASCII));
  }

  /** Whether a text can be a secret at all; longer ones are not worth a digest. */
  static boolean isPlausible(String text) {
    return !text.isEmpty() && text.length() <= LONGEST;
  }

  static Failure wrong() {
    return Failure.of(
        Failure.Reason.UNAUTHENTICATED, "credentials", "The credentials are not right");
  }

  static String requireText(String subject, String label, String text, int longest) {
    if (text.isBlank() || text.length() > longest) {
      throw Failure.invalid(
          subject, text, label + " must have 1 to " + longest + " characters and not be blank");
    }
    return text;
  }
}
