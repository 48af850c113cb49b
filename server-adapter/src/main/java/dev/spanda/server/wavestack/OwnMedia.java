package dev.spanda.server.wavestack;

import dev.spanda.core.Failure;
import dev.spanda.media.clip.ClipPlan;
import dev.spanda.media.clip.ClipSource;
import dev.spanda.media.clip.Clips;
import dev.spanda.media.publish.Publications;
import dev.spanda.media.queue.Assets;
import dev.spanda.media.thumbnail.Thumbnails;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What organisations have here already: assets, clips and thumbnails. An address of one of them, as
 * the services themselves write it in their answers, is a name of it and is not fetched. A name
 * begins with {@code asset:}, {@code clip:} or {@code thumbnail:} and is found for its own
 * organisation alone.
 */
final class OwnMedia {

  static final String ASSET = "asset:";
  private static final String CLIP = "clip:";
  private static final String THUMBNAIL = "thumbnail:";
  private static final Pattern ASSET_PATH =
      Pattern.compile("/api/assets/([A-Za-z0-9_]{1,100})(/content)?");
  private static final Pattern CLIP_PATH =
      Pattern.compile("/files/(job_[0-9a-z]{1,40}(?:-[0-9]{1,3})?\\.[a-z0-9]{1,5})");
  private static final Pattern THUMBNAIL_PATH =
      Pattern.compile("/thumbnails/([A-Za-z0-9_]{1,100}\\.[a-z]{1,5})");

  private final Assets assets;
  private final Clips clips;
  private final Thumbnails thumbnails;

  OwnMedia(Assets assets, Clips clips, Thumbnails thumbnails) {
    this.assets = assets;
    this.clips = clips;
    this.thumbnails = thumbnails;
  }

  /**
   * The name of what an address shows.
   *
   * @param organisation whose request names this server by the host that its own links have
   * @return empty for an address elsewhere
   */
  static Optional<String> name(Organisation organisation, URI address) {
    String host = address.getHost() == null ? "" : address.getHost().toLowerCase(Locale.ROOT);
    if (!isHere(organisation, host)) {
      return Optional.empty();
    }
    String path = address.getPath() == null ? "" : address.getPath();
    return match(ASSET_PATH, ASSET, path)
        .or(() -> match(CLIP_PATH, CLIP, path))
        .or(() -> match(THUMBNAIL_PATH, THUMBNAIL, path));
  }

  private static Optional<String> match(Pattern pattern, String kind, String path) {
    Matcher matcher = pattern.matcher(path);
    return matcher.matches() ? Optional.of(kind + matcher.group(1)) : Optional.empty();
  }

  private static boolean isHere(Organisation organisation, String host) {
    String own;
    try {
      own = URI.create(organisation.base()).getHost();
    } catch (IllegalArgumentException e) {
      own = null;
    }
    return host.equals("localhost")
        || host.equals("127.0.0.1")
        || host.equals("[::1]")
        || (own != null && host.equals(own.toLowerCase(Locale.ROOT)));
  }

  /** Whether this names something here. */
  static boolean isName(String reference) {
    return reference.startsWith(ASSET)
        || reference.startsWith(CLIP)
        || reference.startsWith(THUMBNAIL);
  }

  /**
   * Opens it; the caller closes the content.
   *
   * @throws Failure NOT_FOUND, subjects {@code asset}, {@code file} and {@code thumbnail}, when the
   *     owner has no such thing
   */
  Publications.Source.Media open(String owner, String name) throws IOException {
    String bare = bare(name);
    if (name.startsWith(CLIP)) {
      Path file = clips.file(owner, bare);
      return new Publications.Source.Media(
          ClipPlan.Format.parse(ending(bare)).mediaType(), Files.newInputStream(file));
    }
    if (name.startsWith(THUMBNAIL)) {
      Thumbnails.Kept kept = thumbnails.find(owner, bare.substring(0, bare.lastIndexOf('.')));
      if (!kept.fileName().equals(bare)) {
        throw Failure.notFound("thumbnail", bare);
      }
      InputStream content = thumbnails.open(owner, kept.id());
      return new Publications.Source.Media(kept.format().mediaType(), content);
    }
    Assets.Asset asset = assets.find(owner, bare);
    return new Publications.Source.Media(
        asset.mediaType(), assets.open(owner, bare, 0, Long.MAX_VALUE));
  }

  /**
   * Opens it as a film; the caller closes it.
   *
   * @throws Failure as {@link #open}; UNSUPPORTED, subject {@code source}, for a thumbnail
   */
  ClipSource film(String owner, String name) throws IOException {
    String bare = bare(name);
    if (name.startsWith(CLIP)) {
      return ClipSource.of(clips.file(owner, bare));
    }
    if (name.startsWith(THUMBNAIL)) {
      throw Failure.of(Failure.Reason.UNSUPPORTED, "source", "A thumbnail is no film");
    }
    Assets.Asset asset = assets.find(owner, bare);
    return ClipSource.of(
        asset.size(), (position, count) -> assets.open(owner, bare, position, count));
  }

  private static String bare(String name) {
    return name.substring(name.indexOf(':') + 1);
  }

  private static String ending(String file) {
    return file.substring(file.lastIndexOf('.') + 1);
  }
}
