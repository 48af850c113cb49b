package dev.spanda.server.outbound.platform;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanda.server.outbound.platform.ExactlyOnceTrial.Outcome;
import dev.spanda.server.outbound.platform.ExactlyOnceTrial.Publisher;
import dev.spanda.server.outbound.platform.trial.FakeSites;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The promise of publishing, under faults and crashes: here some hundreds of them, more than a
 * thousand with {@code -Dspanda.publish.publications=300}, another course with {@code
 * -Dspanda.publish.seed=N}.
 */
class ExactlyOnceTest {

  private static final int PUBLICATIONS = Integer.getInteger("spanda.publish.publications", 60);
  private static final long SEED = Long.getLong("spanda.publish.seed", 20_260_115L);
  private static final double RATE = 0.25;

  @TempDir private Path folder;

  private Outcome run(Publisher publisher, int publications) throws IOException {
    try (ExactlyOnceTrial trial =
        new ExactlyOnceTrial(SEED, RATE, publisher, folder.resolve("media"))) {
      Outcome outcome = trial.run(publications);
      System.out.println(
          publisher
              + ", seed "
              + SEED
              + ": "
              + outcome.publications()
              + " publications, "
              + outcome.total()
              + " faults and crashes ("
              + outcome.faults()
              + ", crashes "
              + outcome.crashes()
              + "), appeared more than once "
              + outcome.appearances().values().stream().filter(n -> n > 1).count()
              + ", never "
              + outcome.appearances().values().stream().filter(n -> n == 0).count());
      return outcome;
    }
  }

  @Test
  void eachPublicationAppearsOnceWhateverBreaks() throws IOException {
    Outcome outcome = run(Publisher.ENGINE, PUBLICATIONS);
    assertThat(outcome.total()).isGreaterThanOrEqualTo(PUBLICATIONS * 10 / 3);
    assertThat(outcome.crashes()).isPositive();
    assertThat(outcome.faults()).hasSize(FakeSites.Fault.values().length - 1);
    assertThat(outcome.wrong()).as("seed %s", SEED).isEmpty();
    assertThat(outcome.appearances())
        .as("seed %s", SEED)
        .hasSize(PUBLICATIONS)
        .allSatisfy((text, times) -> assertThat(times).as(text).isEqualTo(1));
  }

  @Test
  void aPublisherThatTriesAgainAppearsTwice() throws IOException {
    assertThat(run(Publisher.NAIVE, 25).appearances().values()).anyMatch(times -> times > 1);
  }

  @Test
  void theEngineWithoutReconciliationAppearsTwice() throws IOException {
    assertThat(run(Publisher.FORGETFUL, 25).appearances().values()).anyMatch(times -> times > 1);
  }
}
