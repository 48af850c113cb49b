package dev.spanda.server;

import dev.spanda.audio.play.AudioOutput;
import dev.spanda.audio.play.JavaSoundOutput;
import dev.spanda.audio.play.VirtualOutput;
import dev.spanda.core.Failure;
import dev.spanda.core.Ids;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.quota.RateLimiter;
import dev.spanda.core.session.Sessions;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import org.jspecify.annotations.Nullable;

/** The engines of one server: the only place where they are put together. */
final class Engines implements AutoCloseable {

  private static final String DATABASE_USER = "SPANDA_DATABASE_USER";
  private static final String DATABASE_PASSWORD = "SPANDA_DATABASE_PASSWORD";
  private static final int TIMER_THREADS = 2;

  private final boolean soundCard;

  final Clock clock = Clock.systemUTC();
  final Ids ids = Ids.secure();
  final EventBus bus = new EventBus();
  final RateLimiter limiter = new RateLimiter(clock);
  final ScheduledExecutorService timer = timer();
  final Store store;
  final Sessions sessions;

  /**
   * Opens the store and what builds on it.
   *
   * @throws Failure CONFLICT, subject {@code store}, when another process has the data folder
   */
  Engines(Config config) {
    soundCard = config.soundCard();
    store = Store.open(location(config));
    sessions = new Sessions(store, clock, bus, ids, timer);
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
    try {
      return store.read(handle -> handle.createQuery("SELECT 1").mapTo(Integer.class).one()) == 1;
    } catch (Failure e) {
      return false;
    }
  }

  @Override
  public void close() {
    sessions.close();
    timer.shutdownNow();
    store.close();
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
