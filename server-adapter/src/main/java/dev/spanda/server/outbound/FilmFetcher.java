package dev.spanda.server.outbound;

import dev.spanda.core.Failure;
import dev.spanda.media.clip.ClipSource;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.channels.Channels;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * Opens films at web addresses, of which only the parts that are read are fetched, and leaves other
 * names to another opener. A server that knows no parts is read once from its beginning to its end.
 * Thread-safe.
 */
public final class FilmFetcher implements ClipSource.Opener {

  private static final int FIRST_PART = 64 << 10;
  private static final int LONGEST_PART = 32 << 20;

  private final Fetcher fetcher;
  private final ClipSource.Opener others;
  private final Fetcher.Limits limits;

  /**
   * A fetcher of films.
   *
   * @param others opens what is no web address
   * @param mostBytes of a film that comes as a whole
   * @param time how long one request may take
   */
  public FilmFetcher(Fetcher fetcher, ClipSource.Opener others, long mostBytes, Duration time) {
    this.fetcher = fetcher;
    this.others = others;
    this.limits = new Fetcher.Limits(5, mostBytes, time);
  }

  @Override
  public void check(String name) {
    if (isAddress(name)) {
      URI unused = address(name);
    } else {
      others.check(name);
    }
  }

  @Override
  public ClipSource open(String name, Path workFolder) throws IOException {
    if (!isAddress(name)) {
      return others.open(name, workFolder);
    }
    URI url = address(name);
    Path start = workFolder.resolve("fetched.bin");
    Fetcher.Part part;
    try (OutputStream out = Files.newOutputStream(start)) {
      part = fetcher.part(url, 0, FIRST_PART, out, limits);
    } catch (Failure failure) {
      throw ofSource(failure);
    }
    if (part.whole()) {
      return ClipSource.of(start);
    }
    if (part.total() < 0) {
      throw Failure.of(
          Failure.Reason.UNAVAILABLE, "source", "The address does not say how long the film is");
    }
    return new Remote(url, part);
  }

  /** Everything with a scheme is one, so that no scheme is mistaken for a path. */
  private static boolean isAddress(String name) {
    return name.toLowerCase(Locale.ROOT).matches("[a-z][a-z0-9+.-]*:.*");
  }

  private static URI address(String name) {
    URI url;
    try {
      url = new URI(name);
    } catch (URISyntaxException e) {
      throw Failure.invalid("source", name, "source is no web address");
    }
    String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      throw Failure.invalid("source", name, "source must begin with http:// or https://")
          .with(Failure.ALLOWED_VALUES, java.util.List.of("http", "https"));
    }
    if (url.getRawUserInfo() != null) {
      throw Failure.of(
          Failure.Reason.INVALID, "source", "source must hold no user name and no password");
    }
    if (url.getHost() == null) {
      throw Failure.invalid("source", name, "source has no host");
    }
    return url;
  }

  /** Whoever asked has named a source and no url. */
  private static Failure ofSource(Failure failure) {
    Failure renamed =
        Failure.of(
            failure.reason(),
            "source",
            java.util.Objects.requireNonNullElse(failure.getMessage(), "The source did not come"));
    return renamed.causedBy(failure);
  }

  /** A film of which parts are fetched. */
  private final class Remote implements ClipSource {

    private final URI url;
    private final Fetcher.Part first;

    Remote(URI url, Fetcher.Part first) {
      this.url = url;
      this.first = first;
    }

    @Override
    public long sizeBytes() {
      return first.total();
    }

    @Override
    public void read(long position, long count, WritableByteChannel into) throws IOException {
      long at = position;
      long end = position + count;
      while (at < end) {
        long next = Math.min(end, at + LONGEST_PART);
        fetch(at, next - at, into);
        at = next;
      }
    }

    private void fetch(long from, long count, WritableByteChannel into) {
      Fetcher.Part part;
      try (Kept out = new Kept(Channels.newOutputStream(into), count)) {
        part = fetcher.part(url, from, count, out, limits.withLargestBody(count));
        if (out.left != 0) {
          throw Failure.of(Failure.Reason.UNAVAILABLE, "source", "The film ends too early");
        }
      } catch (Failure failure) {
        throw ofSource(failure);
      }
      if (part.whole() || part.total() != first.total() || !part.tag().equals(first.tag())) {
        throw Failure.of(
            Failure.Reason.UNAVAILABLE, "source", "The film has changed while it was fetched");
      }
    }

    @Override
    public void close() {}
  }

  /** Counts, and leaves what is below it open. */
  private static final class Kept extends FilterOutputStream {

    private long left;

    Kept(OutputStream out, long count) {
      super(out);
      this.left = count;
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
      out.write(bytes, offset, count);
      left -= count;
    }

    @Override
    public void close() {}
  }
}
