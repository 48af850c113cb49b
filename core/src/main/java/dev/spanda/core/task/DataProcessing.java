package dev.spanda.core.task;

import dev.spanda.core.data.DataFlow;
import dev.spanda.core.data.Transformation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Rows from a source through transformations to a destination: {@link DataFlow}. Cleaning needs an
 * agent with {@code data_cleaning}, validating {@code validation}, the other steps {@code
 * transformation}; without any step, {@code transformation}.
 */
final class DataProcessing implements Processor {

  private final DataFlow flow;

  DataProcessing(DataFlow flow) {
    this.flow = flow;
  }

  @Override
  public String type() {
    return "data_processing";
  }

  @Override
  public String description() {
    return "Reads rows, cleans, validates, enriches or aggregates them and keeps them.";
  }

  @Override
  public List<String> needs(Map<String, Object> parameters) {
    List<String> needs = new ArrayList<>();
    for (Transformation step : flow.transformations(parameters)) {
      needs.add(
          switch (step.word()) {
            case "clean" -> "data_cleaning";
            case "validate" -> "validation";
            default -> "transformation";
          });
    }
    return needs.isEmpty()
        ? List.of("transformation")
        : needs.stream().distinct().sorted().toList();
  }

  @Override
  public void check(Map<String, Object> parameters) {
    flow.check(parameters);
  }

  @Override
  public Map<String, Object> run(Map<String, Object> parameters, Context context) {
    DataFlow.Report report =
        flow.run(
            context.owner(),
            parameters,
            context.key(),
            (fraction, message) -> {
              context.throwIfCancelled();
              context.progress(fraction, message);
            });
    Map<String, Object> result = new LinkedHashMap<>();
    result.put("rows_read", report.read());
    result.put("rows_written", report.written());
    result.put("rows_dropped", report.dropped());
    result.put("destination", report.destination());
    result.put(report.destination().equals("file") ? "file_id" : "table", report.name());
    result.put("notes", report.notes());
    return result;
  }
}
