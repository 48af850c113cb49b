package dev.spanda.server.vajra;

import static dev.spanda.server.vajra.Wire.SUCCESS;

import dev.spanda.audio.Sound;
import dev.spanda.audio.bowl.ToneSettings;
import dev.spanda.audio.file.WavFormat;
import dev.spanda.contract.http.Content;
import dev.spanda.contract.vajra.AudioApi;
import dev.spanda.core.Failure;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The chapter Audio API. */
final class AudioEndpoints implements AudioApi {

  private static final int USUAL_LEVEL = 2;
  private static final int USUAL_BITS = 16;

  private static final Map<String, Preset> PRESETS = presetTable();

  /** The document's tables. Its Solfeggio list is taken as it stands, 444 Hz included. */
  private static final RangeTable RANGES =
      new RangeTable(
          new FrequencyRange("Earth Resonance", 7.0, 10.0, "Schumann resonance frequencies"),
          new FrequencyRange("Healing Frequencies", 100.0, 1000.0, "Common healing frequencies"),
          new FrequencyList(
              "Solfeggio Frequencies",
              List.of(396.0, 417.0, 444.0, 528.0, 639.0, 741.0, 852.0),
              "Ancient Solfeggio scale"),
          new FrequencyMap("Chakra Frequencies", chakras()));

  private final Studio studio;
  private final InstantSource clock;

  AudioEndpoints(Studio studio, InstantSource clock) {
    this.studio = studio;
    this.clock = clock;
  }

  @Override
  public Generated generate(Settings settings) {
    Studio.Take take = studio.generate(settings);
    return new Generated(
        SUCCESS,
        "Audio generation completed",
        echo(take.settings()),
        true,
        take.sound().frames(),
        take.sound().isAudible(),
        take.peak());
  }

  @Override
  public Playback play(PlayRequest request) {
    int level = Wire.or(request.hardwareLevel(), USUAL_LEVEL);
    Studio.Take take = studio.play(level, request.mixer());
    return new Playback(
        SUCCESS,
        "Audio playback started",
        level,
        Wire.seconds(take.sound().duration()),
        take.sound().frames());
  }

  @Override
  public Message stop() {
    studio.stop();
    return new Message(SUCCESS, "Audio stop request processed");
  }

  @Override
  public AudioStatus status() {
    boolean hasAudio = studio.take().isPresent();
    return new AudioStatus(
        SUCCESS,
        hasAudio,
        studio.take().map(take -> Wire.seconds(take.sound().duration())).orElse(0.0),
        hasAudio,
        Wire.epochSeconds(clock.instant()),
        studio.isPlaying(),
        Wire.seconds(studio.position()));
  }

  @Override
  public Spectrum spectrum() {
    List<Double> bands = studio.spectrum();
    return new Spectrum(SUCCESS, bands, bands.size(), Wire.epochSeconds(clock.instant()));
  }

  @Override
  public Presets presets() {
    return new Presets(SUCCESS, PRESETS, PRESETS.size());
  }

  @Override
  public Ranges ranges() {
    return new Ranges(SUCCESS, RANGES);
  }

  @Override
  public Content download(@Nullable String format, @Nullable Integer bits) {
    Sound sound =
        studio
            .take()
            .orElseThrow(
                () ->
                    Failure.of(
                        Failure.Reason.NOT_FOUND,
                        "audio",
                        "Nothing to download: generate a sound first"))
            .sound();
    int width = Wire.or(bits, USUAL_BITS);
    if (width != 16 && width != 24) {
      throw Failure.notAllowed("bits", width, List.of("16", "24"));
    }
    return switch (Wire.or(format, "wav").toLowerCase(Locale.ROOT)) {
      case "wav" ->
          Downloads.wav(sound, width == 16 ? WavFormat.PCM16 : WavFormat.PCM24, "spanda.wav");
      case "flac" -> Downloads.flac(sound, width, "spanda.flac");
      default -> throw Failure.notAllowed("format", format, List.of("wav", "flac"));
    };
  }

  /** All settings in force, as the wire names them. */
  static Settings echo(ToneSettings settings) {
    return new Settings(
        settings.frequencyHz(),
        Wire.seconds(settings.duration()),
        settings.volume(),
        settings.prayerBowlMode(),
        settings.harmonicStrength(),
        settings.modulationDepth());
  }

  /**
   * The document's three presets and, since it counts four, one more: the highest step of its own
   * chakra scale.
   */
  private static Map<String, Preset> presetTable() {
    Map<String, Preset> presets = new LinkedHashMap<>();
    presets.put(
        "om-frequency",
        new Preset(
            "OM Frequency", 136.1, "Sacred OM frequency for meditation", true, 0.3, 0.05, 0.8));
    presets.put(
        "heart-chakra",
        new Preset("Heart Chakra", 528.0, "Love frequency for heart opening", true, 0.4, 0.1, 0.7));
    presets.put(
        "earth-resonance",
        new Preset("Earth Resonance", 7.83, "Schumann resonance", true, 0.2, 0.02, 0.6));
    presets.put(
        "crown-chakra",
        new Preset(
            "Crown Chakra",
            480.0,
            "Highest step of the chakra scale, for stillness",
            true,
            0.25,
            0.05,
            0.7));
    return presets;
  }

  private static Map<String, Double> chakras() {
    Map<String, Double> steps = new LinkedHashMap<>();
    steps.put("root", 256.0);
    steps.put("sacral", 288.0);
    steps.put("solar", 320.0);
    steps.put("heart", 341.3);
    steps.put("throat", 384.0);
    steps.put("third_eye", 448.0);
    steps.put("crown", 480.0);
    return steps;
  }
}
