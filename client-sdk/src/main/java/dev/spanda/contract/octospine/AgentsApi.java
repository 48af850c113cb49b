package dev.spanda.contract.octospine;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The chapter Agent Management. An agent does runs of the account's tasks. The server does its
 * work, until a program elsewhere speaks for it by the operations beyond the document: lease,
 * heartbeat, complete and fail.
 */
@Route.Group("Agents")
public interface AgentsApi {

  /** Creates an agent. */
  @Route(value = "POST /api/agents", status = 201, summary = "Creates an agent.")
  Created create(NewAgent agent);

  /**
   * The agents, the oldest first.
   *
   * @param status {@code active}, {@code idle} or {@code offline}; all when absent
   * @param type all when absent
   * @param limit 1 to 100; 10 when absent
   * @param offset 0 or more; 0 when absent
   */
  @Route(value = "GET /api/agents", summary = "The agents, the oldest first.")
  Listing list(
      @Param.Query("status") @Nullable String status,
      @Param.Query("type") @Nullable String type,
      @Param.Query("limit") @Nullable Integer limit,
      @Param.Query("offset") @Nullable Long offset);

  /** An agent with its statistics and what it does now. */
  @Route(
      value = "GET /api/agents/{agent_id}",
      summary = "An agent with its statistics and what it does now.")
  Agent get(@Param.Path("agent_id") String agentId);

  /** Changes an agent; what is absent stays as it is. */
  @Route(
      value = "PUT /api/agents/{agent_id}",
      summary = "Changes an agent; what is absent stays as it is.")
  Agent update(@Param.Path("agent_id") String agentId, Change change);

  /** Forgets an agent; what it has is given to others. */
  @Route(
      value = "DELETE /api/agents/{agent_id}",
      summary = "Forgets an agent; what it has is given to others.")
  Deleted delete(@Param.Path("agent_id") String agentId);

  /** Gives an agent's program runs to do, and notes that it lives; beyond the document. */
  @Route(
      value = "POST /api/agents/{agent_id}/lease",
      summary = "Gives an agent's program runs to do.")
  Leases lease(@Param.Path("agent_id") String agentId, LeaseRequest request);

  /** Notes that an agent's program lives and renews its leases; beyond the document. */
  @Route(
      value = "POST /api/agents/{agent_id}/heartbeat",
      summary = "Notes that an agent's program lives and renews its leases.")
  Held heartbeat(@Param.Path("agent_id") String agentId, Heartbeat heartbeat);

  /** Ends a run well; beyond the document. Refused with 409 when the lease is over. */
  @Route(value = "POST /api/agents/{agent_id}/complete", summary = "Ends a run well.")
  Reported complete(@Param.Path("agent_id") String agentId, Completion completion);

  /** Ends an attempt badly; beyond the document. Refused with 409 when the lease is over. */
  @Route(value = "POST /api/agents/{agent_id}/fail", summary = "Ends an attempt badly.")
  Reported fail(@Param.Path("agent_id") String agentId, Breakdown breakdown);

  /**
   * How an agent works.
   *
   * @param maxConcurrentTasks how many runs it has at once, 1 to 1 000; 1 when absent
   * @param timeout seconds that one attempt may take, 1 to 604 800; 300 when absent
   * @param retryAttempts how often a run that failed with it is tried again, 0 to 10; 3 when absent
   * @param remote beyond the document: whether only a program elsewhere does its work; false when
   *     absent
   */
  record Configuration(
      @JsonProperty("max_concurrent_tasks") @Nullable Integer maxConcurrentTasks,
      @JsonProperty("timeout") @Nullable Long timeout,
      @JsonProperty("retry_attempts") @Nullable Integer retryAttempts,
      @JsonProperty("remote") @Nullable Boolean remote) {}

  /**
   * An agent to be made.
   *
   * @param name 1 to 200 characters
   * @param type a word of lower-case letters, digits and underscores
   * @param capabilities words; {@code data_cleaning}, {@code validation} and {@code transformation}
   *     are what data processing needs, by its steps; the name of a task's type stands for all that
   *     it needs; none when absent
   */
  record NewAgent(
      @JsonProperty(value = "name", required = true) String name,
      @JsonProperty(value = "type", required = true) String type,
      @JsonProperty("capabilities") @Nullable List<String> capabilities,
      @JsonProperty("configuration") @Nullable Configuration configuration) {}

  /** What is to be changed of an agent. */
  record Change(
      @JsonProperty("name") @Nullable String name,
      @JsonProperty("type") @Nullable String type,
      @JsonProperty("capabilities") @Nullable List<String> capabilities,
      @JsonProperty("configuration") @Nullable Configuration configuration) {}

  /** An agent that was made. */
  record Created(
      @JsonProperty("id") String id,
      @JsonProperty("name") String name,
      @JsonProperty("type") String type,
      @JsonProperty("status") String status,
      @JsonProperty("capabilities") List<String> capabilities,
      @JsonProperty("created_at") Instant createdAt) {}

  /**
   * An agent in a list.
   *
   * @param status {@code active}: it takes work, and has some, had some in the last five minutes or
   *     is new; {@code idle}: it takes work and has had none for that long; {@code offline}: its
   *     program has not spoken for 30 seconds
   * @param currentTasks how many runs it has
   * @param totalTasksCompleted attempts that it has ended, well or badly
   */
  record Summary(
      @JsonProperty("id") String id,
      @JsonProperty("name") String name,
      @JsonProperty("type") String type,
      @JsonProperty("status") String status,
      @JsonProperty("current_tasks") int currentTasks,
      @JsonProperty("total_tasks_completed") long totalTasksCompleted,
      @JsonProperty("created_at") Instant createdAt) {}

  /** A part of the agents. */
  record Listing(
      @JsonProperty("agents") List<Summary> agents,
      @JsonProperty("pagination") Pagination pagination) {

    /** Copies the list. */
    public Listing {
      agents = List.copyOf(agents);
    }
  }

  /**
   * What an agent has done since it was made. A run that failed with it and was tried again counts
   * once for each attempt.
   *
   * @param totalTasksCompleted the sum of the next two
   * @param successfulTasks attempts that ended well
   * @param failedTasks attempts that failed, took too long, or whose lease ran out
   * @param averageTaskDuration seconds of an attempt, the mean over all; 0 when there is none
   * @param uptime whole seconds that it has taken work without a break; 0 when it is offline
   */
  record Statistics(
      @JsonProperty("total_tasks_completed") long totalTasksCompleted,
      @JsonProperty("successful_tasks") long successfulTasks,
      @JsonProperty("failed_tasks") long failedTasks,
      @JsonProperty("average_task_duration") double averageTaskDuration,
      @JsonProperty("uptime") long uptime) {}

  /**
   * A run that an agent has.
   *
   * @param id of the task
   * @param progress per cent
   */
  record Current(
      @JsonProperty("id") String id,
      @JsonProperty("name") String name,
      @JsonProperty("progress") int progress) {}

  /** An agent. */
  record Agent(
      @JsonProperty("id") String id,
      @JsonProperty("name") String name,
      @JsonProperty("type") String type,
      @JsonProperty("status") String status,
      @JsonProperty("capabilities") List<String> capabilities,
      @JsonProperty("configuration") Configuration configuration,
      @JsonProperty("statistics") Statistics statistics,
      @JsonProperty("current_tasks") List<Current> currentTasks,
      @JsonProperty("created_at") Instant createdAt,
      @JsonProperty("updated_at") Instant updatedAt) {

    /** Copies the lists. */
    public Agent {
      capabilities = List.copyOf(capabilities);
      currentTasks = List.copyOf(currentTasks);
    }
  }

  /** What was forgotten. */
  record Deleted(@JsonProperty("deleted") boolean deleted, @JsonProperty("id") String id) {}

  /**
   * How much an agent's program wants.
   *
   * @param maxTasks 1 to 200; 1 when absent; never more than its configuration allows
   */
  record LeaseRequest(@JsonProperty("max_tasks") @Nullable Integer maxTasks) {}

  /**
   * A run to be done.
   *
   * @param runId names the run
   * @param token opens its reports until the lease is over
   * @param expiresAt when the lease is over, unless a heartbeat comes
   */
  record Lease(
      @JsonProperty("run_id") String runId,
      @JsonProperty("token") long token,
      @JsonProperty("task_id") String taskId,
      @JsonProperty("name") String name,
      @JsonProperty("type") String type,
      @JsonProperty("parameters") Map<String, Object> parameters,
      @JsonProperty("expires_at") Instant expiresAt) {

    /** Copies the parameters, keeping their order. */
    public Lease {
      parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }
  }

  /** Runs to be done; none when there is nothing. */
  record Leases(@JsonProperty("leases") List<Lease> leases) {

    /** Copies the list. */
    public Leases {
      leases = List.copyOf(leases);
    }
  }

  /**
   * A sign of life for a run.
   *
   * @param progress per cent, 0 to 100; 0 when absent
   * @param message for people; empty when absent
   */
  record Sign(
      @JsonProperty(value = "run_id", required = true) String runId,
      @JsonProperty(value = "token", required = true) long token,
      @JsonProperty("progress") @Nullable Double progress,
      @JsonProperty("message") @Nullable String message) {}

  /** Signs of life for all runs that an agent has, at most 200; none when absent. */
  record Heartbeat(@JsonProperty("runs") @Nullable List<Sign> runs) {}

  /**
   * Runs that are still the agent's.
   *
   * @param held their ids; others are to be let go
   */
  record Held(@JsonProperty("held") List<String> held) {

    /** Copies the list. */
    public Held {
      held = List.copyOf(held);
    }
  }

  /**
   * The good end of a run.
   *
   * @param result what it made; empty when absent; at most 100 000 characters as JSON
   */
  record Completion(
      @JsonProperty(value = "run_id", required = true) String runId,
      @JsonProperty(value = "token", required = true) long token,
      @JsonProperty("result") @Nullable Map<String, Object> result) {}

  /**
   * The bad end of an attempt.
   *
   * @param message why, for people
   * @param retry whether another attempt may succeed; true when absent
   */
  record Breakdown(
      @JsonProperty(value = "run_id", required = true) String runId,
      @JsonProperty(value = "token", required = true) long token,
      @JsonProperty(value = "message", required = true) String message,
      @JsonProperty("retry") @Nullable Boolean retry) {}

  /**
   * What the run is now: {@code completed}, {@code failed}, or {@code queued} to be tried again.
   */
  record Reported(@JsonProperty("run_id") String runId, @JsonProperty("status") String status) {}
}
