package dev.spanda.server.vajra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanda.client.VajraClient;
import dev.spanda.contract.vajra.AttunementApi;
import dev.spanda.contract.vajra.AutomationApi;
import dev.spanda.contract.vajra.PopulationsApi;
import dev.spanda.contract.vajra.RadionicsApi;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server that ends and another that opens its folder. */
class PracticeSurvivalTest {

  @Test
  void whatWasBegunGoesOnAndWhatWasKeptIsThere(@TempDir Path folder) {
    String broadcast;
    String attunement;
    String population;
    String workflow;
    AutomationApi.Workflow kept;
    try (VajraServer server = VajraServer.in(folder)) {
      VajraClient client = server.client();
      population =
          client
              .populations()
              .create(new PopulationsApi.Plan("Neighbours", "", 12L, List.of("near"), "peace"))
              .populationId();
      broadcast =
          client
              .radionics()
              .broadcast(new RadionicsApi.BroadcastRequest(47.5, 3_600L, "Healing", 2, population))
              .broadcastId();
      attunement =
          client
              .attunements()
              .create(new AttunementApi.Plan("calm", 3_600L, "seeded", 0.01, 9L))
              .sessionId();
      client
          .radionics()
          .addRate(new RadionicsApi.BookRate(12.3, "My own", "mine", null, List.of("tea")));
      workflow =
          client
              .automations()
              .create(
                  new AutomationApi.Plan(
                      "Daily",
                      "0 6 * * *",
                      List.of(
                          new AutomationApi.Action(
                              "broadcast_blessing", Map.of("population_id", population))),
                      "Europe/Berlin",
                      null,
                      null))
              .workflowId();
      kept = client.automations().get(workflow).workflow();
    }
    try (VajraServer again = VajraServer.in(folder)) {
      VajraClient client = again.client();
      RadionicsApi.BroadcastState running =
          client.radionics().broadcastStatus(broadcast).broadcast();
      assertThat(running.status()).isEqualTo("running");
      assertThat(running.duration()).isEqualTo(3_600);
      assertThat(client.populations().get(population).population().activeBlessings()).isOne();
      assertThat(client.automations().get(workflow).workflow()).isEqualTo(kept);
      assertThat(client.radionics().rates("mine", null, null, null).rates()).hasSize(1);
      // Its tone is heard again, and bits are gathered again.
      assertThat(soon(() -> Boolean.TRUE.equals(client.audio().status().playing()))).isTrue();
      assertThat(
              soon(() -> client.attunements().reading(attunement).reading().samplesAnalyzed() > 0))
          .isTrue();
      assertThat(client.attunements().stop(attunement).session()).isNotNull();
      assertThat(client.radionics().stopBroadcast(broadcast).broadcast().status())
          .isEqualTo("stopped");
    }
  }

  private interface Question {
    boolean isSo();
  }

  private static boolean soon(Question question) {
    long patience = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (System.nanoTime() < patience) {
      if (question.isSo()) {
        return true;
      }
    }
    return false;
  }
}
