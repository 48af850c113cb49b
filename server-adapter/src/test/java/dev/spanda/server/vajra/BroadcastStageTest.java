package dev.spanda.server.vajra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.audio.Sound;
import dev.spanda.audio.play.AudioOutput;
import dev.spanda.audio.play.VirtualOutput;
import dev.spanda.contract.vajra.AudioApi;
import dev.spanda.core.Ids;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.radionics.Broadcast;
import dev.spanda.core.radionics.Broadcasts;
import dev.spanda.core.schedule.SettableClock;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BroadcastStageTest {

  private static final AudioOutput NOTHING =
      (rate, channels) -> new AudioOutput.NoDevice("No sound card", "Connect one.");

  private record Told(String name, Map<String, Object> payload) {}

  private final SettableClock clock = SettableClock.at(Instant.parse("2024-01-15T10:30:00Z"));
  private final EventBus bus = new EventBus();
  private final Store store = Store.open(StoreLocation.memory());
  private final Broadcasts broadcasts =
      new Broadcasts(store, clock, bus, new Ids(new Random(3)), clock.executor());
  private final Studio studio = new Studio(mixer -> new VirtualOutput(System::nanoTime));
  private final BlockingQueue<Told> told = new LinkedBlockingQueue<>();

  private BroadcastStage stage(Studio where) {
    return new BroadcastStage(
        broadcasts, where, bus, clock, (name, payload) -> told.add(new Told(name, payload)));
  }

  private Broadcast begin(int level) {
    return broadcasts.start(47.5, Duration.ofMinutes(5), "Healing", level, Optional.empty());
  }

  private Told next(String name) throws InterruptedException {
    Told event = told.poll(20, TimeUnit.SECONDS);
    assertThat(event).isNotNull();
    assertThat(event.name()).isEqualTo(name);
    return event;
  }

  @AfterEach
  void close() {
    studio.close();
    broadcasts.close();
    store.close();
  }

  @Test
  void aBroadcastIsHeardUntilItIsStopped() throws InterruptedException {
    try (BroadcastStage stage = stage(studio)) {
      Broadcast broadcast = begin(2);
      Told started = next("BROADCAST_STARTED");
      assertThat(started.payload())
          .containsEntry("broadcast_id", broadcast.id())
          .containsEntry("audible", true)
          .doesNotContainKey("note");
      assertThat(studio.isPlaying()).isTrue();
      assertThat(studio.spectrum()).anyMatch(band -> band > 0.05);
      assertThat(stage).isNotNull();
      Broadcast unused = broadcasts.stop(broadcast.id());
      assertThat(next("BROADCAST_ENDED").payload()).containsEntry("status", "stopped");
      assertThat(studio.isPlaying()).isFalse();
    }
  }

  @Test
  void aBroadcastFallsSilentAtItsEnd() throws InterruptedException {
    try (BroadcastStage stage = stage(studio)) {
      assertThat(stage).isNotNull();
      Broadcast unused = begin(1);
      next("BROADCAST_STARTED");
      clock.advance(Duration.ofMinutes(5));
      assertThat(next("BROADCAST_ENDED").payload())
          .containsEntry("status", "completed")
          .containsEntry("elapsed", 300L);
      assertThat(studio.isPlaying()).isFalse();
    }
  }

  @Test
  void whilePlaybackIsBusyABroadcastRunsOnInSilenceAndSaysSo() throws InterruptedException {
    studio.generate(AudioApi.Settings.UNCHANGED.withDuration(60));
    studio.play(2, null);
    try (BroadcastStage stage = stage(studio)) {
      assertThat(stage).isNotNull();
      Broadcast broadcast = begin(1);
      assertThat(next("BROADCAST_STARTED").payload())
          .containsEntry("audible", false)
          .hasEntrySatisfying("note", note -> assertThat(note).asString().contains("busy"));
      assertThat(broadcasts.find(broadcast.id()).status()).isEqualTo(Broadcast.Status.RUNNING);
      Broadcast unused = broadcasts.stop(broadcast.id());
      next("BROADCAST_ENDED");
      // The end of a silent broadcast does not end what is heard.
      assertThat(studio.isPlaying()).isTrue();
    }
  }

  @Test
  void withoutADeviceABroadcastRunsOnAndSaysSo() throws InterruptedException {
    try (Studio silent = new Studio(mixer -> NOTHING);
        BroadcastStage stage = stage(silent)) {
      assertThat(stage).isNotNull();
      Broadcast broadcast = begin(1);
      assertThat(next("BROADCAST_STARTED").payload())
          .containsEntry("audible", false)
          .hasEntrySatisfying("note", note -> assertThat(note).asString().contains("no audio"));
      assertThat(broadcasts.find(broadcast.id()).status()).isEqualTo(Broadcast.Status.RUNNING);
    }
  }

  @Test
  void whenAToneEndsTheOldestThatStillRunsIsHeard() throws InterruptedException {
    try (BroadcastStage stage = stage(studio)) {
      assertThat(stage).isNotNull();
      Broadcast first = begin(1);
      next("BROADCAST_STARTED");
      Broadcast second = begin(1);
      assertThat(next("BROADCAST_STARTED").payload()).containsEntry("audible", false);
      Broadcast unused = broadcasts.stop(first.id());
      next("BROADCAST_ENDED");
      Broadcast third = begin(1);
      // By now the hand has come to the second: the third finds playback busy.
      assertThat(next("BROADCAST_STARTED").payload())
          .containsEntry("broadcast_id", third.id())
          .containsEntry("audible", false);
      assertThat(studio.isPlaying()).isTrue();
      studio.stopTone(second.id());
      assertThat(studio.isPlaying()).isFalse();
    }
  }

  @Test
  void whatRunsAtTheStartIsHeardFromWhereItIs() throws InterruptedException {
    Broadcast running = begin(1);
    clock.advance(Duration.ofMinutes(2));
    try (BroadcastStage stage = stage(studio)) {
      assertThat(stage).isNotNull();
      // The stage takes one thing after the other, so that this one comes after the resumption.
      Broadcast later = begin(1);
      assertThat(next("BROADCAST_STARTED").payload())
          .containsEntry("broadcast_id", later.id())
          .containsEntry("audible", false);
      assertThat(studio.isPlaying()).isTrue();
      // The thread that feeds the device takes the place up with its next block.
      long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
      while (studio.position().compareTo(Duration.ofSeconds(119)) < 0) {
        assertThat(System.nanoTime()).isLessThan(patience);
        Thread.onSpinWait();
      }
      studio.stopTone(running.id());
      assertThat(studio.isPlaying()).isFalse();
    }
  }

  @Test
  void eachLevelAddsAnOctaveHalfAsLoud() {
    Broadcast broadcast = begin(3);
    assertThat(broadcast.carrierHz()).isCloseTo(410.5, within(0.1));
    Sound tone = BroadcastStage.tone(broadcast);
    assertThat(tone.duration()).isEqualTo(Duration.ofMinutes(5));
    float[][] second = new float[1][44_100];
    tone.read(44_100, second, 0, 44_100);
    double[] amplitudes = new double[3];
    for (int octave = 0; octave < 3; octave++) {
      double turn = 2 * Math.PI * broadcast.carrierHz() * Math.pow(2, octave) / 44_100;
      double cosine = 0;
      double sine = 0;
      for (int i = 0; i < 44_100; i++) {
        cosine += second[0][i] * Math.cos(turn * i);
        sine += second[0][i] * Math.sin(turn * i);
      }
      amplitudes[octave] = 2 * Math.hypot(cosine, sine) / 44_100;
    }
    // 0.5 shared as 4 : 2 : 1; a second holds no whole number of periods, hence the 1 %.
    assertThat(amplitudes[0]).isCloseTo(2 / 7.0, within(0.003));
    assertThat(amplitudes[1]).isCloseTo(1 / 7.0, within(0.0015));
    assertThat(amplitudes[2]).isCloseTo(0.5 / 7, within(0.0008));
    for (float sample : second[0]) {
      assertThat(Math.abs(sample)).isLessThanOrEqualTo(0.5001f);
    }
  }
}
