package dev.spanda.contract.wavestack;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.spanda.contract.http.WireJson;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The chapter's examples go through their records and come out the same. */
class ThumbnailExamplesTest {

  private final ObjectMapper mapper = WireJson.mapper();

  static Stream<Arguments> examples() {
    return Stream.of(
        Arguments.of("thumbnails-generate-request", ThumbnailsApi.Plan.class),
        Arguments.of("thumbnails-generate-answer", ThumbnailsApi.Thumbnail.class),
        Arguments.of("thumbnails-from-frame-request", ThumbnailsApi.FramePlan.class));
  }

  @ParameterizedTest
  @MethodSource("examples")
  void anExampleReadAndWrittenLosesNothing(String name, Class<?> record) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(
            getClass().getResourceAsStream("/examples/wavestack/" + name + ".json"), name)) {
      JsonNode example = mapper.readTree(in);
      Object value = mapper.readerFor(record).readValue(example);
      assertThat(mapper.readTree(mapper.writeValueAsBytes(value))).isEqualTo(example);
    }
  }
}
