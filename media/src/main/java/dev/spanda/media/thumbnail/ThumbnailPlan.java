package dev.spanda.media.thumbnail;

import dev.spanda.core.Failure;
import java.awt.image.BufferedImage;
import java.util.Optional;

/**
 * What a thumbnail shall show. It is 1280 by 720 px.
 *
 * @param title up to 120 characters; {@code \n} breaks the line. It may be empty over a picture
 * @param subtitle a line below the title, up to 120 characters
 * @param template how it looks, such as {@link Template#GAMING}
 * @param badge a few letters in a corner, such as an episode's number; at most 16 characters
 * @param picture what lies under the title; cut to the proportions, not modified. Without one the
 *     ground is drawn
 * @param person somebody cut out, transparent around, who stands on the right before everything
 *     else but the badge; not modified
 */
public record ThumbnailPlan(
    String title,
    Optional<String> subtitle,
    Template template,
    Optional<String> badge,
    Optional<BufferedImage> picture,
    Optional<BufferedImage> person) {

  /** The longest title and subtitle: {@value} characters. */
  public static final int LONGEST_TITLE = 120;

  /** Checks the lengths. */
  public ThumbnailPlan {
    title = title.strip();
    int least = picture.isPresent() ? 0 : 1;
    Failure.requireInRange(
        "title", "The length of the title", count(title), least, LONGEST_TITLE, "characters");
    subtitle = subtitle.map(String::strip).filter(words -> !words.isEmpty());
    Failure.requireInRange(
        "subtitle",
        "The length of the subtitle",
        count(subtitle.orElse("")),
        0,
        LONGEST_TITLE,
        "characters");
    badge = badge.map(String::strip).filter(words -> !words.isEmpty());
    Failure.requireInRange(
        "badge", "The length of the badge", count(badge.orElse("")), 0, 16, "characters");
  }

  private static int count(String text) {
    return text.codePointCount(0, text.length());
  }

  /** A title on a drawn ground. */
  public static ThumbnailPlan of(String title, Template template) {
    return new ThumbnailPlan(
        title, Optional.empty(), template, Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Letters over a picture. */
  public static ThumbnailPlan over(BufferedImage picture, String title, Template template) {
    return new ThumbnailPlan(
        title,
        Optional.empty(),
        template,
        Optional.empty(),
        Optional.of(picture),
        Optional.empty());
  }

  /** A copy with a line below the title. */
  public ThumbnailPlan withSubtitle(String subtitle) {
    return new ThumbnailPlan(title, Optional.of(subtitle), template, badge, picture, person);
  }

  /** A copy with letters in a corner. */
  public ThumbnailPlan withBadge(String badge) {
    return new ThumbnailPlan(title, subtitle, template, Optional.of(badge), picture, person);
  }

  /** A copy over a picture. */
  public ThumbnailPlan withPicture(BufferedImage picture) {
    return new ThumbnailPlan(title, subtitle, template, badge, Optional.of(picture), person);
  }

  /** A copy with somebody who was cut out, such as by a {@link PersonCutter}. */
  public ThumbnailPlan withPerson(BufferedImage person) {
    return new ThumbnailPlan(title, subtitle, template, badge, picture, Optional.of(person));
  }
}
