package dev.spanda.server.vajra;

import dev.spanda.audio.SampleRate;
import dev.spanda.audio.Sound;
import dev.spanda.audio.synth.Partial;
import dev.spanda.audio.synth.PartialBank;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.event.Subscription;
import dev.spanda.core.radionics.Broadcast;
import dev.spanda.core.radionics.Broadcasts;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets broadcasts be heard, one at a time, and announces their beginning and end. A broadcast whose
 * tone cannot be played, because something else is or because there is no device, runs on in
 * silence; its event says so. When a tone ends, the oldest broadcast that still runs is heard.
 */
final class BroadcastStage implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(BroadcastStage.class);
  private static final double LOUDEST = 0.5;
  private static final Duration EDGE = Duration.ofMillis(50);
  private static final int PAGE = 100;

  private final Broadcasts broadcasts;
  private final Studio studio;
  private final InstantSource clock;
  private final Announcer announcer;
  private final Subscription events;

  /** Opening a device may take seconds, which whoever begins a broadcast need not wait for. */
  private final ExecutorService hand =
      Executors.newSingleThreadExecutor(
          task -> {
            Thread thread = new Thread(task, "spanda-broadcast");
            thread.setDaemon(true);
            return thread;
          });

  /** Begins to listen; what runs already is heard from where it is. */
  BroadcastStage(
      Broadcasts broadcasts,
      Studio studio,
      EventBus bus,
      InstantSource clock,
      Announcer announcer) {
    this.broadcasts = broadcasts;
    this.studio = studio;
    this.clock = clock;
    this.announcer = announcer;
    events = bus.subscribe(Broadcasts.Event.class, event -> later(() -> on(event.broadcast())));
    later(this::playOldest);
  }

  @Override
  public void close() {
    events.close();
    List<Runnable> unused = hand.shutdownNow();
  }

  /**
   * The tone of a broadcast: its carrier and as many octaves above it as its level says, each half
   * as loud as the one below, together at most half of full scale. What lies at or above half the
   * sample rate is left out.
   */
  static Sound tone(Broadcast broadcast) {
    int octaves = broadcast.hardwareLevel();
    double sum = 2 - Math.pow(2, 1.0 - octaves);
    PartialBank.Builder bank =
        PartialBank.lasting(broadcast.duration(), SampleRate.CD).onset(EDGE).fade(EDGE);
    for (int octave = 0; octave < octaves; octave++) {
      bank.add(
          Partial.of(
              broadcast.carrierHz() * Math.pow(2, octave), LOUDEST / sum * Math.pow(2, -octave)));
    }
    return bank.build();
  }

  private void later(Runnable work) {
    hand.execute(
        () -> {
          try {
            work.run();
          } catch (RuntimeException e) {
            LOG.error("A broadcast could not be heard or announced", e);
          }
        });
  }

  private void on(Broadcast broadcast) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("broadcast_id", broadcast.id());
    payload.put("rate", broadcast.rate());
    payload.put("carrier_frequency", broadcast.carrierHz());
    payload.put("intention", broadcast.intention());
    payload.put("hardware_level", broadcast.hardwareLevel());
    payload.put("duration", broadcast.duration().toSeconds());
    broadcast.population().ifPresent(id -> payload.put("population_id", id));
    payload.put("started_at", broadcast.startedAt().truncatedTo(ChronoUnit.SECONDS).toString());
    if (broadcast.status() == Broadcast.Status.RUNNING) {
      Studio.Hearing hearing = play(broadcast);
      payload.put("audible", hearing == Studio.Hearing.PLAYING);
      why(hearing).ifPresent(note -> payload.put("note", note));
      announcer.announce("BROADCAST_STARTED", payload);
    } else {
      studio.stopTone(broadcast.id());
      payload.put("status", broadcast.status().word());
      payload.put("elapsed", broadcast.elapsed(clock.instant()).toSeconds());
      broadcast
          .endedAt()
          .ifPresent(at -> payload.put("ended_at", at.truncatedTo(ChronoUnit.SECONDS).toString()));
      announcer.announce("BROADCAST_ENDED", payload);
      playOldest();
    }
  }

  private static Optional<String> why(Studio.Hearing hearing) {
    return switch (hearing) {
      case PLAYING -> Optional.empty();
      case BUSY -> Optional.of("Playback is busy; the broadcast runs without a tone");
      case NO_DEVICE -> Optional.of("There is no audio output; the broadcast runs without a tone");
    };
  }

  private void playOldest() {
    running().stream()
        .min(Comparator.comparing(Broadcast::startedAt).thenComparing(Broadcast::id))
        .ifPresent(
            oldest -> LOG.debug("Broadcast {} goes on, its tone {}", oldest.id(), play(oldest)));
  }

  private Studio.Hearing play(Broadcast broadcast) {
    return studio.playTone(broadcast.id(), tone(broadcast), broadcast.elapsed(clock.instant()));
  }

  private List<Broadcast> running() {
    List<Broadcast> running = new ArrayList<>();
    Optional<Broadcast.Status> status = Optional.of(Broadcast.Status.RUNNING);
    for (long offset = 0; ; offset += PAGE) {
      List<Broadcast> page = broadcasts.list(status, PAGE, offset).items();
      page.stream().filter(each -> each.endsAt().isAfter(clock.instant())).forEach(running::add);
      if (page.size() < PAGE) {
        return running;
      }
    }
  }
}
