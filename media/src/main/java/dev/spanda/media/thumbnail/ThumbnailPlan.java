package dev.spanda.media.thumbnail;

import dev.spanda.core.Failure;
import java.awt.image.BufferedImage;
import java.util.Optional;

/**
 * What a thumbnail shall show. It is 1280 by 720 px.
 *
 * @param title from 1 to 120 characters; {@code \n} breaks the line
 * @param template how it looks, such as {@link Template#GAMING}
 * @param badge a few letters in a corner, such as an episode's number; at most 16 characters
 * @param picture what lies under the title; cut to the proportions, not modified. Without one the
 *     ground is drawn
 */
public record ThumbnailPlan(
    String title, Template template, Optional<String> badge, Optional<BufferedImage> picture) {

  /** Checks the lengths. */
  public ThumbnailPlan {
    title = title.strip();
    int length = title.codePointCount(0, title.length());
    if (length < 1 || length > 120) {
      throw Failure.outOfRange("title", "The length of the title", length, 1, 120, "characters");
    }
    badge = badge.map(String::strip).filter(words -> !words.isEmpty());
    int badgeLength = badge.map(String::length).orElse(0);
    Failure.requireInRange("badge", "The length of the badge", badgeLength, 0, 16, "characters");
  }

  /** A title on a drawn ground. */
  public static ThumbnailPlan of(String title, Template template) {
    return new ThumbnailPlan(title, template, Optional.empty(), Optional.empty());
  }

  /** A copy with letters in a corner. */
  public ThumbnailPlan withBadge(String badge) {
    return new ThumbnailPlan(title, template, Optional.of(badge), picture);
  }

  /** A copy over a picture. */
  public ThumbnailPlan withPicture(BufferedImage picture) {
    return new ThumbnailPlan(title, template, badge, Optional.of(picture));
  }
}
