package dev.spanda.contract.vajra;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Content;
import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Number patterns that the document calls scalar waves: deterministic generators and a pacer. */
@Route.Group("Scalar waves")
public interface ScalarApi {

  /** Starts a wave of the given pattern. */
  @Route(value = "POST /api/v1/scalar/generate", summary = "Starts a wave of the given pattern.")
  Wave generate(WaveRequest request);

  /** Starts a breathing pacer. */
  @Route(
      value = "POST /api/v1/scalar/breathing-cycle",
      summary = "Starts a breathing pacer: inhale, hold, exhale.")
  Breathing breathingCycle(BreathingRequest request);

  /** The waves and pacers that run now, oldest first; beyond the document. */
  @Route(
      value = "GET /api/v1/scalar/waves",
      summary = "The waves and pacers that run now, oldest first.")
  Running running();

  /** Ends a wave or a pacer before its time; beyond the document. */
  @Route(
      value = "POST /api/v1/scalar/waves/{wave_id}/stop",
      summary = "Ends a wave or a pacer before its time.")
  AudioApi.Message stop(@Param.Path("wave_id") String waveId);

  /** The samples of a running wave as a 16-bit WAV file; beyond the document. */
  @Route(
      value = "GET /api/v1/scalar/waves/{wave_id}/download",
      summary = "The samples of a running wave as a 16-bit WAV file.")
  Content download(@Param.Path("wave_id") String waveId);

  /** Measures how fast this machine generates. */
  @Route(
      value = "POST /api/v1/scalar/benchmark",
      summary = "Measures how fast this machine generates.")
  Benchmark benchmark();

  /**
   * What to generate.
   *
   * @param frequency Hz, 0.1 to 20 000; 7.83 when absent
   * @param duration seconds, 0.1 to 86 400; 60 when absent
   * @param amplitude 0 to 1; 0.8 when absent
   * @param pattern name of the pattern; {@code schumann} when absent
   * @param intention free text up to 2 000 characters
   * @param seed the same seed gives the same wave; beyond the document
   */
  record WaveRequest(
      @JsonProperty("frequency") @Nullable Double frequency,
      @JsonProperty("duration") @Nullable Number duration,
      @JsonProperty("amplitude") @Nullable Double amplitude,
      @JsonProperty("pattern") @Nullable String pattern,
      @JsonProperty("intention") @Nullable String intention,
      @JsonProperty("seed") @Nullable Long seed) {}

  /**
   * A wave that has begun. It runs for its duration: the socket tells its beginning and its end,
   * and its samples can be fetched until then.
   *
   * @param waveId its name
   * @param statistics of its first second, or of all of a shorter one; beyond the document
   */
  record Wave(
      @JsonProperty("status") String status,
      @JsonProperty("message") String message,
      @JsonProperty("wave_id") String waveId,
      @JsonProperty("frequency") double frequency,
      @JsonProperty("duration") Number duration,
      @JsonProperty("pattern") String pattern,
      @JsonProperty("statistics") @Nullable WaveStatistics statistics) {}

  /**
   * What a wave's samples measure.
   *
   * @param samples how many were measured
   * @param mean their mean
   * @param standardDeviation their population standard deviation
   * @param peak the largest magnitude
   */
  record WaveStatistics(
      @JsonProperty("samples") long samples,
      @JsonProperty("mean") double mean,
      @JsonProperty("standard_deviation") double standardDeviation,
      @JsonProperty("peak") double peak) {}

  /**
   * A breathing pattern.
   *
   * @param inhaleSeconds 0.5 to 60; 4 when absent
   * @param holdSeconds 0 to 60; 7 when absent
   * @param exhaleSeconds 0.5 to 60; 8 when absent
   * @param cycles 1 to 1 000; 10 when absent
   */
  record BreathingRequest(
      @JsonProperty("inhale_seconds") @Nullable Number inhaleSeconds,
      @JsonProperty("hold_seconds") @Nullable Number holdSeconds,
      @JsonProperty("exhale_seconds") @Nullable Number exhaleSeconds,
      @JsonProperty("cycles") @Nullable Integer cycles) {}

  /**
   * A pacer that has begun: the socket tells every phase as it begins.
   *
   * @param totalDuration seconds of all cycles
   * @param waveId its name, by which it can be stopped; beyond the document
   * @param timeline when each phase of the first cycle begins; beyond the document
   */
  record Breathing(
      @JsonProperty("status") String status,
      @JsonProperty("message") String message,
      @JsonProperty("total_duration") Number totalDuration,
      @JsonProperty("cycles") int cycles,
      @JsonProperty("wave_id") @Nullable String waveId,
      @JsonProperty("timeline") @Nullable List<BreathPhase> timeline) {}

  /** What runs now. */
  record Running(
      @JsonProperty("status") String status, @JsonProperty("waves") List<RunningWave> waves) {

    /** Copies the rows. */
    public Running {
      waves = List.copyOf(waves);
    }
  }

  /**
   * A wave or a pacer that runs.
   *
   * @param pattern name of the pattern, {@code breathing} for a pacer
   * @param elapsed seconds since it began
   * @param remaining seconds until it ends by itself
   */
  record RunningWave(
      @JsonProperty("wave_id") String waveId,
      @JsonProperty("pattern") String pattern,
      @JsonProperty("started_at") Instant startedAt,
      @JsonProperty("elapsed") double elapsed,
      @JsonProperty("remaining") double remaining) {}

  /**
   * One phase of a breath.
   *
   * @param phase {@code inhale}, {@code hold} or {@code exhale}
   * @param start seconds after the cycle's beginning
   * @param duration seconds
   */
  record BreathPhase(
      @JsonProperty("phase") String phase,
      @JsonProperty("start") double start,
      @JsonProperty("duration") double duration) {}

  /** A measurement of the generators. */
  record Benchmark(
      @JsonProperty("status") String status,
      @JsonProperty("benchmark_results") BenchmarkResults benchmarkResults) {}

  /**
   * What was measured.
   *
   * @param generationTimeMs wall time of the run, in ms
   * @param samplesPerSecond values generated a second of wall time
   * @param efficiency share of the wall time that the generating thread had a processor, 0 to 1
   */
  record BenchmarkResults(
      @JsonProperty("generation_time_ms") double generationTimeMs,
      @JsonProperty("samples_per_second") Number samplesPerSecond,
      @JsonProperty("efficiency") double efficiency) {}
}
