package dev.spanda.server.gate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class CorsTest {

  private final Cors cors = Cors.of(List.of("localhost:3009", "example.org:443"));

  @Test
  void aNamedOriginIsAllowedForBothSchemes() {
    assertThat(cors.allows("http://localhost:3009")).isTrue();
    assertThat(cors.allows("https://localhost:3009")).isTrue();
  }

  @Test
  void aDefaultPortNeedNotBeWritten() {
    assertThat(cors.allows("https://example.org")).isTrue();
    assertThat(cors.allows("http://example.org")).isFalse();
  }

  @Test
  void whatOnlyLooksLikeANamedOriginIsNot() {
    assertThat(cors.allows("http://localhost:30099")).isFalse();
    assertThat(cors.allows("http://localhost:3009.evil.org")).isFalse();
    assertThat(cors.allows("http://evil.org?localhost:3009")).isFalse();
    assertThat(cors.allows("http://LOCALHOST:3009/")).isFalse();
    assertThat(cors.allows("null")).isFalse();
  }

  @Test
  void aPageOfTheServerItselfMayOpenASocket() {
    assertThat(cors.allowsSocket("http://127.0.0.1:8008", "127.0.0.1:8008")).isTrue();
    assertThat(cors.allowsSocket("http://127.0.0.1:8008", "127.0.0.1:8009")).isFalse();
    assertThat(cors.allowsSocket("null", "127.0.0.1:8008")).isFalse();
    assertThat(cors.allowsSocket("a b", "a b")).isFalse();
  }

  @Test
  void anOriginWithoutPortIsNoOrigin() {
    assertThatThrownBy(() -> Cors.of(List.of("http://localhost:1")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> Cors.of(List.of("localhost")))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
