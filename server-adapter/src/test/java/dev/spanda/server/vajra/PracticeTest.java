package dev.spanda.server.vajra;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.client.ApiException;
import dev.spanda.client.VajraClient;
import dev.spanda.client.socket.SocketListener;
import dev.spanda.contract.http.WireJson;
import dev.spanda.contract.vajra.AttunementApi;
import dev.spanda.contract.vajra.AutomationApi;
import dev.spanda.contract.vajra.BlessingsApi;
import dev.spanda.contract.vajra.PopulationsApi;
import dev.spanda.contract.vajra.RadionicsApi;
import dev.spanda.contract.vajra.SessionsApi;
import dev.spanda.contract.vajra.VajraSocket;
import dev.spanda.server.Config;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The later chapters of the document beyond its examples: limits, unknown ids, events, work. */
class PracticeTest {

  private static final String PRAYER = "平和 שלום ειρήνη 🙏🏽 ∀";

  @TempDir private static Path folder;
  private static VajraServer server;

  @BeforeAll
  static void start() {
    server = VajraServer.in(folder);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static VajraClient client() {
    return server.client();
  }

  @Test
  void whatIsNotThereIsNotFound() {
    notFound(() -> client().radionics().broadcastStatus("bcast_x"), "RESOURCE_NOT_FOUND");
    notFound(() -> client().radionics().stopBroadcast("bcast_x"), "RESOURCE_NOT_FOUND");
    notFound(
        () ->
            client()
                .radionics()
                .broadcast(new RadionicsApi.BroadcastRequest(1.0, 1L, null, null, "pop_x")),
        "RESOURCE_NOT_FOUND");
    notFound(() -> client().attunements().reading("rng_x"), "SESSION_NOT_FOUND");
    notFound(() -> client().attunements().stop("rng_x"), "SESSION_NOT_FOUND");
    notFound(() -> client().populations().get("pop_x"), "RESOURCE_NOT_FOUND");
    notFound(() -> client().populations().delete("pop_x"), "RESOURCE_NOT_FOUND");
    notFound(() -> client().populations().update("pop_x", changes("a")), "RESOURCE_NOT_FOUND");
    AutomationApi automations = client().automations();
    notFound(() -> automations.get("wf_x"), "RESOURCE_NOT_FOUND");
    notFound(() -> automations.pause("wf_x"), "RESOURCE_NOT_FOUND");
    notFound(() -> automations.resume("wf_x"), "RESOURCE_NOT_FOUND");
    notFound(() -> automations.run("wf_x"), "RESOURCE_NOT_FOUND");
    notFound(() -> automations.runs("wf_x", null, null), "RESOURCE_NOT_FOUND");
    notFound(() -> automations.delete("wf_x"), "RESOURCE_NOT_FOUND");
  }

  @Test
  void everyLimitIsNamed() {
    RadionicsApi radionics = client().radionics();
    wrong(() -> radionics.calculateRate(rate("", null, null)), "Intention");
    wrong(() -> radionics.calculateRate(rate("x".repeat(2_001), null, null)), "2000");
    wrong(() -> radionics.calculateRate(rate("x", "dice", null)), "gematria");
    wrong(() -> radionics.calculateRate(rate("x", null, "runes")), "pythagorean");
    wrong(() -> radionics.calculateRate(rate("12345", null, null)), "hash");
    wrong(() -> radionics.broadcast(broadcast(100.1, 60, 1)), "100");
    wrong(() -> radionics.broadcast(broadcast(50.0, 0, 1)), "86400");
    wrong(() -> radionics.broadcast(broadcast(50.0, 86_401, 1)), "86400");
    wrong(() -> radionics.broadcast(broadcast(50.0, 60, 6)), "between 1 and 5");
    wrong(() -> radionics.broadcast(broadcast(null, 60, 1)), "rate");
    wrong(() -> radionics.rates("nonsense", null, null, null), "prosperity");
    wrong(() -> radionics.rates(null, null, 501, null), "500");
    wrong(() -> radionics.broadcasts("asleep", null, null), "running");
    AttunementApi attunements = client().attunements();
    wrong(() -> attunements.create(attunement(0, "system", null, null)), "86400");
    wrong(() -> attunements.create(attunement(60, "dice", null, null)), "jitter");
    wrong(() -> attunements.create(attunement(60, "system", 0.6, null)), "0.5");
    wrong(() -> attunements.create(attunement(60, "system", null, 1L)), "seed");
    wrong(() -> attunements.list(101, null), "100");
    PopulationsApi populations = client().populations();
    wrong(() -> populations.create(population(" ", 0)), "Name");
    wrong(() -> populations.create(population("n".repeat(201), 0)), "200");
    wrong(() -> populations.create(population("Many", -1)), "between 0");
    wrong(() -> populations.list(null, 0, null), "100");
    wrong(
        () ->
            populations.importAll(
                new PopulationsApi.ImportRequest(Collections.singletonList(null))),
        "null");
    BlessingsApi blessings = client().blessings();
    wrong(() -> blessings.generateNarrative(narrative("", null, null)), "Intention");
    wrong(() -> blessings.generateNarrative(narrative("x", "angry", null)), "poetic");
    wrong(() -> blessings.generateNarrative(narrative("x", null, "endless")), "medium");
    wrong(
        () ->
            blessings.compassionateBlessing(
                new BlessingsApi.CompassionateRequest("x", null, 3_601, null)),
        "3600");
    wrong(
        () -> blessings.massLiberation(new BlessingsApi.LiberationRequest(null, "Martian", null)),
        "Tibetan");
  }

  @Test
  void aTextThatNoDatabaseKeepsIsRefused() {
    String nul = "a\0b";
    wrong(() -> client().radionics().calculateRate(rate(nul, null, null)), "NUL");
    wrong(
        () ->
            client()
                .radionics()
                .broadcast(new RadionicsApi.BroadcastRequest(1.0, 1L, nul, null, null)),
        "NUL");
    wrong(
        () -> client().radionics().addRate(new RadionicsApi.BookRate(1.0, nul, "mine", null, null)),
        "NUL");
    wrong(
        () -> client().attunements().create(new AttunementApi.Plan(nul, 1L, null, null, null)),
        "NUL");
    wrong(() -> client().populations().create(population(nul, 1)), "NUL");
    wrong(() -> client().blessings().generateNarrative(narrative(nul, null, null)), "NUL");
    wrong(() -> create("* * * * *", action("start_session", Map.of("intention", nul))), "NUL");
  }

  @Test
  void aWorkflowIsCheckedWhenItIsCreated() {
    wrong(() -> create("61 * * * *", action("start_session", Map.of())), "");
    wrong(() -> create("* * * * *"), "between 1 and 20");
    wrong(() -> create("* * * * *", action("dance", Map.of())), "broadcast_blessing");
    wrong(() -> create("* * * * *", action("generate_audio", Map.of("duration", 0))), "14400");
    wrong(
        () -> create("* * * * *", action("generate_audio", Map.of("frequncy", 528))),
        "no parameter frequncy");
    wrong(
        () -> create("* * * * *", action("start_session", Map.of("duration", 1.5))),
        "whole number");
    wrong(() -> create("* * * * *", action("start_session", Map.of("intention", 5))), "a text");
    wrong(() -> create("* * * * *", action("broadcast_blessing", Map.of())), "population_id");
    notFound(
        () -> create("* * * * *", action("broadcast_blessing", Map.of("population_id", "pop_x"))),
        "RESOURCE_NOT_FOUND");
    refused(
        () -> create("* * * * *", action("generate_audio", Map.of("frequency", -5.0))),
        400,
        "INVALID_FREQUENCY",
        "0.1");
    wrong(
        () ->
            client()
                .automations()
                .create(
                    new AutomationApi.Plan(
                        "Zone",
                        "* * * * *",
                        List.of(action("start_session", Map.of())),
                        "Europe/Atlantis",
                        null,
                        null)),
        "Europe/Berlin");
  }

  @Test
  void aRunDoesEveryActionAndThePopulationCountsIt() throws Exception {
    String population = client().populations().create(population(PRAYER, 5)).populationId();
    AutomationApi automations = client().automations();
    String id =
        create(
            "0 6 * * *",
            action("generate_audio", Map.of("frequency", 528.0, "duration", 2)),
            action(
                "start_session",
                Map.of("intention", PRAYER, "population_id", population, "duration", 600)),
            action(
                "broadcast_blessing",
                Map.of("population_id", population, "duration", 600, "hardware_level", 2)));
    String run = automations.run(id).runId();
    AutomationApi.Run ended = ended(id, run);
    assertThat(ended.status()).as(ended.toString()).isEqualTo("completed");
    assertThat(ended.trigger()).isEqualTo("manual");
    assertThat(ended.actions())
        .extracting(AutomationApi.ActionOutcome::status)
        .containsExactly("completed", "completed", "completed");
    assertThat(result(ended, 0)).containsEntry("samples", 88_200);
    String session = String.valueOf(result(ended, 1).get("session_id"));
    SessionsApi.SessionState state = client().sessions().status(session).session();
    assertThat(state.status()).isEqualTo("running");
    assertThat(state.intention()).isEqualTo(PRAYER);
    String broadcast = String.valueOf(result(ended, 2).get("broadcast_id"));
    RadionicsApi.BroadcastState playing =
        client().radionics().broadcastStatus(broadcast).broadcast();
    assertThat(playing.status()).isEqualTo("running");
    assertThat(playing.populationId()).isEqualTo(population);
    assertThat(result(ended, 2).get("blessing")).asString().contains(PRAYER);

    PopulationsApi.Population counted = client().populations().get(population).population();
    assertThat(counted.activeBlessings()).isEqualTo(2);
    client().sessions().stop(session);
    client().radionics().stopBroadcast(broadcast);
    assertThat(client().populations().get(population).population().activeBlessings()).isZero();
    refused(() -> client().radionics().stopBroadcast(broadcast), 409, "INVALID_PARAMETER", "");

    assertThat(automations.pause(id).workflow().nextRun()).isNull();
    assertThat(automations.resume(id).workflow().nextRun()).isNotNull();
    AutomationApi.Workflow changed =
        automations
            .update(
                id,
                new AutomationApi.Changes(null, "30 7 * * 1", null, "Asia/Kathmandu", true, "once"))
            .workflow();
    assertThat(changed.schedule()).isEqualTo("30 7 * * 1");
    assertThat(changed.timeZone()).isEqualTo("Asia/Kathmandu");
    assertThat(changed.missedRuns()).isEqualTo("once");
    assertThat(changed.stopOnFailure()).isTrue();
    assertThat(changed.actions()).hasSize(3);
    assertThat(automations.delete(id).workflowId()).isEqualTo(id);
    notFound(() -> automations.get(id), "RESOURCE_NOT_FOUND");
  }

  @Test
  void aDemoKnowsThePopulationThatTheDocumentsWorkflowNames(@TempDir Path other) throws Exception {
    Path examples = Path.of("..", "client-sdk", "src", "test", "resources", "examples", "vajra");
    AutomationApi.Plan plan =
        WireJson.mapper()
            .readValue(
                examples.resolve("automation-create-automation-workflow-request.json").toFile(),
                AutomationApi.Plan.class);
    try (VajraServer demo = new VajraServer(Config.in(other).onFreePorts().asDemo())) {
      assertThat(demo.client().automations().create(plan).name()).isEqualTo(plan.name());
      assertThat(demo.client().populations().list(null, null, null).total()).isEqualTo(18);
    }
  }

  @Test
  void anActionThatFailsIsRecordedAndTheNextIsDone() throws Exception {
    String gone = client().populations().create(population("Soon gone", 1)).populationId();
    String id =
        create(
            "0 0 1 1 *",
            action("broadcast_blessing", Map.of("population_id", gone)),
            action("start_session", Map.of("duration", 1)));
    client().populations().delete(gone);
    AutomationApi.Run run = ended(id, client().automations().run(id).runId());
    assertThat(run.status()).isEqualTo("failed");
    assertThat(run.actions())
        .extracting(AutomationApi.ActionOutcome::status)
        .containsExactly("failed", "completed");
    assertThat(run.actions().get(0).message()).contains(gone);
    client().automations().delete(id);
  }

  @Test
  void everythingIsToldOnTheSocket() throws Exception {
    BlockingQueue<VajraSocket.DomainEvent> heard = new LinkedBlockingQueue<>();
    BlockingQueue<String> opened = new LinkedBlockingQueue<>();
    SocketListener<VajraSocket.FromServer> listener =
        message -> {
          if (message instanceof VajraSocket.DomainEvent event) {
            heard.add(event);
          } else if (message instanceof VajraSocket.ConnectionStatus status) {
            opened.add(status.connectionId());
          }
        };
    try (AutoCloseable socket = client().socket(listener)) {
      assertThat(socket).isNotNull();
      assertThat(opened.poll(20, TimeUnit.SECONDS)).isNotNull();
      String broadcast = client().radionics().broadcast(broadcast(12.5, 60, 1)).broadcastId();
      assertThat(event(heard, "BROADCAST_STARTED", "broadcast_id", broadcast))
          .containsKey("audible");
      client().radionics().stopBroadcast(broadcast);
      assertThat(event(heard, "BROADCAST_ENDED", "broadcast_id", broadcast))
          .containsEntry("status", "stopped");
      String session =
          client()
              .sessions()
              .create(new SessionsApi.Plan("Metta", 60L, "peace", null, List.of("blessing")))
              .sessionId();
      client().sessions().start(session);
      assertThat(event(heard, "BLESSING_STARTED", "session_id", session))
          .containsOnlyKeys("session_id", "intention", "started_at");
      client().blessings().generateNarrative(narrative("gentle rain", null, "short"));
      event(heard, "BLESSING_STARTED", "intention", "gentle rain");
      String attunement =
          client().attunements().create(attunement(60, "jitter", null, null)).sessionId();
      assertThat(event(heard, "ATTUNEMENT_STARTED", "session_id", attunement))
          .containsEntry("source", "jitter");
      client().attunements().stop(attunement);
      assertThat(event(heard, "ATTUNEMENT_ENDED", "session_id", attunement))
          .containsEntry("status", "stopped");
      String population = client().populations().create(population("Heard", 1)).populationId();
      event(heard, "POPULATION_CREATED", "population_id", population);
      String workflow = create("0 0 1 1 *", action("start_session", Map.of("duration", 1)));
      event(heard, "WORKFLOW_CREATED", "workflow_id", workflow);
      String run = client().automations().run(workflow).runId();
      event(heard, "WORKFLOW_RUN_STARTED", "run_id", run);
      assertThat(event(heard, "WORKFLOW_RUN_ENDED", "run_id", run))
          .containsEntry("actions", List.of("completed"));
    }
  }

  @Test
  void aRateOfWordsIsTheSameEachTimeAndAddedRatesAreFound() {
    RadionicsApi radionics = client().radionics();
    RadionicsApi.Calculated rate = radionics.calculateRate(rate(PRAYER, "hash", null));
    assertThat(radionics.calculateRate(rate(PRAYER, "hash", null))).isEqualTo(rate);
    assertThat(rate.intention()).isEqualTo(PRAYER);
    assertThat(radionics.calculateRate(rate("שלום", null, null)).rate()).isEqualTo(37.6);
    assertThat(rate.rate() + rate.balancingRate()).isEqualTo(100.0);
    RadionicsApi.BookRate own =
        new RadionicsApi.BookRate(33.3, "Ówn wörds " + PRAYER, "Mine", PRAYER, List.of("tea"));
    assertThat(radionics.addRate(own).rate().category()).isEqualTo("mine");
    assertThat(radionics.rates("mine", "own words", null, null).rates())
        .extracting(RadionicsApi.BookRate::name)
        .containsExactly(own.name());
    refused(() -> radionics.addRate(own), 409, "INVALID_PARAMETER", "already");
    RadionicsApi.Rates first = radionics.rates(null, null, 2, 0);
    assertThat(first.rates()).hasSize(2);
    assertThat(first.count()).isGreaterThan(150);
    assertThat(radionics.rates(null, null, 2, 2).rates())
        .doesNotContainAnyElementsOf(first.rates());
  }

  @Test
  void seededBlessingsRepeatAndCountTheirOwnWords() {
    BlessingsApi.NarrativeRequest request =
        new BlessingsApi.NarrativeRequest(
            PRAYER, "the 雨 and the river", "poetic", "short", null, 7L, null);
    BlessingsApi.Narrative narrative = client().blessings().generateNarrative(request);
    assertThat(client().blessings().generateNarrative(request)).isEqualTo(narrative);
    assertThat(narrative.narrative()).contains("the 雨 and the river");
    long words =
        Arrays.stream(narrative.narrative().split("\\s+"))
            .filter(word -> word.codePoints().anyMatch(Character::isLetterOrDigit))
            .count();
    assertThat(narrative.wordCount()).isEqualTo((int) words);
    assertThat(narrative.model()).isEqualTo("grammar");
  }

  @Test
  void whatIsExportedCanBeImported(@TempDir Path other) throws Exception {
    client().populations().create(population("Exported " + PRAYER, 12));
    byte[] file = client().populations().export().bytes();
    JsonNode json = WireJson.mapper().readTree(file);
    PopulationsApi.ImportRequest request =
        WireJson.mapper().treeToValue(json, PopulationsApi.ImportRequest.class);
    // All of these names are taken, so that none is created.
    refused(() -> client().populations().importAll(request), 409, "INVALID_PARAMETER", "");
    try (VajraServer second = VajraServer.in(other)) {
      PopulationsApi.Imported imported = second.client().populations().importAll(request);
      assertThat(imported.imported()).isEqualTo(request.populations().size());
      assertThat(second.client().populations().export().bytes()).isEqualTo(file);
    }
  }

  @Test
  void aChangeOfAPopulationKeepsWhatItDoesNotName() {
    String id = client().populations().create(population("Before", 7)).populationId();
    PopulationsApi.Population after =
        client().populations().update(id, changes("After " + PRAYER)).population();
    assertThat(after.name()).isEqualTo("After " + PRAYER);
    assertThat(after.sizeEstimate()).isEqualTo(7);
    assertThat(after.categories()).containsExactly("test");
    assertThat(client().populations().delete(id).populationId()).isEqualTo(id);
  }

  private static String create(String schedule, AutomationApi.Action... actions) {
    return client()
        .automations()
        .create(new AutomationApi.Plan("Daily", schedule, List.of(actions), null, null, null))
        .workflowId();
  }

  private static AutomationApi.Action action(String type, Map<String, Object> params) {
    return new AutomationApi.Action(type, params);
  }

  private static AutomationApi.Run ended(String workflow, String run) {
    long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < patience) {
      for (AutomationApi.Run each : client().automations().runs(workflow, null, null).runs()) {
        if (each.id().equals(run) && !each.status().equals("running")) {
          return each;
        }
      }
    }
    throw new AssertionError("The run " + run + " did not end within a minute");
  }

  private static Map<String, Object> result(AutomationApi.Run run, int index) {
    Map<String, Object> result = run.actions().get(index).result();
    assertThat(result).isNotNull();
    return result;
  }

  private static Map<String, Object> event(
      BlockingQueue<VajraSocket.DomainEvent> heard, String name, String key, String value)
      throws InterruptedException {
    for (; ; ) {
      VajraSocket.DomainEvent event = heard.poll(30, TimeUnit.SECONDS);
      assertThat(event).as(name + " of " + value).isNotNull();
      if (event.eventName().equals(name) && value.equals(event.payload().get(key))) {
        return event.payload();
      }
    }
  }

  private static RadionicsApi.RateRequest rate(
      String intention, @Nullable String method, @Nullable String table) {
    return new RadionicsApi.RateRequest(intention, null, method, table);
  }

  private static RadionicsApi.BroadcastRequest broadcast(
      @Nullable Double rate, long seconds, int level) {
    return new RadionicsApi.BroadcastRequest(rate, seconds, null, level, null);
  }

  private static AttunementApi.Plan attunement(
      long seconds, String source, @Nullable Double target, @Nullable Long seed) {
    return new AttunementApi.Plan("calm", seconds, source, target, seed);
  }

  private static PopulationsApi.Plan population(String name, long size) {
    return new PopulationsApi.Plan(name, "", size, List.of("test"), name);
  }

  private static PopulationsApi.Changes changes(String name) {
    return new PopulationsApi.Changes(name, null, null, null, null);
  }

  private static BlessingsApi.NarrativeRequest narrative(
      String intention, @Nullable String style, @Nullable String length) {
    return new BlessingsApi.NarrativeRequest(intention, null, style, length, null, null, null);
  }

  private static void notFound(Executable call, String code) {
    refused(call, 404, code, "");
  }

  private static void wrong(Executable call, String inMessage) {
    refused(call, 400, "INVALID_PARAMETER", inMessage);
  }

  private static void refused(Executable call, int status, String code, String inMessage) {
    assertThatExceptionOfType(ApiException.class)
        .isThrownBy(call::execute)
        .satisfies(
            refusal -> {
              assertThat(refusal.status()).as(refusal.getMessage()).isEqualTo(status);
              assertThat(refusal.code()).isEqualTo(code);
              assertThat(refusal.getMessage()).containsIgnoringCase(inMessage);
            });
  }
}
