package dev.spanda.benchmarks;

import dev.spanda.biofield.series.CorrelationDimension;
import dev.spanda.biofield.series.Dfa;
import dev.spanda.biofield.series.Hurst;
import dev.spanda.biofield.series.Lyapunov;
import dev.spanda.biofield.series.SampleEntropy;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * Our side of {@code benchmarks/peers/field_peers.py}, which takes turns with Python packages in
 * one session. Each line that it reads is {@code MEASURE FILE.f64}; each line that it answers is
 * the time of one measurement in milliseconds and its value.
 */
public final class SeriesComparison {

  private static final Map<String, ToDoubleFunction<double[]>> MEASURES =
      Map.of(
          "sample_entropy", x -> SampleEntropy.neurokit().measure(x).nats().orElse(Double.NaN),
          "rescaled_range", x -> Hurst.rescaledRange(x).corrected().orElse(Double.NaN),
          "dfa", x -> Dfa.antropy().measure(x).alpha().orElse(Double.NaN),
          "correlation_dimension",
              x -> CorrelationDimension.nolds(x, 3, 1).withSelfMatches().orElse(Double.NaN),
          "lyapunov", x -> Lyapunov.nolds().measure(x).value().orElse(Double.NaN));

  private SeriesComparison() {}

  /** Answers standard input line by line. */
  public static void main(String[] arguments) throws IOException {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      String[] words = line.split(" ", 2);
      ToDoubleFunction<double[]> measure = MEASURES.get(words[0]);
      if (measure == null || words.length < 2) {
        throw new IllegalArgumentException(line);
      }
      double[] series = read(Path.of(words[1]));
      long start = System.nanoTime();
      double value = measure.applyAsDouble(series);
      out.println((System.nanoTime() - start) / 1e6 + " " + value);
    }
  }

  private static double[] read(Path file) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
    double[] series = new double[bytes.remaining() / 8];
    bytes.asDoubleBuffer().get(series);
    return series;
  }
}
