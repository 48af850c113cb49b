package dev.spanda.server.craudioviz;

import dev.spanda.contract.craudioviz.JobsApi;
import dev.spanda.contract.craudioviz.ToolsApi;
import dev.spanda.core.Page;
import dev.spanda.core.job.JobState;
import dev.spanda.core.tool.Tools;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The chapter Tools, with its jobs. */
final class ToolsEndpoints implements ToolsApi {

  private static final String PROCESSING = "processing";

  private final Tools tools;
  private final Purses purses;
  private final Tenant tenant;

  ToolsEndpoints(Tools tools, Purses purses, Tenant tenant) {
    this.tools = tools;
    this.purses = purses;
    this.tenant = tenant;
  }

  @Override
  public Listing list() {
    return new Listing(
        tools.list().stream()
            .map(
                tool ->
                    new Tool(
                        tool.id(),
                        tool.name(),
                        tool.category(),
                        tool.creditsPerUse(),
                        tool.description(),
                        tool.inputSchema()))
            .toList());
  }

  @Override
  public Started execute(String toolId, Execution execution, @Nullable String idempotencyKey) {
    Tools.Use use =
        execute(
            tools,
            purses,
            tenant,
            toolId,
            Optional.ofNullable(execution.projectId()),
            execution.inputs() == null ? Map.of() : execution.inputs(),
            Optional.ofNullable(idempotencyKey));
    return new Started(use.jobId(), PROCESSING, use.estimate().toSeconds());
  }

  /** Begins a use for a tenant, who pays unless it stands in the sandbox. */
  static Tools.Use execute(
      Tools tools,
      Purses purses,
      Tenant tenant,
      String toolId,
      Optional<String> projectId,
      Map<String, Object> inputs,
      Optional<String> idempotencyKey) {
    String purse = purses.of(tenant);
    return tools.execute(
        new Tools.Order(
            tenant.owner(),
            toolId,
            projectId,
            inputs,
            tenant.sandbox() ? Optional.empty() : Optional.of(purse),
            idempotencyKey,
            tenant.base()));
  }

  /** The jobs of the same chapter. */
  static final class OfJobs implements JobsApi {
    private static final int USUAL_LIMIT = 20;

    private final Tools tools;
    private final Links links;
    private final Tenant tenant;

    OfJobs(Tools tools, Links links, Tenant tenant) {
      this.tools = tools;
      this.links = links;
      this.tenant = tenant;
    }

    @Override
    public Job get(String jobId) {
      return job(tools.find(tenant.owner(), jobId));
    }

    @Override
    public Listing list(@Nullable Integer limit, @Nullable Long offset) {
      Page<Tools.Use> page =
          tools.list(
              tenant.owner(), limit == null ? USUAL_LIMIT : limit, offset == null ? 0 : offset);
      return new Listing(
          page.items().stream().map(this::job).toList(), page.total(), page.hasMore());
    }

    @Override
    public Job cancel(String jobId) {
      return job(tools.cancel(tenant.owner(), jobId));
    }

    private Job job(Tools.Use use) {
      JobState state = use.state();
      Integer progress = null;
      String message = null;
      String error = null;
      String status = PROCESSING;
      if (state instanceof JobState.Running running) {
        progress = (int) Math.round(100 * running.progress());
        message = running.message().isEmpty() ? "Starting..." : running.message();
      } else if (state instanceof JobState.Queued) {
        progress = 0;
        message = "Waiting for a free worker...";
      } else if (state instanceof JobState.Completed) {
        status = "completed";
      } else if (state instanceof JobState.Failed failed) {
        status = "failed";
        error = failed.message();
      } else {
        status = "cancelled";
      }
      return new Job(
          use.jobId(),
          status,
          progress,
          message,
          use.result().map(this::result).orElse(null),
          state.isFinal() ? (Long) (status.equals("completed") ? use.price() : 0L) : null,
          use.finishedAt().orElse(null),
          error,
          use.toolId(),
          use.projectId().orElse(null),
          use.createdAt());
    }

    private Result result(Tools.Result made) {
      Map<String, String> urls = new LinkedHashMap<>();
      made.files()
          .forEach((format, id) -> urls.put(format, links.to(tenant.base(), tenant.owner(), id)));
      return new Result(
          made.itemId(),
          urls.values().iterator().next(),
          List.copyOf(made.files().keySet()),
          urls,
          made.files());
    }
  }
}
