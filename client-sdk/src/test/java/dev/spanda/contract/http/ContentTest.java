package dev.spanda.contract.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ContentTest {

  private final Content alphabet =
      Content.of(
          "text/plain",
          null,
          26,
          out -> {
            for (char c = 'a'; c <= 'z'; c++) {
              out.write(c);
            }
          });

  @Test
  void aPartIsCutOutOfTheWhole() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    alphabet.writeTo(out, 2, 3);
    assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo("cde");
  }

  @Test
  void aPartThatReachesBeyondTheEndEndsThere() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    alphabet.writeTo(out, 24, 10);
    assertThat(out.toString(StandardCharsets.US_ASCII)).isEqualTo("yz");
  }

  @Test
  void contentCanBeWrittenTwice() {
    assertThat(alphabet.bytes()).isEqualTo(alphabet.bytes()).hasSize(26);
  }
}
