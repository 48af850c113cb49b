package dev.spanda.server.gate.identity;

import dev.spanda.core.Failure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts what must be read again and must not be read in a copy of the database: AES-256-GCM
 * (NIST SP 800-38D) under one secret of the whole server. The secret comes from the environment
 * variable {@value #VARIABLE}, which nodes on several machines need, or else from the file {@code
 * secret.key} in the data folder, which only the owner may read and which is made when it is
 * missing. Thread-safe.
 */
public final class Vault {

  /** The environment variable that holds the secret of several nodes. */
  public static final String VARIABLE = "SPANDA_SECRET";

  private static final String FILE = "secret.key";
  private static final int SHORTEST_SECRET = 16;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final SecretKeySpec key;

  private Vault(String secret) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec("spanda vault".getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      key = new SecretKeySpec(mac.doFinal(secret.getBytes(StandardCharsets.UTF_8)), "AES");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * A vault under a secret at hand.
   *
   * @param secret at least 16 characters
   * @throws Failure INVALID, subject {@code secret}, when it is shorter
   */
  public static Vault of(String secret) {
    if (secret.length() < SHORTEST_SECRET) {
      throw Failure.of(
          Failure.Reason.INVALID,
          "secret",
          VARIABLE + " must have at least " + SHORTEST_SECRET + " characters");
    }
    return new Vault(secret);
  }

  /**
   * The vault of a data folder.
   *
   * @param secret what the environment says, or null to use the folder's own file
   * @throws Failure FAILED, subject {@code secret}, when the file can neither be read nor made
   */
  public static Vault in(Path folder, @Nullable String secret) {
    if (secret != null && !secret.isEmpty()) {
      return of(secret);
    }
    Path file = folder.resolve(FILE);
    try {
      Files.createDirectories(folder);
      if (!Files.exists(file)) {
        make(folder, file);
      }
      if (isPosix(file)) {
        Files.setPosixFilePermissions(
            file, Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE));
      }
      return of(Files.readString(file).strip());
    } catch (IOException e) {
      throw Failure.of(Failure.Reason.FAILED, "secret", "The file " + file + " cannot be used")
          .causedBy(e);
    }
  }

  /** Encrypts a text; the name must be given again to open it. */
  public String seal(String text, String name) {
    byte[] nonce = new byte[NONCE_BYTES];
    RANDOM.nextBytes(nonce);
    byte[] sealed = run(Cipher.ENCRYPT_MODE, nonce, name, text.getBytes(StandardCharsets.UTF_8));
    byte[] all = new byte[NONCE_BYTES + sealed.length];
    System.arraycopy(nonce, 0, all, 0, NONCE_BYTES);
    System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
    return Base64.getEncoder().encodeToString(all);
  }

  /**
   * Decrypts what {@link #seal} made under the same name.
   *
   * @throws Failure FAILED, subject {@code secret}, when it was sealed under another secret or name
   */
  public String open(String sealed, String name) {
    try {
      byte[] all = Base64.getDecoder().decode(sealed);
      byte[] nonce = java.util.Arrays.copyOf(all, NONCE_BYTES);
      byte[] rest = java.util.Arrays.copyOfRange(all, NONCE_BYTES, all.length);
      return new String(run(Cipher.DECRYPT_MODE, nonce, name, rest), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw Failure.of(Failure.Reason.FAILED, "secret", "What was sealed is damaged").causedBy(e);
    }
  }

  private byte[] run(int mode, byte[] nonce, String name, byte[] bytes) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(name.getBytes(StandardCharsets.UTF_8));
      return cipher.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw Failure.of(
              Failure.Reason.FAILED,
              "secret",
              "The server's keys were sealed under another secret; every node needs the same "
                  + VARIABLE
                  + " or the same "
                  + FILE)
          .causedBy(e);
    }
  }

  /** Written aside and then linked in one step, so that nobody reads half a secret. */
  private static void make(Path folder, Path file) throws IOException {
    FileAttribute<?>[] owner =
        isPosix(folder)
            ? new FileAttribute<?>[] {
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
            }
            : new FileAttribute<?>[0];
    Path part = Files.createTempFile(folder, "secret", ".part", owner);
    try {
      Files.writeString(part, Secrets.random() + "\n");
      Files.createLink(file, part);
    } catch (FileAlreadyExistsException e) {
      // Another process was quicker; its secret is the one.
    } catch (UnsupportedOperationException e) {
      Files.copy(part, file);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static boolean isPosix(Path path) {
    return path.getFileSystem().supportedFileAttributeViews().contains("posix");
  }
}
