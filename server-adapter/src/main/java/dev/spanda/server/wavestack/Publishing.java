package dev.spanda.server.wavestack;

import dev.spanda.core.Failure;
import dev.spanda.core.store.FolderBlobStore;
import dev.spanda.core.store.Store;
import dev.spanda.media.persona.Persona;
import dev.spanda.media.publish.Connections;
import dev.spanda.media.publish.Platform;
import dev.spanda.media.publish.Publication;
import dev.spanda.media.publish.Publications;
import dev.spanda.media.queue.Outbox;
import dev.spanda.media.queue.Publisher;
import dev.spanda.media.queue.QueueItem;
import dev.spanda.server.gate.identity.Vault;
import dev.spanda.server.outbound.platform.Access;
import dev.spanda.server.outbound.platform.Platforms;
import dev.spanda.server.outbound.platform.Sites;
import dev.spanda.server.outbound.platform.YoutubeSignIn;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the YouTube Publisher, the Social Publisher and the Core App's queue have in common: the
 * engine, the accounts and the outbox.
 */
final class Publishing implements Publisher {

  private static final List<String> PLATFORMS =
      List.of("youtube", "instagram", "tiktok", "facebook", "linkedin");
  private static final Duration LONGEST_PENDING = Duration.ofSeconds(30);
  private static final Duration SHORTEST_PENDING = Duration.ofMillis(500);

  private final Publications publications;
  private final Connections connections;
  private final YoutubeSignIn signIn;
  private final Outbox outbox;
  private final MediaSource source;
  private final Wavestack.Needs needs;

  /**
   * Puts it together.
   *
   * @param own what organisations have here
   * @param persona writes the words that are asked for
   * @param demoAsset the asset that stands for addresses of example.com, or null
   */
  Publishing(
      Wavestack.Needs needs,
      OwnMedia own,
      Outbox outbox,
      Persona persona,
      @Nullable String demoAsset) {
    this.needs = needs;
    this.outbox = outbox;
    Map<String, String> environment = settings();
    Connections.Seal seal = seal(needs.vault());
    Sites sites = Sites.of(environment);
    connections = new Connections(needs.store(), needs.clock(), seal);
    Access access =
        new Access(
            needs.fetcher(),
            sites,
            needs.clock(),
            connections,
            needs.leases(),
            Access.applications(environment));
    signIn =
        new YoutubeSignIn(
            needs.fetcher(),
            sites,
            needs.store(),
            needs.clock(),
            connections,
            seal,
            access,
            YoutubeSignIn.Settings.of(environment, needs.demo()));
    source =
        new MediaSource(
            needs.fetcher(), own, needs.folder("publish").resolve("fetched"), demoAsset);
    Platform local = new OutboxPlatform(outbox, needs.clock());
    List<Platform> platforms =
        new ArrayList<>(
            Platforms.of(needs.fetcher(), sites, access, needs.clock(), Platforms.Pace.DOCUMENTED));
    platforms.add(local);
    publications =
        new Publications(
            needs.store(),
            new FolderBlobStore(needs.folder("publish").resolve("media"), needs.ids()),
            needs.clock(),
            needs.bus(),
            needs.ids(),
            connections,
            new Publications.Crew(
                source,
                Optional.of(new PersonaAuthor(persona)),
                Optional.of(
                    new Covers(
                        new VideoFrames(
                            needs.fetcher(), needs.folder("publish").resolve("frames")))),
                platforms,
                needs.demo() ? Optional.of(local) : Optional.empty()),
            needs.jobs());
    if (needs.store().dialect() == Store.Dialect.SQLITE) {
      // No other process has the folder.
      int unused = publications.sweep();
    }
  }

  /** The environment, and in place of its variables system properties of the same names. */
  private static Map<String, String> settings() {
    Map<String, String> settings = new HashMap<>(System.getenv());
    for (String name : System.getProperties().stringPropertyNames()) {
      if (name.startsWith("SPANDA_")) {
        settings.put(name, System.getProperty(name));
      }
    }
    return settings;
  }

  private static Connections.Seal seal(Vault vault) {
    return new Connections.Seal() {
      @Override
      public String seal(String text, String name) {
        return vault.seal(text, name);
      }

      @Override
      public String open(String sealed, String name) {
        return vault.open(sealed, name);
      }
    };
  }

  Publications publications() {
    return publications;
  }

  Connections connections() {
    return connections;
  }

  YoutubeSignIn signIn() {
    return signIn;
  }

  MediaSource source() {
    return source;
  }

  /** Connects stand-ins for the demo's organisation where nothing is connected. */
  void seed(List<String> platforms) {
    String owner = new Organisation(Wavestack.DEMO_ORGANISATION, "").owner();
    for (String platform : platforms) {
      if (connections.find(owner, platform).isEmpty()) {
        connections.connect(
            owner,
            platform,
            "demo-" + platform,
            "local stand-in for " + platform,
            true,
            Connections.Tokens.NONE);
      }
    }
  }

  /**
   * A publication of the organisation, made under this prefix.
   *
   * @throws Failure NOT_FOUND, that subject
   */
  Publication find(Organisation organisation, String prefix, String subject, String id) {
    if (id.startsWith(prefix + "_")) {
      try {
        Publication found = publications.find(id);
        if (found.owner().equals(organisation.owner())) {
          return found;
        }
      } catch (Failure failure) {
        if (failure.reason() != Failure.Reason.NOT_FOUND) {
          throw failure;
        }
      }
    }
    throw Failure.notFound(subject, id);
  }

  /** The status on the wire. */
  String status(Publication publication) {
    return isAwaited(publication)
        ? "scheduled"
        : publication.status().name().toLowerCase(Locale.ROOT);
  }

  /** Whether the platform has it and does not show it before its time. */
  boolean isAwaited(Publication publication) {
    return publication.status() == Publication.Status.COMPLETE
        && publication.publishedAt().filter(when -> when.isAfter(now())).isPresent();
  }

  private Instant now() {
    return needs.clock().instant();
  }

  /** So many seconds from now. */
  Instant after(long seconds) {
    return now().plusSeconds(seconds);
  }

  /** Seconds, rounded up; null when it is over. */
  @Nullable Long estimate(Publication publication) {
    return publication.status() == Publication.Status.PROCESSING
        ? (Long) publications.remaining(publication).plusMillis(999).toSeconds()
        : null;
  }

  /** What should be known beside the outcome; null when there is nothing. */
  @Nullable String note(Publication publication) {
    if (!publication.note().isEmpty()) {
      return publication.note();
    }
    return publication.standIn()
        ? publication.plan().platform()
            + " is a local stand-in here: nothing appears on it, and url points into the outbox"
        : null;
  }

  static @Nullable String orNull(String text) {
    return text.isEmpty() ? null : text;
  }

  static boolean isTrue(@Nullable Boolean value) {
    return value != null && value;
  }

  /**
   * Publishes an item of the queue: {@code local}, and everything while the organisation has
   * connected no account at all, into the outbox; on a connected platform by the engine, under a
   * key that is the item's; on another one it fails and says what to connect.
   */
  @Override
  public Outcome publish(Work work) throws IOException {
    String owner = work.item().owner();
    String platform = work.platform().word();
    Optional<Publication> begun = publications.findByKey(owner, work.idempotencyKey());
    if (begun.isEmpty()) {
      if (work.platform() == QueueItem.Platform.LOCAL || hasNoAccount(owner)) {
        return outbox.publish(work);
      }
      if (!PLATFORMS.contains(platform)) {
        throw Failure.of(
            Failure.Reason.UNSUPPORTED, "platforms", "Nothing here publishes on " + platform);
      }
      begun =
          Optional.of(
              publications.publish(owner, "pub", plan(work), Optional.of(work.idempotencyKey())));
    }
    return outcome(begun.get(), work);
  }

  private boolean hasNoAccount(String owner) {
    return connections.list(owner).stream().allMatch(Connections.Account::standIn);
  }

  private static Publication.Plan plan(Work work) {
    QueueItem.Draft draft = work.item().draft();
    boolean picture = work.asset().mediaType().startsWith("image/");
    Publication.Kind kind =
        switch (work.platform()) {
          case YOUTUBE, TIKTOK -> Publication.Kind.VIDEO;
          case INSTAGRAM, FACEBOOK -> picture ? Publication.Kind.POST : Publication.Kind.REEL;
          default -> Publication.Kind.POST;
        };
    return new Publication.Plan(
        work.platform().word(),
        kind,
        "asset:" + work.asset().id(),
        draft.title(),
        draft.caption(),
        draft.hashtags(),
        Publication.Privacy.PUBLIC,
        Optional.empty(),
        Publication.Extras.NONE);
  }

  private Outcome outcome(Publication publication, Work work) {
    switch (publication.status()) {
      case COMPLETE -> {
        String reference =
            publication.remoteId().isEmpty() ? publication.id() : publication.remoteId();
        return new Published(
            publication.plan().platform(),
            reference,
            Optional.of(publication.url()).filter(url -> !url.isEmpty()).map(URI::create));
      }
      case FAILED -> {
        Publication.Trouble trouble = publication.trouble().orElseThrow();
        // The engine has tried again as often as makes sense: for the queue this is the end.
        throw Failure.of(
            Failure.Reason.CONFLICT,
            "platforms",
            trouble.message() + (trouble.uncertain() ? "; it may have appeared all the same" : ""));
      }
      case CANCELLED ->
          throw Failure.of(Failure.Reason.CONFLICT, "platforms", "The publication was called off");
      default -> {
        work.progress().tell(publication.percent() / 100.0);
        Duration pause = Duration.between(now(), publication.nextAt());
        if (pause.compareTo(SHORTEST_PENDING) < 0) {
          pause = SHORTEST_PENDING;
        }
        return new Pending(pause.compareTo(LONGEST_PENDING) > 0 ? LONGEST_PENDING : pause);
      }
    }
  }
}
