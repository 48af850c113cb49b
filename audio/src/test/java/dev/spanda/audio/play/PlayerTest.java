package dev.spanda.audio.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.spanda.audio.Pcm;
import dev.spanda.audio.SampleRate;
import dev.spanda.audio.Sound;
import dev.spanda.core.Failure;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class PlayerTest {

  private static Pcm ramp(int frames) {
    float[] samples = new float[frames];
    for (int i = 0; i < frames; i++) {
      samples[i] = (i % 30_000) / 32768f;
    }
    return Pcm.of(SampleRate.CD, samples);
  }

  private static void await(String what, BooleanSupplier condition) {
    long end = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as(what).isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Test
  void theVirtualOutputPlaysAtThePaceOfItsClock() {
    AtomicLong clock = new AtomicLong();
    try (Player player = Player.of(new VirtualOutput(clock::get))) {
      assertThat(player.state()).isEqualTo(Player.State.IDLE);
      AtomicLong taken = new AtomicLong();
      Player.Start start = player.start(new Counted(ramp(441_000), taken));
      assertThat(start).isEqualTo(new Player.Started("virtual output", Duration.ofSeconds(10)));
      assertThat(player.position()).isZero();
      // The time before the buffer is full would be lost, as with a card.
      await("a full buffer", () -> taken.get() > 4410);
      for (int second = 1; second < 10; second++) {
        for (int step = 0; step < 50; step++) {
          // The last block may not be through yet.
          long due = (second - 1) * 44_100L + (step - 1) * 882L;
          long heard = (second - 1) * 44_100L + (step + 1) * 882L;
          clock.addAndGet(20_000_000);
          await("refill", () -> taken.get() > Math.min(440_999, heard + 4410));
          await("playhead at " + due, () -> player.position() >= due);
        }
        assertThat(player.position()).isLessThanOrEqualTo(second * 44_100L);
      }
      assertThat(player.state()).isEqualTo(Player.State.PLAYING);
      await(
          "end",
          () -> {
            clock.addAndGet(1_000_000);
            return player.state() == Player.State.FINISHED;
          });
      assertThat(player.position()).isEqualTo(441_000);
    }
  }

  @Test
  void pauseKeepsThePlaceAndResumeGoesOnFromIt() {
    AtomicLong clock = new AtomicLong();
    try (Player player = Player.of(new VirtualOutput(clock::get))) {
      player.start(ramp(441_000));
      await(
          "half a second",
          () -> {
            clock.addAndGet(100_000);
            return player.position() > 22_050;
          });
      player.pause();
      assertThat(player.state()).isEqualTo(Player.State.PAUSED);
      long[] last = {-1};
      int[] still = {0};
      await(
          "standstill",
          () -> {
            clock.addAndGet(1_000);
            still[0] = player.position() == last[0] ? still[0] + 1 : 0;
            last[0] = player.position();
            return still[0] > 2_000_000;
          });
      long paused = player.position();
      clock.addAndGet(1_000_000_000);
      assertThat(player.position()).isEqualTo(paused);
      player.resume();
      assertThat(player.state()).isEqualTo(Player.State.PLAYING);
      await(
          "going on",
          () -> {
            clock.addAndGet(1_000);
            return player.position() > paused;
          });
      assertThat(player.position()).isLessThan(paused + 22_050);
    }
  }

  @Test
  void seekGoesOnAtTheOtherFrame() {
    AtomicLong clock = new AtomicLong();
    try (Player player = Player.of(new VirtualOutput(clock::get))) {
      player.start(ramp(4_410_000));
      player.seek(2_000_000);
      await(
          "playhead beyond the frame",
          () -> {
            clock.addAndGet(100_000);
            return player.position() > 2_000_000;
          });
      assertThat(player.position()).isLessThan(2_500_000);
      player.seek(Long.MAX_VALUE);
      await(
          "end",
          () -> {
            clock.addAndGet(100_000);
            return player.state() == Player.State.FINISHED;
          });
    }
  }

  @Test
  void stopKeepsThePositionAndANewStartBeginsAnew() {
    AtomicLong clock = new AtomicLong();
    Player player = Player.of(new VirtualOutput(clock::get));
    player.start(ramp(441_000));
    await(
        "some frames",
        () -> {
          clock.addAndGet(100_000);
          return player.position() > 5000;
        });
    player.stop();
    assertThat(player.state()).isEqualTo(Player.State.STOPPED);
    assertThat(player.position()).isGreaterThan(5000);
    player.start(ramp(1000));
    assertThat(player.position()).isLessThanOrEqualTo(1000);
    player.stop();
  }

  @Test
  void aMachineWithoutADeviceIsAnAnswerThatSaysWhatToDo() {
    AudioOutput none = (rate, channels) -> new AudioOutput.NoDevice("nothing", "Install one.");
    Player player = Player.of(none);
    assertThat(player.start(ramp(10))).isEqualTo(new Player.NoDevice("nothing", "Install one."));
    assertThat(player.state()).isEqualTo(Player.State.IDLE);
  }

  @Test
  void aMixerThatIsNotThereIsAnAnswer() {
    AudioOutput.Opening opening =
        JavaSoundOutput.ofMixer("no such mixer anywhere").open(SampleRate.CD, 1);
    assertThat(opening)
        .isInstanceOfSatisfying(
            AudioOutput.NoDevice.class,
            none -> {
              assertThat(none.sought()).contains("no such mixer anywhere");
              assertThat(none.remedy()).contains("virtual output");
            });
  }

  @Test
  void theDefaultMixerOpensOrSaysWhyNot() {
    AudioOutput.Opening opening = JavaSoundOutput.ofDefaultMixer().open(SampleRate.CD, 2);
    if (opening instanceof AudioOutput.Opened opened) {
      opened.line().close();
    } else {
      assertThat(((AudioOutput.NoDevice) opening).remedy()).contains("virtual output");
    }
  }

  @Test
  void aDeviceThatHangsHoldsNobodyForLong() {
    CountDownLatch never = new CountDownLatch(1);
    AudioOutput stuck = (rate, channels) -> new AudioOutput.Opened(new StuckLine(never));
    Player player = Player.of(stuck);
    assertThat(player.start(ramp(100_000))).isInstanceOf(Player.Started.class);
    long begin = System.nanoTime();
    player.pause();
    player.seek(5);
    player.stop();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(2));
    assertThat(player.state()).isEqualTo(Player.State.STOPPED);
    never.countDown();
  }

  @Test
  void aDeviceThatNeverOpensIsNoDevice() {
    CountDownLatch never = new CountDownLatch(1);
    AudioOutput stuck =
        (rate, channels) -> {
          awaitUninterruptibly(never);
          return new AudioOutput.NoDevice("late", "late");
        };
    Player player = Player.of(stuck);
    assertThat(player.start(ramp(1000)))
        .isInstanceOfSatisfying(
            Player.NoDevice.class, none -> assertThat(none.sought()).contains("3000 ms"));
    never.countDown();
  }

  @Test
  void aDeviceThatVanishesEndsInFailure() {
    AudioOutput vanishing =
        (rate, channels) ->
            new AudioOutput.Opened(
                new StuckLine(new CountDownLatch(0)) {
                  @Override
                  public void write(float[][] samples, int count) {
                    throw Failure.of(Failure.Reason.UNAVAILABLE, "audio_device", "gone");
                  }
                });
    Player player = Player.of(vanishing);
    player.start(ramp(1000));
    await("failure", () -> player.state() == Player.State.FAILED);
    assertThat(player.failure()).get().isInstanceOf(Failure.class);
  }

  @Test
  void levelTwoSendsTheSameToBothSidesUnchanged() {
    Pcm mono = ramp(1000);
    Sound sent = HardwareProfile.ofLevel(2).apply(mono);
    assertThat(sent.render().channel(0)).isEqualTo(mono.channel(0));
    assertThat(sent.render().channel(1)).isEqualTo(mono.channel(0));
    Pcm stereo = Pcm.of(SampleRate.CD, new float[] {0.5f, 1}, new float[] {0.25f, 0});
    assertThat(HardwareProfile.PASSIVE_CRYSTAL.apply(stereo).render().channel(1))
        .containsExactly(0.375f, 0.5f);
  }

  @Test
  void levelThreeKeepsTheSidesApartTwelveDecibelsLower() {
    Pcm stereo = Pcm.of(SampleRate.CD, new float[] {1}, new float[] {-0.5f});
    Pcm sent = HardwareProfile.ofLevel(3).apply(stereo).render();
    assertThat(sent.channel(0)[0]).isBetween(0.2511f, 0.2513f);
    assertThat(sent.channel(1)[0]).isBetween(-0.1257f, -0.1255f);
  }

  @Test
  void otherLevelsAreRefused() {
    assertThatThrownBy(() -> HardwareProfile.ofLevel(4))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("passive crystal");
  }

  private static void awaitUninterruptibly(CountDownLatch latch) {
    boolean done = false;
    while (!done) {
      try {
        latch.await();
        done = true;
      } catch (InterruptedException ignored) {
        done = false;
      }
    }
  }

  /** A sound that tells how far it has been read. */
  private record Counted(Sound sound, AtomicLong taken) implements Sound {
    @Override
    public SampleRate sampleRate() {
      return sound.sampleRate();
    }

    @Override
    public int channels() {
      return sound.channels();
    }

    @Override
    public long frames() {
      return sound.frames();
    }

    @Override
    public void read(long firstFrame, float[][] into, int offset, int count) {
      sound.read(firstFrame, into, offset, count);
      taken.set(firstFrame + count);
    }

    @Override
    public Sound fork() {
      return this;
    }
  }

  /** A device driver that does not come back, not even from closing. */
  private static class StuckLine implements AudioOutput.Line {
    private final CountDownLatch never;

    StuckLine(CountDownLatch never) {
      this.never = never;
    }

    @Override
    public String device() {
      return "stuck";
    }

    @Override
    public void write(float[][] samples, int count) {
      awaitUninterruptibly(never);
    }

    @Override
    public long played() {
      return 0;
    }

    @Override
    public void pause() {
      awaitUninterruptibly(never);
    }

    @Override
    public void resume() {}

    @Override
    public void flush() {
      awaitUninterruptibly(never);
    }

    @Override
    public void close() {
      awaitUninterruptibly(never);
    }
  }
}
