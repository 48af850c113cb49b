package dev.spanda.core.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.spanda.core.Failure;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ToolInputTest {

  private static final List<ToolInput> INPUTS =
      List.of(
          ToolInput.Text.required("text", "Words", 5),
          new ToolInput.Text(
              "code", "A code", false, 0, 20, Optional.of("^[a-z]+-[0-9]{2}$"), Optional.empty()),
          ToolInput.Choice.usuallyFirst("style", "Manner", List.of("modern", "vintage")),
          new ToolInput.Numeric("gain", "Linear", false, 0, 1.5, Optional.of(0.5)),
          new ToolInput.Whole("width", "In px", false, 1, 100, Optional.empty()),
          new ToolInput.Flag("loop", "Whether", true),
          new ToolInput.Colours("colors", "Two at most", 2),
          new ToolInput.FileId("file_id", "A file", false));

  private final ObjectMapper mapper = new ObjectMapper();

  @Test
  void whatIsNotGivenIsUsual() {
    ToolInputs inputs = ToolInput.read(INPUTS, Map.of("text", "Bean"));
    assertThat(inputs.values())
        .isEqualTo(Map.of("text", "Bean", "style", "modern", "gain", 0.5, "loop", true));
    assertThat(inputs.texts("colors")).isEmpty();
    assertThat(inputs.optionalWhole("width")).isEmpty();
  }

  @Test
  void everyProblemIsNamedAndTheFirstIsTheSubject() {
    Map<String, Object> given = new LinkedHashMap<>();
    given.put("style", "gothic");
    given.put("width", 1.5);
    given.put("size", 3);
    assertThatThrownBy(() -> ToolInput.read(INPUTS, given))
        .isInstanceOfSatisfying(
            Failure.class,
            failure -> {
              assertThat(failure.reason()).isEqualTo(Failure.Reason.INVALID);
              assertThat(failure.subject()).isEqualTo("inputs.text");
              assertThat(failure.details().get("problems"))
                  .isEqualTo(
                      List.of(
                          "inputs.text is required",
                          "inputs.style must be one of modern, vintage; was gothic",
                          "inputs.width must be a whole number",
                          "inputs has no member size; it has text, code, style, gain, width,"
                              + " loop, colors, file_id"));
            });
  }

  @Test
  void theSchemaIsOneOfTheDraftItNames() throws Exception {
    SchemaRegistry registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    Schema meta =
        registry.getSchema(
            com.networknt.schema.SchemaLocation.of("https://json-schema.org/draft/2020-12/schema"));
    assertThat(meta.validate(mapper.writeValueAsString(ToolInput.schema(INPUTS)), InputFormat.JSON))
        .isEmpty();
  }

  /** The same values fit the schema and the reading, and no others. */
  @Test
  void theReadingTakesWhatAValidatorTakes() throws Exception {
    Schema schema =
        SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
            .getSchema(mapper.writeValueAsString(ToolInput.schema(INPUTS)), InputFormat.JSON);
    long seed = 20261122;
    Random random = new Random(seed);
    int fitting = 0;
    for (int round = 0; round < 20_000; round++) {
      String json = mapper.writeValueAsString(draw(random));
      JsonNode node = mapper.readTree(json);
      boolean valid = schema.validate(json, InputFormat.JSON).isEmpty();
      boolean read;
      try {
        ToolInput.read(INPUTS, mapper.convertValue(node, LinkedHashMap.class));
        read = true;
      } catch (Failure failure) {
        read = false;
      }
      assertThat(read).as("seed %d, round %d: %s", seed, round, json).isEqualTo(valid);
      fitting += valid ? 1 : 0;
    }
    assertThat(fitting).isBetween(1_000, 19_000);
  }

  private static Map<String, Object> draw(Random random) {
    Map<String, Object> given = new LinkedHashMap<>();
    if (random.nextInt(20) > 0) {
      given.put("text", pick(random, "a", "abcde", "naïve", "🪷🪷🪷🪷🪷"));
    }
    Object[] odd = {"", "abcdef", 1, 2.0, 2.5, true, null, List.of(), List.of("#fff"), -1, "1"};
    String[] names = {"text", "code", "style", "gain", "width", "loop", "colors", "file_id", "no"};
    for (int i = random.nextInt(4); i > 0; i--) {
      String name = names[random.nextInt(names.length)];
      boolean strange = random.nextInt(6) == 0 || name.equals("no");
      given.put(name, strange ? pick(random, odd) : fitting(name, random));
    }
    return given;
  }

  private static Object fitting(String name, Random random) {
    return switch (name) {
      case "code" -> pick(random, "ab-12", "x-99", "x-9", "AB-12");
      case "style" -> pick(random, "modern", "vintage", "Modern");
      case "gain" -> pick(random, 0, 1.5, 1.5000001, 1e-9, 1);
      case "width" -> pick(random, 1, 100, 100.0, 101, 0, 1e2, 99.5, 1e40);
      case "loop" -> random.nextBoolean();
      case "colors" -> {
        List<Object> colours = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          colours.add(pick(random, "#FFF", "#a1B2c3", "#a1B2c", "red", "#FFFFFFF"));
        }
        yield colours;
      }
      default -> pick(random, "x", "abcd", "file_1");
    };
  }

  private static Object pick(Random random, Object... values) {
    return values[random.nextInt(values.length)];
  }
}
