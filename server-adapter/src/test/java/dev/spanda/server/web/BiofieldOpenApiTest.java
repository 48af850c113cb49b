package dev.spanda.server.web;

import dev.spanda.contract.biofield.BiofieldError;
import dev.spanda.server.biofield.BiofieldMount;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class BiofieldOpenApiTest {

  @Test
  void theCommittedDescriptionIsThatOfTheContracts() throws IOException {
    OpenApiFiles.assertCurrent(
        "biofield",
        "Biofield",
        "1.0.0",
        BiofieldMount.BASE_PATH,
        BiofieldError.class,
        BiofieldMount.contracts());
  }
}
