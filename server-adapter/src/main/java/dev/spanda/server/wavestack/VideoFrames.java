package dev.spanda.server.wavestack;

import dev.spanda.core.Failure;
import dev.spanda.media.canvas.Resizer;
import dev.spanda.media.clip.ClipSource;
import dev.spanda.media.clip.Cutter;
import dev.spanda.media.thumbnail.FrameGrabber;
import dev.spanda.server.outbound.Fetcher;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;

/**
 * Frames of videos at web addresses: fetched by the guarded fetcher into a folder that is removed
 * again, decoded by ffmpeg without a network. Two at a time.
 */
final class VideoFrames implements FrameGrabber {

  private static final Fetcher.Limits LIMITS =
      Fetcher.Limits.DEFAULT.withLargestBody(512L << 20).withTime(Duration.ofMinutes(2));
  private static final Cutter.Limits DECODING =
      new Cutter.Limits(4096L * 2304, 512L << 20, 512L << 20, Duration.ofSeconds(30));

  private final Fetcher fetcher;
  private final Path folder;
  private final Cutter cutter = new Cutter(Optional.empty(), DECODING);
  private final Semaphore places = new Semaphore(2);

  VideoFrames(Fetcher fetcher, Path folder) {
    this.fetcher = fetcher;
    this.folder = folder;
  }

  @Override
  public BufferedImage grab(String source, Duration at) {
    URI address;
    try {
      address = URI.create(source.strip());
    } catch (IllegalArgumentException e) {
      throw Failure.invalid(
          PictureSources.VIDEO_URL, source, "video_url must be an http or https address");
    }
    if (!places.tryAcquire()) {
      throw Failure.of(
          Failure.Reason.RATE_LIMITED,
          PictureSources.VIDEO_URL,
          "Two frames are being taken already; ask again in a moment");
    }
    try {
      // Asked first: nothing is fetched that could not be decoded.
      cutter.ffmpeg();
      Files.createDirectories(folder);
      Path work = Files.createTempDirectory(folder, "frame");
      try {
        Path film = work.resolve("film");
        try (OutputStream out = Files.newOutputStream(film)) {
          fetcher.download(address, out, LIMITS);
        }
        try (ClipSource opened = ClipSource.of(film)) {
          return Resizer.read(cutter.frame(opened, at, work));
        }
      } finally {
        remove(work);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw Failure.of(Failure.Reason.FAILED, "thumbnail", "The server is stopping");
    } catch (Failure failure) {
      throw PictureSources.named(
          failure, List.of("url", "source", "picture"), PictureSources.VIDEO_URL);
    } finally {
      places.release();
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
