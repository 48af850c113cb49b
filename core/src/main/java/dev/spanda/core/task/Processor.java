package dev.spanda.core.task;

import dev.spanda.core.Failure;
import java.util.List;
import java.util.Map;

/** Does the runs of one type of task. One class each, registered in one place. Thread-safe. */
public interface Processor {

  /**
   * What a processor knows of the run it does.
   *
   * @see dev.spanda.core.agent.LocalWorkers.Attempt
   */
  interface Context {
    /** Whose the task is. */
    String owner();

    /**
     * Names the run: what a processor makes under this key it makes once, even when the run is
     * repeated after a crash.
     */
    String key();

    /**
     * Tells how far the run is.
     *
     * @param fraction 0 to 1
     * @param message for people
     */
    void progress(double fraction, String message);

    /** Returns unless the run should end. */
    void throwIfCancelled();
  }

  /** The word in {@code type}, such as {@code data_processing}; kept for ever. */
  String type();

  /** One sentence for people. */
  String description();

  /**
   * Which capabilities an agent needs for a run with these parameters, unless it has the type
   * itself among its own.
   */
  List<String> needs(Map<String, Object> parameters);

  /**
   * Returns when a task may be made with these parameters.
   *
   * @throws Failure INVALID, subject the parameter's name
   */
  void check(Map<String, Object> parameters);

  /**
   * Does a run.
   *
   * @return what it made: plain values, lists and maps of them; at most 100 000 characters as JSON
   * @throws Exception when it could not be done
   */
  Map<String, Object> run(Map<String, Object> parameters, Context context) throws Exception;
}
