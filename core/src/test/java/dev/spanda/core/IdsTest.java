package dev.spanda.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class IdsTest {

  @Test
  void aNameIsPrefixUnderscoreAndTwentyCharacters() {
    assertThat(Ids.secure().next("sess")).matches("sess_[0-9a-hjkmnp-tv-z]{20}");
  }

  @Test
  void aSeededSourceRepeatsItsNames() {
    assertThat(new Ids(new SplittableRandom(7)).next("a"))
        .isEqualTo(new Ids(new SplittableRandom(7)).next("a"));
  }

  @Test
  void tenThousandNamesDiffer() {
    Ids ids = Ids.secure();
    HashSet<String> seen = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      seen.add(ids.next("x"));
    }
    assertThat(seen).hasSize(10_000);
  }
}
