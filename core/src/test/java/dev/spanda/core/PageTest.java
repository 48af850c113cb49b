package dev.spanda.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class PageTest {

  @Test
  void theLastPartHasNoMore() {
    assertThat(new Page<>(List.of(1, 2), 5, 2, 2).hasMore()).isTrue();
    assertThat(new Page<>(List.of(5), 5, 2, 4).hasMore()).isFalse();
  }

  @Test
  void mapKeepsTheNumbers() {
    assertThat(new Page<>(List.of(1, 2), 5, 2, 2).map(n -> "n" + n))
        .isEqualTo(new Page<>(List.of("n1", "n2"), 5, 2, 2));
  }
}
