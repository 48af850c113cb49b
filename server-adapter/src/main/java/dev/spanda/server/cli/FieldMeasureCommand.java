package dev.spanda.server.cli;

import dev.spanda.biofield.Analysis;
import dev.spanda.biofield.Analyzer;
import dev.spanda.biofield.Frame;
import dev.spanda.biofield.Metrics;
import dev.spanda.biofield.capture.Pictures;
import dev.spanda.core.Failure;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The thirty metrics and six scores of a picture. */
@Command(
    name = "measure",
    description =
        "Measure a JPEG, PNG or BMP picture: thirty metrics and six scores with what they are made"
            + " of. What the picture does not define is left out.",
    mixinStandardHelpOptions = true)
final class FieldMeasureCommand implements Callable<Integer> {

  private static final List<String> GROUPS =
      List.of("basic", "color", "geometric", "contour", "nonlinear", "symmetry");

  /** The values of each group, in order. */
  private static final Map<String, List<String>> NAMES = names();

  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(paramLabel = "IMAGE", description = "The picture to measure.")
  private Path image = Path.of("picture.jpg");

  @Option(
      names = "--profile",
      description = "full or realtime; ${DEFAULT-VALUE} by default.",
      defaultValue = "full")
  private String profile = "full";

  @Option(
      names = "--preset",
      description = "How scores are summed, v1 or v2; ${DEFAULT-VALUE} by default.",
      defaultValue = "v1")
  private String preset = "v1";

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  FieldMeasureCommand() {}

  @Override
  public Integer call() throws IOException {
    Analyzer analyzer = new Analyzer(profile(profile), preset(preset));
    Frame frame = Pictures.decode(Files.readAllBytes(image)).frame();
    Analysis analysis = analyzer.analyze(frame);
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(Report.json(document(frame, analysis)));
    } else {
      Report report = new Report();
      analysis.metrics().values().forEach((name, value) -> report.add(words(name), value));
      analysis
          .scores()
          .values()
          .forEach((name, value) -> report.add("score_" + words(name), value));
      report.print(out, false);
    }
    out.flush();
    return 0;
  }

  static Analyzer.Profile profile(String name) {
    return switch (name) {
      case "full" -> Analyzer.Profile.FULL;
      case "realtime" -> Analyzer.Profile.REALTIME;
      default -> throw Failure.notAllowed("profile", name, List.of("full", "realtime"));
    };
  }

  private static Analyzer.Preset preset(String name) {
    return switch (name) {
      case "v1" -> Analyzer.Preset.V1;
      case "v2" -> Analyzer.Preset.V2;
      default -> throw Failure.notAllowed("preset", name, List.of("v1", "v2"));
    };
  }

  private static Map<String, Object> document(Frame frame, Analysis analysis) {
    Map<String, Double> values = analysis.metrics().values();
    Map<String, Object> metrics = new LinkedHashMap<>();
    for (String group : GROUPS) {
      Map<String, Object> part = new LinkedHashMap<>();
      for (String name : NAMES.getOrDefault(group, List.of())) {
        if (name.equals("centerOfMass") && values.containsKey("centerOfMassX")) {
          Metrics.Point center = analysis.metrics().geometric().centerOfMass();
          part.put(name, List.of(center.x(), center.y()));
        } else if (values.containsKey(name)) {
          part.put(name, number(name, values.get(name)));
        }
      }
      metrics.put(group, part);
    }
    Map<String, Object> document = new LinkedHashMap<>();
    document.put("width", frame.width());
    document.put("height", frame.height());
    document.put("metrics", metrics);
    document.put("scores", analysis.scores().values());
    document.put("contributions", analysis.contributions());
    return document;
  }

  private static Object number(String name, Double value) {
    return switch (name) {
      case "imageArea", "contourCount", "convexityDefects" -> value.longValue();
      default -> value;
    };
  }

  private static Map<String, List<String>> names() {
    Map<String, List<String>> names = new LinkedHashMap<>();
    List<Class<? extends Record>> records =
        List.of(
            Metrics.Basic.class,
            Metrics.Color.class,
            Metrics.Geometric.class,
            Metrics.Contour.class,
            Metrics.Nonlinear.class,
            Metrics.Symmetry.class);
    for (int i = 0; i < records.size(); i++) {
      names.put(
          GROUPS.get(i),
          Arrays.stream(records.get(i).getRecordComponents()).map(part -> part.getName()).toList());
    }
    return names;
  }

  /** {@code avgIntensity} as {@code avg_intensity}, the way reports name values. */
  private static String words(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }
}
