package dev.spanda.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.contract.http.WireJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FieldSeriesCommandTest {

  private record Ran(int exit, String out, String err) {}

  @TempDir private Path folder;

  private Path write(double... series) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(8 * series.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asDoubleBuffer().put(series);
    Path file = folder.resolve("series.f64");
    Files.write(file, bytes.array());
    return file;
  }

  private Path writeLogistic(int n) throws IOException {
    double[] x = new double[n];
    double value = 0.1;
    for (int i = 0; i < n; i++) {
      value = 4 * value * (1 - value);
      x[i] = value;
    }
    return write(x);
  }

  private static Ran run(Object... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] all = new String[arguments.length + 2];
    all[0] = "field";
    all[1] = "series";
    for (int i = 0; i < arguments.length; i++) {
      all[i + 2] = arguments[i].toString();
    }
    int exit = Main.run(new PrintWriter(out), new PrintWriter(err), all);
    return new Ran(exit, out.toString(), err.toString());
  }

  private static JsonNode measures(Object... arguments) throws IOException {
    Ran ran = run(arguments);
    assertThat(ran.exit).as(ran.err).isZero();
    return WireJson.mapper().readTree(ran.out).get("measures");
  }

  @Test
  void everyMeasureComesWithItsCountsAndParameters() throws IOException {
    JsonNode measures = measures(writeLogistic(4000), "--json");
    assertThat(measures.fieldNames())
        .toIterable()
        .containsExactly(
            "hurst",
            "rescaled_range",
            "dfa",
            "sample_entropy",
            "correlation_dimension",
            "lyapunov",
            "graph_dimension",
            "recurrence");
    JsonNode lyapunov = measures.get("lyapunov");
    assertThat(lyapunov.get("value").asDouble()).isCloseTo(Math.log(2), within(0.035));
    assertThat(lyapunov.get("reliable").asBoolean()).isTrue();
    assertThat(lyapunov.get("lag").asInt()).isEqualTo(1);
    assertThat(lyapunov.get("curve").size()).isGreaterThan(4);
    JsonNode entropy = measures.get("sample_entropy");
    assertThat(entropy.get("nats").asDouble())
        .isCloseTo(
            Math.log(entropy.get("matches").asDouble() / entropy.get("longer_matches").asDouble()),
            within(1e-12));
    assertThat(entropy.get("tolerance_by").asText()).isEqualTo("0.2 population SD");
    assertThat(measures.get("correlation_dimension").get("region").get(0).get("pairs").asLong())
        .isGreaterThanOrEqualTo(50);
    assertThat(measures.get("dfa").get("windows").get(0).get("fluctuation").asDouble())
        .isPositive();
  }

  @Test
  void aPackagesWayIsNamedAndOnlyItsMeasuresAreGiven() throws IOException {
    Path file = writeLogistic(1000);
    JsonNode nolds = measures(file, "--as", "nolds", "--json", "--embedding", "3");
    assertThat(nolds.fieldNames())
        .toIterable()
        .containsExactly(
            "rescaled_range", "dfa", "sample_entropy", "correlation_dimension", "lyapunov");
    assertThat(nolds.get("correlation_dimension").get("vectors").asInt()).isEqualTo(998);
    assertThat(nolds.get("correlation_dimension").get("region").size()).isEqualTo(55);
    assertThat(measures(file, "--as", "antropy", "--json").fieldNames())
        .toIterable()
        .containsExactly("dfa", "sample_entropy", "graph_dimension");
    JsonNode neurokit = measures(file, "--as", "neurokit", "--json").get("sample_entropy");
    assertThat(neurokit.get("comparison").asText()).isEqualTo("up_to");
    assertThat(neurokit.get("tolerance_by").asText()).isEqualTo("0.2 sample SD");
  }

  @Test
  void optionsReachTheMeasures() throws IOException {
    JsonNode measures =
        measures(
            writeLogistic(1000),
            "--json",
            "--template",
            "3",
            "--tolerance",
            "0.05",
            "--order",
            "2",
            "--embedding",
            "2",
            "--lag",
            "1",
            "--window",
            "7");
    assertThat(measures.get("sample_entropy").get("template").asInt()).isEqualTo(3);
    assertThat(measures.get("sample_entropy").get("tolerance").asDouble()).isEqualTo(0.05);
    assertThat(measures.get("dfa").get("order").asInt()).isEqualTo(2);
    for (String name : new String[] {"correlation_dimension", "lyapunov"}) {
      assertThat(measures.get(name).get("embedding").asInt()).isEqualTo(2);
      assertThat(measures.get(name).get("window").asInt()).isEqualTo(7);
    }
  }

  @Test
  void peopleGetOneLineForEachMeasure() throws IOException {
    Ran ran = run(writeLogistic(1000));
    assertThat(ran.exit).isZero();
    assertThat(ran.out.lines()).hasSize(9);
    assertThat(ran.out).contains("sample entropy", "longer_matches", "lyapunov");
  }

  @Test
  void aConstantSeriesHasUndefinedMeasures() throws IOException {
    JsonNode measures = measures(write(new double[200]), "--json");
    assertThat(measures.get("hurst").get("value").asText()).isEqualTo("undefined");
    assertThat(measures.get("lyapunov").get("value").asText()).isEqualTo("undefined");
  }

  @Test
  void aFileThatIsNoSeriesIsRefused() throws IOException {
    Path file = folder.resolve("odd.f64");
    Files.write(file, new byte[1001]);
    assertThat(run(file).exit).isEqualTo(2);
    assertThat(run(file).err).contains("1001 bytes");
    Files.write(file, new byte[0]);
    assertThat(run(file).exit).isEqualTo(2);
    assertThat(run(write(1, 2, 3)).exit).isEqualTo(2);
    double[] broken = new double[200];
    broken[7] = Double.NaN;
    assertThat(run(write(broken)).exit).isEqualTo(2);
    assertThat(run(folder.resolve("absent.f64")).exit).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"--as=scipy", "--order=4", "--embedding=0", "--lag=0", "--template=0"})
  void wrongOptionsAreRefused(String option) throws IOException {
    Ran ran = run(writeLogistic(500), option);
    assertThat(ran.exit).as(ran.err).isEqualTo(2);
    assertThat(ran.err).isNotEmpty();
  }
}
