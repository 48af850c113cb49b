package dev.spanda.contract.craudioviz;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.spanda.contract.http.Param;
import dev.spanda.contract.http.Route;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What can be made. */
@Route.Group("Tools")
public interface ToolsApi {

  /** Every tool, with what it costs and what it takes. */
  @Route(value = "GET /tools", summary = "Every tool, with what it costs and what it takes.")
  Listing list();

  /**
   * Holds the tool's credits and begins a job. They are charged when it completes and released when
   * it does not.
   *
   * @param idempotencyKey 1 to 200 characters: the same key with the same request begins one job
   *     and is answered alike, with another request it is a conflict
   */
  @Route(
      value = "POST /tools/{tool_id}/execute",
      summary = "Begins a job; an Idempotency-Key makes a repeated call harmless.")
  Started execute(
      @Param.Path("tool_id") String toolId,
      Execution execution,
      @Param.Header("Idempotency-Key") @Nullable String idempotencyKey);

  /** Begins a job; a client adds an idempotency key of its own. */
  default Started execute(String toolId, Execution execution) {
    return execute(toolId, execution, null);
  }

  /** The tools. */
  record Listing(@JsonProperty("tools") List<Tool> tools) {

    /** Copies the rows. */
    public Listing {
      tools = List.copyOf(tools);
    }
  }

  /**
   * A tool.
   *
   * @param inputSchema a JSON Schema (draft 2020-12) of {@code inputs}
   */
  record Tool(
      @JsonProperty("id") String id,
      @JsonProperty("name") String name,
      @JsonProperty("category") String category,
      @JsonProperty("credits_per_use") long creditsPerUse,
      @JsonProperty("description") String description,
      @JsonProperty("input_schema") Map<String, Object> inputSchema) {

    /** Copies the schema's first level, keeping its order. */
    public Tool {
      inputSchema = Collections.unmodifiableMap(new LinkedHashMap<>(inputSchema));
    }
  }

  /**
   * What to do.
   *
   * @param projectId where the result is put; nowhere when absent
   * @param inputs as the tool's schema says; none when absent
   */
  record Execution(
      @JsonProperty("project_id") @Nullable String projectId,
      @JsonProperty("inputs") @Nullable Map<String, Object> inputs) {

    /** In a project. */
    public static Execution in(String projectId, Map<String, Object> inputs) {
      return new Execution(projectId, inputs);
    }

    /** In no project. */
    public static Execution of(Map<String, Object> inputs) {
      return new Execution(null, inputs);
    }
  }

  /**
   * A job that has begun.
   *
   * @param status {@code processing}
   * @param estimatedTime seconds, from the runs of late
   */
  record Started(
      @JsonProperty("job_id") String jobId,
      @JsonProperty("status") String status,
      @JsonProperty("estimated_time") long estimatedTime) {

    /** The job's id under the name that the document's programs use. */
    @JsonIgnore
    public String id() {
      return jobId;
    }
  }
}
