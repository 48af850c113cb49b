package dev.spanda.core.automation;

import dev.spanda.core.Failure;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * One sort of thing that a workflow can do. Parameters are as JSON has them: whole numbers are
 * {@link Long}, others {@link Double}, and there are {@link String}, {@link Boolean}, lists and
 * maps of these. Called from several threads at once.
 */
public interface Action {

  /**
   * Which step of which run an action is done for.
   *
   * @param owner whose workflow it is; empty for the house's own
   * @param index which of the workflow's actions this is, 0 for the first
   * @param dueAt when the run was to begin
   * @param steps all of the run, this one among them; copied
   */
  record Context(
      String workflowId,
      String owner,
      String runId,
      int index,
      Instant dueAt,
      List<WorkflowPlan.Step> steps) {

    /** Copies the steps. */
    public Context {
      steps = List.copyOf(steps);
    }

    /**
     * The same for every attempt at this step of this run: an action that passes it on as a key for
     * what it creates creates it once, even when its process dies before that is recorded.
     */
    public String key() {
      return runId + ":" + index;
    }
  }

  /**
   * What an action has done.
   *
   * @param message for people; at most 500 characters are kept
   * @param values what it made, such as the id of a session; plain values as in the parameters
   */
  record Result(String message, Map<String, Object> values) {

    private static final int LONGEST_MESSAGE = 500;

    /** Shortens the message and copies the values. */
    public Result {
      message =
          message.length() <= LONGEST_MESSAGE ? message : message.substring(0, LONGEST_MESSAGE);
      values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** A result without values. */
    public static Result of(String message) {
      return new Result(Objects.requireNonNull(message), Map.of());
    }
  }

  /** The word by which workflows name this action, such as {@code start_session}. */
  String type();

  /**
   * Returns when {@link #run} can be called with these parameters. Called when a workflow is
   * created or changed.
   *
   * @throws Failure INVALID, its subject the parameter that is wrong
   */
  void check(Map<String, Object> params);

  /**
   * Returns when this action can stand where it does. Called as {@link #check(Map)}, which the
   * default calls.
   *
   * @param steps of the whole workflow
   * @param index which of them this is
   * @throws Failure INVALID
   */
  default void check(List<WorkflowPlan.Step> steps, int index) {
    check(steps.get(index).params());
  }

  /**
   * Does it. May be called again for the same step when the process died before its end was
   * recorded; {@link Context#key} tells.
   *
   * @throws Exception when it could not be done; it is recorded with the message of a {@link
   *     Failure}, and with the name of the class of any other exception
   */
  Result run(Map<String, Object> params, Context context) throws Exception;
}
