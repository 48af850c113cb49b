package dev.spanda.server.wavestack;

import dev.spanda.core.Failure;
import dev.spanda.media.publish.Platform;
import dev.spanda.media.publish.Publication;
import dev.spanda.media.queue.Assets;
import dev.spanda.media.queue.Outbox;
import dev.spanda.media.queue.Publisher;
import dev.spanda.media.queue.QueueItem;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The outbox as a platform: {@code local} for whoever has no account anywhere, and the stand-in of
 * every other one in a demo. The folder of a publication appears once by itself, so a step whose
 * outcome is not known is simply taken again.
 */
final class OutboxPlatform implements Platform {

  static final String NAME = "local";

  private static final int LONGEST_TITLE = 120;
  private static final int MOST_TAGS = 30;

  private final Outbox outbox;
  private final InstantSource clock;

  OutboxPlatform(Outbox outbox, InstantSource clock) {
    this.outbox = outbox;
    this.clock = clock;
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean needsAccount() {
    return false;
  }

  @Override
  public int longestText() {
    return QueueItem.Draft.LONGEST_CAPTION;
  }

  @Override
  public int mostTags() {
    return MOST_TAGS;
  }

  @Override
  public void check(Publication.Plan plan) {
    Failure.requireText("text", "Caption", plan.text(), 0, longestText());
    if (plan.tags().size() > MOST_TAGS) {
      throw Failure.outOfRange("tags", "The number of tags", plan.tags().size(), 0, MOST_TAGS, "");
    }
    if (plan.scheduledAt().isPresent()) {
      throw Failure.invalid(
          "scheduled_at", plan.scheduledAt().get(), "The outbox takes things at once only");
    }
  }

  @Override
  public void check(Publication.Plan plan, Content media) {}

  @Override
  public Duration settling() {
    return Duration.ZERO;
  }

  @Override
  public boolean commits(Work work) {
    return true;
  }

  @Override
  public Step next(Work work) {
    Publication.Plan plan = work.plan();
    String title = plan.title().isBlank() ? plan.platform() : plan.title();
    QueueItem item =
        new QueueItem(
            work.marker(),
            work.account().owner(),
            new QueueItem.Draft(
                "publications",
                work.marker(),
                title.codePointCount(0, title.length()) <= LONGEST_TITLE
                    ? title
                    : title.substring(0, title.offsetByCodePoints(0, LONGEST_TITLE)),
                plan.text(),
                hashtags(plan.tags()),
                List.of(QueueItem.Platform.parse(plan.platform())),
                plan.scheduledAt(),
                work.marker()),
            QueueItem.Status.PROCESSING,
            List.of(),
            work.account().connectedAt(),
            Optional.empty());
    String type = work.media().type();
    String ending = type.substring(type.indexOf('/') + 1).replaceAll("[^a-z0-9]", "");
    try {
      Publisher.Outcome outcome =
          outbox.publish(
              new Publisher.Work(
                  item,
                  QueueItem.Platform.parse(plan.platform()),
                  work.marker(),
                  new Assets.Asset(work.marker(), "media." + ending, type, work.media().size()),
                  (offset, length) -> open(work.media(), offset, length),
                  fraction -> {}));
      if (!(outcome instanceof Publisher.Published published)) {
        throw Failure.of(Failure.Reason.FAILED, "outbox", "The outbox did not say where it is");
      }
      return appeared(work, published.reference());
    } catch (IOException e) {
      throw Failure.of(Failure.Reason.UNAVAILABLE, "outbox", "The outbox cannot be written")
          .causedBy(e);
    }
  }

  private Step appeared(Work work, String reference) throws IOException {
    Path place = outbox.folder().resolve(reference);
    if (work.cover().isPresent()) {
      Content cover = work.cover().get().picture();
      String ending = cover.type().equals("image/png") ? ".png" : ".jpg";
      try (InputStream in = cover.open(0, Long.MAX_VALUE)) {
        Files.copy(in, place.resolve("cover" + ending), StandardCopyOption.REPLACE_EXISTING);
      }
    }
    return new Step.Appeared(
        reference,
        place.toUri().toString(),
        note(work),
        work.plan().scheduledAt().filter(when -> when.isAfter(clock.instant())));
  }

  private static InputStream open(Content media, long offset, long length) {
    return media.open(offset, length);
  }

  private static String note(Work work) {
    return work.account().standIn()
        ? work.plan().platform()
            + " is a local stand-in here: nothing has appeared on it, and url points into the"
            + " outbox"
        : "";
  }

  private static List<String> hashtags(List<String> tags) {
    List<String> plain = new ArrayList<>();
    for (String tag : tags) {
      String bare = tag.strip().replaceAll("\\s+", "").toLowerCase(Locale.ROOT);
      if (!bare.isEmpty()) {
        plain.add(bare);
      }
    }
    return plain;
  }

  @Override
  public Finding find(Work work) {
    return new Finding.Absent(Map.of());
  }
}
