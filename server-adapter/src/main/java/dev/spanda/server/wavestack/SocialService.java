package dev.spanda.server.wavestack;

import dev.spanda.contract.wavestack.ConnectorsApi;
import dev.spanda.contract.wavestack.SocialApi;
import dev.spanda.contract.wavestack.StreamSocket;
import dev.spanda.core.event.Subscription;
import dev.spanda.media.social.SocialFeed;
import dev.spanda.server.http.Mount;
import dev.spanda.server.outbound.social.Connectors;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The Social Ingest. */
final class SocialService extends Service {

  private static final Logger LOG = LoggerFactory.getLogger(SocialService.class);

  private final Wavestack.Needs needs;
  private final SocialFeed feed;
  private final StreamEndpoint stream;
  private final Subscription telling;
  private final Listening listening;
  private final Future<?> pruning;
  private @Nullable DemoFeed demo;

  SocialService(Wavestack.Needs needs, SocialFeed feed) {
    super(Place.SOCIAL);
    this.needs = needs;
    this.feed = feed;
    stream = new StreamEndpoint(needs.clock());
    telling = needs.bus().subscribe(SocialFeed.Heard.class, stream::tell);
    listening =
        new Listening(
            needs.store(),
            needs.vault(),
            needs.clock(),
            needs.fetcher(),
            feed,
            Connectors.Pauses.DEFAULT,
            needs.leases(),
            Listening.Turns.DEFAULT);
    listening.start();
    pruning = needs.timer().scheduleWithFixedDelay(this::prune, 5, 60, TimeUnit.MINUTES);
  }

  private void prune() {
    try {
      feed.prune();
    } catch (RuntimeException e) {
      LOG.warn("Old messages could not be removed", e);
    }
  }

  @Override
  void keep(Mount.Builder mount) {
    mount
        .endpoints(
            SocialApi.class,
            organised(organisation -> new SocialEndpoints(feed, needs.clock(), organisation)))
        .endpoints(
            ConnectorsApi.class,
            organised(organisation -> new ConnectorsEndpoints(listening, organisation)))
        .socket(StreamSocket.PATH, stream.hub());
  }

  @Override
  Map<String, String> spellings() {
    return Map.of(
        "creators", "names",
        "channel_name", "channel.name",
        "author_id", "author.id",
        "author_name", "author.name",
        "author_role", "author.role");
  }

  @Override
  void seed() {
    demo = new DemoFeed(feed, needs.clock(), needs.timer());
  }

  @Override
  public void close() {
    if (demo != null) {
      demo.close();
    }
    pruning.cancel(false);
    listening.close();
    telling.close();
    feed.close();
  }
}
