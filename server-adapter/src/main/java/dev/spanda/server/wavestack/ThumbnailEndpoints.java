package dev.spanda.server.wavestack;

import dev.spanda.contract.http.Content;
import dev.spanda.contract.wavestack.ThumbnailsApi;
import dev.spanda.core.Failure;
import dev.spanda.media.canvas.Resizer;
import dev.spanda.media.thumbnail.Template;
import dev.spanda.media.thumbnail.ThumbnailMaker;
import dev.spanda.media.thumbnail.ThumbnailPlan;
import dev.spanda.media.thumbnail.Thumbnails;
import java.awt.image.BufferedImage;
import java.io.InputStream;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The chapter Thumbnail Generator, for one organisation. */
final class ThumbnailEndpoints implements ThumbnailsApi {

  private static final int LONGEST_EXPRESSION = 40;
  private static final double LONGEST_VIDEO_SECONDS = 86_400;
  private static final Options NOTHING =
      new Options(null, null, null, null, null, null, null, null);

  private final Thumbnails thumbnails;
  private final PictureSources sources;
  private final Organisation organisation;

  ThumbnailEndpoints(Thumbnails thumbnails, PictureSources sources, Organisation organisation) {
    this.thumbnails = thumbnails;
    this.sources = sources;
    this.organisation = organisation;
  }

  @Override
  public Thumbnail generate(Plan plan) {
    Options options = plan.options() == null ? NOTHING : plan.options();
    Template template = template(plan.style(), options);
    Resizer.Format format = format(options.format());
    checkWords(plan.title(), 1, options.subtitle(), options);
    List<String> notes = notes(options);
    Optional<BufferedImage> picture = Optional.ofNullable(options.imageUrl()).map(sources::picture);
    return draw(plan.title(), options.subtitle(), template, options, picture, format, notes);
  }

  @Override
  public Thumbnail generateFromFrame(FramePlan plan) {
    Options options = plan.options() == null ? NOTHING : plan.options();
    if (options.imageUrl() != null) {
      throw Failure.invalid(
          "image_url",
          options.imageUrl(),
          "image_url must be absent where a video gives the frame");
    }
    Template template = template(plan.style(), options);
    Resizer.Format format = format(options.format());
    double seconds = plan.timestamp() == null ? 0 : plan.timestamp().doubleValue();
    Failure.requireInRange("timestamp", "Timestamp", seconds, 0, LONGEST_VIDEO_SECONDS, "s");
    String title = plan.overlays() == null ? null : plan.overlays().title();
    String subtitle = plan.overlays() == null ? null : plan.overlays().subtitle();
    checkWords(
        Objects.requireNonNullElse(title, ""),
        0,
        subtitle == null ? options.subtitle() : subtitle,
        options);
    List<String> notes = notes(options);
    BufferedImage frame =
        sources.frame(organisation, plan.videoUrl(), Duration.ofNanos(Math.round(seconds * 1e9)));
    return draw(
        Objects.requireNonNullElse(title, ""),
        subtitle == null ? options.subtitle() : subtitle,
        template,
        options,
        Optional.of(frame),
        format,
        notes);
  }

  @Override
  public Content file(String file) {
    int dot = file.lastIndexOf('.');
    Thumbnails.Kept kept =
        thumbnails.find(organisation.owner(), dot < 0 ? file : file.substring(0, dot));
    if (!kept.fileName().equals(file)) {
      throw Failure.notFound("thumbnail", file);
    }
    return Content.of(
        kept.format().mediaType(),
        null,
        kept.bytes(),
        out -> {
          try (InputStream in = thumbnails.open(organisation.owner(), kept.id())) {
            in.transferTo(out);
          }
        });
  }

  private Thumbnail draw(
      String title,
      @Nullable String subtitle,
      Template template,
      Options options,
      Optional<BufferedImage> picture,
      Resizer.Format format,
      List<String> notes) {
    Optional<BufferedImage> person = Optional.empty();
    if (Boolean.TRUE.equals(options.includeFace())) {
      if (picture.isEmpty()) {
        notes.add("include_face needs a picture; options.image_url gives none");
      } else {
        try {
          person = sources.cutter().cut(picture.get());
          if (person.isEmpty()) {
            notes.add("Nobody was found in the picture, so nobody was cut out");
          }
        } catch (Failure missing) {
          if (missing.reason() != Failure.Reason.UNAVAILABLE) {
            throw missing;
          }
          notes.add(Objects.requireNonNullElse(missing.getMessage(), missing.subject()));
        }
      }
    }
    Thumbnails.Kept kept =
        thumbnails.create(
            organisation.owner(),
            new ThumbnailPlan(
                title,
                Optional.ofNullable(subtitle),
                template,
                Optional.ofNullable(options.badge()),
                picture,
                person),
            format);
    return new Thumbnail(
        kept.id(),
        organisation.base() + "/thumbnails/" + kept.fileName(),
        new Dimensions(ThumbnailMaker.WIDTH, ThumbnailMaker.HEIGHT),
        kept.createdAt().truncatedTo(ChronoUnit.SECONDS),
        format.name().toLowerCase(Locale.ROOT),
        kept.bytes(),
        notes.isEmpty() ? null : List.copyOf(notes));
  }

  private static Template template(@Nullable String style, Options options) {
    Template template = style == null ? Template.CUSTOM : Template.parse(style);
    if (options.background() != null) {
      template = template.withScenery(Template.Scenery.parse(options.background()));
    }
    if (options.colors() != null) {
      if (options.colors().stream().anyMatch(Objects::isNull)) {
        throw Failure.invalid("colors", null, "colors must not hold null");
      }
      template = template.withColors(options.colors());
    }
    return template;
  }

  private static Resizer.Format format(@Nullable String word) {
    return switch (word == null ? "png" : word.strip().toLowerCase(Locale.ROOT)) {
      case "png" -> Resizer.Format.PNG;
      case "jpeg", "jpg" -> Resizer.Format.JPEG;
      case "webp" -> Resizer.Format.WEBP;
      default -> throw Failure.notAllowed("format", word, List.of("png", "jpeg", "webp"));
    };
  }

  /** Looks at the words before anything is fetched for them. */
  /** Before anything is fetched: what is too long is told without waiting for another's server. */
  private static void checkWords(
      String title, int least, @Nullable String subtitle, Options options) {
    int length = title.strip().codePointCount(0, title.strip().length());
    Failure.requireInRange(
        "title",
        "The length of the title",
        length,
        least,
        ThumbnailPlan.LONGEST_TITLE,
        "characters");
    String second = Objects.requireNonNullElse(subtitle, "").strip();
    Failure.requireInRange(
        "subtitle",
        "The length of the subtitle",
        second.codePointCount(0, second.length()),
        0,
        ThumbnailPlan.LONGEST_TITLE,
        "characters");
    String expression = Objects.requireNonNullElse(options.faceExpression(), "");
    Failure.requireInRange(
        "face_expression",
        "The length of the expression",
        expression.length(),
        0,
        LONGEST_EXPRESSION,
        "characters");
  }

  private static List<String> notes(Options options) {
    List<String> notes = new ArrayList<>();
    if (options.faceExpression() != null && !options.faceExpression().isBlank()) {
      notes.add(
          "face_expression was not used: faces are taken from pictures as they are and not made");
    }
    return notes;
  }
}
