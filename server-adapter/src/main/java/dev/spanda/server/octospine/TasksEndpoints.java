package dev.spanda.server.octospine;

import dev.spanda.contract.octospine.TasksApi;
import dev.spanda.core.Page;
import dev.spanda.core.store.Json;
import dev.spanda.core.task.TaskPlan;
import dev.spanda.core.task.TaskSchedule;
import dev.spanda.core.task.Tasks;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The chapter Task Management. */
final class TasksEndpoints implements TasksApi {

  private final Tasks tasks;
  private final String account;

  TasksEndpoints(Tasks tasks, String account) {
    this.tasks = tasks;
    this.account = account;
  }

  @Override
  public Created create(NewTask task) {
    dev.spanda.core.task.Task made =
        tasks.create(
            account,
            new TaskPlan(
                task.name(),
                Objects.requireNonNullElse(task.description(), ""),
                task.type(),
                priority(task.priority()),
                Objects.requireNonNullElse(task.parameters(), Map.of()),
                Optional.ofNullable(task.schedule()).map(TasksEndpoints::schedule)));
    return new Created(
        made.id(),
        made.plan().name(),
        made.status().word(),
        Given.seconds(made.createdAt()),
        made.nextRun().map(Given::seconds).orElse(null),
        made.plan().type());
  }

  private static TaskPlan.Priority priority(@Nullable String word) {
    return word == null ? TaskPlan.Priority.MEDIUM : TaskPlan.Priority.parse(word);
  }

  private static TaskSchedule schedule(Schedule schedule) {
    return TaskSchedule.of(schedule.type(), schedule.value());
  }

  @Override
  public Listing list(
      @Nullable String status,
      @Nullable String type,
      @Nullable String priority,
      @Nullable Integer limit,
      @Nullable Long offset) {
    Page<dev.spanda.core.task.Task> page =
        tasks.list(
            account,
            new Tasks.Query(
                status == null ? Set.of() : dev.spanda.core.task.Task.Status.parse(status),
                Optional.ofNullable(type),
                Optional.ofNullable(priority).map(TaskPlan.Priority::parse)),
            Given.limit(limit),
            Given.offset(offset));
    return new Listing(
        page.items().stream().map(TasksEndpoints::summary).toList(), Given.pagination(page));
  }

  private static Summary summary(dev.spanda.core.task.Task task) {
    return new Summary(
        task.id(),
        task.plan().name(),
        task.plan().type(),
        task.status().word(),
        task.progress(),
        Given.seconds(task.createdAt()),
        task.lastRun().map(Given::seconds).orElse(null),
        task.nextRun().map(Given::seconds).orElse(null),
        task.plan().priority().word());
  }

  @Override
  public Task get(String taskId) {
    return wire(tasks.find(account, taskId));
  }

  @Override
  public Task update(String taskId, Change change) {
    return wire(
        tasks.update(
            account,
            taskId,
            plan ->
                new TaskPlan(
                    Objects.requireNonNullElse(change.name(), plan.name()),
                    Objects.requireNonNullElse(change.description(), plan.description()),
                    Objects.requireNonNullElse(change.type(), plan.type()),
                    change.priority() == null ? plan.priority() : priority(change.priority()),
                    Objects.requireNonNullElse(change.parameters(), plan.parameters()),
                    Optional.ofNullable(change.schedule())
                        .map(TasksEndpoints::schedule)
                        .or(plan::schedule))));
  }

  @Override
  public Deleted delete(String taskId) {
    return new Deleted(true, tasks.delete(account, taskId).id());
  }

  @Override
  public Task run(String taskId) {
    return wire(tasks.runNow(account, taskId));
  }

  @Override
  public Runs runs(String taskId, @Nullable Integer limit, @Nullable Long offset) {
    Page<dev.spanda.core.task.Task.Run> page =
        tasks.runs(account, taskId, Given.limit(limit), Given.offset(offset));
    return new Runs(
        page.items().stream().map(TasksEndpoints::wire).toList(), Given.pagination(page));
  }

  @SuppressWarnings("unchecked") // processors and agents give objects
  private static Run wire(dev.spanda.core.task.Task.Run run) {
    return new Run(
        run.id(),
        run.status(),
        run.agentId().orElse(null),
        run.progress(),
        run.message(),
        run.result().map(text -> (Map<String, Object>) Json.read(text, Map.class)).orElse(null),
        run.attempts(),
        Given.seconds(run.createdAt()),
        run.startedAt().map(Given::seconds).orElse(null),
        run.endedAt().map(Given::seconds).orElse(null));
  }

  static Task wire(dev.spanda.core.task.Task task) {
    TaskPlan plan = task.plan();
    return new Task(
        task.id(),
        plan.name(),
        plan.description(),
        plan.type(),
        task.status().word(),
        plan.priority().word(),
        task.progress(),
        plan.parameters(),
        plan.schedule().map(when -> new Schedule(when.type(), when.wireValue())).orElse(null),
        new Statistics(
            task.statistics().total(),
            task.statistics().succeeded(),
            task.statistics().failed(),
            task.statistics().averageDuration().toMillis() / 1_000.0),
        Given.seconds(task.createdAt()),
        Given.seconds(task.updatedAt()),
        task.lastRun().map(Given::seconds).orElse(null),
        task.nextRun().map(Given::seconds).orElse(null));
  }
}
