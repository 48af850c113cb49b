package dev.spanda.server.cli;

import dev.spanda.audio.SampleRate;
import dev.spanda.audio.bowl.Bowl;
import dev.spanda.audio.bowl.BowlSynth;
import dev.spanda.audio.bowl.RingLaw;
import dev.spanda.audio.bowl.Stroke;
import dev.spanda.audio.bowl.ToneSettings;
import dev.spanda.audio.synth.Carrier;
import dev.spanda.audio.synth.Precision;
import dev.spanda.core.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options that say which sound is meant. */
final class ToneOptions {

  private static final String RING = "ring";

  @Option(
      names = "--freq",
      paramLabel = "HZ",
      description = "Frequency of the fundamental, 0.1 to 20000; ${DEFAULT-VALUE} by default.",
      defaultValue = "136.1")
  private double frequencyHz = 136.1;

  @Option(
      names = "--duration",
      paramLabel = "SECONDS",
      description = "Length, up to 86400; ${DEFAULT-VALUE} by default.",
      defaultValue = "30")
  private double seconds = 30;

  @Option(
      names = "--volume",
      description = "Linear gain that no sample exceeds, 0 to 1; ${DEFAULT-VALUE} by default.",
      defaultValue = "0.8")
  private double volume = 0.8;

  @Option(names = "--plain", description = "A plain tone instead of a bowl.")
  private boolean plain;

  @Option(
      names = "--bowl",
      paramLabel = "NAME",
      description = "A measured bowl, tuned to --freq, or 'ring' for the ring law; see --bowls.")
  private @Nullable String bowlName;

  @Option(
      names = "--harmonics",
      description = "Strength of the modes above the fundamental, 0 to 1; ${DEFAULT-VALUE}.",
      defaultValue = "0.3")
  private double harmonics = 0.3;

  @Option(
      names = "--modulation",
      description = "Depth of the tremolo, 0 to 1; ${DEFAULT-VALUE}.",
      defaultValue = "0.05")
  private double modulation = 0.05;

  @Option(
      names = "--interval",
      paramLabel = "SECONDS",
      description = "Time between blows; ${DEFAULT-VALUE} by default.",
      defaultValue = "15")
  private double intervalSeconds = 15;

  @Option(names = "--rub", description = "Rub the bowl all along instead of striking it.")
  private boolean rub;

  @Option(names = "--stereo", description = "Two channels, the modes spread between them.")
  private boolean stereo;

  @Option(
      names = "--carrier",
      paramLabel = "KIND=HZ",
      description = "Make a low frequency audible: am=HZ, isochronic=HZ or binaural=HZ carries it.")
  private @Nullable String carrier;

  @Option(
      names = "--rate",
      paramLabel = "HZ",
      description = "Frames a second; ${DEFAULT-VALUE} by default.",
      defaultValue = "44100")
  private int rate = 44_100;

  @Option(names = "--precise", description = "151 dB instead of 140 dB after half an hour.")
  private boolean precise;

  ToneOptions() {}

  /** The sound that the options describe. */
  BowlSynth sound() {
    SampleRate sampleRate = new SampleRate(rate);
    Precision precision = precise ? Precision.PRECISE : Precision.FAST;
    Duration length = duration(seconds);
    ToneSettings settings =
        new ToneSettings(
            frequencyHz, length, volume, !plain, harmonics, modulation, parseCarrier());
    if (plain) {
      return BowlSynth.from(settings, sampleRate, precision);
    }
    BowlSynth.Builder builder =
        BowlSynth.of(bowl())
            .sampleRate(sampleRate)
            .precision(precision)
            .length(length)
            .volume(volume)
            .harmonicStrength(harmonics)
            .modulationDepth(modulation)
            .carrier(settings.carrier())
            .strokes(
                rub
                    ? List.of(Stroke.rubAt(Duration.ZERO, length))
                    : Stroke.every(duration(intervalSeconds), length));
    return (stereo ? builder.stereo() : builder).build();
  }

  /** What the options describe, in words, for a title. */
  String title() {
    String name = plain ? "tone" : bowlName == null ? "bowl" : bowlName;
    return name
        + " "
        + (frequencyHz == Math.rint(frequencyHz) ? (long) frequencyHz : frequencyHz)
        + " Hz";
  }

  private Bowl bowl() {
    if (bowlName == null) {
      return Bowl.PRAYER.tunedTo(frequencyHz);
    }
    if (bowlName.equals(RING)) {
      return RingLaw.of(frequencyHz).bowl();
    }
    String name = bowlName;
    return Bowl.named(name)
        .orElseThrow(
            () -> {
              List<String> known =
                  new ArrayList<>(Bowl.measured().stream().map(Bowl::name).toList());
              known.add(RING);
              return Failure.notAllowed("bowl", name, known);
            })
        .tunedTo(frequencyHz);
  }

  private Carrier parseCarrier() {
    String text = carrier;
    if (text == null) {
      return new Carrier.Direct();
    }
    int equals = text.indexOf('=');
    try {
      double hz = Double.parseDouble(text.substring(equals + 1));
      return switch (text.substring(0, Math.max(0, equals))) {
        case "am" -> new Carrier.AmplitudeModulated(hz);
        case "isochronic" -> new Carrier.Isochronic(hz);
        case "binaural" -> new Carrier.Binaural(hz);
        default -> throw notACarrier(text);
      };
    } catch (NumberFormatException e) {
      throw notACarrier(text).causedBy(e);
    }
  }

  private static Failure notACarrier(String text) {
    return Failure.notAllowed("carrier", text, List.of("am=HZ", "isochronic=HZ", "binaural=HZ"));
  }

  /** A duration of so many seconds; what is no number becomes zero, which every sound refuses. */
  static Duration duration(double seconds) {
    return Math.abs(seconds) < 1e9 ? Duration.ofNanos(Math.round(seconds * 1e9)) : Duration.ZERO;
  }
}
