package dev.spanda.contract.vajra;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Content;
import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sound of the server: one at a time, shared by all callers, as the document has it. Beyond the
 * document it can be fetched as a file.
 */
@Route.Group("Audio")
public interface AudioApi {

  /** Synthesises a bowl or a plain tone and makes it the server's sound. */
  @Route(
      value = "POST /api/v1/audio/generate",
      summary = "Synthesises a bowl or a plain tone and makes it the server's sound.")
  Generated generate(Settings settings);

  /** Starts playback of the server's sound from its beginning. */
  @Route(
      value = "POST /api/v1/audio/play",
      summary = "Starts playback of the server's sound from its beginning.")
  Playback play(PlayRequest request);

  /** Stops playback; without any it does nothing. */
  @Route(value = "POST /api/v1/audio/stop", summary = "Stops playback.")
  Message stop();

  /** Whether there is a sound, and how long it is. */
  @Route(
      value = "GET /api/v1/audio/status",
      summary = "Whether there is a sound, and how long it is.")
  AudioStatus status();

  /** The spectrum of the sound at the playhead. */
  @Route(
      value = "GET /api/v1/audio/spectrum",
      summary = "The spectrum of the sound at the playhead, in 64 bands.")
  Spectrum spectrum();

  /** Named settings. */
  @Route(value = "GET /api/v1/audio/presets", summary = "Named settings.")
  Presets presets();

  /** Named frequencies and ranges of them. */
  @Route(
      value = "GET /api/v1/audio/frequencies/range",
      summary = "Named frequencies and ranges of them.")
  Ranges ranges();

  /**
   * The server's sound as a file.
   *
   * @param format {@code wav} (the default) or {@code flac}
   * @param bits bits a sample: 16 (the default) or 24
   */
  @Route(
      value = "GET /api/v1/audio/download",
      summary = "The server's sound as a WAV or FLAC file.")
  Content download(
      @Param.Query("format") @Nullable String format, @Param.Query("bits") @Nullable Integer bits);

  /**
   * What to synthesise. A field that is absent keeps the server's current setting, which begins as
   * the document's example and is changed by the socket's UPDATE_SETTINGS.
   *
   * @param frequency Hz, 0.1 to 20 000
   * @param duration seconds, 0.1 to 14 400
   * @param volume linear gain, 0 to 1: the largest sample never exceeds it
   * @param prayerBowlMode a struck bowl, or else a plain tone
   * @param harmonicStrength loudness of the bowl's higher modes, 0 to 1
   * @param modulationDepth depth of the tremolo, 0 to 1
   */
  record Settings(
      @JsonProperty("frequency") @Nullable Double frequency,
      @JsonProperty("duration") @Nullable Double duration,
      @JsonProperty("volume") @Nullable Double volume,
      @JsonProperty("prayer_bowl_mode") @Nullable Boolean prayerBowlMode,
      @JsonProperty("harmonic_strength") @Nullable Double harmonicStrength,
      @JsonProperty("modulation_depth") @Nullable Double modulationDepth) {

    /** Nothing chosen: every field keeps the server's setting. */
    public static final Settings UNCHANGED = new Settings(null, null, null, null, null, null);

    /** The same settings at another frequency, in Hz. */
    public Settings withFrequency(double hz) {
      return new Settings(hz, duration, volume, prayerBowlMode, harmonicStrength, modulationDepth);
    }

    /** The same settings for another duration, in seconds. */
    public Settings withDuration(double seconds) {
      return new Settings(
          frequency, seconds, volume, prayerBowlMode, harmonicStrength, modulationDepth);
    }

    /** The same settings at another volume, 0 to 1. */
    public Settings withVolume(double gain) {
      return new Settings(
          frequency, duration, gain, prayerBowlMode, harmonicStrength, modulationDepth);
    }

    /** The same settings for a bowl, or else a plain tone. */
    public Settings withPrayerBowlMode(boolean bowl) {
      return new Settings(frequency, duration, volume, bowl, harmonicStrength, modulationDepth);
    }
  }

  /**
   * What was synthesised.
   *
   * @param config every setting in force
   * @param samples frames of the sound at 44 100 a second
   * @param audible whether the fundamental lies within hearing, 20 Hz to 20 kHz; beyond the
   *     document
   * @param peak the largest sample, linear; beyond the document
   */
  record Generated(
      @JsonProperty("status") String status,
      @JsonProperty("message") String message,
      @JsonProperty("config") Settings config,
      @JsonProperty("audio_generated") boolean audioGenerated,
      @JsonProperty("samples") long samples,
      @JsonProperty("audible") @Nullable Boolean audible,
      @JsonProperty("peak") @Nullable Double peak) {}

  /**
   * How to play.
   *
   * @param hardwareLevel 2 for the passive crystal's profile (the default), 3 for the amplified one
   * @param mixer name of the sound card, null for the system's choice; beyond the document
   */
  record PlayRequest(
      @JsonProperty("hardware_level") @Nullable Integer hardwareLevel,
      @JsonProperty("mixer") @Nullable String mixer) {}

  /**
   * Playback has begun.
   *
   * @param audioDuration seconds
   * @param audioSamples frames
   */
  record Playback(
      @JsonProperty("status") String status,
      @JsonProperty("message") String message,
      @JsonProperty("hardware_level") int hardwareLevel,
      @JsonProperty("audio_duration") double audioDuration,
      @JsonProperty("audio_samples") long audioSamples) {}

  /** An answer that only says that it was done. */
  record Message(@JsonProperty("status") String status, @JsonProperty("message") String message) {}

  /**
   * The state of the sound.
   *
   * @param hasAudio whether a sound was generated
   * @param audioDuration seconds, 0 without a sound
   * @param spectrumAvailable whether a spectrum can be read
   * @param timestamp seconds since 1970
   * @param playing whether playback runs; beyond the document
   * @param position seconds from the beginning of the sound; beyond the document
   */
  record AudioStatus(
      @JsonProperty("status") String status,
      @JsonProperty("has_audio") boolean hasAudio,
      @JsonProperty("audio_duration") double audioDuration,
      @JsonProperty("spectrum_available") boolean spectrumAvailable,
      @JsonProperty("timestamp") double timestamp,
      @JsonProperty("playing") @Nullable Boolean playing,
      @JsonProperty("position") @Nullable Double position) {}

  /**
   * A spectrum.
   *
   * @param spectrum amplitudes, linear, of full scale 1, in logarithmic bands from 20 Hz to 20 kHz;
   *     all zero without a sound
   * @param length how many bands
   * @param timestamp seconds since 1970
   */
  record Spectrum(
      @JsonProperty("status") String status,
      @JsonProperty("spectrum") List<Double> spectrum,
      @JsonProperty("length") int length,
      @JsonProperty("timestamp") double timestamp) {

    /** Copies the bands. */
    public Spectrum {
      spectrum = List.copyOf(spectrum);
    }
  }

  /**
   * The presets.
   *
   * @param presets by key, in the document's order
   * @param count how many there are
   */
  record Presets(
      @JsonProperty("status") String status,
      @JsonProperty("presets") Map<String, Preset> presets,
      @JsonProperty("count") int count) {

    /** Copies the presets, keeping their order. */
    public Presets {
      presets = Collections.unmodifiableMap(new LinkedHashMap<>(presets));
    }
  }

  /** Named settings; the fields are those of {@link Settings}. */
  record Preset(
      @JsonProperty("name") String name,
      @JsonProperty("frequency") double frequency,
      @JsonProperty("description") String description,
      @JsonProperty("prayer_bowl_mode") boolean prayerBowlMode,
      @JsonProperty("harmonic_strength") double harmonicStrength,
      @JsonProperty("modulation_depth") double modulationDepth,
      @JsonProperty("volume") double volume) {}

  /** The frequency tables, by key. */
  record Ranges(@JsonProperty("status") String status, @JsonProperty("ranges") RangeTable ranges) {}

  /** The document's four tables; they differ in shape. */
  record RangeTable(
      @JsonProperty("earth_resonance") FrequencyRange earthResonance,
      @JsonProperty("healing") FrequencyRange healing,
      @JsonProperty("solfeggio") FrequencyList solfeggio,
      @JsonProperty("chakra") FrequencyMap chakra) {}

  /** A range with closed ends, in Hz. */
  record FrequencyRange(
      @JsonProperty("name") String name,
      @JsonProperty("min") double min,
      @JsonProperty("max") double max,
      @JsonProperty("description") String description) {}

  /** A scale, in Hz. */
  record FrequencyList(
      @JsonProperty("name") String name,
      @JsonProperty("frequencies") List<Double> frequencies,
      @JsonProperty("description") String description) {

    /** Copies the frequencies. */
    public FrequencyList {
      frequencies = List.copyOf(frequencies);
    }
  }

  /** A scale with a name for each step, in Hz. */
  record FrequencyMap(
      @JsonProperty("name") String name,
      @JsonProperty("frequencies") Map<String, Double> frequencies) {

    /** Copies the frequencies, keeping their order. */
    public FrequencyMap {
      frequencies = Collections.unmodifiableMap(new LinkedHashMap<>(frequencies));
    }
  }
}
