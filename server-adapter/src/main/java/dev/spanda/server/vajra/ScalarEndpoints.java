package dev.spanda.server.vajra;

import static dev.spanda.server.vajra.Wire.SUCCESS;

import dev.spanda.audio.Sound;
import dev.spanda.audio.file.WavFormat;
import dev.spanda.audio.scalar.BreathingCycle;
import dev.spanda.audio.scalar.ScalarBenchmark;
import dev.spanda.audio.scalar.ScalarGenerator;
import dev.spanda.audio.scalar.ScalarMethod;
import dev.spanda.audio.scalar.ScalarPattern;
import dev.spanda.contract.http.Content;
import dev.spanda.contract.vajra.AudioApi;
import dev.spanda.contract.vajra.ScalarApi;
import dev.spanda.core.Failure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;

/** The chapter Scalar Waves. */
final class ScalarEndpoints implements ScalarApi {

  private static final int BENCHMARK_VALUES = 200_000;
  private static final int LONGEST_INTENTION = 2_000;

  private final ScalarStage stage;
  private final InstantSource clock;

  ScalarEndpoints(ScalarStage stage, InstantSource clock) {
    this.stage = stage;
    this.clock = clock;
  }

  @Override
  public Wave generate(WaveRequest request) {
    double frequencyHz = Wire.or(request.frequency(), 7.83);
    Failure.requireInRange("frequency", "Frequency", frequencyHz, 0.1, 20_000, "Hz");
    double seconds = Wire.or(request.duration(), 60).doubleValue();
    Failure.requireInRange("duration", "Duration", seconds, 0.1, 86_400, "seconds");
    String intention = Wire.or(request.intention(), "");
    Failure.requireInRange(
        "intention",
        "Length of the intention",
        intention.length(),
        0,
        LONGEST_INTENTION,
        "characters");
    ScalarPattern pattern = ScalarPattern.parse(Wire.or(request.pattern(), "schumann"));
    ScalarStage.Run run =
        stage.start(
            pattern,
            frequencyHz,
            Wire.or(request.amplitude(), 0.8),
            Wire.duration(seconds),
            Wire.or(request.seed(), 0L),
            intention);
    return new Wave(
        SUCCESS,
        "Scalar wave generation started",
        run.id(),
        frequencyHz,
        Wire.plain(seconds),
        pattern.id(),
        run.sound().map(ScalarEndpoints::measure).orElse(null));
  }

  @Override
  public Breathing breathingCycle(BreathingRequest request) {
    BreathingCycle breathing =
        new BreathingCycle(
            phase(
                "inhale_seconds", "Inhale", Wire.or(request.inhaleSeconds(), 4).doubleValue(), 0.5),
            phase("hold_seconds", "Hold", Wire.or(request.holdSeconds(), 7).doubleValue(), 0),
            phase(
                "exhale_seconds", "Exhale", Wire.or(request.exhaleSeconds(), 8).doubleValue(), 0.5),
            cycles(Wire.or(request.cycles(), 10)));
    ScalarStage.Run run = stage.start(breathing);
    List<BreathPhase> first =
        breathing.timeline().stream()
            .filter(step -> step.start().compareTo(breathing.cycleDuration()) < 0)
            .map(
                step ->
                    new BreathPhase(
                        step.phase().name().toLowerCase(Locale.ROOT),
                        Wire.seconds(step.start()),
                        Wire.seconds(step.duration())))
            .toList();
    return new Breathing(
        SUCCESS,
        "Breathing cycle initiated",
        Wire.plain(Wire.seconds(breathing.totalDuration())),
        breathing.cycles(),
        run.id(),
        first);
  }

  @Override
  public Running running() {
    return new Running(
        SUCCESS,
        stage.running().stream()
            .map(
                run -> {
                  Duration elapsed = run.elapsed(clock.instant());
                  return new RunningWave(
                      run.id(),
                      run.pattern(),
                      run.startedAt(),
                      Wire.seconds(elapsed),
                      Wire.seconds(run.duration().minus(elapsed)));
                })
            .toList());
  }

  @Override
  public AudioApi.Message stop(String waveId) {
    stage.stop(waveId);
    return new AudioApi.Message(SUCCESS, "Scalar wave stopped");
  }

  @Override
  public Content download(String waveId) {
    Sound sound =
        stage
            .find(waveId)
            .sound()
            .orElseThrow(
                () ->
                    Failure.of(
                        Failure.Reason.NOT_FOUND, "wave", "A breathing pacer has no samples"));
    return Downloads.wav(sound, WavFormat.PCM16, waveId + ".wav");
  }

  @Override
  public Benchmark benchmark() {
    ScalarBenchmark.Result result =
        ScalarBenchmark.ofThisMachine()
            .run(ScalarGenerator.of(ScalarMethod.HYBRID, 0), BENCHMARK_VALUES);
    return new Benchmark(
        SUCCESS,
        new BenchmarkResults(
            result.generationTime().toNanos() / 1e6,
            Math.round(result.samplesPerSecond()),
            result.efficiency()));
  }

  private static Duration phase(String field, String label, double seconds, double least) {
    return Wire.duration(Failure.requireInRange(field, label, seconds, least, 60, "seconds"));
  }

  private static int cycles(int cycles) {
    return (int) Failure.requireInRange("cycles", "Cycles", cycles, 1, 1_000, "");
  }

  private static WaveStatistics measure(Sound sound) {
    int count = (int) Math.min(sound.frames(), sound.sampleRate().hz());
    float[][] samples = new float[1][count];
    sound.fork().read(0, samples, 0, count);
    double sum = 0;
    double squares = 0;
    double peak = 0;
    for (float sample : samples[0]) {
      sum += sample;
      squares += (double) sample * sample;
      peak = Math.max(peak, Math.abs(sample));
    }
    double mean = sum / count;
    return new WaveStatistics(
        count, mean, Math.sqrt(Math.max(0, squares / count - mean * mean)), peak);
  }
}
