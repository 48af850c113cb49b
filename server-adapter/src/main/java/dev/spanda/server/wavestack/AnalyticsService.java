package dev.spanda.server.wavestack;

import dev.spanda.contract.wavestack.AnalyticsApi;
import dev.spanda.core.event.Subscription;
import dev.spanda.media.analytics.Analytics;
import dev.spanda.media.analytics.Fact;
import dev.spanda.media.analytics.Report;
import dev.spanda.media.publish.Publication;
import dev.spanda.media.queue.Queue;
import dev.spanda.media.queue.QueueItem;
import dev.spanda.media.social.Platform;
import dev.spanda.media.social.PlatformEvent;
import dev.spanda.media.social.SocialFeed;
import dev.spanda.server.http.Mount;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The Analytics Dashboard. */
final class AnalyticsService extends Service {

  private static final int DEMO_DAYS = 14;
  private static final int LONGEST_ID = 128;

  private final Wavestack.Needs needs;
  private final Analytics analytics;
  private final List<Subscription> hearing;

  AnalyticsService(Wavestack.Needs needs, SocialFeed feed) {
    super(Place.ANALYTICS);
    this.needs = needs;
    this.analytics = new Analytics(needs.store(), needs.clock(), new Heard(feed));
    this.hearing =
        List.of(
            needs.bus().subscribe(Queue.Changed.class, changed -> published(changed.item())),
            needs
                .bus()
                .subscribe(Publication.Ended.class, ended -> published(ended.publication())));
  }

  /** What the queue has shown somewhere; what it shows through a publication has the same id. */
  private void published(QueueItem item) {
    for (QueueItem.Result result : item.results()) {
      if (result.published()) {
        keep(
            item.owner(),
            item.draft().title(),
            result.platform().word(),
            result.reference(),
            result.at());
      }
    }
  }

  private void published(Publication publication) {
    if (publication.status() == Publication.Status.COMPLETE) {
      keep(
          publication.owner(),
          publication.plan().title(),
          publication.plan().platform(),
          publication.remoteId(),
          publication.publishedAt().orElse(needs.clock().instant()));
    }
  }

  private void keep(String owner, String title, String platform, String reference, Instant at) {
    String id = platform + ":" + reference;
    String prefix = Wavestack.NAME + ":";
    if (Fact.PLATFORMS.contains(platform) && !reference.isEmpty() && id.length() <= LONGEST_ID) {
      analytics.published(
          owner.startsWith(prefix) ? owner.substring(prefix.length()) : owner,
          new Report.Content(id, title, platform, at, Report.Totals.NONE));
    }
  }

  /** What the Social Ingest heard; of platforms that it does not listen to it heard nothing. */
  private record Heard(SocialFeed feed) implements Analytics.Audience {
    @Override
    public long messages(String organisation, String platform, Instant from, Instant until) {
      return Platform.WORDS.contains(platform)
          ? feed.count(organisation, Platform.parse(platform), from, until)
          : 0;
    }

    @Override
    public long follows(String organisation, String platform, Instant from, Instant until) {
      return Platform.WORDS.contains(platform)
          ? feed.count(
              organisation, Platform.parse(platform), PlatformEvent.Type.FOLLOW, from, until)
          : 0;
    }
  }

  /** The facts, for whoever publishes and counts. */
  Analytics analytics() {
    return analytics;
  }

  @Override
  void keep(Mount.Builder mount) {
    mount.endpoints(
        AnalyticsApi.class,
        organised(organisation -> new AnalyticsEndpoints(analytics, needs.clock(), organisation)));
  }

  /** Content that is made up, with two weeks of counts, and says so in its titles. */
  @Override
  void seed() {
    Instant now = needs.clock().instant();
    String organisation = Wavestack.DEMO_ORGANISATION;
    List<String> platforms = List.of("youtube", "tiktok", "instagram");
    for (int item = 0; item < platforms.size(); item++) {
      String id = "content_" + (123 + item);
      String platform = platforms.get(item);
      analytics.published(
          organisation,
          new Report.Content(
              id,
              "Epic Gaming Montage " + (item + 1) + " (demo)",
              platform,
              now.minus(Duration.ofDays(DEMO_DAYS)).minusSeconds(item),
              Report.Totals.NONE));
      List<Fact> facts = new ArrayList<>();
      for (int day = 1; day < DEMO_DAYS; day++) {
        Instant at = now.minus(Duration.ofDays(day)).truncatedTo(ChronoUnit.DAYS);
        long views = (DEMO_DAYS - day) * 100L / (item + 1);
        Map<Fact.Kind, Long> counts =
            Map.of(
                Fact.Kind.VIEWS,
                views,
                Fact.Kind.ENGAGEMENT,
                views / 12,
                Fact.Kind.FOLLOWERS,
                views / 300,
                Fact.Kind.WATCH_SECONDS,
                views * 90);
        counts.forEach(
            (kind, amount) ->
                facts.add(
                    new Fact(
                        "demo_" + id + "_" + kind.word() + "_" + at,
                        platform,
                        id,
                        kind,
                        amount,
                        false,
                        at)));
      }
      analytics.record(organisation, facts);
    }
  }

  @Override
  public void close() {
    hearing.forEach(Subscription::close);
  }
}
