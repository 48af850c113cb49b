package dev.spanda.server.outbound.platform;

import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.store.BlobStore;
import dev.spanda.core.store.FolderBlobStore;
import dev.spanda.core.store.Leases;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import dev.spanda.media.publish.Connections;
import dev.spanda.media.publish.Platform;
import dev.spanda.media.publish.Publication;
import dev.spanda.media.publish.Publications;
import dev.spanda.server.outbound.Fetcher;
import dev.spanda.server.outbound.platform.trial.FakeSites;
import dev.spanda.server.outbound.platform.trial.PlatformAround;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/**
 * Publishes many things to all platforms while requests break and the process dies, from a seed,
 * and counts how often each has appeared.
 */
final class ExactlyOnceTrial implements AutoCloseable {

  /** Who publishes. */
  enum Publisher {
    /** The engine. */
    ENGINE,
    /** The engine, told that what was lost never happened. */
    FORGETFUL,
    /** Begins again whenever something goes wrong, and records nothing. */
    NAIVE
  }

  /** The process ends here. */
  static final class Crash extends Error {
    private static final long serialVersionUID = 1L;
  }

  /**
   * What came of it.
   *
   * @param appearances how often each publication appeared, by its text
   */
  record Outcome(
      int publications,
      Map<FakeSites.Fault, Integer> faults,
      int crashes,
      Map<String, Integer> appearances,
      List<String> wrong) {
    int total() {
      return faults.values().stream().mapToInt(Integer::intValue).sum() + crashes;
    }
  }

  private static final Instant START = Instant.parse("2026-01-15T10:00:00Z");
  static final Platforms.Pace SMALL =
      new Platforms.Pace(1_000, 1_500, 1_000, Duration.ofSeconds(30));

  /** No answer at all is here a connection that ends at once: minutes would be waited for. */
  private static final FakeSites.Pace PACE =
      new FakeSites.Pace(Duration.ofSeconds(40), Duration.ZERO, 7);

  private final Random random;
  private final double rate;
  private final Publisher publisher;
  private final SettableClock clock = SettableClock.at(START);
  private final FakeSites sites;
  private final Fetcher fetcher;
  private final Store store;
  private final BlobStore blobs;
  private final Ids ids;
  private final Connections connections;
  private final Map<FakeSites.Fault, Integer> faults = new EnumMap<>(FakeSites.Fault.class);
  private final Map<String, byte[]> media = new HashMap<>();
  private int crashes;
  private Publications engine;

  ExactlyOnceTrial(long seed, double rate, Publisher publisher, Path folder) throws IOException {
    this.random = new Random(seed);
    this.rate = rate;
    this.publisher = publisher;
    this.sites = new FakeSites(clock, seen -> fault(seen), PACE);
    this.fetcher = new Fetcher(Set.of("127.0.0.1"), null);
    this.store = Store.open(StoreLocation.memory());
    this.ids = new Ids(new Random(seed + 1));
    this.blobs = new FolderBlobStore(folder, ids);
    this.connections = new Connections(store, clock, Seals.PLAIN);
    for (String platform : List.of("youtube", "instagram", "tiktok", "facebook", "linkedin")) {
      String account =
          switch (platform) {
            case "instagram" -> "ig1";
            case "facebook" -> "page1";
            case "linkedin" -> "urn:li:organization:1";
            default -> platform + "-1";
          };
      connections.connect(
          "org",
          platform,
          account,
          "",
          false,
          new Connections.Tokens("token", "", Optional.empty()));
    }
    this.engine = engine();
  }

  @Override
  public void close() {
    fetcher.close();
    sites.close();
    store.close();
  }

  private FakeSites.Fault fault(FakeSites.Seen seen) {
    if (random.nextDouble() >= rate) {
      return FakeSites.Fault.NONE;
    }
    FakeSites.Fault fault = FakeSites.Fault.of(seen, random);
    faults.merge(fault, 1, Integer::sum);
    return fault;
  }

  private void maybeCrash() {
    if (publisher != Publisher.NAIVE && random.nextDouble() < rate / 4) {
      crashes++;
      throw new Crash();
    }
  }

  private List<Platform> platforms() {
    Sites on = Sites.on(sites.base());
    return Platforms.of(
        fetcher,
        on,
        new Access(fetcher, on, clock, connections, new Leases(store, clock, "node"), Map.of()),
        clock,
        SMALL);
  }

  private Publications engine() {
    List<Platform> crashing = new ArrayList<>();
    platforms().forEach(platform -> crashing.add(new Crashing(platform)));
    return new Publications(
        store,
        blobs,
        clock,
        new EventBus(),
        ids,
        connections,
        new Publications.Crew(
            this::open, Optional.empty(), Optional.empty(), crashing, Optional.empty()),
        (id, owner, turn, when) -> maybeCrash());
  }

  private Publications.Source.Media open(String owner, String reference) {
    return new Publications.Source.Media(
        reference.endsWith("picture") ? "image/jpeg" : "video/mp4",
        new ByteArrayInputStream(media.get(reference)));
  }

  private Publication.Plan plan(int number) {
    String platform =
        List.of("youtube", "instagram", "tiktok", "facebook", "linkedin").get(number % 5);
    boolean picture =
        number % 3 == 0 && (platform.equals("facebook") || platform.equals("linkedin"));
    String text = "publication " + number;
    String reference = "https://example.com/" + number + (picture ? "picture" : "video");
    byte[] bytes = new byte[500 + random.nextInt(4_000)];
    random.nextBytes(bytes);
    media.put(reference, bytes);
    Publication.Kind kind =
        switch (platform) {
          case "youtube", "tiktok" -> Publication.Kind.VIDEO;
          case "linkedin" -> Publication.Kind.POST;
          default -> picture ? Publication.Kind.POST : Publication.Kind.REEL;
        };
    return new Publication.Plan(
        platform,
        kind,
        reference,
        platform.equals("youtube") ? text : "",
        text,
        List.of(),
        Publication.Privacy.PUBLIC,
        Optional.empty(),
        Publication.Extras.NONE);
  }

  /** Publishes so many things and says what came of it. */
  Outcome run(int publications) {
    List<String> wrong = new ArrayList<>();
    Map<String, Publication.Plan> plans = new LinkedHashMap<>();
    for (int i = 0; i < publications; i++) {
      Publication.Plan plan = plan(i);
      plans.put(plan.text(), plan);
      if (publisher == Publisher.NAIVE) {
        naively(plan);
      } else {
        ask(plan);
      }
    }
    if (publisher != Publisher.NAIVE) {
      work();
      for (Publication each : all()) {
        if (each.status() != Publication.Status.COMPLETE) {
          wrong.add(each.plan().text() + " is " + each.status() + ": " + each.trouble());
        }
      }
    }
    Map<String, Integer> appearances = new LinkedHashMap<>();
    plans.keySet().forEach(text -> appearances.put(text, 0));
    for (FakeSites.Shown shown : sites.shown()) {
      appearances.merge(shown.text(), 1, Integer::sum);
      Publication.Plan plan = plans.get(shown.text());
      if (plan == null) {
        wrong.add("nobody asked for " + shown.text());
      } else if (!java.util.Arrays.equals(shown.media(), media.get(plan.source()))) {
        wrong.add(shown.text() + " has other bytes");
      }
    }
    return new Outcome(publications, faults, crashes, appearances, wrong);
  }

  /** A caller that does not know whether it was heard asks again with its key. */
  private void ask(Publication.Plan plan) {
    for (; ; ) {
      try {
        engine.publish("org", "pub", plan, Optional.of(plan.text()));
        if (random.nextDouble() < rate) {
          engine.publish("org", "pub", plan, Optional.of(plan.text()));
        }
        return;
      } catch (Crash crash) {
        restart();
      } catch (Failure busy) {
        if (busy.reason() != Failure.Reason.RATE_LIMITED) {
          throw busy;
        }
        work();
      }
    }
  }

  private void restart() {
    engine = engine();
    int unused = engine.sweep();
  }

  private void work() {
    for (Map<String, Long> left = engine.unfinished();
        !left.isEmpty();
        left = engine.unfinished()) {
      Instant next = Instant.MAX;
      boolean worked = false;
      for (Map.Entry<String, Long> turn : left.entrySet()) {
        Instant due = engine.find(turn.getKey()).nextAt();
        if (due.isAfter(clock.instant())) {
          next = due.isBefore(next) ? due : next;
          continue;
        }
        worked = true;
        try {
          engine.run(turn.getKey(), turn.getValue(), publication -> maybeCrash());
          // A turn may be delivered twice.
          engine.run(turn.getKey(), turn.getValue(), publication -> maybeCrash());
        } catch (Crash crash) {
          restart();
        }
      }
      if (!worked) {
        clock.set(next);
      }
    }
  }

  private List<Publication> all() {
    List<Publication> all = new ArrayList<>();
    long total;
    do {
      var page = engine.list("org", Optional.empty(), 100, all.size());
      all.addAll(page.items());
      total = page.total();
    } while (all.size() < total);
    return all;
  }

  /** What a publisher does that trusts in trying again. */
  private void naively(Publication.Plan plan) {
    Platform platform =
        platforms().stream()
            .filter(each -> each.name().equals(plan.platform()))
            .findFirst()
            .orElseThrow();
    byte[] bytes = media.get(plan.source());
    Platform.Content content =
        new Platform.Content() {
          @Override
          public String type() {
            return plan.source().endsWith("picture") ? "image/jpeg" : "video/mp4";
          }

          @Override
          public long size() {
            return bytes.length;
          }

          @Override
          public InputStream open(long offset, long length) {
            int from = (int) Math.min(offset, bytes.length);
            return new ByteArrayInputStream(
                bytes, from, (int) Math.min(length, bytes.length - from));
          }
        };
    for (; ; ) {
      Map<String, String> notes = Map.of();
      try {
        for (; ; ) {
          Platform.Step step =
              platform.next(
                  new Platform.Work(
                      ids.next("pub"),
                      plan,
                      connections.require("org", plan.platform()),
                      notes,
                      content,
                      Optional.empty(),
                      false,
                      Optional.empty()));
          if (step instanceof Platform.Step.Appeared) {
            return;
          }
          notes =
              step instanceof Platform.Step.Taken taken
                  ? taken.notes()
                  : ((Platform.Step.Waits) step).notes();
        }
      } catch (Failure tryAgain) {
        clock.advance(Duration.ofSeconds(10));
      }
    }
  }

  /** Dies now and then just before a step, or after it and before anybody knows. */
  private final class Crashing extends PlatformAround {

    Crashing(Platform real) {
      super(real);
    }

    @Override
    public Duration settling() {
      return publisher == Publisher.FORGETFUL ? Duration.ZERO : super.settling();
    }

    @Override
    public Step next(Work work) {
      maybeCrash();
      Step step = super.next(work);
      maybeCrash();
      return step;
    }

    @Override
    public Finding find(Work work) {
      maybeCrash();
      if (publisher == Publisher.FORGETFUL) {
        return new Finding.Absent(Map.of());
      }
      Finding finding = super.find(work);
      maybeCrash();
      return finding;
    }
  }
}
