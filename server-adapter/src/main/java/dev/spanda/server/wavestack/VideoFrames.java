package dev.spanda.server.wavestack;

import dev.spanda.core.Failure;
import dev.spanda.media.canvas.Resizer;
import dev.spanda.media.clip.ClipSource;
import dev.spanda.media.clip.Cutter;
import dev.spanda.media.thumbnail.FrameGrabber;
import dev.spanda.server.outbound.Encoder;
import dev.spanda.server.outbound.Fetcher;
import dev.spanda.server.outbound.FilmFetcher;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/**
 * Frames of films: of those at web addresses the guarded fetcher brings the parts that are needed
 * into a folder that is removed again; they are decoded by ffmpeg without a network. Two at a time.
 */
final class VideoFrames implements FrameGrabber {

  private static final long MOST_BYTES = 512L << 20;
  private static final Duration FETCH_TIME = Duration.ofMinutes(2);
  private static final Cutter.Limits DECODING =
      new Cutter.Limits(4096L * 2304, MOST_BYTES, MOST_BYTES, Duration.ofSeconds(30));

  /** Opens a film. */
  @FunctionalInterface
  interface Opening {
    ClipSource in(Path folder) throws IOException;
  }

  private final ClipSource.Opener web;
  private final Path folder;
  private final Cutter cutter = Encoder.cutter(DECODING);
  private final Semaphore places = new Semaphore(2);

  VideoFrames(Fetcher fetcher, Path folder) {
    this.web = new FilmFetcher(fetcher, VideoFrames::noAddress, MOST_BYTES, FETCH_TIME);
    this.folder = folder;
  }

  private static ClipSource noAddress(String name, Path work) {
    throw Failure.invalid("source", name, "video_url must be an http or https address");
  }

  @Override
  public BufferedImage grab(String source, Duration at) {
    String address = source.strip();
    return grab(work -> web.open(address, work), at);
  }

  /** The frame of a film that the caller of this opens, for a request that names it. */
  BufferedImage grab(Opening opening, Duration at) {
    if (!places.tryAcquire()) {
      throw Failure.of(
          Failure.Reason.RATE_LIMITED,
          PictureSources.VIDEO_URL,
          "Two frames are being taken already; ask again in a moment");
    }
    try {
      return taken(opening, at);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Failure failure) {
      throw PictureSources.named(
          failure, List.of("url", "source", "picture", "asset", "file"), PictureSources.VIDEO_URL);
    } finally {
      places.release();
    }
  }

  /**
   * The frame of a film here; waits for a place.
   *
   * @throws Failure as {@link Cutter#frame}
   */
  BufferedImage of(ClipSource film, Duration at) throws IOException {
    places.acquireUninterruptibly();
    try {
      return taken(work -> film, at);
    } finally {
      places.release();
    }
  }

  private BufferedImage taken(Opening opening, Duration at) throws IOException {
    // Asked first: nothing is fetched that could not be decoded.
    cutter.ffmpeg();
    Files.createDirectories(folder);
    Path work = Files.createTempDirectory(folder, "frame");
    try (ClipSource film = opening.in(work)) {
      return Resizer.read(cutter.frame(film, at, work));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(Failure.Reason.FAILED, "thumbnail", "The server is stopping");
    } finally {
      remove(work);
    }
  }

  private static void remove(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(each);
      }
    }
  }
}
