package dev.spanda.server.wavestack;

import dev.spanda.core.Ids;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.file.Files;
import dev.spanda.core.job.Jobs;
import dev.spanda.core.project.Projects;
import dev.spanda.core.quota.Limiter;
import dev.spanda.core.store.BlobStore;
import dev.spanda.core.store.Leases;
import dev.spanda.core.store.Store;
import dev.spanda.core.text.TextModel;
import dev.spanda.media.queue.Outbox;
import dev.spanda.media.social.SocialFeed;
import dev.spanda.media.thumbnail.Thumbnails;
import dev.spanda.server.gate.identity.Accounts;
import dev.spanda.server.gate.identity.ApiKeys;
import dev.spanda.server.gate.identity.Clients;
import dev.spanda.server.gate.identity.Tokens;
import dev.spanda.server.gate.identity.Vault;
import dev.spanda.server.http.Mount;
import dev.spanda.server.outbound.Fetcher;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * WaveStack, put together: its nine services and the door before them. Made before the jobs are
 * started, because the services register the kinds of theirs.
 */
public final class Wavestack implements AutoCloseable {

  /** The API that accounts, keys, clients and tokens belong to; mounts begin with it. */
  public static final String NAME = "wavestack";

  /** The organisation of the document, which a demo has. */
  public static final String DEMO_ORGANISATION = "org_123";

  /** The organisation of callers from this machine without credentials, when there is no demo. */
  public static final String LOCAL_ORGANISATION = "local";

  private static final Logger LOG = LoggerFactory.getLogger(Wavestack.class);

  private final Tokens tokens;
  private final List<Service> services = new ArrayList<>();
  private final Map<String, Served> served = new LinkedHashMap<>();
  private final Future<?> cleaning;

  /**
   * What WaveStack needs of the house.
   *
   * @param jobs not started yet
   * @param limiter counts requests; one that nodes share when they share the store
   * @param limitFactor multiplies the documented limits
   * @param blobs contents that are no files of a person
   * @param files what organisations keep, such as assets
   * @param vault keeps the keys of tokens and other secrets
   * @param textModel writes and answers
   * @param dataFolder where a service may keep a folder of its own, below {@code wavestack}
   * @param demo whether the examples of the document find what they name
   * @param storeAnswers whether the store can be read now
   */
  public record Needs(
      Store store,
      Jobs jobs,
      Clock clock,
      Ids ids,
      EventBus bus,
      ScheduledExecutorService timer,
      Limiter limiter,
      int limitFactor,
      Fetcher fetcher,
      BlobStore blobs,
      Files files,
      Projects projects,
      Accounts accounts,
      ApiKeys keys,
      Clients clients,
      Vault vault,
      TextModel textModel,
      Path dataFolder,
      boolean demo,
      BooleanSupplier storeAnswers) {

    /** A folder of a service's own. */
    Path folder(String name) {
      return dataFolder.resolve(NAME).resolve(name);
    }

    /**
     * The leases of this node. On SQLite there is no other: its own of before a crash are taken
     * again at once.
     */
    Leases leases() {
      return new Leases(
          store, clock, store.dialect() == Store.Dialect.SQLITE ? NAME : ids.next("node"));
    }
  }

  /**
   * A mount and where the document puts it.
   *
   * @param port the documented port
   * @param title what a person calls the service
   */
  public record Served(Mount mount, int port, String title) {}

  /** Puts it together and begins to sweep. */
  public Wavestack(Needs needs) {
    tokens = tokens(needs);
    Door door =
        new Door(
            tokens,
            needs.keys(),
            needs.clients(),
            needs.accounts(),
            needs.demo() ? DEMO_ORGANISATION : LOCAL_ORGANISATION);
    SocialFeed feed =
        new SocialFeed(needs.store(), needs.clock(), needs.bus(), SocialFeed.Settings.DEFAULT);
    ClipperService clipper = new ClipperService(needs);
    PersonalityService personality = new PersonalityService(needs);
    Thumbnails thumbnails = ThumbnailService.thumbnails(needs);
    OwnMedia own = new OwnMedia(new AssetShelf(needs.files()), clipper.clips(), thumbnails);
    // Shows what waits in the Core App's queue, and what both publishers are given.
    Publishing publishing =
        new Publishing(
            needs,
            own,
            new Outbox(needs.folder("outbox"), needs.clock()),
            personality.persona(),
            needs.demo() ? AssetShelf.assetId(CoreService.DEMO_FILE) : null);
    // A line each, in the order of the document.
    services.add(new CoreService(needs, tokens, door, publishing));
    services.add(clipper);
    services.add(personality);
    services.add(new SocialService(needs, feed));
    services.add(new AutomodService(needs));
    services.add(new ThumbnailService(needs, thumbnails, own));
    services.add(new YoutubeService(publishing));
    services.add(new PublisherService(publishing));
    services.add(new AnalyticsService(needs, feed));
    for (Service service : services) {
      served.put(
          service.place().mount(),
          new Served(service.mount(needs, door), service.place().port(), service.place().title()));
      if (needs.demo()) {
        service.seed();
      }
    }
    cleaning = needs.timer().scheduleWithFixedDelay(this::clean, 1, 1, TimeUnit.HOURS);
  }

  private static Tokens tokens(Needs needs) {
    return new Tokens(
        needs.store(),
        needs.clock(),
        needs.ids(),
        needs.vault(),
        Tokens.Settings.of(NAME, Tokens.Algorithm.RS256));
  }

  /** The mounts by their names, to be served, in the order of the document. */
  public Map<String, Served> mounts() {
    return new LinkedHashMap<>(served);
  }

  private void clean() {
    try {
      tokens.sweep();
    } catch (RuntimeException e) {
      LOG.warn("Keys that have ended could not be removed", e);
    }
  }

  @Override
  public void close() {
    cleaning.cancel(false);
    for (Service service : services) {
      service.close();
    }
  }
}
