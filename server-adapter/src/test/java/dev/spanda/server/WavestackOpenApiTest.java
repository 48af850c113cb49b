package dev.spanda.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.spanda.contract.wavestack.WavestackError;
import dev.spanda.server.wavestack.Wavestack;
import dev.spanda.server.web.OpenApiFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WavestackOpenApiTest {

  @TempDir Path folder;

  @Test
  void theCommittedDescriptionsAreThoseOfTheContractsThatAreServed() throws IOException {
    Config config = Config.in(folder).onFreePorts();
    try (Engines engines = new Engines(config);
        Wavestack wavestack = new Wavestack(Server.wavestackNeeds(engines, config))) {
      Map<String, Wavestack.Served> mounts = wavestack.mounts();
      assertThat(Config.MOUNTS).containsAll(mounts.keySet());
      assertThat(mounts).hasSize(9);
      for (Map.Entry<String, Wavestack.Served> mount : mounts.entrySet()) {
        OpenApiFiles.assertCurrent(
            mount.getKey(),
            mount.getValue().title(),
            "1.0.0",
            "",
            WavestackError.class,
            mount.getValue().mount().contracts());
      }
    }
  }
}
