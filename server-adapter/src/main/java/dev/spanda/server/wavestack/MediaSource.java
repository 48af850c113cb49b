package dev.spanda.server.wavestack;

import dev.spanda.core.Failure;
import dev.spanda.media.publish.Publications;
import dev.spanda.media.queue.Assets;
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
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a publication names: {@code asset:} and an id is an asset of the owner, everything
 * else is fetched from the web by the guarded fetcher into a file that is gone when it was read.
 * What it is, is told by its first bytes, or else by the server's word.
 */
final class MediaSource implements Publications.Source {

  private static final String ASSET = "asset:";
  private static final int HEAD = 16;
  private static final Pattern OWN_ASSET =
      Pattern.compile("/api/assets/([A-Za-z0-9_]{1,100})(/content)?");
  private static final Fetcher.Limits LIMITS =
      new Fetcher.Limits(5, Publications.LARGEST_MEDIA, Duration.ofMinutes(30));

  private final Fetcher fetcher;
  private final Assets assets;
  private final Path folder;
  private final @Nullable String demoAsset;

  /**
   * A source.
   *
   * @param folder for files that are being fetched
   * @param demoAsset stands for every address of the domain example.com, which is reserved for
   *     documents (RFC 2606); null for none
   */
  MediaSource(Fetcher fetcher, Assets assets, Path folder, @Nullable String demoAsset) {
    this.fetcher = fetcher;
    this.assets = assets;
    this.folder = folder;
    this.demoAsset = demoAsset;
  }

  /**
   * The reference that an address stands for.
   *
   * @param field how the address is called on the wire
   * @throws Failure INVALID, that subject, when it is no address and no asset
   */
  String reference(String field, String address) {
    if (address.startsWith(ASSET)) {
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
    String path = uri.getPath() == null ? "" : uri.getPath();
    Matcher own = OWN_ASSET.matcher(path);
    if (own.matches() && isHere(uri.getHost())) {
      return ASSET + own.group(1);
    }
    return isExample(uri) ? ASSET + demoAsset : address;
  }

  /** Whether the demo's own asset stands for that address. */
  boolean isExample(URI uri) {
    String host = uri.getHost();
    return demoAsset != null
        && host != null
        && (host.equalsIgnoreCase("example.com")
            || host.toLowerCase(Locale.ROOT).endsWith(".example.com"));
  }

  private static boolean isHere(String host) {
    return host.equals("localhost") || host.equals("127.0.0.1") || host.equals("[::1]");
  }

  private static Failure wrong(String field, String address) {
    return Failure.invalid(
        field, address, "This must be an http or https address, or asset: and an asset's id");
  }

  @Override
  public Media open(String owner, String reference) {
    if (reference.startsWith(ASSET)) {
      String id = reference.substring(ASSET.length());
      Assets.Asset asset = assets.find(owner, id);
      return new Media(asset.mediaType(), assets.open(owner, id, 0, Long.MAX_VALUE));
    }
    try {
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
