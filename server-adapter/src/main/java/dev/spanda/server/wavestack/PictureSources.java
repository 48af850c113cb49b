package dev.spanda.server.wavestack;

import dev.spanda.core.Failure;
import dev.spanda.media.canvas.Resizer;
import dev.spanda.media.thumbnail.PersonCutter;
import dev.spanda.server.outbound.Fetcher;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Where pictures of thumbnails come from: web addresses, frames of videos, people cut out. */
final class PictureSources {

  private static final Fetcher.Limits LIMITS =
      Fetcher.Limits.DEFAULT.withLargestBody(16L << 20).withTime(Duration.ofSeconds(20));

  /** Few pixels may take many bytes, but many pixels may take few: both are limited. */
  private static final long MOST_PIXELS = 25_000_000;

  /** The field that names a video. */
  static final String VIDEO_URL = "video_url";

  private static final String IMAGE_URL = "image_url";

  private final Fetcher fetcher;
  private final VideoFrames frames;
  private final OwnMedia own;
  private final PersonCutter cutter;
  private final Path folder;

  /**
   * The sources.
   *
   * @param folder where what is fetched lies for a moment
   */
  PictureSources(
      Fetcher fetcher, VideoFrames frames, OwnMedia own, PersonCutter cutter, Path folder) {
    this.fetcher = fetcher;
    this.frames = frames;
    this.own = own;
    this.cutter = cutter;
    this.folder = folder;
  }

  /**
   * A failure that names the field of the request, where the engine names something of its own. An
   * address that gives nothing is a wrong value, not a thing of the caller that is missing.
   */
  static Failure named(Failure failure, List<String> subjects, String field) {
    if (!subjects.contains(failure.subject())) {
      return failure;
    }
    Failure named =
        Failure.of(
            failure.reason() == Failure.Reason.NOT_FOUND
                    || failure.reason() == Failure.Reason.UNAVAILABLE
                ? Failure.Reason.INVALID
                : failure.reason(),
            field,
            Objects.requireNonNullElse(failure.getMessage(), failure.subject()));
    for (Map.Entry<String, Object> detail : failure.details().entrySet()) {
      named = named.with(detail.getKey(), detail.getValue());
    }
    return named;
  }

  /** Cuts people out. */
  PersonCutter cutter() {
    return cutter;
  }

  /** The frame of a video on the web or of the organisation. */
  BufferedImage frame(Organisation organisation, String url, Duration at) {
    Optional<String> name;
    try {
      name = OwnMedia.name(organisation, URI.create(url.strip()));
    } catch (IllegalArgumentException e) {
      throw Failure.invalid(VIDEO_URL, url, "video_url must be an http or https address");
    }
    return name.isPresent()
        ? frames.grab(work -> own.film(organisation.owner(), name.get()), at)
        : frames.grab(url, at);
  }

  /**
   * The picture at a web address.
   *
   * @throws Failure its subject {@code image_url}: INVALID for what is no address or gives no
   *     picture that can be read, FORBIDDEN for one within this network, TOO_LARGE
   */
  BufferedImage picture(String url) {
    URI address;
    try {
      address = URI.create(url.strip());
    } catch (IllegalArgumentException e) {
      throw Failure.invalid(IMAGE_URL, url, "image_url must be an http or https address");
    }
    try {
      Files.createDirectories(folder);
      Path file = Files.createTempFile(folder, "picture", ".part");
      try {
        try (OutputStream out = Files.newOutputStream(file)) {
          fetcher.download(address, out, LIMITS);
        }
        BufferedImage image = Resizer.read(file);
        long pixels = (long) image.getWidth() * image.getHeight();
        if (pixels > MOST_PIXELS) {
          throw Failure.of(
                  Failure.Reason.TOO_LARGE,
                  IMAGE_URL,
                  "The picture has " + pixels + " pixels; allowed are at most " + MOST_PIXELS)
              .with(Failure.PROVIDED_VALUE, pixels)
              .with(Failure.MAX_VALUE, MOST_PIXELS);
        }
        return image;
      } finally {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Failure failure) {
      throw named(failure, List.of("url", "picture"), IMAGE_URL);
    }
  }
}
