package dev.spanda.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.spanda.contract.http.WireJson;
import dev.spanda.contract.vajra.AstrologyApi;
import dev.spanda.contract.vajra.AttunementApi;
import dev.spanda.contract.vajra.AudioApi;
import dev.spanda.contract.vajra.AutomationApi;
import dev.spanda.contract.vajra.BlessingsApi;
import dev.spanda.contract.vajra.CoreApi;
import dev.spanda.contract.vajra.PopulationsApi;
import dev.spanda.contract.vajra.RadionicsApi;
import dev.spanda.contract.vajra.ScalarApi;
import dev.spanda.contract.vajra.SessionsApi;
import dev.spanda.contract.vajra.VajraError;
import dev.spanda.contract.vajra.VisualizationApi;
import dev.spanda.server.http.PlainDialect;
import dev.spanda.server.http.ShelfApi;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class VajraOpenApiTest {

  @Test
  void theCommittedDescriptionIsThatOfTheContracts() throws IOException {
    OpenApiFiles.assertCurrent(
        "vajra",
        "Vajra.Stream",
        "1.0.0",
        "",
        VajraError.class,
        List.of(
            CoreApi.class,
            AstrologyApi.class,
            AudioApi.class,
            ScalarApi.class,
            SessionsApi.class,
            RadionicsApi.class,
            BlessingsApi.class,
            AttunementApi.class,
            PopulationsApi.class,
            AutomationApi.class,
            VisualizationApi.class));
  }

  @Test
  void everyKindOfTypeIsDescribed() throws IOException {
    JsonNode root =
        WireJson.mapper()
            .readTree(
                OpenApiWriter.write(
                    "Shelf", "1", "/v1", PlainDialect.Body.class, List.of(ShelfApi.class)));
    assertThat(root.path("openapi").asText()).isEqualTo("3.1.0");
    assertThat(root.at("/servers/0/url").asText()).isEqualTo("/v1");
    JsonNode schemas = root.at("/components/schemas");
    assertThat(schemas.at("/Book/required").toString()).isEqualTo("[\"title\"]");
    assertThat(schemas.at("/Book/properties/printed_at/format").asText()).isEqualTo("date-time");
    assertThat(schemas.at("/Book/properties/marks/additionalProperties/type").asText())
        .isEqualTo("number");
    assertThat(schemas.at("/Shape/discriminator/mapping/circle").asText())
        .isEqualTo("#/components/schemas/Circle");
    assertThat(schemas.at("/Circle/properties/type/const").asText()).isEqualTo("circle");
    JsonNode echo = root.at("/paths/~1echo~1{word}/get");
    assertThat(echo.at("/parameters/0/in").asText()).isEqualTo("path");
    assertThat(echo.at("/parameters/6/schema/enum/1").asText()).isEqualTo("descending");
    assertThat(echo.at("/responses/default/content/application~1json/schema/$ref").asText())
        .isEqualTo("#/components/schemas/Body");
    JsonNode one = root.at("/paths/~1upload/post/requestBody/content/multipart~1form-data/schema");
    assertThat(one.at("/properties/image/format").asText()).isEqualTo("binary");
    assertThat(one.at("/properties/mode/type").asText()).isEqualTo("string");
    assertThat(one.path("required").toString()).isEqualTo("[\"image\"]");
    JsonNode many =
        root.at("/paths/~1uploads/post/requestBody/content/multipart~1form-data/schema");
    assertThat(many.at("/properties/images/items/format").asText()).isEqualTo("binary");
    assertThat(many.at("/properties/images/maxItems").asInt()).isEqualTo(3);
    assertThat(root.at("/paths/~1file/get/responses/200/content").has("*/*")).isTrue();
    assertThat(root.at("/paths/~1books~1{number}/delete/responses/204").has("content")).isFalse();
  }
}
