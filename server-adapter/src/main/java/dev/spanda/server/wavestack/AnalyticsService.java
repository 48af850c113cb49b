package dev.spanda.server.wavestack;

import dev.spanda.contract.wavestack.AnalyticsApi;
import dev.spanda.media.analytics.Analytics;
import dev.spanda.media.social.Platform;
import dev.spanda.media.social.PlatformEvent;
import dev.spanda.media.social.SocialFeed;
import dev.spanda.server.http.Mount;
import java.time.Instant;

/** The Analytics Dashboard. */
final class AnalyticsService extends Service {

  private final Wavestack.Needs needs;
  private final Analytics analytics;

  AnalyticsService(Wavestack.Needs needs, SocialFeed feed) {
    super(Place.ANALYTICS);
    this.needs = needs;
    this.analytics = new Analytics(needs.store(), needs.clock(), new Heard(feed));
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
              organisation,
              Platform.parse(platform),
              PlatformEvent.Type.FOLLOW,
              from,
              until)
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
}
