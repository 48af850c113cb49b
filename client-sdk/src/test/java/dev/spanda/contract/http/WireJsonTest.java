package dev.spanda.contract.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class WireJsonTest {

  record Plan(
      @JsonProperty(value = "name", required = true) String name,
      @JsonProperty("duration") @Nullable Long duration,
      @JsonProperty("at") @Nullable Instant at) {}

  private final ObjectMapper mapper = WireJson.mapper();

  @Test
  void aWholeNumberMayBeSentWithAFractionOfZero() throws JsonProcessingException {
    assertThat(mapper.readValue("{\"name\":\"a\",\"duration\":1800.0}", Plan.class).duration())
        .isEqualTo(1800);
    assertThatThrownBy(() -> mapper.readValue("{\"name\":\"a\",\"duration\":1800.5}", Plan.class))
        .isInstanceOf(JsonMappingException.class)
        .hasMessageContaining("not a whole number");
  }

  @Test
  void aMissingRequiredFieldIsRefusedAndAnUnknownOneIgnored() throws JsonProcessingException {
    assertThatThrownBy(() -> mapper.readValue("{\"duration\":1}", Plan.class))
        .isInstanceOf(JsonMappingException.class);
    assertThat(mapper.readValue("{\"name\":\"a\",\"more\":1}", Plan.class).name()).isEqualTo("a");
  }

  @Test
  void absentFieldsAreNotWrittenAndTimesAreIso() throws JsonProcessingException {
    Plan plan = new Plan("a", null, Instant.parse("2024-01-15T10:30:00Z"));
    assertThat(mapper.writeValueAsString(plan))
        .isEqualTo("{\"name\":\"a\",\"at\":\"2024-01-15T10:30:00Z\"}");
    assertThat(
            mapper.readValue("{\"name\":\"a\",\"at\":\"2024-01-15T11:30:00+01:00\"}", Plan.class))
        .isEqualTo(plan);
  }

  @Test
  void deepNestingIsRefused() {
    String deep = "{\"x\":" + "[".repeat(100) + "]".repeat(100) + "}";
    assertThatThrownBy(() -> mapper.readTree(deep)).isInstanceOf(JsonProcessingException.class);
  }
}
