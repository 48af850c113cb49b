package dev.spanda.server;

import dev.spanda.audio.play.AudioOutput;
import dev.spanda.audio.play.JavaSoundOutput;
import dev.spanda.audio.play.VirtualOutput;
import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.attunement.Attunements;
import dev.spanda.core.attunement.BitSource;
import dev.spanda.core.automation.Workflows;
import dev.spanda.core.blessing.Blessings;
import dev.spanda.core.blessing.Writer;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.file.Files;
import dev.spanda.core.job.Jobs;
import dev.spanda.core.ledger.Ledger;
import dev.spanda.core.population.Populations;
import dev.spanda.core.project.Projects;
import dev.spanda.core.quota.Limiter;
import dev.spanda.core.quota.RateLimiter;
import dev.spanda.core.quota.SharedLimiter;
import dev.spanda.core.radionics.Broadcasts;
import dev.spanda.core.radionics.RateBook;
import dev.spanda.core.session.Sessions;
import dev.spanda.core.store.BlobStore;
import dev.spanda.core.store.FolderBlobStore;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import dev.spanda.core.text.EmbeddedModel;
import dev.spanda.core.text.TextModel;
import dev.spanda.server.gate.identity.Accounts;
import dev.spanda.server.gate.identity.ApiKeys;
import dev.spanda.server.gate.identity.Clients;
import dev.spanda.server.gate.identity.Vault;
import dev.spanda.server.outbound.BitService;
import dev.spanda.server.outbound.ChatModel;
import dev.spanda.server.outbound.Fetcher;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/** The engines of one server: the only place where they are put together. */
final class Engines implements AutoCloseable {

  private static final String DATABASE_USER = "SPANDA_DATABASE_USER";
  private static final String DATABASE_PASSWORD = "SPANDA_DATABASE_PASSWORD";
  private static final String MODEL_URL = "SPANDA_MODEL_URL";
  private static final String MODEL_NAME = "SPANDA_MODEL_NAME";
  private static final String MODEL_KEY = "SPANDA_MODEL_KEY";
  private static final String RANDOM_DEVICE = "SPANDA_RANDOM_DEVICE";
  private static final String QUANTUM_URL = "SPANDA_QUANTUM_URL";
  private static final String QUANTUM_KEY = "SPANDA_QUANTUM_KEY";
  private static final int TIMER_THREADS = 2;

  private final boolean soundCard;

  final Clock clock = Clock.systemUTC();
  final Ids ids = Ids.secure();
  final EventBus bus = new EventBus();
  final Limiter limiter;
  final ScheduledExecutorService timer = timer();
  final Store store;
  final BlobStore blobs;
  final Jobs jobs;
  final Vault vault;
  final Accounts accounts;
  final ApiKeys apiKeys;
  final Clients clients;
  final Fetcher fetcher;
  final TextModel textModel;
  final Sessions sessions;
  final RateBook rates;
  final Broadcasts broadcasts;
  final Attunements attunements;
  final Populations populations;
  final Blessings blessings;
  private @Nullable Workflows workflows;

  /** Of a database elsewhere; SQLite is asked itself. */
  private @Nullable StoreWatch watch;

  final Ledger ledger;
  final Projects projects;
  final Files files;

  /**
   * Opens the store and what builds on it.
   *
   * @throws Failure CONFLICT, subject {@code store}, when another process has the data folder
   */
  Engines(Config config) {
    soundCard = config.soundCard();
    store = Store.open(location(config));
    try {
      // Nodes that share a database share the limits as well.
      if (store.dialect() == Store.Dialect.POSTGRESQL) {
        watch = new StoreWatch(store);
        limiter = watch.limiter(new SharedLimiter(store), new RateLimiter(clock));
      } else {
        limiter = new RateLimiter(clock);
      }
      blobs = new FolderBlobStore(config.dataFolder().resolve("files"), ids);
      jobs = new Jobs(store, clock, bus, ids);
      vault = Vault.in(config.dataFolder(), System.getenv(Vault.VARIABLE));
      accounts = new Accounts(store, clock, ids, limiter);
      apiKeys = new ApiKeys(store, clock, ids);
      clients = new Clients(store, clock, ids, limiter);
      fetcher = new Fetcher(config.allowPrivate(), limiter);
      textModel = textModel(fetcher);
      sessions = new Sessions(store, clock, bus, ids, timer);
      rates = new RateBook(store, clock);
      broadcasts = new Broadcasts(store, clock, bus, ids, timer);
      attunements = new Attunements(store, clock, bus, ids, timer, bitSources(fetcher));
      populations = new Populations(store, clock, bus, ids);
      blessings = new Blessings(new SecureRandom(), writer(textModel));
      ledger = Ledger.open(store, clock);
      projects = new Projects(store, clock, bus, ids);
      files =
          new Files(
              store,
              new FolderBlobStore(config.dataFolder().resolve("uploads"), ids),
              projects,
              clock,
              bus,
              ids,
              // An API may take less; a film of WaveStack's is the largest there is.
              new Files.Limits(2L << 30, 10L << 30, 10_000));
    } catch (RuntimeException e) {
      timer.shutdownNow();
      if (watch != null) {
        watch.close();
      }
      store.close();
      throw e;
    }
  }

  /**
   * The workflows, which begin runs from the first call on: only a server that knows their actions
   * asks for them, and before the jobs are started.
   */
  Workflows workflows() {
    if (workflows == null) {
      workflows = new Workflows(store, clock, bus, ids, jobs, timer);
    }
    return workflows;
  }

  /** The output for a mixer of that name, or the configured one for null. */
  AudioOutput output(@Nullable String mixer) {
    if (mixer != null) {
      return JavaSoundOutput.ofMixer(mixer);
    }
    return soundCard ? JavaSoundOutput.ofDefaultMixer() : new VirtualOutput(System::nanoTime);
  }

  /** Whether the store can be read now. */
  boolean storeAnswers() {
    return watch == null ? StoreWatch.ask(store) : watch.answers();
  }

  @Override
  public void close() {
    if (workflows != null) {
      workflows.close();
    }
    jobs.close();
    attunements.close();
    broadcasts.close();
    ledger.close();
    sessions.close();
    timer.shutdownNow();
    fetcher.close();
    if (watch != null) {
      watch.close();
    }
    store.close();
  }

  /** The model that the environment names, or the one that is always there. */
  private static TextModel textModel(Fetcher fetcher) {
    Map<String, String> environment = System.getenv();
    String url = environment.get(MODEL_URL);
    return url == null || url.isEmpty()
        ? new EmbeddedModel()
        : new ChatModel(
            fetcher,
            URI.create(url),
            environment.getOrDefault(MODEL_NAME, "default"),
            environment.get(MODEL_KEY));
  }

  /**
   * Where random bits come from: the system and the jitter of its clock, and what is named by the
   * property {@code spanda.random.device} or the environment, a device and a service.
   */
  private static Map<BitSource.Kind, BitSource> bitSources(Fetcher fetcher) {
    Map<String, String> environment = System.getenv();
    Map<BitSource.Kind, BitSource> sources = new EnumMap<>(BitSource.Kind.class);
    sources.put(BitSource.Kind.SYSTEM, BitSource.system());
    sources.put(BitSource.Kind.JITTER, BitSource.jitter(System::nanoTime));
    String device =
        System.getProperty("spanda.random.device", environment.getOrDefault(RANDOM_DEVICE, ""));
    if (!device.isEmpty()) {
      sources.put(BitSource.Kind.HARDWARE, BitSource.device(Path.of(device)));
    }
    String service = environment.getOrDefault(QUANTUM_URL, "");
    if (!service.isEmpty()) {
      sources.put(
          BitSource.Kind.QUANTUM, new BitService(fetcher, service, environment.get(QUANTUM_KEY)));
    }
    return sources;
  }

  /** The model that the environment names writes blessings; the one that is always there cannot. */
  private static Optional<Writer> writer(TextModel model) {
    return model instanceof EmbeddedModel ? Optional.empty() : Optional.of(new ModelWriter(model));
  }

  /** A language model that writes to order. */
  private record ModelWriter(TextModel model) implements Writer {

    private static final String TASK =
        "You write texts of good wishes that are read aloud. Answer with the text alone, in plain"
            + " sentences without headings or lists. Promise nothing and give no advice on health.";
    private static final int CHARACTERS_A_WORD = 12;

    @Override
    public String write(String prompt, int maxWords) {
      int longest = Math.min(TextModel.Prompt.LONGEST, Math.max(1, maxWords) * CHARACTERS_A_WORD);
      return model.complete(TextModel.Prompt.of(TASK, prompt, longest)).text();
    }

    @Override
    public String name() {
      return model.name();
    }
  }

  private static StoreLocation location(Config config) {
    String url = config.databaseUrl();
    if (url == null) {
      return StoreLocation.folder(config.dataFolder());
    }
    Map<String, String> environment = System.getenv();
    return StoreLocation.postgresql(
        url,
        environment.getOrDefault(DATABASE_USER, "postgres"),
        environment.getOrDefault(DATABASE_PASSWORD, ""));
  }

  private static ScheduledExecutorService timer() {
    ScheduledThreadPoolExecutor timer =
        new ScheduledThreadPoolExecutor(
            TIMER_THREADS,
            task -> {
              Thread thread = new Thread(task, "spanda-timer");
              thread.setDaemon(true);
              return thread;
            });
    // A wave that was stopped leaves no timer behind.
    timer.setRemoveOnCancelPolicy(true);
    return Executors.unconfigurableScheduledExecutorService(timer);
  }
}
