package dev.spanda.server.wavestack;

import dev.spanda.core.Failure;
import dev.spanda.media.clip.ClipSource;
import dev.spanda.media.publish.Illustrator;
import dev.spanda.media.publish.Platform;
import dev.spanda.media.publish.Publication;
import dev.spanda.media.thumbnail.Template;
import dev.spanda.media.thumbnail.ThumbnailMaker;
import dev.spanda.media.thumbnail.ThumbnailPlan;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Draws covers: the title, or else the text, over the frame of the video one second from its
 * beginning, of a shorter one over its first frame; on a drawn ground where the media is no video
 * that can be read here or ffmpeg is missing.
 */
final class Covers implements Illustrator {

  private static final Logger LOG = LoggerFactory.getLogger(Covers.class);
  private static final int LONGEST_TITLE = 60;
  private static final int LATEST_LATIN = 0x17F;
  private static final int LATEST_ASCII = '~';
  private static final List<Duration> MOMENTS = List.of(Duration.ofSeconds(1), Duration.ZERO);

  private record Frame(BufferedImage picture, Duration moment) {}

  private final VideoFrames frames;

  Covers(VideoFrames frames) {
    this.frames = frames;
  }

  @Override
  public Picture cover(Publication.Plan plan, Platform.Content media) {
    Optional<Frame> frame = frame(media);
    try {
      return draw(plan, frame, LATEST_LATIN);
    } catch (Failure failure) {
      // What the typeface cannot write is left out.
      return draw(plan, frame, LATEST_ASCII);
    }
  }

  private Optional<Frame> frame(Platform.Content media) {
    if (!media.type().startsWith("video/")) {
      return Optional.empty();
    }
    for (Duration moment : MOMENTS) {
      try (ClipSource film = ClipSource.of(media.size(), media::open)) {
        return Optional.of(new Frame(frames.of(film, moment), moment));
      } catch (Failure failure) {
        if (failure.reason() != Failure.Reason.INVALID) {
          LOG.info("A cover is drawn without a frame: {}", failure.getMessage());
          return Optional.empty();
        }
      } catch (IOException e) {
        LOG.info("A cover is drawn without a frame", e);
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  private static Picture draw(Publication.Plan plan, Optional<Frame> frame, int latest) {
    String words = plan.title().isBlank() ? plan.text() : plan.title();
    StringBuilder title = new StringBuilder();
    words
        .codePoints()
        .map(c -> Character.isWhitespace(c) ? ' ' : c)
        .filter(c -> c >= ' ' && c <= latest && !Character.isISOControl(c))
        .limit(LONGEST_TITLE)
        .forEach(title::appendCodePoint);
    String shown = title.toString().strip();
    String text = shown.isEmpty() ? plan.platform() : shown;
    return new Picture(
        "image/jpeg",
        ThumbnailMaker.jpeg(
            frame.isPresent()
                ? ThumbnailPlan.over(frame.get().picture(), text, Template.GAMING)
                : ThumbnailPlan.of(text, Template.GAMING)),
        frame.map(Frame::moment));
  }
}
