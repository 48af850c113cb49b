package dev.spanda.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Compares cron with times that croniter gave; the folder of the data tells how. */
class CronOracleTest {

  private static final String DATA = "/reference/croniter/next.csv.gz";

  @Test
  void theNextTimesAreThoseOfCroniterAroundClockChangesToo() throws IOException {
    List<String> rows;
    try (InputStream in =
            Objects.requireNonNull(CronOracleTest.class.getResourceAsStream(DATA), DATA);
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(new GZIPInputStream(in), StandardCharsets.UTF_8))) {
      rows = reader.lines().skip(1).toList();
    }
    assertThat(rows).hasSize(10_000);
    for (String row : rows) {
      String[] parts = row.split(";");
      Instant from = Instant.ofEpochSecond(Long.parseLong(parts[2]));
      assertThat(Cron.parse(parts[0], ZoneId.of(parts[1])).nextAfter(from))
          .as(row)
          .contains(Instant.ofEpochSecond(Long.parseLong(parts[3])));
    }
  }
}
