package dev.spanda.biofield.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.spanda.biofield.Databases;
import dev.spanda.biofield.Samples;
import dev.spanda.biofield.StoredTest;
import dev.spanda.core.Failure.Reason;
import dev.spanda.core.Ids;
import dev.spanda.core.store.Store;
import dev.spanda.core.store.StoreLocation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class BaselinesTest extends StoredTest {

  private static final Optional<String> NONE = Optional.empty();

  /** Energy 70 to 74 with mean 72, coherence undefined in every second sample. */
  private static Baselines.Source source(int samples) {
    Map<String, double[]> metrics = new LinkedHashMap<>();
    metrics.put(
        "avgIntensity", IntStream.range(0, samples).mapToDouble(i -> 130 + i % 5).toArray());
    metrics.put("imageArea", IntStream.range(0, samples).mapToDouble(i -> 921600).toArray());
    metrics.put(
        "lyapunovExponent", IntStream.range(0, samples).mapToDouble(i -> Double.NaN).toArray());
    Map<String, double[]> scores = new LinkedHashMap<>();
    scores.put("energy", IntStream.range(0, samples).mapToDouble(i -> 70 + i % 5).toArray());
    scores.put(
        "coherence",
        IntStream.range(0, samples).mapToDouble(i -> i % 2 == 0 ? 60 : Double.NaN).toArray());
    return new Baselines.Source("session_1", Duration.ofMinutes(10), metrics, scores);
  }

  private Baselines baselines(Store store) {
    return new Baselines(store, clock, ids);
  }

  @ParameterizedTest
  @EnumSource
  void aBaselineHoldsTheSpreadOfItsSamples(Databases kind) {
    Baselines baselines = baselines(store(kind));
    Baseline made =
        baselines.create("ann", source(120), Optional.of("Morning"), Optional.of("After sitting"));
    assertThat(made.id()).startsWith("baseline_");
    assertThat(made.active()).isFalse();
    assertThat(made.samples()).isEqualTo(120);
    assertThat(made.isSmall()).isFalse();
    assertThat(made.duration()).isEqualTo(Duration.ofMinutes(10));
    assertThat(made.scores().get("energy").mean()).isCloseTo(72, within(1e-12));
    assertThat(made.scores().get("coherence").count()).isEqualTo(60);
    assertThat(made.metrics()).containsOnlyKeys("avgIntensity", "imageArea");
    assertThat(baselines.find("ann", made.id())).isEqualTo(made);
    assertThat(baselines.create("ann", source(49), NONE, NONE).isSmall()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void oneBaselineIsActiveUntilAnotherIsOrItIsDeleted(Databases kind) {
    Baselines baselines = baselines(store(kind));
    String first = baselines.create("ann", source(60), NONE, NONE).id();
    clock.advance(Duration.ofMinutes(1));
    String second = baselines.create("ann", source(60), NONE, NONE).id();
    assertThat(baselines.current("ann")).isEmpty();
    assertThat(baselines.activate("ann", first).active()).isTrue();
    assertThat(baselines.current("ann").orElseThrow().id()).isEqualTo(first);
    clock.advance(Duration.ofMinutes(1));
    assertThat(baselines.activate("ann", second).activatedAt()).contains(clock.instant());
    assertThat(baselines.current("ann").orElseThrow().id()).isEqualTo(second);
    assertThat(baselines.find("ann", first).active()).isFalse();
    assertThat(baselines.list("ann", 10, 0).items())
        .extracting(Baseline::id)
        .containsExactly(second, first);
    baselines.delete("ann", second);
    assertThat(baselines.current("ann")).isEmpty();
    assertFails(Reason.NOT_FOUND, "baseline", () -> baselines.delete("ann", second));
  }

  @ParameterizedTest
  @EnumSource
  void whatBelongsToSomebodyElseDoesNotExist(Databases kind) {
    Baselines baselines = baselines(store(kind));
    String id = baselines.create("ann", source(60), NONE, NONE).id();
    baselines.activate("ann", id);
    assertFails(Reason.NOT_FOUND, "baseline", () -> baselines.find("bob", id));
    assertFails(Reason.NOT_FOUND, "baseline", () -> baselines.activate("bob", id));
    assertFails(Reason.NOT_FOUND, "baseline", () -> baselines.delete("bob", id));
    assertThat(baselines.current("bob")).isEmpty();
    assertThat(baselines.list("bob", 10, 0).total()).isZero();
    assertThat(baselines.current("ann").orElseThrow().id()).isEqualTo(id);
  }

  @ParameterizedTest
  @EnumSource
  void aFailedActivationLeavesTheOldOneActive(Databases kind) {
    Baselines baselines = baselines(store(kind));
    String id = baselines.create("ann", source(60), NONE, NONE).id();
    baselines.activate("ann", id);
    assertFails(Reason.NOT_FOUND, "baseline", () -> baselines.activate("ann", "baseline_none"));
    assertThat(baselines.current("ann").orElseThrow().id()).isEqualTo(id);
  }

  @ParameterizedTest
  @EnumSource
  void whoeverActivatesAtOnceLeavesExactlyOneActive(Databases kind) throws Exception {
    Store store = store(kind);
    Baselines baselines = baselines(store);
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      made.add(baselines.create("ann", source(60), NONE, NONE).id());
    }
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 10; round++) {
        List<Future<Baseline>> all = new ArrayList<>();
        for (String id : made) {
          all.add(threads.submit(() -> baselines.activate("ann", id)));
        }
        for (Future<Baseline> one : all) {
          assertThat(one.get().active()).isTrue();
        }
        assertThat(baselines.list("ann", 100, 0).items()).filteredOn(Baseline::active).hasSize(1);
        assertThat(baselines.current("ann")).isPresent();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void whatOneMachineWritesAnotherReadsAtOnce() {
    StoreLocation place = Databases.POSTGRESQL.fresh(folder);
    Baselines here = baselines(closing(Store.open(place)));
    Baselines there = new Baselines(closing(Store.open(place)), clock, Ids.secure());
    String first = here.create("ann", source(60), NONE, NONE).id();
    String second = there.create("ann", source(60), NONE, NONE).id();
    for (int round = 0; round < 50; round++) {
      String id = round % 2 == 0 ? first : second;
      (round % 3 == 0 ? here : there).activate("ann", id);
      assertThat(here.current("ann").orElseThrow().id()).isEqualTo(id);
      assertThat(there.current("ann").orElseThrow().id()).isEqualTo(id);
      assertThat(here.find("ann", first).active()).isEqualTo(id.equals(first));
      assertThat(there.find("ann", first).active()).isEqualTo(id.equals(first));
    }
    there.delete("ann", second);
    assertFails(Reason.NOT_FOUND, "baseline", () -> here.find("ann", second));
    assertThat(here.current("ann")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsRolledBackIsNotRemembered(Databases kind) {
    Store store = store(kind);
    Baselines baselines = baselines(store);
    String id = baselines.create("ann", source(60), NONE, NONE).id();
    assertFails(
        Reason.NOT_FOUND,
        "baseline",
        () ->
            store.change(
                handle -> {
                  baselines.activate("ann", id);
                  assertThat(baselines.current("ann")).isPresent();
                  baselines.delete("ann", "baseline_none");
                }));
    assertThat(baselines.current("ann")).isEmpty();
    baselines.create("ann", source(60), NONE, NONE);
    assertThat(baselines.current("ann")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void emptySourcesAndLongNamesAreRefused(Databases kind) {
    Baselines baselines = baselines(store(kind));
    assertFails(Reason.INVALID, "samples", () -> baselines.create("ann", source(0), NONE, NONE));
    assertFails(
        Reason.INVALID,
        "name",
        () -> baselines.create("ann", source(60), Optional.of("n".repeat(201)), NONE));
  }

  @Test
  void comparisonIsMeasuredInDeviationsOfTheBaseline() {
    Map<String, Spread> scores = new LinkedHashMap<>();
    scores.put("energy", new Spread(72.3, 3.8, 60, 80, 120, 0));
    scores.put("symmetry", new Spread(78.1, 1.95, 70, 80, 120, 0));
    scores.put("coherence", new Spread(50, 0, 50, 50, 120, 0));
    Baseline baseline = baseline(scores);
    Comparison comparison =
        Comparison.of(
            baseline,
            Map.of("avgIntensity", 140.0, "imageArea", 921600.0),
            Map.of("energy", 68.5, "symmetry", 74.2, "coherence", 50.5));
    assertThat(comparison.deltas().get("energy")).isCloseTo(-3.8, within(1e-12));
    assertThat(comparison.zScores().get("energy")).isCloseTo(-1, within(1e-12));
    assertThat(comparison.zScores().get("symmetry")).isCloseTo(-2, within(1e-12));
    // A score that never varied is measured in points.
    assertThat(comparison.zScores().get("coherence")).isCloseTo(0.5, within(1e-12));
    assertThat(comparison.overallAlignment())
        .isCloseTo(Math.exp(-0.5 * (1 + 4 + 0.25) / 3), within(1e-12));
    assertThat(comparison.metricZScores().get("avgIntensity")).isCloseTo(2, within(1e-12));
    assertThat(comparison.metricZScores().get("imageArea")).isZero();
    assertThat(Comparison.of(baseline, Map.of("imageArea", 5.0), Map.of()).metricZScores())
        .isEmpty();
    assertThat(Comparison.of(baseline, Map.of(), Map.of()).overallAlignment()).isNaN();
  }

  @Test
  void theSamePictureIsWhollyAligned() {
    Map<String, Spread> scores = new LinkedHashMap<>();
    Samples.scores(60)
        .values()
        .forEach((name, value) -> scores.put(name, new Spread(value, 0, value, value, 1, 0)));
    Comparison comparison = Comparison.of(baseline(scores), Samples.analysis(60));
    assertThat(comparison.overallAlignment()).isEqualTo(1);
    assertThat(comparison.deltas()).hasSize(5).allSatisfy((name, d) -> assertThat(d).isZero());
  }

  private static Baseline baseline(Map<String, Spread> scores) {
    return new Baseline(
        "baseline_1",
        "ann",
        NONE,
        NONE,
        "session_1",
        true,
        START,
        Optional.of(START),
        120,
        Duration.ofMinutes(10),
        Map.of(
            "avgIntensity", new Spread(130, 5, 120, 140, 120, 0),
            "imageArea", new Spread(921600, 0, 921600, 921600, 120, 0)),
        scores);
  }
}
