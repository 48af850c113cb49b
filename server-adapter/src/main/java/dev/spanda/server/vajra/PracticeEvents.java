package dev.spanda.server.vajra;

import dev.spanda.core.attunement.Attunement;
import dev.spanda.core.attunement.Attunements;
import dev.spanda.core.automation.Run;
import dev.spanda.core.automation.Workflow;
import dev.spanda.core.automation.Workflows;
import dev.spanda.core.event.EventBus;
import dev.spanda.core.event.Subscription;
import dev.spanda.core.population.Populations;
import dev.spanda.core.session.Session;
import dev.spanda.core.session.SessionEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Tells the live socket what happens to attunements, populations, workflows and their runs. */
final class PracticeEvents implements AutoCloseable {

  /** A session that says so among its modalities is a blessing. */
  private static final String BLESSING = "blessing";

  private final Announcer announcer;
  private final List<Subscription> subscriptions;

  /** Begins to tell. */
  PracticeEvents(EventBus bus, Announcer announcer) {
    this.announcer = announcer;
    subscriptions =
        List.of(
            bus.subscribe(SessionEvent.Started.class, event -> on(event.session())),
            bus.subscribe(Attunements.Event.class, event -> on(event.attunement())),
            bus.subscribe(Populations.Event.class, this::on),
            bus.subscribe(
                Workflows.Changed.class, event -> on(event.change().name(), event.workflow())),
            bus.subscribe(Workflows.RunBegun.class, event -> on("STARTED", event.run())),
            bus.subscribe(Workflows.RunEnded.class, event -> on("ENDED", event.run())));
  }

  @Override
  public void close() {
    subscriptions.forEach(Subscription::close);
  }

  private void on(Session session) {
    if (session.plan().modalities().contains(BLESSING)) {
      Map<String, Object> payload = new LinkedHashMap<>();
      payload.put("session_id", session.id());
      payload.put("intention", session.plan().intention());
      session.startedAt().ifPresent(at -> payload.put("started_at", iso(at)));
      announcer.announce("BLESSING_STARTED", payload);
    }
  }

  private void on(Attunement attunement) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("session_id", attunement.id());
    payload.put("intention", attunement.plan().intention());
    payload.put("source", attunement.source().word());
    payload.put("status", attunement.status().word());
    payload.put("started_at", iso(attunement.startedAt()));
    payload.put("expected_end", iso(attunement.endsAt()));
    attunement.endedAt().ifPresent(at -> payload.put("ended_at", iso(at)));
    if (!attunement.note().isEmpty()) {
      payload.put("note", attunement.note());
    }
    announcer.announce(
        attunement.status() == Attunement.Status.RUNNING
            ? "ATTUNEMENT_STARTED"
            : "ATTUNEMENT_ENDED",
        payload);
  }

  private void on(Populations.Event event) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("population_id", event.population().id());
    payload.put("name", event.population().plan().name());
    announcer.announce("POPULATION_" + event.change().name(), payload);
  }

  private void on(String change, Workflow workflow) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("workflow_id", workflow.id());
    payload.put("name", workflow.plan().name());
    payload.put("status", word(workflow.status()));
    workflow.nextRun().ifPresent(at -> payload.put("next_run", iso(at)));
    announcer.announce("WORKFLOW_" + change, payload);
  }

  private void on(String change, Run run) {
    Map<String, Object> payload = new LinkedHashMap<>();
    payload.put("workflow_id", run.workflowId());
    payload.put("run_id", run.id());
    payload.put("trigger", word(run.cause()));
    payload.put("status", word(run.status()));
    payload.put("due_at", iso(run.dueAt()));
    run.endedAt().ifPresent(at -> payload.put("ended_at", iso(at)));
    if (!run.outcomes().isEmpty()) {
      payload.put("actions", run.outcomes().stream().map(each -> word(each.status())).toList());
    }
    announcer.announce("WORKFLOW_RUN_" + change, payload);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String iso(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }
}
