package dev.spanda.server.vajra;

import dev.spanda.audio.SampleRate;
import dev.spanda.audio.Sound;
import dev.spanda.audio.bowl.BowlSynth;
import dev.spanda.audio.bowl.ToneSettings;
import dev.spanda.audio.play.AudioOutput;
import dev.spanda.audio.play.HardwareProfile;
import dev.spanda.audio.play.Player;
import dev.spanda.audio.spectrum.SpectrumAnalyzer;
import dev.spanda.contract.vajra.AudioApi;
import dev.spanda.core.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The server's sound: the settings in force, what was synthesised with them, and its playback. As
 * the document has it there is one for all callers. Thread-safe; reading the spectrum never waits
 * for a synthesis.
 */
final class Studio implements AutoCloseable {

  /** The longest sound that is synthesised at a request, in seconds. */
  static final double LONGEST_SECONDS = 14_400;

  private static final double SHORTEST_SECONDS = 0.1;
  private static final int BLOCK = 1 << 14;
  private static final List<Double> SILENCE =
      List.copyOf(Collections.nCopies(SpectrumAnalyzer.BANDS, 0.0));

  private final Function<@Nullable String, AudioOutput> outputs;
  private final Object synthesis = new Object();
  private final SpectrumAnalyzer analyzer = SpectrumAnalyzer.of(SampleRate.CD);
  private final float[] bands = new float[SpectrumAnalyzer.BANDS];

  private volatile ToneSettings settings = ToneSettings.of(136.1, Duration.ofSeconds(30));
  private volatile @Nullable Take take;
  private volatile @Nullable Performance performance;

  /**
   * A sound that was synthesised.
   *
   * @param peak its largest sample, linear
   */
  record Take(ToneSettings settings, BowlSynth sound, double peak) {}

  /** What became of a tone that was to be heard. */
  enum Hearing {
    /** It is played. */
    PLAYING,
    /** Something else is played. */
    BUSY,
    /** There is nothing to play on. */
    NO_DEVICE
  }

  /**
   * A playback.
   *
   * @param monitor the sound as it is played, for the spectrum alone
   * @param tone whose tone it is; empty for the sound that was synthesised
   */
  private record Performance(
      HardwareProfile profile, Player player, Sound monitor, Optional<String> tone) {}

  /**
   * A studio without sound.
   *
   * @param outputs the output for a mixer of that name, or the configured one for null
   */
  Studio(Function<@Nullable String, AudioOutput> outputs) {
    this.outputs = outputs;
  }

  /** The settings in force. */
  ToneSettings settings() {
    return settings;
  }

  /** What was synthesised last. */
  Optional<Take> take() {
    return Optional.ofNullable(take);
  }

  /**
   * Changes the settings and synthesises with them.
   *
   * @throws Failure INVALID when a setting is out of its range; nothing is changed then
   */
  Take generate(AudioApi.Settings changes) {
    synchronized (synthesis) {
      ToneSettings wanted = merge(settings, changes);
      BowlSynth sound = BowlSynth.from(wanted, SampleRate.CD);
      Take made = new Take(wanted, sound, peak(sound));
      settings = wanted;
      take = made;
      return made;
    }
  }

  /**
   * Changes the settings; a sound that exists is made anew, and a playback goes on in it at the
   * same place.
   *
   * @throws Failure INVALID when a setting is out of its range; nothing is changed then
   */
  ToneSettings update(AudioApi.Settings changes) {
    synchronized (synthesis) {
      if (take == null) {
        settings = merge(settings, changes);
        return settings;
      }
      Take made = generate(changes);
      Performance current = performance;
      if (current != null && current.tone().isEmpty() && isPlaying(current)) {
        long position = current.player().position();
        play(made, current.profile(), current.player());
        current.player().seek(Math.min(position, made.sound().frames()));
      }
      return made.settings();
    }
  }

  /**
   * Plays the sound from its beginning.
   *
   * @param hardwareLevel 2 or 3
   * @param mixer null for the configured output
   * @throws Failure NOT_FOUND, subject {@code audio}, when nothing was synthesised; INVALID for
   *     another level; UNAVAILABLE, subject {@code audio_output}, when there is no device
   */
  Take play(int hardwareLevel, @Nullable String mixer) {
    synchronized (synthesis) {
      HardwareProfile profile = HardwareProfile.ofLevel(hardwareLevel);
      Take current = take;
      if (current == null) {
        throw Failure.of(
            Failure.Reason.NOT_FOUND, "audio", "Nothing to play: generate a sound first");
      }
      stop();
      play(current, profile, Player.of(outputs.apply(mixer)));
      return current;
    }
  }

  /**
   * Plays a tone from a place on, unless something is played. What is played otherwise, and what
   * was synthesised, stay as they are.
   *
   * @param name whose tone it is, not empty
   * @param from how much of the tone's beginning is left out
   */
  Hearing playTone(String name, Sound tone, Duration from) {
    synchronized (synthesis) {
      Performance current = performance;
      if (current != null && isPlaying(current)) {
        return current.tone().filter(name::equals).isPresent() ? Hearing.PLAYING : Hearing.BUSY;
      }
      HardwareProfile profile = HardwareProfile.PASSIVE_CRYSTAL;
      Sound played = profile.apply(tone);
      Player player = Player.of(outputs.apply(null));
      if (player.start(played) instanceof Player.NoDevice) {
        return Hearing.NO_DEVICE;
      }
      player.seek(played.sampleRate().framesIn(from));
      performance = new Performance(profile, player, played.fork(), Optional.of(name));
      return Hearing.PLAYING;
    }
  }

  /** Ends the tone of that name; when it is not what is played, nothing happens. */
  void stopTone(String name) {
    synchronized (synthesis) {
      Performance current = performance;
      if (current != null && current.tone().filter(name::equals).isPresent()) {
        current.player().stop();
      }
    }
  }

  /**
   * Checks settings as {@link #generate} would, and changes nothing.
   *
   * @throws Failure INVALID when a setting is out of its range
   */
  void check(AudioApi.Settings changes) {
    ToneSettings unused = merge(settings, changes);
  }

  /** Ends playback; without any nothing happens. */
  void stop() {
    Performance current = performance;
    if (current != null) {
      current.player().stop();
    }
  }

  /** Whether a device plays now. */
  boolean isPlaying() {
    Performance current = performance;
    return current != null && isPlaying(current);
  }

  /** What is heard now, from the beginning of the sound; zero when nothing plays. */
  Duration position() {
    Performance current = performance;
    return current != null && isPlaying(current)
        ? SampleRate.CD.durationOf(current.player().position())
        : Duration.ZERO;
  }

  /**
   * The 64 bands at the playhead; when nothing plays, those of the first window of the sound; zeros
   * when there is none.
   */
  List<Double> spectrum() {
    Performance current = performance;
    Take latest = take;
    synchronized (analyzer) {
      if (current != null && isPlaying(current)) {
        analyzer.into(current.monitor(), current.player().position(), bands);
      } else if (latest != null) {
        long middle = Math.min(analyzer.windowFrames(), latest.sound().frames()) / 2;
        analyzer.into(latest.sound().fork(), middle, bands);
      } else {
        return SILENCE;
      }
      List<Double> values = new ArrayList<>(bands.length);
      for (float band : bands) {
        // Five digits say more than a band measures, and keep ten messages a second small.
        values.add(Math.round(band * 1e5) / 1e5);
      }
      return values;
    }
  }

  @Override
  public void close() {
    stop();
  }

  private void play(Take current, HardwareProfile profile, Player player) {
    Sound played = profile.apply(current.sound());
    Player.Start start = player.start(played);
    if (start instanceof Player.NoDevice none) {
      throw Failure.of(
              Failure.Reason.UNAVAILABLE, "audio_output", none.sought() + " " + none.remedy())
          .with("remedy", none.remedy());
    }
    performance = new Performance(profile, player, played.fork(), Optional.empty());
  }

  private static boolean isPlaying(Performance performance) {
    Player.State state = performance.player().state();
    return state == Player.State.PLAYING || state == Player.State.PAUSED;
  }

  private static ToneSettings merge(ToneSettings base, AudioApi.Settings changes) {
    double seconds = Wire.or(changes.duration(), Wire.seconds(base.duration()));
    Failure.requireInRange(
        "duration", "Duration", seconds, SHORTEST_SECONDS, LONGEST_SECONDS, "seconds");
    return new ToneSettings(
        Wire.or(changes.frequency(), base.frequencyHz()),
        Wire.duration(seconds),
        Wire.or(changes.volume(), base.volume()),
        Wire.or(changes.prayerBowlMode(), base.prayerBowlMode()),
        Wire.or(changes.harmonicStrength(), base.harmonicStrength()),
        Wire.or(changes.modulationDepth(), base.modulationDepth()),
        base.carrier());
  }

  private static double peak(Sound sound) {
    Sound own = sound.fork();
    float[][] block = new float[own.channels()][BLOCK];
    float peak = 0;
    for (long first = 0; first < own.frames(); first += BLOCK) {
      int count = (int) Math.min(BLOCK, own.frames() - first);
      own.read(first, block, 0, count);
      for (float[] channel : block) {
        for (int i = 0; i < count; i++) {
          peak = Math.max(peak, Math.abs(channel[i]));
        }
      }
    }
    return peak;
  }
}
