package dev.spanda.server.octospine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;

/** Compares what a server answers with an example: the values are its own, the form is not. */
final class Shapes {

  private Shapes() {}

  /** Every field of the example is there, with a value of the same kind. */
  static void isLike(JsonNode example, JsonNode answer) {
    isLike("", example, answer);
  }

  private static void isLike(String where, JsonNode example, JsonNode answer) {
    if (example.isObject()) {
      assertThat(answer.isObject()).as(where).isTrue();
      for (Iterator<String> names = example.fieldNames(); names.hasNext(); ) {
        String name = names.next();
        assertThat(answer.has(name)).as(where + "/" + name + " in " + answer).isTrue();
        isLike(where + "/" + name, example.get(name), answer.get(name));
      }
    } else if (example.isArray()) {
      assertThat(answer.isArray()).as(where).isTrue();
      if (!example.isEmpty()) {
        assertThat(answer).as(where).isNotEmpty();
        for (JsonNode each : answer) {
          isLike(where + "[]", example.get(0), each);
        }
      }
    } else if (example.isNumber()) {
      assertThat(answer.isNumber()).as(where + " " + answer).isTrue();
    } else {
      assertThat(answer.getNodeType()).as(where).isEqualTo(example.getNodeType());
      if (example.asText().matches("20[0-9-]+T[0-9:]+Z")) {
        assertThat(answer.asText()).as(where).matches("20[0-9-]+T[0-9:]+Z");
      }
    }
  }
}
