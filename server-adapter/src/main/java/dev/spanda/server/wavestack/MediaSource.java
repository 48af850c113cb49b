package dev.spanda.server.wavestack;

import dev.spanda.core.Failure;
import dev.spanda.media.publish.Publications;
import dev.spanda.server.outbound.Fetcher;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a publication names: what {@link OwnMedia} has is the owner's, everything else is
 * fetched from the web by the guarded fetcher into a file that is gone when it was read. What it
 * is, is told by its first bytes, or else by the server's word.
 */
final class MediaSource implements Publications.Source {

  private static final int HEAD = 16;
  private static final Fetcher.Limits LIMITS =
      new Fetcher.Limits(5, Publications.LARGEST_MEDIA, Duration.ofMinutes(30));

  private final Fetcher fetcher;
  private final OwnMedia own;
  private final Path folder;
  private final @Nullable String demoAsset;

  /**
   * A source.
   *
   * @param folder for files that are being fetched
   * @param demoAsset stands for every address of the domain example.com, which is reserved for
   *     documents (RFC 2606); null for none
   */
  MediaSource(Fetcher fetcher, OwnMedia own, Path folder, @Nullable String demoAsset) {
    this.fetcher = fetcher;
    this.own = own;
    this.folder = folder;
    this.demoAsset = demoAsset;
  }

  /**
   * The reference that an address stands for.
   *
   * @param organisation whose request it is
   * @param field how the address is called on the wire
   * @throws Failure INVALID, that subject, when it is no address and no asset
   */
  String reference(Organisation organisation, String field, String address) {
    if (address.startsWith(OwnMedia.ASSET)) {
      return address;
    }
    URI uri;
    try {
      uri = URI.create(address);
    } catch (IllegalArgumentException e) {
      throw wrong(field, address);
    }
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (uri.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
      throw wrong(field, address);
    }
    return OwnMedia.name(organisation, uri)
        .orElseGet(() -> isExample(uri) ? OwnMedia.ASSET + demoAsset : address);
  }

  /** Whether the demo's own asset stands for that address. */
  boolean isExample(URI uri) {
    String host = uri.getHost();
    return demoAsset != null
        && host != null
        && (host.equalsIgnoreCase("example.com")
            || host.toLowerCase(Locale.ROOT).endsWith(".example.com"));
  }

  private static Failure wrong(String field, String address) {
    return Failure.invalid(
        field, address, "This must be an http or https address, or asset: and an asset's id");
  }

  @Override
  public Media open(String owner, String reference) {
    try {
      if (OwnMedia.isName(reference)) {
        return own.open(owner, reference);
      }
      Files.createDirectories(folder);
      Path file = Files.createTempFile(folder, "media", ".part");
      try {
        String claimed;
        try (OutputStream out = Files.newOutputStream(file)) {
          claimed = fetcher.download(URI.create(reference), out, LIMITS);
        }
        return new Media(type(file, claimed), deleting(file));
      } catch (IOException | RuntimeException e) {
        Files.deleteIfExists(file);
        throw e;
      }
    } catch (IOException e) {
      throw Failure.of(Failure.Reason.UNAVAILABLE, "source", "The media could not be kept")
          .causedBy(e);
    }
  }

  private static InputStream deleting(Path file) throws IOException {
    return new FilterInputStream(Files.newInputStream(file)) {
      @Override
      public void close() throws IOException {
        super.close();
        Files.deleteIfExists(file);
      }
    };
  }

  /** Looks at the first bytes; a server's word counts only where they say nothing. */
  static String type(Path file, String claimed) {
    byte[] head;
    try (InputStream in = Files.newInputStream(file)) {
      head = in.readNBytes(HEAD);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (at(head, 4, 'f', 't', 'y', 'p')) {
      return at(head, 8, 'q', 't') ? "video/quicktime" : "video/mp4";
    }
    if (at(head, 0, 0x1A, 0x45, 0xDF, 0xA3)) {
      return "video/webm";
    }
    if (at(head, 0, 0xFF, 0xD8, 0xFF)) {
      return "image/jpeg";
    }
    if (at(head, 0, 0x89, 'P', 'N', 'G')) {
      return "image/png";
    }
    int end = claimed.indexOf(';');
    String plain = (end < 0 ? claimed : claimed.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    return plain.matches("[a-z]+/[a-z0-9.+-]{1,60}") ? plain : "application/octet-stream";
  }

  private static boolean at(byte[] head, int offset, int... bytes) {
    if (head.length < offset + bytes.length) {
      return false;
    }
    return Arrays.equals(
        bytes,
        java.util.stream.IntStream.range(0, bytes.length)
            .map(i -> bytes[i] > 0x7F ? head[offset + i] & 0xFF : head[offset + i])
            .toArray());
  }
}
