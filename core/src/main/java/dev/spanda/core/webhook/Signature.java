package dev.spanda.core.webhook;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Shows that a message comes from someone who knows the secret: HMAC-SHA256 (RFC 2104, FIPS 180-4)
 * over the bytes of its body as they are sent.
 *
 * <p>The plain form is the code as 64 lower-case hexadecimal digits; whoever has seen it can send
 * the same message again. The stamped form {@code t=1763725920,v1=…} covers the time too, so that
 * an old message is refused: its code is taken over the seconds since 1970 in decimal digits, a
 * full stop, and the body. Comparisons take the same time wherever the codes differ.
 */
public final class Signature {

  private static final String ALGORITHM = "HmacSHA256";

  /** Where only the length of an answer should depend on the input, this is the longest. */
  private static final int LONGEST_HEADER = 1_000;

  private Signature() {}

  /**
   * The plain form.
   *
   * @param secret of any length but 0; its UTF-8 is the key
   * @param body not modified
   */
  public static String of(String secret, byte[] body) {
    return HexFormat.of().formatHex(code(secret, new byte[0], body));
  }

  /** The plain form for a body that is sent as UTF-8. */
  public static String of(String secret, String body) {
    return of(secret, body.getBytes(UTF_8));
  }

  /**
   * The stamped form.
   *
   * @param at when it is sent; whole seconds are kept
   */
  public static String stamped(String secret, Instant at, byte[] body) {
    String seconds = Long.toString(at.getEpochSecond());
    return "t=" + seconds + ",v1=" + HexFormat.of().formatHex(code(secret, prefix(seconds), body));
  }

  /**
   * Whether a plain signature is that of the body.
   *
   * @param signature as it came; hexadecimal digits in lower or upper case
   */
  public static boolean verify(String secret, byte[] body, String signature) {
    return same(code(secret, new byte[0], body), signature);
  }

  /**
   * Whether a stamped signature is that of the body and of a time near enough.
   *
   * @param header as it came; may hold several {@code v1}, of which one must fit, as while a secret
   *     is replaced by another, and parts of other names, which are passed over
   * @param now the time of the one who asks
   * @param tolerance how far the stamp may lie before or after now, inclusive; five minutes is
   *     usual
   */
  public static boolean verifyStamped(
      String secret, byte[] body, String header, Instant now, Duration tolerance) {
    if (header.length() > LONGEST_HEADER) {
      return false;
    }
    String stamp = "";
    for (String part : header.split(",", -1)) {
      if (part.strip().startsWith("t=")) {
        if (!stamp.isEmpty()) {
          return false;
        }
        stamp = part.strip().substring(2);
      }
    }
    if (!stamp.matches("[0-9]{1,12}")) {
      return false;
    }
    Duration away = Duration.between(Instant.ofEpochSecond(Long.parseLong(stamp)), now).abs();
    if (away.compareTo(tolerance) > 0) {
      return false;
    }
    byte[] expected = code(secret, prefix(stamp), body);
    boolean fits = false;
    for (String part : header.split(",", -1)) {
      if (part.strip().startsWith("v1=")) {
        fits |= same(expected, part.strip().substring(3));
      }
    }
    return fits;
  }

  private static byte[] prefix(String seconds) {
    return (seconds + ".").getBytes(US_ASCII);
  }

  private static boolean same(byte[] expected, String signature) {
    try {
      return MessageDigest.isEqual(expected, HexFormat.of().parseHex(signature));
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static byte[] code(String secret, byte[] before, byte[] body) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM));
      mac.update(before);
      return mac.doFinal(body);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
