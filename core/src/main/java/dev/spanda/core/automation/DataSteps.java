package dev.spanda.core.automation;

import dev.spanda.core.Failure;
import dev.spanda.core.data.DataFlow;
import dev.spanda.core.data.Rows;
import dev.spanda.core.data.Transformation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The actions {@code extract}, {@code transform} and {@code store}: rows that one step of a run has
 * made are what the next of these steps gets. The parameters are those of {@link DataFlow}, whose
 * owner is the workflow's. The first of them in a workflow must be {@code extract}.
 *
 * <p>Rows are held in memory between the steps of a run, those of the last {@value #HELD} steps of
 * all runs; where they are gone, as after a restart, they are read and transformed again. What is
 * stored under the run's key is stored once. Thread-safe.
 */
public final class DataSteps {

  private static final String EXTRACT = "extract";
  private static final String TRANSFORM = "transform";
  private static final String STORE = "store";
  private static final List<String> TYPES = List.of(EXTRACT, TRANSFORM, STORE);
  private static final int HELD = 16;

  private final DataFlow flow;
  private final Map<String, Rows> held = new LinkedHashMap<>();

  /** Steps of a flow. */
  public DataSteps(DataFlow flow) {
    this.flow = flow;
  }

  /** The three actions, to be registered. */
  public List<Action> actions() {
    return List.of(new Extract(), new Transform(), new Store());
  }

  /** The data step before one, or −1. */
  private static int before(List<WorkflowPlan.Step> steps, int index) {
    for (int at = index - 1; at >= 0; at--) {
      if (TYPES.contains(steps.get(at).type())) {
        return at;
      }
    }
    return -1;
  }

  private static void requireExtracted(List<WorkflowPlan.Step> steps, int index) {
    if (before(steps, index) < 0) {
      throw Failure.invalid(
          "type",
          steps.get(index).type(),
          "A step of the type extract must come before " + steps.get(index).type());
    }
  }

  private void hold(Action.Context context, int index, Rows rows) {
    synchronized (held) {
      held.put(context.runId() + ":" + index, rows);
      while (held.size() > HELD) {
        held.remove(held.keySet().iterator().next());
      }
    }
  }

  /** What a step has made, made again when it is not at hand. */
  private Rows after(Action.Context context, int index) {
    synchronized (held) {
      Rows known = held.get(context.runId() + ":" + index);
      if (known != null) {
        return known;
      }
    }
    WorkflowPlan.Step step = context.steps().get(index);
    return switch (step.type()) {
      case EXTRACT -> flow.extract(context.owner(), step.params());
      case TRANSFORM -> transformed(context, index).rows();
      default -> input(context, index);
    };
  }

  private Rows input(Action.Context context, int index) {
    int before = before(context.steps(), index);
    if (before < 0) {
      throw Failure.of(Failure.Reason.INVALID, "type", "No step before this one has read rows");
    }
    return after(context, before);
  }

  private Transformation.Result transformed(Action.Context context, int index) {
    return flow.transform(
        context.owner(),
        input(context, index),
        flow.transformations(context.steps().get(index).params()));
  }

  private final class Extract implements Action {

    @Override
    public String type() {
      return EXTRACT;
    }

    @Override
    public void check(Map<String, Object> params) {
      flow.checkSource(params);
    }

    @Override
    public Result run(Map<String, Object> params, Context context) {
      Rows rows = flow.extract(context.owner(), params);
      hold(context, context.index(), rows);
      return new Result("Read " + rows.size() + " rows", Map.of("rows", (long) rows.size()));
    }
  }

  private final class Transform implements Action {

    private static final List<String> NAMES = List.of("operations", "transformations");

    @Override
    public String type() {
      return TRANSFORM;
    }

    @Override
    public void check(Map<String, Object> params) {
      for (String name : params.keySet()) {
        if (!NAMES.contains(name)) {
          throw Failure.notAllowed(name, name, NAMES);
        }
      }
      if (flow.transformations(params).isEmpty()) {
        throw Failure.of(
            Failure.Reason.INVALID, "operations", "operations must name at least one step");
      }
    }

    @Override
    public void check(List<WorkflowPlan.Step> steps, int index) {
      check(steps.get(index).params());
      requireExtracted(steps, index);
    }

    @Override
    public Result run(Map<String, Object> params, Context context) {
      Transformation.Result result = transformed(context, context.index());
      hold(context, context.index(), result.rows());
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("rows", (long) result.rows().size());
      values.put("dropped", (long) result.dropped());
      values.put("notes", result.notes());
      return new Result(
          "Left " + result.rows().size() + " rows, dropped " + result.dropped(), values);
    }
  }

  private final class Store implements Action {

    @Override
    public String type() {
      return STORE;
    }

    @Override
    public void check(Map<String, Object> params) {
      flow.checkDestination(params);
    }

    @Override
    public void check(List<WorkflowPlan.Step> steps, int index) {
      check(steps.get(index).params());
      requireExtracted(steps, index);
    }

    @Override
    public Result run(Map<String, Object> params, Context context) {
      DataFlow.Report report =
          flow.store(context.owner(), input(context, context.index()), params, context.key());
      Map<String, Object> values = new LinkedHashMap<>();
      values.put("rows", (long) report.written());
      values.put(report.destination(), report.name());
      return new Result(
          "Kept " + report.written() + " rows in the " + report.destination() + " " + report.name(),
          values);
    }
  }
}
