package dev.spanda.server.octospine;

import dev.spanda.contract.octospine.SystemApi;
import dev.spanda.core.Failure;
import dev.spanda.core.agent.Agent;
import dev.spanda.core.agent.Agents;
import dev.spanda.core.agent.LocalWorkers;
import dev.spanda.core.agent.WorkQueue;
import dev.spanda.core.data.DataFlow;
import dev.spanda.core.data.RowFetcher;
import dev.spanda.core.data.Tables;
import dev.spanda.core.learning.Learning;
import dev.spanda.core.task.Tasks;
import dev.spanda.server.outbound.Fetcher;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Locale;

/** Tasks, the agents that do them and what is learnt from it, put together for OCTOSPINE. */
final class Crew implements AutoCloseable {

  private static final int THREADS = 4;
  private static final Duration FETCH_TIME = Duration.ofSeconds(30);

  final Agents agents;
  final WorkQueue queue;
  final Tasks tasks;
  final DataFlow flow;
  final Learning learning;
  private final LocalWorkers workers;

  /** Begins to do runs at once. */
  Crew(Octospine.Needs needs) {
    agents = new Agents(needs.store(), needs.clock(), needs.ids());
    queue = new WorkQueue(needs.store(), needs.clock(), needs.ids(), agents);
    tasks = new Tasks(needs.store(), needs.clock(), needs.bus(), needs.ids(), queue, needs.timer());
    flow =
        new DataFlow(
            new Tables(needs.store(), needs.clock()),
            needs.files(),
            (address, most) -> fetch(needs.fetcher(), address, most),
            needs.clock());
    // Every type of task has its line here.
    tasks.register(Tasks.dataProcessing(flow));
    tasks.register(new AudioProcessor(needs.files()));
    tasks.register(new ImageProcessor(needs.files()));
    tasks.register(new ClipProcessor(needs.files(), needs.fetcher()));
    tasks.register(new WebhookProcessor(needs.fetcher()));
    learning =
        new Learning(
            needs.store(),
            needs.clock(),
            needs.ids(),
            queue,
            needs.jobs(),
            needs.timer(),
            tasks::types);
    workers = new LocalWorkers(queue, tasks::work, THREADS);
    workers.start();
  }

  private static RowFetcher.Content fetch(Fetcher fetcher, URI address, int most) {
    Fetcher.Answer answer =
        fetcher.send(
            Fetcher.Request.get(address),
            Fetcher.Limits.DEFAULT.withLargestBody(most).withTime(FETCH_TIME));
    if (answer.status() / 100 != 2) {
      throw Failure.of(
          answer.status() >= 500 ? Failure.Reason.UNAVAILABLE : Failure.Reason.INVALID,
          "url",
          "The address answered with status " + answer.status());
    }
    String type = answer.headers().getOrDefault("content-type", "");
    return new RowFetcher.Content(
        answer.body(), type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
  }

  /** How many agents an account has. */
  SystemApi.Agents count(String account) {
    List<Agent.Status> statuses = agents.statuses(account);
    return new SystemApi.Agents(
        statuses.size(),
        statuses.stream().filter(status -> status == Agent.Status.ACTIVE).count(),
        statuses.stream().filter(status -> status == Agent.Status.IDLE).count());
  }

  @Override
  public void close() {
    workers.close();
    learning.close();
    tasks.close();
  }
}
