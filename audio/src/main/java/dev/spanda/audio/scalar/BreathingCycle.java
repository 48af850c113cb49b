package dev.spanda.audio.scalar;

import dev.spanda.audio.SampleRate;
import dev.spanda.audio.Sound;
import dev.spanda.core.Failure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Breathing in, holding, breathing out, again and again: as a timeline and as an envelope.
 *
 * @param inhale how long one breath in lasts, 0 to 600 seconds
 * @param hold how long the breath is held, 0 to 600 seconds
 * @param exhale how long one breath out lasts, 0 to 600 seconds; the three together more than 0
 * @param cycles how many times, 1 to 10 000
 */
public record BreathingCycle(Duration inhale, Duration hold, Duration exhale, int cycles) {

  private static final int MOST_SECONDS = 600;
  private static final int MOST_CYCLES = 10_000;

  /**
   * Checks the ranges.
   *
   * @throws Failure INVALID when a part is out of its range or all three are zero
   */
  public BreathingCycle {
    check("inhale_seconds", "Inhale", inhale);
    check("hold_seconds", "Hold", hold);
    check("exhale_seconds", "Exhale", exhale);
    Failure.requireInRange("cycles", "Cycles", cycles, 1, MOST_CYCLES, "");
    if (inhale.plus(hold).plus(exhale).isZero()) {
      throw Failure.invalid(
          "inhale_seconds", 0, "Inhale, hold and exhale together must last longer than 0 seconds");
    }
  }

  private static void check(String subject, String label, Duration part) {
    double seconds = part.getSeconds() + part.getNano() * 1e-9;
    Failure.requireInRange(subject, label, seconds, 0, MOST_SECONDS, "seconds");
  }

  /** What the breath does. */
  public enum Phase {
    /** The level rises. */
    INHALE,
    /** The level stays at 1. */
    HOLD,
    /** The level falls. */
    EXHALE
  }

  /**
   * One phase on the timeline.
   *
   * @param cycle the number of the cycle, from 1
   * @param phase what the breath does
   * @param start when it begins, from the beginning of the first cycle
   * @param duration how long it lasts, more than 0
   */
  public record Step(int cycle, Phase phase, Duration start, Duration duration) {}

  /** How long one cycle lasts. */
  public Duration cycleDuration() {
    return inhale.plus(hold).plus(exhale);
  }

  /** How long all cycles last: 4, 7 and 8 seconds ten times are 190 seconds. */
  public Duration totalDuration() {
    return cycleDuration().multipliedBy(cycles);
  }

  /** All phases in order, those of no length left out. */
  public List<Step> timeline() {
    List<Step> steps = new ArrayList<>();
    Duration start = Duration.ZERO;
    for (int cycle = 1; cycle <= cycles; cycle++) {
      for (Phase phase : Phase.values()) {
        Duration length = length(phase);
        if (!length.isZero()) {
          steps.add(new Step(cycle, phase, start, length));
          start = start.plus(length);
        }
      }
    }
    return List.copyOf(steps);
  }

  /** The phase at a time from the beginning; absent before it and after the end. */
  public Optional<Step> at(Duration time) {
    if (time.isNegative() || time.compareTo(totalDuration()) >= 0) {
      return Optional.empty();
    }
    long cycle = time.dividedBy(cycleDuration());
    Duration start = cycleDuration().multipliedBy(cycle);
    for (Phase phase : Phase.values()) {
      Duration length = length(phase);
      if (time.compareTo(start.plus(length)) < 0) {
        return Optional.of(new Step((int) cycle + 1, phase, start, length));
      }
      start = start.plus(length);
    }
    return Optional.empty();
  }

  /**
   * How full the breath is at a time, 0 to 1: it rises along half a cosine wave while inhaling, is
   * 1 while holding, falls along the same curve while exhaling, and is 0 before and after.
   */
  public double level(Duration time) {
    return time.isNegative() ? 0 : level(time.getSeconds() + time.getNano() * 1e-9);
  }

  /**
   * The sound with its loudness following the breath, as long as all cycles; after the end of a
   * shorter sound there is silence. It is for one thread at a time.
   */
  public Sound shape(Sound sound) {
    return new Breath(this, sound);
  }

  private double level(double seconds) {
    double cycle = seconds(cycleDuration());
    if (seconds >= cycle * cycles) {
      return 0;
    }
    double within = seconds % cycle;
    double in = seconds(inhale);
    if (within < in) {
      return rise(within / in);
    }
    double out = within - in - seconds(hold);
    return out < 0 ? 1 : rise(Math.max(0, 1 - out / seconds(exhale)));
  }

  private static double rise(double share) {
    return 0.5 - 0.5 * StrictMath.cos(Math.PI * share);
  }

  private static double seconds(Duration duration) {
    return duration.getSeconds() + duration.getNano() * 1e-9;
  }

  private Duration length(Phase phase) {
    return switch (phase) {
      case INHALE -> inhale;
      case HOLD -> hold;
      case EXHALE -> exhale;
    };
  }

  private record Breath(BreathingCycle breathing, Sound sound) implements Sound {

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
      return sampleRate().framesIn(breathing.totalDuration());
    }

    @Override
    public void read(long firstFrame, float[][] into, int offset, int count) {
      sound.read(firstFrame, into, offset, count);
      double hz = sampleRate().hz();
      for (int i = 0; i < count; i++) {
        long frame = firstFrame + i;
        float level = frame < frames() ? (float) breathing.level(frame / hz) : 0;
        for (int channel = 0; channel < channels(); channel++) {
          into[channel][offset + i] *= level;
        }
      }
    }

    @Override
    public Sound fork() {
      return new Breath(breathing, sound.fork());
    }
  }
}
