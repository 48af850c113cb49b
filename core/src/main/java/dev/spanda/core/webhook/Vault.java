package dev.spanda.core.webhook;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.spanda.core.Failure;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals secrets with AES-256-GCM (NIST SP 800-38D) under a key that lies in a file which its owner
 * alone may read. A sealed text is the Base64 of a 96-bit random nonce, the cipher text and its
 * 128-bit tag; it opens only for the label it was sealed with.
 */
final class Vault {

  private static final int KEY_BYTES = 32;
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecretKey key;
  private final SecureRandom random = new SecureRandom();

  /** Reads the key, or makes one when the file is missing. */
  Vault(Path keyFile) {
    try {
      if (!Files.exists(keyFile)) {
        make(keyFile.toAbsolutePath());
      }
      byte[] bytes = HexFormat.of().parseHex(Files.readString(keyFile).strip());
      if (bytes.length != KEY_BYTES) {
        throw new IllegalArgumentException("a key has 64 hexadecimal digits");
      }
      this.key = new SecretKeySpec(bytes, "AES");
    } catch (IOException | IllegalArgumentException e) {
      throw Failure.of(
              Failure.Reason.FAILED,
              "webhook",
              "The key in the file " + keyFile.getFileName() + " cannot be read or made")
          .causedBy(e instanceof IOException ? e : new IOException("no key of 64 hex digits"));
    }
  }

  private void make(Path keyFile) throws IOException {
    Path folder = keyFile.getParent();
    if (folder != null) {
      Files.createDirectories(folder);
    }
    byte[] bytes = new byte[KEY_BYTES];
    random.nextBytes(bytes);
    Path temporary =
        keyFile.resolveSibling(
            keyFile.getFileName() + "." + Long.toHexString(random.nextLong()) + ".new");
    Files.createFile(temporary, ownerOnly(keyFile));
    try {
      try (FileChannel channel = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
        ByteBuffer text = ByteBuffer.wrap(HexFormat.of().formatHex(bytes).getBytes(UTF_8));
        while (text.hasRemaining()) {
          channel.write(text);
        }
        channel.force(true);
      }
      settle(temporary, keyFile);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** Gives the key its name, unless another process has made one meanwhile: that one counts. */
  private static void settle(Path temporary, Path keyFile) throws IOException {
    try {
      Files.createLink(keyFile, temporary);
    } catch (FileAlreadyExistsException e) {
      return;
    } catch (UnsupportedOperationException e) {
      Files.move(temporary, keyFile, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static FileAttribute<?>[] ownerOnly(Path file) {
    return file.getFileSystem().supportedFileAttributeViews().contains("posix")
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
  }

  String seal(String label, String text) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      Cipher cipher = cipher(Cipher.ENCRYPT_MODE, label, nonce);
      byte[] sealed = cipher.doFinal(text.getBytes(UTF_8));
      byte[] all = new byte[NONCE_BYTES + sealed.length];
      System.arraycopy(nonce, 0, all, 0, NONCE_BYTES);
      System.arraycopy(sealed, 0, all, NONCE_BYTES, sealed.length);
      return Base64.getEncoder().encodeToString(all);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  String open(String label, String sealed) {
    try {
      byte[] all = Base64.getDecoder().decode(sealed);
      if (all.length < NONCE_BYTES) {
        throw new IllegalArgumentException("a sealed text begins with a nonce");
      }
      byte[] nonce = new byte[NONCE_BYTES];
      System.arraycopy(all, 0, nonce, 0, NONCE_BYTES);
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, label, nonce);
      return new String(cipher.doFinal(all, NONCE_BYTES, all.length - NONCE_BYTES), UTF_8);
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw Failure.of(
              Failure.Reason.FAILED,
              "webhook",
              "A secret cannot be opened: it was sealed with another key")
          .causedBy(e);
    }
  }

  private Cipher cipher(int mode, String label, byte[] nonce) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(label.getBytes(UTF_8));
    return cipher;
  }
}
