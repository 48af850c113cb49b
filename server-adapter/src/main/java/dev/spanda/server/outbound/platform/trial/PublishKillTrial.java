package dev.spanda.server.outbound.platform.trial;

import dev.spanda.core.Ids;
import dev.spanda.core.Page;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.job.Jobs;
import dev.spanda.core.store.FolderBlobStore;
import dev.spanda.core.store.Leases;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import dev.spanda.core.store.trial.KillTrial;
import dev.spanda.media.publish.Connections;
import dev.spanda.media.publish.Platform;
import dev.spanda.media.publish.Publication;
import dev.spanda.media.publish.Publications;
import dev.spanda.server.outbound.Fetcher;
import dev.spanda.server.outbound.platform.Access;
import dev.spanda.server.outbound.platform.Platforms;
import dev.spanda.server.outbound.platform.Sites;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Kills a process that publishes, again and again, while requests break as well, and counts how
 * often each publication has appeared on each platform. The platforms are {@link FakeSites} of the
 * process that kills, so that what appeared is counted outside of the one that dies. The processes
 * publish each thing on all platforms, by the connectors, the engine and the jobs that the server
 * runs; only the platforms' settling times and polls are shortened, to {@code 2 s} and {@code 50
 * ms}, and the fakes list what appeared after {@code 100 ms}.
 *
 * <p>The control is the engine told that a step whose answer was lost was never taken. Of one
 * trial, by one thread.
 */
public final class PublishKillTrial implements KillTrial.Subject, AutoCloseable {

  private static final String OWNER = "org_kill";
  private static final int LONGEST_ROUND_MILLIS = 1_200;
  private static final double FAULT_RATE = 0.2;

  /** The control has to be caught within a round. */
  private static final double CONTROL_FAULT_RATE = 0.3;

  /** So many publications end in a round before the time begins after which it is killed. */
  private static final int READY = 5;

  private static final int CONTROL_READY = 25;

  private static final int UNDER_WAY = 40;
  private static final int ASKED_AGAIN = 3;
  private static final int MOST_TOLD = 5;
  private static final Duration SETTLING = Duration.ofSeconds(2);
  private static final Duration LONGEST_POLL = Duration.ofMillis(50);
  private static final Duration PATIENCE = Duration.ofMillis(400);
  private static final Duration LONGEST_END = Duration.ofMinutes(3);
  private static final FakeSites.Pace PACE =
      new FakeSites.Pace(Duration.ofMillis(100), PATIENCE.multipliedBy(2), 1);
  private static final Jobs.Settings JOBS =
      new Jobs.Settings(8, Duration.ofMillis(200), Duration.ofMillis(25));
  private static final Map<String, String> ACCOUNTS =
      Map.of(
          "youtube", "UC1",
          "instagram", "ig1",
          "tiktok", "tiktok1",
          "facebook", "page1",
          "linkedin", "urn:li:organization:1");

  private final KillTrial.Options options;
  private final FakeSites sites;
  private final Random random;
  private final Map<FakeSites.Fault, Integer> faults = new EnumMap<>(FakeSites.Fault.class);
  private int requestsBefore;
  private volatile boolean calm;
  private String more = "";

  private PublishKillTrial(KillTrial.Options options) throws IOException {
    this.options = options;
    this.random = new Random(options.seed());
    this.sites = new FakeSites(Clock.systemUTC(), this::fault, PACE);
  }

  /** Runs a trial; a round takes about five seconds, the end some more. */
  public static KillTrial.Result run(KillTrial.Options options) {
    try (PublishKillTrial trial = new PublishKillTrial(options)) {
      return KillTrial.run(options, trial);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private FakeSites.Fault fault(FakeSites.Seen seen) {
    if (calm || random.nextDouble() >= (options.control() ? CONTROL_FAULT_RATE : FAULT_RATE)) {
      return FakeSites.Fault.NONE;
    }
    FakeSites.Fault fault = FakeSites.Fault.of(seen, random);
    faults.merge(fault, 1, Integer::sum);
    return fault;
  }

  @Override
  public KillTrial.Words words() {
    return new KillTrial.Words(
        "publications accepted",
        "that did not appear exactly once with their bytes",
        "all that was accepted",
        "takes a lost answer for a no");
  }

  @Override
  public Class<?> victim() {
    return PublishKillTrial.class;
  }

  @Override
  public List<String> arguments(int round) {
    return List.of(
        options.folder().toString(),
        Integer.toString(round),
        Boolean.toString(options.control()),
        sites.base().toString());
  }

  @Override
  public int longestMillis() {
    return LONGEST_ROUND_MILLIS;
  }

  @Override
  public KillTrial.Finding look(int round, List<List<String>> told) {
    int requests = sites.requests().size();
    boolean heard = requests > requestsBefore;
    requestsBefore = requests;
    try (Node node = new Node(options.folder(), sites.base(), options.control())) {
      boolean kept =
          told.stream()
              .allMatch(words -> node.publications.findByKey(OWNER, words.get(0)).isPresent());
      return new KillTrial.Finding(0, heard, kept);
    }
  }

  /** Publishes what is left, while nothing breaks any more, and counts. */
  @Override
  public KillTrial.Finding end() {
    calm = true;
    try (Node node = new Node(options.folder(), sites.base(), options.control())) {
      boolean over = node.finish();
      Map<String, Integer> appeared = new HashMap<>();
      int otherBytes = 0;
      for (FakeSites.Shown shown : sites.shown()) {
        String platform = shown.platform().replace("-photo", "");
        appeared.merge(platform + " " + shown.text(), 1, Integer::sum);
        otherBytes += Arrays.equals(shown.media(), media(shown.text())) ? 0 : 1;
      }
      int once = 0;
      int never = 0;
      int often = 0;
      int all = 0;
      List<String> left = new ArrayList<>();
      for (Publication each : node.all()) {
        Integer times = appeared.remove(each.plan().platform() + " " + each.plan().text());
        all++;
        once += times != null && times == 1 ? 1 : 0;
        often += times != null && times > 1 ? 1 : 0;
        never += times == null ? 1 : 0;
        if (each.status() != Publication.Status.COMPLETE && left.size() < MOST_TOLD) {
          left.add(
              each.plan().platform()
                  + " "
                  + each.plan().text()
                  + " "
                  + each.status()
                  + each.trouble().map(why -> " " + why).orElse("")
                  + ", faults "
                  + each.faults()
                  + ", due "
                  + each.nextAt());
        }
      }
      more =
          String.format(
              java.util.Locale.ROOT,
              "; %,d publications in the store: %,d appeared once, %,d more than once, %,d never,"
                  + " %,d with other bytes, %,d that nobody asked for; %,d faults %s%s",
              all,
              once,
              often,
              never,
              otherBytes,
              appeared.size(),
              faults.values().stream().mapToInt(Integer::intValue).sum(),
              faults,
              left.isEmpty() ? "" : "; not complete: " + left);
      return new KillTrial.Finding((long) never + often + otherBytes + appeared.size(), over, over);
    }
  }

  @Override
  public String more() {
    return more;
  }

  @Override
  public void close() {
    sites.close();
  }

  /** The bytes of a thing, as its text decides. */
  private static byte[] media(String text) {
    Random bytes = new Random(text.hashCode());
    byte[] media = new byte[500 + bytes.nextInt(4_000)];
    bytes.nextBytes(media);
    return media;
  }

  private static Publication.Plan plan(String platform, String thing) {
    Publication.Kind kind =
        switch (platform) {
          case "youtube", "tiktok" -> Publication.Kind.VIDEO;
          case "linkedin" -> Publication.Kind.POST;
          default -> Publication.Kind.REEL;
        };
    return new Publication.Plan(
        platform,
        kind,
        thing,
        platform.equals("youtube") ? thing : "",
        thing,
        List.of(),
        Publication.Privacy.PUBLIC,
        Optional.empty(),
        Publication.Extras.NONE);
  }

  /** The process that is killed; arguments: folder, round, whether it is the control, the sites. */
  public static void main(String[] arguments) throws InterruptedException {
    int round = Integer.parseInt(arguments[1]);
    try (Node node =
        new Node(
            Path.of(arguments[0]), URI.create(arguments[3]), Boolean.parseBoolean(arguments[2]))) {
      node.start();
      // A caller that does not know whether it was heard asks again with its key.
      for (int number = 0; round > 0 && number < ASKED_AGAIN; number++) {
        for (String platform : ACCOUNTS.keySet()) {
          String unused = node.publish(platform, (round - 1) + "." + number);
        }
      }
      int ready = Boolean.parseBoolean(arguments[2]) ? CONTROL_READY : READY;
      List<List<String>> keys = new ArrayList<>();
      for (int number = 0; ; number++) {
        for (String platform : ACCOUNTS.keySet()) {
          keys.add(List.of(node.publish(platform, round + "." + number)));
          if (node.over.get() >= ready) {
            KillTrial.tell(keys);
            keys.clear();
          }
        }
      }
    }
  }

  /** A server's share of publishing, on a folder. */
  private static final class Node implements AutoCloseable {
    private final Semaphore ended = new Semaphore(0);
    final AtomicInteger over = new AtomicInteger();
    private final Store store;
    private final Fetcher fetcher = new Fetcher(Set.of("127.0.0.1"), null);
    private final Jobs jobs;
    private final Connections connections;
    final Publications publications;

    Node(Path folder, URI base, boolean control) {
      Clock clock = Clock.systemUTC();
      EventBus bus = new EventBus();
      Ids ids = Ids.secure();
      store = Store.open(StoreLocation.folder(folder));
      jobs = new Jobs(store, clock, bus, ids, JOBS);
      connections = new Connections(store, clock, new Unsealed());
      Sites on = Sites.on(base);
      List<Platform> platforms = new ArrayList<>();
      Access access =
          new Access(fetcher, on, clock, connections, new Leases(store, clock, "node"), Map.of());
      Platforms.Pace pace = new Platforms.Pace(1_000, 1_500, 1_000, PATIENCE);
      Platforms.of(fetcher, on, access, clock, pace)
          .forEach(each -> platforms.add(new Hurried(each, control)));
      publications =
          new Publications(
              store,
              new FolderBlobStore(folder.resolve("media"), ids),
              clock,
              bus,
              ids,
              connections,
              new Publications.Crew(
                  (owner, reference) ->
                      new Publications.Source.Media(
                          "video/mp4", new ByteArrayInputStream(media(reference))),
                  Optional.empty(),
                  Optional.empty(),
                  platforms,
                  Optional.empty()),
              jobs);
      bus.subscribe(
          Publication.Ended.class,
          event -> {
            over.incrementAndGet();
            ended.release();
          });
    }

    /** Begins to publish; so many may be under way at once. */
    void start() {
      ACCOUNTS.forEach(
          (platform, account) ->
              connections.connect(
                  OWNER,
                  platform,
                  account,
                  "",
                  false,
                  new Connections.Tokens("token", "", Optional.empty())));
      int unused = publications.sweep();
      ended.release(Math.max(0, UNDER_WAY - publications.unfinished().size()));
      jobs.start();
    }

    String publish(String platform, String number) throws InterruptedException {
      String key = platform + "." + number;
      ended.acquire();
      Publication unused =
          publications.publish(OWNER, "pub", plan(platform, "thing " + number), Optional.of(key));
      return key;
    }

    /** Publishes what is left; false when it takes too long. */
    boolean finish() {
      start();
      long end = System.nanoTime() + LONGEST_END.toNanos();
      try {
        while (!publications.unfinished().isEmpty()) {
          if (System.nanoTime() > end) {
            return false;
          }
          boolean unused = ended.tryAcquire(UNDER_WAY + 1, 200, TimeUnit.MILLISECONDS);
        }
        return true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    List<Publication> all() {
      List<Publication> all = new ArrayList<>();
      Page<Publication> page;
      do {
        page = publications.list(OWNER, Optional.empty(), 100, all.size());
        all.addAll(page.items());
      } while (!page.items().isEmpty());
      return all;
    }

    @Override
    public void close() {
      jobs.close();
      fetcher.close();
      store.close();
    }
  }

  /** The trial has no secrets. */
  private static final class Unsealed implements Connections.Seal {
    @Override
    public String seal(String text, String name) {
      return text;
    }

    @Override
    public String open(String sealed, String name) {
      return sealed;
    }
  }

  /**
   * A platform that is awaited for less long; as a control, one that says nothing ever happened.
   */
  private static final class Hurried extends PlatformAround {
    private final boolean control;

    Hurried(Platform real, boolean control) {
      super(real);
      this.control = control;
    }

    @Override
    public Duration settling() {
      return control ? Duration.ZERO : SETTLING;
    }

    @Override
    public Step next(Work work) {
      return hurried(super.next(work));
    }

    @Override
    public Finding find(Work work) {
      if (control) {
        return new Finding.Absent(Map.of());
      }
      Finding finding = super.find(work);
      return finding instanceof Finding.There there
          ? new Finding.There(hurried(there.step()))
          : finding;
    }

    private static Step hurried(Step step) {
      return step instanceof Step.Waits waits ? new Step.Waits(waits.notes(), LONGEST_POLL) : step;
    }
  }
}
