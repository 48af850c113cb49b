package dev.spanda.audio.bowl;

import dev.spanda.audio.SampleRate;
import dev.spanda.audio.Sound;
import dev.spanda.audio.synth.Carrier;
import dev.spanda.audio.synth.Partial;
import dev.spanda.audio.synth.PartialBank;
import dev.spanda.audio.synth.Precision;
import dev.spanda.core.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/**
 * The sound of a bowl that is struck and rubbed: every mode falls at its own rate, doublets beat,
 * and strokes ring on beneath those that follow. It is computed while it is read, from any frame,
 * and has the same bits on every machine: see {@link PartialBank}.
 *
 * <ul>
 *   <li>Click-free: each blow rises over {@link #ONSET}, to the frame; the end falls to silence
 *       over {@link #FADE}, or over a quarter of the sound where that is less.
 *   <li>Headroom: one default blow is scaled so that the sum of its amplitudes is the volume; where
 *       strokes ring on one another and that sum grows larger, the whole sound is scaled down by as
 *       much. So no sample exceeds the volume, and volume 1 stays within full scale.
 *   <li>Members of a mode at or above half the sample rate are dropped.
 *   <li>In stereo the fundamental stands in the middle and mode m of M stands at ±0.6·m/(M − 1),
 *       odd ones to the right, with the power of each the same everywhere. For {@link
 *       Carrier.Binaural} each bowl is wholly on its side.
 * </ul>
 *
 * <p>For one thread at a time; {@link #fork()} gives another thread its own.
 */
public final class BowlSynth implements Sound {

  /** How long a blow takes to rise, 2 ms. */
  public static final Duration ONSET = Duration.ofMillis(2);

  /** How long the end takes to fall, 50 ms. */
  public static final Duration FADE = Duration.ofMillis(50);

  private static final Duration TONE_EDGE = Duration.ofMillis(10);
  private static final double NEGLIGIBLE = 1e-9;

  private final PartialBank bank;
  private final boolean audible;

  private BowlSynth(PartialBank bank, boolean audible) {
    this.bank = bank;
    this.audible = audible;
  }

  /** A bowl to be struck or rubbed. */
  public static Builder of(Bowl bowl) {
    return new Builder(bowl);
  }

  /** What the settings ask for, in one channel, or in two for {@link Carrier.Binaural}. */
  public static BowlSynth from(ToneSettings settings, SampleRate sampleRate) {
    return from(settings, sampleRate, Precision.FAST);
  }

  /** What the settings ask for, with the given precision. */
  public static BowlSynth from(ToneSettings settings, SampleRate sampleRate, Precision precision) {
    if (!settings.prayerBowlMode()) {
      return plainTone(settings, sampleRate, precision);
    }
    return of(Bowl.PRAYER.tunedTo(settings.frequencyHz()))
        .sampleRate(sampleRate)
        .precision(precision)
        .length(settings.duration())
        .strokes(Stroke.every(ToneSettings.STRIKE_INTERVAL, settings.duration()))
        .volume(settings.volume())
        .harmonicStrength(settings.harmonicStrength())
        .modulationDepth(settings.modulationDepth())
        .carrier(settings.carrier())
        .build();
  }

  private static BowlSynth plainTone(
      ToneSettings settings, SampleRate sampleRate, Precision precision) {
    Carrier carrier = settings.carrier();
    PartialBank.Builder bank =
        PartialBank.lasting(settings.duration(), sampleRate)
            .precision(precision)
            .onset(TONE_EDGE)
            .fade(TONE_EDGE)
            .tremolo(ToneSettings.MODULATION_HZ, settings.modulationDepth());
    boolean heard = false;
    for (Voice voice : voices(carrier, settings.frequencyHz())) {
      bank.add(Partial.of(voice.frequencyHz, settings.volume()).withPan(voice.side));
      heard |= voice.frequencyHz < sampleRate.nyquistHz();
    }
    carry(bank, carrier, settings.frequencyHz());
    return new BowlSynth(bank.build(), heard && settings.isAudible());
  }

  /** One of the tones that a carrier makes of a frequency; side is −1, 0 or 1. */
  private record Voice(double frequencyHz, int side) {}

  private static List<Voice> voices(Carrier carrier, double frequencyHz) {
    if (carrier instanceof Carrier.AmplitudeModulated pulsed) {
      return List.of(new Voice(pulsed.carrierHz(), 0));
    }
    if (carrier instanceof Carrier.Isochronic pulsed) {
      return List.of(new Voice(pulsed.carrierHz(), 0));
    }
    if (carrier instanceof Carrier.Binaural pair) {
      return List.of(
          new Voice(pair.carrierHz() - frequencyHz / 2, -1),
          new Voice(pair.carrierHz() + frequencyHz / 2, 1));
    }
    return List.of(new Voice(frequencyHz, 0));
  }

  private static void carry(PartialBank.Builder bank, Carrier carrier, double frequencyHz) {
    if (carrier instanceof Carrier.AmplitudeModulated) {
      bank.tremolo(frequencyHz, 1);
    } else if (carrier instanceof Carrier.Isochronic) {
      bank.pulses(frequencyHz);
    } else if (carrier instanceof Carrier.Binaural) {
      bank.stereo();
    }
  }

  /**
   * Whether the frequency that was asked for reaches an ear: it lies between 20 and 20 000 Hz and
   * below half the sample rate, or a carrier brings it.
   */
  public boolean isAudible() {
    return audible;
  }

  @Override
  public SampleRate sampleRate() {
    return bank.sampleRate();
  }

  @Override
  public int channels() {
    return bank.channels();
  }

  @Override
  public long frames() {
    return bank.frames();
  }

  @Override
  public void read(long firstFrame, float[][] into, int offset, int count) {
    bank.read(firstFrame, into, offset, count);
  }

  @Override
  public BowlSynth fork() {
    return new BowlSynth(bank.fork(), audible);
  }

  /** Collects what is to be heard of a bowl. Not thread-safe. */
  public static final class Builder {

    private final Bowl bowl;
    private final List<Stroke> strokes = new ArrayList<>();
    private SampleRate sampleRate = SampleRate.CD;
    private Duration length = Duration.ofSeconds(30);
    private Precision precision = Precision.FAST;
    private Carrier carrier = new Carrier.Direct();
    private boolean stereo;
    private double volume = 0.8;
    private double harmonicStrength = 1;
    private double modulationDepth;

    private Builder(Bowl bowl) {
      this.bowl = Objects.requireNonNull(bowl);
    }

    /** Sets the sample rate; the default is {@link SampleRate#CD}. */
    public Builder sampleRate(SampleRate value) {
      sampleRate = Objects.requireNonNull(value);
      return this;
    }

    /**
     * Sets how long the sound lasts, longer than 0 and at most 24 h; the default is 30 s.
     *
     * @throws Failure INVALID when the length is out of its range
     */
    public Builder length(Duration value) {
      ToneSettings.requireLength(value);
      length = value;
      return this;
    }

    /** Adds a stroke; a sound without any has one default blow at 0. */
    public Builder stroke(Stroke stroke) {
      strokes.add(Objects.requireNonNull(stroke));
      return this;
    }

    /** Adds strokes. */
    public Builder strokes(List<Stroke> more) {
      more.forEach(this::stroke);
      return this;
    }

    /** Makes two channels; the default is one. */
    public Builder stereo() {
      stereo = true;
      return this;
    }

    /** Sets the precision; the default is {@link Precision#FAST}. */
    public Builder precision(Precision value) {
      precision = Objects.requireNonNull(value);
      return this;
    }

    /**
     * Sets the volume, which no sample exceeds; the default is 0.8.
     *
     * @param value from 0 to 1
     */
    public Builder volume(double value) {
      volume = Failure.requireInRange("volume", "Volume", value, 0, 1, "");
      return this;
    }

    /**
     * Sets what the amplitudes of all modes above the fundamental are multiplied by; the default is
     * 1.
     *
     * @param value from 0 to 1
     */
    public Builder harmonicStrength(double value) {
      harmonicStrength =
          Failure.requireInRange("harmonic_strength", "Harmonic strength", value, 0, 1, "");
      return this;
    }

    /**
     * Sets the depth of a tremolo of {@link ToneSettings#MODULATION_HZ}; the default is 0, none.
     *
     * @param value from 0 to 1
     */
    public Builder modulationDepth(double value) {
      modulationDepth =
          Failure.requireInRange("modulation_depth", "Modulation depth", value, 0, 1, "");
      return this;
    }

    /**
     * Sets how the bowl's fundamental is made audible, as {@link ToneSettings#carrier} says; the
     * default is {@link Carrier.Direct}.
     */
    public Builder carrier(Carrier value) {
      carrier = Objects.requireNonNull(value);
      return this;
    }

    /** The sound. */
    public BowlSynth build() {
      double frequencyHz = bowl.fundamentalHz();
      Duration fade = length.dividedBy(4).compareTo(FADE) < 0 ? length.dividedBy(4) : FADE;
      PartialBank.Builder bank =
          PartialBank.lasting(length, sampleRate)
              .precision(precision)
              .onset(ONSET)
              .fade(fade)
              .tremolo(ToneSettings.MODULATION_HZ, modulationDepth);
      if (stereo) {
        bank.stereo();
      }
      carry(bank, carrier, frequencyHz);
      List<Stroke> played =
          strokes.isEmpty() ? List.of(Stroke.strikeAt(Duration.ZERO)) : sorted(strokes);
      boolean heard = false;
      for (Voice voice : voices(carrier, frequencyHz)) {
        // Without a carrier the bowl is taken as it is, not tuned to its own fundamental.
        Bowl sounding = carrier instanceof Carrier.Direct ? bowl : bowl.tunedTo(voice.frequencyHz);
        new Ringing(sounding, voice.side, played).addTo(bank);
        heard |= voice.frequencyHz < sampleRate.nyquistHz();
      }
      return new BowlSynth(bank.build(), heard && carrier.isAudible(frequencyHz));
    }

    private static List<Stroke> sorted(List<Stroke> strokes) {
      return strokes.stream().sorted(Comparator.comparing(Stroke::at)).toList();
    }

    /** One bowl under its strokes, on its way into the bank. */
    private final class Ringing {

      private final List<Bowl.Mode> modes;
      private final int side;
      private final List<Stroke> strokes;
      private final double unit;
      private final double gain;

      Ringing(Bowl bowl, int side, List<Stroke> strokes) {
        this.modes = bowl.modes();
        this.side = side;
        this.strokes = strokes;
        Stroke.Strike usual = Stroke.strikeAt(Duration.ZERO);
        double sum = 0;
        for (int mode = 0; mode < modes.size(); mode++) {
          sum += level(usual, mode);
        }
        unit = sum;
        double peak = Math.max(unit, highestLevel());
        gain = peak > 0 ? volume / peak : 0;
      }

      void addTo(PartialBank.Builder bank) {
        for (Stroke stroke : strokes) {
          if (stroke.at().compareTo(length) >= 0) {
            continue;
          }
          for (int mode = 0; mode < modes.size(); mode++) {
            double lower = gain * lower(stroke, mode);
            double upper = gain * upper(stroke, mode);
            add(bank, stroke, mode, modes.get(mode).lowerHz(), lower);
            add(bank, stroke, mode, modes.get(mode).upperHz(), upper);
          }
        }
      }

      private void add(
          PartialBank.Builder bank, Stroke stroke, int mode, double hz, double amplitude) {
        if (Math.abs(amplitude) < NEGLIGIBLE) {
          return;
        }
        long start = sampleRate.framesIn(stroke.at());
        double t60 = modes.get(mode).t60Seconds();
        Partial ringing = Partial.of(hz, amplitude).withPan(pan(mode));
        if (stroke instanceof Stroke.Rub rub) {
          // 1 − e^(−t/τ) is a steady partial less one that dies away.
          long end = start + Math.max(1, sampleRate.framesIn(rub.length()));
          double riseT60 = rub.riseSeconds() * StrictMath.log(1000);
          bank.add(ringing.withFrames(start, end));
          bank.add(
              Partial.of(hz, -amplitude)
                  .withPan(pan(mode))
                  .withT60Seconds(riseT60)
                  .withFrames(start, end));
          double seconds = (double) (end - start) / sampleRate.hz();
          double reached = 1 - StrictMath.exp(-seconds / rub.riseSeconds());
          double turns = hz / sampleRate.hz() * (end - start);
          bank.add(
              Partial.of(hz, amplitude * reached)
                  .withPan(pan(mode))
                  .withPhaseRad(2 * Math.PI * (turns - Math.floor(turns)))
                  .withT60Seconds(t60)
                  .withFrames(end, Long.MAX_VALUE));
        } else {
          bank.add(ringing.withT60Seconds(t60).withFrames(start, Long.MAX_VALUE));
        }
      }

      private double pan(int mode) {
        if (side != 0 || mode == 0) {
          return side;
        }
        double width = 0.6 * mode / (modes.size() - 1);
        return mode % 2 == 1 ? width : -width;
      }

      /** The largest sum of amplitudes that the strokes lead to, before the gain. */
      private double highestLevel() {
        double[] falling = new double[modes.size()];
        double[] driven = new double[modes.size()];
        List<Stroke.Rub> rubs = new ArrayList<>();
        double highest = 0;
        Duration now = Duration.ZERO;
        for (Stroke stroke : strokes) {
          double seconds = seconds(stroke.at().minus(now));
          now = stroke.at();
          for (int mode = 0; mode < modes.size(); mode++) {
            falling[mode] *=
                StrictMath.exp(-seconds * StrictMath.log(1000) / modes.get(mode).t60Seconds());
          }
          // A rub that has ended is counted as if it ended now: a little too much, never too
          // little.
          for (var at = rubs.iterator(); at.hasNext(); ) {
            Stroke.Rub rub = at.next();
            if (rub.at().plus(rub.length()).compareTo(now) <= 0) {
              at.remove();
              for (int mode = 0; mode < modes.size(); mode++) {
                driven[mode] -= level(rub, mode);
                falling[mode] += level(rub, mode);
              }
            }
          }
          double[] target = stroke instanceof Stroke.Rub ? driven : falling;
          if (stroke instanceof Stroke.Rub rub) {
            rubs.add(rub);
          }
          double sum = 0;
          for (int mode = 0; mode < modes.size(); mode++) {
            target[mode] += level(stroke, mode);
            sum += falling[mode] + driven[mode];
          }
          highest = Math.max(highest, sum);
        }
        return highest;
      }

      private double level(Stroke stroke, int mode) {
        return Math.abs(lower(stroke, mode)) + Math.abs(upper(stroke, mode));
      }

      private double lower(Stroke stroke, int mode) {
        return member(stroke, mode, modes.get(mode).lowerHz(), false);
      }

      private double upper(Stroke stroke, int mode) {
        return member(stroke, mode, modes.get(mode).upperHz(), true);
      }

      /** The amplitude that a stroke gives to one member of a mode, before the gain. */
      private double member(Stroke stroke, int index, double hz, boolean isUpper) {
        Bowl.Mode mode = modes.get(index);
        boolean single = mode.splitHz() == 0;
        if (hz >= sampleRate.nyquistHz() || (single && isUpper)) {
          return 0;
        }
        double strength = index == 0 ? 1 : harmonicStrength;
        if (stroke instanceof Stroke.Strike strike) {
          double amplitude = mode.amplitude() * strength * strike.response(mode.frequencyHz());
          if (single) {
            return amplitude;
          }
          // A doublet of unknown order is met between its crests.
          double angle = mode.order() == 0 ? Math.PI / 4 : mode.order() * strike.angleRad();
          return amplitude * (isUpper ? StrictMath.sin(angle) : StrictMath.cos(angle));
        }
        double level = ((Stroke.Rub) stroke).level() * unit * 0.75 * StrictMath.pow(0.25, index);
        return strength * level * (single ? 1 : 0.5);
      }
    }
  }

  private static double seconds(Duration duration) {
    return duration.getSeconds() + duration.getNano() * 1e-9;
  }
}
