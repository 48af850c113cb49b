package dev.spanda.core.tool;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Something that can be made: one class a tool, registered in one list. Thread-safe; several runs
 * may go on at once.
 */
public interface Tool {

  /** The name in addresses and records, such as {@code logo_maker}; kept for ever. */
  String id();

  /** The name for people. */
  String name();

  /** The word under which people look for it, such as {@code design}. */
  String category();

  /** What one use costs, ≥ 0. */
  long creditsPerUse();

  /** What one gets, in a sentence. */
  String description();

  /** How long a run takes as a rule, until runs have been measured; positive. */
  Duration usualTime();

  /** What it takes, in the order in which a person is asked for it. */
  List<ToolInput> inputs();

  /** A JSON Schema (draft 2020-12) of what it takes. */
  default Map<String, Object> inputSchema() {
    return ToolInput.schema(inputs());
  }

  /**
   * Looks at inputs that fit the schema before anything is held or queued. Refuses nothing by
   * default.
   *
   * @throws dev.spanda.core.Failure INVALID for what a schema cannot say
   */
  default void check(ToolInputs inputs) {}

  /**
   * Makes the thing. After the death of the process the run is begun again, so it keeps nothing of
   * its own.
   *
   * @param context tells progress, opens files, and asks for cancellation between steps
   * @throws dev.spanda.core.Failure as for {@link dev.spanda.core.job.JobHandler#run}: which
   *     failures are worth another run
   * @throws Exception when it could not be made
   */
  ToolResult run(ToolInputs inputs, ToolContext context) throws Exception;
}
