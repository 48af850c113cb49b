package dev.spanda.server.cli;

import dev.spanda.biofield.fractal.CurveDimension;
import dev.spanda.biofield.series.CorrelationDimension;
import dev.spanda.biofield.series.Dfa;
import dev.spanda.biofield.series.Hurst;
import dev.spanda.biofield.series.Lyapunov;
import dev.spanda.biofield.series.Recurrence;
import dev.spanda.biofield.series.SampleEntropy;
import dev.spanda.core.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** All nonlinear measures of a series in a file, with what was counted and by which parameters. */
@Command(
    name = "series",
    description =
        "Measure a series: Hurst exponent, R/S, detrended fluctuation, sample entropy, correlation"
            + " dimension, Lyapunov exponent, recurrence. The file holds raw little-endian doubles"
            + " and nothing else.",
    mixinStandardHelpOptions = true)
final class FieldSeriesCommand implements Callable<Integer> {

  private static final int LONGEST_STEP = 10;
  private static final String UNDEFINED = "undefined";
  private static final List<String> PACKAGES = List.of("nolds", "antropy", "neurokit");

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "FILE.f64", description = "The file to read.")
  private Path file = Path.of("series.f64");

  @Option(names = "--json", description = "Print one JSON object with every count and fit.")
  private boolean json;

  @Option(
      names = "--as",
      paramLabel = "PACKAGE",
      description =
          "nolds, antropy or neurokit: only the measures that repeat this package, count for"
              + " count.")
  private @Nullable String like;

  @Option(
      names = "--template",
      paramLabel = "M",
      description = "Template length of the sample entropy; 2 by default.")
  private @Nullable Integer template;

  @Option(
      names = "--tolerance",
      paramLabel = "R",
      description =
          "Tolerance of the sample entropy in the unit of the series; 0.2 standard deviations by"
              + " default.")
  private @Nullable Double tolerance;

  @Option(
      names = "--order",
      paramLabel = "N",
      description = "Degree of the trend that is taken off for the fluctuation; 1 by default.")
  private @Nullable Integer order;

  @Option(
      names = "--embedding",
      paramLabel = "M",
      description =
          "Coordinates for the correlation dimension and the Lyapunov exponent; 5 and 4 by"
              + " default, 5 and 5 as nolds.")
  private @Nullable Integer embedding;

  @Option(
      names = "--lag",
      paramLabel = "STEPS",
      description = "Steps between coordinates; chosen from the series by default, 1 as nolds.")
  private @Nullable Integer lag;

  @Option(
      names = "--window",
      paramLabel = "STEPS",
      description =
          "Pairs up to so many steps apart are left out; chosen from the series by default, none"
              + " and 10 as nolds.")
  private @Nullable Integer window;

  FieldSeriesCommand() {}

  @Override
  public Integer call() throws IOException {
    if (like != null && !PACKAGES.contains(like)) {
      throw Failure.notAllowed("as", like, PACKAGES);
    }
    double[] series = read(file);
    Map<String, Object> measures = new LinkedHashMap<>();
    if (like == null) {
      measureByDefault(series, measures);
    } else {
      measureLike(like, series, measures);
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      Map<String, Object> report = new LinkedHashMap<>();
      report.put("file", file.toString());
      report.put("values", series.length);
      report.put("as", like == null ? "spanda" : like);
      report.put("measures", measures);
      out.println(Report.json(report));
    } else {
      out.println(series.length + " values of " + file);
      measures.forEach((name, measure) -> print(out, name, (Map<?, ?>) measure));
    }
    out.flush();
    return 0;
  }

  /** Numbers and words of a measure in a line; lists stay for JSON. */
  private static void print(PrintWriter out, String name, Map<?, ?> measure) {
    StringBuilder line = new StringBuilder();
    measure.forEach(
        (key, value) -> {
          if (value instanceof List) {
            return;
          }
          line.append(line.isEmpty() ? "" : "  ").append(key).append(' ').append(plain(value));
        });
    out.printf(Locale.ROOT, "%-22s%s%n", name.replace('_', ' '), line);
  }

  private static String plain(Object value) {
    return value instanceof Double number
        ? String.format(Locale.ROOT, "%.6g", number)
        : value.toString();
  }

  private static double[] read(Path file) throws IOException {
    long size = Files.size(file);
    long most = 8L * Hurst.LONGEST_SERIES;
    if (size > most) {
      throw Failure.of(
          Failure.Reason.TOO_LARGE,
          "file",
          "File has " + size + " bytes; at most " + most + " are taken");
    }
    if (size == 0 || size % 8 != 0) {
      throw Failure.invalid(
          "file", size, "File must hold doubles of 8 bytes each; it has " + size + " bytes");
    }
    double[] series = new double[(int) (size / 8)];
    ByteBuffer.wrap(Files.readAllBytes(file))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asDoubleBuffer()
        .get(series);
    return series;
  }

  private void measureByDefault(double[] series, Map<String, Object> into) {
    Hurst.Estimate hurst = Hurst.measure(series);
    into.put(
        "hurst",
        row(
            "value", number(hurst.value()),
            "method", "whittle",
            "standard_error", number(hurst.standardError()),
            "misfit_score", number(hurst.misfitScore()),
            "misfit", hurst.misfit()));
    into.put("rescaled_range", rescaledRange(series));
    into.put("dfa", dfa(Dfa.DEFAULT, series));
    into.put("sample_entropy", entropy(SampleEntropy.DEFAULT, series));
    CorrelationDimension dimension = CorrelationDimension.DEFAULT;
    dimension = embedding == null ? dimension : dimension.withEmbedding(embedding);
    dimension = lag == null ? dimension : dimension.withLag(lag);
    dimension = window == null ? dimension : dimension.withWindow(window);
    CorrelationDimension.Result sum = dimension.measure(series);
    into.put(
        "correlation_dimension",
        row(
            "value", number(sum.value()),
            "embedding", dimension.embedding(),
            "lag", sum.lag(),
            "window", sum.window(),
            "pairs", sum.pairs(),
            "deviation", number(sum.deviation()),
            "region", points(sum.region())));
    Lyapunov lyapunov = Lyapunov.DEFAULT;
    lyapunov = embedding == null ? lyapunov : lyapunov.withEmbedding(embedding);
    lyapunov = lag == null ? lyapunov : lyapunov.withLag(lag);
    lyapunov = window == null ? lyapunov : lyapunov.withWindow(window);
    into.put("lyapunov", exponent(lyapunov.embedding(), lyapunov.measure(series)));
    into.put("graph_dimension", graph(CurveDimension.higuchi(series, LONGEST_STEP), series));
    Recurrence.Result recurrence = Recurrence.DEFAULT.measure(series);
    into.put(
        "recurrence",
        row(
            "rate", number(recurrence.rate()),
            "template", Recurrence.DEFAULT.length(),
            "tolerance_deviations", Recurrence.DEFAULT.factor(),
            "matches", recurrence.matches(),
            "pairs", recurrence.pairs()));
  }

  private void measureLike(String name, double[] series, Map<String, Object> into) {
    switch (name) {
      case "nolds" -> {
        into.put("rescaled_range", rescaledRange(series));
        into.put("dfa", dfa(Dfa.nolds(), series));
        into.put("sample_entropy", entropy(SampleEntropy.nolds(), series));
        int coordinates = embedding == null ? 5 : embedding;
        int steps = lag == null ? 1 : lag;
        CorrelationDimension.NoldsResult sum =
            CorrelationDimension.nolds(series, coordinates, steps);
        into.put(
            "correlation_dimension",
            row(
                "value", number(sum.withSelfMatches()),
                "without_self_matches", number(sum.withoutSelfMatches()),
                "embedding", coordinates,
                "lag", steps,
                "vectors", sum.vectors(),
                "region", points(sum.points())));
        Lyapunov.WholeCurve usual = Lyapunov.nolds();
        Lyapunov.WholeCurve curve =
            new Lyapunov.WholeCurve(
                embedding == null ? usual.embedding() : embedding,
                lag == null ? usual.lag() : lag,
                window == null ? usual.separation() : window,
                usual.steps());
        into.put("lyapunov", exponent(curve.embedding(), curve.measure(series)));
      }
      case "antropy" -> {
        into.put("dfa", dfa(Dfa.antropy(), series));
        into.put("sample_entropy", entropy(SampleEntropy.antropy(), series));
        into.put(
            "graph_dimension",
            graph(CurveDimension.higuchiAsAntropy(series, LONGEST_STEP), series));
      }
      default -> into.put("sample_entropy", entropy(SampleEntropy.neurokit(), series));
    }
  }

  private static Map<String, Object> rescaledRange(double[] series) {
    Hurst.RescaledRange result = Hurst.rescaledRange(series);
    return row(
        "corrected", number(result.corrected()),
        "uncorrected", number(result.uncorrected()),
        "windows",
            result.windows().stream()
                .map(
                    step ->
                        row(
                            "length", step.length(),
                            "range", step.range(),
                            "expected", step.expected()))
                .toList());
  }

  private static Map<String, Object> graph(OptionalDouble higuchi, double[] series) {
    return row(
        "higuchi", number(higuchi),
        "longest_step", LONGEST_STEP,
        "katz", number(CurveDimension.katz(series)),
        "petrosian", CurveDimension.petrosian(series));
  }

  private Map<String, Object> dfa(Dfa usual, double[] series) {
    Dfa dfa = order == null ? usual : usual.withOrder(order);
    Dfa.Result result = dfa.measure(series);
    return row(
        "alpha", number(result.alpha()),
        "order", dfa.order(),
        "cut", dfa.cut().name().toLowerCase(Locale.ROOT),
        "corrected", dfa.corrected(),
        "windows",
            result.windows().stream()
                .map(
                    step ->
                        row(
                            "length", step.length(),
                            "count", step.count(),
                            "fluctuation", step.fluctuation()))
                .toList());
  }

  private Map<String, Object> entropy(SampleEntropy usual, double[] series) {
    SampleEntropy entropy = template == null ? usual : usual.withLength(template);
    if (tolerance != null) {
      entropy = entropy.withTolerance(new SampleEntropy.Tolerance.Absolute(tolerance));
    }
    SampleEntropy.Result result = entropy.measure(series);
    return row(
        "nats", number(result.nats()),
        "bits", number(result.bits()),
        "template", entropy.length(),
        "tolerance", result.tolerance(),
        "tolerance_by",
            entropy.tolerance() instanceof SampleEntropy.Tolerance.OfDeviation deviation
                ? deviation.factor() + (deviation.sample() ? " sample" : " population") + " SD"
                : "value",
        "comparison", entropy.comparison() == SampleEntropy.Comparison.BELOW ? "below" : "up_to",
        "matches", result.matches(),
        "longer_matches", result.longerMatches());
  }

  private static Map<String, Object> exponent(int embedding, Lyapunov.Result result) {
    return row(
        "value", number(result.value()),
        "reliable", result.reliable(),
        "embedding", embedding,
        "lag", result.lag(),
        "window", result.window(),
        "unrelated", number(result.unrelated()),
        "region_start", result.regionStart(),
        "region_end", result.regionEnd(),
        "curve",
            result.curve().stream()
                .map(point -> row("steps", point.steps(), "log_distance", point.logDistance()))
                .toList());
  }

  private static List<Map<String, Object>> points(List<CorrelationDimension.Point> points) {
    return points.stream()
        .map(point -> row("radius", point.radius(), "pairs", point.pairs()))
        .toList();
  }

  private static @Nullable Double number(OptionalDouble value) {
    return value.isPresent() ? (Double) value.getAsDouble() : null;
  }

  private static @Nullable Double number(double value) {
    return Double.isFinite(value) ? (Double) value : null;
  }

  private static Map<String, Object> row(@Nullable Object... pairs) {
    Map<String, Object> row = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      // What is undefined is said so, not left out.
      Object value = pairs[i + 1];
      row.put(String.valueOf(pairs[i]), value == null ? UNDEFINED : value);
    }
    return row;
  }
}
